"""What a call is answered with. Expected values are from the public record of the file histories named."""

import uuid

import pytest

from components.sandbox import PATHS

GRANT, PUBLICATION, APNO = "US10765880B2", "US20150157873A1", "US14/412875"
MILLIONS = "US10000000B2"  # 75 documents
LITHIUM = "US11646472B2"  # 45 documents


def test_envelope_has_the_fields_of_the_contract(caller):
    """One patent is answered with an object, the first ten documents, and the count of all."""
    answer = caller.post({"patent_number": GRANT}).json()
    assert set(answer) == {"status", "error_code", "error_msg", "data"}
    data = answer["data"]
    assert set(data) == {"apno", "patent_id", "patent_number", "doc_count", "doc_detail_count", "doc_detail"}
    assert (data["apno"], data["patent_number"]) == (APNO, GRANT)
    assert (data["doc_count"], data["doc_detail_count"], len(data["doc_detail"])) == (184, 10, 10)
    first = data["doc_detail"][0]
    assert set(first) == {"date", "doc_code", "description", "page_number", "path"}
    assert (first["date"], first["doc_code"], first["page_number"]) == (20150105, "REM", 1)
    assert first["description"] == "Applicant Arguments/Remarks Made in an Amendment"


@pytest.mark.parametrize("path", PATHS)
def test_both_paths_answer(caller, path):
    """The operation is found under its name and under its older one."""
    assert caller.post({"patent_number": GRANT}, path=path).json()["data"]["doc_count"] == 184


def test_history_is_found_under_all_its_names(caller):
    """Grant, publication, application number and patent_id lead to the same file."""
    identifier = caller.data(patent_number=GRANT)["patent_id"]
    assert uuid.UUID(identifier).version == 5
    named = [{"patent_number": PUBLICATION}, {"apno": APNO}, {"patent_id": identifier}]
    assert {(caller.data(**name)["apno"], caller.data(**name)["patent_id"]) for name in named} == {(APNO, identifier)}


@pytest.mark.parametrize(
    ("field", "name", "count"),
    [
        ("apno", "EP99203729", 32),
        ("patent_number", "EP1000000B1", 32),
        ("patent_number", "EP1000000A1", 32),
        ("apno", "JP2017-187096", 24),
        ("apno", "JP2017187096", 24),
        ("patent_number", "JP7533889B2", 15),
        ("apno", "JP2020123456", 15),
        ("patent_number", "USRE41192E1", 136),
        ("patent_number", "US20170071586A1", 49),
    ],
)
def test_numbers_of_other_forms_are_found(caller, field, name, count):
    """European, Japanese, reissue and publication numbers are known; Japanese ones with and without hyphen."""
    assert caller.data(**{field: name})["doc_count"] == count


@pytest.mark.parametrize(
    "body",
    [
        {"patent_number": "US10765880"},
        {"patent_number": "10765880B2"},
        {"patent_number": "us10765880b2"},
        {"patent_number": APNO},
        {"apno": "US14412875"},
        {"apno": GRANT},
        {"patent_id": "not-a-uuid"},
    ],
)
def test_other_forms_are_unknown(caller, body):
    """A number without country or kind code, or in the wrong field, is not known."""
    assert caller.data(**body) is None


def test_batch_is_a_list_without_the_unknown(caller):
    """Several numbers give a list in the order asked; blanks around commas and repetitions do not matter."""
    data = caller.data(patent_number=f"{LITHIUM}, US1234567A ,{MILLIONS},{LITHIUM},")
    assert [entry["patent_number"] for entry in data] == [LITHIUM, MILLIONS]
    assert [entry["doc_count"] for entry in data] == [45, 75]


def test_paging_meets_every_document_once_in_the_office_order(caller):
    """Pages joined are the whole list; a page past the end is empty and still tells the count."""
    whole = [document["path"].partition("?")[0] for document in caller.data(apno=APNO, limit=1000)["doc_detail"]]
    paged = []
    for offset in range(0, 184, 50):
        page = caller.data(apno=APNO, limit=50, offset=offset)
        assert page["doc_count"] == 184
        paged += [document["path"].partition("?")[0] for document in page["doc_detail"]]
    assert paged == whole
    assert len(set(whole)) == 184
    past = caller.data(apno=APNO, limit=50, offset=184)
    assert (past["doc_count"], past["doc_detail_count"], past["doc_detail"]) == (184, 0, [])


