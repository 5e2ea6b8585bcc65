"""What is done and said where a host starts the plain script `components/ui/main.py` instead of `app.py`."""

import atexit
import functools
import threading

import streamlit as st

from components.desk import close_desk
from components.ui.app.lifespan import routes_are_served


@functools.cache
def prepare_plain_script() -> None:
    """Set up, once a process, what the ASGI app sets up elsewhere; do nothing where that app runs."""
    if routes_are_served():
        return
    # Close before Python waits for the threads that fetch, so that they begin no further call. Where Python has no such
    # hook any more, `atexit` comes after that wait, and a look-up would spend to its end.
    getattr(threading, "_register_atexit", atexit.register)(close_desk)
    # `.streamlit/config.toml` is read only where the app is started in the project's folder. Two of its options can
    # still be set here: visitors see no details of errors, and cannot export tables, whose formulas are unescaped.
    st.set_option("client.showErrorDetails", "none")
    st.set_option("client.disableDataExport", True)


def draw_notice_of_missing_links() -> None:
    """Say what is missing, and how to get it, where the plain script runs without the ASGI app."""
    if not routes_are_served():
        st.caption(
            "Started as a plain script: documents open in the reader and can be saved from there, but "
            "neither this page nor a file taken away has links to them. `streamlit run app.py` has them."
        )
