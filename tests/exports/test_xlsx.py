"""The Excel workbook, read back with another library than the one that wrote it."""

import dataclasses
import io
import zipfile
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from defusedxml import ElementTree
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from components.exports import sheets
from components.exports.selection import Selection
from components.exports.xlsx import xlsx_of
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import COUNT_COLUMNS, Tables, read_histories
from tests.exports.conftest import hostile_texts, make_history, make_selection

APNO, PATENT = "US14/706838", "US11205304B2"
DOCUMENTS = ["Patent", "Application", "Date (sent/received)", "Code", "Description", "Category", "Side", "Round",
             "Pages", "PDF", "Read", "Note"]  # fmt: skip


def tables_of(*papers: tuple[int | None, str, str, int | None]) -> Tables:
    """One granted application with these papers."""
    return read_histories([make_history(list(papers), apno=APNO, patent_number=PATENT)])


def examined() -> Tables:
    """A rejection that nobody answered, a reference of it, and a paper that nobody dated."""
    return tables_of(
        (20180831, "CTNF", "Non-Final Rejection", 17), (20180831, "892", "References", 1), (None, "A...", "Reply", None)
    )


def naive(text: str) -> datetime:
    """A date as a workbook holds it, which knows no zones."""
    return datetime.fromisoformat(text)


def opened(selection: Selection) -> Workbook:
    """Write a workbook and read it back."""
    return load_workbook(io.BytesIO(xlsx_of(selection)))


