"""Which axis suits files that are looked at together: their common calendar, or months since the filing of each."""

from collections.abc import Collection
from datetime import date
from typing import Final

import pandas as pd

from components.charts.axis import Axis

_LEAST_SHARE: Final = 0.22
"""With the margins beside them, files take a fifth of the plot where they take so much of their calendar."""


def suited_axis(histories: pd.DataFrame) -> Axis:
    """Return `months` where the calendar would leave the files too little of the width, else `calendar`.

    Files whose lives hardly overlap are each drawn as a short piece of a long calendar. One old file among many young
    ones does the same to them. A single file has the calendar.

    Args:
        histories: the rows of the `histories` table of the files; those without a dated document do not count.
    """
    dated = histories[histories["first_document"].notna() & histories["last_document"].notna()]
    lives = [
        (first.date(), last.date()) for first, last in zip(dated["first_document"], dated["last_document"], strict=True)
    ]
    return "months" if len(lives) > 1 and calendar_share(lives) < _LEAST_SHARE else "calendar"


def calendar_share(lives: Collection[tuple[date, date]]) -> float:
    """Return the share of their common calendar that the median file takes, of two in the middle the shorter one.

    Args:
        lives: first and last day of each file, of one at least.

    Returns:
        1 if all fall on one day.
    """
    span = (max(last for _, last in lives) - min(first for first, _ in lives)).days
    lengths = sorted((last - first).days for first, last in lives)
    return lengths[(len(lengths) - 1) // 2] / span if span else 1.0
