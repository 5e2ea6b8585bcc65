"""What stands behind and beside the markers: bands, dividing lines, titles, notes."""

from collections.abc import Sequence
from typing import Any

from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import Plan
from components.charts.text import count_shown


def shapes_of(events: Events, laid: Plan, ground: Ground) -> list[dict[str, Any]]:
    """Draw every other row on a band, and a line between the Office's rows and the applicant's."""
    shapes = []
    band = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below", "line": {"width": 0}}
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below"}
    for place, row in enumerate(laid.rows):
        following = laid.rows[place + 1] if place + 1 < len(laid.rows) else None
        if laid.compact:
            if row.by_office and following is not None and row.history % 2 == 0:
                edges = (row.top - 4, following.top + following.height + 4)
                shapes.append(band | {"y0": round(edges[0], 1), "y1": round(edges[1], 1), "fillcolor": ground.band})
            continue
        if _place_in_history(laid, place) % 2 == 0:
            edges = (row.top, row.top + row.height)
            shapes.append(band | {"y0": round(edges[0], 1), "y1": round(edges[1], 1), "fillcolor": ground.band})
        if following is not None and row.history == following.history and row.by_office and not following.by_office:
            edge = round(following.top, 1)
            shapes.append(line | {"y0": edge, "y1": edge, "line": {"width": 1, "color": ground.divide, "dash": "dot"}})
    if laid.compact:
        shapes += _spines(events, laid, ground)
    return shapes


def _place_in_history(laid: Plan, place: int) -> int:
    return sum(row.history == laid.rows[place].history for row in laid.rows[:place])


def _spines(events: Events, laid: Plan, ground: Ground) -> list[dict[str, Any]]:
    """Draw a line between the two rows of each history, from its first event to its last."""
    spans: dict[int, tuple[str, str]] = {}
    for history, day in zip(events.history, events.iso, strict=True):
        first, last = spans.get(history, (day, day))
        spans[history] = (min(first, day), max(last, day))
    return [
        {
            "type": "line", "layer": "below", "x0": spans[row.history][0], "x1": spans[row.history][1],
            "y0": round(row.top + row.height, 1), "y1": round(row.top + row.height, 1),
            "line": {"width": 1, "color": ground.divide},
        }
        for row in laid.rows
        if row.by_office and row.history in spans
    ]  # fmt: skip


def notes_of(
    events: Events, laid: Plan, ground: Ground, titles: Sequence[str], *, several: bool
) -> list[dict[str, Any]]:
    """Write the titles above their lanes, and what is not in the picture."""
    notes: list[dict[str, Any]] = [
        {
            "text": f"<b>{titles[history]}</b>",
            "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": round(place, 1), "yanchor": "middle",
            "showarrow": False, "font": {"size": 13, "color": ground.text},
        }
        for history, place in laid.headings.items()
    ]  # fmt: skip
    if not laid.compact:
        notes += _sides(laid, ground)
    if events.undated or events.outlying:
        notes.append(
            {
                "text": _not_drawn(events.undated, events.outlying),
                "xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "showarrow": False,
                "y": 0 if several else 1, "yanchor": "top" if several else "bottom", "yshift": -8 if several else 8,
                "font": {"size": 12, "color": ground.muted},
            }
        )  # fmt: skip
    if not len(events):
        notes.append(
            {
                "text": "No dated events to draw",
                "xref": "paper", "x": 0.5, "yref": "paper", "y": 0.5, "showarrow": False,
                "font": {"size": 13, "color": ground.muted},
            }
        )  # fmt: skip
    return notes


def _not_drawn(undated: int, outlying: int) -> str:
    """Say what is left out: what has no date, and what bears a date that this file cannot have had."""
    parts = []
    if undated:
        parts.append(f"{count_shown(undated, 'document')} without a date")
    if outlying:
        number = f"{outlying:,}" if undated else count_shown(outlying, "document")
        parts.append(f"{number} far outside the file's time")
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
