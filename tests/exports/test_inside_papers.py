"""What papers say in their own words, taken away: read back with other libraries than those that wrote it."""

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from components.charts import timeline
from components.content.records import NamedReference, PaperContent
from components.exports import csv_of, html_of, pdf_of, xlsx_of, zip_of
from components.exports.selection import Selection
from tests.content.papers import a_file, action, ground
from tests.exports.conftest import BASE_URL, hostile_texts
from tests.exports.inside import only, read_selection
from tests.exports.pages import Reader
from tests.exports.pdfs import blank

NOTICE = "Read by machine from the pages of the papers"


def sheet(selection: Selection, name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the words of its header, which stands below a notice."""
    rows = openpyxl.load_workbook(io.BytesIO(xlsx_of(selection)))[name].iter_rows(min_row=2, values_only=True)
    names = next(rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


def archive(selection: Selection) -> zipfile.ZipFile:
    """Return the archive of a selection, its PDFs left out."""
    file = io.BytesIO()
    zip_of(selection, [blank()] * len(selection.documents), into=file)
    return zipfile.ZipFile(file)


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def report(selection: Selection) -> Reader:
    """Return the report of a selection."""
    order = selection.histories["history"].tolist()
    figure = timeline(selection.documents, order=order, titles=selection.titles, dark=False)
    return Reader(html_of(selection, figure=figure))


def test_grounds_have_a_sheet() -> None:
    """A row each with claims, references, quote, page, how it was read, and a person's mark."""
    found = sheet(read_selection(), "Grounds")
    assert [row["Ground"] for row in found] == [
        "103", "112(b)", "double patenting", "103", "101", "102(a)(1)", "not read", "not read",
    ]  # fmt: skip
    first = found[0]
    assert (first["Patent"], first["Application"], first["Code"]) == ("US10999999B2", "US16/100200", "CTNF")
    assert (first["Claims"], first["References"]) == ("1-9", "Jung et al. (US 2015/0380679 A1)")
    assert (first["Page"], first["Confidence"], first["Read by"]) == (3, 91, "Tesseract 5.3.0")
    assert first["How read"] == "read by machine"
    assert [row["Mark"] for row in found][:3] == [None, "wrong", None]
    assert found[5]["Claims"] == "not legible"


def test_a_row_opens_its_page() -> None:
    """The address of the PDF with the page."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(read_selection())))
    last = book["Grounds"].cell(3, book["Grounds"].max_column)
    assert (last.value, last.hyperlink.target) == (
        "Open page 3", f"{BASE_URL}/documents/token-20180312-CTNF-1"
    )  # fmt: skip
    assert last.hyperlink.location == "page=3"


def test_actions_that_nobody_read_are_in_every_table() -> None:
    """The one that gave no ground and says why, and the one at which nobody has looked."""
    unread = [row for row in sheet(read_selection(), "Actions") if row["Outcome"] == "not read"]
    assert [(f"{row['Date']:%Y-%m-%d}", row["Grounds"]) for row in unread] == [
        ("2019-04-02", "not read"), ("2019-08-01", "not read"),
    ]  # fmt: skip
    assert unread[1]["Why"] == "It is not read inside yet."


def test_claims_tell_what_changed_since_a_set_that_is_not_selected() -> None:
    """Claims, statuses and flags have sheets."""
    selection = read_selection()
    claims = sheet(selection, "Claims")
    assert [row["Claim"] for row in claims] == [*range(1, 11), 13]
    assert {row["Status"] for row in sheet(selection, "Claim status")} >= {"pending", "rejected", "allowed"}
    assert [row["Flag"] for row in sheet(selection, "Flags")] == ["form and body differ", "not read", "not read"]


def test_only_selected_documents_are_taken_away() -> None:
    """Of the final alone its grounds and flag; its claims are not those of the amendment."""
    selection = only(read_selection(), "20180920-CTFR-1")
    assert {row["Code"] for row in sheet(selection, "Grounds")} == {"CTFR"}
    assert sheet(selection, "Claims") == []
    assert "Non-final action of 12 Mar 2018" not in report(selection).text
    names = archive(selection).namelist()
    assert "inside-the-papers/grounds.csv" in names


def test_documents_say_their_grounds() -> None:
    """A column of the workbook and of the CSV; an office without rules is "not read inside"."""
    selection = read_selection()
    expected = [
        "103 · 112(b) · double patenting", "", "", "103 · 101 · 102(a)(1)", "", "", "not read", "not read", "allowed",
        "not read inside",
    ]  # fmt: skip
    assert [row["grounds"] for row in rows_of(csv_of(selection))] == expected
    documents = openpyxl.load_workbook(io.BytesIO(xlsx_of(selection)))["Documents"]
    column = next(cell.column for cell in documents[1] if cell.value == "Grounds")
    assert [documents.cell(row, column).value or "" for row in range(2, 12)] == expected


def test_the_archive_has_a_folder_of_csv_files() -> None:
    """One for each table; the page to read says what they are."""
    found = archive(read_selection())
    grounds = rows_of(found.read("inside-the-papers/grounds.csv"))
    assert [row["ground"] for row in grounds][:3] == ["103", "112(b)", "double patenting"]
    assert grounds[0]["link"] == f"{BASE_URL}/documents/token-20180312-CTNF-1#page=3"
    assert {row["claim"] for row in rows_of(found.read("inside-the-papers/claims.csv"))} >= {"1", "13"}
    assert NOTICE in found.read("README.txt").decode("utf-8-sig")


def test_without_anything_read_inside_nothing_is_added() -> None:
    """Every file is as it was."""
    selection = replace(read_selection(), contents=())
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(selection)))
    assert book.sheetnames == ["Documents", "Rounds", "Metrics", "Findings", "About"]
    assert "grounds" not in rows_of(csv_of(selection))[0]
    assert not any(name.startswith("inside") for name in archive(selection).namelist())
    assert "Inside the papers" not in report(selection).text


def test_the_report_tells_action_by_action() -> None:
    """In sentences, then with quotes and pages, how it was read, and how it was marked; not read says so."""
    text = " ".join(report(read_selection()).text.split())
    assert "rejects claims 1–9 under 103 (Jung), claims 2–3 under 112(b)" in text
    assert "Double patenting on claim 1 fell away after the reply of 1 Jun 2018." in text
    assert (
        "Claims 2, 3 are rejected under 35 U.S.C. 112(b). page 5, read with 91 % confidence, marked wrong by ada"
        in text
    )
    assert "Read by machine (Tesseract 5.3.0), confidence 92 %" in text
    assert "To be looked at: Form and text differ on claim 13. (page 2)" in text
    assert "Not read: It says “rejected under” and no ground could be read." in text
    assert "Not read: It is not read inside yet." in text
    assert "Reasons for allowance claim 1" in text
    assert "Not read inside: the papers of this office are searched only" in text
    assert "their content was not read" not in text


def test_the_report_has_the_grid_as_a_table() -> None:
    """Claims down, actions across, in words; it is there without a script. Not read is written out."""
    tables = [table for table in report(read_selection()).tables if table[0][0] == "Claims"]
    head, *rows = tables[0]
    assert head[1:3] == ["Non-final rejection 12 Mar 2018", "Final rejection 20 Sep 2018"]
    cells = {row[0]: row[1:] for row in rows}
    assert cells["1"] == [
        "103 · double patenting", "103 · 101 new: 101 other references: 103 gone: double patenting", "not known",
        "not read", "not read", "allowed",
    ]  # fmt: skip
    assert cells["not legible"][1:3] == ["102(a)(1)", ""]


def test_rounds_and_documents_of_the_report_carry_the_grounds() -> None:
    """Beside the name of the action."""
    page = report(read_selection())
    rounds = next(table for table in page.tables if table[0][0] == "Round")
    assert "103 · 112(b) · double patenting" in rounds[1][1]
    final = next(row for row in page.papers if "20 Sep 2018" in row)
    assert any(cell.endswith("103 · 101 · 102(a)(1)") for cell in final)


def test_what_changed_is_not_told_where_an_action_may_be_missing() -> None:
    """The first action is neither read nor selected: what fell away since is not known."""
    selection = read_selection()
    selection = only(replace(selection, contents=tuple(a_file()[1:])), "20180920-CTFR-1", "20191209-NOA-1")
    text = report(selection).text
    assert "rejects claims 1, 4–9 and 13 under 103" in text
    assert "fell away" not in text
    assert "New in it" not in text
    assert "form differs" not in text


def test_the_cover_of_the_pdf_names_the_grounds() -> None:
    """Of a single file, action by action."""
    selection = read_selection()
    selection = only(replace(selection, histories=selection.histories.iloc[:1]), "20180312-CTNF-1", "20190402-CTNF-1")
    file = io.BytesIO()
    pdf_of(selection, [blank()] * 2, into=file)
    cover = PdfReader(file).pages[0].extract_text()
    assert "12 Mar 2018 CTNF: 103 · 112(b) · double patenting; 2 Apr 2019 CTNF: not read" in " ".join(cover.split())


@pytest.mark.parametrize("made", [csv_of, xlsx_of])
def test_the_same_findings_give_the_same_bytes(made: Any) -> None:
    """Nothing depends on when it is written."""
    assert made(read_selection()) == made(read_selection())


def hostile() -> Selection:
    """Return papers whose words would be formulas, tags or scripts."""
    texts = hostile_texts()
    grounds = tuple(
        replace(
            ground("103", (number,), 3, NamedReference(text, text, text)),
            quote=ground("103", (number,), 3).quote._replace(text=text), over=text, notes=(text,),
        )
        for number, text in enumerate(texts, 1)
    )  # fmt: skip
    content = replace(action(grounds=grounds), engines=("=1+1",))
    first = replace(a_file()[0], content=content)
    unread = replace(a_file()[6], content=PaperContent("action", "not read", "=cmd|' /C calc'!A0"))
    return replace(read_selection(), contents=(first, unread))


def test_words_of_papers_are_no_formulas() -> None:
    """In workbooks they are text, in CSV files behind an apostrophe."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(hostile())))
    cells = [cell for name in ("Grounds", "Actions", "Flags") for row in book[name].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value.startswith("="))
    for row in rows_of(archive(hostile()).read("inside-the-papers/grounds.csv")):
        assert not any(value.startswith(("=", "+", "@", "\t", "＝")) for value in row.values())


def test_words_of_papers_stay_text_in_the_report() -> None:
    """They make no element and no address; links lead to this app alone."""
    page, plain = report(hostile()), report(read_selection())
    assert set(page.tags) <= set(plain.tags)
    assert page.comments == []
    assert all(address.startswith((BASE_URL, "#", "data:")) for address in page.values("href"))
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)


def test_references_and_statements_have_sheets() -> None:
    """A reference a row, used in which grounds against which claims; a statement with its quote and page."""
    selection = read_selection()
    found = {row["Number"]: row for row in sheet(selection, "References")}
    assert found["US 2015/0380679 A1"]["Name"] == "Jung et al."
    assert "103" in found["US 2015/0380679 A1"]["Grounds"]
    assert {row["How read"] for row in found.values()} == {"read by machine"}
    statements = sheet(selection, "Statements")
    assert [(row["Kind"], row["Quote"], row["Page"]) for row in statements] == [
        ("remark", "Jung does not teach a hinge.", 8),
        ("reason for allowance", "No art shows such a hinge.", 4),
    ]
