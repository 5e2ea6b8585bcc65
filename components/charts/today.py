"""Today, drawn through the lanes of the files that are still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from components.charts.clock import Clock, days_of
from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import Plan
from components.prosecution import CLOSED_STATUSES
from components.words import MONTH_DAYS
from components.words import day as day_in_words

_LONG: Final = 0.3
"""Where more than this part of the time from the first event to today is empty, the label says so."""


@dataclass(frozen=True, slots=True)
class Today:
    """Where today stands."""

    day: str
    places: dict[int, int]
    """Open history → its place in time."""


def today_of(today: date | None, histories: pd.DataFrame | None, order: Sequence[str], clock: Clock) -> Today:
    """Find the open files among histories and where today is in the time of each."""
    if today is None or histories is None:
        return Today("", {})
    statuses = zip(histories["history"].tolist(), histories["status"].astype(str).tolist(), strict=True)
    open_ = {name for name, status in statuses if status not in CLOSED_STATUSES}
    day = days_of(today.isoformat())
    places = {place: clock.place(place, day) for place, name in enumerate(order) if name in open_}
    return Today(today.isoformat(), places)


def lines_of_today(today: Today, laid: Plan, ground: Ground, clock: Clock) -> list[dict[str, Any]]:
    """Draw a dotted line through the lanes of each open file."""
    line: dict[str, Any] = {
        "type": "line", "yref": "y", "layer": "below",
        "line": {"width": 1.5, "color": ground.today, "dash": "dot"},
    }  # fmt: skip
    found = []
    for history, place in today.places.items():
        rows = [row for row in laid.rows if row.history == history]
        x, end = clock.x(place), rows[-1].top + rows[-1].height
        found.append(line | {"x0": x, "x1": x, "y0": round(rows[0].top, 1), "y1": round(end, 1)})
    return found


def label_of_today(today: Today, events: Events, laid: Plan, ground: Ground, clock: Clock) -> list[dict[str, Any]]:
    """Name the line, above the first open file that it is drawn through.

    Where today is far beyond the last event of that file, so that much of the axis is empty, the label says so.
    """
    if not today.places:
        return []
    history, place = next(iter(today.places.items()))
    top = next(row.top for row in laid.rows if row.history == history)
    words = f"Today, {day_in_words(date.fromisoformat(today.day))}"
    days = [other for other, its in zip(events.place, events.history, strict=True) if its == history]
    if days and place - max(days) > _LONG * (place - min(days)):
        words += f": {_far(place - max(days))} after the last event"
    return [
        {
            "text": words,
            "x": clock.x(place), "xanchor": "right", "xshift": 4,
            "yref": "y", "y": round(top, 1), "yanchor": "bottom", "yshift": -1,
            "showarrow": False, "font": {"size": 11, "color": ground.text},
        }
    ]  # fmt: skip


def _far(days: int) -> str:
    """Say roughly how long some days are, as the label has little room."""
    months = days / MONTH_DAYS
    if months < 1:
        return f"{days} days"
    return f"{months / 12:.1f} years" if months >= 24 else f"{months:.0f} months"
