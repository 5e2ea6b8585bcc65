"""The CSV of the listed documents."""

import csv
import io
from datetime import UTC, datetime

import pandas as pd

from components.exports import csv_of
from components.histories import DocumentList, FileHistory
from components.prosecution import read

HEADER = "patent_number,application_number,date,doc_code,description,category,side,pages,round,link"


def export(*, descriptions: list[str]) -> list[list[str]]:
    """Export documents of these descriptions and read the file as a spreadsheet would."""
    count = len(descriptions)
    documents = DocumentList(
        date=[20180831, None, 20190102][:count],
        code=["CTNF", "A...", "XT/"][:count],
        description=descriptions,
        pages=[17, None, 0][:count],
    )
    history = FileHistory(
        apno="US14/706838", patent_number="US11205304B2", patent_id="", documents=documents, told=count, complete=True,
        retrieved=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    tables = read(history)
    rows = tables.documents.assign(link="/documents/token")
    data = csv_of(rows, histories=tables.histories, base_url="https://review.example")
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_columns_stand_in_the_promised_order() -> None:
    """Names that other programs rely on."""
    rows = export(descriptions=["Non-Final Rejection"])
    assert ",".join(rows[0]) == HEADER
    assert rows[1][:5] == ["US11205304B2", "US14/706838", "2018-08-31", "CTNF", "Non-Final Rejection"]
    assert rows[1][7] == "17"
    assert rows[1][9] == "https://review.example/documents/token"


def test_what_is_missing_is_empty() -> None:
    """An undated document without pages is a row like any other."""
    rows = {row[3]: row for row in export(descriptions=["a", "b", "c"])}
    assert rows["A..."][2] == ""
    assert rows["A..."][7] == ""
    assert rows["A..."][8] == ""


def test_nothing_that_a_spreadsheet_would_run_is_written() -> None:
    """Formulas in a description become text."""
    rows = export(descriptions=["=HYPERLINK(1)", "＋1", "@x"])
    assert sorted(row[4] for row in rows[1:]) == ["'=HYPERLINK(1)", "'@x", "'＋1"]


def test_no_rows_make_a_header_alone() -> None:
    """A filter that leaves nothing is no error."""
    empty = pd.DataFrame(
        {name: pd.Series(dtype="str") for name in ("history", "code", "description", "category", "side", "link")}
        | {"date": pd.Series(dtype="datetime64[us]"), "pages": pd.Series(dtype="Int64")}
    )
    histories = pd.DataFrame({"history": ["x"], "patent_number": ["y"]})
    assert csv_of(empty, histories=histories).decode("utf-8-sig").strip() == HEADER


def test_each_document_bears_its_round() -> None:
    """An action and what answered it are of one round; a paper without a date is of none."""
    rows = {row[3]: row[8] for row in export(descriptions=["Non-Final Rejection", "Amendment", "Extension"])}
    assert rows == {"doc_code": "round", "CTNF": "1", "XT/": "1", "A...": ""}
