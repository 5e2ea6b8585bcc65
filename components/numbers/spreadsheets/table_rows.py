"""From the rows of a table to its numbers, with remarks about what was read and what was left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from components.numbers.effort import Effort
from components.numbers.model import Number
from components.numbers.spreadsheets.column_cells import Beside, numbers_of_cell
from components.numbers.spreadsheets.columns import MAX_TITLES, Column, Layout, Rows, layout_of
from components.numbers.spreadsheets.headings import (
    OWN_ROLES,
    ColumnRole,
    heading_of,
    is_aside,
    is_office,
    office_named,
)
from components.numbers.spreadsheets.remarks import Tally, remarks_on
from components.numbers.text import parsing

_FORMULA_LINK = re.compile(
    r"""=\s*HYPERLINK\(\s*"(?P<address>[^"]*)"\s*(?:[,;]\s*"(?P<label>[^"]*)"\s*)?\)""", re.IGNORECASE
)
_DECIMAL_COMMA = re.compile(r"(\d),(\d+[Ee]\+?\d+)")
_TITLE = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff]{2}")
_NUMBER_LIKE = re.compile(r"\d(?:[ ,./-]?\d){4}|\b[A-Z]{2}[ -]?\d|\d[eE]\+?\d")


@dataclass(slots=True)
class TableNumbers:
    """What was read of a table."""

    numbers: list[Number] = field(default_factory=list)
    """Doubles are not yet marked."""
    remarks: list[str] = field(default_factory=list)
    """What the user should know about the columns and rows that were left, in sentences."""
    is_headed: bool = False
    """Whether its headings say which column holds the numbers."""


def numbers_of_table(rows: Rows) -> TableNumbers:
    """Return the numbers of a table, one patent a row; those of a table of one row all.

    Args:
        rows: the cells; they may be of different lengths.

    Raises:
        TextRefused: there are too many numbers, or too much besides.
        UploadRefused: no column of several holds numbers of the rows' own patents.
    """
    places = [place for place, row in enumerate(rows, 1) if "".join(row).strip()]
    filled = [[_plain(cell) for cell in rows[place - 1]] for place in places]
    if not filled:
        return TableNumbers()
    effort = Effort()
    if len(filled) == 1:
        if any(map(is_office, filled[0])):  # the office, the kind code and the number are fields of one line
            return TableNumbers(parsing.parse_cell("\t".join(filled[0]), effort))
        cells = [cell for cell in filled[0] if heading_of(cell).role is ColumnRole.UNKNOWN]
        return TableNumbers([number for cell in cells if cell for number in parsing.parse_cell(cell, effort)])
    layout = layout_of(filled)
    tally = Tally()
    numbers: list[Number] = []
    for index, (place, row) in enumerate(zip(places, filled, strict=True)):
        if index < layout.titles:
            numbers += _numbers_of_title(row, layout, tally, effort)
        elif index >= layout.first and (
            numbers or layout.first or index >= MAX_TITLES or not _is_title(row, layout.read[0])
        ):
            found = _numbers_of_row(row, layout, tally, effort)
            _note(place, row, found, tally)
            numbers += found or ()
    return TableNumbers(numbers, remarks_on(layout, tally), layout.is_headed)


def _is_title(row: Sequence[str], column: Column) -> bool:
    """Return whether a row before the first number is a title: words, with too few digits for a number."""
    cell = row[column.index] if column.index < len(row) else ""
    return _TITLE.search(cell) is not None and _NUMBER_LIKE.search(cell) is None


def _note(place: int, row: Sequence[str], found: Sequence[Number] | None, tally: Tally) -> None:
    """Note a row with several numbers, and one with none that may nevertheless be of the list."""
    if found is None:
        return
    if len(found) > 1:
        tally.several.append(place)
    elif not found and (sum(map(bool, row)) > 1 or _NUMBER_LIKE.search(_text_of(row))):
        tally.passed_over.append(place)


def _plain(cell: str) -> str:
    """Return a cell without blanks around it, and what a formula that makes a link shows in its place."""
    cell = cell.strip()
    if cell[:1] == "=":
        link = _FORMULA_LINK.fullmatch(cell)
        label = (link["label"] or "") if link is not None else ""
        return cell if link is None else label if any(map(str.isdigit, label)) else link["address"]
    return _DECIMAL_COMMA.sub(r"\1.\2", cell) if cell[1:2] == "," and _DECIMAL_COMMA.fullmatch(cell) else cell


def _numbers_of_title(row: Sequence[str], layout: Layout, tally: Tally, effort: Effort) -> list[Number]:
    """Return the numbers of a row above the headings: those in the column that is read; others are only told."""
    column = layout.read[0].index
    if is_aside(row, certain=True):
        return []
    for index, cell in enumerate(row):
        if not any(char.isdigit() for char in cell):
            continue
        found = [number for number in parsing.parse_cell(cell, effort) if number.readings]
        if index == column and len(found) == 1 and found[0].typed == cell:
            return found
        tally.above += [number.typed for number in found if re.search("[A-Za-z]", number.typed)]
    return []


def _numbers_of_row(row: Sequence[str], layout: Layout, tally: Tally, effort: Effort) -> list[Number] | None:
    """Return the numbers of a row below the headings; `None` if it is none of the list."""
    if _is_aside(row, effort):
        return None
    filled = [column for column in layout.read if _cell(row, column)]
    if not filled:
        return []
    with_digits = [column for column in filled if any(map(str.isdigit, row[column.index]))] or filled[:1]
    if _is_heading(row[with_digits[0].index], with_digits[0], row, layout):
        return None
    found = {column: _numbers_of_cell(row, column, layout, effort) for column in with_digits[:1]}
    for column in with_digits[1:]:
        if any(number.readings for numbers in found.values() for number in numbers):
            break
        found[column] = _numbers_of_cell(row, column, layout, effort)
    column = next((column for column, numbers in found.items() if any(n.readings for n in numbers)), with_digits[0])
    if column is not layout.read[0]:
        tally.instead[column.index] += 1
    return found[column]


def _numbers_of_cell(row: Sequence[str], column: Column, layout: Layout, effort: Effort) -> list[Number]:
    """Return the numbers of a row in one column."""
    offices = [_cell(row, office) for office in layout.offices]
    office = next((named for named in offices if office_named(named) not in ("", "US")), next(iter(offices), None))
    kind = _cell(row, layout.kind) if layout.kind is not column else ""
    return numbers_of_cell(row[column.index], column, effort, Beside(office, kind, layout.is_office_doubtful))


def _is_heading(cell: str, column: Column, row: Sequence[str], layout: Layout) -> bool:
    """Return whether a row repeats the headings, or is a heading of rows: the only cell, without a digit."""
    if any(map(str.isdigit, cell)):
        return False
    if heading_of(cell).role in OWN_ROLES:
        return True
    return layout.is_headed and len(row) > 1 and sum(map(bool, row)) == 1 and column is layout.read[0]


def _text_of(row: Sequence[str]) -> str:
    return " ".join(filter(None, row))


def _is_aside(row: Sequence[str], effort: Effort) -> bool:
    """Return whether a row stands around the list: a count, a date of export; one with a number in it is read."""
    if not is_aside(row):
        return False
    if is_aside(row, certain=True):
        return True
    text = _text_of(row)
    return not any(number.readings or number.typed != text for number in parsing.parse_cell(text, effort))


def _cell(row: Sequence[str], column: Column | None) -> str:
    return row[column.index].strip() if column is not None and column.index < len(row) else ""
