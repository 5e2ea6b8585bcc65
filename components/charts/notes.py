"""What is written into the figure: titles, sides, the name of zero, and what is not in the picture."""

from collections.abc import Sequence
from typing import Any

from components.charts.clock import Clock
from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import Plan
from components.words import counted

_PAPER = {"xref": "paper", "yref": "paper", "showarrow": False}


def notes_of(laid: Plan, ground: Ground, titles: Sequence[str]) -> list[dict[str, Any]]:
    """Write the titles above their lanes, and along the right edge whose lanes they are."""
    notes: list[dict[str, Any]] = [
        {
            "text": f"<b>{titles[history]}</b>",
            "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": round(place, 1), "yanchor": "middle",
            "showarrow": False, "font": {"size": 13, "color": ground.text},
        }
        for history, place in laid.headings.items()
    ]  # fmt: skip
    return notes if laid.compact else notes + _sides(laid, ground)


def zero_note(ground: Ground, clock: Clock, *, shift: int) -> list[dict[str, Any]]:
    """Name the line of zero above the plot, `shift` pixels from it; the calendar has none."""
    if not clock.months:
        return []
    words = {"text": clock.zero, "font": {"size": 11, "color": ground.text}}
    return [_PAPER | words | {"xref": "x", "x": 0, "y": 1, "yanchor": "bottom", "yshift": shift}]


def lacking_note(ground: Ground, text: str, *, shift: int) -> list[dict[str, Any]]:
    """Say below the plot, `shift` pixels from it, what is not in the picture."""
    if not text:
        return []
    words = {"text": text, "font": {"size": 12, "color": ground.muted}, "align": "left"}
    return [_PAPER | words | {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "yshift": -shift}]


def nothing_note(ground: Ground) -> dict[str, Any]:
    """Say that there is nothing to draw."""
    words = {"text": "No dated events to draw", "font": {"size": 13, "color": ground.muted}}
    return _PAPER | words | {"x": 0.5, "y": 0.5}


def not_drawn(events: Events) -> str:
    """Say what is left out: what has no date, and what bears a date that this file cannot have had."""
    undated, outlying = events.undated, events.outlying
    parts = []
    if undated:
        parts.append(f"{counted(undated, 'document')} without a date")
    if outlying:
        number = f"{outlying:,}" if undated else counted(outlying, "document")
        parts.append(f"{number} far outside the file's time")
    if not parts:
        return ""
    verb = "is" if undated + outlying == 1 else "are"
    return f"{' and '.join(parts)} {verb} in the table"


def _sides(laid: Plan, ground: Ground) -> list[dict[str, Any]]:
    """Write along the right edge of each history which of its rows are the Office's and which the applicant's."""
    reaches: dict[tuple[int, bool], tuple[float, float]] = {}
    for row in laid.rows:
        top, _ = reaches.get((row.history, row.by_office), (row.top, 0.0))
        reaches[row.history, row.by_office] = (top, row.top + row.height)
    return [
        {
            "text": "OFFICE" if by_office else "APPLICANT",
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": 4, "textangle": 90, "showarrow": False,
            "yref": "y", "y": round((top + end) / 2, 1), "yanchor": "middle",
            "font": {"size": 10, "color": ground.muted},
        }
        for (_, by_office), (top, end) in reaches.items()
        if end - top >= 62
    ]  # fmt: skip
