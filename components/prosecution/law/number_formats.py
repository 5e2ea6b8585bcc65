"""What can be read off a number: when an application was filed, and whether a publication is a granted patent.

| file | one row is |
|---|---|
| `application_years.csv` | a series of application numbers of an office, and the years in which they were given |
| `grant_kinds.csv` | a form of publication numbers of an office, within its range, that shows a granted patent |
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Self

from pydantic import model_validator

from components.prosecution.law.rule_files import AsciiPattern, Filled, NumberOrNone, read_rule_table
from components.rule_tables import Flag, Row


class ApplicationYears(Row):
    """A series of application numbers, and the years in which they were given: one row of `application_years.csv`."""

    office: Filled
    pattern: re.Pattern[str]
    """Its group `year` is the year of filing, its group `short` the last two digits of it."""
    first_year: NumberOrNone
    last_year: NumberOrNone
    """`None`: numbers of this kind are still given."""
    provisional: Flag
    """Whether they are of provisional applications, which are never examined."""
    source: Filled


class GrantKind(Row):
    """A form of publication numbers that shows a granted patent: one row of `grant_kinds.csv`."""

    office: Filled
    pattern: AsciiPattern
    """Its group `number` is what is compared with `first` and `last`."""
    first: NumberOrNone
    last: NumberOrNone
    """`None`: no bound on that side."""
    shown_as: Filled
    """What such a number is called: `number`, `reexamination certificate`."""
    source: Filled

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        if "number" not in self.pattern.groupindex:
            raise ValueError("Its pattern has no group named number. Mend that row.")
        return self

    def holds(self, number: str) -> bool:
        """Return whether a publication number, in capitals, has this form and lies in its range."""
        match = self.pattern.fullmatch(number)
        if match is None:
            return False
        value = int(match["number"])
        return (self.first is None or value >= self.first) and (self.last is None or value <= self.last)


def years_of(office: str, apno: str) -> tuple[int, int] | None:
    """Return the first and the last year in which an application of this number can have been filed.

    Args:
        office: two letters.
        apno: the application number as the service writes it (`US14/706838`, `EP99203729`, `JP2017-187096`).

    Returns:
        `None` if the number does not show it; the last year is 9999 for numbers that are still given.

    Raises:
        RuleTableBroken: `application_years.csv` holds a pattern or a year that cannot be read.
    """
    return _years_of(office, apno.strip().upper().removeprefix(office))


@cache
def _years_of(office: str, number: str) -> tuple[int, int] | None:
    for row in read_rule_table("application_years.csv", ApplicationYears):
        match = row.pattern.match(number) if row.office == office else None
        if match:
            named = match.groupdict()
            if named.get("year"):
                return int(named["year"]), int(named["year"])
            if named.get("short"):
                short = int(named["short"])
                year = short + (1900 if short >= 77 else 2000)  # the EPO received its first applications in 1978
                return year, year
            return row.first_year or 0, row.last_year or 9999
    return None


def is_provisional(office: str, apno: str) -> bool:
    """Return whether an application of this number is a provisional one (35 USC 111(b)).

    Args:
        office: two letters.
        apno: the application number as the service writes it (`US62/600001`).

    Raises:
        RuleTableBroken: `application_years.csv` holds a pattern or a year that cannot be read.
    """
    number = apno.strip().upper().removeprefix(office)
    rows = (row for row in read_rule_table("application_years.csv", ApplicationYears) if row.office == office)
    return any(row.provisional and row.pattern.match(number) is not None for row in rows)


def grant_kind_of(office: str, number: str) -> GrantKind | None:
    """Return the kind of grant that a publication number shows by its form, its kind code and its range.

    Args:
        office: two letters.
        number: publication number with kind code as the service writes it (`US11205304B2`).

    Returns:
        None if the number shows no grant: for that of an application or of an examined application, and for every
        number of an office without rows in the table.

    Raises:
        RuleTableBroken: `grant_kinds.csv` holds a pattern that cannot be read.
    """
    written = "".join(number.split()).upper()
    return next((kind for kind in _grant_kinds().get(office, ()) if kind.holds(written)), None)


def is_grant(office: str, number: str) -> bool:
    """Return whether a number shows that a patent was granted (see `grant_kind_of`)."""
    return grant_kind_of(office, number) is not None


@cache
def _grant_kinds() -> Mapping[str, tuple[GrantKind, ...]]:
    kinds: dict[str, tuple[GrantKind, ...]] = {}
    for row in read_rule_table("grant_kinds.csv", GrantKind):
        kinds[row.office] = (*kinds.get(row.office, ()), row)
    return kinds
