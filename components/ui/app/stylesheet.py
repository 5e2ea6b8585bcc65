"""The page's own layout, on the classes that Streamlit gives to containers with a key; print and motion apart."""

from pathlib import Path
from typing import Final

import streamlit as st

_STYLES: Final = Path(__file__).parent / "styles"


def draw_stylesheet() -> None:
    """Put the stylesheets into the page; they take no room."""
    for name in ("page.css", "motion.css", "print.css"):
        st.html(_STYLES / name)
