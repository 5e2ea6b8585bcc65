"""With a login configured, no page of a fresh process shows or spends anything before it."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.entry_scripts import APP, PLAIN_SCRIPT, started
from tests.conftest import ROOT, App
from tests.visiting import drawn, visit

AUTH = """
REVIEW_ALLOW = "@example.com"
REVIEW_SPEND = "@example.com"
[auth]
redirect_uri = "http://127.0.0.1:1/oauth2callback"
cookie_secret = "a secret that only this test knows"
client_id = "review"
client_secret = "canary-of-the-login"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""
WORDS = [("heading", "Prosecution Review"), ("markdown", "Please log in to see file histories.")]
LOGIN = {APP: [*WORDS, ("bidi_component", "")], PLAIN_SCRIPT: [*WORDS, ("button", "Log in")]}


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


@pytest.mark.parametrize(
    ("entry", "page_name", "query"),
    [
        pytest.param(PLAIN_SCRIPT, "portfolio", "", marks=pytest.mark.slow),
        pytest.param(PLAIN_SCRIPT, "usage", "", marks=pytest.mark.slow),
        pytest.param(PLAIN_SCRIPT, "glossary", "", marks=pytest.mark.slow),
        pytest.param(PLAIN_SCRIPT, "", "patents=US10765880B2", marks=pytest.mark.slow),
        pytest.param(APP, "portfolio", "", marks=pytest.mark.slow),
        (APP, "", "patents=US10765880B2"),
    ],
)
def test_no_page_of_a_fresh_process_sends_anything_but_the_login(
    tmp_path: Path, guarded: Path, entry: str, page_name: str, query: str
) -> None:
    """Each is the very first that its process is asked for, with the ASGI app and as a plain script."""
    with started(entry, tmp_path, root=guarded) as app:
        messages = visit(app.url, page_name, query)
        assert drawn(messages) == LOGIN[entry]
        expect_no_secret(app, str(messages))


@pytest.mark.parametrize("entry", [APP, pytest.param(PLAIN_SCRIPT, marks=pytest.mark.slow)])
def test_the_browser_shows_the_login_alone(page: Page, tmp_path: Path, guarded: Path, entry: str) -> None:
    """The same on the screen, at the address that people open."""
    with started(entry, tmp_path, root=guarded) as app:
        page.goto(app.url)
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        text = page.locator("main, [data-testid='stMain']").inner_text()
        assert " ".join(text.split()) == "Prosecution Review Please log in to see file histories. Log in"
        expect_no_secret(app, page.content())


def expect_no_secret(app: App, seen: str) -> None:
    """The secret of the login is neither sent nor logged, and no store was opened."""
    assert "canary-of-the-login" not in seen
    assert "canary-of-the-login" not in app.log.read_text()
    assert not app.store.parent.exists()
