"""People of whom the provider sends much: hundreds of groups, and what becomes of them on the way."""

import secrets

from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from tests.oidc.apps import GuardedApp
from tests.oidc.provider import Provider
from tests.oidc.raw_client import LOG_IN, RawClient
from tests.visiting import drawn

LOG_OUT = "Log out"


def groups(count: int) -> list[str]:
    """Ids of groups, as a directory of a firm has them."""
    return [secrets.token_hex(16) for _ in range(count)]


def test_a_person_of_many_groups_gets_in_and_out(provider: Provider, guarded: GuardedApp) -> None:
    """The cookie is in parts; the tokens are left out where they would make it too long for a websocket."""
    provider.know("many", groups=groups(150))
    with RawClient(guarded.url) as client:
        client.log_in("many")
        assert sorted(each for each in client.cookies if each.startswith(USER_COOKIE_NAME))[1:]
        assert not [each for each in client.cookies if each.startswith(TOKENS_COOKIE_NAME)]
        assert ("heading", "Usage") in drawn(client.page("usage"))
        kept = dict(client.cookies)
        with client.visit() as tab:
            tab.open("usage")
            tab.click(LOG_OUT)
        client.forget()
        client.log_in("many")
        mixed = kept | {USER_COOKIE_NAME: client.cookies[USER_COOKIE_NAME]}
        with client.visit(mixed) as replayed:
            assert ("heading", "Usage") not in drawn(replayed.open("usage"))


def test_a_person_of_too_many_groups_reads_why(provider: Provider, guarded: GuardedApp) -> None:
    """Instead of a page that stays empty, because no websocket opens with such cookies."""
    provider.know("crowd", groups=groups(400))
    with RawClient(guarded.url) as client:
        answer = client.log_in("crowd")
        assert "sends so much about you" in answer.text
        assert LOG_OUT in answer.text


def test_a_refusal_of_the_provider_is_told_and_not_logged(guarded: GuardedApp) -> None:
    """Anybody can send it: nothing of its words reaches the log."""
    with RawClient(guarded.url) as client:
        refused = client.get("/oauth2callback?error=access_denied&error_description=canary%1b[31m%e2%80%a8words")
        assert "access_denied" in refused.text
        assert LOG_IN in refused.text
        assert "canary" not in client.get("/oauth2callback?error=%3Cb%3Ecanary").text
    assert "canary" not in guarded.app.log.read_text()
