"""The layer of events: markers with hover texts and labels beside them."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from components.charts.axis import TimeAxis, typed_array
from components.charts.events import Events
from components.charts.labels import Label, label_size, labels_of_events
from components.charts.scene import Scene, Trace
from components.charts.theme import CategoryStyle, Theme, category_styles

_DAY: Final = "%-d %b %Y"
"""Plotly's format of a day in a hover text: 31 Aug 2018, which cannot be misread in any country."""

_NO_LABEL: Final = Label("middle right", "")


def event_markers(scene: Scene) -> list[Trace]:
    """Return the events as markers: a trace for each category, in the order of the legend."""
    members: dict[int, list[int]] = {}
    for event, category in enumerate(scene.events.category):
        members.setdefault(category, []).append(event)
    labels = labels_of_events(scene) if scene.trace_type == "scatter" else {}
    return [_trace(scene, category, members[category], labels) for category in sorted(members)]


def marker_template(scene: Scene) -> dict[str, Any]:
    """Return plotly's template with what all traces of events have in common."""
    muted = scene.theme.muted
    common = {
        "type": scene.trace_type,
        "mode": "markers",
        "marker": {"line": {"width": 1, "color": scene.theme.halo}},
        "textfont": {"size": label_size(compact=scene.geometry.compact), "color": muted},
        "unselected": {"marker": {"opacity": 0.35}, "textfont": {"color": muted}},
    }
    return {"data": {scene.trace_type: [common]}}


def _trace(scene: Scene, category: int, of_category: list[int], labels: Mapping[int, Label]) -> Trace:
    """Return the trace of the events of one category."""
    style, name = category_styles()[category], scene.words.labels[category]
    events, geometry = scene.events, scene.geometry
    when = "" if scene.axis.months else f"%{{x|{_DAY}}}<br>"
    trace = {
        "type": scene.trace_type,
        "name": name,
        "legendgroup": style.name,
        "x": _coordinates(events, of_category, scene.axis),
        "y": typed_array([geometry.y[event] for event in of_category]),
        "marker": _marker(style, scene.theme, compact=geometry.compact),
        "hovertext": _hovertext(events, of_category, scene.axis),
        "hovertemplate": f"<b>{name}</b> · {when}%{{hovertext}}<extra></extra>",
        "customdata": [events.lead[event] for event in of_category],
    }
    if any(event in labels for event in of_category):
        written = [labels.get(event, _NO_LABEL) for event in of_category]
        trace |= {
            "mode": "markers+text",
            "text": [label.text for label in written],
            "textposition": [label.side for label in written],
        }
    return trace


def _coordinates(events: Events, of_category: list[int], time_axis: TimeAxis) -> Any:  # noqa: ANN401 - a list or a typed array
    """Return the coordinates of events: ISO dates, or milliseconds as a typed array."""
    if time_axis.months:
        return time_axis.coordinates(np.array([events.position[event] for event in of_category], dtype=float))
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
    marker = {"symbol": style.symbol, "color": colour, "size": style.size(compact=compact)}
    return marker | {"line": {"width": 1.7, "color": colour}} if style.outlined else marker
