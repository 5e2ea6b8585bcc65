"""The CSV of the listed documents."""

import csv
import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from components.exports.csv_file import csv_of
from components.exports.selection import Selection
from components.exports.xlsx import xlsx_of
from components.histories import FileHistory
from components.prosecution import read_histories
from tests.exports.conftest import make_history, make_selection

HEADER = "patent_number,application_number,date,doc_code,description,category,side,pages,round,link"
APNO = "US14/706838"
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def rows_in(selection: Selection) -> list[list[str]]:
    """Export a selection and read the file as a program would."""
    data = csv_of(selection)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def answered() -> FileHistory:
    """A rejection of 17 pages, an extension without pages, and an amendment without a date."""
    papers = [(20180831, "CTNF", "Non-Final Rejection", 17), (None, "A...", "Amendment"), (20190102, "XT/", "More", 0)]
    return make_history(papers, apno=APNO, patent_number="US11205304B2")


def described(*descriptions: str) -> list[str]:
    """Export documents of these descriptions and give what is written for each."""
    papers = [(20180831 + index, "CTNF", text) for index, text in enumerate(descriptions)]
    return [row[4] for row in rows_in(make_selection(read_histories([make_history(papers)])))[1:]]


def test_the_columns_stand_in_the_promised_order() -> None:
    """Names that other programs rely on, with dates and ids as they are in files."""
    rows = rows_in(make_selection(read_histories([answered()])))
    assert ",".join(rows[0]) == HEADER
    assert rows[1] == [
        "US11205304B2", APNO, "2018-08-31", "CTNF", "Non-Final Rejection", "non_final_rejection", "office", "17", "1",
        "https://review.example/documents/token-20180831-CTNF-1",
    ]  # fmt: skip


def test_where_the_app_has_no_paths_no_row_has_a_link() -> None:
    """As in the plain script: nothing is written that would lead nowhere, neither here nor in Excel."""
    selection = make_selection(read_histories([answered()]))
    without = replace(selection, documents=selection.documents.assign(link=""))
    assert {row[-1] for row in rows_in(without)[1:]} == {""}
    book = load_workbook(io.BytesIO(xlsx_of(without)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.hyperlink] == []
    assert [cell.value for cell in cells if "review.example" in str(cell.value)] == []


def test_what_is_missing_is_empty() -> None:
    """A document without date, pages and round is a row like any other."""
    rows = {row[3]: row for row in rows_in(make_selection(read_histories([answered()])))}
    assert (rows["A..."][2], rows["A..."][7], rows["A..."][8]) == ("", "", "")


def test_each_document_bears_its_round() -> None:
    """An action and what extends the time to answer it are of one round; a paper without a date is of none."""
    rows = {row[3]: row[8] for row in rows_in(make_selection(read_histories([answered()])))}
    assert rows == {"doc_code": "round", "CTNF": "1", "XT/": "1", "A...": ""}


@pytest.mark.parametrize("mark", ["tick", "note"])
def test_ticks_and_notes_are_columns_where_there_is_one(mark: str) -> None:
    """One tick or one note brings both columns, behind all others."""
    name = (APNO, "20180831-CTNF-1")
    marks = {"read": {name}} if mark == "tick" else {"notes": {name: "see claim 1"}}
    rows = rows_in(make_selection(read_histories([answered()]), **marks))
    assert ",".join(rows[0]) == f"{HEADER},read,note"
    assert rows[1][10:] == (["yes", ""] if mark == "tick" else ["", "see claim 1"])
    assert all(row[10:] == ["", ""] for row in rows[2:])


def test_rows_keep_the_order_and_the_choice_of_the_selection(real_selection: Selection) -> None:
    """What is listed is what is written: every row, in its order, with its own link."""
    documents = real_selection.documents
    rows = rows_in(real_selection)[1:]
    assert [(row[1], row[9]) for row in rows] == [
        (history, f"https://review.example{link}")
        for history, link in zip(documents["history"], documents["link"], strict=True)
    ]


def test_real_descriptions_are_written_as_delivered(real_selection: Selection) -> None:
    """No paper of a real file is touched by what keeps formulas out."""
    documents = real_selection.documents
    rows = rows_in(real_selection)[1:]
    assert [row[3] for row in rows] == documents["code"].to_list()
    assert [row[4] for row in rows] == documents["description"].to_list()


def test_no_cell_begins_a_formula(hostile_selection: Selection) -> None:
    """Whatever a number, a code, a description or a note says, no cell begins with a sign that a spreadsheet runs."""
    rows = rows_in(hostile_selection)[1:]
    assert len(rows) == len(hostile_selection.documents) > 10
    for row in rows:
        for cell in row:
            assert not cell.lstrip(" \u00a0\u3000\u200b\ufeff\x00\t\r\n").startswith(SIGNS), cell
            assert not cell.startswith(("\t", "\r", "\n"))


def test_no_cell_begins_a_formula_where_semicolons_part_cells(hostile_selection: Selection) -> None:
    """A spreadsheet set to semicolons parts the lines otherwise and still finds nothing to run."""
    data = csv_of(hostile_selection).decode("utf-8-sig")
    cells = re.split(r"[;\t\r\n]", data)
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.lstrip('" \u00a0\u3000\u200b\ufeff').startswith(SIGNS)]


def test_text_that_is_no_formula_stays_as_it_is() -> None:
    """Only the sign of a formula is given an apostrophe, not dashes, dots or quotes within a text."""
    texts = ["Reply - after final", '"x","y"', "a; b - c", "拒絶理由通知書", "é=1", "1-2", "<b>&amp;</b>"]
    assert described(*texts) == texts
    assert described("=1", "x;=1", 'x; "+1', "x;\u00a0＠1") == ["'=1", "x;'=1", "x;' \"+1", "x;'\u00a0＠1"]


def test_no_rows_make_a_header_alone() -> None:
    """A filter that leaves nothing is no error."""
    tables = read_histories([answered()])
    selection = make_selection(tables, rows=tables.documents["code"] == "none of these")
    assert csv_of(selection).decode("utf-8-sig").strip() == HEADER
