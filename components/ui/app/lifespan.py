"""Start and stop of the app: nothing is opened before the first visitor, everything is closed in order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool

from components.desk import close_desk

_started = False


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, object] | None]:
    """Serve, then let calls under way end and be committed before the process goes."""
    global _started  # noqa: PLW0603 - one app a process
    del app
    _started = True
    try:
        yield None
    finally:
        await run_in_threadpool(close_desk)
        _started = False


def routes_are_served() -> bool:
    """Return whether the app's own routes exist in this process, above all `/documents/<token>`.

    They do wherever the ASGI app was started (`app.py`), whatever serves it: its lifespan begins before the first
    visitor comes. They do not where Streamlit runs the script `main.py` alone.
    """
    return _started
