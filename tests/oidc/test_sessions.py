"""How a session ends: by its button, its age, the list; for the browser, its other tabs and copies of its cookie."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import open_page, settled
from tests.oidc.apps import GuardedApp
from tests.oidc.by_browser import log_in
from tests.oidc.looking_up import document_path, in_plain_words, look_up, only_login, sent
from tests.oidc.provider import Provider
from tests.oidc.raw_client import LOG_IN, RawClient, logged_in
from tests.visiting import Visit, drawn
from tests.waiting import until

NUMBER = "US9900003B2"
LOG_OUT = "Log out"
PAGES = ("", "usage", "portfolio", "glossary")


@pytest.fixture
def visitor(guarded: GuardedApp) -> Iterator[RawClient]:
    """Ann in a session of the test's own."""
    with logged_in(guarded, "ann") as client:
        yield client


def is_in(client: RawClient) -> bool:
    """Return whether a visitor's cookies open a page, by http and by a new websocket; both must say the same."""
    by_http = 'id="root"' in client.get("/usage", Accept="text/html").text
    by_socket = ("heading", "Usage") in drawn(client.page("usage"))
    assert by_http is by_socket
    return by_socket


@pytest.mark.parametrize("page", ["", *(pytest.param(page, marks=pytest.mark.slow) for page in PAGES[1:])])
def test_every_page_has_a_log_out_button(ann: RawClient, page: str) -> None:
    """And says who is logged in."""
    messages = ann.page(page)
    assert ("button", LOG_OUT) in drawn(messages)
    assert b"ann@example.com" in in_plain_words(sent(messages))


def test_a_session_that_was_ended_is_nothing_to_whoever_kept_its_cookie(
    guarded: GuardedApp, visitor: RawClient, provider: Provider
) -> None:
    """On pages, documents, media and uploads; and the provider is told."""
    kept = dict(visitor.cookies)
    header = "; ".join(f"{name}={value}" for name, value in kept.items())
    with visitor.visit() as tab:
        look_up(tab, NUMBER)
        path = document_path(tab)
        opened = visitor.get(f"{path}/view")
        assert opened.headers["content-type"] == "application/pdf"
        tab.open("usage")
        tab.click(LOG_OUT)
        leaving = next(each.auth_redirect.url for each in tab.messages if each.HasField("auth_redirect"))
    before = len(provider.logged_out)
    visitor.get(leaving, follow=True)
    assert provider.logged_out[before:] == ["ann"]
    assert not is_in(visitor)

    with RawClient(guarded.url) as thief, thief.visit(kept) as replayed:
        assert only_login(replayed.open("usage"))
        for place in ("/usage", path, f"{path}/view", f"{path}/download"):
            answer = thief.get(place, Cookie=header)
            assert LOG_IN in answer.text
            assert answer.headers["content-type"].startswith("text/html")
        token = kept["_streamlit_xsrf"]
        for place in ("/media/0123456789abcdef.csv", "/_stcore/host-config", "/_stcore/metrics"):
            assert thief.get(place, Cookie=header).status_code in {401, 403}
        upload = thief.request("PUT", "/_stcore/upload_file/s/f", Cookie=header, X_Xsrftoken=token)
        assert upload.status_code in {401, 403}


def test_a_second_tab_ends_with_the_first(visitor: RawClient) -> None:
    """Whatever is clicked in it, part of the page or all of it, and without a click at its next look by itself."""
    with visitor.visit() as first, tabs_for_each_part(visitor, "US9900004B2") as others:
        assert 0 < min(others[0][0].looks_every()) <= 60
        first.open("usage")
        first.click(LOG_OUT)
        for tab, part in others:
            expect_nothing_new(tab, part)
            assert only_login(tab.again())


@contextmanager
def tabs_for_each_part(client: RawClient, number: str) -> Iterator[list[tuple[Visit, str]]]:
    """Yield tabs with a history, as many as the page has parts that run alone, each with the id of one of them."""
    with client.visit() as buyer:
        look_up(buyer, number)
    with ExitStack() as open_tabs:
        tabs = [open_tabs.enter_context(client.visit())]
        tabs[0].open(query=f"patents={number}")
        parts = len(tabs[0].fragments())
        assert parts >= 2
        for _ in range(parts - 1):
            tabs.append(open_tabs.enter_context(client.visit()))
            tabs[-1].open(query=f"patents={number}")
        yield [(tab, sorted(tab.fragments())[position]) for position, tab in enumerate(tabs)]


def expect_nothing_new(tab: Visit, part: str) -> None:
    """A part of the page that runs alone draws nothing of the app any more."""
    deltas = [message for message in tab.run_fragment(part) if message.HasField("delta")]
    assert b"/documents/" not in sent(deltas)
    if drawn(deltas):
        assert only_login(deltas), drawn(deltas)


