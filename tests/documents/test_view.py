"""The routes that give the PDF itself: kept or fetched, in a frame, in a tab or as a file, and what they say if not."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import time_machine
import uvicorn
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from components.desk import Desk, open_desk
from components.documents import sandbox_routes
from components.numbers import parse
from components.settings import Settings
from components.ui.app.headers import SecurityHeaders
from tests.browser.conftest import browser_type_launch_args  # noqa: F401 - the same Chromium
from tests.documents.visitors import BEN, routes_of
from tests.serving import serve

KEY = "US14/643719"
NUMBER = "US10000000B2"
VIEWER = "chrome-extension://"
"""What the address of Chromium's own PDF viewer begins with."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on the in-process sandbox that holds one history."""
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}"))
    opened.lookups.start(opened.lookups.plan(parse(NUMBER))).wait(20)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def site(desk: Desk) -> Iterator[str]:
    """The routes under the app's own headers, and a page `/frame?…` that frames what its query names."""

    def frame(request: Request) -> Response:
        return HTMLResponse(f'<!doctype html><iframe src="{request.url.query}" width=900 height=600></iframe>')

    app = Starlette(
        routes=[
            Route("/frame", frame),
            *routes_of(desk),
            *sandbox_routes(lambda: desk.sandbox),
        ],
        middleware=[Middleware(SecurityHeaders)],
    )
    with serve(uvicorn.Config(app, log_level="warning")) as url:
        yield url


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    """A client that follows no redirect by itself."""
    with httpx.Client(base_url=site, timeout=30) as client:
        yield client


def path_of(desk: Desk, code: str) -> str:
    """The path of the first document of a code."""
    names = desk.store.load([KEY])[KEY].documents.ids()
    return desk.documents.tokens.document_path(KEY, next(name for name in names if f"-{code}-" in name))


def asked(desk: Desk) -> int:
    """How many look-ups were charged."""
    assert desk.sandbox is not None
    return desk.sandbox.billing.total


def permit_in(page: httpx.Response) -> dict[str, str]:
    """What the form of a page would send."""
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))


@pytest.mark.parametrize(("end", "how"), [("/view", "inline"), ("/download", "attachment")])
def test_a_document_is_fetched_here_and_kept(desk: Desk, client: httpx.Client, end: str, how: str) -> None:
    """The PDF itself under its conventional name; afterwards it opens without the sandbox, in every manner."""
    path = path_of(desk, "NOA")
    first = client.get(path + end)
    assert first.status_code == 200
    assert first.content.startswith(b"%PDF-")
    assert desk.sandbox is not None
    desk.sandbox.stop()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        again = client.get(path + end)
        opened = client.get(path)
    assert again.content == opened.content == first.content
    for answer, manner in ((first, how), (again, how), (opened, "inline")):
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        name = r"US10000000B2_2018-05-29_\d{3}_NOA_notice-of-allowance-and-fees-due-ptol-85\.pdf"
        assert re.fullmatch(rf'{manner}; filename="{name}"', answer.headers["content-disposition"])
    assert asked(desk) == 1


def test_a_head_tells_the_same_without_the_bytes(desk: Desk, client: httpx.Client) -> None:
    """What link checkers and download managers ask."""
    path = path_of(desk, "NOA")
    whole = client.get(path + "/view")
    answer = client.head(path + "/view")
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-length"] == str(len(whole.content))


def test_a_request_for_a_range_gets_the_whole(desk: Desk, client: httpx.Client) -> None:
    """As RFC 9110 (14.2) allows; nothing claims otherwise."""
    answer = client.get(path_of(desk, "NOA") + "/view", headers={"Range": "bytes=0-99"})
    assert answer.status_code == 200
    assert len(answer.content) > 100
    assert "accept-ranges" not in answer.headers


