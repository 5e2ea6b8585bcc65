"""Start and stop of the app: nothing is opened before the first visitor, everything is closed in order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool

from components.documents import close_packs
from components.lookups import close_desk


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, object] | None]:
    """Serve, then let calls under way end and be committed before the process goes."""
    del app
    try:
        yield None
    finally:
        await run_in_threadpool(close_packs)  # they fetch through the desk, so they end first
        await run_in_threadpool(close_desk)
