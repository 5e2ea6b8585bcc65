"""A row of options of which exactly one is chosen."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def draw_segments(
    label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], tip: str | None = None
) -> None:
    """Draw a row of options, without a label in sight; the choice is held in the session state.

    Args:
        label: read out by screen readers.
        options: the first is chosen where the session state holds none of them, because nobody chose yet or an address
            said something else.
        key: of the choice in the session state.
        words: what an option is called on the screen.
        tip: what the row says on hover.
    """
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    st.segmented_control(
        label,
        options,
        key=key,
        required=True,
        format_func=words,
        label_visibility="collapsed",
        persist_state="session",
        help=tip,
    )
