"""The scene: everything that the layers of the timeline draw, found and laid out once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from components.charts.axis import Align, Axis, Clock, aligned, days_of
from components.charts.events import Events, events_of, not_drawn
from components.charts.geometry import Plan, plan
from components.charts.rounds import Round, last_due, rounds_of
from components.charts.text import plain
from components.charts.theme import DARK, LIGHT, Ground
from components.prosecution import CLOSED_STATUSES

Trace = dict[str, Any]
Shape = dict[str, Any]
Annotation = dict[str, Any]

MOST_SVG: Final = 2_000
"""Above this many markers they are drawn with WebGL, which stays quick; labels are then left out."""


class Turn(NamedTuple):
    """A span of time in which one side had to act."""

    history: int
    first: int
    last: int
    """The first day and the day after the last, as places in time."""


@dataclass(frozen=True, slots=True)
class Today:
    """Where today is in the time of each open file."""

    day: date | None
    places: Mapping[int, int]
    """Open history → place in time."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be drawn, where, and in which colours. Every layer is a function of a scene."""

    titles: Sequence[str]
    """What each history is called, safe to show."""
    events: Events
    rounds: Sequence[Round]
    turns: Mapping[str, Sequence[Turn]]
    """Side (`office`, `applicant`) → its turns, by history and day."""
    today: Today
    axis: Clock
    geometry: Plan
    theme: Ground
    trace_type: Literal["scatter", "scattergl"]
    footnote: str
    """What is not in the picture, safe to show; empty where all is."""


def scene_of(
    documents: pd.DataFrame,
    *,
    order: Sequence[str],
    titles: Mapping[str, str],
    dark: bool,
    marked: Collection[str],
    all_documents: bool,
    rounds: pd.DataFrame | None,
    turns: pd.DataFrame | None,
    histories: pd.DataFrame | None,
    today: date | None,
    axis: Axis,
    align: Align,
) -> Scene:
    """Find what a timeline shows and lay it out; the arguments are those of `timeline`."""
    clock = aligned(list(dict.fromkeys(order)), histories=histories, documents=documents, axis=axis, align=align)
    drawn_rounds = rounds_of(rounds, clock.histories)
    events = events_of(
        documents, titles=titles, marked=marked, rounds=drawn_rounds, all_documents=all_documents, clock=clock
    )
    now = _today(today, histories, clock)
    zero = [0] if clock.months else []
    return Scene(
        titles=[_title(name, titles) for name in clock.histories],
        events=events,
        rounds=drawn_rounds,
        turns=_turns(turns, clock),
        today=now,
        axis=clock,
        geometry=plan(
            events,
            histories=len(clock.histories),
            reaching=[*last_due(drawn_rounds, events.places, clock), *now.places.values(), *zero],
            turns=turns is not None and not turns.empty,
            above=bool(now.places),
        ),
        theme=DARK if dark else LIGHT,
        trace_type="scattergl" if len(events) > MOST_SVG else "scatter",
        footnote=" · ".join(
            filter(None, [not_drawn(events), clock.note([_title(name, titles) for name in clock.missing])])
        ),
    )


def _title(history: str, titles: Mapping[str, str]) -> str:
    return plain(titles.get(history, history), longest=44)


def _today(today: date | None, histories: pd.DataFrame | None, clock: Clock) -> Today:
    """Find the open files and where today is in the time of each; none unless both day and files are known."""
    if today is None or histories is None:
        return Today(None, {})
    statuses = zip(histories["history"].tolist(), histories["status"].astype(str).tolist(), strict=True)
    open_files = {name for name, status in statuses if status not in CLOSED_STATUSES}
    day = days_of(today.isoformat())
    return Today(
        today, {place: clock.place(place, day) for place, name in enumerate(clock.histories) if name in open_files}
    )


def _turns(turns: pd.DataFrame | None, clock: Clock) -> dict[str, list[Turn]]:
    """Read the turns of the histories drawn; one of no day is left out."""
    found: dict[str, list[Turn]] = {"office": [], "applicant": []}
    if turns is None:
        return found
    places = {name: place for place, name in enumerate(clock.histories)}
    days = [turns[name].to_numpy().astype("datetime64[D]").astype(np.int64).tolist() for name in ("first", "last")]
    rows = zip(turns["history"].tolist(), turns["side"].astype(str).tolist(), *days, strict=True)
    for name, side, first, last in rows:
        if name in places and side in found and first < last:
            history = places[name]
            found[side].append(Turn(history, clock.place(history, first), clock.place(history, last)))
    return {side: sorted(spans) for side, spans in found.items()}
