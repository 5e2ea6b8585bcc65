"""Excel workbooks: checked as a zip file before any XML is parsed, then read row by row."""

import io
import zipfile
from datetime import date, datetime
from itertools import zip_longest

import openpyxl

from components.numbers.effort import pause
from components.numbers.errors import UploadRefused

MAX_MEMBERS = 200
MAX_UNPACKED = 20 * 1024 * 1024
"""Bytes of all members unpacked."""
MAX_RATIO = 100
"""Most bytes unpacked for each byte packed, of all members together and of each large one."""
_LARGE = 1024 * 1024
_MAX_CELLS = 200_000
_MAX_ROWS = 20_000
_CELLS_OF_SLICE = 300
"""Cells between two pauses, in which other threads run: two to three milliseconds."""
_MAX_TAGS = 1_000_000
"""Most tags of a sheet or of its strings: four to six make a cell. Parsing more would take seconds."""
_MAX_OTHER_TAGS = 100_000
_SHEETS = ("xl/worksheets/", "xl/sharedStrings")
_MAX_EXACT = 10**15
"""Larger numbers of a spreadsheet have lost digits."""

_BOMB = (
    "The workbook unpacks to far more than a list of numbers needs. It was not opened. Save the column as .csv or .txt."
)
_DAMAGED = (
    "The workbook cannot be read: it is damaged, protected or not an .xlsx file. Save it again as .xlsx, or as .csv."
)
_TOO_MANY_CELLS = "The workbook holds too many cells. Keep only the column of numbers, or save it as .csv."


def read_rows(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet as text.

    Args:
        data: the bytes of an .xlsx file.

    Raises:
        UploadRefused: the zip file is a bomb or damaged, the XML declares entities, or the sheet is too large.
    """
    formulas = _check_archive(data)
    if not openpyxl.DEFUSEDXML:
        raise UploadRefused("Excel files cannot be read safely on this installation. Save the list as .csv or .txt.")
    try:
        rows = _first_sheet(data, values=True)
        if formulas:
            texts = _first_sheet(data, values=False)
            rows = [_with_formulas(row, formula_row) for row, formula_row in zip(rows, texts, strict=False)]
        return rows
    except UploadRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it run into
        raise UploadRefused(_DAMAGED) from error


def _first_sheet(data: bytes, *, values: bool) -> list[list[str]]:
    """Read the first sheet: the values that were last computed, or the formulas if some were never computed."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        return _cells(book)
    finally:
        book.close()


def _with_formulas(row: list[str], formulas: list[str]) -> list[str]:
    """Return a row of values, with the formula in each cell that has no value."""
    return [value or text for value, text in zip_longest(row, formulas, fillvalue="")]


def _check_archive(data: bytes) -> bool:
    """Refuse a zip file by its directory and by document types in its XML, before a parser sees it.

    No more is unpacked of a member than the directory says of its size.

    Returns:
        Whether any part holds a formula.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            formulas = False
            for member in members:
                content = archive.read(member)
                limit = _MAX_TAGS if member.filename.startswith(_SHEETS) else _MAX_OTHER_TAGS
                if member.filename.endswith((".xml", ".rels")) and content.count(b"<") > limit:
                    raise UploadRefused(_TOO_MANY_CELLS)
                formulas = formulas or b"<f>" in content or b"<f " in content
                if _declares_type(content):
                    raise UploadRefused(_BOMB)
            return formulas
    except UploadRefused:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds for a damaged file
        raise UploadRefused(_DAMAGED) from error


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Refuse too many members, too many bytes, a ratio of compression that no list has, and unusual compression."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    too_dense = any(member.file_size > max(_LARGE, MAX_RATIO * member.compress_size) for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1) or too_dense:
        raise UploadRefused(_BOMB)
    supported = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(member.flag_bits & 1 or member.compress_type not in supported for member in members):
        raise UploadRefused(_DAMAGED)


def _declares_type(content: bytes) -> bool:
    """Return whether XML declares a document type, which no workbook does and every entity bomb needs."""
    return (
        b"<!DOCTYPE" in content
        or "<!DOCTYPE".encode("utf-16-le") in content
        or "<!DOCTYPE".encode("utf-16-be") in content
    )


def _cells(book: openpyxl.Workbook) -> list[list[str]]:
    """Return the rows of the first sheet as text, as long as there are not too many."""
    if not book.worksheets:
        return []
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # do not trust what the file says about its own size
    rows: list[list[str]] = []
    cells = filled = paused_at = 0
    for row in sheet.iter_rows(values_only=True):
        texts = [_text(value) for value in row]
        cells += max(1, len(texts))
        filled += any(texts)
        if cells > _MAX_CELLS or filled > _MAX_ROWS:
            raise UploadRefused(_TOO_MANY_CELLS)
        rows.append(texts)
        if cells - paused_at >= _CELLS_OF_SLICE:
            paused_at = cells
            pause()
    return rows


def _text(value: object) -> str:
    """Return a cell as it would be typed; whole numbers without their `.0`."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer() and abs(value) < _MAX_EXACT:
        return str(int(value))
    return str(value)
