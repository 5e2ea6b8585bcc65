"""What `streamlit run app.py` starts: the ASGI app around the script in `components/ui/main.py`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request

from components.access import Person
from components.desk import desk
from components.documents import document_routes, sandbox_routes
from components.fulltext import text_routes
from components.ui.app.base_path import base_path
from components.ui.app.early_code import EarlyCode
from components.ui.app.gate import Gate
from components.ui.app.headers import SecurityHeaders
from components.ui.app.lifespan import lifespan
from components.ui.take_away import OFFERED_FILES


def person_of_request(request: Request) -> Person | None:
    """Return who asks, as the gate has found; `None` if it has found nobody."""
    return getattr(request.state, "person", None)


app = st.App(
    Path(__file__).parent / "components" / "ui" / "main.py",
    routes=[
        *document_routes(
            lambda workspace: desk().for_workspace(workspace).documents,
            person_of=person_of_request,
            files=OFFERED_FILES,
            base_path=base_path(),
        ),
        *text_routes(
            lambda workspace: desk().for_workspace(workspace).documents,
            lambda workspace: desk().for_workspace(workspace).fulltext,
            person_of=person_of_request,
            base_path=base_path(),
        ),
        *sandbox_routes(lambda: desk().sandbox, base_path=base_path()),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(Gate), Middleware(EarlyCode)],
    lifespan=lifespan,
)
