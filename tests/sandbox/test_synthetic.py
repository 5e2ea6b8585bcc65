"""Made-up histories for load tests."""

import re

import httpx

FIRST = "US9900001B2"


def test_made_up_numbers_are_unknown_by_default(caller, billing):
    """Without the switch none of their names is known."""
    for name in (
        {"patent_number": FIRST},
        {"apno": "US99/000001"},
        {"patent_id": "99999999-0000-5000-8000-000000000001"},
    ):
        assert caller.data(**name) is None
    assert billing.total == 0


def test_as_many_numbers_answer_as_the_switch_says(caller, switch, billing):
    """With synthetic=2 the first two are known, under all their names, and no other."""
    switch(synthetic=2, synthetic_documents=30)
    data = caller.data(patent_number="US9900000B2,US9900001B2,US9900002B2,US9900003B2", limit=1000)
    assert [(entry["patent_number"], entry["doc_count"]) for entry in data] == [(FIRST, 30), ("US9900002B2", 30)]
    assert billing.total == 2
    assert caller.data(apno=data[0]["apno"])["patent_number"] == FIRST
    assert caller.data(patent_id=data[1]["patent_id"])["patent_number"] == "US9900002B2"


def test_made_up_lists_are_the_same_every_time_and_say_what_they_are(caller, switch):
    """Twice asked, the same list but for its links; every description is marked, dates run over years."""
    switch(synthetic=1, synthetic_documents=250)

    def listed():
        documents = caller.data(patent_number=FIRST, limit=1000)["doc_detail"]
        return [{name: value for name, value in document.items() if name != "path"} for document in documents]

    documents = listed()
    assert documents == listed()
    assert len(documents) == 250
    assert all("SYNTHETIC" in document["description"] for document in documents)
    dates = [document["date"] for document in documents]
    assert dates == sorted(dates)
    assert 20080101 <= dates[0] < dates[-1] < 20240101
    assert {"CTNF", "CTFR", "RCEX", "REM"} <= {document["doc_code"] for document in documents}


def test_made_up_documents_open_and_say_what_they_are(caller, switch):
    """Their PDFs have the pages told and the mark in the title."""
    import io

    import pypdf

    switch(synthetic=1, synthetic_documents=1)
    document = caller.data(patent_number=FIRST)["doc_detail"][0]
    pages = pypdf.PdfReader(io.BytesIO(httpx.get(document["path"]).content)).pages
    assert len(pages) == document["page_number"]
    assert "SYNTHETIC file history" in pages[0].extract_text()


def test_large_file_pages_to_its_end(caller, switch):
    """Five thousand documents come in five pages of a thousand, each link a different one."""
    switch(synthetic=1, synthetic_documents=5000)
    names = set()
    for offset in range(0, 5000, 1000):
        page = caller.data(patent_number=FIRST, limit=1000, offset=offset)["doc_detail"]
        names |= {re.sub(r"\?.*", "", document["path"]) for document in page}
    assert len(names) == 5000


def test_history_without_documents_is_possible(caller, switch):
    """An empty list is a history too, and is charged."""
    switch(synthetic=1, synthetic_documents=0)
    assert caller.data(patent_number=FIRST)["doc_count"] == 0
    assert caller.sandbox.billing.total == 1
