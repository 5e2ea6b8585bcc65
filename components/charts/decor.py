"""What stands behind the markers and round them: bands, dividing lines, rings."""

from typing import Any

from components.charts.clock import Clock
from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import Plan


def shapes_of(events: Events, laid: Plan, ground: Ground, clock: Clock) -> list[dict[str, Any]]:
    """Draw every other row on a band, a line between the Office's rows and the applicant's, and the line of zero."""
    shapes = _spines(events, laid, ground, clock) if laid.compact else _divides(laid, ground)
    if clock.months:
        edges = {"xref": "x", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
        shapes.append({"type": "line", "layer": "below", "line": {"width": 1, "color": ground.muted}} | edges)
    return _bands(laid, ground) + shapes


def _bands(laid: Plan, ground: Ground) -> list[dict[str, Any]]:
    band = {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below",
        "fillcolor": ground.band, "line": {"width": 0},
    }  # fmt: skip
    if laid.compact:
        edges = [
            (row.top - 4, following.top + following.height + 4)
            for row, following in zip(laid.rows[::2], laid.rows[1::2], strict=True)
            if row.history % 2 == 0
        ]
    else:
        firsts: dict[int, int] = {}
        edges = [
            (row.top, row.top + row.height)
            for place, row in enumerate(laid.rows)
            if (place - firsts.setdefault(row.history, place)) % 2 == 0
        ]
    return [band | {"y0": round(top, 1), "y1": round(end, 1)} for top, end in edges]


def _divides(laid: Plan, ground: Ground) -> list[dict[str, Any]]:
    """Draw a line between both sides of each history that shows both."""
    line = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below",
        "line": {"width": 1, "color": ground.divide, "dash": "dot"},
    }  # fmt: skip
    sides: dict[int, set[bool]] = {}
    for row in laid.rows:
        sides.setdefault(row.history, set()).add(row.by_office)
    middles = [laid.middles[history] for history, both in sides.items() if len(both) > 1]
    return [line | {"y0": middle, "y1": middle} for middle in middles]


def _spines(events: Events, laid: Plan, ground: Ground, clock: Clock) -> list[dict[str, Any]]:
    """Draw a line between the two rows of each history, from its first event to its last."""
    spans: dict[int, tuple[int, int]] = {}
    for history, place in zip(events.history, events.place, strict=True):
        first, last = spans.get(history, (place, place))
        spans[history] = (min(first, place), max(last, place))
    return [
        {
            "type": "line", "layer": "below", "x0": clock.x(first), "x1": clock.x(last),
            "y0": laid.middles[history], "y1": laid.middles[history],
            "line": {"width": 1, "color": ground.divide},
        }
        for history, (first, last) in sorted(spans.items())
    ]  # fmt: skip


def rings_of(events: Events, laid: Plan, ground: Ground, clock: Clock) -> list[dict[str, Any]]:
    """Draw a ring round each marked event. Rings are shapes, because a box would select markers.

    Plotly remembers of the last shape whether it is measured in pixels and reads the next box that selects likewise,
    so that a line that cannot be seen, measured in time, ends the rings.
    """
    radius = 9 if laid.compact else 11.5
    size = {"x0": -radius, "x1": radius, "y0": -radius, "y1": radius}
    ring = {
        "type": "circle", "xsizemode": "pixel", "ysizemode": "pixel", **size,
        "line": {"width": 2.4, "color": ground.ring},
    }  # fmt: skip
    rings: list[dict[str, Any]] = [
        ring | {"xanchor": clock.x(events.place[event]), "yanchor": laid.y[event]}
        for event, marked in enumerate(events.marked)
        if marked
    ]
    here = clock.x(laid.start)
    last = {"type": "line", "x0": here, "x1": here, "y0": 0, "y1": 0, "line": {"width": 0, "color": ground.ring}}
    return [*rings, last] if rings else []
