"""Events: markers with their hover text, the names beside them, and the rings round marked ones."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from components.charts.axis import TimeAxis, typed_array
from components.charts.events import Events
from components.charts.geometry import STEP, WIDTH
from components.charts.scene import Scene, Shape, Trace
from components.charts.theme import CategoryStyle, Theme, category_styles
from components.words import MONTH_DAYS

_DAY: Final = "%-d %b %Y"
"""How a day is shown on hover, as plotly writes it: 31 Aug 2018, which no reader can take for another day."""
_EVENT_SIZE: Final = 13.0
_PAPER_SIZE: Final = 8.5
_WEIGHT: Final = {
    "octagon": 1.13,
    "diamond": 1.08,
    "star": 1.12,
    "star-diamond": 1.15,
    "bowtie": 1.1,
    "hourglass": 1.05,
    "circle": 0.92,
    "square": 0.88,
    "star-square": 0.95,
    "star-triangle-up": 0.9,
    "triangle-up": 1.08,
    "triangle-down": 1.08,
}
"""Factors at which plotly's symbols look equally heavy; 1 where none is given."""
_DECISIVE: Final = frozenset({"final_rejection", "refusal", "allowance", "issue", "abandonment", "withdrawal"})
"""The categories that are named in the compact form too."""
_MARKER: Final = 7
"""Half the width of a marker; a label begins at `_REACH` from its middle."""
_REACH: Final = 7.5
_LETTER: Final = 5.3
"""Width of a letter of a label."""
_MAX_LABELLED: Final = 150
"""A row with more events than this is not labelled: there would be no room."""


def event_markers(scene: Scene) -> list[Trace]:
    """Draw the events: a trace for each category, in legend order."""
    members: dict[int, list[int]] = {}
    for event, category in enumerate(scene.events.category):
        members.setdefault(category, []).append(event)
    sides = label_sides(scene) if scene.trace_type == "scatter" else {}
    return [_trace(scene, category_styles()[category], members[category], sides) for category in sorted(members)]


def marker_template(scene: Scene) -> dict[str, Any]:
    """Give what all traces have in common, so that it is said and checked once."""
    muted = scene.theme.muted
    common = {
        "type": scene.trace_type,
        "mode": "markers",
        "marker": {"line": {"width": 1, "color": scene.theme.halo}},
        "textfont": {"size": 10 if scene.geometry.compact else 11, "color": muted},
        "unselected": {"marker": {"opacity": 0.35}, "textfont": {"color": muted}},
    }
    return {"data": {scene.trace_type: [common]}}


def rings(scene: Scene) -> list[Shape]:
    """Draw a ring round each marked event. Rings are shapes, because a box would select markers.

    Plotly remembers of the last shape whether it is measured in pixels and reads the next box that selects likewise,
    so that a line that cannot be seen, measured in time, ends the rings.
    """
    events, time_axis, y = scene.events, scene.axis, scene.geometry.y
    radius = 9 if scene.geometry.compact else 11.5
    size = {"x0": -radius, "x1": radius, "y0": -radius, "y1": radius}
    ring = {
        "type": "circle", "xsizemode": "pixel", "ysizemode": "pixel", **size,
        "line": {"width": 2.4, "color": scene.theme.ring},
    }  # fmt: skip
    found: list[Shape] = [
        ring | {"xanchor": time_axis.coordinate(events.position[event]), "yanchor": y[event]}
        for event, marked in enumerate(events.marked)
        if marked
    ]
    here = time_axis.coordinate(scene.geometry.start)
    last = {"type": "line", "x0": here, "x1": here, "y0": 0, "y1": 0, "line": {"width": 0, "color": scene.theme.ring}}
    return [*found, last] if found else []


