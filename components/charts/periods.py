"""The time that an answer was due in, as a strip below its action."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.charts.answers import Round
from components.charts.events import Events
from components.charts.ground import Ground
from components.charts.lanes import BELOW, Plan, days_of
from components.charts.outcomes import OUTCOMES, RANK
from components.charts.typed import typed

_NAME: Final = "Time to answer (computed)"
_TICK: Final = 4.5
"""Half the height of the tick of the statutory end."""


def reach(events: Events, rounds: Sequence[Round]) -> int:
    """Give the last day that an open round needs to be drawn, in days since 1970-01-01; 0: none."""
    open_ = [entry for entry in rounds if entry.outcome == "open" and entry.action in events.places]
    return max((days_of(max(entry.due, entry.last, entry.bar)) for entry in open_ if entry.due), default=0)


def periods_of(
    events: Events, rounds: Sequence[Round], laid: Plan, ground: Ground, *, kind: str
) -> list[dict[str, Any]]:
    """Draw below each action, where a rule is certain, the time that its answer was due in.

    A strip runs until the answer was due and, lighter, until it was due with every extension; a tick is the statutory
    end. One legend entry switches all three.
    """
    period, extension, bar = _Strip([], []), _Strip([], []), _Strip([], [])
    for entry in rounds:
        action = events.places.get(entry.action, -1)
        if action < 0 or not entry.due:
            continue
        height = round(laid.y[action] + BELOW, 1)
        period.add([entry.opened or events.iso[action], entry.due], [height, height])
        if entry.last > entry.due:
            extension.add([entry.due, entry.last], [height, height])
        if entry.bar:
            bar.add([entry.bar, entry.bar], [height - _TICK, height + _TICK])
    if not period.x:
        return []
    named = {"name": _NAME, "showlegend": True, "legendrank": RANK + len(OUTCOMES)}
    drawn = [
        extension.drawn(kind, {"color": ground.extension, "width": 5}),
        period.drawn(kind, {"color": ground.period, "width": 5}) | named,
        bar.drawn(kind, {"color": ground.bar, "width": 1.5}),
    ]
    return [trace for trace in drawn if trace["x"]]


@dataclass(frozen=True, slots=True)
class _Strip:
    """Lines of two points each, with gaps between them."""

    x: list[str | None]
    y: list[float]

    def add(self, days: Sequence[str], heights: Sequence[float]) -> None:
        self.x.extend([*days, None])
        self.y.extend([*heights, math.nan])

    def drawn(self, kind: str, line: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": kind,
            "mode": "lines",
            "name": "",
            "x": self.x,
            "y": typed(self.y),
            "line": line,
            "hoverinfo": "skip",
            "showlegend": False,
            "legendgroup": "periods",
        }
