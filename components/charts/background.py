"""Layers behind the events: bands, dividing lines, the lines of zero and of today, and the bars of turns."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from components.charts.axis import typed_array
from components.charts.scene import DrawnTurn, Scene, Shape, Trace
from components.charts.theme import FIRST_RANK, OUTCOMES

_NAME: Final = "Whose turn (Office above, applicant below)"
_HALF_GAP: Final = 0.5
"""Half the distance between the bar of the Office and that of the applicant, in pixels."""


def bands(scene: Scene) -> list[Shape]:
    """Return a band behind every other lane of each history; in the compact form behind every other history."""
    band = {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below",
        "fillcolor": scene.theme.band, "line": {"width": 0},
    }  # fmt: skip
    edges = _edges_of_histories(scene) if scene.geometry.compact else _edges_of_lanes(scene)
    return [band | {"y0": round(top, 1), "y1": round(end, 1)} for top, end in edges]


def dividing_lines(scene: Scene) -> list[Shape]:
    """Return the lines between the Office's lanes and the applicant's."""
    return _middle_lines(scene) if scene.geometry.compact else _full_width_lines(scene)


def zero_line(scene: Scene) -> list[Shape]:
    """Return the upright line at position 0; the calendar has none."""
    if not scene.axis.months:
        return []
    edges = {"xref": "x", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
    return [{"type": "line", "layer": "below", "line": {"width": 1, "color": scene.theme.muted}} | edges]


def today_lines(scene: Scene) -> list[Shape]:
    """Return a dotted upright line through the lanes of each open file: at today, or at the edge before it."""
    line: dict[str, Any] = {
        "type": "line", "yref": "y", "layer": "below",
        "line": {"width": 1.5, "color": scene.theme.today, "dash": "dot"},
    }  # fmt: skip
    edge = {"xref": "paper", "x0": 1, "x1": 1}
    places = dict.fromkeys(scene.today.silent, edge)
    for history, position in scene.today.positions.items():
        x = scene.axis.coordinate(position)
        places[history] = {"x0": x, "x1": x}
    edges: dict[int, tuple[float, float]] = {}
    for lane in scene.geometry.lanes:
        edges[lane.history] = (edges.get(lane.history, (lane.top, 0.0))[0], lane.end)
    return [
        line | place | {"y0": round(edges[history][0], 1), "y1": round(edges[history][1], 1)}
        for history, place in sorted(places.items())
    ]


def turn_bars(scene: Scene) -> list[Trace]:
    """Return a bar for each span of time in which one side had to act: at most two traces with one name.

    The Office's bars lie above the line between both sides, the applicant's below it, so that they can be told apart
    without colours. The traces must come first in the figure, which puts them behind all others.
    """
    traces: list[Trace] = []
    for side, colour, up in (("office", scene.theme.office, True), ("applicant", scene.theme.applicant, False)):
        if scene.turns[side]:
            x, y = _boxes(scene, scene.turns[side], up=up)
            traces.append(_bar(scene, x, y, colour) | {"showlegend": scene.geometry.compact and not traces})
    return traces


def _edges_of_lanes(scene: Scene) -> list[tuple[float, float]]:
    """Return the upper and lower edges of the first, third, … lane of each history."""
    firsts: dict[int, int] = {}
    return [
        (lane.top, lane.end)
        for index, lane in enumerate(scene.geometry.lanes)
        if (index - firsts.setdefault(lane.history, index)) % 2 == 0
    ]


def _edges_of_histories(scene: Scene) -> list[tuple[float, float]]:
    """Return the upper and lower edges of the first, third, … history of the compact form."""
    lanes, gap = scene.geometry.lanes, scene.geometry.sizes.gap / 2
    return [
        (office.top - gap, applicant.end + gap)
        for office, applicant in zip(lanes[::2], lanes[1::2], strict=True)
        if office.history % 2 == 0
    ]


def _full_width_lines(scene: Scene) -> list[Shape]:
    """Return a line through the whole width between both sides, for each history that shows both."""
    line = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below",
        "line": {"width": 1, "color": scene.theme.divide, "dash": "dot"},
    }  # fmt: skip
    sides: dict[int, set[bool]] = {}
    for lane in scene.geometry.lanes:
        sides.setdefault(lane.history, set()).add(lane.by_office)
    middles = [scene.geometry.middles[history] for history, both in sides.items() if len(both) > 1]
    return [line | {"y0": middle, "y1": middle} for middle in middles]


def _middle_lines(scene: Scene) -> list[Shape]:
    """Return a line between the two lanes of each history, from its first event to its last."""
    spans: dict[int, tuple[int, int]] = {}
    for history, position in zip(scene.events.history, scene.events.position, strict=True):
        first, last = spans.get(history, (position, position))
        spans[history] = (min(first, position), max(last, position))
    middles, time_axis = scene.geometry.middles, scene.axis
    return [
        {
            "type": "line", "layer": "below", "x0": time_axis.coordinate(first), "x1": time_axis.coordinate(last),
            "y0": middles[history], "y1": middles[history], "line": {"width": 1, "color": scene.theme.divide},
        }
        for history, (first, last) in sorted(spans.items())
    ]  # fmt: skip


def _boxes(scene: Scene, turns: Sequence[DrawnTurn], *, up: bool) -> tuple[list[float], list[float]]:
    """Return the positions and heights of the four corners of each turn, with a gap after each turn."""
    x: list[float] = []
    y: list[float] = []
    for history, first, last in turns:
        middle = scene.geometry.middles[history]
        near, far = (middle + (-away if up else away) for away in (_HALF_GAP, scene.geometry.sizes.turns / 2))
        x += [first, last, last, first, np.nan]
        y += [near, near, far, far, np.nan]
    return x, y


def _bar(scene: Scene, x: list[float], y: list[float], colour: str) -> Trace:
    """Return the trace of the bars of one side."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _NAME,
        "x": scene.axis.coordinates(np.array(x)),
        "y": typed_array(y),
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
        "legendgroup": "turns",
        "legendrank": FIRST_RANK + len(OUTCOMES) + 1,
    }
