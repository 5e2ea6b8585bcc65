"""The gate: with a login configured, no page of a fresh process shows or spends anything before it."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page
from tests.conftest import ROOT, AppStarter

AUTH = """
REVIEW_ALLOW = "@example.com"
[auth]
redirect_uri = "http://127.0.0.1:1/oauth2callback"
cookie_secret = "a secret that only this test knows"
client_id = "review"
client_secret = "canary-of-the-login"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a login in its secrets file."""
    root = tmp_path_factory.mktemp("guarded") / "project"
    ignored = shutil.ignore_patterns(".git", ".venv", "tests", "artifacts", "__pycache__", ".*_cache", "secrets.toml")
    shutil.copytree(ROOT, root, ignore=ignored)
    secrets = root / ".streamlit" / "secrets.toml"
    secrets.write_text(AUTH, encoding="utf-8")
    secrets.chmod(0o600)
    return root


@pytest.mark.parametrize("path", ["/", "/portfolio", "/usage", "/glossary", "/?patents=US10765880B2"])
def test_no_page_of_a_fresh_process_opens_before_the_login(
    page: Page, start_app: AppStarter, guarded: Path, path: str
) -> None:
    """Each path is the very first that its process is asked for."""
    app = start_app(root=guarded)
    open_page(page, app.url + path)
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    text = page.locator("[data-testid='stMain']").inner_text()
    assert "Please log in" in text
    for word in ("Look up", "Charged", "Portfolio", "CTNF", "Sandbox"):
        assert word not in text
    assert "canary-of-the-login" not in page.content()
    assert not app.store.exists()
