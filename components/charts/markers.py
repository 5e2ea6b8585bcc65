"""The layer of events: markers with hover texts and labels beside them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from components.charts.axis import TimeAxis, typed_array
from components.charts.events import Events
from components.charts.geometry import STEP, WIDTH
from components.charts.scene import Scene, Trace
from components.charts.theme import CategoryStyle, Theme, category_styles
from components.words import MONTH_DAYS

_DAY: Final = "%-d %b %Y"
"""Plotly's format of a day in a hover text: 31 Aug 2018, which cannot be misread in any country."""
_EVENT_SIZE: Final = 13.0
"""Size of the marker of a key event, in pixels."""
_PAPER_SIZE: Final = 8.5
"""Size of the marker of any other paper."""
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
"""Factors that make plotly's symbols look equally large; 1 for all others."""
_DECISIVE: Final = frozenset({"final_rejection", "refusal", "allowance", "issue", "abandonment", "withdrawal"})
"""The categories that have labels in the compact form too."""
_MARKER: Final = 7
"""Half the width of a marker, in pixels."""
_REACH: Final = 7.5
"""Distance of a label from the middle of its marker."""
_LETTER: Final = 5.3
"""Average width of a letter of a label."""
_MAX_LABELLED: Final = 150
"""A lane with more events than this has no labels: there would be no room."""


def event_markers(scene: Scene) -> list[Trace]:
    """Return the events as markers: a trace for each category, in the order of the legend."""
    members: dict[int, list[int]] = {}
    for event, category in enumerate(scene.events.category):
        members.setdefault(category, []).append(event)
    sides = label_sides(scene) if scene.trace_type == "scatter" else {}
    return [_trace(scene, category_styles()[category], members[category], sides) for category in sorted(members)]


def marker_template(scene: Scene) -> dict[str, Any]:
    """Return plotly's template with what all traces of events have in common."""
    muted = scene.theme.muted
    common = {
        "type": scene.trace_type,
        "mode": "markers",
        "marker": {"line": {"width": 1, "color": scene.theme.halo}},
        "textfont": {"size": 10 if scene.geometry.compact else 11, "color": muted},
        "unselected": {"marker": {"opacity": 0.35}, "textfont": {"color": muted}},
    }
    return {"data": {scene.trace_type: [common]}}


def label_sides(scene: Scene) -> dict[int, str]:
    """Return the events that have a label, and the side of the marker where it stands, in plotly's words.

    A label is written only where it covers neither a marker nor another label. In the compact form, where room is
    scarce, only papers that decide an application have labels.

    Returns:
        Index of the event → `middle right` or `middle left`.
    """
    compact = scene.geometry.compact
    named = [style.short if not compact or style.name in _DECISIVE else "" for style in category_styles()]
    sides: dict[int, str] = {}
    for lane in scene.geometry.lanes:
        if len(lane.events) <= _MAX_LABELLED:
            pixels = [scene.geometry.pixels(scene.events.position[event]) for event in lane.events]
            heights = [scene.geometry.y[event] for event in lane.events]
            texts = [named[scene.events.category[event]] for event in lane.events]
            for index, side in _Labels(pixels, heights).sides(texts).items():
                sides[lane.events[index]] = side
    return sides


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of one lane, written one after another."""

    pixels: Sequence[float]
    """Distance of each marker of the lane from the left edge; sorted, so that the nearest are found by bisection."""
    heights: Sequence[float]
    """Height of each marker."""
    written: list[tuple[float, float, float]] = field(default_factory=list)
    """(left edge, right edge, height) of the labels written so far."""

    def sides(self, texts: Sequence[str]) -> dict[int, str]:
        """Return index → side for the texts (one for each marker, or empty) that have room beside their marker."""
        sides: dict[int, str] = {}
        for index, (text, x, height) in enumerate(zip(texts, self.pixels, self.heights, strict=True)):
            if not text:
                continue
            width = 8 + _LETTER * len(text)
            for side, left in (("middle right", x + _REACH), ("middle left", x - _REACH - width)):
                if self._has_room(left, left + width, height):
                    self.written.append((left, left + width, height))
                    sides[index] = side
                    break
        return sides

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
    """Return the trace of the events of one category."""
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
            "text": [style.short if event in sides else "" for event in of_category],
            "textposition": [sides.get(event, "middle right") for event in of_category],
        }
    return trace


def _coordinates(events: Events, of_category: list[int], time_axis: TimeAxis) -> Any:  # noqa: ANN401 - a list or a typed array
    """Return the coordinates of events: ISO dates, or months as a typed array."""
    if time_axis.months:
        return typed_array([events.position[event] / MONTH_DAYS for event in of_category])
    return [events.day[event] for event in of_category]


def _hovertext(events: Events, of_category: list[int], time_axis: TimeAxis) -> list[str]:
    """Return the hover texts, with the day where the axis counts months and plotly does not know it."""
    if not time_axis.months:
        return [events.hover[event] for event in of_category]
    days_in_words: dict[tuple[int, str], str] = {}
    texts = []
    for event in of_category:
        day = (events.history[event], events.day[event])
        if day not in days_in_words:
            days_in_words[day] = time_axis.in_words(*day, events.position[event])
        texts.append(f"{days_in_words[day]}<br>{events.hover[event]}")
    return texts


def _marker(style: CategoryStyle, theme: Theme, *, compact: bool) -> dict[str, Any]:
    """Return plotly's settings for the markers of a category."""
    colour = theme.colour(style)
    whole = style.symbol.removesuffix("-dot")
    shape = whole.removesuffix("-open")
    outlined = shape != whole
    size = (_EVENT_SIZE if style.key else _PAPER_SIZE) * _WEIGHT.get(shape, 1.0) * (0.8 if compact else 1.0)
    size *= 0.86 if outlined and style.key else 1.0
    marker = {"symbol": style.symbol, "color": colour, "size": round(size, 1)}
    return marker | {"line": {"width": 1.7, "color": colour}} if outlined else marker
