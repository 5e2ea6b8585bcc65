"""Uploaded lists: text, CSV and Excel, within limits that are checked before anything is read."""

from pathlib import PurePath

from components.numbers.doubles import mark_doubles
from components.numbers.effort import MOST_NUMBERS, TOO_MANY
from components.numbers.errors import TextRefused, UploadRefused
from components.numbers.lists import NumberList, numbers_of_text
from components.numbers.model import Number
from components.numbers.spreadsheets.csv_tables import decoded, rows_of_csv
from components.numbers.spreadsheets.sheets import numbers_of_sheets
from components.numbers.spreadsheets.table_rows import TableNumbers, numbers_of_table

MAX_BYTES = 2 * 1024 * 1024


def read_list(name: str, data: bytes) -> NumberList:
    """Return the numbers of an uploaded file, and what of it was left.

    A text file is read like typed text. Of a table, one column is read (see `columns`), and others of the same patents
    only in rows where that one is empty; an office and a kind code in columns of their own are joined to its numbers.
    Headings, titles and footers are passed over; every other cell of the column that is not understood is refused with
    advice. A table of one row is read as a list.

    Args:
        name: file name; its ending decides: .txt, .csv, .tsv, .xlsx or .xlsm.
        data: the file, at most 2 MB and 10,000 numbers.

    Raises:
        UploadRefused: the file is too large, of another kind, damaged or dangerous, or no column of it holds the
            numbers of its rows. Nothing was read.
    """
    if len(data) > MAX_BYTES:
        raise UploadRefused("The file is larger than 2 MB. Keep only the column of numbers, or split the file.")
    try:
        found = _read(PurePath(name).suffix.lower(), data)
    except UploadRefused:
        raise
    except TextRefused as refused:
        raise UploadRefused(str(refused)) from refused
    if len(found.numbers) > MOST_NUMBERS:
        raise UploadRefused(TOO_MANY)
    if not found.numbers:
        raise UploadRefused("There is no number in the file. Put the numbers into the first column, one a row.")
    return NumberList(tuple(mark_doubles(found.numbers)), tuple(found.remarks))


def read_upload(name: str, data: bytes) -> list[Number]:
    """Return the numbers of an uploaded file as `read_list` does, without its remarks.

    Raises:
        UploadRefused: see `read_list`.
    """
    return list(read_list(name, data).numbers)


def _read(suffix: str, data: bytes) -> TableNumbers:
    """Return the numbers of a file of a kind, doubles not yet marked.

    Raises:
        TextRefused: there are too many, or too much besides.
        UploadRefused: it is of another kind, damaged or dangerous.
    """
    if suffix in (".xlsx", ".xlsm"):
        return numbers_of_sheets(data)
    if suffix not in (".txt", ".csv", ".tsv"):
        raise UploadRefused(
            f"Files of the kind “{suffix or 'without ending'}” are not read. Save it as .xlsx, .csv or .txt."
        )
    if data.startswith(b"PK\x03\x04"):
        raise UploadRefused(
            "This is no text: it looks like an Excel workbook. Give it the ending .xlsx and upload it again."
        )
    text = decoded(data)
    return numbers_of_text(text) if suffix == ".txt" else numbers_of_table(rows_of_csv(text))
