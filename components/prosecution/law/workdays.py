"""Months and working days as the USPTO and the EPO count them.

A period of months ends on the same day of a later month, or on that month's last day (MPEP 710.01(a); Rule 131(4) EPC).
At the USPTO, if its last day is a Saturday, a Sunday or a federal holiday within the District of Columbia, a paper is
in time on the next working day (35 USC 21(b); 37 CFR 1.7). Such holidays are:

- the holidays of 5 USC 6103(a), on the days on which they are observed, from the library `holidays`;
- Inauguration Day (5 USC 6103(c)): 20 January after a presidential election, the 21st if that is a Sunday, nothing in
  its place if it is a Saturday (MPEP 710.05);
- the days of `closures.csv`, on which the whole Office was officially closed, or which it declared to count so (37 CFR
  1.9(h); MPEP 510). A half-day closing is a working day; the library's category of government closings mixes both
  kinds, so it is not used. Closings for weather since 2021 are left out: the Office teleworked through them, and no
  notice is known that they moved a due date.

Emancipation Day (16 April) is a holiday of the District's government, not a federal one: the Office is open.

At the EPO a period that ends on a day on which one of its filing offices (Munich, The Hague, Berlin) is not open for
the receipt of documents is extended to the next day on which all of them are (Rule 134(1) EPC). These days are:

- Saturdays, Sundays, and the holidays of `office_holidays.csv`, which are the same every year;
- the days of `closures.csv`: holidays of The Hague and Berlin alone, bridging days, and the extensions of Rule 134(2).

The EPO publishes a list for each year. `closing_years.csv` names the years whose whole list was seen; in any other the
EPO may have been closed on more days than are known here, so that a period ends later, never sooner.
"""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Annotated, Final, Self

import holidays
from pydantic import Field, PositiveInt, model_validator

from components.prosecution.law.rule_files import Day, DayOrNone, Filled, NumberOrNone, read_rule_table
from components.rule_tables import EMPTY_IS_NONE, Row, refuse_repetition

USPTO: Final = "US"
CLOSURES_FILE: Final = "closures.csv"
HOLIDAYS_FILE: Final = "office_holidays.csv"
CLOSING_YEARS_FILE: Final = "closing_years.csv"
_FIRST_INAUGURATION: Final = 1969
"""5 USC 6103(c): of each fourth year after 1965."""


def is_working_day(day: date, office: str = USPTO) -> bool:
    """Return whether an office took papers on a day: no weekend, no holiday, no official closing."""
    return day.weekday() < calendar.SATURDAY and day not in _days_off(office, day.year)


def next_working_day(day: date, office: str = USPTO) -> date:
    """Return the day itself if it is a working day, else the first one after it (37 CFR 1.7; Rule 134(1) EPC)."""
    while not is_working_day(day, office):
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


def easter_sunday(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    passed = epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) // 451) + 114
    return date(year, passed // 31, passed % 31 + 1)


@lru_cache(maxsize=512)
def _days_off(office: str, year: int) -> frozenset[date]:
    """Return the holidays and closings of an office that fall into a year."""
    days_off = _federal_holidays(year) if office == USPTO else _own_holidays(office, year)
    return days_off | {day for day in closures(office) if day.year == year}


def _federal_holidays(year: int) -> frozenset[date]:
    """Return the federal holidays that fall into a year, among them one for the New Year after it."""
    days_off = set(holidays.country_holidays("US", years=year, categories="public"))
    if year >= _FIRST_INAUGURATION and year % 4 == 1:
        day = date(year, 1, 20)
        days_off.add(day + timedelta(days=1) if day.weekday() == calendar.SUNDAY else day)
    return frozenset(days_off)


def _own_holidays(office: str, year: int) -> frozenset[date]:
    return frozenset(row.in_year(year) for row in holiday_rows() if row.office == office)


class Closure(Row):
    """One day, or several that follow one another, on which an office was closed: one row of `closures.csv`."""

    office: Filled
    day: Annotated[Day, Field(alias="date")]
    until: DayOrNone
    """The last of several days; `None` for a single one, which is no weekend."""
    reason: Filled
    source: Filled

    @model_validator(mode="after")
    def _closes_something(self) -> Self:
        if self.until is None and self.day.weekday() >= calendar.SATURDAY:
            raise ValueError("It is a Saturday or Sunday, which is no working day anyway. Mend that cell.")
        if self.until is not None and self.until <= self.day:
            raise ValueError("It ends before it begins. Mend that cell.")
        return self

    @property
    def days(self) -> frozenset[date]:
        """Every day of it."""
        last = self.until or self.day
        return frozenset(self.day + timedelta(days=passed) for passed in range((last - self.day).days + 1))


class OfficeHoliday(Row):
    """A holiday that an office has every year: one row of `office_holidays.csv`."""

    office: Filled
    name: Filled
    month: Annotated[PositiveInt | None, EMPTY_IS_NONE]
    day: Annotated[PositiveInt | None, EMPTY_IS_NONE]
    after_easter: NumberOrNone
    """Days after Easter Sunday, negative before it, for a holiday that moves with it."""
    source: Filled

    @model_validator(mode="after")
    def _has_one_day(self) -> Self:
        if (self.month is None) != (self.day is None) or (self.month is None) == (self.after_easter is None):
            raise ValueError("Write month and day there, or how many days it is after Easter. Mend that row.")
        if self.month is not None and self.day is not None:
            date(2001, self.month, self.day)
        return self

    def in_year(self, year: int) -> date:
        """Return its day in a year."""
        if self.month is not None and self.day is not None:
            return date(year, self.month, self.day)
        return easter_sunday(year) + timedelta(days=self.after_easter or 0)


class ClosingYear(Row):
    """A year of which an office's list of closing days was seen in whole: one row of `closing_years.csv`."""

    office: Filled
    year: PositiveInt
    source: Filled


def closure_rows() -> tuple[Closure, ...]:
    """Read `closures.csv`.

    Raises:
        RuleTableBroken: a row has no date, source or reason, is for a weekend, or stands there twice.
    """
    rows = read_rule_table(CLOSURES_FILE, Closure)
    refuse_repetition(CLOSURES_FILE, rows, lambda row: (row.office, row.day), column="date")
    return rows


def holiday_rows() -> tuple[OfficeHoliday, ...]:
    """Read `office_holidays.csv`.

    Raises:
        RuleTableBroken: a row has no day, or two, or a holiday stands there twice.
    """
    rows = read_rule_table(HOLIDAYS_FILE, OfficeHoliday)
    refuse_repetition(HOLIDAYS_FILE, rows, lambda row: (row.office, row.name), column="name")
    return rows


@cache
def closures(office: str = USPTO) -> frozenset[date]:
    """Return the days on which an office was officially closed, beside its weekends and yearly holidays.

    Raises:
        RuleTableBroken: `closures.csv` cannot be used.
    """
    return frozenset(day for row in closure_rows() if row.office == office for day in row.days)


def closing_days_in_doubt(day: date, office: str) -> bool:
    """Return whether an office may have been closed on days of that year which are not known here."""
    years = _closing_years().get(office)
    return years is not None and day.year not in years


@cache
def _closing_years() -> Mapping[str, frozenset[int]]:
    rows = read_rule_table(CLOSING_YEARS_FILE, ClosingYear)
    return {row.office: frozenset(other.year for other in rows if other.office == row.office) for row in rows}
