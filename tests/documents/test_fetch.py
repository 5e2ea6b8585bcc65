"""Fetching a document's PDF on a real desk: kept first, guarded always, once for all who ask, and never paid for."""

import logging
import socket
import sqlite3
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import event

from components.desk import Desk, open_desk
from components.documents import NotFetched
from components.histories import Link
from components.numbers import parse
from components.settings import Settings
from tests.documents.paper_server import PDF, PaperServer, paper_server
from tests.store.made import history, kept_pdfs
from tests.waiting import until

KEY = "US14/706838"
CTNF = "20180831-CTNF-1"
SIGNED = "?sign=q-signature%3Dcanary-signature"


@pytest.fixture
def server() -> Iterator[PaperServer]:
    """The storage behind the links."""
    with paper_server() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, server: PaperServer) -> Iterator[Desk]:
    """A desk with an account, whose settings name the storage; nothing is ever looked up."""
    opened = open_desk(settings(tmp_path, server.url))
    try:
        yield opened
    finally:
        opened.close()


def settings(folder: Path, *origins: str, **more: object) -> Settings:
    """Settings of an account that nobody asks."""
    return Settings.model_validate(
        {
            "patsnap_api_key": "sk-test",
            "patsnap_base_url": "http://127.0.0.1:9",
            "patsnap_pdf_origins": ",".join(origins),
            "review_store_url": f"sqlite:///{folder / 'data' / 'store.db'}",
            **more,
        }
    )


def hold(desk: Desk, url: str, *, minutes: float = 60) -> None:
    """Save a history whose papers all have this link in the store of the desk."""
    whole = history()
    link = Link(url, datetime.now(UTC) + timedelta(minutes=minutes))
    desk.store.save(replace(whole, links=[link] * whole.documents_held, retrieved=datetime.now(UTC)))


def failure(desk: Desk, document: str = CTNF) -> NotFetched:
    """Why a document cannot be had; none of the traces holds its link."""
    with pytest.raises(NotFetched) as caught:
        desk.documents.pdf(KEY, document)
    assert "canary" not in "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    return caught.value


def test_a_document_is_fetched_once_and_then_kept(desk: Desk, server: PaperServer) -> None:
    """The second time nobody is asked, by whatever name of the history."""
    hold(desk, server.give("/a.pdf") + SIGNED)
    assert desk.documents.pdf(KEY, CTNF) == PDF
    assert desk.documents.pdf("US11205304B2", CTNF) == PDF
    assert server.asked == ["/a.pdf"]
    assert kept_pdfs(desk.store, KEY) == {CTNF}


def test_a_kept_document_opens_without_link_or_storage(tmp_path: Path, server: PaperServer) -> None:
    """After the link has expired, the storage is gone and the app was started anew."""
    first = open_desk(settings(tmp_path, server.url))
    hold(first, server.give("/a.pdf") + SIGNED)
    first.documents.pdf(KEY, CTNF)
    first.close()
    server.answers.clear()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        again = open_desk(settings(tmp_path))
        assert again.store.link(KEY, CTNF) is None
        assert again.documents.pdf(KEY, CTNF) == PDF
        again.close()


def test_no_link_no_document(desk: Desk) -> None:
    """It says what to do and what that costs; whether the history is held decides which."""
    desk.store.save(history())
    error = failure(desk)
    assert (error.kind, error.refreshable) == ("no link", True)
    assert "refresh the file history (its button states the price)" in error.reason
    with pytest.raises(NotFetched, match="not held here any more"):
        desk.documents.pdf("US1", CTNF)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a.pdf",
        "https://open.patsnap.com.evil.example/a.pdf",
        "https://open.patsnap.com@evil.example/a.pdf",
        "https://evil.example\\.open.patsnap.com/a.pdf",
        "http://open.patsnap.com/a.pdf",
        "http://127.0.0.1:1/a.pdf",
        "http://localhost:80/a.pdf",
        "http://169.254.169.254/latest/meta-data",
        "https://0x7f.1/a.pdf",
        "https://2130706433/a.pdf",
        "file:///etc/passwd",
        "https://sandbox.invalid/documents/a.pdf",
    ],
)
def test_a_link_to_any_other_origin_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """No name is resolved and no connection made; the words name the setting and not the host."""
    desk = open_desk(settings(tmp_path, "https://open.patsnap.com"))
    hold(desk, url + SIGNED)
    touched: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *to, **_: touched.append(to))
    monkeypatch.setattr(socket, "create_connection", lambda *to, **_: touched.append(to))
    error = failure(desk)
    assert (error.kind, error.refreshable) == ("elsewhere", False)
    assert "PATSNAP_PDF_ORIGINS" in error.reason
    assert "evil" not in error.reason
    assert touched == []
    desk.close()


def test_an_allowed_name_that_leads_inside_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's own host resolves to the metadata address: refused before any connection."""
    desk = open_desk(settings(tmp_path, "https://open.patsnap.com"))
    hold(desk, "https://open.patsnap.com/a.pdf" + SIGNED)
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
    connected: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    monkeypatch.setattr(socket, "create_connection", lambda *to, **_: connected.append(to))
    error = failure(desk)
    assert error.kind == "failed"
    assert "public internet" in error.reason
    assert connected == []
    desk.close()


@pytest.mark.parametrize(("status", "kind"), [(403, "refused"), (404, "refused"), (302, "failed"), (500, "failed")])
def test_what_the_storage_refuses_says_what_may_help(desk: Desk, server: PaperServer, status: int, kind: str) -> None:
    """A refused link is mended by a refresh, a storage out of order is not; nothing of it is kept."""
    hold(desk, server.give("/a.pdf", status=status, Location=server.url + "/b.pdf") + SIGNED)
    assert failure(desk).kind == kind
    assert desk.store.pdf_bytes() == 0


