"""Uploaded lists: text, CSV and Excel, within limits that are checked before anything is read."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath

from components.numbers import cn, parsing, workbooks
from components.numbers.advice import is_date
from components.numbers.doubles import mark_doubles
from components.numbers.effort import MOST_NUMBERS, STEPS_OF_SAMPLE, TOO_MANY, Effort
from components.numbers.errors import TextRefused, UploadRefused
from components.numbers.model import Number, Standing

MAX_BYTES = 2 * 1024 * 1024
_MAX_LINES = 50_000
"""Lines of a CSV file: five for each number that a list may have."""
_SAMPLE = 200
"""So many rows, evenly spread over the table, decide which column holds the numbers."""
_SAMPLED_CELLS = 4_200
"""Most cells that are read for that; 200 rows of 21 columns."""
_SAMPLED_CHARACTERS = 300
"""Of each of these cells."""
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
    if len(data) > MAX_BYTES:
        raise UploadRefused("The file is larger than 2 MB. Keep only the column of numbers, or split the file.")
    try:
        numbers = _read(PurePath(name).suffix.lower(), data)
    except UploadRefused:
        raise
    except TextRefused as refused:
        raise UploadRefused(str(refused)) from refused
    if len(numbers) > MOST_NUMBERS:
        raise UploadRefused(TOO_MANY)
    if not numbers:
        raise UploadRefused("There is no number in the file. Put the numbers into the first column, one a row.")
    return mark_doubles(numbers)


def _read(suffix: str, data: bytes) -> list[Number]:
    """Return the numbers of a file of a kind, doubles not yet marked.

    Raises:
        TextRefused: there are too many, or too much besides.
        UploadRefused: it is of another kind, damaged or dangerous.
    """
    if suffix in (".xlsx", ".xlsm"):
        return _from_table(workbooks.read_rows(data))
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
        return list(parsing.numbers_in(text))
    return _from_table(_rows_of_csv(text))


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
    filled = [line for line in kept.splitlines() if line and not line.isspace()]
    if len(filled) > _MAX_LINES:
        raise UploadRefused("The table has more than 50,000 rows. Keep the rows with numbers, at most 10,000.")
    counts = {candidate: sum(candidate in line for line in filled) for candidate in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda candidate: counts[candidate])
    if counts[delimiter] * 2 < len(filled) or counts[delimiter] < sum("," in line for line in filled):
        delimiter = ","
    try:
        rows = list(csv.reader(io.StringIO(kept, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UploadRefused("The CSV file is damaged. Save it again as CSV (UTF-8), or as .txt.") from error
    if _KEPT_COMMA not in kept:
        return rows
    return [[cell.replace(_KEPT_COMMA, ",") for cell in row] for row in rows]


def _from_table(rows: Sequence[Sequence[str]]) -> list[Number]:
    """Return the numbers of a table: of the column that holds most of them, or of the row if there is only one."""
    filled = [row for row in rows if "".join(row).strip()]
    effort = Effort()
    if len(filled) == 1:
        return [number for cell in filled[0] if cell for number in parsing.parse_cell(cell, effort)]
    column = _column_of_numbers(filled) if filled else 0
    cells = [row[column] if column < len(row) else "" for row in filled]
    numbers: list[Number] = []
    for position, cell in enumerate(cells):
        cell_numbers = parsing.parse_cell(cell, effort if position else Effort())
        if position > 0 or not _is_heading(cell, cell_numbers):
            numbers += cell_numbers
    return numbers


def _is_heading(cell: str, numbers: Sequence[Number]) -> bool:
    """Return whether the first cell of a column is a heading: nothing in it is understood, and it has no digit."""
    return all(number.standing is Standing.REFUSED for number in numbers) and not any(char.isdigit() for char in cell)


def _column_of_numbers(rows: Sequence[Sequence[str]]) -> int:
    """Return the column with the most numbers in a sample of the rows; the first of several."""
    width = min(_MAX_COLUMNS, max(map(len, rows)))
    sampled = min(_SAMPLE, max(1, _SAMPLED_CELLS // width))
    sample = rows[:: max(1, len(rows) // sampled)][: 2 * sampled]
    effort = Effort(STEPS_OF_SAMPLE)
    counts = [0] * width
    with suppress(TextRefused):  # the rows read until then decide
        for row in sample:
            for column, cell in enumerate(row[:width]):
                counts[column] += _holds_number(cell, effort)
    return counts.index(max(counts))


def _holds_number(cell: str, effort: Effort) -> bool:
    """Return whether a cell holds a number, a Chinese one included."""
    cell = cell[:_SAMPLED_CHARACTERS]
    if not any(char.isdigit() for char in cell) or is_date(cell):
        return False
    return any(number.readings or number.reason.startswith(cn.REASON) for number in parsing.parse_cell(cell, effort))
