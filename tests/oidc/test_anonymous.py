"""What anybody gets who has not logged in: a page with a log-in button, and what a browser needs to show it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.conftest import Service
from tests.oidc.apps import GuardedApp
from tests.oidc.by_browser import log_in
from tests.oidc.looking_up import document_path, look_up, only_login, sent
from tests.oidc.raw_client import LOG_IN, RawClient
from tests.oidc.uploading import REFUSED, memory, upload
from tests.visiting import drawn, visit

NUMBER = "US9900001B2"
PAGES = ("/", "/review", "/usage", "/portfolio", "/glossary", f"/?patents={NUMBER}", "/nowhere", "/usage/", "//usage")


@pytest.fixture(scope="module")
def paper(ann: RawClient) -> str:
    """The path of a document that Ann has bought."""
    with ann.visit() as tab:
        look_up(tab, NUMBER)
        return document_path(tab)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_a_log_in_button(client: RawClient, path: str) -> None:
    """No redirect, no script, nothing of the app; and no cache keeps it."""
    answer = client.get(path, Accept="text/html")
    assert answer.status_code == 200
    assert LOG_IN in answer.text
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("ending", ["", "/view", "/pages/1", "/download"])
def test_a_document_is_a_log_in_button(client: RawClient, ann: RawClient, paper: str, ending: str) -> None:
    """For whoever has the address alone; a session opens it. Office programs ask without cookies first."""
    answer = client.get(paper + ending)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert LOG_IN in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert ann.get(paper + ending).headers.get("content-type", "") in {"application/pdf", "image/png", ""}


@pytest.mark.parametrize("path", ["/documents/made-up", "/documents/packs/made-up", "/documents/refresh"])
def test_addresses_that_do_not_exist_look_like_those_that_do(client: RawClient, paper: str, path: str) -> None:
    """So that nobody can try which exist."""
    answer, real = client.get(path), client.get(paper)
    assert (answer.status_code, LOG_IN in answer.text) == (200, True)
    assert sorted(answer.headers) == sorted(real.headers)


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/host-config",
        "/_stcore/script-health-check",
        "/_stcore/upload_file/session/file",
        "/media/0123456789abcdef.csv",
        "/component/streamlit_pdf.pdf_viewer/index.html",
        "/sandbox/documents/x.pdf",
        "/_stcore/mcp",
        "/docs",
    ],
)
@pytest.mark.parametrize("verb", ["GET", "HEAD", "POST", "PUT", "DELETE"])
def test_nothing_else_answers(client: RawClient, path: str, verb: str) -> None:
    """Whatever the verb: a refusal, or the log-in button where a person may have typed it."""
    answer = client.request(verb, path)
    if answer.status_code == 200 and verb == "GET":
        assert LOG_IN in answer.text
        assert not path.startswith(("/_stcore", "/media", "/component"))
    elif verb != "HEAD":
        assert answer.status_code in {401, 403}
    assert "streamlit" not in answer.text.lower().replace(path, "")


def test_what_a_browser_needs_to_log_in_is_served(client: RawClient, ann: RawClient) -> None:
    """The files of Streamlit's page, which are the same for all, and whether the process lives."""
    assert client.get("/_stcore/health").text == "ok"
    script = re.search(r'"(/static/js/[^"]+\.js)"', ann.get("/").text.replace('"./static', '"/static'))
    assert script
    assert client.get(script[1]).status_code == 200


@pytest.mark.usefixtures("paper")
def test_the_websocket_draws_the_login_alone(client: RawClient) -> None:
    """With and without a token against forged requests, for each page, and for a page that was opened by its hash."""
    client.get("/_stcore/health")
    for cookies in ({}, client.cookies):
        for page in ("", "usage", "portfolio", "glossary", "review", "nowhere"):
            messages = visit(client.url, page, f"patents={NUMBER}", cookies=cookies)
            assert only_login(messages), drawn(messages)
            assert LOG_IN.encode() in sent(messages)
            assert b"US99/000001" not in sent(messages)


def test_forged_clicks_of_nobody_charge_nothing(client: RawClient, service: Service, ann: RawClient) -> None:
    """Every button that Ann's page has, sent without a session."""
    with ann.visit() as hers:
        hers.open(query=f"patents={NUMBER},US9900002B2")
        buttons = ids_of_buttons(hers.messages)
    before = service.billing()["total"]
    with client.visit() as tab:
        tab.open(query=f"patents={NUMBER},US9900002B2")
        for identity in buttons:
            assert only_login(tab.press(identity))
    assert len(buttons) >= 2
    assert service.billing()["total"] == before


def ids_of_buttons(messages: list[ForwardMsg]) -> list[str]:
    """Return the ids of all buttons that were drawn."""
    elements = [message.delta.new_element for message in messages]
    return [element.button.id for element in elements if element.WhichOneof("type") == "button"]


def test_uploads_of_nobody_are_refused_and_take_no_memory(client: RawClient, guarded: GuardedApp) -> None:
    """249 files of 2 MB, to the session of an open websocket, with the token against forged requests."""
    client.get("/_stcore/health")
    with client.visit() as tab:
        tab.open()
        before = memory(guarded.app.pid)
        assert {upload(client, tab, position, b"0" * 2_000_000) for position in range(249)} == {REFUSED}
        assert memory(guarded.app.pid) - before < 40_000_000


@pytest.mark.parametrize(
    "path", ["/", "/usage", f"/?patents={NUMBER}&order=code", "/portfolio", "/glossary?x=%2F%2Fevil.example", "paper"]
)
def test_after_the_login_one_is_where_the_link_led(client: RawClient, paper: str, path: str) -> None:
    """With all that stands in the address."""
    path = paper if path == "paper" else path
    client.log_in("bob", at=path)
    landed = next(answer for answer in reversed(client.answers) if str(answer.url).startswith(client.url))
    wanted, got = urlsplit(client.url + path), urlsplit(str(landed.url))
    assert (got.path, got.query) == (wanted.path, wanted.query)


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example/", "evil.example",
     "/%0d%0aSet-Cookie:%20a=b", "/\r\nSet-Cookie: a=b", "/\tevil", "/usage\n", "javascript:alert(1)", "//127.0.0.1:1/",
     "@evil.example", ".evil.example", "/" + "a" * 20_000, ""],
)  # fmt: skip
def test_no_address_leads_out_of_the_app_after_a_login(client: RawClient, target: str) -> None:
    """Whoever made the link to the login."""
    client.log_in("bob", at="/usage", leading_to=target)
    places = [answer.headers["location"] for answer in client.answers if "location" in answer.headers]
    hosts = {urlsplit(place).netloc for place in places}
    assert len(hosts - {"", urlsplit(client.url).netloc}) <= 1  # the provider's
    assert not [
        place for place in places if "\\" in place or place.startswith("//") or "evil" in urlsplit(place).netloc
    ]
    assert not [answer for answer in client.answers if "a=b" in answer.headers.get("set-cookie", "")]
    assert str(client.answers[-1].url).startswith(f"{client.url}/")


def test_a_browser_logs_in_by_two_clicks(page: Page, guarded: GuardedApp) -> None:
    """The button, the provider's page, and one is where one wanted to be."""
    log_in(page, guarded, "bob", at="/usage")
    expect(page.get_by_role("heading", name="Usage")).to_be_visible()
    assert urlsplit(page.url).path == "/usage"
