"""The one row of controls above the table of documents: what is listed, in which order and in which columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from components.prosecution import Tables, offices_of, reading_lists
from components.ui.address import GROUPINGS
from components.ui.review.arrangement import ArrangedDocuments, arrange_documents
from components.ui.review.column_choice import draw_column_choice
from components.ui.review.columns import LARGEST_NARROW
from components.ui.review.filter_chips import FilterChip, chips_in_force, draw_chips
from components.ui.review.filters import (
    BEHIND_A_BUTTON,
    Filters,
    chosen_list,
    clear_filters,
    documents_of_events,
    documents_of_list,
)
from components.ui.review.paper_refs import refs_of
from components.ui.review.segments import draw_segments_in_popover
from components.ui.review.table_rows import TableRows, rows_of_table
from components.ui.review.table_selection import ticked_papers, untick_all
from components.ui.state import FIND_TEXT, GROUPING, OLDEST_FIRST, OPEN_PAPER, READING_LIST

_ORDER_LABELS: Final = {False: "Newest first", True: "Oldest first"}
_GROUP_LABELS: Final = {"none": "Not grouped", "submission": "By submission", "round": "By round"}
_LIST_WIDTHS: Final = {False: 190, True: 130}
_WORDS_WIDTHS: Final = {False: 230, True: 130}
"""In pixels, by whether the row is narrow. They do not follow what else stands in the row, so that a button keeps its
place while what it has opened is used."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents as the controls let them pass and arrange them."""

    passing: pd.DataFrame
    """Those that pass reading list and filters, whatever is selected on the timeline."""
    arranged: ArrangedDocuments
    """Those listed."""
    rows: TableRows
    """The same as the rows of the table."""
    columns: dict[str, int]
    """The columns that the table shows, from left to right, each with its width in pixels."""


def draw_controls(
    documents: pd.DataFrame, tables: Tables, *, numbers: Mapping[str, str], width: int, beside_reader: bool
) -> Listing:
    """Draw the row of controls and return what they list.

    Args:
        documents: all documents of the chosen histories, with `link`, `read` and `note`.
        tables: of these histories.
        numbers: the display number of each history.
        width: of the row and of the table, in pixels.
        beside_reader: whether the reader takes a part of the window.
    """
    chosen_list()
    offices = offices_of(tables.histories)
    filters = Filters(documents_of_list(documents), tables.rounds, whole=documents, offices=offices)
    passing = filters.passing()
    listed = documents_of_events(passing, documents)
    chips = chips_in_force(filters.round_in_words, filters.category_in_words)
    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _draw_list_and_words(narrow=width <= LARGEST_NARROW)
        with st.popover(_filters_label(), key="filters"):
            filters.draw()
        with st.popover("Order", key="order"):
            _draw_order()
        arranged = _arranged(listed, tables)
        rows = rows_of_table(arranged, numbers, offices=offices, opened=st.session_state.get(OPEN_PAPER))
        with st.popover("Columns", key="columns"):
            columns = draw_column_choice(
                rows, whole=documents, numbers=numbers, width=width, beside_reader=beside_reader
            )
        ticked = len(ticked_papers() & set(refs_of(documents))) if ticked_papers() else 0
        _draw_chips(chips, listed=len(listed), whole=len(documents), ticked=ticked)
    if listed.empty:
        st.button("Clear the filters: no document passes them", key="clear_filters", on_click=clear_filters)
    return Listing(passing, arranged, rows, columns)


def _draw_list_and_words(*, narrow: bool) -> None:
    """Draw what chooses a reading list and what finds words."""
    lists = {reading_list.name: reading_list.label for reading_list in reading_lists()}
    st.selectbox(
        "Reading list",
        list(lists),
        key=READING_LIST,
        required=True,
        format_func=lambda name: lists[name],
        label_visibility="collapsed",
        width=_LIST_WIDTHS[narrow],
        persist_state="session",
    )
    st.text_input(
        "Find in descriptions",
        key=FIND_TEXT,
        type="search",
        live="300ms",
        placeholder="Find in descriptions",
        label_visibility="collapsed",
        width=_WORDS_WIDTHS[narrow],
        persist_state="session",
    )


def _filters_label() -> str:
    """Return what the button with the filters is called: how many of them hide documents, if any does."""
    count = sum(1 for key in BEHIND_A_BUTTON if st.session_state.get(key))
    return f"Filters · {count}" if count else "Filters"


def _draw_order() -> None:
    """Draw the order and the grouping."""
    draw_segments_in_popover("Order", (False, True), key=OLDEST_FIRST, words=lambda oldest: _ORDER_LABELS[oldest])
    draw_segments_in_popover("Grouping", GROUPINGS, key=GROUPING, words=lambda name: _GROUP_LABELS[name])


def _arranged(documents: pd.DataFrame, tables: Tables) -> ArrangedDocuments:
    return arrange_documents(
        documents,
        group=st.session_state[GROUPING],
        oldest_first=bool(st.session_state[OLDEST_FIRST]),
        submissions=tables.submissions,
        rounds=tables.rounds,
    )


def _draw_chips(chips: Sequence[FilterChip], *, listed: int, whole: int, ticked: int) -> None:
    """Draw what hides documents, how many are left, and how many are ticked; nothing where there is nothing to say."""
    draw_chips(chips)
    if chips:
        st.markdown(f"**{listed:,}** of {whole:,} listed", width="content")
    if ticked:
        st.button(f"{ticked:,} ticked ✕", key="untick_all", on_click=untick_all, help="Untick all; what can be done "
                  "with them stands below the table")  # fmt: skip
