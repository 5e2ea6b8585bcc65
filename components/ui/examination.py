"""The examination of the chosen histories: timeline, filters and documents, redrawn on their own."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pandas as pd
import plotly.io
import streamlit as st

from components.charts import CONFIG, ready, timeline
from components.exports import csv_of
from components.ui.address import ALL_DOCUMENTS, CHOSEN, EVENT, fits_address, write_address
from components.ui.dates import day
from components.ui.document_table import draw_documents, newest_first
from components.ui.escape import plain
from components.ui.filters import clear_filters, draw_filters
from components.ui.headline import short_title
from components.ui.reading import Shown
from components.ui.rounds_table import draw_open_periods, draw_rounds

_CHART = "timeline"
# plotly would take orjson, which the client and the store need; figures full of text are slower with it.
plotly.io.json.config.default_engine = "json"


@st.fragment
def draw_examination(shown: Shown, *, patents: str) -> None:
    """Draw timeline, filters and table; a click in one shows in the others.

    Args:
        shown: the chosen histories.
        patents: what the address says of the numbers.
    """
    numbers = {line.key: short_title(line) for line in shown.headlines}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.toggle("All documents", key=ALL_DOCUMENTS, persist_state="session")
        st.caption("on the timeline, which else shows the key events. Click an event for its papers.", width="content")
    draw_open_periods(shown.rounds, today=datetime.now(UTC).date(), numbers=numbers)
    _draw_timeline(shown, numbers)
    draw_rounds(shown.rounds, shown.documents, numbers=numbers)
    st.subheader("Documents", anchor=False)
    rows = draw_filters(shown.documents)
    rows = _of_event(rows, shown.documents)
    if rows.empty:
        st.button("Clear the filters: no document passes them", key="clear_filters", on_click=clear_filters)
    rows = newest_first(rows)
    told = sum(line.told for line in shown.headlines)
    _draw_chosen(shown.documents)
    draw_documents(rows, numbers=numbers, of=shown.documents, told=told)
    base_url = _origin()
    st.download_button(
        "CSV",
        data=lambda: csv_of(rows, histories=shown.histories, base_url=base_url),
        file_name=_file_name(list(numbers.values())),
        mime="text/csv",
        key="csv",
        on_click="ignore",
        help="The documents listed, with links that keep working",
    )
    if not fits_address(patents):
        st.caption("These are too many numbers for an address: a copied link opens without them.")
    write_address(patents)


def _file_name(numbers: list[str]) -> str:
    """Name a file after the first few numbers that it holds."""
    return "_".join([*(re.sub(r"[^A-Za-z0-9]+", "", number) for number in numbers[:3]), "documents.csv"])


def _origin() -> str:
    """Give `https://host` of the address in the browser, so that links in a file work for a colleague."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _draw_timeline(shown: Shown, numbers: dict[str, str]) -> None:
    chosen = st.session_state.get(CHOSEN)
    figure = timeline(
        shown.documents,
        order=[line.key for line in shown.headlines],
        titles=numbers,
        dark=st.context.theme.type == "dark",
        marked=["|".join(chosen)] if chosen else [],
        all_documents=bool(st.session_state.get(ALL_DOCUMENTS)),
        rounds=shown.rounds,
    )
    names = ", ".join(numbers.values())
    st.plotly_chart(
        ready(figure),
        key=_CHART,
        theme=None,
        on_select=_choose_event,
        selection_mode="points",
        config=dict(CONFIG),
        alt=f"Timeline of the examination of {names}. The table below lists the same papers.",
    )


def _choose_event() -> None:
    points = st.session_state[_CHART]["selection"]["points"]
    if not points:
        st.session_state.pop(EVENT, None)
        return
    data = points[0].get("customdata")
    name = data[0] if isinstance(data, list) else data
    if isinstance(name, str) and "|" in name:
        history, _, document = name.rpartition("|")
        st.session_state[EVENT] = (history, document)


def _forget_event() -> None:
    st.session_state.pop(EVENT, None)


def _of_event(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give the papers of the clicked event instead, if one is, whatever the filters say, beside a way back."""
    paper = _paper(documents, st.session_state.get(EVENT))
    if paper is None:
        return rows
    with st.container(horizontal=True, vertical_alignment="center"):
        words = f"Papers of **{day(paper['date'])}** with **{plain(paper['description'])}**, unfiltered"
        st.markdown(words, width="content")
        st.button("Back to the list", key="forget_event", on_click=_forget_event)
    its = (documents["history"] == paper["history"]) & (documents["submission"] == paper["submission"])
    return documents.loc[its]


def _draw_chosen(documents: pd.DataFrame) -> None:
    """Name the chosen document, which the timeline rings and a link may bring, with its PDF."""
    paper = _paper(documents, st.session_state.get(CHOSEN))
    if paper is not None:
        name = f"{plain(paper['code'])} {plain(paper['description'])}, {day(paper['date'])}"
        st.markdown(f"Chosen, and ringed on the timeline: **{name}** · [Open PDF]({paper['link']})")


def _paper(documents: pd.DataFrame, name: tuple[str, str] | None) -> dict[str, str] | None:
    if not name:
        return None
    found = documents[(documents["history"] == name[0]) & (documents["id"] == name[1])]
    return None if found.empty else dict(found.iloc[0])