def test_only_the_view_may_be_framed_and_only_by_this_app(desk: Desk, client: httpx.Client) -> None:
    """PDF, notices and the page after a refresh; everything else refuses every frame."""
    path = path_of(desk, "NOA")
    framed = [client.get(path + "/view"), client.get("/documents/x/view")]
    bare = [client.get(path), client.get(path + "/download"), client.get("/documents/x"),
            client.get("/documents/x/download"), client.get("/frame"), client.get("/nowhere"),
            client.get("/documents/packs/x"), client.post("/documents/refresh", data={"permit": "x"})]  # fmt: skip
    framed.append(client.post("/documents/refresh", data={"permit": "x", "manner": "view"}))
    for answer in framed:
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    for answer in bare:
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("end", ["/view", "/download"])
def test_an_expired_document_is_refreshed_by_one_press_and_goes_on_in_its_manner(
    desk: Desk, client: httpx.Client, end: str
) -> None:
    """Looking costs nothing; the button pays once, however often it is pressed; then the document itself comes."""
    path = path_of(desk, "NOA")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        page = client.get(path + end)
        assert "expired" in page.text
        assert ('target="_top"' in page.text) is (end == "/view")
        assert asked(desk) == 1
        form = permit_in(page)
        assert form["manner"] == end[1:]
        for _ in range(2):
            fresh = client.post("/documents/refresh", data=form)
            assert fresh.status_code == 200
            go_on = re.search(r'url=([^"]+)"', fresh.text)
            assert go_on is not None
            assert go_on[1].endswith(end)
        assert asked(desk) == 2
        assert client.get(go_on[1]).content.startswith(b"%PDF-")
    assert asked(desk) == 2


def test_a_living_link_that_is_refused_can_be_refreshed_once(desk: Desk, client: httpx.Client, tmp_path: Path) -> None:
    """The storage does not accept what the store takes for living: the page offers a refresh, and that buys one."""
    with closing(sqlite3.connect(tmp_path / "data" / "store.db")) as other:
        other.execute("UPDATE links SET urls = replace(urls, 'q-signature=', 'q-signature=0')")
        other.commit()
    path = path_of(desk, "NOA") + "/view"
    page = client.get(path)
    assert page.status_code == 502
    assert "not accepted any more" in page.text
    for _ in range(2):
        assert client.post("/documents/refresh", data=permit_in(page)).status_code == 200
    assert asked(desk) == 2
    assert client.get(path).content.startswith(b"%PDF-")


def test_no_manner_is_taken_from_a_stranger(desk: Desk, client: httpx.Client) -> None:
    """What the form says besides the permit is one of three words, or nothing."""
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        form = permit_in(client.get(path_of(desk, "NOA") + "/view"))
        answer = client.post("/documents/refresh", data=form | {"manner": "/../../evil.example"})
    assert "evil" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_whoever_may_not_spend_gets_no_button_in_the_frame_either(desk: Desk) -> None:
    """As with the link itself."""
    app = Starlette(routes=routes_of(desk, BEN))
    with (
        serve(uvicorn.Config(app, log_level="warning")) as url,
        time_machine.travel(datetime.now(UTC) + timedelta(hours=2)),
    ):
        page = httpx.get(url + path_of(desk, "NOA") + "/view")
    assert "expired" in page.text
    assert "<form" not in page.text


def test_chromium_shows_the_document_in_a_frame_of_this_app_alone(desk: Desk, site: str, browser: Browser) -> None:
    """Under the app's own headers its viewer opens; a page of another origin gets nothing."""
    path = path_of(desk, "NOA") + "/view"
    page = browser.new_page()
    page.goto(f"{site}/frame?{path}")
    assert shows_a_pdf(page)

    async def foreign_page(_: Request) -> Response:
        return HTMLResponse(f'<iframe src="{site}{path}"></iframe>')

    with serve(uvicorn.Config(Starlette(routes=[Route("/", foreign_page)]), log_level="warning")) as other:
        foreign = browser.new_page()
        with foreign.expect_console_message(lambda message: "frame-ancestors 'self'" in message.text):
            foreign.goto(other)
        assert not [frame.url for frame in foreign.frames if frame.url.startswith(VIEWER)]


def test_chromium_refreshes_an_expired_document_within_the_frame(desk: Desk, site: str, browser: Browser) -> None:
    """The notice and its button work there, and the document follows by itself; one look-up is charged."""
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        page = browser.new_page()
        page.goto(f"{site}/frame?{path_of(desk, 'CTNF')}/view")
        button = page.frame_locator("iframe").get_by_role("button")
        expect(button).to_have_text("Refresh the links · 1 charged")
        button.click()
        assert shows_a_pdf(page)
    assert asked(desk) == 2


def shows_a_pdf(page: Page) -> bool:
    """Return whether the browser's own viewer comes up in a frame of the page."""
    for _ in range(100):
        if any(frame.url.startswith(VIEWER) for frame in page.frames):
            return True
        page.wait_for_timeout(100)
    return False
