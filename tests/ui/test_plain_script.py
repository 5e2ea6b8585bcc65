"""The plain script without the ASGI app around it, in Streamlit's own test harness."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import settings
from components.desk import Desk, close_desk
from components.desk import desk as desk_of_process
from components.ui.app.lifespan import lifespan, routes_are_served
from tests.ui.conftest import MAIN, open_app

T = TypeVar("T")
LINKS = "Started as a plain script"


def run(work: Coroutine[None, None, T]) -> T:
    """Run in a thread of its own: the session's browser has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.mark.usefixtures("desk")
def test_only_where_the_routes_are_missing_the_page_says_so() -> None:
    """The plain script says that it has no links, and what has; while the ASGI app runs, it says nothing of it."""
    said = [element.value for element in open_app().caption if element.value.startswith(LINKS)]
    assert len(said) == 1
    assert "`streamlit run app.py`" in said[0]

    async def visited() -> list[str]:
        async with lifespan(st.App(MAIN)):
            assert routes_are_served()
            return [element.value for element in (await asyncio.to_thread(open_app)).caption]

    seen = run(visited())
    assert seen
    assert not [words for words in seen if words.startswith(LINKS)]
    assert not routes_are_served()


def test_the_end_of_the_app_closes_the_desk(desk: Desk) -> None:
    """What the ASGI app's stop and the plain script's exit do alike; a second time there is nothing to close."""

    async def come_and_go() -> None:
        async with lifespan(st.App(MAIN)):
            pass

    run(come_and_go())
    run(come_and_go())
    assert desk_of_process() is not desk


@pytest.mark.parametrize(
    ("secrets", "advice"),
    [("[auth]\nclient_id = 'x'", "Start the app in the project's folder"), ("[auth", "no valid TOML")],
    ids=["elsewhere", "broken"],
)
def test_a_login_that_streamlit_cannot_read_lets_nobody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secrets: str, advice: str
) -> None:
    """Started outside the project, or with a broken secrets file: what to do is said, and no store is opened."""
    file = tmp_path / "secrets.toml"
    file.write_text(secrets, encoding="utf-8")
    monkeypatch.setattr(settings, "SECRETS_FILE", file)
    monkeypatch.setenv("REVIEW_STORE_URL", f"sqlite:///{tmp_path / 'data' / 'store.db'}")
    close_desk()
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    assert not app.exception
    assert [element.value for element in app.title] == ["Prosecution Review"]
    told = "".join(element.value for element in app.text)
    assert advice in told
    assert not app.button
    assert not (tmp_path / "data").exists()
