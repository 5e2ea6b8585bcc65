"""What can be read off a number: when an application was filed, and whether a publication is a granted patent.

| file | one row is |
|---|---|
| `application_years.csv` | a series of application numbers of an office, and the years in which they were given |
| `grant_kinds.csv` | how a publication number of an office looks that is of a granted patent |
"""

import re
from collections.abc import Mapping
from functools import cache

from components.prosecution.law.rule_files import AsciiPattern, Filled, NumberOrNone, read_rule_table
from components.rule_tables import Row


class ApplicationYears(Row):
    """A series of application numbers, and the years in which they were given: one row of `application_years.csv`."""

    office: Filled
    pattern: re.Pattern[str]
    """Its group `year` is the year of filing, its group `short` the last two digits of it."""
    first_year: NumberOrNone
    last_year: NumberOrNone
    """`None`: numbers of this kind are still given."""
    source: Filled


class GrantKind(Row):
    """The form of the publication numbers of granted patents: one row of `grant_kinds.csv`."""

    office: Filled
    pattern: AsciiPattern
    source: Filled


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


def is_grant(office: str, number: str) -> bool:
    """Return whether a number is of a granted patent, by its kind code.

    Args:
        office: two letters.
        number: publication number with kind code as the service writes it (`US11205304B2`).

    Returns:
        False also for an office without rows in the table.

    Raises:
        RuleTableBroken: `grant_kinds.csv` holds a pattern that cannot be read.
    """
    return any(pattern.fullmatch(number.strip().upper()) for pattern in _grant_kinds().get(office, ()))


@cache
def _grant_kinds() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    patterns: dict[str, tuple[re.Pattern[str], ...]] = {}
    for row in read_rule_table("grant_kinds.csv", GrantKind):
        patterns[row.office] = (*patterns.get(row.office, ()), row.pattern)
    return patterns
