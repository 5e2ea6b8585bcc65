"""Which papers can belong to an application, by their dates.

A list may hold papers of another application, or dates that somebody mistyped. Such papers stay in every table, but the
story is read without them: one paper of 1990 in a file of 2015 would make its pendency 25 years longer.
"""

import csv
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.prosecution.vocabulary import FOLDER, category_list

EARLIER_YEARS: Final = 3
"""How long before its filing year an application may hold papers: those of the international phase, and parents'."""
LONGEST_SILENCE: Final = 10
"""Years without any paper after which prosecution does not go on; papers after a grant or an abandonment may."""

_OF_PROSECUTION: Final = ("application", "claims", "specification", "ids")
"""Papers that, like every paper on which a status turns, no closed file receives."""


@dataclass(frozen=True, slots=True)
class _Rule:
    office: str
    pattern: re.Pattern[str]
    first_year: int
    source: str


@cache
def _rules() -> tuple[_Rule, ...]:
    with (FOLDER / "application_years.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            _Rule(row["office"], re.compile(row["pattern"]), int(row["first_year"] or 0), row["source"])
            for row in csv.DictReader(file)
        )


@cache
def first_year_of(office: str, apno: str) -> int | None:
    """Give the first year in which an application of this number can have been filed; `None` if the number is silent.

    Args:
        office: two letters.
        apno: the application number as the service writes it (`US14/706838`, `EP99203729`, `JP2017-187096`).
    """
    number = apno.strip().upper().removeprefix(office)
    for rule in _rules():
        found = rule.pattern.match(number) if rule.office == office else None
        if found:
            named = found.groupdict()
            if named.get("year"):
                return int(named["year"])
            if named.get("short"):
                short = int(named["short"])
                return short + (1900 if short >= 77 else 2000)  # the EPO received its first applications in 1978
            return rule.first_year
    return None


def papers_in_range(
    office: str, apno: str, days: NDArray[np.int64], categories: NDArray[np.int16], retrieved: datetime
) -> NDArray[np.bool_]:
    """Say which papers bear a date at which this application can have had them.

    Out of range is a paper from after the retrieval, from more than three years before numbers like this one were
    given, or apart from the rest by more than ten years without any paper, unless it can follow an ended application (a
    certificate, a change of address).

    Args:
        office: two letters.
        apno: application number.
        days: `yyyymmdd`, 0 without a date.
        categories: parallel to `days`.
        retrieved: when the list was made.

    Returns:
        Parallel to `days`; a paper without a date is in range.
    """
    dated = days > 0
    fits = ~dated | (days <= _latest(retrieved))
    first = first_year_of(office, apno)
    if first is not None:
        fits &= ~dated | (days >= (first - EARLIER_YEARS) * 10_000)
    return fits & _of_the_main_part(days, categories, fits & dated, first)


def _latest(retrieved: datetime) -> int:
    """Give the last day that a paper may bear: a day after the retrieval, for the sake of time zones."""
    return as_number((retrieved.astimezone(UTC) + timedelta(days=1)).date())


def as_number(day: date) -> int:
    """Write a date as `yyyymmdd`."""
    return day.year * 10_000 + day.month * 100 + day.day


def as_date(day: int) -> date:
    """Read a `yyyymmdd`.

    Raises:
        ValueError: it is no calendar date.
    """
    return date(day // 10_000, day // 100 % 100, day % 100)


def _of_the_main_part(
    days: NDArray[np.int64], categories: NDArray[np.int16], candidates: NDArray[np.bool_], first: int | None
) -> NDArray[np.bool_]:
    """Say which papers are not cut off by a long silence."""
    fits = np.ones(len(days), dtype=bool)
    known = np.unique(days[candidates])
    breaks = np.flatnonzero(np.diff(known) > LONGEST_SILENCE * 10_000)  # yyyymmdd: a difference of so many years
    if not len(breaks):
        return fits
    part_of = np.digitize(days, known[breaks + 1])
    parts = range(len(breaks) + 1)
    sizes = [int((candidates & (part_of == part)).sum()) for part in parts]
    begun = [first is not None and any(day // 10_000 <= first + 4 for day in _days_of(days, part_of, candidates, part))
             for part in parts]  # fmt: skip
    main = max(parts, key=lambda part: (begun[part], sizes[part], -part))
    table = category_list()
    decisive = np.array([bool(category.status) or category.name in _OF_PROSECUTION for category in table])[categories]
    ending = np.array([category.status in ("Granted", "Abandoned") for category in table])[categories]
    ended = bool((ending & candidates & (part_of == main)).any())
    for part in parts:
        inside = candidates & (part_of == part)
        if part != main and not (part > main and ended and not (decisive & inside).any()):
            fits &= ~inside
    return fits


def _days_of(
    days: NDArray[np.int64], part_of: NDArray[np.int64], candidates: NDArray[np.bool_], part: int
) -> list[int]:
    found: list[int] = days[candidates & (part_of == part)].tolist()
    return found
