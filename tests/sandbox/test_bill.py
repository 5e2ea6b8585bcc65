"""What is counted as charged."""

from concurrent.futures import ThreadPoolExecutor

GRANT, PUBLICATION, MILLIONS = "US10765880B2", "US20150157873A1", "US10000000B2"


def test_each_patent_returned_is_charged_and_the_unknown_is_not(caller, billing):
    """A batch of three with two answers costs two."""
    caller.data(patent_number=f"{GRANT},US1234567A,{MILLIONS}")
    assert (billing.total, billing.by_number, billing.calls) == (2, {GRANT: 1, MILLIONS: 1}, 1)


def test_second_page_is_charged_again(caller, billing):
    """Each call counts anew, also for the same patent and also past its end."""
    for offset in (0, 100, 200):
        caller.data(patent_number=GRANT, limit=100, offset=offset)
    assert (billing.total, billing.by_number) == (3, {GRANT: 3})


def test_publication_and_grant_are_charged_separately(caller, billing):
    """Two numbers of one application are two patents on the bill; the same number twice is one."""
    data = caller.data(patent_number=f"{GRANT},{PUBLICATION},{GRANT}")
    assert {entry["apno"] for entry in data} == {"US14/412875"}
    assert billing.by_number == {GRANT: 1, PUBLICATION: 1}


def test_patent_without_matching_documents_is_charged(caller, billing):
    """A patent that is returned with no matching document is returned all the same."""
    assert caller.data(patent_number=GRANT, doc_code="NO-SUCH")["doc_count"] == 0
    assert billing.total == 1


def test_refused_calls_and_tokens_and_documents_cost_nothing(caller, billing, switch):
    """Only answers are charged: no refusal, no token, no PDF."""
    path = caller.data(patent_number=GRANT, limit=1)["doc_detail"][0]["path"]
    billing.reset()
    assert caller.http.get(path).status_code == 200
    assert caller.token().status_code == 200
    assert caller.code(patent_number="CN201510570472A") == 68300004
    assert caller.post({"patent_number": GRANT}, headers={}).json()["status"] is False
    switch(inject=[{"code": 67200005}])
    assert caller.code(patent_number=GRANT) == 67200005
    assert (billing.total, billing.calls) == (0, 3)
    assert billing.refused == {68300004: 1, 67200008: 1, 67200005: 1}


def test_counter_holds_under_many_threads(caller, billing):
    """Calls at once are all counted."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: caller.data(patent_number=f"{GRANT},{MILLIONS}", limit=1), range(40)))
    assert (billing.total, billing.calls) == (80, 40)
    assert billing.by_number == {GRANT: 40, MILLIONS: 40}


def test_counter_can_be_read_over_http(caller, billing):
    """The counter of a sandbox in another process is read by its address."""
    caller.data(patent_number=GRANT)
    caller.code(patent_number="")
    assert caller.http.get("/_sandbox/billing").json() == {
        "total": 1,
        "calls": 2,
        "refused": {"68300004": 1},
        "by_number": {GRANT: 1},
    }
    assert billing.total == 1