def table_in(sheet: Worksheet, header: int = 1) -> list[dict[str, object]]:
    """Give the rows of a sheet by the words of its header."""
    names, *rows = sheet.iter_rows(min_row=header, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def real_book(real_selection: Selection) -> Workbook:
    """The workbook of the 43 real file histories."""
    return opened(real_selection)


def test_documents_stand_in_patent_centers_order() -> None:
    """A row has the facts of the list in words: labels for category and side, types for dates and numbers."""
    name = (APNO, "20180831-CTNF-1")
    book = opened(make_selection(examined(), read={name}, notes={name: "see claim 1"}))
    sheet = book["Documents"]
    assert [cell.value for cell in sheet[1]] == DOCUMENTS
    assert [cell.value for cell in sheet[2]] == [
        PATENT, APNO, naive("2018-08-31"), "CTNF", "Non-Final Rejection", "Non-final rejection", "Office", 1, 17,
        "Open PDF", "yes", "see claim 1",
    ]  # fmt: skip
    assert sheet["J2"].hyperlink.target == "https://review.example/documents/token-20180831-CTNF-1"


def test_what_is_missing_is_an_empty_cell() -> None:
    """A paper without date, pages, round, tick and note leaves these cells out rather than writing a word or a zero."""
    row = table_in(opened(make_selection(examined()))["Documents"])[-1]
    assert row["Code"] == "A..."
    assert [name for name, value in row.items() if value is None] == [
        "Date (sent/received)", "Round", "Pages", "Read", "Note",
    ]  # fmt: skip


def test_codes_that_are_digits_stay_text() -> None:
    """The code 892 is text, and Excel is told not to mark it as a mistake."""
    data = xlsx_of(make_selection(examined()))
    cell = load_workbook(io.BytesIO(data))["Documents"]["D3"]
    assert (cell.value, cell.data_type) == ("892", "s")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b'numberStoredAsText="1"' in parts.read("xl/worksheets/sheet1.xml")


def test_every_document_links_to_its_pdf(real_book: Workbook, real_selection: Selection) -> None:
    """Every row of the real files has a hyperlink of its own to this app, in order."""
    cells = real_book["Documents"]["J"][1:]
    wanted = [f"https://review.example{link}" for link in real_selection.documents["link"]]
    assert [cell.hyperlink.target for cell in cells] == wanted
    assert {cell.value for cell in cells} == {"Open PDF"}


def test_dates_are_dates_that_nobody_can_misread(real_book: Workbook, real_selection: Selection) -> None:
    """Each date of the list is a date in the sheet, with the month in letters."""
    cells = real_book["Documents"]["C"][1:]
    wanted = [None if pd.isna(day) else day.to_pydatetime() for day in real_selection.documents["date"]]
    assert [cell.value for cell in cells] == wanted
    assert {cell.number_format for cell in cells if cell.value} == {"d mmm yyyy"}


@pytest.mark.parametrize(("name", "header"), [("Documents", 1), ("Rounds", 2), ("Metrics", 1), ("Findings", 1)])
def test_the_header_stays_in_sight_and_the_rows_can_be_filtered(real_book: Workbook, name: str, header: int) -> None:
    """The panes are frozen below the header; the filter covers the header and every row of the table."""
    sheet = real_book[name]
    assert sheet.freeze_panes == f"A{header + 1}"
    first_column, first_row, last_column, last_row = range_boundaries(sheet.auto_filter.ref)
    assert (first_column, first_row, last_column) == (1, header, sheet.max_column)
    filled = [row[0].row for row in sheet.iter_rows() if row[1].value]
    assert (min(filled), max(filled)) == (header, last_row)


def test_the_real_rounds_are_all_there(real_book: Workbook, real_selection: Selection) -> None:
    """Each action with its answer, its dates and what became of it, as in the table of rounds."""
    rows = table_in(real_book["Rounds"], header=2)
    rounds = real_selection.rounds
    assert len(rows) == len(rounds) > 100
    for column, header in (("label", "Action"), ("outcome", "Outcome"), ("days", "Days"), ("authority", "Authority")):
        wanted = [None if pd.isna(value) or value == "" else value for value in rounds[column]]
        assert [row[header] for row in rows] == wanted, column
    for column, header in (
        ("opened", "Opened"), ("due", "Due (computed)"), ("last", "With extensions (computed)"),
        ("bar", "Statutory bar (computed)"), ("answered", "Answered"),
    ):  # fmt: skip
        assert [row[header] for row in rows] == [None if pd.isna(day) else day for day in rounds[column]], column


def test_computed_dates_say_that_they_are_computed(real_book: Workbook) -> None:
    """The words stand above the rounds, where the frozen panes keep them, and on the last sheet."""
    assert "computed from document dates; not legal advice" in real_book["Rounds"]["A1"].value
    about = {row[0]: row[1] for row in real_book["About"].iter_rows(values_only=True)}
    assert "computed from document dates; not legal advice" in about["Due dates"]


def test_rounds_link_to_their_papers() -> None:
    """An action opens its PDF if the selection holds it; one that is filtered away is a word."""
    tables = tables_of((20180831, "CTNF", "Non-Final Rejection", 17), (20181101, "A...", "Amendment", 9))
    sheet = opened(make_selection(tables, rows=tables.documents["code"] == "CTNF"))["Rounds"]
    action, answer = sheet["D3"], sheet["I3"]
    assert (action.value, answer.value) == ("Non-final rejection", "Response")
    assert action.hyperlink.target == "https://review.example/documents/token-20180831-CTNF-1"
    assert answer.hyperlink is None


def test_a_history_has_all_its_figures(real_book: Workbook, real_selection: Selection) -> None:
    """A row a history: every headline fact, dates as dates, counts as numbers, retrieval in UTC."""
    facts = real_selection.histories
    sheet = real_book["Metrics"]
    rows = table_in(sheet)[: len(facts)]
    assert [row["Application"] for row in rows] == facts["history"].to_list()
    assert sheet.max_column == len(facts.columns)
    for column, header in (
        ("actions", "Office actions"), ("rces", "RCEs"), ("office_days", "Office days"), ("issued", "Issue paper"),
        ("applicant_days", "Applicant days"), ("documents_told", "Documents told"), ("filed", "Filed"),
        ("fingerprint", "Course"),
    ):  # fmt: skip
        assert [row[header] for row in rows] == [None if pd.isna(value) else value for value in facts[column]], column
    assert {row["Retrieved (UTC)"] for row in rows} == {naive("2025-06-01T12:00")}
    assert {row["Complete"] for row in rows} == {"yes"}
    assert len(COUNT_COLUMNS) <= len([name for name in rows[0] if isinstance(rows[0][name], int)])


def test_the_groups_of_files_are_a_column_of_the_metrics(real_selection: Selection) -> None:
    """Only where there are any; the name of a group is text, whatever it looks like."""
    history = real_selection.histories["history"].iloc[1]
    book = load_workbook(io.BytesIO(xlsx_of(dataclasses.replace(real_selection, groups={history: "=1+1"}))))
    column = [cell.value for cell in list(book["Metrics"].columns)[-1]]
    assert column[0] == "Group"
    assert column[1:4] == [None, "=1+1", None]
    assert list(book["Metrics"].columns)[-1][2].data_type == "s"


def test_totals_stand_apart_from_what_a_filter_hides(real_book: Workbook, real_selection: Selection) -> None:
    """The sums of documents and pages are below the range of the filter, as numbers."""
    sheet = real_book["Metrics"]
    _, _, _, last = range_boundaries(sheet.auto_filter.ref)
    total = table_in(sheet)[-1]
    assert sheet.max_row == last + 2
    assert total["Patent"] == "All"
    assert total["Documents held"] == len(real_selection.documents)
    assert total["Pages"] == int(real_selection.documents["pages"].sum())


def test_findings_name_patent_and_paper(real_book: Workbook, real_selection: Selection) -> None:
    """What the lists lack is a row each, with a link to the paper that it speaks of."""
    rows = table_in(real_book["Findings"])
    assert [row["Finding"] for row in rows] == real_selection.findings["text"].to_list()
    linked = [cell.hyperlink.target for cell in real_book["Findings"]["D"][1:] if cell.value]
    named = [name for name in real_selection.findings["document"] if name]
    assert linked == [f"https://review.example/documents/token-{name}" for name in named]


def test_the_workbook_says_of_what_it_was_made() -> None:
    """How many documents of how many, when, and whether newer papers may exist."""
    tables = examined()
    book = opened(make_selection(tables, rows=tables.documents["code"] == "CTNF"))
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Documents"] == "1 of 3 held; the service tells of 3"
    assert about["Made (UTC)"] == naive("2026-01-02T15:04:05")
    assert about["File histories"] == "US 11,205,304 B2"


def test_the_workbook_names_no_author(real_book: Workbook) -> None:
    """Its properties are a title and the time, nothing of who made it."""
    properties = real_book.properties
    assert properties.title.startswith("Prosecution history: EP 1 000 000 B1")
    assert (properties.creator, properties.lastModifiedBy, properties.category) == (None, None, None)
    assert properties.created == naive("2026-01-02T15:04:05")


def test_the_same_selection_gives_the_same_bytes(real_tables: Tables) -> None:
    """A file made again of the same selection can be told to be the same."""
    first, second = (xlsx_of(make_selection(real_tables)) for _ in range(2))
    assert first == second


def test_hostile_text_stays_text(hostile_selection: Selection) -> None:
    """No cell is a formula, no link leads elsewhere, and each part of the file is well-formed XML."""
    data = xlsx_of(hostile_selection)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        for name in names:
            ElementTree.fromstring(parts.read(name))
        assert not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in names)
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in {"f", "e", "b"}]
    assert all(cell.hyperlink.target.startswith("https://review.example/") for cell in cells if cell.hyperlink)


