"""Which columns of a table hold the numbers of its patents, one patent a row.

Headings decide where they say it; `headings.OWN_ROLES` is their order. A grant or publication number identifies one
document for certain; an application number comes in more forms, some of which look like those of other documents; a
link is read only where nothing better is there. A column with one number a row goes before one with several, which are
mostly those of a family. Without such headings the cells decide: the column with most numbers is read, and never one
whose heading says that it holds something else.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from components.numbers.effort import STEPS_OF_SAMPLE, Effort
from components.numbers.errors import TextRefused, UploadRefused
from components.numbers.model import Number
from components.numbers.offices import cn
from components.numbers.spreadsheets.headings import OWN_ROLES, ColumnRole, Heading, heading_of, is_aside, is_office
from components.numbers.text import parsing
from components.numbers.text.advice import is_date
from components.words import listed

Rows = Sequence[Sequence[str]]

_SAMPLE = 200
"""So many rows, evenly spread over the table, decide which column holds the numbers."""
_SAMPLED_CELLS = 4_200
"""Most cells that are read for that; 200 rows of 21 columns."""
_SAMPLED_CHARACTERS = 300
"""Of each of these cells."""
_MAX_COLUMNS = 100
MAX_TITLES = 30
"""Rows above the headings or the first number, at most."""
_DIGITS = re.compile(r"\d(?:[ ,./-]?\d){4}")
"""Fewer digits are no number of a patent."""
_KIND_CODE = re.compile(r"[ABCEHPSTUY]\d|[ABCEUSY]")
_ONLY_DIGITS = re.compile(r"[\d\s.]+")
_MEASURED = frozenset({*OWN_ROLES, ColumnRole.OTHERS, ColumnRole.UNKNOWN})
_WEIGHT = {ColumnRole.GRANT: 3, ColumnRole.PUBLICATION: 3, ColumnRole.APPLICATION: 3}
"""How much a heading that is known counts, if not 1."""
_NAMED = frozenset(OWN_ROLES) - {ColumnRole.IDENTIFIER}
_ADVICE = (
    "Give the column of patent numbers the heading “Publication number”, or upload that column alone; nothing was read."
)


@dataclass(slots=True, eq=False)
class Column:
    """A column of a table, and what a sample of its cells holds."""

    index: int
    heading: Heading
    numbers: int = 0
    """Cells with a number."""
    strong: int = 0
    """Those with more than digits: an office, a slash, commas."""
    several: int = 0
    """Those with several numbers."""
    applications: int = 0
    """Those with nothing but numbers of applications."""
    suspects: int = 0
    """Cells that may have been meant as a number."""
    offices: int = 0
    """Filled cells of a column of offices."""
    filled: int = 0
    """Filled cells."""
    codes: int = 0
    """Those that hold nothing but an office."""
    small_codes: int = 0
    """Those of them in small letters, which may also be languages."""
    kinds: int = 0
    """Those that hold nothing but a kind code."""
    full_kinds: int = 0
    """Those with its digit: letters alone may also be marks, "A" to "C"."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read."""

    titles: int
    """Rows before the headings."""
    first: int
    """The first row below the headings."""
    read: tuple[Column, ...]
    """The column that is read, and those that are read in its place where it is empty, in order."""
    offices: tuple[Column, ...] = ()
    """The column of offices; without one, those that may be, the likeliest first."""
    kind: Column | None = None
    left: tuple[Column, ...] = ()
    """Other columns that hold numbers."""

    @property
    def is_headed(self) -> bool:
        """Whether the headings say which column is read."""
        return self.read[0].heading.role in OWN_ROLES

    @property
    def is_office_doubtful(self) -> bool:
        """Whether the offices may be something else, such as the countries of applicants: then both are offered."""
        column = next((column for column in self.offices if column.heading.role is ColumnRole.UNKNOWN), None)
        if column is None:
            return False
        beside = {self.read[0].index, self.read[0].index if self.kind is None else self.kind.index}
        is_beside = any(abs(column.index - index) == 1 for index in beside)
        return len(self.offices) > 1 or column.heading.text != "" or column.small_codes > 0 or not is_beside