def test_limit_counts_per_patent(caller):
    """Each patent of a batch has its own page."""
    data = caller.data(patent_number=f"{LITHIUM},{MILLIONS}", limit=5, offset=42)
    assert [entry["doc_detail_count"] for entry in data] == [3, 5]


def test_limit_can_count_over_the_whole_answer(caller, switch, billing):
    """With the switch, a page is filled from one patent after the other, and who is not in it is not charged."""
    switch(limit_scope="answer")
    numbers = f"{LITHIUM},{MILLIONS}"
    first = caller.data(patent_number=numbers, limit=40)
    assert [(entry["patent_number"], entry["doc_detail_count"]) for entry in first] == [(LITHIUM, 40)]
    assert billing.total == 1
    second = caller.data(patent_number=numbers, limit=40, offset=40)
    assert [(entry["doc_count"], entry["doc_detail_count"]) for entry in second] == [(45, 5), (75, 35)]
    assert caller.data(patent_number=numbers, limit=40, offset=120) == []
    assert billing.total == 3


def test_filters_count_what_matches(caller):
    """Codes and dates narrow both the list and its count; both ends of a span belong to it."""
    codes = {entry["doc_code"] for entry in caller.data(apno=APNO, doc_code="CTNF, CTFR", limit=1000)["doc_detail"]}
    assert codes == {"CTNF", "CTFR"}
    day = caller.data(apno=APNO, doc_code="CTNF", date_from=20161025, date_to=20161025)
    assert (day["doc_count"], day["doc_detail"][0]["date"]) == (1, 20161025)
    assert caller.data(apno=APNO, doc_code="NO-SUCH")["doc_count"] == 0


def test_span_can_exclude_its_ends(caller, switch):
    """With the switch, the first and the last day do not belong to the span."""
    switch(dates="excluded")
    assert caller.data(apno=APNO, doc_code="CTNF", date_from=20161025, date_to=20161025)["doc_count"] == 0
    assert caller.data(apno=APNO, doc_code="CTNF", date_from=20161024, date_to=20161026)["doc_count"] == 1


def test_numbers_may_be_sent_as_strings(caller):
    """Strings of digits are taken for limit, offset and dates, as lenient services do."""
    assert caller.data(apno=APNO, limit="3", offset="1", date_from="20150105")["doc_detail_count"] == 3


def test_order_follows_the_switch(caller, switch):
    """The office's order is unsorted; by date it is so only on request."""

    def dates():
        return [document["date"] for document in caller.data(apno=APNO, limit=1000)["doc_detail"]]

    office = dates()
    assert office != sorted(office)
    switch(order="oldest_first")
    assert dates() == sorted(office)
    switch(order="newest_first")
    assert dates() == sorted(office, reverse=True)


@pytest.mark.parametrize(
    ("data_as", "one", "batch"), [("auto", dict, list), ("list", list, list), ("object", dict, dict)]
)
def test_shape_of_data_follows_the_switch(caller, switch, billing, *, data_as, one, batch):
    """Object and list are both possible; an object for a batch holds, and charges, the first patent only."""
    switch(data_as=data_as)
    assert type(caller.data(patent_number=GRANT)) is one
    billing.reset()
    data = caller.data(patent_number=f"{GRANT},{MILLIONS}")
    assert type(data) is batch
    if batch is dict:
        assert data["patent_number"] == GRANT
    assert billing.total == (1 if batch is dict else 2)


@pytest.mark.parametrize(
    ("nothing_as", "one", "batch"),
    [("natural", None, []), ("null", None, None), ("empty_list", [], []), ("absent", "absent", "absent")],
)
def test_nothing_is_said_as_the_switch_says(caller, switch, nothing_as, one, batch):
    """Where no patent is known, `data` is null, an empty list or not there."""
    switch(nothing_as=nothing_as)
    assert caller.post({"patent_number": "US1A"}).json().get("data", "absent") == one
    assert caller.post({"patent_number": "US1A,US2A"}).json().get("data", "absent") == batch


