"""Who gets in: a person on the list whose address the provider has verified, and nobody else."""

from typing import Any

import pytest

from tests.oidc.apps import GuardedApp
from tests.oidc.looking_up import only_login
from tests.oidc.provider import ABSENT, Provider
from tests.oidc.raw_client import RawClient
from tests.visiting import drawn

IN: dict[str, dict[str, Any]] = {
    "on the list": {},
    "written in capitals": {"email": "Ann.Other@EXAMPLE.com"},
    "with claims nobody asked for": {"groups": ["attorneys"], "admin": True, "name": "Zoë"},
}
NOT_VERIFIED: dict[str, dict[str, Any]] = {
    "no": {"email_verified": False},
    "no, as text": {"email_verified": "false"},
    "yes, as text": {"email_verified": "true"},
    "yes, as a number": {"email_verified": 1},
    "yes, in a list": {"email_verified": [True]},
    "0": {"email_verified": 0},
    "null": {"email_verified": None},
    "never said": {"email_verified": ABSENT},
}
NOT_LISTED: dict[str, dict[str, Any]] = {
    "elsewhere": {"email": "ann@elsewhere.example"},
    "a subdomain": {"email": "ann@sub.example.com"},
    "a longer domain": {"email": "ann@example.com.evil.example"},
    "a domain that ends alike": {"email": "ann@evil-example.com"},
    "two @": {"email": "ann@evil.example@example.com"},
    "a list of addresses": {"email": ["ann@example.com"]},
    "no address": {"email": ABSENT},
    "an empty address": {"email": ""},
    "null": {"email": None},
    "the address as the name": {"email": "x@elsewhere.example", "name": "ann@example.com", "sub": "ann@example.com"},
}


def greeting(client: RawClient) -> list[tuple[str, str]]:
    """Return what a new tab of this visitor draws on the Usage page."""
    return drawn(client.page("usage"))


def is_in(client: RawClient) -> bool:
    """Return whether a visitor gets the page itself, by http and by the websocket; both must say the same."""
    page = client.get("/usage", Accept="text/html").text
    drawn_in = ("heading", "Usage") in greeting(client)
    assert ('id="root"' in page) is drawn_in
    return drawn_in


@pytest.mark.parametrize("claims", IN.values(), ids=list(IN))
def test_a_listed_person_with_a_verified_address_gets_in(
    provider: Provider, client: RawClient, claims: dict[str, Any]
) -> None:
    """By the provider's page, with an id token that is good for an hour."""
    provider.know("one", **claims)
    client.log_in("one")
    assert is_in(client)
    assert ("button", "Log out") in greeting(client)


@pytest.mark.parametrize("claims", NOT_VERIFIED.values(), ids=list(NOT_VERIFIED))
def test_only_a_boolean_true_makes_an_address_verified(
    provider: Provider, client: RawClient, claims: dict[str, Any]
) -> None:
    """Providers have been seen to send it as text, or not at all (OpenID Connect Core 1.0, 5.1: a JSON boolean)."""
    provider.know("one", **claims)
    client.log_in("one")
    expect_refusal(client)


@pytest.mark.parametrize("claims", NOT_LISTED.values(), ids=list(NOT_LISTED))
def test_a_person_who_is_not_on_the_list_sees_a_way_out_and_nothing_else(
    provider: Provider, client: RawClient, claims: dict[str, Any]
) -> None:
    """Logged in at the provider all the same."""
    provider.know("one", **claims)
    client.log_in("one")
    expect_refusal(client)


def expect_refusal(client: RawClient) -> None:
    """By http and by the websocket: words, a log-out button, nothing of the app."""
    assert not is_in(client)
    assert only_login(client.page("usage"))
    assert "Log out" in client.get("/usage").text
    for path in ("/_stcore/host-config", "/_stcore/metrics", "/media/0.csv"):
        assert client.get(path).status_code in {401, 403}


def test_an_id_token_that_has_ended_lets_nobody_in(provider: Provider, client: RawClient) -> None:
    """Half a minute ago, which the library that reads it takes for a clock that is a little off."""
    provider.know("late", lifetime=-30)
    client.log_in("late")
    assert not is_in(client)


def test_a_group_is_a_list_too(provider: Provider, guarded: GuardedApp, client: RawClient) -> None:
    """Of several values each counts; a part of one does not."""
    provider.know("one", email="one@elsewhere.example", groups=["staff", "attorneys"])
    client.log_in("one")
    with guarded.other_lists(REVIEW_ALLOW="groups:attorneys"):
        assert is_in(client)
    with guarded.other_lists(REVIEW_ALLOW="groups:attorney"):
        assert not is_in(client)


def test_an_empty_list_lets_nobody_in(guarded: GuardedApp, ann: RawClient) -> None:
    """Not even those who are in."""
    with guarded.other_lists(REVIEW_ALLOW=""):
        assert not is_in(ann)
    assert is_in(ann)


ISSUER_TRUSTED: dict[str, tuple[dict[str, Any], bool]] = {
    "never said": ({"email_verified": ABSENT}, True),
    "yes": ({}, True),
    "no": ({"email_verified": False}, False),
    "no, as text": ({"email_verified": "false"}, False),
    "null": ({"email_verified": None}, False),
    "not listed": ({"email_verified": ABSENT, "email": "ann@elsewhere.example"}, False),
}


@pytest.mark.parametrize(("claims", "enters"), ISSUER_TRUSTED.values(), ids=list(ISSUER_TRUSTED))
def test_an_issuer_that_never_says_can_be_trusted(
    provider: Provider, guarded: GuardedApp, client: RawClient, claims: dict[str, Any], enters: bool
) -> None:
    """For what it does not say alone, and only the one that is named."""
    provider.know("one", **claims)
    client.log_in("one")
    with guarded.other_lists(REVIEW_TRUSTED_ISSUER=provider.url):
        assert is_in(client) is enters
    with guarded.other_lists(REVIEW_TRUSTED_ISSUER=f"{provider.url}/other"):
        assert is_in(client) is (claims == {})


def test_a_cookie_that_was_changed_or_mixed_lets_nobody_in(client: RawClient, ann: RawClient, bob: RawClient) -> None:
    """A letter, a foreign signature, the tokens' cookie in place of the person's, no token against forged requests."""
    name, tokens = "_streamlit_user", "_streamlit_user_tokens"
    mine = ann.cookies
    body, rest = mine[name].rsplit(".", 2)[0], mine[name].rsplit(".", 2)[1:]
    forged = {
        "a letter": mine[name][:20] + ("A" if mine[name][20] != "A" else "B") + mine[name][21:],
        "a foreign signature": ".".join([body, *bob.cookies[name].rsplit(".", 2)[1:]]),
        "tokens": mine[tokens],
        "no signature": body,
        "empty": "",
        "shortened": ".".join([body, rest[0], rest[1][:-1]]),
    }
    for way, value in forged.items():
        cookies = {**mine, name: value}
        with client.visit(cookies) as tab:
            assert ("heading", "Usage") not in drawn(tab.open("usage")), way
        header = "; ".join(f"{each}={text}" for each, text in cookies.items())
        assert 'id="root"' not in client.get("/usage", Cookie=header).text, way
    with client.visit({name: mine[name]}) as tab:
        assert ("heading", "Usage") not in drawn(tab.open("usage"))