def layout_of(rows: Rows) -> Layout:
    """Return how to read a table of at least one row; none of the rows is empty.

    Raises:
        UploadRefused: no column of several holds numbers of the rows' own patents.
    """
    titles, first, headings = _headings(rows)
    columns = [Column(index, heading) for index, heading in enumerate(headings)]
    _measure(rows[first:], columns)
    read = _own_columns(columns) or _by_cells(columns)
    left = tuple(column for column in columns if column.numbers and column not in read[:1])
    offices = [column for column in columns if column.offices][:1] or _columns_of_codes(columns, read[0])
    kind = next((column for column in columns if column.heading.role is ColumnRole.KIND), None)
    kind = kind or _column_of_kinds(columns, read[0])
    return Layout(titles, first, read, tuple(offices), kind, left)


def _columns_of_codes(columns: Sequence[Column], numbers: Column) -> list[Column]:
    """Return the columns of offices whose heading does not say so, the one next to the numbers first."""
    found = [
        column for column in columns
        if column.heading.role is ColumnRole.UNKNOWN and column.codes and column.codes * 2 >= column.filled
    ]  # fmt: skip
    return sorted(found, key=lambda column: (abs(column.index - numbers.index), column.index))


def _column_of_kinds(columns: Sequence[Column], numbers: Column) -> Column | None:
    """Return the column of kind codes whose heading does not say so: the next one behind the numbers.

    Orbit's “Publication kind code” may hold the whole number, or only the code.
    """
    for column in columns:
        is_named = column.heading.role is ColumnRole.PUBLICATION and not column.suspects
        is_unnamed = column.heading.role is ColumnRole.UNKNOWN and column.full_kinds and column.index > numbers.index
        if (is_named or is_unnamed) and column.kinds and column.kinds * 4 >= column.filled * 3:
            return column
    return None


def _headings(rows: Rows) -> tuple[int, int, list[Heading]]:
    """Return the number of rows above the headings, the first row below them, and a heading for each column."""
    width = min(_MAX_COLUMNS, max(map(len, rows)))
    best, titles, first, headings = 0, 0, 0, [Heading("")] * width
    above: Sequence[str] = ()
    for index, row in enumerate(rows[:MAX_TITLES]):
        cells = [row[column] if column < len(row) else "" for column in range(width)]
        if any(_DIGITS.search(cell) and not is_date(cell) for cell in cells):
            above = ()
            continue
        for begin, texts in ((index, cells), (index - 1, _joined(above, cells))):
            found = [heading_of(text) for text in texts]
            weight = _weight(found)
            if weight > best:
                best, titles, first, headings = weight, begin, index + 1, found
        above = cells
    if not best and sum(map(bool, rows[0])) > 1 and not any(any(map(str.isdigit, cell)) for cell in rows[0]):
        return 0, 1, [Heading(text) for text in (*rows[0], *[""] * width)[:width]]
    return titles, first, headings


