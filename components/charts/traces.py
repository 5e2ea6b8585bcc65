"""Markers and their labels: one trace for each category, and rings round what is marked."""

from typing import Any, Final

from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import Plan, labels
from components.charts.style import Style, styles
from components.charts.typed import typed

MOST_SVG: Final = 2_000
"""Above this many markers they are drawn with WebGL, which stays quick; labels are then left out."""

DAY: Final = "%-d %b %Y"
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


def kind_of(events: Events) -> str:
    """Give the type of plotly's traces that so many events are drawn with."""
    return "scattergl" if len(events) > MOST_SVG else "scatter"


def template_of(ground: Ground, *, kind: str) -> dict[str, Any]:
    """Give what all traces have in common, so that it is said and checked once."""
    common = {
        "type": kind,
        "mode": "markers",
        "marker": {"line": {"width": 1, "color": ground.halo}},
        "textfont": {"size": 11, "color": ground.muted},
        "unselected": {"marker": {"opacity": 0.45}, "textfont": {"color": ground.muted}},
    }
    return {"data": {kind: [common]}}


def traces_of(events: Events, laid: Plan, ground: Ground, *, dark: bool) -> list[dict[str, Any]]:
    """Draw the events: a trace for each category in legend order, and one of rings last."""
    kind = kind_of(events)
    sides = labels(events, laid) if kind == "scatter" else {}
    members: dict[int, list[int]] = {}
    for event, category in enumerate(events.category):
        members.setdefault(category, []).append(event)
    traces = []
    for category in sorted(members):
        style, chosen = styles()[category], members[category]
        trace = _markers(kind, events, laid, chosen) | {
            "name": style.label,
            "marker": _marker(style, dark=dark, compact=laid.compact),
            "hovertext": [events.hover[event] for event in chosen],
            "hovertemplate": f"<b>{style.label}</b> · %{{x|{DAY}}}<br>%{{hovertext}}<extra></extra>",
            "customdata": [events.lead[event] for event in chosen],
        }
        if any(event in sides for event in chosen):
            trace |= {
                "mode": "markers+text",
                "text": [_label(style, events, event) if event in sides else "" for event in chosen],
                "textposition": [sides.get(event, "middle right") for event in chosen],
            }
        traces.append(trace)
    rings = [event for event, marked in enumerate(events.marked) if marked]
    if rings:
        ring = {
            "symbol": "circle-open",
            "color": ground.ring,
            "size": 18 if laid.compact else 23,
            "line": {"width": 2.4, "color": ground.ring},
        }
        traces.append(
            _markers(kind, events, laid, rings)
            | {"name": "Marked", "marker": ring, "hoverinfo": "skip", "showlegend": False}
        )
    return traces


def _markers(kind: str, events: Events, laid: Plan, chosen: list[int]) -> dict[str, Any]:
    return {
        "type": kind,
        "x": [events.iso[event] for event in chosen],
        "y": typed([laid.y[event] for event in chosen]),
    }


def _marker(style: Style, *, dark: bool, compact: bool) -> dict[str, Any]:
    colour = style.dark if dark else style.light
    shape = style.symbol.removesuffix("-open")
    outlined = shape != style.symbol
    size = (_EVENT_SIZE if style.key else _PAPER_SIZE) * _WEIGHT.get(shape, 1.0) * (0.8 if compact else 1.0)
    size *= 0.86 if outlined and style.key else 1.0
    marker = {"symbol": style.symbol, "color": colour, "size": round(size, 1)}
    return marker | {"line": {"width": 1.7, "color": colour}} if outlined else marker


def _label(style: Style, events: Events, event: int) -> str:
    """Give the label beside a marker, moved outward where a ring stands."""
    return f"\u2002{style.short}\u2002" if events.marked[event] else style.short
