"""Whether a paper can belong to an application, judging by its date.

A list may hold papers of another application, or dates that somebody mistyped. Such papers stay in every table, but the
story is read without them: one paper of 1990 in a file of 2015 would make its pendency 25 years longer.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.categories import Category, per_category
from components.prosecution.law.number_formats import years_of
from components.prosecution.law.vocabulary import Side

EARLIER_YEARS: Final = 3
"""Years before its filing year from which an application may hold papers: of the international phase, of a parent."""
LATER_YEARS: Final = 3
"""Years after the last one of its number series in which an application may still be filed: a national stage."""
LONGEST_SILENCE: Final = 10
"""Years without any paper after which a list is divided into parts that are judged one by one."""
LIFE_OF_A_PATENT: Final = 20
"""Years for which an open application may rest, under a secrecy order (35 USC 181) or in an interference."""

_OF_PROSECUTION: Final = frozenset({Category.APPLICATION, Category.CLAIMS, Category.SPECIFICATION, Category.IDS})
"""Papers that a closed file never receives; neither does it receive papers that decide a status."""
_A_YEAR: Final = 10_000
"""A year as a difference of days written as `yyyymmdd`."""


def plausibly_dated(
    office: str, apno: str, days: NDArray[np.int64], categories: NDArray[np.int16], retrieved: datetime
) -> NDArray[np.bool_]:
    """Return which papers have a date at which this application can have had them.

    A date is not plausible after the retrieval; more than three years before numbers like this one were given; of an
    Office action, before the filing; or separated from the rest by more than ten years without any paper, unless such a
    paper can follow an ended application (a certificate, a change of address).

    Args:
        office: two letters.
        apno: application number.
        days: `yyyymmdd`, 0 without a date.
        categories: the `Category` of each paper, parallel to `days`.
        retrieved: when the list was made.

    Returns:
        Parallel to `days`; a paper without a date is plausible.
    """
    dated = days > 0
    fits = ~dated | (days <= _latest(retrieved))
    years = years_of(office, apno)
    if years is not None:
        fits &= ~dated | (days >= (years[0] - EARLIER_YEARS) * _A_YEAR)
    fits &= _in_main_part(days, categories, fits & dated, years)
    filed = days[fits & dated & (categories == Category.APPLICATION)]
    if len(filed):
        is_action = per_category(lambda facts: facts.side is Side.OFFICE and facts.status is not None)
        fits &= ~(dated & is_action[categories] & (days < filed.min()))
    return fits


def _latest(retrieved: datetime) -> int:
    """Return the last plausible day: one day after the retrieval, because of time zones."""
    return as_number((retrieved.astimezone(UTC) + timedelta(days=1)).date())


def as_number(day: date) -> int:
    """Return a date as `yyyymmdd`."""
    return day.year * 10_000 + day.month * 100 + day.day


def as_date(number: int) -> date:
    """Return the date that `yyyymmdd` stands for.

    Raises:
        ValueError: the calendar has no such day.
    """
    return date(number // 10_000, number // 100 % 100, number % 100)


def _in_main_part(
    days: NDArray[np.int64],
    categories: NDArray[np.int16],
    candidates: NDArray[np.bool_],
    years: tuple[int, int] | None,
) -> NDArray[np.bool_]:
    """Return which papers are not cut off, by a long silence or by the filing papers of another application."""
    fits = np.ones(len(days), dtype=bool)
    known = np.unique(days[candidates])
    filings = (categories == Category.APPLICATION) & candidates
    breaks = _breaks(known, days[filings], years)
    if not len(breaks):
        return fits
    part_of = np.digitize(days, known[breaks + 1])
    parts = [candidates & (part_of == part) for part in range(len(breaks) + 1)]
    main = _main_part(parts, days, years)
    ending = per_category(lambda facts: facts.status in ("Granted", "Abandoned"))[categories]
    decisive = per_category(lambda facts: facts.status is not None or facts.category in _OF_PROSECUTION)[categories]
    ended = bool((ending & parts[main]).any())
    last = int(days[parts[main]].max())
    for number, part in enumerate(parts):
        if number == main:
            continue
        if ended:
            belongs = not (decisive & part).any()
        else:  # secrecy orders and interferences let an application rest for long, but not for the life of a patent
            belongs = not (filings & part).any() and int(days[part].min()) - last <= LIFE_OF_A_PATENT * _A_YEAR
        if not (number > main and belongs):
            fits &= ~part
    return fits


def _breaks(
    known: NDArray[np.int64], filing_days: NDArray[np.int64], years: tuple[int, int] | None
) -> NDArray[np.intp]:
    """Return after which of the days of a list another part of it begins.

    Args:
        known: the distinct days, in order.
        filing_days: the days of filing papers; the first that is too late for the number begins another application.
        years: in which years an application of this number can have been filed.
    """
    silences = np.diff(known) > LONGEST_SILENCE * _A_YEAR
    if years is not None:
        late = np.unique(filing_days[filing_days > (years[1] + LATER_YEARS + 1) * _A_YEAR])
        silences |= np.isin(known[1:], late[:1])
    return np.flatnonzero(silences)


def _main_part(parts: list[NDArray[np.bool_]], days: NDArray[np.int64], years: tuple[int, int] | None) -> int:
    """Return which part is the application: one that begins when it was filed, then the largest, then the first."""
    begun = [years is not None and bool((days[part] // _A_YEAR <= years[0] + 4).any()) for part in parts]
    return max(range(len(parts)), key=lambda part: (begun[part], int(parts[part].sum()), -part))
