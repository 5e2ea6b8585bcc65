"""The page's own layout, on the classes that Streamlit gives to containers with a key; print and motion apart."""

from pathlib import Path
from typing import Final

import streamlit as st

from components.charts import DARK, LIGHT

_STYLES: Final = Path(__file__).parent / "styles"


_COLOURS: Final = "<style>:root {{ --page-colour: {page}; --line-colour: {divide}; }}</style>"


def draw_stylesheet(*, dark: bool) -> None:
    """Put the stylesheets into the page; they take no room.

    Args:
        dark: whether the page is dark. Streamlit tells its colours to components alone, so the page's own are told here.
    """
    theme = DARK if dark else LIGHT
    st.html(_COLOURS.format(page=theme.page, divide=theme.divide))
    for name in ("page.css", "motion.css", "print.css"):
        st.html(_STYLES / name)
