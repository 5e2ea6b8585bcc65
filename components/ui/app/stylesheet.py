"""The page's own layout, on the classes that Streamlit gives to containers with a key; print and motion apart."""

import time
from pathlib import Path
from typing import Final

import streamlit as st

from components.charts import DARK, LIGHT
from components.ui.app.lifespan import routes_are_served
from components.ui.state import STYLED

_STYLES: Final = Path(__file__).parent / "styles"
_HEAD_START: Final = 0.1
"""Seconds."""


_COLOURS: Final = "<style>:root {{ --page-colour: {page}; --line-colour: {divide}; }}</style>"


def draw_stylesheet(*, dark: bool) -> None:
    """Put the stylesheets into the page; they take no room.

    A browser that opens the page draws an empty, narrow one first, widens it and loads the code that takes stylesheets
    in. What is drawn before all that has happened jumps; so it gets a head start, once a visit.

    Args:
        dark: whether the page is dark. Streamlit tells its colours to components alone, so the page's are told here.
    """
    theme = DARK if dark else LIGHT
    st.html(_COLOURS.format(page=theme.page, divide=theme.divide))
    for name in ("page.css", "claims.css", "motion.css", "print.css"):
        st.html(_STYLES / name)
    if STYLED not in st.session_state:
        st.session_state[STYLED] = True
        if routes_are_served():  # else that code comes when it may, and waiting for it is of no use
            time.sleep(_HEAD_START)
