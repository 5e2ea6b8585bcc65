"""What is open, selected and ticked, followed to new keys of histories; and the person's marks on documents."""

import pandas as pd
import streamlit as st

from components.histories import PaperRef
from components.store import Store
from components.ui.review.opened import open_paper
from components.ui.review.paper_refs import refs_of
from components.ui.review.reviewed import ReviewedHistories
from components.ui.review.table_selection import ticked_papers
from components.ui.state import OPEN_PAPER, SELECTED_EVENTS, TICKED


def follow_keys(store: Store, numbers: dict[str, str]) -> None:
    """Replace old keys of histories in what is open, selected and ticked by their present keys.

    A history gets another key once its application number is known; copied addresses and pages left open hold the
    old one.
    """
    state = st.session_state
    opened, selected = state.get(OPEN_PAPER), state.get(SELECTED_EVENTS) or ()
    others = {history for history, _ in (*([opened] if opened else []), *selected, *ticked_papers())} - numbers.keys()
    new_keys = {old: key for old, key in store.resolve(others).items() if key in numbers} if others else {}
    if not new_keys:
        return

    def with_present_key(paper: PaperRef) -> PaperRef:
        history, document = paper
        return PaperRef(new_keys.get(history, history), document)

    if opened:
        state[OPEN_PAPER] = with_present_key(opened)
    state[SELECTED_EVENTS] = tuple(map(with_present_key, selected))
    state[TICKED] = frozenset(map(with_present_key, ticked_papers()))


def forget_other_histories(numbers: dict[str, str]) -> None:
    """Close the open paper and drop selected events if their histories are not on the screen any more."""
    state = st.session_state
    if state.get(OPEN_PAPER) and state[OPEN_PAPER].history not in numbers:
        open_paper(None)
    if state.get(SELECTED_EVENTS):
        state[SELECTED_EVENTS] = tuple(paper for paper in state[SELECTED_EVENTS] if paper.history in numbers)


def with_marks(store: Store, reviewed: ReviewedHistories, *, user: str) -> pd.DataFrame:
    """Return the documents with `read` and `note`, as this user has marked them."""
    marks = store.marks(user, [headline.key for headline in reviewed.headlines])
    if not marks:
        return reviewed.tables.documents.assign(read=False, note="")
    rows = [marks.get(paper) for paper in refs_of(reviewed.tables.documents)]
    return reviewed.tables.documents.assign(
        read=[mark is not None and mark.read for mark in rows], note=[mark.note if mark else "" for mark in rows]
    )
