"""The paper in the reader: whatever opens one sets it here, with the page at which it opens."""

import streamlit as st

from components.histories import PaperRef
from components.ui.state import OPEN_PAGE, OPEN_PAPER


def open_paper(paper: PaperRef | None, page: int | None = None) -> None:
    """Open a paper in the reader, or close the reader.

    Args:
        paper: `None` closes the reader.
        page: at which it opens, from 1; `None` for its beginning. A page that another paper was opened at is forgotten.
    """
    st.session_state[OPEN_PAPER] = paper
    st.session_state[OPEN_PAGE] = page