def test_hostile_text_is_written_whole(hostile_selection: Selection) -> None:
    """What a text says is what its cell says, but for characters that no XML can hold."""
    written = {row["Description"] for row in table_in(opened(hostile_selection)["Documents"])}
    whole = {
        text
        for text in hostile_texts()
        if text.isprintable() and text.strip() and len(text) < 1_000 and not text.startswith("_x")
    }
    assert len(whole) > 10
    assert whole <= written
    assert {"ab", "拒絶理由通知書"} <= written


def test_a_text_that_begins_a_formula_stays_one_when_its_cell_is_edited() -> None:
    """Such a cell bears the prefix by which Excel keeps a text from being read again."""
    sheet = opened(make_selection(tables_of((20180831, "CTNF", "=1+1", 1), (20180901, "REM", "a=b", 1))))["Documents"]
    assert [(cell.value, bool(cell.quotePrefix)) for cell in sheet["E"][1:]] == [("=1+1", True), ("a=b", False)]


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_too_long_for_a_cell_is_cut(letter: str) -> None:
    """Excel takes 32,767 characters, a pictograph counting as two; the last one tells that more was there."""
    text = letter * 40_000
    book = opened(make_selection(tables_of((20180831, "CTNF", text, 1)), notes={(APNO, "20180831-CTNF-1"): text}))
    for cell in (book["Documents"]["E2"], book["Documents"]["L2"]):
        assert len(cell.value.encode("utf-16-le")) // 2 in {32_766, 32_767}
        assert cell.value == letter * (len(cell.value) - 1) + "…"


