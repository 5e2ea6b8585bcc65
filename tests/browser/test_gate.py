"""The gate: with a login configured, no page of a fresh process shows or spends anything before it."""

import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page
from tests.browser.entries import APP, PLAIN_SCRIPT, started
from tests.conftest import ROOT, App

AUTH = """
REVIEW_ALLOW = "@example.com"
[auth]
redirect_uri = "http://127.0.0.1:1/oauth2callback"
cookie_secret = "a secret that only this test knows"
client_id = "review"
client_secret = "canary-of-the-login"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""
PATHS = ("/", "/portfolio", "/usage", "/glossary", "/?patents=US10765880B2")
FIRST = [(entry, path) for entry in (APP, PLAIN_SCRIPT) for path in PATHS]
SIDE_BY_SIDE = 2
"""Processes that are started ahead of the test that asks them; a start takes as long as a test."""


class Starts:
    """One fresh process for each first path. Starting asks it for its health alone, which runs no script."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._running = ExitStack()
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE)
        self._waiting = deque(FIRST)
        self._begun: dict[tuple[str, str], Future[tuple[App, ExitStack]]] = {}

    def take(self, entry: str, path: str) -> tuple[App, ExitStack]:
        """Give the process for this path, and what ends it; the next ones begin meanwhile."""
        if (entry, path) not in self._begun:
            self._begin(entry, path)
        while self._waiting and sum(not each.done() for each in self._begun.values()) < SIDE_BY_SIDE:
            self._begin(*self._waiting[0])
        return self._begun[entry, path].result()

    def close(self) -> None:
        """End what was started and not taken."""
        self._pool.shutdown()
        self._running.close()

    def _begin(self, entry: str, path: str) -> None:
        self._waiting.remove((entry, path))
        folder = self._folder / str(len(self._begun))
        folder.mkdir()
        self._begun[entry, path] = self._pool.submit(self._start, entry, folder)

    def _start(self, entry: str, folder: Path) -> tuple[App, ExitStack]:
        one = self._running.enter_context(ExitStack())
        return one.enter_context(started(entry, folder, root=self._root)), one


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a login in its secrets file."""
    root = tmp_path_factory.mktemp("guarded") / "project"
    ignored = shutil.ignore_patterns(".git", ".venv", "tests", "artifacts", ".*_cache", "secrets.toml")
    shutil.copytree(ROOT, root, ignore=ignored)
    secrets = root / ".streamlit" / "secrets.toml"
    secrets.write_text(AUTH, encoding="utf-8")
    secrets.chmod(0o600)
    return root


@pytest.fixture(scope="module")
def starts(guarded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starts]:
    """The fresh processes."""
    starts = Starts(guarded, tmp_path_factory.mktemp("fresh"))
    yield starts
    starts.close()


@pytest.mark.parametrize(("entry", "path"), FIRST)
def test_no_page_of_a_fresh_process_opens_before_the_login(page: Page, starts: Starts, entry: str, path: str) -> None:
    """Each path is the very first that its process is asked for, with the ASGI app and as a plain script."""
    app, running = starts.take(entry, path)
    with running:
        open_page(page, app.url + path)
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        text = page.locator("[data-testid='stMain']").inner_text()
        assert " ".join(text.split()) == "Prosecution Review Please log in to see file histories. Log in"
        for seen in (page.content(), app.log.read_text()):
            assert "canary-of-the-login" not in seen
        assert not app.store.parent.exists()
