"""A walled-off workspace: nothing of it reaches anybody else, and nothing is one's own that is another's.

Canaries are numbers, documents, notes and names of files of one side, looked for in all that the other side is sent.
"""

import base64
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import settled
from tests.conftest import Service
from tests.oidc.apps import GuardedApp
from tests.oidc.by_browser import log_in
from tests.oidc.looking_up import document_path, in_plain_words, links_to_files, look_up, sent, type_numbers
from tests.oidc.raw_client import LOG_IN, RawClient, logged_in
from tests.visiting import drawn

OURS, THEIRS, BOTH = "US9900030B2", "US9900031B2", "US9900032B2"
"""Numbers of the shared workspace, of the walled-off one, and of each of them."""
PAGES = (
    ("", ""),
    ("portfolio", ""),
    ("usage", ""),
    ("glossary", ""),
    ("", f"patents={THEIRS}"),
    ("", f"patents={OURS}"),
)


@pytest.fixture(scope="module")
def cleo(guarded: GuardedApp) -> Iterator[RawClient]:
    """Cleo, who works in the walled-off workspace."""
    with logged_in(guarded, "cleo") as visitor:
        yield visitor


@pytest.fixture(scope="module")
def dan(guarded: GuardedApp) -> Iterator[RawClient]:
    """Dan, who works there too."""
    with logged_in(guarded, "dan") as visitor:
        yield visitor


@pytest.fixture(scope="module")
def bought(ann: RawClient, cleo: RawClient) -> dict[str, str]:
    """Paths of a document of each side, once both have bought what is theirs."""
    paths = {}
    for client, number in ((ann, OURS), (cleo, THEIRS)):
        with client.visit() as tab:
            look_up(tab, number)
            paths[number] = document_path(tab)
    return paths


def everything(client: RawClient) -> bytes:
    """Return all that the pages of a visitor are sent, without the numbers that the visitor asked for."""
    received = b""
    for page, query in PAGES:
        received += sent(client.page(page, query))
    return received


def traces(received: bytes, number: str) -> list[bytes]:
    """Return where a history shows that a workspace holds: its application's key, a link to one of its documents."""
    serial = number[4:9]  # US99|00031|B2 is application US99/000031
    return re.findall(rb"US99/0" + serial.encode(), received)


@pytest.mark.usefixtures("bought")
def test_no_page_shows_what_the_other_workspace_holds(ann: RawClient, cleo: RawClient, dan: RawClient) -> None:
    """Not on Review, though its number is typed, not in the portfolio, not in the ledger."""
    assert traces(everything(ann), OURS)
    assert traces(everything(cleo), THEIRS)
    assert traces(everything(dan), THEIRS)
    assert not traces(everything(ann), THEIRS)
    assert not traces(everything(cleo), OURS)
    assert not traces(everything(dan), OURS)


def test_what_the_other_workspace_holds_is_bought_once_more(
    ann: RawClient, cleo: RawClient, dan: RawClient, service: Service
) -> None:
    """The price says so, the page says why, and inside a workspace nothing is bought twice."""
    with ann.visit() as tab:
        look_up(tab, BOTH)
    before = service.billing()["total"]
    with cleo.visit() as tab:
        assert "1 charged" in type_numbers(tab, BOTH)
        assert b"may pay again" in sent(tab.messages)
        look_up(tab, BOTH)
    assert service.billing()["total"] == before + 1
    with dan.visit() as tab:
        assert "free" in type_numbers(tab, BOTH)


def test_a_document_of_the_other_workspace_is_refused_with_advice(
    ann: RawClient, cleo: RawClient, dan: RawClient, bought: dict[str, str]
) -> None:
    """Whoever made the link; of one's own workspace it opens."""
    for path, friends, strangers in ((bought[THEIRS], [cleo, dan], [ann]), (bought[OURS], [ann], [cleo, dan])):
        for ending in ("", "/view", "/pages/1", "/download"):
            for friend in friends:
                assert friend.get(path + ending).status_code in {200, 303}
            for stranger in strangers:
                answer = stranger.get(path + ending)
                assert answer.status_code == 403
                assert answer.headers["content-type"].startswith("text/html")
                assert "workspace" in answer.text
                assert THEIRS not in answer.text
                assert "location" not in answer.headers


