"""The time that an answer was due in, as a strip below its action."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from components.charts.answers import Round
from components.charts.clock import Clock, days_of
from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import BELOW, Plan
from components.charts.outcomes import OUTCOMES, RANK
from components.charts.typed import typed

_NAME: Final = "Time to answer (computed)"
_TICK: Final = 4.5
"""Half the height of the tick of the statutory end."""


def reach(events: Events, rounds: Sequence[Round], clock: Clock) -> list[int]:
    """Give the last place in time that an open round needs to be drawn; none without an open round."""
    ends = [
        clock.place(entry.history, days_of(max(entry.due, entry.last, entry.bar)))
        for entry in rounds
        if entry.outcome == "open" and entry.due and entry.action in events.places
    ]
    return [max(ends)] if ends else []


def periods_of(
    events: Events, rounds: Sequence[Round], laid: Plan, ground: Ground, clock: Clock, *, kind: str
) -> list[dict[str, Any]]:
    """Draw below each action, where a rule is certain, the time that its answer was due in.

    A strip runs until the answer was due and, thinner, until it was due with every extension; a tick is the statutory
    end. One legend entry switches all three.
    """
    period, extension, bar = _Strip(clock, [], []), _Strip(clock, [], []), _Strip(clock, [], [])
    for entry in rounds:
        action = events.places.get(entry.action, -1)
        if action < 0 or not entry.due:
            continue
        height = round(laid.y[action] + BELOW, 1)
        period.add(entry.history, [entry.opened or events.iso[action], entry.due], [height, height])
        if entry.last > entry.due:
            extension.add(entry.history, [entry.due, entry.last], [height, height])
        if entry.bar:
            bar.add(entry.history, [entry.bar, entry.bar], [height - _TICK, height + _TICK])
    if not period.places:
        return []
    named = {"name": _NAME, "showlegend": True, "legendrank": RANK + len(OUTCOMES)}
    drawn = [
        extension.drawn(kind, {"color": ground.period, "width": 2}),
        period.drawn(kind, {"color": ground.period, "width": 5}) | named,
        bar.drawn(kind, {"color": ground.period, "width": 1.5}),
    ]
    return [trace for strip, trace in zip((extension, period, bar), drawn, strict=True) if strip.places]


@dataclass(frozen=True, slots=True)
class _Strip:
    """Lines of two points each, with gaps between them."""

    clock: Clock
    places: list[float]
    y: list[float]

    def add(self, history: int, days: Sequence[str], heights: Sequence[float]) -> None:
        self.places.extend([*(self.clock.place(history, days_of(day)) for day in days), np.nan])
        self.y.extend([*heights, np.nan])

    def drawn(self, kind: str, line: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": kind,
            "mode": "lines",
            "name": "",
            "x": self.clock.line(np.array(self.places)),
            "y": typed(self.y),
            "line": line,
            "hoverinfo": "skip",
            "showlegend": False,
            "legendgroup": "periods",
        }
