"""Annotations: titles, sides, the labels of today and of position 0, and notes on what is not drawn."""

from typing import Any, Final

from components import words
from components.charts.layout import SILENT_HEAD, SMALL, PlotFrame
from components.charts.scene import Annotation, Scene
from components.charts.text import text_width

_PAPER: Final = {"xref": "paper", "yref": "paper", "showarrow": False}
_SIDE_SIZE: Final = 10
"""Size of the names of the sides, in pixels."""


def headings(scene: Scene) -> list[Annotation]:
    """Return the title of each history, above its lanes."""
    return [
        {
            "text": f"<b>{scene.titles[history]}</b>",
            "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": round(height, 1), "yanchor": "middle",
            "showarrow": False, "font": {"size": 13, "color": scene.theme.text},
        }
        for history, height in scene.geometry.headings.items()
    ]  # fmt: skip


def side_names(scene: Scene) -> list[Annotation]:
    """Return the words OFFICE and APPLICANT along the right edge of each history's lanes, where there is room."""
    if scene.geometry.compact:
        return []
    edges: dict[tuple[int, bool], tuple[float, float]] = {}
    for lane in scene.geometry.lanes:
        top, _ = edges.get((lane.history, lane.by_office), (lane.top, 0.0))
        edges[lane.history, lane.by_office] = (top, lane.end)
    return [
        {
            "text": "OFFICE" if by_office else "APPLICANT",
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": 5, "textangle": 90, "showarrow": False,
            "yref": "y", "y": round((top + end) / 2, 1), "yanchor": "middle",
            "font": {"size": _SIDE_SIZE, "color": scene.theme.muted},
        }
        for (_, by_office), (top, end) in edges.items()
        if end - top >= text_width("APPLICANT", _SIDE_SIZE) + 4
    ]  # fmt: skip


def turns_name(scene: Scene) -> list[Annotation]:
    """Return the name of the bars of turns, on the left of each; the compact form has it in the legend."""
    if scene.geometry.compact or not any(scene.turns.values()):
        return []
    drawn = {turn.history for turns in scene.turns.values() for turn in turns}
    return [
        {
            "text": "Whose turn", "xref": "paper", "x": 0, "xanchor": "right", "xshift": -4, "showarrow": False,
            "yref": "y", "y": scene.geometry.middles[history], "yanchor": "middle",
            "font": {"size": _SIDE_SIZE, "color": scene.theme.muted},
        }
        for history in sorted(drawn)
    ]  # fmt: skip


def today_labels(scene: Scene) -> list[Annotation]:
    """Return the label of today's line, and for how long the files have been silent whose line is beyond the axis."""
    return [*_label_of_line(scene), *_labels_of_silence(scene)]


def _label_of_line(scene: Scene) -> list[Annotation]:
    """Return the label of today's line: above the first open file, in the compact form above the plot.

    On the compact axis of months each open file has a line of its own, so that the label stands beside the first.
    """
    if not scene.today.positions:
        return []
    history, position = next(iter(scene.today.positions.items()))
    text = f"Today, {words.day(scene.today.day)}"
    on_left = scene.geometry.pixels(position) < text_width(text, SMALL)
    beside = scene.geometry.compact and scene.axis.months
    return [
        {
            "text": text, "x": scene.axis.coordinate(position), "showarrow": False, "font": _small(scene),
            "xanchor": "left" if on_left else "right", "xshift": -4 if on_left else 4,
        }
        | (_beside_line(scene, history) if beside else _above_lanes(scene, history))
    ]  # fmt: skip


def _beside_line(scene: Scene, history: int) -> dict[str, Any]:
    """Return where a line of text stands at the height of a history, off what is drawn of its turns."""
    return {"yref": "y", "y": round(scene.geometry.middles[history], 1), "yanchor": "bottom", "yshift": 1}


def _labels_of_silence(scene: Scene) -> list[Annotation]:
    """Return how long each silent file has had no paper, at the right edge above its lanes.

    In the compact form the times stand in the margin beside the files, under one heading.
    """
    silent, frame = scene.today.silent, PlotFrame.of(scene)
    edge = {"xref": "paper", "x": 1, "showarrow": False, "font": _small(scene)}
    if not scene.geometry.compact:
        return [
            edge | {"text": f"{SILENT_HEAD} {_roughly(days)}", "xanchor": "right"} | _above_lanes(scene, history)
            for history, days in silent.items()
        ]
    beside = edge | {"xanchor": "left", "xshift": 3}
    head = {"text": SILENT_HEAD, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": frame.label_shift}
    times = [
        beside | {"text": _roughly(days), "yref": "y", "y": scene.geometry.middles[history], "yanchor": "middle"}
        for history, days in silent.items()
    ]
    return [beside | head, *times] if times else []


def _above_lanes(scene: Scene, history: int) -> dict[str, Any]:
    """Return where a line of text stands above the lanes of a history."""
    if history in scene.geometry.headings:
        return {"yref": "y", "y": round(scene.geometry.headings[history], 1), "yanchor": "middle"}
    return {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": PlotFrame.of(scene).label_shift}


def _small(scene: Scene) -> dict[str, Any]:
    return {"size": SMALL, "color": scene.theme.text}


def zero_label(scene: Scene) -> list[Annotation]:
    """Return the name of the line at position 0, above the plot; the calendar has none."""
    if not scene.axis.months:
        return []
    text: dict[str, Any] = {"text": scene.axis.zero_name, "font": _small(scene)}
    shift = PlotFrame.of(scene).label_shift
    return [_PAPER | text | {"xref": "x", "x": 0, "y": 1, "yanchor": "bottom", "yshift": shift}]


def footnote(scene: Scene) -> list[Annotation]:
    """Return the note below the plot on what is not drawn."""
    if not scene.footnote:
        return []
    text = {"text": scene.footnote, "font": {"size": 12, "color": scene.theme.muted}, "align": "left"}
    shift = PlotFrame.of(scene).note_shift
    return [_PAPER | text | {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "yshift": -shift}]


def nothing_note(scene: Scene) -> list[Annotation]:
    """Return a note in the middle of the plot if there is no event."""
    if len(scene.events):
        return []
    text = {"text": "No dated events to draw", "font": {"size": 13, "color": scene.theme.muted}}
    return [_PAPER | text | {"x": 0.5, "y": 0.5}]


def _roughly(days: int) -> str:
    """Return a number of days in words, rounded to months or tenths of a year."""
    months = days / words.MONTH_DAYS
    if months < 1:
        return f"{days} days"
    return f"{months / 12:.1f} years" if months >= 23.5 else f"{months:.0f} months"
