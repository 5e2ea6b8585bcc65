"""The numbers of one cell, with what its heading and the cells beside it say about them."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from components.numbers import rules
from components.numbers.effort import Effort
from components.numbers.model import Number, Reading, Standing
from components.numbers.spreadsheets.columns import Column
from components.numbers.spreadsheets.headings import ColumnRole, office_named, parts_of_europe
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
_MOST_OF_EUROPE = 7
"""Digits of the number of a European patent."""


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


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the number of a row, in columns of its own."""

    office: str | None = None
    """What stands in the column of offices; `None` if there is no such column."""
    kind: str = ""
    """What stands in the column of kind codes; empty if there is none."""
    is_office_doubtful: bool = False
    """Whether the column of offices may hold something else."""


def numbers_of_cell(cell: str, column: Column, effort: Effort, beside: Beside) -> list[Number]:
    """Return the numbers of a cell.

    Args:
        cell: what it holds, not empty.
        column: its column.
        effort: what reading the table may cost.
        beside: what stands beside it in its row.

    Raises:
        TextRefused: the effort for the table is used up.
    """
    if column.heading.role is ColumnRole.LINK:
        return parsing.parse_cell(cell, effort)
    splits = beside.office is not None or column.heading.office or column.heading.role is ColumnRole.APPLICATION
    parts = [part for part in map(str.strip, _PARTS.split(cell)) if part] if splits else [cell]
    return [number for part in parts for number in _read(part, column, beside, effort)]


def _read(part: str, column: Column, beside: Beside, effort: Effort) -> list[Number]:
    """Return the numbers of a part of a cell."""
    is_bare = _BARE.fullmatch(part) is not None
    office = beside.office
    text = typed = part
    suffix = f" {beside.kind}" if _takes_kind(part, beside.kind, column) else ""
    code, is_doubtful = "", beside.is_office_doubtful
    if (office is not None or (is_bare and column.heading.office)) and _lacks_office(part):
        code, contradicts = _office_of(part, office or "", column)
        is_doubtful = is_doubtful or contradicts
        if code:
            text = f"{_before(part, column, code)}{part}{suffix}"
            typed = f"{office or ''} {part}{suffix}".strip()
        elif is_bare and "/" not in part and not is_doubtful:
            return [_of_unknown_office(part, office or "", effort)]
    elif is_bare and column.heading.role is ColumnRole.APPLICATION and _BARE_APPLICATION.fullmatch(part):
        text = f"Appl. No. {part}"
    elif is_bare and suffix and office is None:
        text = typed = f"{part}{suffix}"
    numbers = parsing.parse_cell(text, effort)
    if text != part and len(numbers) == 1:
        numbers = [replace(numbers[0], typed=typed)]
    if code and is_doubtful:
        other = f"{column.heading.office} {part}" if column.heading.office else part
        numbers = _either(code, numbers, parsing.parse_cell(f"{other}{suffix}", effort))
    return [_as_column(number, column) for number in numbers]


def _office_of(part: str, named: str, column: Column) -> tuple[str, bool]:
    """Return the office of a number, empty if none is known, and whether its row and its heading contradict each other.

    The national part of a European patent has the number of the patent, at most seven digits, or that of its state,
    which is longer: DE 60 2010 012 345. A heading such as “EP Patent No.” goes before the country of the row.
    """
    code, heading = office_named(named), "" if column.heading.before else column.heading.office
    state = parts_of_europe(named) or (code if heading == "EP" and code != "EP" else "")
    if state:
        return (state if sum(map(str.isdigit, part)) > _MOST_OF_EUROPE and "." not in part else "EP"), False
    if heading == "WO":
        return heading, False
    return code or ("" if named else column.heading.office), bool(code and heading and code != heading)


def _either(code: str, coded: list[Number], plain: list[Number]) -> list[Number]:
    """Return a number whose office is doubtful with both meanings."""
    readings = {reading.normalised: reading for number in (*plain, *coded) for reading in number.readings}
    if len(coded) != 1 or len(plain) != 1 or len(readings) < 2 or not coded[0].readings:
        return coded if any(number.readings for number in coded) else plain
    forms = " or ".join(reading.display_form for reading in readings.values())
    reason = (
        f"“{code}” in the same row may say its office ({rules.offices().get(code, code)}) or not: choose one, {forms}."
    )
    return [replace(coded[0], standing=Standing.AMBIGUOUS, readings=tuple(readings.values()), reason=reason)]


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

    In a column of publications an application is meant only where nothing else can be, unless other cells of it are
    applications: then the heading decides nothing. In a column of applications a publication is never meant unless it
    shows its kind code: databases write applications in forms that look like publications (`US20150706838`,
    `JP2004266582A`).
    """
    if not number.readings:
        return number
    applications = tuple(reading for reading in number.readings if reading.field == "apno")
    documents = tuple(reading for reading in number.readings if reading.field != "apno")
    role = column.heading.role
    if role in (ColumnRole.GRANT, ColumnRole.PUBLICATION) and documents and not column.applications:
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
