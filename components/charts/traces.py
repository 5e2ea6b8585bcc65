"""Markers and their labels: one trace for each category."""

from typing import Any, Final

from components.charts.clock import Clock
from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.labels import labels
from components.charts.lanes import Plan
from components.charts.style import Style, styles
from components.charts.typed import typed
from components.words import MONTH_DAYS

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


def template_of(ground: Ground, *, kind: str, compact: bool) -> dict[str, Any]:
    """Give what all traces have in common, so that it is said and checked once."""
    common = {
        "type": kind,
        "mode": "markers",
        "marker": {"line": {"width": 1, "color": ground.halo}},
        "textfont": {"size": 10 if compact else 11, "color": ground.muted},
        "unselected": {"marker": {"opacity": 0.35}, "textfont": {"color": ground.muted}},
    }
    return {"data": {kind: [common]}}


def traces_of(events: Events, laid: Plan, clock: Clock, *, dark: bool) -> list[dict[str, Any]]:
    """Draw the events: a trace for each category, in legend order."""
    kind = kind_of(events)
    sides = labels(events, laid) if kind == "scatter" else {}
    members: dict[int, list[int]] = {}
    for event, category in enumerate(events.category):
        members.setdefault(category, []).append(event)
    when = "" if clock.months else f"%{{x|{DAY}}}<br>"
    traces = []
    for category in sorted(members):
        style, chosen = styles()[category], members[category]
        trace = {
            "type": kind,
            "name": style.label,
            "x": _x(events, chosen, clock),
            "y": typed([laid.y[event] for event in chosen]),
            "marker": _marker(style, dark=dark, compact=laid.compact),
            "hovertext": _hovertext(events, chosen, clock),
            "hovertemplate": f"<b>{style.label}</b> · {when}%{{hovertext}}<extra></extra>",
            "customdata": [events.lead[event] for event in chosen],
        }
        if any(event in sides for event in chosen):
            trace |= {
                "mode": "markers+text",
                "text": [_label(style, events, event) if event in sides else "" for event in chosen],
                "textposition": [sides.get(event, "middle right") for event in chosen],
            }
        traces.append(trace)
    return traces


def _x(events: Events, chosen: list[int], clock: Clock) -> Any:  # noqa: ANN401 - a list or a typed array
    if clock.months:
        return typed([events.place[event] / MONTH_DAYS for event in chosen])
    return [events.iso[event] for event in chosen]


def _hovertext(events: Events, chosen: list[int], clock: Clock) -> list[str]:
    """Give what is shown on hover; on the axis of months, which cannot say it, with the day."""
    if not clock.months:
        return [events.hover[event] for event in chosen]
    told: dict[tuple[int, str], str] = {}
    found = []
    for event in chosen:
        day = (events.history[event], events.iso[event])
        if day not in told:
            told[day] = clock.told(*day, events.place[event])
        found.append(f"{told[day]}<br>{events.hover[event]}")
    return found


def _marker(style: Style, *, dark: bool, compact: bool) -> dict[str, Any]:
    colour = style.dark if dark else style.light
    whole = style.symbol.removesuffix("-dot")
    shape = whole.removesuffix("-open")
    outlined = shape != whole
    size = (_EVENT_SIZE if style.key else _PAPER_SIZE) * _WEIGHT.get(shape, 1.0) * (0.8 if compact else 1.0)
    size *= 0.86 if outlined and style.key else 1.0
    marker = {"symbol": style.symbol, "color": colour, "size": round(size, 1)}
    return marker | {"line": {"width": 1.7, "color": colour}} if outlined else marker


def _label(style: Style, events: Events, event: int) -> str:
    """Give the label beside a marker, moved outward where a ring stands."""
    return f"\u2002{style.short}\u2002" if events.marked[event] else style.short
