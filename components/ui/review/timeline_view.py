"""The timeline on the page: its switches, what a click on it opens and what its box selects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

import pandas as pd
import plotly.io
import streamlit as st

from components.charts import config_for, ready, timeline
from components.histories import PaperRef
from components.ui.address import AXES
from components.ui.app.browser_scripts import draw_copy_link
from components.ui.review.reviewed import ReviewedHistories
from components.ui.review.segments import draw_segments
from components.ui.state import (
    ALL_DOCUMENTS,
    AXIS,
    CHOSEN,
    CLICKED,
    FIGURE,
    FOLLOW,
    PICTURE_FORMAT,
    RINGED,
    SELECTED,
    TIMELINE,
)

Align = Literal["filed", "first_action", "allowed"]

_AXIS_LABELS = {
    "calendar": "Calendar",
    "filed": "Months since filing",
    "first_action": "Months since first action",
    "allowed": "Months since allowance",
}
# plotly would take orjson, which the client and the store need; figures full of text are slower with it.
plotly.io.json.config.default_engine = "json"


def draw_switches() -> None:
    """Draw what decides how the timeline is drawn, and the button that copies the link to all of it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.toggle("All documents", key=ALL_DOCUMENTS, persist_state="session", help="Else the key events alone")
        st.toggle(
            "Filter the timeline too",
            key=FOLLOW,
            persist_state="session",
            help="Show on the timeline only what the filters below let pass; else it keeps the whole story",
        )
        if st.session_state.get(AXIS) not in AXES:
            st.session_state[AXIS] = AXES[0]
        st.selectbox(
            "Axis",
            AXES,
            key=AXIS,
            format_func=lambda name: _AXIS_LABELS[name],
            label_visibility="collapsed",
            persist_state="session",
            width=230,
        )
        draw_segments(
            "Picture",
            ("svg", "png"),
            key=PICTURE_FORMAT,
            words=str.upper,
            tip="Format of the picture that the camera above the timeline saves",
        )
        draw_copy_link()


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the switches want the timeline drawn; a file that is made later is drawn as they stood."""

    all_documents: bool
    axis: str
    today: date

    @classmethod
    def wanted(cls, today: date) -> "Drawing":
        """Give what the switches say now."""
        state = st.session_state
        return cls(bool(state.get(ALL_DOCUMENTS)), state.get(AXIS) or AXES[0], today)

    def figure(
        self, reviewed: ReviewedHistories, documents: pd.DataFrame, *, dark: bool, marked: Sequence[str]
    ) -> dict[str, Any]:
        """Give the timeline of documents.

        Args:
            reviewed: the chosen histories.
            documents: rows of their `documents` table.
            dark: for a dark ground.
            marked: `<history>|<document id>` of the documents to ring.
        """
        calendar = self.axis == AXES[0]
        return timeline(
            documents,
            order=[line.key for line in reviewed.headlines],
            titles=reviewed.numbers,
            dark=dark,
            marked=marked,
            all_documents=self.all_documents,
            rounds=reviewed.tables.rounds,
            turns=reviewed.tables.turns,
            histories=reviewed.tables.histories,
            today=self.today,
            axis="calendar" if calendar else "months",
            align="filed" if calendar else cast("Align", self.axis),
        )


def draw_timeline(reviewed: ReviewedHistories, filtered: pd.DataFrame | None) -> None:
    """Draw the timeline; a click opens a paper in the reader, a box fills the table.

    Args:
        reviewed: the chosen histories.
        filtered: the rows of their `documents` to draw; all of them if none are given.
    """
    drawing, dark, ringed = Drawing.wanted(reviewed.today), st.context.theme.type == "dark", _ringed()
    marked = [str(ringed)] if ringed else []
    if filtered is None:
        # Whole, it does not depend on the filters: it is made once, not at each of their clicks.
        of = tuple((line.key, line.retrieved, line.held) for line in reviewed.headlines)
        held = st.session_state.get(FIGURE)
        if held is None or held[0] != (of, drawing, dark, ringed):
            figure = drawing.figure(reviewed, reviewed.tables.documents, dark=dark, marked=marked)
            held = st.session_state[FIGURE] = ((of, drawing, dark, ringed), figure)
        figure = held[1]
    else:
        figure = drawing.figure(reviewed, filtered, dark=dark, marked=marked)
    names = list(reviewed.numbers.values())
    st.plotly_chart(
        ready(figure),
        key=TIMELINE,
        theme=None,
        on_select=_take_selection,
        selection_mode=("points", "box"),
        config=config_for(st.session_state.get(PICTURE_FORMAT) or "svg", name="_".join(["timeline", *names[:3]])),
        alt=f"Timeline of the examination of {', '.join(names)}. The table below lists the same papers.",
    )


def _ringed() -> PaperRef | None:
    """Give the document to ring: the chosen one, unless a click on its event chose it.

    plotly itself marks what is clicked until the figure changes; a ring would draw the whole figure anew.
    """
    state = st.session_state
    if state.get(CHOSEN) != state.get(CLICKED):
        state[CLICKED] = None
        state[RINGED] = state.get(CHOSEN)
    ringed: PaperRef | None = state.get(RINGED)
    return ringed


def _take_selection() -> None:
    selection = st.session_state[TIMELINE]["selection"]
    names = list(dict.fromkeys(filter(None, (_paper(point.get("customdata")) for point in selection["points"]))))
    if selection["box"]:
        st.session_state[SELECTED] = tuple(names)
    elif names:
        st.session_state[CHOSEN] = st.session_state[CLICKED] = names[0]
        if st.session_state.get(RINGED):
            st.session_state[RINGED] = names[0]
    else:
        st.session_state[SELECTED] = ()


def _paper(data: object) -> PaperRef | None:
    """Return the paper that the `customdata` of a point names, if it names one."""
    text = data[0] if isinstance(data, list) and data else data
    return PaperRef.parse(text) if isinstance(text, str) else None
