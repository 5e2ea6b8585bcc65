"""What `streamlit run components/ui/main.py` lacks beside `app.py`, for hosts that start nothing but plain scripts."""

import atexit
import functools
import threading

import streamlit as st

from components.desk import close_desk
from components.ui.app.lifespan import routes_are_served


@functools.cache
def prepare_plain_script() -> None:
    """Do once what start and stop of the ASGI app do elsewhere; nothing where that app runs."""
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
    """Draw that PDFs are out of reach and what to do about it, where the plain script runs alone."""
    if not routes_are_served():
        st.caption(
            "PDFs can be neither opened nor downloaded here, because the app was started as a plain script. "
            "Start it with `streamlit run app.py` to have them."
        )
