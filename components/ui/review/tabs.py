"""The tabs below the timeline: the documents, and what is said of the histories, each with its count."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from components.documents import Tokens
from components.history_tables import HistoryTables
from components.ui.escape import escape_markdown
from components.ui.facts_table import MORE_COLUMNS_NOTE, completeness_of, lists_are_whole
from components.ui.history_names import title
from components.ui.review.inside.contents import InsideOfFiles
from components.ui.review.inside.said_view import draw_said
from components.ui.review.measures import draw_measures
from components.ui.review.open_dates import count_of_open_dates, draw_open_dates
from components.ui.review.reviewed import ReviewedHistories, history_in_words
from components.ui.review.rounds_table import draw_rounds
from components.ui.review.summary import HistoryInWords, draw_findings, draw_summaries
from components.ui.state import OPEN_TAB, WAS_INSIDE


class EmptyTabs(NamedTuple):
    """The tabs whose contents the explorer draws."""

    documents: TabContainer
    inside: TabContainer


def draw_tabs(
    tables: HistoryTables,
    tokens: Tokens,
    reviewed: ReviewedHistories,
    documents: pd.DataFrame,
    *,
    inside: InsideOfFiles,
    papers_read: int,
    open_inside: bool,
) -> EmptyTabs:
    """Draw the tabs and what stands in all but the first two, and return these.

    The words of a single history are few and ready before their tab is opened; all else is drawn when it is.

    Args:
        tables: of the held histories.
        tokens: make the links to documents.
        reviewed: the chosen histories.
        documents: their documents, with `link`.
        inside: what is read in their papers.
        papers_read: how many of them are read inside.
        open_inside: whether a visitor who comes is to find that tab open.
    """
    stories = {title(headline): history_in_words(tables, tokens, headline) for headline in reviewed.headlines}
    counts = {
        "Documents": len(documents),
        "Inside": papers_read,
        "Summary": sum(len(story.sentences) for story in stories.values()),
        "Rounds": len(reviewed.tables.rounds),
        "Findings": sum(len(story.missing) + len(story.oddities) for story in stories.values()),
        "Measures": None,
        "Open dates": count_of_open_dates(reviewed),
    }
    labels = {name: name if count is None else f"{name} {count:,}" for name, count in counts.items()}
    if st.session_state.get(OPEN_TAB) not in labels.values():  # other numbers have other counts
        st.session_state[OPEN_TAB] = labels["Inside" if _is_to_be_inside(open_inside=open_inside) else "Documents"]
    shown, inside_tab, summary, rounds, findings, measures, dates = st.tabs(
        list(labels.values()), key=OPEN_TAB, on_change="rerun"
    )
    st.session_state[WAS_INSIDE] = bool(inside_tab.open)
    few = len(reviewed.headlines) == 1
    if few or summary.open:
        with summary, st.container(key="summary_words"):
            draw_summaries(stories)
            if summary.open:
                facts = reviewed.tables.histories
                offices = dict(zip(facts["history"], facts["office"].astype(str), strict=True))
                draw_said(inside, documents, numbers=reviewed.numbers, offices=offices)
    if rounds.open:
        with rounds:
            facts = reviewed.tables.histories
            offices = dict(zip(facts["history"], facts["office"].astype(str), strict=True))
            draw_rounds(
                reviewed.tables.rounds, documents, numbers=reviewed.numbers, offices=offices, grounds=inside.grounds
            )
    if few or findings.open:
        with findings, st.container(key="findings_words"):
            _draw_findings(reviewed, stories)
    if few or measures.open:
        with measures:
            _draw_measures(reviewed)
    if dates.open:
        with dates:
            draw_open_dates(reviewed)
    return EmptyTabs(shown, inside_tab)


def _is_to_be_inside(*, open_inside: bool) -> bool:
    """Return whether the tab of the papers' insides is the one to open: it stays open while its count grows."""
    # Streamlit forgets which is open with the labels, unless a visitor has clicked a tab.
    was_inside = bool(st.session_state.get(WAS_INSIDE, open_inside))
    before = st.session_state.get(OPEN_TAB)
    return was_inside if before is None else str(before).startswith("Inside")


def _draw_findings(reviewed: ReviewedHistories, stories: Mapping[str, HistoryInWords]) -> None:
    listed = completeness_of(reviewed.headlines).words if lists_are_whole(reviewed.headlines) else ""
    draw_findings(stories, listed=listed)


def _draw_measures(reviewed: ReviewedHistories) -> None:
    facts = reviewed.tables.histories.set_index("history")
    several = len(reviewed.headlines) > 1
    for headline in reviewed.headlines:
        if several:
            st.markdown(f"**{escape_markdown(title(headline))}**")
        draw_measures(facts.loc[[headline.key]].iloc[0])
    if several:
        st.caption(MORE_COLUMNS_NOTE)
