"""The timeline on the page: its switches, the paper that a click opens and the events that a box selects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd
import plotly.io
import streamlit as st

from components.charts import (
    Align,
    FileGroup,
    event_names,
    event_of_paper,
    plotly_config,
    suited_axis,
    timeline,
    unchecked,
)
from components.histories import PaperRef
from components.prosecution import offices_of
from components.ui.address import AXES
from components.ui.app.browser_scripts import draw_copy_link
from components.ui.review.groups import draw_groups, groups_in_state
from components.ui.review.opened import open_paper
from components.ui.review.reviewed import ReviewedHistories
from components.ui.review.segments import draw_segments_in_popover
from components.ui.review.timeline_strip import draw_timeline_strip
from components.ui.seeded import seeded
from components.ui.state import (
    ALL_DOCUMENTS,
    AXIS,
    FILTER_TIMELINE,
    OPEN_PAPER,
    PICTURE_FORMAT,
    SELECTED_EVENTS,
    SHOW_CALENDAR,
    TIMELINE,
    TIMELINE_FIGURE,
)

_AXIS_LABELS = {"auto": "Automatic", "calendar": "Calendar"}
"""What the axes are called that count from no event."""
# plotly would take orjson, which the client and the store need; figures full of text are slower with it.
plotly.io.json.config.default_engine = "json"


def draw_switches(reviewed: ReviewedHistories) -> None:
    """Draw the switches of the timeline, and the button that copies the address of the page."""
    st.toggle(
        "All documents", key=ALL_DOCUMENTS, persist_state="session", help="Else the key events alone", width="content"
    )
    if st.session_state.get(AXIS) not in AXES:
        st.session_state[AXIS] = AXES[0]
    offices = offices_of(reviewed.tables.histories)
    with st.popover("Timeline", key="timeline_options"):
        axis, follows = seeded(AXIS, AXES[0]), seeded(FILTER_TIMELINE, empty=False)
        st.selectbox(
            "Axis",
            AXES,
            AXES.index(axis.value),
            key=axis.key,
            on_change=axis.keep,
            format_func=lambda name: _axis_in_words(name, offices),
        )
        st.toggle(
            "Filter the timeline too",
            bool(follows.value),
            key=follows.key,
            on_change=follows.keep,
            help="Show on the timeline only what the filters below let pass; else it keeps the whole story",
        )
        draw_segments_in_popover(
            "Picture",
            ("svg", "png"),
            key=PICTURE_FORMAT,
            words=str.upper,
            tip="Format of the picture that the camera above the timeline saves",
        )
    draw_groups(reviewed)
    draw_copy_link()


def _axis_in_words(name: str, offices: frozenset[str]) -> str:
    """Return what an axis is called: "Months since allowance", in Europe "Months since intention to grant"."""
    if name in _AXIS_LABELS:
        return _AXIS_LABELS[name]
    return f"Months since {event_names(cast('Align', name), offices)[1].removeprefix('the ')}"


@dataclass(frozen=True, slots=True)
class TimelineSettings:
    """How the timeline is drawn; kept apart from the switches, for files that are made after a run."""

    all_documents: bool
    axis: str
    today: date
    groups: tuple[FileGroup, ...] = ()
    grounds: tuple[tuple[PaperRef, str], ...] = ()
    """What the actions say that were read inside, in a line each (`InsideOfFiles.grounds`)."""

    @classmethod
    def from_switches(cls, today: date, grounds: Mapping[PaperRef, str]) -> "TimelineSettings":
        """Return what the switches say now.

        Args:
            today: marked on the axis.
            grounds: what the actions say that were read inside.
        """
        state = st.session_state
        axis = state.get(AXIS) or AXES[0]
        return cls(bool(state.get(ALL_DOCUMENTS)), axis, today, groups_in_state(), tuple(grounds.items()))

    def axis_of(self, reviewed: ReviewedHistories) -> str:
        """Return what the axis counts for these histories: what the user has chosen, else what suits them."""
        if self.axis != AXES[0]:
            return self.axis
        return "calendar" if suited_axis(reviewed.tables.histories) == "calendar" else "filed"

    def figure(self, reviewed: ReviewedHistories, documents: pd.DataFrame, *, dark: bool) -> dict[str, Any]:
        """Return the figure of the timeline.

        Args:
            reviewed: the chosen histories.
            documents: the rows of their `documents` table to draw.
            dark: whether it is drawn for the dark theme.
        """
        axis = self.axis_of(reviewed)
        return timeline(
            documents,
            order=[headline.key for headline in reviewed.headlines],
            titles=reviewed.numbers,
            dark=dark,
            all_documents=self.all_documents,
            rounds=reviewed.tables.rounds,
            turns=reviewed.tables.turns,
            histories=reviewed.tables.histories,
            today=self.today,
            axis="calendar" if axis == "calendar" else "months",
            align="filed" if axis == "calendar" else cast("Align", axis),
            groups=self.groups,
            grounds={str(paper): words for paper, words in self.grounds},
        )


def draw_timeline(reviewed: ReviewedHistories, filtered: pd.DataFrame | None, grounds: Mapping[PaperRef, str]) -> None:
    """Draw the timeline; a click opens a paper in the reader, a box fills the table.

    Args:
        reviewed: the chosen histories.
        filtered: the rows of their `documents` to draw; all of them if none are given.
        grounds: what the actions say that were read inside, in a line each.
    """
    settings = TimelineSettings.from_switches(reviewed.today, grounds)
    dark = st.context.theme.type == "dark"
    if settings.axis == AXES[0] and settings.axis_of(reviewed) != "calendar":
        _say_why_months()
    if filtered is None:
        # The whole timeline does not depend on the filters, so it is kept while they change.
        histories = tuple(
            (headline.key, headline.retrieved, headline.documents_held) for headline in reviewed.headlines
        )
        drawn_from = (histories, settings, dark)
        cached = st.session_state.get(TIMELINE_FIGURE)
        if cached is None or cached[0] != drawn_from:
            figure = settings.figure(reviewed, reviewed.tables.documents, dark=dark)
            cached = st.session_state[TIMELINE_FIGURE] = (drawn_from, figure)
        figure = cached[1]
    else:
        figure = settings.figure(reviewed, filtered, dark=dark)
    names = list(reviewed.numbers.values())
    drawn = reviewed.tables.documents if filtered is None else filtered
    opened: PaperRef | None = st.session_state.get(OPEN_PAPER)
    event = event_of_paper(drawn, opened, all_documents=settings.all_documents) if opened else None
    with st.container(key="timeline_frame", gap=None):
        draw_timeline_strip(event, numbers=reviewed.numbers, on_open=open_paper)
        st.plotly_chart(
            unchecked(figure),
            key=TIMELINE,
            theme=None,
            on_select=_keep_selection,
            selection_mode=("points", "box"),
            config=plotly_config(
                st.session_state.get(PICTURE_FORMAT) or "svg", name="_".join(["timeline", *names[:3]])
            ),
            alt=f"Timeline of the examination of {', '.join(names)}. The table below lists the same papers.",
        )


def _say_why_months() -> None:
    """Say that the files are not on one calendar, and offer it."""
    with st.container(horizontal=True, vertical_alignment="center", key="axis_note"):
        st.caption(
            "These files share little time: each is drawn in months since its filing, so that none is squeezed.",
            width="content",
        )
        st.button("Show the calendar", key=SHOW_CALENDAR, type="tertiary", on_click=_choose_calendar)


def _choose_calendar() -> None:
    st.session_state[AXIS] = "calendar"


def _keep_selection() -> None:
    selection = st.session_state[TIMELINE]["selection"]
    papers = list(
        dict.fromkeys(filter(None, (_paper_of_point(point.get("customdata")) for point in selection["points"])))
    )
    if selection["box"]:
        st.session_state[SELECTED_EVENTS] = tuple(papers)
    elif papers:
        open_paper(papers[0])
    else:
        st.session_state[SELECTED_EVENTS] = ()


def _paper_of_point(data: object) -> PaperRef | None:
    """Return the paper that the `customdata` of a point names, if it names one."""
    text = data[0] if isinstance(data, list) and data else data
    return PaperRef.parse(text) if isinstance(text, str) else None
