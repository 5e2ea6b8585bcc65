"""The reader's pane at the right edge of the window: how wide it is, and what keeps the eye where it was."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd
import streamlit as st

from components.ui.app.browser_scripts import watch_pane
from components.ui.review.opened import open_paper
from components.ui.review.paper_refs import refs_of
from components.ui.state import READER_WIDTH

SHARES: Final[Mapping[str, float]] = MappingProxyType({"half": 0.5, "wide": 0.62, "narrow": 0.38})
"""Share of the window that the reader takes, by the name of its width; the stylesheet has the same."""
SHEET_BELOW: Final = 1100
"""Below so many pixels the reader is a sheet over the lower part of the page, which keeps its width."""
_SIDE: Final = 32
"""Pixels left empty at each side of the page; the stylesheet has the same."""
_NARROW_WINDOW: Final = 700
"""Below so many pixels the sides are Streamlit's own."""
_NARROW_SIDE: Final = 16


def reader_width() -> str:
    """Return the name of the reader's present width."""
    width = str(st.session_state.get(READER_WIDTH))
    return width if width in SHARES else "half"


def next_width() -> None:
    """Give the reader the next of its widths."""
    names = list(SHARES)
    st.session_state[READER_WIDTH] = names[(names.index(reader_width()) + 1) % len(names)]


def room_beside_reader(window: int, *, reader_open: bool) -> int:
    """Return how many pixels wide the page's content is.

    Args:
        window: width of the window in pixels, without its scroll bar.
        reader_open: whether the reader is.
    """
    side = _SIDE if window >= _NARROW_WINDOW else _NARROW_SIDE
    beside = round(window * SHARES[reader_width()]) if reader_open and window >= SHEET_BELOW else 0
    return max(window - 2 * side - beside, 200)


def draw_pane_script(documents: pd.DataFrame) -> None:
    """Keep in sight what was clicked while the reader opens and closes, and open links to papers in it.

    Args:
        documents: those on the screen, with `link`.
    """

    def open_linked(link: str) -> None:
        linked = refs_of(documents[documents["link"] == link]) if link else []
        if linked:
            open_paper(linked[0])

    watch_pane(on_paper=open_linked)