def test_beyond_excels_links_the_address_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet can have 65,530 links; the documents beyond have their addresses as text."""
    assert (sheets.MAX_LINKS, sheets.MAX_ADDRESS, sheets.MAX_TEXT) == (65_530, 2_079, 32_767)
    monkeypatch.setattr(sheets, "MAX_LINKS", 2)
    cells = opened(make_selection(examined()))["Documents"]["J"][1:]
    assert [cell.value for cell in cells] == [
        "Open PDF", "Open PDF", "https://review.example/documents/token-undated-A...-1",
    ]  # fmt: skip
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False]


def test_an_address_too_long_for_a_link_is_written() -> None:
    """Excel refuses a file with an address of more than 2,079 characters as a link."""
    selection = make_selection(examined())
    links = pd.array(["/" + "a" * 2_056, "/" + "a" * 2_057, "/b"], dtype="str")
    selection = dataclasses.replace(selection, documents=selection.documents.assign(link=links))
    cells = opened(selection)["Documents"]["J"][1:]
    assert len(cells[0].hyperlink.target) == 2_079
    assert (len(cells[1].value), cells[1].hyperlink) == (2_080, None)


@pytest.mark.parametrize("base_url", ["", "javascript:alert(1)//", "file:///etc"])
def test_only_addresses_of_the_web_become_links(base_url: str) -> None:
    """Without the app's own address there is nothing to open, and the cell says so by being no link."""
    book = opened(make_selection(examined(), base_url=base_url))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_a_day_before_excels_calendar_is_written_in_letters() -> None:
    """Excel counts its days from 1900; a mistyped year stays legible."""
    rows = table_in(
        opened(make_selection(tables_of((18991231, "CTNF", "x", 1), (19000101, "REM", "y", 1))))["Documents"]
    )
    assert {row["Code"]: row["Date (sent/received)"] for row in rows} == {
        "CTNF": "1899-12-31", "REM": naive("1900-01-01"),
    }  # fmt: skip


def test_an_empty_selection_has_headers_alone() -> None:
    """A filter that leaves nothing, and no history at all, are no errors."""
    tables = examined()
    filtered = opened(make_selection(tables, rows=tables.documents["code"] == "none of these"))
    assert [cell.value for cell in filtered["Documents"][1]] == DOCUMENTS
    assert filtered["Documents"].max_row == 1
    nothing = opened(make_selection(read_histories([])))
    assert nothing.sheetnames == ["Documents", "Rounds", "Metrics", "Findings", "About"]


def test_the_time_of_making_is_given_in_utc() -> None:
    """A clock of another zone says the same moment."""
    made = datetime.fromisoformat("2026-01-02T23:30:00+09:00")
    book = opened(make_selection(examined(), made=made))
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Made (UTC)"] == made.astimezone(UTC).replace(tzinfo=None)
    assert about["Made (UTC)"].date() == date(2026, 1, 2)


READ = ReadPaper(
    "a", 17, read=14, empty=2, failed=1, engines=("Tesseract 5.3.0",), confidence=88, bad_pages=(3,),
    read_at=datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip
LOCKED = ReadPaper("b", 0, problem="A password protects the file.")


def read_inside(selection: Selection, *papers: ReadPaper) -> Selection:
    """Say of the first documents how far they were read inside."""
    names = zip(selection.documents["history"], selection.documents["id"], strict=True)
    return dataclasses.replace(selection, papers_read={PaperRef(*next(names)): paper for paper in papers})


def test_what_was_read_inside_has_columns_of_its_own() -> None:
    """Three more where something was read; a sheet says when and by what."""
    book = opened(read_inside(make_selection(examined()), READ, LOCKED))
    sheet = book["Documents"]
    inside = ["Pages read", "Read by", "Confidence"]
    assert [cell.value for cell in sheet[1]] == [*DOCUMENTS, *inside]
    assert [tuple(row[name] for name in inside) for row in table_in(sheet)] == [
        (16, "Tesseract 5.3.0", 88),
        (0, "not read: A password protects the file.", None),
        (None, None, None),
    ]
    about = dict(book["About"].iter_rows(max_col=2, values_only=True))
    assert about["Read inside"] == (
        "1 of 3 documents, 16 of their 17 pages, by Tesseract 5.3.0, last on 1 Jan 2026; "
        "1 page could not be read; 1 page badly legible."
    )


@pytest.mark.parametrize("papers", [[], [LOCKED]])
def test_without_anything_read_the_workbook_is_the_same(papers: list[ReadPaper]) -> None:
    """No column is added for papers that could not be opened, nor for those of other selections."""
    selection = make_selection(examined())
    others = {PaperRef("US00/000000", "20180831-CTNF-1"): READ}
    read = read_inside(selection, *papers)
    assert xlsx_of(dataclasses.replace(read, papers_read=read.papers_read | others)) == xlsx_of(selection)


def test_what_an_engine_is_called_is_no_formula() -> None:
    """Its name comes from a program of the machine."""
    paper = dataclasses.replace(READ, engines=("=1+1",))
    cell = opened(read_inside(make_selection(examined()), paper))["Documents"]["N2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
