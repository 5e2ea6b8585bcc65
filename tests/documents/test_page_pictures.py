"""The route of the pictures of pages: of papers kept or fetched now, and in words why there is none."""

import hashlib
import io
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import time_machine
import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware

from components.desk import Desk, open_desk
from components.documents import WIDTHS, Drawing, NotDrawn
from components.documents.pages import PagePictures, Picture
from components.numbers import parse
from components.settings import Settings
from components.ui.app.headers import SecurityHeaders
from tests.documents.made_pdfs import endless_pdf, locked_pdf, text_pdf
from tests.documents.visitors import routes_of
from tests.serving import serve

KEY, NUMBER = "US14/643719", "US10000000B2"


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
def client(desk: Desk) -> Iterator[httpx.Client]:
    """A client of the routes under the app's own headers."""
    app = Starlette(routes=routes_of(desk), middleware=[Middleware(SecurityHeaders)])
    with (
        serve(uvicorn.Config(app, log_level="warning")) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        yield client


def document_of(desk: Desk, code: str) -> str:
    """The id of the first document of a code."""
    return next(name for name in desk.store.load([KEY])[KEY].documents.ids() if f"-{code}-" in name)


def path_of(desk: Desk, code: str) -> str:
    """The path of the first document of a code."""
    return desk.documents.tokens.document_path(KEY, document_of(desk, code))


def width_of(answer: httpx.Response) -> int:
    """How many pixels a picture is wide."""
    assert answer.status_code == 200
    return int(Image.open(io.BytesIO(answer.content)).width)


def test_a_page_is_a_picture_that_only_this_app_shows(desk: Desk, client: httpx.Client) -> None:
    """Fetched now and kept; the number of pages beside it; nothing is charged, kept by browsers or run."""
    listed = desk.store.load([KEY])[KEY].documents
    pages = listed.pages[listed.ids().index(document_of(desk, "NOA"))]
    answer = client.get(path_of(desk, "NOA") + "/pages/1?width=1200")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-page-count"] == str(pages)
    assert abs(width_of(answer) - 1200) <= 1
    assert desk.documents.kept_pdf(KEY, document_of(desk, "NOA")) is not None
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert desk.sandbox is not None
    assert desk.sandbox.billing.total == 1


def test_a_kept_paper_is_drawn_without_the_service_or_a_living_link(desk: Desk, client: httpx.Client) -> None:
    """As it opens."""
    path = path_of(desk, "NOA")
    first = client.get(path + "/pages/1")
    assert desk.sandbox is not None
    desk.sandbox.stop()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        assert client.get(path + "/pages/1").content == first.content
        assert client.get(path + "/pages/2").status_code == 200


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", 1200), ("?width=1", 800), ("?width=801", 1200), ("?width=99999", 2400), ("?width=1e9", 1200),
     ("?width=-800", 1200), ("?width=999999999999", 1200)],
)  # fmt: skip
def test_widths_are_few(desk: Desk, client: httpx.Client, asked: str, given: int) -> None:
    """So that a picture once drawn is given again; what is no width is that of a common screen."""
    assert given in WIDTHS
    assert abs(width_of(client.get(path_of(desk, "NOA") + "/pages/1" + asked)) - given) <= 1


def test_an_expired_paper_offers_a_refresh_in_its_place(desk: Desk, client: httpx.Client) -> None:
    """In the words of every other manner, with a button that spends; looking spends nothing."""
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        page = client.get(path_of(desk, "NOA") + "/pages/1")
        assert page.headers["content-type"].startswith("text/html")
        assert "The link to this document has expired" in page.text
        form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        assert desk.sandbox is not None
        assert desk.sandbox.billing.total == 1
        assert "The links are fresh" in client.post("/documents/refresh", data=form).text
        assert desk.sandbox.billing.total == 2
        assert client.get(path_of(desk, "NOA") + "/pages/1").headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("pdf", "page", "status", "words"),
    [
        (b"%PDF-1.7\nnothing", 1, 422, "damaged"),
        (locked_pdf("secret"), 1, 422, "protected by a password"),
        (text_pdf(3), 4, 404, "no page of this number"),
        (text_pdf(3), 0, 404, "no page of this number"),
    ],
    ids=["damaged", "password", "after the last", "before the first"],
)
def test_why_there_is_no_picture_is_said(
    desk: Desk, client: httpx.Client, *, pdf: bytes, page: int, status: int, words: str
) -> None:
    """In a sentence, on a page of this app, with the number of pages if it is known."""
    desk.store.keep_pdf(KEY, document_of(desk, "NOA"), pdf)
    answer = client.get(path_of(desk, "NOA") + f"/pages/{page}")
    assert answer.status_code == status
    assert words in answer.text
    assert "<h1>This page cannot be drawn</h1>" in answer.text
    assert answer.headers["x-page-count"] == ("3" if status == 404 else "0")
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_no_number_of_a_page_is_no_path(desk: Desk, client: httpx.Client) -> None:
    """Nothing is drawn or fetched for it."""
    for page in ("x", "-1", "1.5", "", "1/2"):
        assert client.get(f"{path_of(desk, 'NOA')}/pages/{page}").status_code == 404
    assert desk.documents.kept_pdf(KEY, document_of(desk, "NOA")) is None


