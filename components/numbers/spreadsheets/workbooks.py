"""Excel workbooks: checked as a zip file before any XML is parsed, then read row by row."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

import openpyxl
from defusedxml import ElementTree

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
_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[ >]")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_PLACE = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_MAX_EXACT = 10**15
"""Larger numbers of a spreadsheet have lost digits."""

_BOMB = (
    "The workbook unpacks to far more than a list of numbers needs. It was not opened. Save the column as .csv or .txt."
)
_DAMAGED = (
    "The workbook cannot be read: it is damaged, protected or not an .xlsx file. Save it again as .xlsx, or as .csv."
)
_TOO_MANY_CELLS = "The workbook holds too many cells. Keep only the column of numbers, or save it as .csv."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    rows: list[list[str]]
    """All rows as text, empty ones included, and hidden ones as if they were empty."""
    hidden_rows: int = 0
    """Filled rows that a filter or the user has hidden."""
    others: tuple[str, ...] = ()
    """Names of the other sheets that are not empty."""


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the parts of a workbook hold."""

    formulas: bool
    """Whether any part holds a formula."""
    hidden: Mapping[str, frozenset[int]]
    """Numbers of the hidden rows of each sheet, by the name of its part."""
    filled: frozenset[str]
    """The parts that hold any value."""
    parts: Mapping[str, str]
    """The names of the parts by those of their sheets."""

    def is_filled(self, name: str) -> bool:
        """Return whether a sheet holds any value, as far as its part is known."""
        return self.parts.get(name, "") not in self.hidden or self.parts[name] in self.filled


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets that are not empty one by one, those that are hidden last.

    Args:
        data: the bytes of an .xlsx file.

    Raises:
        UploadRefused: the zip file is a bomb or damaged, the XML declares entities, or the sheets read until then are
            too large.
    """
    contents = _check_archive(data)
    if not openpyxl.DEFUSEDXML:
        raise UploadRefused("Excel files cannot be read safely on this installation. Save the list as .csv or .txt.")
    try:
        yield from _sheets(data, contents)
    except UploadRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it run into
        raise UploadRefused(_DAMAGED) from error


def _sheets(data: bytes, contents: _Contents) -> Iterator[Sheet]:
    """Yield the sheets: the values that were last computed, and the formulas where none was ever computed."""
    with ExitStack() as books:
        opened = [
            books.enter_context(closing(openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=values, keep_links=False
            )))
            for values in ((True, False) if contents.formulas else (True,))
        ]  # fmt: skip
        sheets = [sheet for sheet in opened[0].worksheets if contents.is_filled(sheet.title)]
        names = [str(sheet.title) for sheet in sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible")]
        left = _MAX_CELLS
        for name in names:
            rows, *formulas = (_cells(book[name], left) for book in opened)
            left -= sum(max(1, len(row)) for row in rows)
            if formulas:
                rows = [_with_formulas(row, texts) for row, texts in zip(rows, formulas[0], strict=False)]
            hidden = contents.hidden.get(contents.parts.get(name, ""), frozenset())
            hidden_rows = {place for place, row in enumerate(rows, 1) if place in hidden and any(row)}
            rows = [[] if place in hidden_rows else row for place, row in enumerate(rows, 1)]
            yield Sheet(name, rows, len(hidden_rows), tuple(other for other in names if other != name))


def _with_formulas(row: list[str], formulas: list[str]) -> list[str]:
    """Return a row of values, with the formula in each cell that has no value."""
    return [value or text for value, text in zip_longest(row, formulas, fillvalue="")]


def _check_archive(data: bytes) -> _Contents:
    """Refuse a zip file by its directory and by document types in its XML, before a parser sees it.

    No more is unpacked of a member than the directory says of its size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            formulas, filled = False, set()
            hidden: dict[str, frozenset[int]] = {}
            kept: dict[str, bytes] = {}
            for member in members:
                content = archive.read(member)
                _check_content(member.filename, content)
                formulas = formulas or b"<f>" in content or b"<f " in content
                if member.filename.startswith(_SHEETS[0]):
                    hidden[member.filename] = _hidden_rows(content)
                    filled |= {member.filename} if _VALUE.search(content) else set()
                elif member.filename in (_BOOK, _RELATIONS):
                    kept[member.filename] = content
            return _Contents(formulas, hidden, frozenset(filled), _parts(kept))
    except UploadRefused:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds for a damaged file
        raise UploadRefused(_DAMAGED) from error


def _check_content(name: str, content: bytes) -> None:
    """Refuse a part with too many elements, or with a document type."""
    limit = _MAX_TAGS if name.startswith(_SHEETS) else _MAX_OTHER_TAGS
    if name.endswith((".xml", ".rels")) and content.count(b"<") > limit:
        raise UploadRefused(_TOO_MANY_CELLS)
    if _declares_type(content):
        raise UploadRefused(_BOMB)


def _hidden_rows(content: bytes) -> frozenset[int]:
    """Return the numbers of the hidden rows of a sheet."""
    if b"hidden=" not in content:
        return frozenset()
    rows = (match[0] for match in _ROW.finditer(content))
    places = (_PLACE.search(row) for row in rows if _HIDDEN.search(row))
    return frozenset(int(place[1]) for place in places if place is not None)


def _parts(kept: Mapping[str, bytes]) -> dict[str, str]:
    """Return the names of the sheets' parts by the names of the sheets; empty where the file does not say."""
    try:
        relations = {
            element.get("Id"): f"xl/{(element.get('Target') or '').removeprefix('/xl/')}"
            for element in ElementTree.fromstring(kept[_RELATIONS])
        }
        sheets = ElementTree.fromstring(kept[_BOOK]).iter(f"{_MAIN}sheet")
        return {sheet.get("name", ""): relations.get(sheet.get(f"{_RELATION}id"), "") for sheet in sheets}
    except (KeyError, ElementTree.ParseError):
        return {}


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


def _cells(sheet: Any, most: int) -> list[list[str]]:  # noqa: ANN401 - openpyxl has no types
    """Return the rows of a sheet as text, as long as there are not too many."""
    sheet.reset_dimensions()  # do not trust what the file says about its own size
    rows: list[list[str]] = []
    cells = filled = paused_at = 0
    for row in sheet.iter_rows(values_only=True):
        texts = [_text(value) for value in row]
        cells += max(1, len(texts))
        filled += any(texts)
        if cells > most or filled > _MAX_ROWS:
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
