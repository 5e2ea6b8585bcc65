"""A login that was meant and is not complete never passes for none."""

from typing import Any

import pytest

from components.access import IncompleteLogin, Login, read_login
from components.settings import Settings

AUTH: dict[str, Any] = {
    "redirect_uri": "https://review.example.com/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "review",
    "client_secret": "canary",
    "server_metadata_url": "https://login.example.com/.well-known/openid-configuration",
}
LISTS = {"review_allow": "@example.com", "review_spend": "@example.com"}


def read(
    auth: dict[str, Any], *, files: dict[str, Any] | None = None, env: tuple[str, ...] = (), **lists: str
) -> object:
    """What is set up."""
    return read_login(files or {}, auth, Settings(**lists), environment=env)


def problems(found: object) -> str:
    """What is said to be missing."""
    assert isinstance(found, IncompleteLogin)
    return "\n".join(found.problems)


def test_a_complete_section_is_a_login() -> None:
    """With the address under which people open the app."""
    login = read(AUTH, **LISTS)
    assert isinstance(login, Login)
    assert (login.host, login.origin, login.is_https) == ("review.example.com", "https://review.example.com", True)
    assert login.providers == ("default",)


def test_providers_with_names_are_offered_each() -> None:
    """As Streamlit reads them."""
    keys = ("client_id", "client_secret", "server_metadata_url")
    shared = {name: AUTH[name] for name in AUTH if name not in keys}
    provider = {name: AUTH[name] for name in keys}
    login = read(shared | {"google": provider, "entra": provider}, **LISTS)
    assert isinstance(login, Login)
    assert login.providers == ("google", "entra")


def test_nothing_set_is_no_login() -> None:
    """A PatSnap account alone is no sign of one."""
    account = {"PATSNAP_CLIENT_ID": "x", "PATSNAP_CLIENT_SECRET": "y", "theme": {"base": "dark"}}
    assert read({}, files=account, env=("PATH", "REVIEW_CAP_DAY", "REVIEW_STORE_URL", "PATSNAP_CLIENT_ID")) is None


@pytest.mark.parametrize("name", ["Auth", "AUTH", "auth0", "oauth", "oidc", "login", "authentication", "sso"])
def test_a_section_of_another_name_stops_the_app(name: str) -> None:
    """The house stood open beside REVIEW_ALLOW."""
    assert f"[{name}]" in problems(read({}, files={name: AUTH}))


@pytest.mark.parametrize(
    "files",
    [{"google": {"client_id": "x"}}, {"redirect_uri": "https://x"}, {"COOKIE_SECRET": "x"}, {"auth": {}}],
)
def test_keys_of_a_login_elsewhere_stop_the_app(files: dict[str, Any]) -> None:
    """Under another section, or under none."""
    assert problems(read({}, files=files))


@pytest.mark.parametrize(
    "files",
    [
        {"general": {"auth": {"client_id": "x"}}},
        {"streamlit": {"Auth": {"x": "y"}}},
        {"login": [{"x": "y"}]},
        {"general": {"REVIEW_ALLOW": "@example.com"}},
        {"REVIEW": {"ALLOW": "@example.com"}},
        {"\u0430uth": {"x": "y"}},
        {"oath": {"x": "y"}},
        {"REVIEW_USERS": "@example.com"},
        {"auth": 1},
        {"auth": [{"client_id": "x"}]},
    ],
)
def test_a_login_in_another_place_or_shape_stops_the_app(files: dict[str, Any]) -> None:
    """At any depth, as a list, under another letter, in a section of its own."""
    assert problems(read({}, files=files))


def test_what_is_listed_is_told_to_nobody() -> None:
    """Whoever reaches the app reads what is wrong: the name of a matter, or of a person, is not among it."""
    told = problems(read(AUTH, review_allow="canary@x.com; b", review_workspaces="Canary/B = a", review_spend="canary"))
    assert "canary" not in told.lower()
    assert "entry 1" in told


@pytest.mark.parametrize("name", ["review_allow", "review_spend", "review_admin"])
def test_a_list_of_people_without_a_login_stops_the_app(name: str) -> None:
    """Somebody thought that it keeps others out."""
    assert name.upper() in problems(read({}, **{name: "@example.com"}))


@pytest.mark.parametrize(
    "name", ["REVIEW_ALOW", "REVIEW_ALLOWED", "REVIEW_ADMINS", "review_spenders", "STREAMLIT_AUTH_X"]
)
def test_a_misspelt_setting_stops_the_app(name: str) -> None:
    """In the environment as in the file."""
    assert name.upper() in problems(read({}, env=(name,)))
    assert name.upper() in problems(read({}, files={name: "x"}))


@pytest.mark.parametrize("missing", list(AUTH))
def test_each_key_is_needed(missing: str) -> None:
    """And its name is said, not its neighbours' values."""
    told = problems(read({name: value for name, value in AUTH.items() if name != missing}, **LISTS))
    assert missing in told
    assert "canary" not in told


@pytest.mark.parametrize(
    "auth",
    [
        {"redirect_uri": "https://review.example.com/callback"},
        {"redirect_uri": "review.example.com/oauth2callback"},
        {"cookie_secret": "short"},
        {"cookie_secret": "a" * 32},
        {"cookie_secret": "a long random string"},
        {"client_secret": "..."},
        {"my_provider": {"client_id": "x", "client_secret": "y", "server_metadata_url": "https://x"}},
    ],
)
def test_a_key_that_cannot_work_is_said(auth: dict[str, Any]) -> None:
    """What was copied from the example, and what could be guessed."""
    assert problems(read(AUTH | auth, **LISTS))


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"review_spend": "@example.com"}, "REVIEW_ALLOW"),
        ({"review_allow": " , "} | {"review_spend": "a@x.example"}, "REVIEW_ALLOW"),
        ({"review_allow": "@example.com"}, "REVIEW_SPEND and REVIEW_ADMIN"),
        ({"review_allow": "everybody", "review_spend": "a@x.example"}, "REVIEW_ALLOW"),
        (LISTS | {"review_workspaces": "merger"}, "REVIEW_WORKSPACES"),
    ],
)
def test_the_lists_are_part_of_a_login(lists: dict[str, str], told: str) -> None:
    """Who may enter, who may spend or administer, who works where."""
    assert told in problems(read(AUTH, **lists))


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers", "Common"])
def test_entras_shared_addresses_are_never_trusted_unverified(tenant: str) -> None:
    """Any tenant could give an account any address."""
    shared = f"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"
    issuer = "https://login.microsoftonline.com/0a1b/v2.0"
    assert "tenant" in problems(read(AUTH | {"server_metadata_url": shared}, review_trusted_issuer=issuer, **LISTS))
    assert "tenant" in problems(
        read(AUTH, review_trusted_issuer=f"https://login.microsoftonline.com/{tenant}/v2.0", **LISTS)
    )
