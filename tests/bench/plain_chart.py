"""The plain chart with which the benchmarks compare the timeline."""

from datetime import date, timedelta
from typing import Any

from components.ui.review.timeline_view import TimelineSettings


def plain_figure(points: int) -> dict[str, Any]:
    """Return a figure of so many points on a calendar, in seven lanes."""
    first = date(2005, 1, 1)
    days = [(first + timedelta(days=30 * (number % 240))).isoformat() for number in range(points)]
    lanes = [number % 7 for number in range(points)]
    return {"data": [{"type": "scatter", "x": days, "y": lanes, "mode": "markers"}], "layout": {}}


def draw_plain_charts(points: int) -> None:
    """Let the Review page of this process draw the plain chart where its timeline is."""
    TimelineSettings.figure = lambda *_args, **_how: plain_figure(points)  # type: ignore[method-assign]
