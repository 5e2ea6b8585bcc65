"""The milestones of an examination with the time between them."""

from collections.abc import Sequence
from html import escape
from typing import Final

import pandas as pd

from components.prosecution import milestones_in_words
from components.words import MONTH_DAYS, YEAR_DAYS, counted, day

_LABEL: Final = "font-size:0.8rem;opacity:0.8"
_VALUE: Final = "font-size:1.1rem;font-weight:600;white-space:nowrap"


def duration_in_words(days: int) -> str:
    """Return how long something lasted: `24 days`, `21.7 months`, from four years on `5.6 years`."""
    if days < 61:
        return counted(days, "day")
    return f"{days / MONTH_DAYS:.1f} months" if days < 4 * YEAR_DAYS else f"{days / YEAR_DAYS:.1f} years"


def dated_milestones(facts: pd.Series) -> list[tuple[str, pd.Timestamp]]:
    """Return the milestones of a history with their dates, oldest first; those of one day are joined."""
    known = [(milestone.label, milestone.day) for milestone in milestones_in_words(facts) if milestone.day is not None]
    known.sort(key=lambda milestone: milestone[1])
    found: list[tuple[str, pd.Timestamp]] = []
    for label, when in known:
        if found and found[-1][1] == when:
            found[-1] = (f"{found[-1][0]}, {label[:1].lower()}{label[1:]}", when)
        else:
            found.append((label, when))
    return found


def milestones_html(milestones: Sequence[tuple[str, pd.Timestamp]]) -> str:
    """Return milestones as one line of HTML with the time between them; empty without any."""
    parts: list[str] = []
    before: pd.Timestamp | None = None
    for label, when in milestones:
        if before is not None:
            days = (when - before).days
            parts.append(
                f'<div style="flex:{max(days, 1)} 1 5.5rem;text-align:center">'
                f'<div style="{_LABEL};white-space:nowrap">{escape(duration_in_words(days))}</div>'
                '<div style="border-top:2px solid currentColor;opacity:0.35;margin:0.35rem 0 0.7rem"></div></div>'
            )
        parts.append(
            f'<div role="listitem"><div style="{_LABEL}">{escape(label)}</div>'
            f'<div style="{_VALUE}">{escape(day(when))}</div></div>'
        )
        before = when
    if not parts:
        return ""
    return (
        '<div role="list" aria-label="Milestones" '
        f'style="display:flex;flex-wrap:wrap;align-items:flex-end;gap:0.25rem 0.75rem">{"".join(parts)}</div>'
    )
