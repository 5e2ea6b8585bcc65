"""Which papers can belong to an application, by their dates.

A list may hold papers of another application, or dates that somebody mistyped. Such papers stay in every table, but the
story is read without them: one paper of 1990 in a file of 2015 would make its pendency 25 years longer.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.vocabulary import category_index, category_list, rows_of

EARLIER_YEARS: Final = 3
"""How long before its filing year an application may hold papers: those of the international phase, and parents'."""
LATER_YEARS: Final = 3
"""How long after the last number of its series an application may still be filed: a national stage, a late entry."""
LONGEST_SILENCE: Final = 10
"""Years without any paper after which a list is looked at in parts."""
LIFE_OF_A_PATENT: Final = 20
"""Years for which an open application may rest, under a secrecy order (35 USC 181) or in an interference."""

_OF_PROSECUTION: Final = ("application", "claims", "specification", "ids")
"""Papers that, like every paper on which a status turns, no closed file receives."""


@dataclass(frozen=True, slots=True)
class _Rule:
    office: str
    pattern: re.Pattern[str]
    first_year: int
    last_year: int
    """0: numbers of this kind are still given."""


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(row["office"], re.compile(row["pattern"]), int(row["first_year"] or 0), int(row["last_year"] or 0))
        for row in rows_of("application_years.csv")
    )


@cache
def years_of(office: str, apno: str) -> tuple[int, int] | None:
    """Give the first and the last year in which an application of this number can have been filed.

    Args:
        office: two letters.
        apno: the application number as the service writes it (`US14/706838`, `EP99203729`, `JP2017-187096`).

    Returns:
        `None` if the number is silent; the last year is 9999 for numbers that are still given.
    """
    number = apno.strip().upper().removeprefix(office)
    for rule in _rules():
        found = rule.pattern.match(number) if rule.office == office else None
        if found:
            named = found.groupdict()
            if named.get("year"):
                return int(named["year"]), int(named["year"])
            if named.get("short"):
                short = int(named["short"])
                year = short + (1900 if short >= 77 else 2000)  # the EPO received its first applications in 1978
                return year, year
            return rule.first_year, rule.last_year or 9999
    return None


def papers_in_range(
    office: str, apno: str, days: NDArray[np.int64], categories: NDArray[np.int16], retrieved: datetime
) -> NDArray[np.bool_]:
    """Say which papers bear a date at which this application can have had them.

    Out of range is a paper from after the retrieval, from more than three years before numbers like this one were
    given, an Office action from before the filing, or apart from the rest by more than ten years without any paper,
    unless it can follow an ended application (a certificate, a change of address).

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
    years = years_of(office, apno)
    if years is not None:
        fits &= ~dated | (days >= (years[0] - EARLIER_YEARS) * 10_000)
    fits &= _of_the_main_part(days, categories, fits & dated, years)
    filed = days[fits & dated & (categories == category_index()["application"])]
    if len(filed):
        acts = np.array([category.side == "office" and bool(category.status) for category in category_list()])
        fits &= ~(dated & acts[categories] & (days < filed.min()))
    return fits


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
    days: NDArray[np.int64],
    categories: NDArray[np.int16],
    candidates: NDArray[np.bool_],
    years: tuple[int, int] | None,
) -> NDArray[np.bool_]:
    """Say which papers are not cut off, by a long silence or by the filing papers of another application."""
    fits = np.ones(len(days), dtype=bool)
    known = np.unique(days[candidates])
    filings = (categories == category_index()["application"]) & candidates
    silences = np.diff(known) > LONGEST_SILENCE * 10_000  # yyyymmdd: a difference of so many years
    if years is not None:
        late = np.unique(days[filings & (days > (years[1] + LATER_YEARS + 1) * 10_000)])
        silences |= np.isin(known[1:], late[:1])
    breaks = np.flatnonzero(silences)
    if not len(breaks):
        return fits
    part_of = np.digitize(days, known[breaks + 1])
    parts = [candidates & (part_of == part) for part in range(len(breaks) + 1)]
    begun = [years is not None and bool((days[part] // 10_000 <= years[0] + 4).any()) for part in parts]
    main = max(range(len(parts)), key=lambda part: (begun[part], int(parts[part].sum()), -part))
    table = category_list()
    decisive = np.array([bool(category.status) or category.name in _OF_PROSECUTION for category in table])[categories]
    ending = np.array([category.status in ("Granted", "Abandoned") for category in table])[categories]
    ended = bool((ending & parts[main]).any())
    last = int(days[parts[main]].max())
    for place, part in enumerate(parts):
        if place == main:
            continue
        if ended:
            belongs = not (decisive & part).any()
        else:  # secrecy orders and interferences let an application rest for long, but not for the life of a patent
            belongs = not (filings & part).any() and int(days[part].min()) - last <= LIFE_OF_A_PATENT * 10_000
        if not (place > main and belongs):
            fits &= ~part
    return fits