def test_unknown_number_can_be_an_empty_entry(caller, switch, billing):
    """With the switch, an unknown number is answered without documents, and not charged."""
    switch(unknown="empty_entry")
    known, unknown = caller.data(patent_number=f"{GRANT},US1234567A")
    assert known["doc_count"] == 184
    assert unknown == {
        "apno": None,
        "patent_id": None,
        "patent_number": "US1234567A",
        "doc_count": 0,
        "doc_detail_count": 0,
        "doc_detail": [],
    }
    assert billing.by_number == {GRANT: 1}


def test_batch_can_come_in_another_order(caller, switch):
    """With the switch, entries do not stand in the order asked."""
    switch(batch_order="reversed")
    data = caller.data(patent_number=f"{GRANT},{MILLIONS}")
    assert [entry["patent_number"] for entry in data] == [MILLIONS, GRANT]


@pytest.mark.parametrize(
    ("answer_number", "expected"), [("asked", PUBLICATION), ("grant", GRANT), ("without_kind", "US10765880")]
)
def test_number_answered_follows_the_switch(caller, switch, answer_number, expected):
    """A publication asked for is answered under its own number, the grant's, or one without kind code."""
    switch(answer_number=answer_number)
    assert caller.data(patent_number=PUBLICATION)["patent_number"] == expected


@pytest.mark.parametrize(("no_pages_as", "expected"), [("missing", "absent"), ("null", None), ("zero", 0)])
def test_unknown_page_number_follows_the_switch(caller, switch, no_pages_as, expected):
    """Where the office gave no number of pages, the field is missing, null or 0."""
    switch(no_pages_as=no_pages_as)
    documents = caller.data(patent_number="JP7533889B2", limit=100)["doc_detail"]
    assert {document.get("page_number", "absent") for document in documents} == {expected}


def test_numbers_can_come_as_strings(caller, switch):
    """With the switch, dates, pages and counts are strings."""
    switch(numbers_as="string")
    data = caller.data(patent_number=GRANT, limit=1)
    document = data["doc_detail"][0]
    assert (data["doc_count"], data["doc_detail_count"]) == ("184", "1")
    assert (document["date"], document["page_number"]) == ("20150105", "1")


def test_codes_can_be_padded(caller, switch):
    """With the switch, short codes end in blanks, and are still found by the filter."""
    switch(pad_codes=True)
    assert caller.data(apno=APNO, doc_code="CTNF", limit=1)["doc_detail"][0]["doc_code"] == "CTNF    "


def test_count_can_be_wrong(caller, switch):
    """With the switch, the service tells more or fewer documents than there are."""
    switch(count_off=-7)
    data = caller.data(apno=APNO, limit=1000)
    assert (data["doc_count"], data["doc_detail_count"]) == (177, 184)


def test_success_can_be_created(caller, switch):
    """201 is a success too."""
    switch(success_status=201)
    answer = caller.post({"patent_number": GRANT})
    assert (answer.status_code, answer.json()["status"]) == (201, True)


def test_patent_id_goes_before_other_identifiers(caller, switch):
    """Where several identifiers are given, patent_id decides; with the switch the call is refused."""
    both = {"patent_id": caller.data(patent_number=MILLIONS)["patent_id"], "patent_number": GRANT}
    assert caller.data(**both)["apno"] == "US14/643719"
    switch(several="refuse")
    assert caller.code(**both) == 68300004


def test_list_of_application_numbers_is_taken_on_request_only(caller, switch):
    """One application number a call is promised; more only with the switch."""
    assert caller.code(apno="US14/412875,US14/643719") == 68300004
    switch(apno_list="accept")
    assert [entry["doc_count"] for entry in caller.data(apno="US14/412875,US14/643719")] == [184, 75]


def test_limit_over_the_cap_is_refused_or_lowered(caller, switch):
    """1000 documents a call by default; the cap and what lies over it are switches."""
    assert caller.code(apno=APNO, limit=1001) == 68300004
    assert caller.data(apno=APNO, limit=1000)["doc_detail_count"] == 184
    switch(limit_cap=100)
    assert caller.code(apno=APNO, limit=101) == 68300004
    assert caller.data(apno=APNO, limit=100)["doc_detail_count"] == 100
    switch(limit_cap=10, over_cap="cap")
    assert caller.data(apno=APNO, limit=1000)["doc_detail_count"] == 10


def test_default_limit_is_a_switch(caller, switch):
    """Without a limit as many documents come as the switch says."""
    switch(limit_default=25)
    assert caller.data(apno=APNO)["doc_detail_count"] == 25
