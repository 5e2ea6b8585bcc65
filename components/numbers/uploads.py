"""Uploaded lists: text, CSV and Excel, within limits that are checked before anything is read."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePath

from components.numbers import cn, parsing, workbooks
from components.numbers.advice import is_date
from components.numbers.doubles import mark_doubles
from components.numbers.errors import UploadRefused
from components.numbers.model import Number, Standing

MAX_BYTES = 2 * 1024 * 1024
MAX_NUMBERS_IN_FILE = 10_000
_SAMPLE = 200
"""So many rows, evenly spread over the table, decide which column holds the numbers."""
_MAX_COLUMNS = 100
_GROUP_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))(?<!\d{4},)")
_KEPT_COMMA = "\x1f"
_DELIMITERS = ";\t|"


def read_upload(name: str, data: bytes) -> list[Number]:
    """Return the numbers of an uploaded file.

    A text file is read like typed text. Of a table, the column with the most numbers is read (the first of several); a
    heading above it is ignored, every other cell that is not understood is refused with advice. A table of one row is
    read as a list.

    Args:
        name: file name; its ending decides: .txt, .csv, .tsv or .xlsx.
        data: the file, at most 2 MB and 10,000 numbers.

    Raises:
        UploadRefused: the file is too large, of another kind, damaged or dangerous. Nothing was read.
    """
    suffix = PurePath(name).suffix.lower()
    if len(data) > MAX_BYTES:
        raise UploadRefused("The file is larger than 2 MB. Keep only the column of numbers, or split the file.")
    if suffix in (".xlsx", ".xlsm"):
        return _checked(_from_table(workbooks.read_rows(data)))
    if suffix not in (".txt", ".csv", ".tsv"):
        raise UploadRefused(
            f"Files of the kind “{suffix or 'without ending'}” are not read. Save it as .xlsx, .csv or .txt."
        )
    if data.startswith(b"PK\x03\x04"):
        raise UploadRefused(
            "This is no text: it looks like an Excel workbook. Give it the ending .xlsx and upload it again."
        )
    text = _decoded(data)
    if suffix == ".txt":
        return _checked(mark_doubles(list(islice(parsing.numbers_in(text), MAX_NUMBERS_IN_FILE + 1))))
    return _checked(_from_table(_rows_of_csv(text)))


def _decoded(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with a byte order mark, or Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise UploadRefused("This is no text file. Save the list as .txt or .csv (UTF-8) and upload it again.")
    return text


def _rows_of_csv(text: str) -> list[list[str]]:
    """Split CSV into cells; commas between groups of three digits belong to a number."""
    kept = _GROUP_COMMA.sub(_KEPT_COMMA, text)
    filled = [line for line in kept.splitlines() if line.strip()]
    counts = {candidate: sum(candidate in line for line in filled) for candidate in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda candidate: counts[candidate])
    if counts[delimiter] * 2 < len(filled) or counts[delimiter] < sum("," in line for line in filled):
        delimiter = ","
    try:
        rows = list(csv.reader(io.StringIO(kept, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UploadRefused("The CSV file is damaged. Save it again as CSV (UTF-8), or as .txt.") from error
    return [[cell.replace(_KEPT_COMMA, ",") for cell in row] for row in rows]


def _from_table(rows: Sequence[Sequence[str]]) -> list[Number]:
    """Return the numbers of a table: of the column that holds most of them, or of the row if there is only one."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    column = _column_of_numbers(filled)
    one_row = len(filled) == 1
    cells = filled[0] if one_row else [row[column] if column < len(row) else "" for row in filled]
    numbers: list[Number] = []
    for position, cell in enumerate(cells):
        cell_numbers = parsing.parse_cell(cell)
        if position > 0 or one_row or not _is_heading(cell, cell_numbers):
            numbers += cell_numbers
        if len(numbers) > MAX_NUMBERS_IN_FILE:
            break
    return mark_doubles(numbers)


def _is_heading(cell: str, numbers: Sequence[Number]) -> bool:
    """Return whether the first cell of a column is a heading: nothing in it is understood, and it has no digit."""
    return all(number.standing is Standing.REFUSED for number in numbers) and not any(char.isdigit() for char in cell)


def _column_of_numbers(rows: Sequence[Sequence[str]]) -> int:
    """Return the column with the most numbers in a sample of the rows; the first of several."""
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    width = min(_MAX_COLUMNS, max(len(row) for row in sample))
    return max(range(width), key=lambda column: sum(_holds_number(row[column]) for row in sample if column < len(row)))


def _holds_number(cell: str) -> bool:
    """Return whether a cell holds a number, a Chinese one included."""
    if not any(char.isdigit() for char in cell) or is_date(cell):
        return False
    return any(number.readings or number.reason.startswith(cn.REASON) for number in parsing.parse_cell(cell))


def _checked(numbers: list[Number]) -> list[Number]:
    """Return the numbers; refuse a file with none or with too many."""
    if len(numbers) > MAX_NUMBERS_IN_FILE:
        raise UploadRefused("The file holds more than 10,000 numbers. Split it and upload the parts.")
    if not numbers:
        raise UploadRefused("There is no number in the file. Put the numbers into the first column, one a row.")
    return numbers
