"""Where the rule tables of this room lie, and the cells that several of them have."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Protocol, Self, TypeVar

from pydantic import BeforeValidator, model_validator

from components.rule_tables import EMPTY_IS_NONE, Row, load_csv

FOLDER: Final = Path(__file__).resolve().parent
ANY_OFFICE: Final = "*"
"""The office of the rows that are for offices without rows of their own, and for files of several offices together."""

AnyRow = TypeVar("AnyRow", bound=Row)


class _OfOffice(Protocol):
    @property
    def office(self) -> str: ...


RowOfOffice = TypeVar("RowOfOffice", bound=_OfOffice)


def read_rule_table(file: str, row: type[AnyRow]) -> tuple[AnyRow, ...]:
    """Read a rule table of this room.

    Args:
        file: name of the CSV.
        row: what a row holds.

    Raises:
        RuleTableBroken: the file is missing, or a row is not what `row` describes.
    """
    return load_csv(FOLDER / file, row)


def rows_of_office(rows: Sequence[RowOfOffice], office: str) -> tuple[RowOfOffice, ...]:
    """Return the rows of an office, in the order of the table; those of `*` where it has none of its own."""
    own = tuple(row for row in rows if row.office == office)
    return own or tuple(row for row in rows if row.office == ANY_OFFICE)


def _filled(cell: object) -> object:
    if isinstance(cell, str) and not cell.strip():
        raise ValueError("It must not be empty.")
    return cell


def _day(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("Write a date there, as yyyy-mm-dd.") from None


def _day_or_none(cell: object) -> object:
    return None if cell == "" else _day(cell)


def _ascii_pattern(cell: object) -> object:
    try:
        return re.compile(cell, re.ASCII) if isinstance(cell, str) else cell
    except re.error as error:
        raise ValueError(f"It is no regular expression ({error}).") from None


Filled = Annotated[str, BeforeValidator(_filled)]
"""Text that is never empty."""
Day = Annotated[date, BeforeValidator(_day)]
"""A date as `yyyy-mm-dd`."""
DayOrNone = Annotated[date | None, BeforeValidator(_day_or_none)]
"""A date as `yyyy-mm-dd`; an empty cell is `None`."""
NumberOrNone = Annotated[int | None, EMPTY_IS_NONE]
"""A whole number; an empty cell is `None`."""
AsciiPattern = Annotated[re.Pattern[str], BeforeValidator(_ascii_pattern)]
"""A regular expression in which digits are the ten of ASCII."""


class DatedRow(Row):
    """A row that is for papers of some days."""

    since: DayOrNone
    """The first day; `None`: from the beginning."""
    until: DayOrNone
    """The last day; `None`: until today."""

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError("It ends before it begins. Mend that row.")
        return self

    def covers(self, day: date) -> bool:
        """Return whether it is for papers of a day."""
        return (self.since or date.min) <= day <= (self.until or date.max)

    def meets(self, other: Self) -> bool:
        """Return whether there is a day for whose papers both rows are."""
        first = max(self.since or date.min, other.since or date.min)
        return first <= min(self.until or date.max, other.until or date.max)
