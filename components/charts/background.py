"""What stands behind the events: bands, dividing lines, the line of zero, today, and whose turn it was."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from components.charts.axis import typed_array
from components.charts.scene import Scene, Shape, Trace, Turn
from components.charts.theme import FIRST_RANK, OUTCOMES

_NAME: Final = "Whose turn (Office above, applicant below)"
_APART: Final = 0.5
"""Half the distance between the two sides of the bar."""


def bands(scene: Scene) -> list[Shape]:
    """Draw every other row of each history on a band, or every other history in the compact form."""
    band = {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below",
        "fillcolor": scene.theme.band, "line": {"width": 0},
    }  # fmt: skip
    edges = _edges_of_histories(scene) if scene.geometry.compact else _edges_of_lanes(scene)
    return [band | {"y0": round(top, 1), "y1": round(end, 1)} for top, end in edges]


def dividing_lines(scene: Scene) -> list[Shape]:
    """Draw a line between the Office's rows and the applicant's."""
    return _spines(scene) if scene.geometry.compact else _divides(scene)


def zero_line(scene: Scene) -> list[Shape]:
    """Draw the line of zero on the axis of months."""
    if not scene.axis.months:
        return []
    edges = {"xref": "x", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
    return [{"type": "line", "layer": "below", "line": {"width": 1, "color": scene.theme.muted}} | edges]


def today_lines(scene: Scene) -> list[Shape]:
    """Draw a dotted line through the lanes of each open file."""
    line: dict[str, Any] = {
        "type": "line", "yref": "y", "layer": "below",
        "line": {"width": 1.5, "color": scene.theme.today, "dash": "dot"},
    }  # fmt: skip
    shapes = []
    for history, position in scene.today.positions.items():
        lanes = [lane for lane in scene.geometry.lanes if lane.history == history]
        x = scene.axis.coordinate(position)
        shapes.append(line | {"x0": x, "x1": x, "y0": round(lanes[0].top, 1), "y1": round(lanes[-1].end, 1)})
    return shapes


def turn_bars(scene: Scene) -> list[Trace]:
    """Draw a bar for each span of time in which one side had to act; one legend entry switches all.

    The Office's spans lie above the line between both sides, the applicant's below, so that no colour is needed to
    tell them apart. There are at most two traces, to stand behind everything else.
    """
    traces: list[Trace] = []
    for side, colour, up in (("office", scene.theme.office, True), ("applicant", scene.theme.applicant, False)):
        if scene.turns[side]:
            x, y = _boxes(scene, scene.turns[side], up=up)
            traces.append(_bar(scene, x, y, colour) | {"showlegend": not traces})
    return traces


def _edges_of_lanes(scene: Scene) -> list[tuple[float, float]]:
    """Return the edges of the first, third, … row of each history."""
    firsts: dict[int, int] = {}
    return [
        (lane.top, lane.end)
        for index, lane in enumerate(scene.geometry.lanes)
        if (index - firsts.setdefault(lane.history, index)) % 2 == 0
    ]


def _edges_of_histories(scene: Scene) -> list[tuple[float, float]]:
    """Return the edges of the first, third, … history, each of which has two rows."""
    lanes = scene.geometry.lanes
    return [
        (office.top - 4, applicant.end + 4)
        for office, applicant in zip(lanes[::2], lanes[1::2], strict=True)
        if office.history % 2 == 0
    ]


def _divides(scene: Scene) -> list[Shape]:
    """Draw a line between both sides of each history that shows both."""
    line = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below",
        "line": {"width": 1, "color": scene.theme.divide, "dash": "dot"},
    }  # fmt: skip
    sides: dict[int, set[bool]] = {}
    for lane in scene.geometry.lanes:
        sides.setdefault(lane.history, set()).add(lane.by_office)
    middles = [scene.geometry.middles[history] for history, both in sides.items() if len(both) > 1]
    return [line | {"y0": middle, "y1": middle} for middle in middles]


def _spines(scene: Scene) -> list[Shape]:
    """Draw a line between the two rows of each history, from its first event to its last."""
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


def _boxes(scene: Scene, turns: Sequence[Turn], *, up: bool) -> tuple[list[float], list[float]]:
    """Return the four corners of each turn, with a gap after each."""
    x: list[float] = []
    y: list[float] = []
    for history, first, last in turns:
        middle = scene.geometry.middles[history]
        near, far = (middle + (-away if up else away) for away in (_APART, scene.geometry.sizes.turns / 2))
        x += [first, last, last, first, np.nan]
        y += [near, near, far, far, np.nan]
    return x, y


def _bar(scene: Scene, x: list[float], y: list[float], colour: str) -> Trace:
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
