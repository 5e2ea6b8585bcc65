"""The numbers of one cell, with what its heading and the cells beside it say about them."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from components.numbers import rules
from components.numbers.effort import Effort
from components.numbers.model import Number, Reading, Standing
from components.numbers.spreadsheets.columns import Column
from components.numbers.spreadsheets.headings import ColumnRole, office_named
from components.numbers.text import parsing
from components.rule_tables import Row, load_csv
from components.words import shortened

_PARTS = re.compile(r"[;|\n\r]+")
_BARE = re.compile(r"\d[\d\s.,/-]*(?:[A-Za-z]\d?)?")
_BARE_APPLICATION = re.compile(r"\d{7,8}")
_LETTERS = re.compile(r"[A-Za-z]+")
_WITH_KIND = re.compile(r"\d[\s._-]{0,2}\(?[A-Za-z]\d?\)?$")
_KIND = re.compile(r"[A-Za-z]\d?")
_PUBLISHED_KIND = re.compile(r"[A-Za-z]\d$")
_LONGEST_NAME = 40


class SharedNumbers(Row):
    """An office whose publications have the number of their application (`shared_numbers.csv`)."""

    office: str
    source: str


def shared_number_rows(folder: Path = rules.FOLDER) -> tuple[SharedNumbers, ...]:
    """Return the rows of `shared_numbers.csv`."""
    return load_csv(folder / "shared_numbers.csv", SharedNumbers)


@cache
def _offices_sharing() -> frozenset[str]:
    return frozenset(row.office for row in shared_number_rows())


def numbers_of_cell(cell: str, column: Column, effort: Effort, *, office: str | None, kind: str) -> list[Number]:
    """Return the numbers of a cell.

    Args:
        cell: what it holds, not empty.
        column: its column.
        effort: what reading the table may cost.
        office: what stands in the column of offices in this row; `None` if there is no such column.
        kind: what stands in the column of kind codes; empty if there is none.

    Raises:
        TextRefused: the effort for the table is used up.
    """
    if column.heading.role is ColumnRole.LINK:
        return parsing.parse_cell(cell, effort)
    splits = office is not None or column.heading.office or column.heading.role is ColumnRole.APPLICATION
    parts = [part for part in map(str.strip, _PARTS.split(cell)) if part] if splits else [cell]
    return [number for part in parts for number in _read(part, column, office, kind, effort)]


def _read(part: str, column: Column, office: str | None, kind: str, effort: Effort) -> list[Number]:
    """Return the numbers of a part of a cell."""
    is_bare = _BARE.fullmatch(part) is not None
    text = typed = part
    if (office is not None or (is_bare and column.heading.office)) and _lacks_office(part):
        code = office_named(office or "") or ("" if office else column.heading.office)
        if code:
            suffix = f" {kind}" if _takes_kind(part, kind, column) else ""
            text = f"{_before(part, column, code)}{part}{suffix}"
            typed = f"{office or ''} {part}{suffix}".strip()
        elif is_bare and "/" not in part:
            return [_of_unknown_office(part, office or "", effort)]
    elif is_bare and column.heading.role is ColumnRole.APPLICATION and _BARE_APPLICATION.fullmatch(part):
        text = f"Appl. No. {part}"
    numbers = parsing.parse_cell(text, effort)
    if text != part and len(numbers) == 1:
        numbers = [replace(numbers[0], typed=typed)]
    return [_as_column(number, column) for number in numbers]


def _lacks_office(part: str) -> bool:
    """Return whether a number begins with digits, or with letters of a series (`D1055174`, `I393456`) and no office."""
    if not any(map(str.isdigit, part)):
        return False
    letters = _LETTERS.match(part)
    if letters is None:
        return part[0].isdigit()
    return len(letters[0]) < 3 and letters[0].upper() not in {*rules.offices(), "US"} and part[letters.end()] != "."


def _takes_kind(part: str, kind: str, column: Column) -> bool:
    """Return whether the kind code of another column belongs to a number; applications have none."""
    if column.heading.role is ColumnRole.APPLICATION or _WITH_KIND.search(part):
        return False
    return _KIND.fullmatch(kind) is not None


def _before(part: str, column: Column, code: str) -> str:
    """Return what stands for the office before a number."""
    if column.heading.before and code == column.heading.office and part[0].isdigit():
        return column.heading.before
    if code == "US" and column.heading.role is ColumnRole.APPLICATION and _BARE_APPLICATION.fullmatch(part):
        return "US Appl. No. "
    return f"{code} "


def _of_unknown_office(part: str, office: str, effort: Effort) -> Number:
    """Return a number whose office is not known, refused."""
    effort.found()
    if office:
        reason = f"“{shortened(office, _LONGEST_NAME)}” names no patent office that is known."
    else:
        reason = "The column of offices is empty in this row, so the number may be of any office."
    typed = f"{office} {part}".strip()
    return Number(typed, Standing.REFUSED, (), f"{reason} Write the office's code of two letters.")


def _as_column(number: Number, column: Column) -> Number:
    """Return a number with the readings that its column allows.

    In a column of publications an application is meant only where nothing else can be. In a column of applications a
    publication is never meant unless it shows its kind code: databases write applications in forms that look like
    publications (`US20150706838`, `JP2004266582A`).
    """
    if not number.readings:
        return number
    applications = tuple(reading for reading in number.readings if reading.field == "apno")
    documents = tuple(reading for reading in number.readings if reading.field != "apno")
    role = column.heading.role
    if role in (ColumnRole.GRANT, ColumnRole.PUBLICATION) and documents:
        return _narrowed(number, documents)
    if role is not ColumnRole.APPLICATION or (not applications and _PUBLISHED_KIND.search(number.typed)):
        return number
    if applications or any(reading.office in _offices_sharing() for reading in documents):
        return _narrowed(number, applications or documents)
    reason = (
        f"It stands in a column of application numbers but has the form of a publication, {documents[0].display_form}. "
        "Write the application number as its office does, or the number of the publication."
    )
    return replace(number, standing=Standing.REFUSED, readings=(), reason=reason)


def _narrowed(number: Number, readings: tuple[Reading, ...]) -> Number:
    """Return a number with some of its readings."""
    if len(readings) == len(number.readings):
        return number
    if len(readings) > 1:
        return replace(number, readings=readings)
    return replace(number, standing=Standing.UNDERSTOOD, readings=readings, reason="")
