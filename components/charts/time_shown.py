"""How much time is shown, and where today stands: on the time axis, or beyond its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from components.charts.axis import TimeAxis, days_since_epoch
from components.charts.events import Events
from components.prosecution import CLOSED_STATUSES

_LEAST: Final = 120
"""The axis shows at least so many days."""
_LEFT, _RIGHT = 0.025, 0.075
"""Margins beside what is shown, as shares of its time; the one on the right is for the last label."""
_FOR_TODAY: Final = 0.1
"""By how much of its length the axis may grow so that today's line stands on it."""
_FOR_DUE: Final = (0.25, 200)
"""By how much of its length, or by how many days if that is more, it may grow so that a due date stands on it."""


@dataclass(frozen=True, slots=True)
class Today:
    """Where today stands for each open file. A file that has ended is in neither mapping."""

    day: date | None = None
    positions: Mapping[int, int] = field(default_factory=dict)
    """Index of an open history → position of today. It is the same for all on the calendar."""
    silent: Mapping[int, int] = field(default_factory=dict)
    """Index of an open history whose today is beyond the axis → days since its last paper."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """What is known of a file that has not ended, as positions on its axis."""

    today: int
    last_paper: int | None
    """That of its last paper by the `histories` table, so that neither filters nor what counts as an event matter."""


def open_files(today: date | None, histories: pd.DataFrame | None, time_axis: TimeAxis) -> dict[int, OpenFile]:
    """Return the open files by index; none if the day or the `histories` table is missing."""
    if today is None or histories is None:
        return {}
    index = {name: number for number, name in enumerate(time_axis.histories)}
    day = days_since_epoch(today.isoformat())
    rows = zip(
        histories["history"].tolist(), histories["status"].astype(str).tolist(), histories["last_document"], strict=True
    )
    found = {}
    for name, status, last in rows:
        if name in index and status not in CLOSED_STATUSES:
            number = index[name]
            paper = None if pd.isna(last) else time_axis.position(number, days_since_epoch(last.date().isoformat()))
            found[number] = OpenFile(time_axis.position(number, day), paper)
    return dict(sorted(found.items()))


def choose_time(
    events: Events,
    *,
    also: Sequence[int],
    due: Sequence[int],
    today: date | None,
    open_: Mapping[int, OpenFile],
) -> tuple[tuple[float, float], Today]:
    """Return first and last position of the time axis, with margins, and where today stands.

    Args:
        events: the events, all of which are shown.
        also: other positions that are shown.
        due: positions of due dates; the axis grows for them by a quarter of its length at most.
        today: the day.
        open_: the open files by index. The axis grows for today by a tenth of its length at most;
            a file whose today lies beyond is silent.
    """
    shown = [*events.position, *also] if len(events) else [0]
    first, last = min(shown), max(shown)
    share, days = _FOR_DUE
    reach = last + max(share * (last - first), days)
    last = max([last, *(min(position, round(reach)) for position in due)])
    reach = first + (1 + _FOR_TODAY) * max(last - first, _LEAST)
    last_events = dict(zip(events.history, events.position, strict=True))  # by history, then date
    positions = {history: file.today for history, file in open_.items() if file.today <= reach and last_events}
    silent = {
        history: file.today - (last_events[history] if file.last_paper is None else file.last_paper)
        for history, file in open_.items()
        if history in last_events and history not in positions
    }
    last = max([last, *positions.values()])
    span = max(last - first, _LEAST)
    return (first - _LEFT * span, last + _RIGHT * span), Today(today, positions, silent)
