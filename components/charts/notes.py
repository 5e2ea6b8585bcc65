"""Annotations: titles, sides, the labels of today and of position 0, and notes on what is not drawn."""

from typing import Any, Final

from components import words
from components.charts.layout import PlotFrame
from components.charts.scene import Annotation, Scene

_PAPER: Final = {"xref": "paper", "yref": "paper", "showarrow": False}
_MUCH_EMPTY: Final = 0.3
"""If more than this share of the time from the first event to today has no event, the label of today says so."""


def headings(scene: Scene) -> list[Annotation]:
    """Return the title of each history, above its lanes."""
    return [
        {
            "text": f"<b>{scene.titles[history]}</b>",
            "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": round(height, 1), "yanchor": "middle",
            "showarrow": False, "font": {"size": 13, "color": scene.theme.text},
        }
        for history, height in scene.geometry.headings.items()
    ]  # fmt: skip


def side_names(scene: Scene) -> list[Annotation]:
    """Return the words OFFICE and APPLICANT along the right edge of each history's lanes, where there is room."""
    if scene.geometry.compact:
        return []
    edges: dict[tuple[int, bool], tuple[float, float]] = {}
    for lane in scene.geometry.lanes:
        top, _ = edges.get((lane.history, lane.by_office), (lane.top, 0.0))
        edges[lane.history, lane.by_office] = (top, lane.end)
    return [
        {
            "text": "OFFICE" if by_office else "APPLICANT",
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": 4, "textangle": 90, "showarrow": False,
            "yref": "y", "y": round((top + end) / 2, 1), "yanchor": "middle",
            "font": {"size": 10, "color": scene.theme.muted},
        }
        for (_, by_office), (top, end) in edges.items()
        if end - top >= 62
    ]  # fmt: skip


def today_label(scene: Scene) -> list[Annotation]:
    """Return the label of today's line, above the first open file.

    Where today is long after the last event of that file, so that much of the axis is empty, the label says so.
    """
    if not scene.today.positions:
        return []
    history, position = next(iter(scene.today.positions.items()))
    top = next(lane.top for lane in scene.geometry.lanes if lane.history == history)
    text = f"Today, {words.day(scene.today.day)}"
    events = zip(scene.events.position, scene.events.history, strict=True)
    days = [other for other, whose in events if whose == history]
    if days and position - max(days) > _MUCH_EMPTY * (position - min(days)):
        text += f": {_roughly(position - max(days))} after the last event"
    return [
        {
            "text": text,
            "x": scene.axis.coordinate(position), "xanchor": "right", "xshift": 4,
            "yref": "y", "y": round(top, 1), "yanchor": "bottom", "yshift": -1,
            "showarrow": False, "font": {"size": 11, "color": scene.theme.text},
        }
    ]  # fmt: skip


def zero_label(scene: Scene) -> list[Annotation]:
    """Return the name of the line at position 0, above the plot; the calendar has none."""
    if not scene.axis.months:
        return []
    text: dict[str, Any] = {"text": scene.axis.zero_name, "font": {"size": 11, "color": scene.theme.text}}
    shift = PlotFrame.of(scene).zero_shift
    return [_PAPER | text | {"xref": "x", "x": 0, "y": 1, "yanchor": "bottom", "yshift": shift}]


def footnote(scene: Scene) -> list[Annotation]:
    """Return the note below the plot on what is not drawn."""
    if not scene.footnote:
        return []
    text = {"text": scene.footnote, "font": {"size": 12, "color": scene.theme.muted}, "align": "left"}
    shift = PlotFrame.of(scene).note_shift
    return [_PAPER | text | {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "yshift": -shift}]


def nothing_note(scene: Scene) -> list[Annotation]:
    """Return a note in the middle of the plot if there is no event."""
    if len(scene.events):
        return []
    text = {"text": "No dated events to draw", "font": {"size": 13, "color": scene.theme.muted}}
    return [_PAPER | text | {"x": 0.5, "y": 0.5}]


def _roughly(days: int) -> str:
    """Return a number of days in words, rounded to months or tenths of a year."""
    months = days / words.MONTH_DAYS
    if months < 1:
        return f"{days} days"
    return f"{months / 12:.1f} years" if months >= 24 else f"{months:.0f} months"