def label_sides(scene: Scene) -> dict[int, str]:
    """Say which events carry a label, and on which side of the marker: `middle right` or `middle left`.

    A label is written only where it covers neither a marker nor another label. In the compact form, where room is
    scarce, only what decides an application is named.
    """
    compact = scene.geometry.compact
    named = [style.short if not compact or style.name in _DECISIVE else "" for style in category_styles()]
    found: dict[int, str] = {}
    for lane in scene.geometry.lanes:
        if len(lane.events) <= _MAX_LABELLED:
            pixels = [scene.geometry.pixels(scene.events.position[event]) for event in lane.events]
            heights = [scene.geometry.y[event] for event in lane.events]
            texts = [named[scene.events.category[event]] for event in lane.events]
            for index, side in _Labels(pixels, heights).sides(texts).items():
                found[lane.events[index]] = side
    return found


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of a row, written one after another."""

    pixels: Sequence[float]
    """The markers of the row by date, in pixels from the left, so that only the nearest need looking at."""
    heights: Sequence[float]
    written: list[tuple[float, float, float]] = field(default_factory=list)
    """Left edge, right edge and height of the labels written so far."""

    def sides(self, texts: Sequence[str]) -> dict[int, str]:
        """Write the texts that have room, and return on which side of its marker each stands."""
        found: dict[int, str] = {}
        for index, (text, here, height) in enumerate(zip(texts, self.pixels, self.heights, strict=True)):
            if not text:
                continue
            width = 8 + _LETTER * len(text)
            for side, left in (("middle right", here + _REACH), ("middle left", here - _REACH - width)):
                if self._has_room(left, left + width, height):
                    self.written.append((left, left + width, height))
                    found[index] = side
                    break
        return found

    def _has_room(self, left: float, right: float, height: float) -> bool:
        """Return whether a label would lie within the plot and cover neither a marker nor another label."""
        if left < 0 or right > WIDTH:
            return False
        near = range(bisect_right(self.pixels, left - _MARKER), bisect_left(self.pixels, right + _MARKER))
        if any(abs(height - self.heights[index]) < STEP - 1 for index in near):
            return False
        return not any(
            begin < right and end > left and abs(height - other) < STEP - 1 for begin, end, other in self.written
        )


def _trace(scene: Scene, style: CategoryStyle, of_category: list[int], sides: Mapping[int, str]) -> Trace:
    """Draw the events of a category."""
    events, geometry = scene.events, scene.geometry
    when = "" if scene.axis.months else f"%{{x|{_DAY}}}<br>"
    trace = {
        "type": scene.trace_type,
        "name": style.label,
        "x": _coordinates(events, of_category, scene.axis),
        "y": typed_array([geometry.y[event] for event in of_category]),
        "marker": _marker(style, scene.theme, compact=geometry.compact),
        "hovertext": _hovertext(events, of_category, scene.axis),
        "hovertemplate": f"<b>{style.label}</b> · {when}%{{hovertext}}<extra></extra>",
        "customdata": [events.lead[event] for event in of_category],
    }
    if any(event in sides for event in of_category):
        trace |= {
            "mode": "markers+text",
            "text": [_label(style, events, event) if event in sides else "" for event in of_category],
            "textposition": [sides.get(event, "middle right") for event in of_category],
        }
    return trace


def _coordinates(events: Events, of_category: list[int], time_axis: TimeAxis) -> Any:  # noqa: ANN401 - a list or a typed array
    if time_axis.months:
        return typed_array([events.position[event] / MONTH_DAYS for event in of_category])
    return [events.day[event] for event in of_category]


def _hovertext(events: Events, of_category: list[int], time_axis: TimeAxis) -> list[str]:
    """Give what is shown on hover; on the axis of months, which cannot say it, with the day."""
    if not time_axis.months:
        return [events.hover[event] for event in of_category]
    days_in_words: dict[tuple[int, str], str] = {}
    found = []
    for event in of_category:
        day = (events.history[event], events.day[event])
        if day not in days_in_words:
            days_in_words[day] = time_axis.in_words(*day, events.position[event])
        found.append(f"{days_in_words[day]}<br>{events.hover[event]}")
    return found


def _marker(style: CategoryStyle, theme: Theme, *, compact: bool) -> dict[str, Any]:
    colour = theme.colour(style)
    whole = style.symbol.removesuffix("-dot")
    shape = whole.removesuffix("-open")
    outlined = shape != whole
    size = (_EVENT_SIZE if style.key else _PAPER_SIZE) * _WEIGHT.get(shape, 1.0) * (0.8 if compact else 1.0)
    size *= 0.86 if outlined and style.key else 1.0
    marker = {"symbol": style.symbol, "color": colour, "size": round(size, 1)}
    return marker | {"line": {"width": 1.7, "color": colour}} if outlined else marker


def _label(style: CategoryStyle, events: Events, event: int) -> str:
    """Give the label beside a marker, moved outward where a ring stands."""
    return f"\u2002{style.short}\u2002" if events.marked[event] else style.short
