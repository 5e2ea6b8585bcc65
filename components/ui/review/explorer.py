"""The chosen histories to explore: timeline, tabs, documents and reader, redrawn without the rest of the page."""

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.store import Store
from components.ui.address import INSIDE_VIEWS, fits_address
from components.ui.address_bar import write_address_bar
from components.ui.app.browser_scripts import keep_focus, watch_window_width, window_width
from components.ui.app.guard import guarded_callback, guarded_fragment
from components.ui.facts_table import completeness_of
from components.ui.review.controls import draw_controls
from components.ui.review.document_table import completeness_markdown, draw_document_table
from components.ui.review.downloads import draw_downloads
from components.ui.review.glance import draw_glance
from components.ui.review.held_view import follow_keys, forget_other_histories, with_marks
from components.ui.review.inside.contents import inside_of
from components.ui.review.inside.inside_tab import draw_inside, follow_clicked_hit
from components.ui.review.inside.papers import is_read
from components.ui.review.inside.reading_progress import papers_under_way
from components.ui.review.pane import draw_pane_script, room_beside_reader
from components.ui.review.paper_refs import refs_of
from components.ui.review.print_table import draw_print_table
from components.ui.review.reader import draw_reader, open_paper_row, save_marks
from components.ui.review.reviewed import ReviewedHistories
from components.ui.review.table_selection import ticked_papers, untick_all
from components.ui.review.tabs import draw_tabs
from components.ui.review.text_to_take import ReadInside
from components.ui.review.timeline_view import draw_timeline
from components.ui.state import (
    FILTER_TIMELINE,
    FIND_INSIDE,
    INSIDE_VIEW,
    SELECTED_EVENTS,
)


@guarded_fragment()
def draw_explorer(desk: Desk, reviewed: ReviewedHistories, *, patents: str, user: str, may_spend: bool) -> None:
    """Draw timeline, filters, table and reader; a click in one of them shows in the others.

    Args:
        desk: of the person's workspace.
        reviewed: the chosen histories.
        patents: the numbers as the address holds them.
        user: whose ticks, notes and readings these are.
        may_spend: whether this person may be charged, as the run of the page found.
    """
    if follow_clicked_hit():
        st.rerun(scope="app")
    numbers = reviewed.numbers
    if any(key != old for old, key in desk.store.resolve(numbers).items()):
        st.rerun()  # a history got another key since the page was drawn; the whole page is drawn anew with that key
    follow_keys(desk.store, numbers)
    forget_other_histories(numbers)
    with st.container(gap="xsmall"):
        _draw_parts(desk, reviewed, patents=patents, user=user, may_spend=may_spend)
        if not fits_address("patents", patents):
            st.caption("These are too many numbers for an address: a copied link opens without them.")
        if not fits_address("selected_events", st.session_state.get(SELECTED_EVENTS) or ()):
            st.caption("Too many events are selected for an address: a copied link opens without the selection.")
    write_address_bar(patents)
    desk.documents.warm_up()


def _draw_parts(desk: Desk, reviewed: ReviewedHistories, *, patents: str, user: str, may_spend: bool) -> None:
    store, papers = desk.store, desk.documents
    numbers = reviewed.numbers
    documents = with_marks(store, reviewed, user=user)
    inside = inside_of(desk, reviewed)
    draw_glance(reviewed)
    # The timeline comes first, as what the eye looks for; where it follows the filters its slot is filled after them.
    timeline_slot = st.container()
    follows_filters = bool(st.session_state.get(FILTER_TIMELINE))
    if not follows_filters:
        with timeline_slot:
            draw_timeline(reviewed, None, inside.grounds)
    tabs = draw_tabs(
        desk.tables,
        papers.tokens,
        reviewed,
        documents,
        inside=inside,
        papers_read=sum(map(is_read, desk.fulltext.papers(numbers).values())),
        open_inside=_comes_for_the_inside(desk, user),
    )
    with tabs.documents, st.container(gap="xsmall", key="documents_tab"):
        paper = open_paper_row(documents)
        width = room_beside_reader(window_width(), reader_open=paper is not None)
        listing = draw_controls(
            documents, reviewed.tables, numbers=numbers, width=width, beside_reader=paper is not None
        )
        draw_document_table(listing.rows, listing.columns, width=width)
        arranged = listing.arranged
        reported = completeness_of(reviewed.headlines).all
        st.markdown(completeness_markdown(arranged.documents, whole=documents, reported=reported))
        _draw_actions_on_ticked(store, documents, user=user)
        texts = ReadInside(desk.fulltext.papers, desk.fulltext.pages, store.pdf_sizes)
        draw_downloads(
            desk.tables, papers.packs, reviewed, documents, arranged.documents, user=user, inside=texts, said=inside
        )
    if tabs.inside.open:
        with tabs.inside:
            draw_inside(
                desk,
                reviewed,
                documents,
                arranged.documents,
                inside=inside,
                patents=patents,
                user=user,
                may_spend=may_spend,
            )
    if follows_filters:
        with timeline_slot:
            draw_timeline(reviewed, listing.passing, inside.grounds)
    draw_print_table(arranged.documents, numbers=numbers)
    if paper is not None:
        number = numbers[paper["history"]] if len(numbers) > 1 else ""
        office = str(reviewed.tables.histories.set_index("history")["office"][paper["history"]])
        order = refs_of(arranged.documents)
        draw_reader(desk, paper, order=order, rounds=reviewed.tables.rounds, number=number, office=office, user=user)
    keep_focus()
    draw_pane_script(documents)
    watch_window_width()


def _comes_for_the_inside(desk: Desk, user: str) -> bool:
    """Return whether a visitor who comes now looks for something inside the papers, or for a reading under way."""
    state = st.session_state
    looks_for = bool(state.get(FIND_INSIDE)) or state.get(INSIDE_VIEW, INSIDE_VIEWS[0]) != INSIDE_VIEWS[0]
    return looks_for or bool(papers_under_way(desk.fulltext.reading(user)))


def _draw_actions_on_ticked(store: Store, documents: pd.DataFrame, *, user: str) -> None:
    """Draw how many documents of these histories are ticked, listed or not, and what can be done with them."""
    ticked = ticked_papers()
    papers = [name for name in refs_of(documents) if name in ticked] if ticked else []
    if not papers:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{len(papers):,} ticked**", width="content")
        st.button("Untick all", key="untick", on_click=untick_all)
        mark = guarded_callback(save_marks)
        st.button("Mark as read", key="mark_read", on_click=mark, args=(store, user, papers),
                  kwargs={"read": True})  # fmt: skip
        st.button("Mark as unread", key="mark_unread", on_click=mark, args=(store, user, papers),
                  kwargs={"read": False})  # fmt: skip
