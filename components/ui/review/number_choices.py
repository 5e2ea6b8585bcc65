"""The choices between the readings of numbers that can be read in several ways."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.numbers import Number
from components.ui.escape import escape_markdown
from components.ui.review.chips import LONGEST_CHIP
from components.ui.review.numbers_read import MOST_CHOICES, ambiguous, joined_kinds
from components.ui.state import reading_key
from components.words import counted, shortened


def draw_choices(numbers: Sequence[Number]) -> None:
    """Draw a choice for each number that can be read in several ways; of many, the rest are chosen by their kinds."""
    singly, kinds = ambiguous(numbers)
    for number in singly.values():
        _draw_readings(number)
    for names, count in kinds.most_common(MOST_CHOICES):
        _draw_kinds(names, count)


def _draw_readings(number: Number) -> None:
    """Draw the choice between the readings of one number."""
    readings = {reading.normalised: f"{reading.display_form} ({reading.kind})" for reading in number.readings}
    typed, reason = escape_markdown(shortened(number.typed, LONGEST_CHIP)), escape_markdown(number.reason)
    st.segmented_control(
        f"{typed} can be read in {len(readings)} ways. {reason}",
        list(readings),
        format_func=partial(_reading_label, readings),
        key=reading_key(number.typed),
        persist_state="session",
    )


def _draw_kinds(kinds: tuple[str, ...], count: int) -> None:
    """Draw the choice for so many more numbers with readings of the same kinds."""
    if len(set(kinds)) < len(kinds):
        st.caption(f"{counted(count, 'more number')} can be read in several ways: write each in full to tell which.")
        return
    st.segmented_control(
        f"{counted(count, 'more number')} can be read in the same {len(kinds)} ways. Choose for all of them.",
        list(kinds),
        key=reading_key(joined_kinds(kinds)),
        persist_state="session",
    )


def _reading_label(readings: dict[str, str], name: str) -> str:
    return escape_markdown(readings[name])
