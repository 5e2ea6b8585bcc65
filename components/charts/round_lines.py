"""The layers of rounds: a line from each action to its answer, and a strip for the time in which it was due.

All lines of one outcome are one trace: a legend entry switches them on and off together, and the figure stays small.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.charts.axis import days_since_epoch, typed_array
from components.charts.drawn_rounds import DrawnRound
from components.charts.geometry import ONE
from components.charts.scene import Scene, Trace
from components.charts.theme import FIRST_RANK, OUTCOMES, OutcomeStyle
from components.prosecution import USUAL, is_usual

_Numbers = NDArray[np.float64]
_Points = Sequence[tuple[float, float]]

_PERIODS: Final = "Time to answer (computed)"
_USUAL_PERIODS: Final = f"Time to answer ({USUAL})"
_TICK: Final = 3.5
"""Half the height of the tick at the statutory bar date, in pixels."""
_GAP: Final = (np.nan, np.nan)
"""The point between two lines of one trace, which keeps plotly from joining them."""
_STEPS: Final = np.array([0, 0.05, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.95, 1])
_EASED: Final = _STEPS**2 * (3 - 2 * _STEPS) + 0.9 * _STEPS * (1 - _STEPS) ** 2
"""A gentle S: it leaves its action downwards, past the label on the right, and arrives horizontally."""
_STRAIGHT: Final = np.array([0.0, 1.0])
_STUB_LENGTH: Final = 26.0
"""Length of the line of an unanswered action whose end is unknown, in pixels."""
_SAME_HEIGHT: Final = 6.0
"""Two markers whose heights differ by less are joined by an arc below them, clear of the markers between them."""


@dataclass(frozen=True, slots=True)
class LineEnds:
    """What the lines of one outcome connect."""

    answered: list[tuple[int, int]]
    """(event of the action, event of the answer)."""
    unanswered: list[tuple[int, DrawnRound]]
    """(event of the action, round) where there is no answer."""


def answer_lines(scene: Scene) -> list[Trace]:
    """Return a line from each action to its answer, or to the day on which it ended without one.

    Returns:
        A trace for each outcome that occurs, in the order of the legend. They must come before those of the markers.
    """
    markers = np.array([scene.events.position, scene.geometry.y], dtype=float)
    traces = []
    for index, (outcome, ends) in enumerate(sort_by_outcome(scene.rounds, scene.events.event_of).items()):
        if not ends.answered and not ends.unanswered:
            continue
        actions, answers = np.array(ends.answered, dtype=np.int64).reshape(-1, 2).T
        answered = with_gaps(*curves(markers[:, actions], markers[:, answers], straight=scene.geometry.compact))
        stubs = [
            point for action, drawn_round in ends.unanswered for point in (*_stub(scene, action, drawn_round), _GAP)
        ]
        points = np.concatenate([answered, np.array(stubs, dtype=float).reshape(-1, 2).T], axis=1)
        traces.append(_line_trace(scene, _in_words(scene, outcome), points, rank=FIRST_RANK + index))
    return traces


def _in_words(scene: Scene, outcome: str) -> OutcomeStyle:
    """Return the style of an outcome; an undone one with the name that all offices of the files share for it."""
    words = {row.outcome_words for row in scene.rounds if row.outcome == outcome == "revived"} - {""}
    name = words.pop().capitalize() if len(words) == 1 else OUTCOMES[outcome].name
    return replace(OUTCOMES[outcome], name=name)


def sort_by_outcome(rounds: Sequence[DrawnRound], event_of: Mapping[str, int]) -> dict[str, LineEnds]:
    """Return what to connect for each outcome, in the order of the legend.

    A round without an outcome counts as answered if it has an answer, else as open. A round is left out if its action
    or its answer is not drawn, or if both are in the same event.

    Args:
        rounds: the rounds.
        event_of: document (`<history>|<document id>`) → index of its event.
    """
    ends = {outcome: LineEnds([], []) for outcome in OUTCOMES}
    for drawn_round in rounds:
        action, answer = event_of.get(drawn_round.action), event_of.get(drawn_round.answer)
        outcome = (
            drawn_round.outcome if drawn_round.outcome in OUTCOMES else ("answered" if drawn_round.answer else "open")
        )
        if action is None:
            continue
        if not drawn_round.answer:
            ends[outcome].unanswered.append((action, drawn_round))
        elif answer is not None and answer != action:
            ends[outcome].answered.append((action, answer))
    return ends


def curves(start: _Numbers, end: _Numbers, *, straight: bool) -> tuple[_Numbers, _Numbers]:
    """Return lines between pairs of markers.

    Args:
        start: where the lines begin; shape (2, lines): positions on the time axis, and heights in pixels.
        end: where they end; the same shape.
        straight: whether the lines are straight, or else curved as a gentle S.

    Returns:
        Positions and heights of the points, each of shape (lines, points of a line).
    """
    steps, eased = (_STRAIGHT, _STRAIGHT) if straight else (_STEPS, _EASED)
    (x, y), (way, fall) = start[:, :, None], (end - start)[:, :, None]
    heights = y + fall * eased
    if not straight:
        heights += np.where(np.abs(fall) < _SAME_HEIGHT, 4 * ONE.below * steps * (1 - steps), 0)
    return x + way * steps, heights


def stub(start: float, end: float, top: float, *, low: float, pixel: float, ended: bool) -> _Points:
    """Return the line of an unanswered action: down to the strip below its marker, and along the strip to its end.

    A round that has ended is closed by a small upright bar; an open one is not.

    Args:
        start: position of the action on the time axis.
        end: position at which the round ended or will end; if that is not after `start`, the line has a fixed length.
        top: height of the action's marker, in pixels.
        low: height of the strip, in pixels.
        pixel: days on the time axis that are one pixel wide.
        ended: whether the round has ended.

    Returns:
        (position, height) of six points.
    """
    end = end if end > start else start + _STUB_LENGTH * pixel
    bend = start + min(9 * pixel, (end - start) / 2)
    bar = 3 if ended else 0
    down = (start + 0.3 * (bend - start), top + 0.75 * (low - top))
    return [(start, top), down, (bend, low), (end, low), (end, low - bar), (end, low + bar)]


def with_gaps(x: _Numbers, y: _Numbers) -> _Numbers:
    """Return all lines in one array of shape (2, points): positions and heights, with a NaN after each line."""
    points = np.full((2, len(x), x.shape[1] + 1), np.nan)
    points[:, :, :-1] = x, y
    return points.reshape(2, -1)


def period_strips(scene: Scene) -> list[Trace]:
    """Return a strip below each action for the time in which its answer was due, where a period is computed.

    The strip runs to the due date and, thinner, to the last date with all extensions; a tick marks the statutory bar
    date. All three are switched by one legend entry. A period that is only usual, because the paper names its own, has
    a thin strip and an entry of its own. The compact form has no room for them.
    """
    if scene.geometry.compact:
        return []
    periods, usual, extensions, bars = [], [], [], []
    for drawn_round, opened, height in _with_period(scene):
        start, due, last, bar = (
            scene.axis.position(drawn_round.history, days_since_epoch(day)) if day else 0
            for day in (opened, drawn_round.due, drawn_round.last, drawn_round.bar)
        )
        strip = [(start, height), (due, height), _GAP]
        if is_usual(drawn_round.authority):
            usual += strip
        else:
            periods += strip
        if drawn_round.last > drawn_round.due:
            extensions += [(due, height), (last, height), _GAP]
        if drawn_round.bar:
            bars += [(bar, height - _TICK), (bar, height + _TICK), _GAP]
    named = {"name": _PERIODS, "showlegend": True, "legendrank": FIRST_RANK + len(OUTCOMES)}
    as_usual = named | {"name": _USUAL_PERIODS, "legendgroup": _USUAL_PERIODS}
    drawn = [(extensions, 2, {}), (periods, 4, named), (usual, 2, as_usual), (bars, 1.5, {})]
    return [_strip_trace(scene, points, width) | more for points, width, more in drawn if points]


def _with_period(scene: Scene) -> Iterator[tuple[DrawnRound, str, float]]:
    """Yield (round, ISO date of its start, height of its strip) where a period is computed and the action is drawn."""
    for drawn_round in scene.rounds:
        action = scene.events.event_of.get(drawn_round.action)
        if action is not None and drawn_round.due:
            yield (
                drawn_round,
                drawn_round.opened or scene.events.day[action],
                round(scene.geometry.y[action] + ONE.below, 1),
            )


def _stub(scene: Scene, action: int, drawn_round: DrawnRound) -> _Points:
    """Return the line of an unanswered action; in the compact form only the part along the strip."""
    geometry, start, top = scene.geometry, float(scene.events.position[action]), scene.geometry.y[action]
    until = drawn_round.ended or drawn_round.last or drawn_round.due
    end = float(scene.axis.position(drawn_round.history, days_since_epoch(until))) if until else start
    pixel = geometry.pixel
    low = top + geometry.sizes.below
    if geometry.compact:
        return [(start, low), (end if end > start else start + _STUB_LENGTH * pixel, low)]
    return stub(start, end, top, low=low, pixel=pixel, ended=bool(drawn_round.ended))


def _line_trace(scene: Scene, line: OutcomeStyle, points: _Numbers, *, rank: int) -> Trace:
    """Return the trace of the lines of one outcome."""
    return {
        "type": scene.trace_type,
        "mode": "lines",
        "name": line.name,
        "x": scene.axis.coordinates(points[0]),
        "y": typed_array(points[1]),
        "line": {
            "color": scene.theme.colour(line),
            "dash": line.dash if scene.trace_type == "scatter" else line.webgl_dash,
            "width": round(line.width * (0.7 if scene.geometry.compact else 1.0), 1),
        },
        "hoverinfo": "skip",
        "legendrank": rank,
    }


def _strip_trace(scene: Scene, points: _Points, width: float) -> Trace:
    """Return the trace of strips or ticks, without a legend entry of its own."""
    x, y = np.array(points, dtype=float).T
    return {
        "type": scene.trace_type,
        "mode": "lines",
        "name": "",
        "x": scene.axis.coordinates(x),
        "y": typed_array(y),
        "line": {"color": scene.theme.period, "width": width},
        "hoverinfo": "skip",
        "showlegend": False,
        "legendgroup": "periods",
    }
