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


def draw_notice_of_missing_pdfs() -> None:
    """Say that there are no PDFs, and how to get them, where the plain script runs without the ASGI app."""
    if not routes_are_served():
        st.caption(
            "PDFs can be neither opened nor downloaded here, because the app was started as a plain script. "
            "Start it with `streamlit run app.py` to have them."
        )