@pytest.mark.usefixtures("bought")
def test_ledger_rows_are_one_s_own_within_a_workspace(cleo: RawClient, dan: RawClient) -> None:
    """Dan sees what Cleo bought, and among the spending neither her name nor a sum of his own."""
    hers, his = cleo.page("usage"), dan.page("usage")
    assert ("markdown", "yours: 0") in drawn(his)
    assert next(words for _, words in drawn(hers) if words.startswith("yours: ")) != "yours: 0"
    assert b"cleo@example.com" not in in_plain_words(sent(his))


@pytest.mark.usefixtures("bought")
def test_an_administrator_sees_what_was_spent_in_all_workspaces(ann: RawClient) -> None:
    """By person and by workspace, but not for which numbers."""
    page = sent(ann.page("usage"))
    assert b"cleo@example.com" in page
    assert b"merger" in page
    assert not re.findall(rb"9,?900,?031|US99/000031", page)


@pytest.mark.usefixtures("bought")
@pytest.mark.slow
def test_two_browsers_see_each_their_own(browser: Browser, guarded: GuardedApp) -> None:
    """In the page as it is drawn, in its address, and in each message of its websocket."""
    hers, theirs = (all_that_reaches(browser, guarded, *who) for who in (("ann", OURS), ("cleo", THEIRS)))
    assert traces(hers, OURS)
    assert not traces(hers, THEIRS)
    assert traces(theirs, THEIRS)
    assert not traces(theirs, OURS)


def all_that_reaches(browser: Browser, app: GuardedApp, name: str, number: str) -> bytes:
    """Return the page, the address and the messages of a browser that looks at a history and at the portfolio."""
    received: list[bytes] = []

    def take_in(data: str | bytes) -> None:
        received.append(data.encode() if isinstance(data, str) else data)

    context = browser.new_context()
    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", take_in))
    log_in(page, app, name, at=f"/?patents={number}")
    expect(page.get_by_text("12 of 12 documents").first).to_be_visible()
    page.get_by_role("link", name="Portfolio").click()
    expect(page.get_by_role("heading", name="Portfolio")).to_be_visible()
    settled(page)
    received += [page.content().encode(), page.url.encode()]
    context.close()
    return b"".join(received)


def test_a_note_is_read_by_its_writer_alone(ann: RawClient, bob: RawClient) -> None:
    """On the page and in files; a file with notes is given to whoever had it made, not to whoever has its address."""
    number, note = "US9900033B2", "canary of a note"
    with ann.visit() as hers:
        look_up(hers, number)
        view = f"patents={number}&doc={quote(paper_of(document_path(hers)))}"
        hers.open(query=view)
        hers.type("Note", note)
        hers.open(query=view)
        assert note.encode() in sent(hers.messages)
        files = links_to_files(hers.messages)
        with bob.visit() as his:
            his.open(query=view)
            assert note.encode() not in sent(his.messages)
            his_files = links_to_files(his.messages)
            assert note.encode() not in bob.get(his_files["CSV"]).content
        assert note.encode() in ann.get(files["CSV"]).content
        for label, address in files.items():
            answer = bob.get(address)
            assert (label, answer.status_code) == (label, 403)
            assert note.encode() not in answer.content
            with RawClient(ann.url) as nobody:
                answer = nobody.get(address)
                assert (answer.status_code, LOG_IN in answer.text) == (200, True)
    assert {"CSV", "Excel", "Report"} <= set(files)


def paper_of(path: str) -> str:
    """Return a document as the address of the Review page names it, from the path of one of its links."""
    payload = path.removeprefix("/documents/").split(".")[0]
    content = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    history, document = (part for part in content if re.match(r"US99/|\d{8}-", part))
    return f"{history} {document}"