def test_a_tab_left_alone_shows_the_login_within_a_minute(
    page: Page, context: BrowserContext, guarded: GuardedApp
) -> None:
    """In a browser whose clock is turned on; the other tab is where the button is clicked."""
    log_in(page, guarded, "bob", at="/usage")
    expect(page.get_by_role("heading", name="Usage")).to_be_visible()
    other = context.new_page()
    other.clock.install()
    open_page(other, f"{guarded.url}/glossary")
    expect(other.get_by_role("heading", name="Glossary")).to_be_visible()
    page.get_by_role("button", name=LOG_OUT).click()
    expect(page.get_by_text(LOG_IN, exact=True)).to_be_visible()
    other.clock.fast_forward(60_000)
    expect(other.get_by_text(LOG_IN, exact=True)).to_be_visible()
    expect(other.get_by_role("heading", name="Glossary")).to_have_count(0)


def test_a_foreign_page_ends_no_session(visitor: RawClient) -> None:
    """`/auth/logout` deletes a cookie at most, and for a foreign site not even that."""
    kept = visitor.cookies
    header = "; ".join(f"{name}={value}" for name, value in kept.items())
    for site in ("cross-site", "same-site"):
        answer = visitor.get("/auth/logout", Sec_Fetch_Site=site)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    assert is_in(visitor)
    visitor.get("/auth/logout", Sec_Fetch_Site="none")
    with visitor.visit(kept) as tab:
        assert ("heading", "Usage") in drawn(tab.open("usage"))
    assert 'id="root"' in visitor.get("/usage", Cookie=header).text


@pytest.mark.slow
def test_a_foreign_page_in_a_browser_ends_no_session(page: Page, guarded: GuardedApp, provider: Provider) -> None:
    """By a picture, a frame or a link to the log-out; one is still in afterwards."""
    log_in(page, guarded, "bob", at="/usage")
    expect(page.get_by_role("heading", name="Usage")).to_be_visible()
    page.goto(f"{provider.url}/.well-known/openid-configuration")
    leave = f"{guarded.url}/auth/logout"
    page.evaluate(
        "async (url) => { await fetch(url, {mode: 'no-cors', credentials: 'include'}).catch(() => 0);"
        " location.href = url; }",
        leave,
    )
    page.wait_for_url(leave)
    open_page(page, f"{guarded.url}/usage")
    expect(page.get_by_role("heading", name="Usage")).to_be_visible()


def test_a_session_ends_its_hours_after_its_login(guarded: GuardedApp, visitor: RawClient) -> None:
    """However busy it is: for pages, for routes, and in a tab that is open."""
    with visitor.visit() as tab:
        tab.open("usage")
        with guarded.other_lists(REVIEW_SESSION_HOURS="0.0006"):  # 2.2 s
            until(lambda: LOG_IN in visitor.get("/usage").text, "the end of the session")
            assert not is_in(visitor)
            assert only_login(tab.again())
            assert LOG_IN in visitor.get("/usage").text
            with RawClient(guarded.url) as later:
                later.log_in("ann")
                assert 'id="root"' in later.get("/usage").text
        assert is_in(visitor)


def test_a_session_outlives_its_id_token_unless_a_setting_says_otherwise(
    provider: Provider, guarded: GuardedApp, client: RawClient
) -> None:
    """The id token is for the login; many providers let it live for minutes."""
    provider.know("brief", lifetime=2)
    client.log_in("brief")
    ended = time.time() + 2
    assert is_in(client)
    until(lambda: time.time() > ended, "the end of the id token")
    assert is_in(client)
    with guarded.other_lists(REVIEW_SESSION_WITH_TOKEN="true"):
        assert not is_in(client)


def test_whoever_leaves_the_list_is_out_at_once(guarded: GuardedApp, visitor: RawClient) -> None:
    """At the next action of an open tab, in its parts, and on every route; and in again with the list."""
    with tabs_for_each_part(visitor, "US9900005B2") as tabs:
        with guarded.other_lists(REVIEW_ALLOW="bob@example.com"):
            for tab, part in tabs:
                expect_nothing_new(tab, part)
                messages = tab.again()
                assert only_login(messages)
                assert ("button", LOG_OUT) in drawn(messages)
            assert not is_in(visitor)
            assert visitor.get("/_stcore/host-config").status_code in {401, 403}
        assert is_in(visitor)


def test_whoever_is_moved_to_another_workspace_is_there_at_once(guarded: GuardedApp, visitor: RawClient) -> None:
    """An open tab draws nothing more of the one before, also in the parts that run alone."""
    moved = {"REVIEW_WORKSPACES": "moved = ann@example.com"}
    with tabs_for_each_part(visitor, "US9900006B2") as tabs, guarded.other_lists(**moved):
        for tab, part in tabs:
            assert b"/documents/" not in sent(tab.run_fragment(part))
            assert b"/documents/" not in sent(tab.again())


def test_the_session_is_over_in_every_tab_of_a_browser(page: Page, guarded: GuardedApp) -> None:
    """By a click on the button; then the back button shows nothing either."""
    log_in(page, guarded, "ann", at="/portfolio")
    expect(page.get_by_role("heading", name="Portfolio")).to_be_visible()
    settled(page)
    page.get_by_role("button", name=LOG_OUT).click()
    expect(page.get_by_text(LOG_IN, exact=True)).to_be_visible()
    assert urlsplit(page.url).netloc == urlsplit(guarded.url).netloc
    page.go_back()
    expect(page.get_by_text(LOG_IN, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Portfolio")).to_have_count(0)
