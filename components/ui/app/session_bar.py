"""Who is logged in, the button that ends the session, and the watch that ends it in all its tabs."""

from typing import Final

import streamlit as st

from components.access import Person
from components.ui.app.guard import guarded_fragment
from components.ui.app.sessions import end_session
from components.ui.escape import escape_markdown

_LOOK_SECONDS: Final = 20
"""How often an open tab looks whether its session has ended: with some delay it must know within a minute."""


def draw_session(person: Person) -> None:
    """Draw who is logged in and the log-out button, and watch the session of this tab."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        workspace = f" · workspace {escape_markdown(person.workspace)}" if person.workspace else ""
        st.caption(f"{escape_markdown(person.email or person.name)}{workspace}", width="content")
        st.button("Log out", key="log_out", type="tertiary", on_click=_log_out, args=(person.session,))
    _watch_session()


def _log_out(session: str) -> None:
    """End the session everywhere, then let Streamlit delete the cookie and log out at the provider."""
    end_session(session)
    st.logout()


@guarded_fragment(run_every=_LOOK_SECONDS)
def _watch_session() -> None:
    """Draw nothing: the fragment's guard draws the page anew once the session has ended."""
