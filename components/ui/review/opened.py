"""The paper in the reader: whatever opens one sets it here, its page and what is marked there."""

from collections.abc import Sequence

import streamlit as st

from components.histories import PaperRef
from components.page_texts import Box
from components.ui.state import OPEN_PAGE, OPEN_PAPER, OPEN_PLACES, PASSAGES_OPENED


def open_paper(paper: PaperRef | None, page: int | None = None, places: Sequence[Box] = ()) -> None:
    """Open a paper in the reader, or close the reader.

    Args:
        paper: `None` closes the reader.
        page: at which it opens, from 1; `None` for its beginning. A page that another paper was opened at is forgotten.
        places: the lines of a passage on that page, which are marked instead of what is searched for.
    """
    st.session_state[OPEN_PAPER] = paper
    st.session_state[OPEN_PAGE] = page
    st.session_state[OPEN_PLACES] = tuple(places)
    if places:
        st.session_state[PASSAGES_OPENED] = st.session_state.get(PASSAGES_OPENED, 0) + 1