def test_another_paper_of_the_same_id_is_drawn_anew(desk: Desk, client: httpx.Client) -> None:
    """A refresh may give an id to another paper: a picture belongs to the bytes that it was drawn from."""
    name = document_of(desk, "NOA")
    pictures = []
    for words in ("One", "Another"):
        desk.store.keep_pdf(KEY, name, text_pdf(2, words=words))
        pictures.append(client.get(path_of(desk, "NOA") + "/pages/1").content)
    assert pictures[0] != pictures[1]


def test_a_paper_too_large_to_keep_is_fetched_once_for_its_pages(tmp_path: Path) -> None:
    """Where the store keeps none, turning pages asks the service for the PDF again only after a while."""
    desk = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}", review_pdf_mb=0))
    try:
        desk.lookups.start(desk.lookups.plan(parse(NUMBER))).wait(20)
        name = document_of(desk, "NOA")
        assert desk.documents.picture(KEY, name, page=1, width=800).pages > 1
        assert desk.sandbox is not None
        desk.sandbox.stop()
        assert desk.documents.picture(KEY, name, page=2, width=800).pages > 1
    finally:
        desk.close()


class CountingDrawing(Drawing):
    """Draws nothing, and notes what it was asked for."""

    def __init__(self, *, failing: bool = False) -> None:
        super().__init__(processes=1)
        self.asked: list[tuple[str, int, int]] = []
        self.under_way: list[str] = []
        self.most = 0
        self.failing = failing
        self.go_on = threading.Event()
        self.go_on.set()

    def draw(self, paper: str, pdf: object, page: int, width: int) -> Picture:
        """Return a picture of a megabyte."""
        del pdf
        self.asked.append((paper, page, width))
        self.under_way.append(paper)
        self.most = max(self.most, self.under_way.count(paper))
        self.go_on.wait(20)
        self.under_way.remove(paper)
        if self.failing:
            raise NotDrawn("slow", pages=9)
        return Picture(b"\x89PNG\r\n" + bytes(1024 * 1024), "png", 9)


def test_a_picture_is_drawn_once_and_kept_within_a_bound() -> None:
    """Of one paper one page is drawn at a time, whoever asks; the ones used last stay."""
    drawing = CountingDrawing()
    pictures = PagePictures(drawing, workspace="")
    drawing.go_on.clear()
    asked = [("a", bytes, page, 800) for page in (1, 1, 1, 2, 2)]
    threads = [threading.Thread(target=pictures.picture, args=args) for args in asked]
    for thread in threads:
        thread.start()
    drawing.go_on.set()
    for thread in threads:
        thread.join(20)
    assert sorted(page for _, page, _ in drawing.asked) == [1, 2]
    assert drawing.most == 1
    for page in range(3, 60):
        pictures.picture("a", bytes, page, 800)
        pictures.picture("a", bytes, 1, 700)  # the same step
    assert [page for _, page, _ in drawing.asked].count(1) == 1
    pictures.picture("a", bytes, 2, 800)
    assert [page for _, page, _ in drawing.asked].count(2) == 2
    assert 40 * 1024**2 < sum(len(kept.data) for kept in pictures._kept.values()) <= 48 * 1024**2
    pictures.forget()
    pictures.picture("a", bytes, 1, 800)
    assert [page for _, page, _ in drawing.asked].count(1) == 2


def test_what_cannot_be_drawn_is_tried_again_after_a_while() -> None:
    """Each try may cost all the time that is allowed, and a reader asks more than once."""
    now = [0.0]
    drawing = CountingDrawing(failing=True)
    pictures = PagePictures(drawing, workspace="", clock=lambda: now[0])
    for seconds, tries in ((0, 1), (59, 1), (61, 2)):
        now[0] = seconds
        with pytest.raises(NotDrawn) as failure:
            pictures.picture("a", bytes, 1, 800)
        assert (failure.value.kind, failure.value.pages) == ("slow", 9)
        assert len(drawing.asked) == tries


def test_workspaces_share_no_picture_and_no_open_paper() -> None:
    """How soon a picture comes tells nothing of what others read."""
    drawing = CountingDrawing()
    sha256 = hashlib.sha256(b"paper").hexdigest()
    for workspace in ("", "merger"):
        PagePictures(drawing, workspace=workspace).picture(sha256, bytes, 1, 800)
    assert len({paper for paper, _, _ in drawing.asked}) == 2


def test_a_page_that_takes_too_long_is_told_in_time(
    desk: Desk, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is ended, the next paper opens, and asking once more does not take the time again."""
    monkeypatch.setattr(desk.drawing, "_seconds", 3.0)
    desk.store.keep_pdf(KEY, document_of(desk, "NOA"), endless_pdf())
    for _ in range(3):
        answer = client.get(path_of(desk, "NOA") + "/pages/1")
        assert answer.status_code == 422
        assert "takes longer than is allowed" in answer.text
    assert client.get(path_of(desk, "CTNF") + "/pages/1").headers["content-type"] == "image/png"
