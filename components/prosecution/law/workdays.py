"""Months and working days as the USPTO counts them.

A period of months ends on the same day of a later month, or on that month's last day (MPEP 710.01(a)). If its last day
is a Saturday, a Sunday or a federal holiday within the District of Columbia, a paper is in time on the next working day
(35 USC 21(b); 37 CFR 1.7). Such holidays are:

- the holidays of 5 USC 6103(a), on the days on which they are observed, from the library `holidays`;
- Inauguration Day (5 USC 6103(c)): 20 January after a presidential election, the 21st if that is a Sunday, nothing in
  its place if it is a Saturday (MPEP 710.05);
- the days of `closures.csv`, on which the whole Office was officially closed, or which it declared to count so (37 CFR
  1.9(h); MPEP 510). A half-day closing is a working day; the library's category of government closings mixes both
  kinds, so it is not used. Closings for weather since 2021 are left out: the Office teleworked through them, and no
  notice is known that they moved a due date.

Emancipation Day (16 April) is a holiday of the District's government, not a federal one: the Office is open.
"""

import calendar
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Annotated

import holidays
from pydantic import Field, field_validator

from components.prosecution.law.rule_files import Day, Filled, read_rule_table
from components.rule_tables import Row, refuse_repetition

_FIRST_INAUGURATION = 1969
"""5 USC 6103(c): of each fourth year after 1965."""


def is_working_day(day: date) -> bool:
    """Return whether the USPTO took papers on a day: no weekend, no federal holiday, no official closing."""
    return day.weekday() < calendar.SATURDAY and day not in _holidays_of(day.year)


def next_working_day(day: date) -> date:
    """Return the day itself if it is a working day, else the first one after it (37 CFR 1.7)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day: 30 November and three months are 28 February.

    Args:
        day: where the period begins.
        months: how many; not moved to a working day.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> frozenset[date]:
    """Return the holidays that fall into a year, among them one for the New Year after it."""
    days_off = set(holidays.country_holidays("US", years=year, categories="public"))
    if year >= _FIRST_INAUGURATION and year % 4 == 1:
        day = date(year, 1, 20)
        days_off.add(day + timedelta(days=1) if day.weekday() == calendar.SUNDAY else day)
    return frozenset(days_off | {day for day in closures() if day.year == year})


class Closure(Row):
    """A day on which the Office was officially closed: one row of `closures.csv`."""

    day: Annotated[Day, Field(alias="date")]
    reason: Filled
    source: Filled

    @field_validator("day")
    @classmethod
    def _is_a_weekday(cls, day: date) -> date:
        if day.weekday() >= calendar.SATURDAY:
            raise ValueError("It is a Saturday or Sunday, which is no working day anyway.")
        return day


def closure_rows() -> tuple[Closure, ...]:
    """Read `closures.csv`.

    Raises:
        RuleTableBroken: a row has no date, source or reason, is for a weekend, or stands there twice.
    """
    rows = read_rule_table("closures.csv", Closure)
    refuse_repetition("closures.csv", rows, lambda row: row.day, column="date")
    return rows


@cache
def closures() -> frozenset[date]:
    """Return the days on which the Office was officially closed.

    Raises:
        RuleTableBroken: `closures.csv` cannot be used.
    """
    return frozenset(row.day for row in closure_rows())
