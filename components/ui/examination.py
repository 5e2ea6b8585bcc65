"""The examination of the chosen histories: timeline, filters and documents, redrawn on their own."""

from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from components.charts import CONFIG, timeline
from components.exports import csv_of
from components.ui.address import ALL_DOCUMENTS, CHOSEN, write_address
from components.ui.dates import day
from components.ui.document_table import draw_documents, newest_first
from components.ui.escape import plain
from components.ui.filters import draw_filters
from components.ui.headline import title
from components.ui.reading import Shown

_EVENT = "event"
"""Session state: `(history, document id)` of the event whose papers the table shows."""
_CHART = "timeline"


@st.fragment
def draw_examination(shown: Shown, *, patents: str) -> None:
    """Draw timeline, filters and table; a click in one shows in the others.

    Args:
        shown: the chosen histories.
        patents: what the address says of the numbers.
    """
    numbers = {line.key: title(line).split(" · ")[0] for line in shown.headlines}
    st.toggle("All documents", key=ALL_DOCUMENTS, persist_state="session")
    _draw_timeline(shown, numbers)
    rows = draw_filters(shown.documents)
    rows = _of_event(rows, shown.documents)
    rows = newest_first(rows)
    told = sum(line.told for line in shown.headlines)
    draw_documents(rows, numbers=numbers, of=shown.documents, told=told)
    base_url = _origin()
    st.download_button(
        "CSV",
        data=lambda: csv_of(rows, histories=shown.histories, base_url=base_url),
        file_name="documents.csv",
        mime="text/csv",
        key="csv",
        on_click="ignore",
        help="The documents listed, with links that keep working",
    )
    write_address(patents)


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
    )
    names = ", ".join(numbers.values())
    st.plotly_chart(
        figure,
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
        st.session_state.pop(_EVENT, None)
        return
    data = points[0].get("customdata")
    name = data[0] if isinstance(data, list) else data
    if isinstance(name, str) and "|" in name:
        history, _, document = name.rpartition("|")
        st.session_state[_EVENT] = (history, document)


def _forget_event() -> None:
    st.session_state.pop(_EVENT, None)


def _of_event(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Keep the papers of the clicked event, if one is, and say so beside a way back."""
    event = st.session_state.get(_EVENT)
    lead = documents[(documents["history"] == event[0]) & (documents["id"] == event[1])] if event else documents[:0]
    if lead.empty:
        return rows
    paper = lead.iloc[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Papers of **{day(paper['date'])}** with **{plain(paper['description'])}**")
        st.button("Back to all documents", key="forget_event", on_click=_forget_event)
    its = (rows["history"] == str(paper["history"])) & (rows["submission"] == str(paper["submission"]))
    return rows.loc[its]
