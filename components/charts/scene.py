"""The scene: everything that the layers of the timeline need, computed once from the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from components.charts.axis import Align, Axis, TimeAxis, align_histories
from components.charts.category_words import CategoryWords, words_of_categories
from components.charts.drawn_rounds import DrawnRound, last_due, read_rounds
from components.charts.events import Events, find_events, not_drawn_note
from components.charts.file_groups import DrawnGroup, FileGroup, drawn_groups, room_for_names
from components.charts.geometry import Geometry, arrange_lanes
from components.charts.text import escape_plotly
from components.charts.theme import DARK, LIGHT, Theme
from components.charts.time_shown import Today, choose_time, open_files

Trace = dict[str, Any]
"""One of plotly's traces, as a plain dict."""
Shape = dict[str, Any]
"""One of the shapes of plotly's layout."""
Annotation = dict[str, Any]
"""One of the annotations of plotly's layout."""

MAX_SVG_MARKERS: Final = 2_000
"""With more markers than this the figure is drawn with WebGL, which stays quick, and without labels."""


class DrawnTurn(NamedTuple):
    """A span of time in which one side had to act."""

    history: int
    """Index of the history, from top to bottom."""
    first: int
    """Position of its first day on the time axis."""
    last: int
    """Position of the day after its last day."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn, where, and in which colours. Every layer is a function of a scene."""

    titles: Sequence[str]
    """The title of each history that is drawn, escaped."""
    groups: Sequence[DrawnGroup]
    """The groups that are drawn, from top to bottom; none if no file is in one."""
    events: Events
    rounds: Sequence[DrawnRound]
    turns: Mapping[str, Sequence[DrawnTurn]]
    """Side (`office`, `applicant`) → its turns, by history and date."""
    today: Today
    axis: TimeAxis
    geometry: Geometry
    theme: Theme
    words: CategoryWords
    trace_type: Literal["scatter", "scattergl"]
    """Plotly's type of the traces: SVG or WebGL."""
    footnote: str
    """A note on what is not drawn, escaped; empty if everything is."""


def build_scene(
    documents: pd.DataFrame,
    *,
    order: Sequence[str],
    titles: Mapping[str, str],
    dark: bool,
    all_documents: bool,
    rounds: pd.DataFrame | None,
    turns: pd.DataFrame | None,
    histories: pd.DataFrame | None,
    today: date | None,
    axis: Axis,
    align: Align,
    groups: Sequence[FileGroup],
    grounds: Mapping[str, str] | None,
) -> Scene:
    """Return the scene of a timeline; the arguments are those of `timeline`."""
    time_axis = align_histories(
        list(dict.fromkeys(order)), histories=histories, documents=documents, axis=axis, align=align
    )
    drawn_rounds = read_rounds(rounds, time_axis.histories)
    events = find_events(
        documents, titles=titles, rounds=drawn_rounds, all_documents=all_documents, time_axis=time_axis,
        grounds=grounds,
    )  # fmt: skip
    shown, today_drawn = choose_time(
        events,
        also=[0] if time_axis.months else [],
        due=last_due(drawn_rounds, events.event_of, time_axis),
        today=today,
        open_=open_files(today, histories, time_axis),
    )
    grouped = drawn_groups(groups, time_axis.histories)
    drawn_titles = [_title(name, titles) for name in time_axis.histories]
    words = words_of_categories(histories, time_axis.histories)
    return Scene(
        titles=drawn_titles,
        groups=grouped,
        events=events,
        rounds=drawn_rounds,
        turns=_read_turns(turns, time_axis),
        today=today_drawn,
        axis=time_axis,
        geometry=arrange_lanes(
            events,
            titles=drawn_titles,
            shown=shown,
            turns=turns is not None and not turns.empty,
            room=room_for_names(grouped),
            lane_names=words.lanes,
        ),
        theme=DARK if dark else LIGHT,
        words=words,
        trace_type="scattergl" if len(events) > MAX_SVG_MARKERS else "scatter",
        footnote=" · ".join(
            filter(
                None,
                [not_drawn_note(events), time_axis.missing_note([_title(name, titles) for name in time_axis.missing])],
            )
        ),
    )


def _title(history: str, titles: Mapping[str, str]) -> str:
    """Return the title of a history, or else its key, escaped."""
    return escape_plotly(titles.get(history, history), max_length=44)


def _read_turns(turns: pd.DataFrame | None, time_axis: TimeAxis) -> dict[str, list[DrawnTurn]]:
    """Return the turns of the histories that are drawn, by side; turns that last no day are left out."""
    turns_of: dict[str, list[DrawnTurn]] = {"office": [], "applicant": []}
    if turns is None:
        return turns_of
    index = {name: number for number, name in enumerate(time_axis.histories)}
    days = [turns[name].to_numpy().astype("datetime64[D]").astype(np.int64).tolist() for name in ("first", "last")]
    rows = zip(turns["history"].tolist(), turns["side"].astype(str).tolist(), *days, strict=True)
    for name, side, first, last in rows:
        if name in index and side in turns_of and first < last:
            history = index[name]
            turns_of[side].append(
                DrawnTurn(history, time_axis.position(history, first), time_axis.position(history, last))
            )
    return {side: sorted(spans) for side, spans in turns_of.items()}
