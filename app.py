"""What `streamlit run app.py` starts: the ASGI app around the script in `components/ui/main.py`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.desk import desk
from components.documents import document_routes, sandbox_routes
from components.ui.app.access import access_setup
from components.ui.app.gate import Gate
from components.ui.app.headers import SecurityHeaders
from components.ui.app.lifespan import lifespan

app = st.App(
    Path(__file__).parent / "components" / "ui" / "main.py",
    routes=[
        *document_routes(lambda: desk().documents, may_spend=lambda: access_setup().login is None),
        *sandbox_routes(lambda: desk().sandbox),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(Gate)],
    lifespan=lifespan,
)
