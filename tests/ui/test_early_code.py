"""Which of Streamlit's scripts a page names ahead."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from components.ui.app.early_code import NEEDED, EarlyCode, needed_files


async def answer(request: Request) -> Response:
    """Answer anything."""
    return HTMLResponse(request.url.path, status_code=404 if request.url.path == "/usage" else 200)


async def links_of(path: str) -> list[str]:
    """Return the links in the header of an answer."""
    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=[Middleware(EarlyCode)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app.test") as client:
        return (await client.get(path)).headers.get_list("link", split_commas=True)


def test_streamlit_has_what_is_named() -> None:
    """Each name stands for just one file of the Streamlit that is installed: another version may call it otherwise."""
    assert [file.split(".")[0] for file in needed_files()] == list(NEEDED)


@pytest.mark.parametrize(("path", "named"), [("/", 4), ("/review?patents=US1", 4), ("/documents/x", 0), ("/usage", 0)])
def test_only_pages_that_are_there_name_scripts(path: str, named: int) -> None:
    """A paper, a picture or an error does not."""
    with ThreadPoolExecutor() as apart:  # a worker that drives a browser has an event loop of its own already
        links = apart.submit(asyncio.run, links_of(path)).result()
    assert len(links) == named
    assert all(re.fullmatch(r"</static/js/[\w.-]+\.js>; rel=modulepreload", link) for link in links)