def _joined(above: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return headings that stand on two rows, of which the upper has one for several columns."""
    if sum(map(bool, above)) < 2:
        return []
    joined, group = [], ""
    for upper, lower in zip(above, cells, strict=True):
        group = upper or group
        joined.append(f"{group} {lower}" if lower else upper)
    return joined


def _weight(headings: Sequence[Heading]) -> int:
    """Return how surely these are headings, the more if they name offices; 0 if one that is known is not enough."""
    known = [heading for heading in headings if heading.role is not ColumnRole.UNKNOWN]
    if len(known) < 2 and not any(heading.role in OWN_ROLES for heading in known):
        return 0
    return sum(_WEIGHT.get(heading.role, 1) + (heading.office != "") for heading in known)


def _measure(rows: Rows, columns: list[Column]) -> None:
    """Count what a sample of the rows holds in each column."""
    if not rows:
        return
    sampled = min(_SAMPLE, max(1, _SAMPLED_CELLS // len(columns)))
    effort = Effort(STEPS_OF_SAMPLE)
    with suppress(TextRefused):  # the rows read until then decide
        for row in rows[:: max(1, len(rows) // sampled)][: 2 * sampled]:
            cells = () if is_aside(row, certain=True) else row
            for column, cell in zip(columns, cells, strict=False):
                if cell:
                    _measure_cell(column, cell, effort)


def _measure_cell(column: Column, cell: str, effort: Effort) -> None:
    """Count what one cell holds."""
    cell = cell[:_SAMPLED_CHARACTERS]
    column.filled += 1
    column.codes += is_office(cell)
    column.small_codes += len(cell) == 2 and cell.islower() and is_office(cell)
    kind = _KIND_CODE.fullmatch(cell)
    column.kinds += kind is not None
    column.full_kinds += kind is not None and len(cell) > 1
    if column.heading.role is ColumnRole.OFFICE:
        column.offices += 1
    elif column.heading.role in _MEASURED and any(char.isdigit() for char in cell) and not is_date(cell):
        numbers = [number for number in parsing.parse_cell(cell, effort) if _is_number(number)]
        column.numbers += len(numbers) > 0
        column.several += len(numbers) > 1
        column.strong += len(numbers) > 0 and not _ONLY_DIGITS.fullmatch(cell)
        column.applications += len(numbers) > 0 and all(map(is_application, numbers))
        column.suspects += _DIGITS.search(cell) is not None


def _is_number(number: Number) -> bool:
    """Return whether a number was found, a Chinese one included, which is refused."""
    return bool(number.readings) or number.reason.startswith(cn.REASON)


def is_application(number: Number) -> bool:
    """Return whether a number has readings, and each is an application."""
    return bool(number.readings) and all(reading.field == "apno" for reading in number.readings)


def _own_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns that name the rows' own patents by their headings, the one to read first; empty if none does.

    Those behind the first name the same patents: none is of another office.
    """
    is_split = any(column.heading.role is ColumnRole.KIND for column in columns)
    own = sorted((column for column in columns if _is_own(column, is_split=is_split)), key=_preference)
    unknown = [column for column in columns if column.heading.role is ColumnRole.UNKNOWN and column.strong]
    if not own or (own[0].heading.role is ColumnRole.LINK and unknown):
        return ()
    return tuple(column for column in own if _office(column) == _office(own[0]))


def _is_own(column: Column, *, is_split: bool) -> bool:
    """Return whether a column names the rows' own patents.

    One that may hold running numbers does if most cells name an office, or if the kind codes stand in another column.
    """
    if column.heading.role is ColumnRole.IDENTIFIER:
        return column.strong * 2 > column.numbers or (is_split and column.suspects > 0)
    return column.heading.role in OWN_ROLES and column.suspects > 0


def _office(column: Column) -> str:
    """Return the office of all numbers of a column that its heading names in so many words."""
    return "" if column.heading.before else column.heading.office


def _preference(column: Column) -> tuple[bool, int, int]:
    return column.several * 2 > column.numbers, OWN_ROLES.index(column.heading.role), column.index


def _by_cells(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the column whose cells look most like the numbers of patents, one a row.

    Raises:
        UploadRefused: none of several holds any.
    """
    roles = (ColumnRole.UNKNOWN, *OWN_ROLES)
    possible = [column for column in columns if column.heading.role in roles and column.suspects]
    if len(columns) == 1 or not possible:
        possible = [column for column in columns if len(columns) == 1 or column.heading.role in _NAMED]
    if not possible:
        raise UploadRefused(_reason_for_none(columns))
    most = max(1, *(column.numbers for column in possible))
    return (max(possible, key=lambda column: (*_rank(column, most), -column.index)),)


def _rank(column: Column, most: int) -> tuple[bool, bool, bool, int, int]:
    """Return how well the cells of a column do; what is said of them must hold for half as many as the most numbers."""
    enough = column.numbers * 2 >= most
    return (
        column.strong * 2 >= most,
        enough and column.several * 2 <= column.numbers,
        enough and column.applications * 2 <= column.numbers,
        column.numbers,
        column.suspects,
    )


def _reason_for_none(columns: Sequence[Column]) -> str:
    """Return why no column is read."""
    others = [f"“{column.heading.text}”" for column in columns if column.numbers and column.heading.text]
    if others:
        return f"No column holds the number of each row's own patent. {listed(others[:6])} will not do. {_ADVICE}"
    return f"No column of the table holds patent numbers. {_ADVICE}"
