"""Tells browsers, with each page, which of Streamlit's own scripts it will draw with, before Streamlit asks for them.

Streamlit loads the code of an element when the first one arrives: chart and table then wait for it, and the stylesheet
moves what has been drawn before it. A header of the page (`Link`, `rel=modulepreload`) lets the browser fetch and
compile them while it starts Streamlit itself.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.ui.app.base_path import base_path

NEEDED: Final = ("Html", "PlotlyChart", "DataFrame", "arrowFormatUtils")
"""The scripts by the names that Streamlit's build gives them: the stylesheet's, the chart's and the table's."""

_FOLDER: Final = Path(streamlit.__file__).parent / "static" / "static" / "js"
_PAGES: Final = ("/", "/review")
"""Those that draw a timeline; the others need less of it, and should not have the browser compile plotly."""


class EarlyCode:
    """Adds the header to the pages that draw a timeline, and to nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        base = base_path()
        if scope["type"] != "http" or scope["path"].removeprefix(base) not in ("", *_PAGES):
            await self._app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                for file in needed_files():
                    headers.append("Link", f"<{base}/static/js/{file}>; rel=modulepreload")
            await send(message)

        await self._app(scope, receive, send_with_links)


@cache
def needed_files() -> Sequence[str]:
    """Return the names of the files in Streamlit's folder; those that its version calls otherwise are left out."""
    return [path.name for name in NEEDED for path in sorted(_FOLDER.glob(f"{name}.*.js"))]
