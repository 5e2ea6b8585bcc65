"""A row of options of which exactly one is chosen."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.ui.seeded import seeded


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
    _choose_first(options, key)
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


def draw_segments_in_popover(
    label: str, options: Sequence[Any], *, key: str, words: Callable[[Any], str], tip: str | None = None
) -> None:
    """Draw the same in a popover, with its label in sight."""
    _choose_first(options, key)
    widget = seeded(key, None)
    st.segmented_control(
        label,
        options,
        default=widget.value,
        key=widget.key,
        on_change=widget.keep,
        required=True,
        format_func=words,
        help=tip,
    )


def _choose_first(options: Sequence[Any], key: str) -> None:
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
