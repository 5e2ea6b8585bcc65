"""A login that was meant and is not complete: nobody gets in, and every path says what is missing."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.entry_scripts import APP, PLAIN_SCRIPT, started
from tests.conftest import App
from tests.oidc.apps import copy_project, write_secrets
from tests.oidc.looking_up import in_plain_words, sent
from tests.oidc.provider import Client
from tests.visiting import drawn, visit
from tests.waiting import until

ACCOUNT = {"PATSNAP_API_KEY": "sk-canary-key-of-the-firm"}
CLIENT = Client(
    "review", "canary-of-the-client", "http://127.0.0.1:1/oauth2callback", "https://login.example/.well-known"
)
WHOLE = CLIENT.auth_section()
LISTS = {"REVIEW_ALLOW": "@example.com", "REVIEW_SPEND": "ann@example.com"}
MISSPELT = WHOLE.replace("[auth]", "[Auth]")
INCOMPLETE: dict[str, tuple[str, dict[str, str], str]] = {
    "misspelt": (MISSPELT, LISTS, "[Auth]"),
    "another name": (WHOLE.replace("[auth]", "[oauth]"), LISTS, "[oauth]"),
    "another name, no list": (WHOLE.replace("[auth]", "[oidc]"), {}, "[oidc]"),
    "a list without a section": ("", LISTS, "REVIEW_ALLOW"),
    "spenders without a section": ("", {"REVIEW_SPEND": "ann@example.com"}, "REVIEW_SPEND"),
    "keys without a section": (WHOLE.replace("[auth]\n", ""), {}, "redirect_uri"),
    "an empty section": ("[auth]\n", LISTS, "[auth]"),
    "no client_id": (CLIENT.auth_section(client_id=""), LISTS, "client_id"),
    "no client_secret": (CLIENT.auth_section(client_secret=""), LISTS, "client_secret"),
    "no metadata": (CLIENT.auth_section(server_metadata_url=""), LISTS, "server_metadata_url"),
    "no redirect_uri": (CLIENT.auth_section(redirect_uri=""), LISTS, "redirect_uri"),
    "another path": (CLIENT.auth_section(redirect_uri="http://127.0.0.1:1/callback"), LISTS, "redirect_uri"),
    "no cookie_secret": (CLIENT.auth_section(cookie_secret=""), LISTS, "cookie_secret"),
    "a short cookie_secret": (CLIENT.auth_section(cookie_secret="secret"), LISTS, "cookie_secret"),
    "nobody listed": (WHOLE, {**LISTS, "REVIEW_ALLOW": ""}, "REVIEW_ALLOW"),
    "no role": (WHOLE, {"REVIEW_ALLOW": "@example.com"}, "REVIEW_ADMIN"),
    "no list at all": (WHOLE, {}, "REVIEW_ALLOW"),
    "a list that is none": (WHOLE, {**LISTS, "REVIEW_SPEND": "ann"}, "REVIEW_SPEND"),
    "workspaces that are none": (WHOLE, {**LISTS, "REVIEW_WORKSPACES": "merger"}, "REVIEW_WORKSPACES"),
    "any tenant": (
        CLIENT.auth_section(server_metadata_url="https://login.example/common/v2.0/.well-known/openid-configuration"),
        {**LISTS, "REVIEW_TRUSTED_ISSUER": "https://login.example/tenant/v2.0"},
        "REVIEW_TRUSTED_ISSUER",
    ),
    "organizations": (
        CLIENT.auth_section(server_metadata_url="https://login.example/Organizations/v2.0/.well-known/openid-configuration"),
        {**LISTS, "REVIEW_TRUSTED_ISSUER": "https://login.example/tenant/v2.0"},
        "REVIEW_TRUSTED_ISSUER",
    ),
    "consumers": (
        CLIENT.auth_section(server_metadata_url="https://login.example/consumers/v2.0/.well-known/openid-configuration"),
        {**LISTS, "REVIEW_TRUSTED_ISSUER": "https://login.example/tenant/v2.0"},
        "REVIEW_TRUSTED_ISSUER",
    ),
    "no TOML": (WHOLE + "\n[[[\n", LISTS, "TOML"),
    "a role below the section": (WHOLE + 'REVIEW_SPEND = "ann@example.com"\n', {"REVIEW_ALLOW": "@example.com"},
                                 "REVIEW_SPEND"),
}  # fmt: skip
PATHS = ("/", "/usage", "/portfolio", "/?patents=US1", "/documents/x", "/documents/packs/x", "/media/x.csv", "/login",
         "/auth/login", "/auth/logout", "/oauth2callback", "/_stcore/host-config", "/_stcore/metrics",
         "/_stcore/upload_file/s/f", "/sandbox/documents/x", "/nowhere")  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project whose login is misspelt."""
    root = copy_project(tmp_path_factory.mktemp("incomplete"))
    write_secrets(root, MISSPELT, LISTS)
    return root


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[App]:
    """An app with an account, started with that copy."""
    with started(APP, tmp_path_factory.mktemp("stopped"), root=project, **ACCOUNT) as app:
        yield app


def page(app: App, path: str = "/") -> httpx.Response:
    """Return what a path answers."""
    return httpx.get(app.url + path, trust_env=False)


@pytest.mark.parametrize("way", list(INCOMPLETE))
def test_every_path_says_what_is_missing(stopped: App, project: Path, way: str) -> None:
    """By http and by the websocket; no secret of it is shown, and nothing is opened."""
    auth, lists, words = INCOMPLETE[way]
    write_secrets(project, auth, lists)
    until(lambda: words in page(stopped).text.replace("&#39;", "'"), f"the page that names {words}")
    for path in PATHS:
        answer = page(stopped, path)
        assert (path, answer.status_code) == (path, 503)
        assert words in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "canary" not in answer.text
    for name in ("", "usage"):
        messages = visit(stopped.url, name)
        assert {kind for kind, _ in drawn(messages)} <= {"heading", "alert", "markdown", "text"}
        assert words.encode() in in_plain_words(sent(messages))
        assert b"canary" not in sent(messages)
    assert page(stopped, "/_stcore/health").text == "ok"
    assert not stopped.store.parent.exists()
    assert "canary" not in stopped.log.read_text()


@pytest.mark.slow
def test_a_plain_script_says_the_same(tmp_path: Path, project: Path) -> None:
    """Its guard alone stands there."""
    write_secrets(project, MISSPELT, LISTS)
    with started(PLAIN_SCRIPT, tmp_path, root=project, **ACCOUNT) as app:
        for name in ("", "usage", "portfolio"):
            messages = visit(app.url, name)
            assert {kind for kind, _ in drawn(messages)} <= {"heading", "alert", "markdown", "text"}
            assert b"[Auth]" in in_plain_words(sent(messages))
        assert not app.store.parent.exists()


def test_a_misspelt_setting_in_the_environment_stops_the_app_too(tmp_path: Path, project: Path) -> None:
    """A list that nobody reads would let everybody in."""
    (project / ".streamlit" / "secrets.toml").unlink(missing_ok=True)
    with started(APP, tmp_path, root=project, REVIEW_ALOW="@example.com", **ACCOUNT) as app:
        assert page(app).status_code == 503
        assert "REVIEW_ALLOW" in page(app).text
