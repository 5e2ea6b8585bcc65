"""What `streamlit run components/ui/main.py` lacks beside `app.py`, for hosts that start nothing but plain scripts."""

import atexit
import functools
import threading

import streamlit as st

from components.desk import close_desk
from components.ui.app.lifespan import routes_are_served


@functools.cache
def prepare_plain_script() -> None:
    """Do once what the ASGI app's start and stop do elsewhere; nothing where that has started."""
    if routes_are_served():
        return
    # Before Python waits for the threads that fetch: closing tells them to begin no further call. `atexit`, where
    # Python has no such place any more, comes after that wait, so that a look-up would spend to its end.
    getattr(threading, "_register_atexit", atexit.register)(close_desk)
    # `.streamlit/config.toml` is read only by what is started in the project's folder. Of what it says, the script can
    # still see to this: that no visitor reads an error's details, nor takes tables whose formulas nobody neutralised.
    st.set_option("client.showErrorDetails", "none")
    st.set_option("client.disableDataExport", True)


def say_what_is_missing() -> None:
    """Draw, where the plain script runs alone, that its PDFs are out of reach and what to do about it."""
    if not routes_are_served():
        st.caption(
            "PDFs can be neither opened nor downloaded here, because the app was started as a plain script. "
            "Start it with `streamlit run app.py` to have them."
        )
