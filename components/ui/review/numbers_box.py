"""The box and the upload for numbers."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components.numbers import MOST_CHARACTERS, MOST_NUMBERS
from components.ui.app.browser_scripts import follow_typing
from components.ui.escape import escape_markdown
from components.ui.review.lists_read import ReadList
from components.ui.review.numbers_read import NumbersRead, present_upload_key, remove_list
from components.ui.state import INTAKE_FOLDED, NUMBERS_TEXT, UPLOADED_LIST
from components.words import shortened

_BOX_LABEL: Final = "Patent, publication or application numbers"
_LONGEST_FILE_NAME: Final = 80
_ROW_HEIGHT: Final = 145
"""Pixels of the row with the box and the upload."""


def draw_box_and_upload(read: NumbersRead) -> None:
    """Draw the box and the upload side by side."""
    # Streamlit loads both boxes after the page: their height is reserved, so that nothing below them jumps.
    listed = UPLOADED_LIST in st.session_state or st.session_state.get(present_upload_key()) is not None
    with st.container(height="content" if listed else _ROW_HEIGHT, border=False):
        left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        draw_box(on_change=_stay_open)
    with right:
        draw_upload(read.uploaded)


def _stay_open() -> None:
    """Keep the box where it is while somebody types into it, whatever asked before that it be folded."""
    st.session_state[INTAKE_FOLDED] = False


def draw_box(*, on_change: Callable[[], None] | None = None) -> None:
    """Draw the box, which takes its text a moment after the last key.

    Args:
        on_change: called when it takes another text.
    """
    st.text_area(
        _BOX_LABEL,
        key=NUMBERS_TEXT,
        height=130,
        on_change=on_change,
        placeholder=f"US 10,765,880 B2, 16/123,456, EP 1 000 000 B1 … in any form, from a list, an e-mail or a link; "
        f"up to {MOST_NUMBERS:,} numbers",
        max_chars=MOST_CHARACTERS,
        persist_state="session",
    )
    follow_typing(_BOX_LABEL)


def draw_upload(uploaded: ReadList) -> None:
    """Draw the upload and, where a list is read, its name and the button that removes it."""
    key = present_upload_key()
    upload = st.file_uploader("Or a list", type=["csv", "txt", "tsv", "xlsx"], key=key, max_upload_size=2)
    if UPLOADED_LIST not in st.session_state:
        return
    if upload is None:
        name, _ = st.session_state[UPLOADED_LIST]
        st.caption(escape_markdown(shortened(name, _LONGEST_FILE_NAME)))
    st.button("Remove the list", key="remove_list", on_click=remove_list)
    if uploaded.refusal:
        st.error(escape_markdown(uploaded.refusal))


def draw_reading_notes(read: NumbersRead) -> None:
    """Say why the text of the box was not read, and which column of a table was read and what was left."""
    if read.typed.refusal:
        st.error(escape_markdown(f"The text in the box was not read. {read.typed.refusal}"))
    for remarks in (read.typed.remarks, read.uploaded.remarks):
        _draw_remarks(remarks)


def _draw_remarks(remarks: Sequence[str]) -> None:
    if remarks:
        st.info(escape_markdown(" ".join(remarks)), icon=":material/table_view:")
