"""What joins actions and answers: a line from each action to its answer, or to where it ended without one.

All lines of one outcome are one trace, so that a legend entry switches them and the figure stays small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from components.charts.answers import Round
from components.charts.clock import Clock, days_of
from components.charts.events import Events
from components.charts.lanes import BELOW, BELOW_COMPACT, WIDTH, Plan
from components.charts.outcomes import OUTCOMES, RANK
from components.charts.typed import typed

_Numbers = NDArray[np.float64]
_STEPS: Final = np.array([0, 0.05, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.95, 1])
_EASED: Final = _STEPS**2 * (3 - 2 * _STEPS) + 0.9 * _STEPS * (1 - _STEPS) ** 2
"""A gentle S between two lanes. It leaves downhill, past the label on the right of its action, and arrives level."""
_STRAIGHT: Final = np.array([0.0, 1.0])
_STUB: Final = 26.0
"""Pixels that the line of an unanswered action is long where nothing says what ended it."""
_LEVEL: Final = 6.0
"""Two markers nearer in height than this are joined by an arc below them rather than through what stands between."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of equally many points, one after another."""

    width: int
    places: _Numbers
    y: _Numbers

    def take(self, first: int, end: int) -> tuple[_Numbers, _Numbers]:
        """Give the points of some of the lines."""
        part = slice(first * self.width, end * self.width)
        return self.places[part], self.y[part]


def links_of(
    events: Events, rounds: Sequence[Round], laid: Plan, clock: Clock, *, dark: bool, kind: str
) -> list[dict[str, Any]]:
    """Draw a line from each action to its answer, or to the day on which it was clear that there would be none.

    Args:
        events: the events drawn; a round whose action or answer is not among them is left out.
        rounds: the rounds.
        laid: where the events stand.
        clock: the axis of time.
        dark: for a dark ground.
        kind: the type of plotly's traces.

    Returns:
        A trace for each outcome, in the order of the legend, to stand behind the markers.
    """
    links: dict[str, list[tuple[int, int]]] = {outcome: [] for outcome in OUTCOMES}
    stubs: dict[str, list[tuple[int, Round]]] = {outcome: [] for outcome in OUTCOMES}
    for entry in rounds:
        action, answer = events.places.get(entry.action, -1), events.places.get(entry.answer, -1)
        outcome = entry.outcome if entry.outcome in OUTCOMES else ("answered" if entry.answer else "open")
        if action >= 0 and not entry.answer:
            stubs[outcome].append((action, entry))
        elif action >= 0 and answer >= 0 and action != answer:
            links[outcome].append((action, answer))
    answered = _links(events, laid, [pair for pairs in links.values() for pair in pairs])
    unanswered = _stubs(events, laid, clock, [entry for entries in stubs.values() for entry in entries])
    found, link, stub = [], 0, 0
    for place, (outcome, line) in enumerate(OUTCOMES.items()):
        ends = link + len(links[outcome]), stub + len(stubs[outcome])
        (x, y), (x_of_stubs, y_of_stubs) = answered.take(link, ends[0]), unanswered.take(stub, ends[1])
        link, stub = ends
        if not len(x) and not len(x_of_stubs):
            continue
        found.append(
            {
                "type": kind,
                "mode": "lines",
                "name": line.name,
                "x": clock.line(np.concatenate([x, x_of_stubs])),
                "y": typed(np.concatenate([y, y_of_stubs])),
                "line": {
                    "color": line.dark if dark else line.light,
                    "dash": line.dash if kind == "scatter" else line.plain_dash,
                    "width": round(line.width * (0.7 if laid.compact else 1.0), 1),
                },
                "hoverinfo": "skip",
                "legendrank": RANK + place,
            }
        )
    return found


def _links(events: Events, laid: Plan, pairs: Sequence[tuple[int, int]]) -> _Lines:
    """Go from each action to its answer: straight in the compact form, else in a gentle S. A row is a line."""
    actions, answers = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    place, y = np.array(events.place, dtype=float), np.array(laid.y, dtype=float)
    steps, eased = (_STRAIGHT, _STRAIGHT) if laid.compact else (_STEPS, _EASED)
    start, fall = place[actions, None], (y[answers] - y[actions])[:, None]
    heights = y[actions, None] + fall * eased
    if not laid.compact:
        heights += np.where(np.abs(fall) < _LEVEL, 4 * BELOW * steps * (1 - steps), 0)
    return _lines(start + (place[answers, None] - start) * steps, heights)


def _stubs(events: Events, laid: Plan, clock: Clock, actions: Sequence[tuple[int, Round]]) -> _Lines:
    """Go from each action down to the strip below it, and along that until the matter ended or will end.

    What has ended ends in a little bar; what is open ends openly.
    """
    pixel = (laid.end - laid.start) / WIDTH
    days, heights = [], []
    for action, entry in actions:
        start, top = float(events.place[action]), laid.y[action]
        until = entry.ended or entry.last or entry.due
        end = float(clock.place(entry.history, days_of(until))) if until else start
        end = end if end > start else start + _STUB * pixel
        low = top + (BELOW_COMPACT if laid.compact else BELOW)
        turn = start if laid.compact else start + min(9 * pixel, (end - start) / 2)
        bar = 0 if laid.compact or not entry.ended else 3
        days.append([start, start + 0.3 * (turn - start), turn, end, end, end])
        heights.append([low if laid.compact else top, top + 0.75 * (low - top), low, low, low - bar, low + bar])
    if laid.compact:
        days, heights = [[line[2], line[3]] for line in days], [[line[2], line[3]] for line in heights]
    width = 2 if laid.compact else 6
    return _lines(np.array(days, dtype=float).reshape(-1, width), np.array(heights, dtype=float).reshape(-1, width))


def _lines(days: _Numbers, heights: _Numbers) -> _Lines:
    """End each line with a gap, which parts it from the next."""
    gaps = np.full((len(days), 1), np.nan)
    return _Lines(
        width=days.shape[1] + 1,
        places=np.concatenate([days, gaps], axis=1).ravel(),
        y=np.concatenate([heights, gaps], axis=1).ravel(),
    )
