"""Streamlit's login cookie, as the installed version writes it."""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
import time_machine
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.access import LoginSession
from components.ui.app.login_cookie import COOKIE, login_session

SECRET = "a secret that only this test knows"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cookie_secret() -> Iterator[None]:
    """The cookie secret of Streamlit's settings."""
    before = st.get_option("server.cookieSecret")
    st.config.set_option("server.cookieSecret", SECRET)
    yield
    st.config.set_option("server.cookieSecret", before)


def written(claims: dict[str, object], *, secret: str = SECRET, at: datetime = NOON) -> dict[str, str]:
    """The cookies that Streamlit writes for a login, at noon or at another time, with its own functions."""
    cookies: dict[str, str] = {}

    def signed(name: str, value: str) -> bytes:
        return create_signed_value(secret, name, value)

    def put(name: str, value: str) -> None:
        cookies[name] = signed(name, value).decode()

    with time_machine.travel(at, tick=False):
        set_cookie_with_chunks(put, signed, USER_COOKIE_NAME, claims, cookie_attr_size=60)
    return cookies


def read(cookies: dict[str, str]) -> LoginSession | None:
    """The login that cookies prove an hour later."""
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        return login_session(cookies)


def test_the_cookie_tells_who_logged_in_and_when() -> None:
    """Under Streamlit's own name for it."""
    session = read(written({"email": "ann@example.com"}))
    assert COOKIE == USER_COOKIE_NAME
    assert session is not None
    assert session.claims == {"email": "ann@example.com"}
    assert session.begun_at == NOON


def test_a_long_cookie_is_put_together() -> None:
    """Some providers send hundreds of groups."""
    groups = [secrets.token_hex(16) for _ in range(500)]
    cookies = written({"groups": groups})
    assert len(cookies) > 1
    session = read(cookies)
    assert session is not None
    assert session.claims == {"groups": groups}
    assert read({COOKIE: cookies[COOKIE]}) is None


def test_parts_of_two_logins_prove_nothing() -> None:
    """The part that only counts them may come from anybody."""
    groups: list[object] = [secrets.token_hex(16) for _ in range(500)]
    ann = written({"sub": "ann", "groups": groups})
    earlier = written({"sub": "rob", "groups": groups}, at=NOON - timedelta(minutes=5))
    assert read(ann) is not None
    assert read(ann | {COOKIE: earlier[COOKIE]}) is None


def test_a_login_has_one_id_and_another_login_another() -> None:
    """Whatever else the browser sends."""
    ann, again = written({"email": "ann@example.com"}), written({"email": "ann@example.com"})
    bob = written({"email": "bob@example.com"})
    ids = [session.id for each in (ann, again | {"x": "y"}, bob) if (session := read(each))]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize("forged", ["", "x", "e30.aaaa.bbbb", json.dumps({"email": "ann@example.com"})])
def test_what_was_not_signed_here_proves_nothing(forged: str) -> None:
    """Nor with another secret, nor cut, nor under another name."""
    good = written({"email": "ann@example.com"})[COOKIE]
    assert read({COOKIE: forged}) is None
    assert read(written({"email": "ann@example.com"}, secret="another secret of this test")) is None
    assert read({COOKIE: good[:-1]}) is None
    assert read({"_streamlit_user_tokens": good}) is None


def test_without_a_secret_nobody_is_logged_in() -> None:
    """A cookie signed with nothing is nobody's."""
    st.config.set_option("server.cookieSecret", "")
    assert read(written({"email": "ann@example.com"}, secret="")) is None
