"""What an empty page offers: examples that load real file histories."""

from typing import Final

import streamlit as st

from components.ui.state import EXAMPLE_ASKED, INTAKE_FOLDED, NUMBERS_TEXT

EXAMPLES: Final = {
    "US 10,765,880 B2: abandoned, revived, granted": "US10765880B2",
    "US, EP and JP side by side": "US10000000B2, EP1000000B1, JP6768620B2",
}


def draw_first_use(*, in_sandbox: bool) -> None:
    """Draw the examples; in the sandbox one click looks them up."""
    st.subheader("See how an application was examined", anchor=False)
    st.write(
        "Paste numbers above, or begin with an example. You get the office actions, replies, IDSs and other events on "
        "one timeline, and every document with its PDF one click away."
    )
    with st.container(horizontal=True):
        for label, numbers in EXAMPLES.items():
            st.button(label, key=f"example_{numbers}", on_click=_fill_in_example, args=(numbers, in_sandbox))
    if not in_sandbox:
        st.caption("An example fills the box; nothing is charged before you press Look up.")


def _fill_in_example(numbers: str, load: bool) -> None:
    st.session_state[NUMBERS_TEXT] = numbers
    st.session_state[EXAMPLE_ASKED] = load
    st.session_state[INTAKE_FOLDED] = True
