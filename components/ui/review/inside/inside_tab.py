"""The tab "Inside": papers are read inside on a click, which charges nothing, and what is read can be searched."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

import pandas as pd
import streamlit as st

from components.desk import Desk
from components.histories import PaperRef
from components.store import StoreError
from components.ui.address import INSIDE_SCOPES, INSIDE_VIEWS, View
from components.ui.app.guard import guarded_fragment
from components.ui.escape import escape_markdown
from components.ui.review.inside.claims_view import draw_claims
from components.ui.review.inside.contents import InsideOfFiles, inside_of
from components.ui.review.inside.grounds_view import draw_grounds
from components.ui.review.inside.hits import take_clicked_hit
from components.ui.review.inside.papers import PaperNames
from components.ui.review.inside.read_inside import draw_read_inside
from components.ui.review.inside.reading_progress import draw_reading, papers_under_way
from components.ui.review.inside.references_view import draw_references
from components.ui.review.inside.search_inside import OnScreen, Scope, draw_found, draw_search_box, draw_syntax
from components.ui.review.inside.viewed_files import ViewedFiles
from components.ui.review.inside.words_view import draw_words
from components.ui.review.opened import open_paper
from components.ui.review.paper_refs import refs_of
from components.ui.review.reviewed import ReviewedHistories
from components.ui.review.segments import draw_segments
from components.ui.review.table_selection import ticked_papers
from components.ui.state import CLICKED_HIT, FIND_INSIDE, INSIDE_SCOPE, INSIDE_VIEW, INTAKE_FOLDED, NUMBERS_TEXT
from components.words import counted

_SCOPE_LABELS: Final = {"files": "These files", "listed": "Documents listed", "held": "All held here"}
_DRAWN: Final[Mapping[str, Callable[[ViewedFiles], None]]] = {
    "grounds": draw_grounds,
    "claims": draw_claims,
    "words": draw_words,
    "references": draw_references,
}
"""What draws a view of what the papers say."""
_VIEW_LABELS: Final = {
    "search": "Search",
    "grounds": "Grounds",
    "claims": "Claims",
    "words": "In their own words",
    "references": "References",
}
_SECONDS_BETWEEN_SEARCHES: Final = 3.0
"""While papers are being read, for what their pages add."""


def draw_inside(
    desk: Desk,
    reviewed: ReviewedHistories,
    documents: pd.DataFrame,
    listed: pd.DataFrame,
    *,
    inside: InsideOfFiles,
    patents: str,
    user: str,
    may_spend: bool,
) -> None:
    """Draw what can be read, how far that is, and the view that is chosen: the search, or what the papers say.

    Args:
        desk: of the person's workspace.
        reviewed: the chosen histories.
        documents: all their documents.
        listed: those that the tab of the documents lists.
        inside: what is read in their papers.
        patents: the numbers as the address holds them.
        user: who reads and searches.
        may_spend: whether this person may be charged.
    """
    names = PaperNames(documents, reviewed.numbers)
    with st.container(gap="xsmall", key="inside_tab"):
        try:
            under_way = papers_under_way(desk.fulltext.reading(user))
            draw_read_inside(
                desk,
                documents,
                reviewed.tables.histories,
                ticked=ticked_papers(),
                user=user,
                may_spend=may_spend,
                under_way=under_way,
            )
            draw_reading(desk.fulltext, names, user=user)
        except StoreError as error:
            st.error(escape_markdown(error))
            return
        draw_segments("What is shown", INSIDE_VIEWS, key=INSIDE_VIEW, words=lambda name: _VIEW_LABELS[name])
        if st.session_state[INSIDE_VIEW] == "search":
            _draw_search(desk, listed, OnScreen(documents, reviewed.numbers, patents), under_way=bool(under_way))
        else:
            _draw_view(desk, reviewed, inside, user=user, under_way=under_way)


def _draw_view(
    desk: Desk,
    reviewed: ReviewedHistories,
    inside: InsideOfFiles,
    *,
    user: str,
    under_way: Collection[PaperRef],
) -> None:
    """Draw what the papers say, as the chosen view has it."""
    if inside.problem:
        st.error(escape_markdown(inside.problem))
        return
    if under_way:
        st.caption("Papers are being read: what stands here is of those read by now.")
    if inside.being_read:
        _watch_rules(desk, reviewed, before=inside.being_read)
    draw = _DRAWN[str(st.session_state[INSIDE_VIEW])]
    draw(ViewedFiles(desk, inside.papers, reviewed, inside.verdicts, user, under_way))


@guarded_fragment(run_every=_SECONDS_BETWEEN_SEARCHES)
def _watch_rules(desk: Desk, reviewed: ReviewedHistories, *, before: int) -> None:
    """Draw how many papers the rules are still reading; the page is drawn anew once these are fewer."""
    now = inside_of(desk, reviewed).being_read
    if now < before:
        st.rerun(scope="app")
    st.caption(f"What {counted(now, 'paper')} say is being read just now.")


def _draw_search(desk: Desk, listed: pd.DataFrame, screen: OnScreen, *, under_way: bool) -> None:
    """Draw the search, and what it found; again and again while papers are being read."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="search_inside"):
        typed = draw_search_box(FIND_INSIDE)
        draw_segments("Search in", INSIDE_SCOPES, key=INSIDE_SCOPE, words=lambda name: _SCOPE_LABELS[name])
    draw_syntax()
    if under_way:
        _draw_found_while_reading(desk, listed, typed=typed, screen=screen)
    else:
        _draw_found(desk, listed, typed=typed, screen=screen)


def follow_clicked_hit() -> bool:
    """Open the page of the hit that was clicked; call before anything is drawn.

    Returns:
        Whether it is of a file that is not on the screen, so that the whole page is to be drawn anew with its number.
    """
    target = take_clicked_hit()
    if target is None:
        return False
    open_paper(target.paper, target.page)
    if target.is_on_screen:
        return False
    st.session_state[NUMBERS_TEXT] = target.patents
    st.session_state[INTAKE_FOLDED] = True
    return True


@guarded_fragment(run_every=_SECONDS_BETWEEN_SEARCHES)
def _draw_found_while_reading(desk: Desk, listed: pd.DataFrame, *, typed: str, screen: OnScreen) -> None:
    """Draw the hits again and again, as pages arrive."""
    if CLICKED_HIT in st.session_state:  # the reader stands outside of this part of the page
        st.rerun(scope="app")
    _draw_found(desk, listed, typed=typed, screen=screen)


def _draw_found(desk: Desk, listed: pd.DataFrame, *, typed: str, screen: OnScreen) -> None:
    name = str(st.session_state[INSIDE_SCOPE])
    draw_found(
        desk.fulltext,
        desk.store,
        desk.tables,
        _scope(desk, name, listed, screen),
        typed=typed,
        view=View(inside=typed, inside_scope=name),
        screen=screen,
    )


def _scope(desk: Desk, name: str, listed: pd.DataFrame, screen: OnScreen) -> Scope:
    if name == "held":
        return Scope(None, sum(headline.documents_held for headline in desk.store.headlines()))
    papers = refs_of(listed if name == "listed" else screen.documents)
    return Scope(frozenset(papers), len(papers))
