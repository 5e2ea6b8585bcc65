"""The page's own layout: one stylesheet on the classes that Streamlit gives to containers with a key."""

from pathlib import Path
from typing import Final

import streamlit as st

_FILE: Final = Path(__file__).parent / "styles" / "page.css"


def draw_stylesheet() -> None:
    """Put the stylesheet into the page; it takes no room."""
    st.html(_FILE)