def test_what_is_no_pdf_is_not_kept(desk: Desk, server: PaperServer) -> None:
    """A login page of the network."""
    hold(desk, server.give("/a.pdf", b"<html>Sign in</html>") + SIGNED)
    assert failure(desk).reason.startswith("What came is not a PDF")
    assert desk.store.pdf_bytes() == 0


def test_those_who_ask_at_the_same_time_share_one_download(desk: Desk, server: PaperServer) -> None:
    """Eight readers, one request; another document is fetched beside it."""
    go = threading.Event()

    def held_back(handler: BaseHTTPRequestHandler) -> None:
        go.wait(20)
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(PDF)))
        handler.end_headers()
        handler.wfile.write(PDF)

    hold(desk, server.let("/a.pdf", held_back) + SIGNED)
    names = [KEY, "US11205304B2"] * 4
    with ThreadPoolExecutor(9) as pool:
        readers = [pool.submit(desk.documents.pdf, name, CTNF) for name in names]
        other = pool.submit(desk.documents.pdf, KEY, "20180831-892-1")
        until(lambda: len(server.asked) >= 2, "a request for each document")
        go.set()
        assert [reader.result() for reader in readers] == [PDF] * 8
        assert other.result() == PDF
    assert len(server.asked) == 2


def test_those_who_share_a_failed_download_all_hear_why(desk: Desk, server: PaperServer) -> None:
    """Each gets an error of its own, and the next one asks anew."""
    go = threading.Event()

    def refused(handler: BaseHTTPRequestHandler) -> None:
        go.wait(20)
        handler.send_response(403)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    hold(desk, server.let("/a.pdf", refused) + SIGNED)
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(desk.documents.pdf, KEY, CTNF) for _ in range(4)]
        until(lambda: server.asked, "a request")
        go.set()
        errors = [reader.exception() for reader in readers]
    assert all(isinstance(error, NotFetched) and error.kind == "refused" for error in errors)
    server.give("/a.pdf")
    assert desk.documents.pdf(KEY, CTNF) == PDF


def test_a_damaged_copy_is_fetched_anew(desk: Desk, server: PaperServer, tmp_path: Path) -> None:
    """What the disk has spoilt is not shown."""
    hold(desk, server.give("/a.pdf") + SIGNED)
    desk.documents.pdf(KEY, CTNF)
    with closing(sqlite3.connect(tmp_path / "data" / "store.db")) as other:
        other.execute("UPDATE pdfs SET data = ?", [b"%PDF-spoilt"])
        other.commit()
    assert desk.documents.pdf(KEY, CTNF) == PDF
    assert server.asked == ["/a.pdf", "/a.pdf"]


@pytest.mark.parametrize("pragma", ["PRAGMA query_only = ON", "PRAGMA max_page_count = 1"])
def test_a_store_that_takes_nothing_in_keeps_nobody_from_reading(desk: Desk, server: PaperServer, pragma: str) -> None:
    """Read-only, or a full disk: the document opens, and is fetched again the next time."""
    hold(desk, server.give("/a.pdf", PDF + b"." * 200_000) + SIGNED)
    event.listen(desk.store._database.engine, "checkout", lambda connection, *_: connection.execute(pragma))
    for _ in range(2):
        assert desk.documents.pdf(KEY, CTNF).startswith(PDF)
    assert server.asked == ["/a.pdf", "/a.pdf"]


def test_where_none_may_be_kept_each_asking_fetches(tmp_path: Path, server: PaperServer) -> None:
    """`REVIEW_PDF_MB=0`."""
    desk = open_desk(settings(tmp_path, server.url, review_pdf_mb=0))
    hold(desk, server.give("/a.pdf") + SIGNED)
    assert desk.documents.pdf(KEY, CTNF) == desk.documents.pdf(KEY, CTNF) == PDF
    assert server.asked == ["/a.pdf", "/a.pdf"]
    desk.close()


def test_the_sandboxs_documents_are_fetched_from_its_own_port(tmp_path: Path) -> None:
    """Its links' host cannot exist; nothing more is charged for a document."""
    desk = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}"))
    assert desk.sandbox is not None
    desk.lookups.start(desk.lookups.plan(parse("JP6768620B2"))).wait(20)
    key = desk.store.resolve(["JP6768620B2"])["JP6768620B2"]
    document = desk.store.load([key])[key].documents.ids()[0]
    assert desk.documents.pdf(key, document).startswith(b"%PDF-")
    assert desk.sandbox.billing.total == 1
    desk.close()


def test_a_signature_is_nowhere_once_it_has_expired(
    desk: Desk, server: PaperServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Fetched and refused at the loudest level: no record, and after the expiry no byte of the store, holds it."""
    caplog.set_level(logging.DEBUG)
    hold(desk, server.give("/a.pdf") + SIGNED)
    desk.documents.pdf(KEY, CTNF)
    server.give("/a.pdf", status=403)
    failure(desk, "20180831-892-1")
    assert "canary" not in caplog.text + repr(desk.store) + repr(desk.store.link(KEY, CTNF))
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert failure(desk, "20180831-892-1").kind == "no link"
        assert desk.documents.pdf(KEY, CTNF) == PDF
    assert not [part.name for part in (tmp_path / "data").iterdir() if b"canary" in part.read_bytes()]
