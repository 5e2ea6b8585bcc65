"""All references of the papers on the screen: one entry a document, and in which files it is not cited."""

from datetime import UTC, date, datetime

import pandas as pd

from components.content.records import (
    CitedIn,
    CitedReference,
    DatedContent,
    Ground,
    NamedReference,
    PaperContent,
    PaperKind,
    Quote,
    Statement,
    Verdict,
)
from components.content.references.references import (
    files_of,
    files_with_unread_lists,
    not_cited_in,
    not_known_in,
    references_of,
    references_table,
)
from components.content.statements.statements_table import STATEMENT_COLUMNS, statements_table
from components.histories import PaperRef

WORDS = Quote("words of the page", 2)


def cited(cited_in: CitedIn, number: str, name: str = "", title: str = "") -> CitedReference:
    """Return a reference as a paper cites it."""
    return CitedReference(
        f"reference {cited_in} {number}{name}", NamedReference(name, number, title=title), cited_in, WORDS
    )


def paper(
    history: str,
    kind: PaperKind,
    *references: CitedReference,
    grounds: tuple[Ground, ...] = (),
    outcome: str = "read",
) -> DatedContent:
    """Return a paper of a file."""
    content = PaperContent(kind, "read" if outcome == "read" else "not read", references=references, grounds=grounds)
    ref = PaperRef(history, f"20200101-{kind}-1")
    return DatedContent(ref, date(2020, 1, 1), kind, kind.title(), 1, 0, content)


def ground(statute: str, claims: tuple[int, ...], *references: NamedReference) -> Ground:
    """Return a ground of rejection."""
    return Ground(f"ground {statute}", statute, claims, WORDS, references=references)


def test_one_document_is_one_row_whatever_its_kind_code_and_however_its_author_is_spelled() -> None:
    """And a name alone is that of the one reference of its file that bears it."""
    papers = [
        paper("US1", "citations", cited("PTO-892", "US 5,123,456 A", "Christoff et al.")),
        paper(
            "US1",
            "action",
            grounds=(
                ground("102(b)", (1, 2), NamedReference("Christof", "US 5,123,456")),
                ground("103", (3,), NamedReference("Christof")),
            ),
        ),
    ]
    table = references_table(papers)
    assert table[["number", "name", "cited_by", "cited_in", "claims"]].values.tolist() == [
        ["US 5,123,456 A", "Christoff et al.", "examiner", "PTO-892, ground", "1-3"]
    ]
    assert table.loc[0, "grounds"] == (
        "102(b) against claims 1-2 (Action of 1 Jan 2020); 103 against claim 3 (Action of 1 Jan 2020)"
    )


def test_a_name_that_two_documents_bear_is_an_entry_of_its_own() -> None:
    """Nobody can say which of them is meant."""
    lists = paper(
        "US1", "citations", cited("PTO-892", "US 5,123,456", "Dalby"), cited("PTO-892", "US 6,123,456", "Dalby")
    )
    action = paper("US1", "action", grounds=(ground("103", (1,), NamedReference("Dalby")),))
    assert [(each.number, each.name) for each in references_of([lists, action])] == [
        ("", "Dalby"),
        ("US 5,123,456", "Dalby"),
        ("US 6,123,456", "Dalby"),
    ]


def test_official_notice_is_no_document() -> None:
    """Neither is what an applicant admits."""
    action = paper("US1", "action", grounds=(ground("103", (1,), NamedReference("Official Notice")),))
    assert references_of([action]) == ()


def test_a_reference_is_missing_in_another_file_only_where_its_lists_were_read() -> None:
    """What was not read is not known, and that is something else."""
    papers = [
        paper("US1", "citations", cited("IDS", "US 5,123,456", "Dalby"), cited("IDS", "US 6,123,456", "Frome")),
        paper("US2", "citations", cited("PTO-892", "US 5,123,456 A", "Dalby")),
        paper("US3", "action"),
        paper("US4", "citations", outcome="not read"),
    ]
    screen = files_of(papers, files=["US1", "US2", "US3", "US4", "US5"])
    missing = {each.number: (not_cited_in(each, screen), not_known_in(each, screen)) for each in references_of(papers)}
    assert missing == {
        "US 5,123,456 A": ((), ("US3", "US4", "US5")),
        "US 6,123,456": (("US2",), ("US3", "US4", "US5")),
    }


def test_a_file_with_a_list_that_nobody_has_read_yet_is_not_known() -> None:
    """Although another list of it was read."""
    papers = [
        paper("US1", "citations", cited("IDS", "US 5,123,456", "Dalby")),
        paper("US2", "citations", cited("IDS", "US 6,123,456", "Frome")),
    ]
    documents = pd.DataFrame(
        {
            "history": ["US1", "US2", "US2"],
            "id": ["20200101-citations-1", "20200101-citations-1", "20210101-IDS-1"],
            "code": ["1449", "1449", "1449"],
            "description": ["", "", ""],
        }
    )
    unread = files_with_unread_lists(documents, papers)
    table = references_table(papers, unread=unread)
    assert unread == {"US2"}
    assert table[["number", "not_in", "not_known_in"]].values.tolist() == [
        ["US 5,123,456", "", "US2"],
        ["US 6,123,456", "US1", ""],
    ]


def test_an_article_is_the_same_in_two_files_by_its_title() -> None:
    """However its author is written."""
    title = "A long title of an article about lids and jars"
    papers = [
        paper("US1", "citations", cited("IDS", "", "Green", title=title)),
        paper("US2", "citations", cited("IDS", "", "GREEN, A.", title=title.upper())),
    ]
    assert [(each.words, each.files) for each in references_of(papers)] == [("Green", ("US1", "US2"))]


def test_what_an_applicant_argues_about_is_cited_by_nobody() -> None:
    """Until a list or a ground cites it."""
    remarks = paper("US1", "remarks", cited("remarks", "US 5,123,456", "Dalby"))
    statement = paper("US1", "citations", cited("IDS", "US 5,123,456"))
    assert [each.cited_by for each in references_of([remarks])] == [()]
    assert [each.cited_by for each in references_of([remarks, statement])] == [("applicant",)]


def test_statements_are_rows_with_their_page_and_their_mark() -> None:
    """For workbooks and CSV files."""
    said = Statement("estoppel dalby", "estoppel", WORDS._replace(goes_on=True), (1, 2), "103", 91, "does not teach", 6)
    content = PaperContent("remarks", statements=(said,), engines=("Tesseract 5.3.0",))
    dated = DatedContent(PaperRef("US1", "20200101-REM-1"), date(2020, 1, 1), "REM", "Remarks", None, 0, content)
    mark = Verdict(False, "Ada", datetime(2026, 1, 2, tzinfo=UTC), "words")
    row = statements_table([dated], {(dated.paper, said.id): mark}).iloc[0]
    assert row[["kind", "statute", "claims", "quote", "page", "confidence", "mark", "marked_by"]].tolist() == [
        "estoppel", "103", "1-2", "words of the page …", 2, 91, "wrong", "Ada",
    ]  # fmt: skip
    assert tuple(statements_table([], {}).columns) == STATEMENT_COLUMNS
