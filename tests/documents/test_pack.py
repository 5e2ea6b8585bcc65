"""Files of many documents, made in the background: watched, stopped, shared by nobody, and gone after an hour."""

import errno
import hashlib
import io
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pypdf
import pytest
import time_machine
import uvicorn
from starlette.applications import Starlette

from components.desk import Desk, open_desk
from components.documents import Pack, PackKind, Packs, pack_maker
from components.documents import packs as pack_registry
from components.documents.errors import NoRoom
from components.documents.temporary_files import TemporaryFiles
from components.exports.selection import Selection
from components.histories import FileHistory, Link
from components.numbers import parse
from components.page_texts import Box, PageText, Word
from components.prosecution import findings_of, read_history
from components.settings import Settings
from components.store import StoreFailed
from tests.documents.paper_server import PDF, PaperServer, paper_server
from tests.documents.test_fetch import settings
from tests.documents.visitors import routes_of
from tests.serving import serve
from tests.store.made import documents as made_documents
from tests.store.made import kept_pdfs
from tests.waiting import until

KEY = "US14/643719"
PAPERS = 75
"""Documents of US10000000B2 that the sandbox carries."""


def selection_of(history: FileHistory, *, first: int | None = None) -> Selection:
    """The first documents of a history in reading order, or all."""
    tables = read_history(history)
    rows = tables.documents.sort_values("seq")
    rows = rows if first is None else rows.head(first)
    rows = rows.assign(link="", read=False, note="")
    return Selection(
        documents=rows,
        histories=tables.histories,
        rounds=tables.rounds,
        titles={history.name: history.name},
        findings=findings_of(tables),
        made=datetime.now(UTC),
    )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk on the in-process sandbox that holds one history; temporary files go into a folder of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}"))
    opened.lookups.start(opened.lookups.plan(parse("US10000000B2"))).wait(20)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def selection(desk: Desk) -> Selection:
    """All documents of that history."""
    return selection_of(desk.store.load([KEY])[KEY])


@pytest.fixture
def server() -> Iterator[PaperServer]:
    """A storage of the test's own."""
    with paper_server() as running:
        yield running


@pytest.fixture
def held_back(tmp_path: Path, server: PaperServer) -> Iterator[tuple[Packs, Selection, threading.Event]]:
    """Packs of a desk whose storage answers only once the event is set, and a selection of twelve documents."""
    go = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        go.wait(30)
        send_pdf(handler)

    desk = open_desk(settings(tmp_path, server.url))
    link = Link(server.let("/a.pdf", answer), datetime.now(UTC) + timedelta(hours=1))
    held = FileHistory(
        apno="US14/706838", patent_number="US11205304B2", patent_id="", documents=made_documents(12), links=[link] * 12,
        documents_reported=12, complete=True, retrieved=datetime.now(UTC),
    )  # fmt: skip
    desk.store.save(held)
    try:
        yield desk.documents.packs, selection_of(held), go
    finally:
        go.set()
        desk.close()


def send_pdf(handler: BaseHTTPRequestHandler) -> None:
    """Answer with a PDF."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(PDF)))
    handler.end_headers()
    handler.wfile.write(PDF)


def bytes_of(pack: Pack) -> bytes:
    """What was made."""
    assert pack.file is not None
    return pack.file.read_bytes()


def test_a_zip_holds_every_document(desk: Desk, selection: Selection) -> None:
    """Read back with Python's own reader: one file a document and the list of contents, nothing charged for it."""
    pack = desk.documents.packs.start(selection, "zip", user="local")
    progress = pack.wait(60)
    assert (progress.state, progress.done, progress.total, progress.missing, progress.message) == (
        "ready",
        PAPERS,
        PAPERS,
        0,
        "",
    )
    assert progress.name == "US10000000B2_prosecution.zip"
    with zipfile.ZipFile(io.BytesIO(bytes_of(pack))) as archive:
        assert archive.testzip() is None
        papers = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert len(papers) == PAPERS
        assert all(archive.read(name).startswith(b"%PDF-") for name in papers)
    assert progress.size == len(bytes_of(pack))
    assert desk.sandbox is not None
    assert desk.sandbox.billing.total == 1
    assert len(kept_pdfs(desk.store, KEY)) == PAPERS


def test_one_pdf_holds_every_page(desk: Desk, selection: Selection) -> None:
    """Read back with pypdf: at least all pages that the offices counted."""
    pack = desk.documents.packs.start(selection, "pdf", user="local")
    assert pack.wait(120).state == "ready"
    counted = int(selection.documents["pages"].fillna(1).clip(lower=1).sum())
    assert len(pypdf.PdfReader(io.BytesIO(bytes_of(pack))).pages) >= counted


def test_what_cannot_be_fetched_is_missing_and_named(desk: Desk, selection: Selection) -> None:
    """The links have expired and nine documents are kept: nine are in it, the others listed with what to do."""
    few = selection_of(desk.store.load([KEY])[KEY], first=9)
    assert desk.documents.packs.start(few, "zip", user="local").wait(60).state == "ready"
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        progress = (pack := desk.documents.packs.start(selection, "zip", user="local")).wait(60)
        assert (progress.state, progress.done, progress.missing) == ("ready", PAPERS, PAPERS - 9)
        assert progress.message == "66 of 75 documents are missing; the file says which and why."
        with zipfile.ZipFile(io.BytesIO(bytes_of(pack))) as archive:
            contents = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv"))
        assert contents.count("refresh the file history (its button states the price)") == PAPERS - 9
        assert "q-signature" not in contents


@pytest.mark.parametrize("kind", ["zip", "pdf"])
def test_a_finished_pack_is_downloaded_under_its_name_for_an_hour(
    desk: Desk, selection: Selection, kind: PackKind
) -> None:
    """As a file, whole or by range; without the token, with another's, or too late there is a page that says so."""
    pack = desk.documents.packs.start(selection, kind, user="local")
    assert pack.wait(120).state == "ready"
    app = Starlette(routes=routes_of(desk))
    with serve(uvicorn.Config(app, log_level="warning")) as url, httpx.Client(base_url=url) as client:
        answer = client.get(pack.link)
        assert answer.content == bytes_of(pack)
        assert answer.headers["content-disposition"] == f'attachment; filename="US10000000B2_prosecution.{kind}"'
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"] == f"application/{kind}"
        assert client.get(pack.link, headers={"Range": "bytes=0-3"}).content == bytes_of(pack)[:4]
        assert client.head(pack.link).headers["content-length"] == str(len(bytes_of(pack)))
        assert client.get(pack.link + "x").status_code == 404
        assert client.get(f"/documents/packs/{pack.id}").status_code == 404
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
            assert client.get(pack.link).status_code == 410
        desk.documents.close()
        gone = client.get(pack.link)
        assert gone.status_code == 410
        assert "Make it once more" in gone.text


def test_a_pack_is_given_to_its_user_alone(desk: Desk, selection: Selection) -> None:
    """Nobody else's id opens it, and the same selection of another person is another pack."""
    packs = desk.documents.packs
    pack = packs.start(selection, "zip", user="ada")
    assert packs.get(pack.id, user="ada") is pack
    assert packs.get(pack.id, user="bob") is None
    assert packs.get("x", user="ada") is None
    assert packs.start(selection, "zip", user="bob") is not pack
    assert desk.documents.packs is packs


def test_the_packs_of_a_deleted_person_go(desk: Desk) -> None:
    """They hold that person's notes; those of others stay."""
    few, packs = selection_of(desk.store.load([KEY])[KEY], first=2), desk.documents.packs
    of_ada, of_bob = (packs.start(few, "zip", user=user) for user in ("ada", "bob"))
    file = (of_ada.wait(60), of_ada.file)[1]
    of_bob.wait(60)
    until(lambda: {of_ada.id, of_bob.id} <= packs._ended_at.keys(), "the end of both packs")
    desk.delete_person("ada")
    assert file is not None
    assert not file.exists()
    assert packs.get(of_ada.id, user="ada") is None
    assert packs.get(of_bob.id, user="bob") is of_bob


def test_the_same_again_while_it_runs_is_the_same_pack(
    held_back: tuple[Packs, Selection, threading.Event],
) -> None:
    """A second click, another tab; another kind, order, note or selection is another one."""
    packs, selection, go = held_back
    first = packs.start(selection, "zip", user="ada")
    assert packs.start(selection, "zip", user="ada") is first
    assert packs.start(selection, "pdf", user="ada") is not first
    for rows in (
        selection.documents.iloc[::-1],
        selection.documents.head(11),
        selection.documents.assign(note=["x", *[""] * 11]),
    ):
        assert packs.start(replace(selection, documents=rows), "zip", user="ada") is not first
    go.set()
    assert first.wait(30).state == "ready"
    assert packs.start(selection, "zip", user="ada") is not first


def test_at_most_four_are_fetched_at_once_and_few_ahead(
    held_back: tuple[Packs, Selection, threading.Event], server: PaperServer
) -> None:
    """Two packs together ask for four documents; another one is asked for when one has come, and not before."""
    packs, selection, _ = held_back
    turn = threading.Semaphore(0)

    def one_by_one(handler: BaseHTTPRequestHandler) -> None:
        turn.acquire(timeout=30)
        send_pdf(handler)

    server.let("/a.pdf", one_by_one)
    first = packs.start(selection, "zip", user="ada")
    packs.start(replace(selection, documents=selection.documents.iloc[::-1]), "zip", user="bob")
    until(lambda: len(server.asked) >= 4, "four requests")
    assert first.snapshot().state == "running"
    assert first.snapshot().done == 0
    for came in range(1, 9):
        turn.release()
        until(lambda came=came: len(server.asked) >= came + 4, "the next request")  # type: ignore[misc]
    turn.release(4)
    assert first.wait(30).done == 12
    assert server.most == 4


def test_a_stopped_pack_ends_before_its_downloads_do(held_back: tuple[Packs, Selection, threading.Event]) -> None:
    """It leaves no file, has no link, and what was under way is kept all the same."""
    packs, selection, go = held_back
    pack = packs.start(selection, "zip", user="ada")
    pack.stop()
    progress = pack.wait(10)
    assert (progress.state, progress.size, pack.link, pack.file) == ("stopped", 0, "", None)
    assert packs.start(selection, "zip", user="ada") is not pack
    go.set()


def test_closing_stops_what_runs(held_back: tuple[Packs, Selection, threading.Event]) -> None:
    """The desk can be closed afterwards: no thread of a pack is left, and none begins."""
    packs, selection, go = held_back
    pack = packs.start(selection, "zip", user="ada")
    threading.Timer(0.2, go.set).start()
    packs.close()
    assert pack.snapshot().state == "stopped"
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("pack", "fetch"))]


def test_a_full_disk_is_told(desk: Desk, selection: Selection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The write fails half-way: no file is left, and the words say what to do."""
    written = []

    def full(self: TemporaryFiles, path: Path, size: int) -> None:
        written.append((self, path))
        if len(written) > 1 or size > 1000:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFiles, "_reserve", full)
    progress = (pack := desk.documents.packs.start(selection, "zip", user="local")).wait(60)
    assert progress.state == "failed"
    assert progress.message.startswith("The disk is full")
    assert pack.link == ""
    assert not written[0][1].exists()


def test_a_breakdown_is_told_without_its_text(
    desk: Desk, selection: Selection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong reaches the page; an exception's own words, which may hold anything, do not."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary")

    monkeypatch.setitem(pack_maker._WRITERS, "zip", broken)
    progress = desk.documents.packs.start(selection, "zip", user="local").wait(60)
    assert progress.state == "failed"
    assert "canary" not in progress.message + caplog.text


def test_nothing_selected_makes_nothing(desk: Desk, selection: Selection) -> None:
    """It says so at once."""
    empty = replace(selection, documents=selection.documents.head(0))
    progress = desk.documents.packs.start(empty, "zip", user="local").snapshot()
    assert (progress.state, progress.message) == ("failed", "No document is selected.")


def test_packs_are_private_and_gone_in_the_end(desk: Desk, selection: Selection, tmp_path: Path) -> None:
    """A folder and files of this account alone; after an hour the file goes, at the end the folder."""
    packs = desk.documents.packs
    pack = packs.start(selection, "zip", user="local")
    pack.wait(60)
    assert pack.file is not None
    folder = pack.file.parent
    assert folder.parent == tmp_path / "temporary"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(pack.file.stat().st_mode) == 0o600
    for ended in packs._ended_at:
        packs._ended_at[ended] -= pack_registry.KEPT_SECONDS
    packs.sweep()
    assert packs.get(pack.id, user="local") is None
    assert list(folder.iterdir()) == []
    desk.documents.close()
    assert not folder.exists()


def test_the_oldest_finished_packs_make_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most so many are kept; of those the first to end goes first."""
    monkeypatch.setattr(pack_registry, "MAX_PACKS", 2)
    few = selection_of(desk.store.load([KEY])[KEY], first=2)
    packs = desk.documents.packs
    kept = []
    for user in ("a", "b", "c"):
        pack = packs.start(few, "zip", user=user)
        pack.wait(60)
        until(lambda pack=pack: pack.id in packs._ended_at, "the end of a pack")  # type: ignore[misc]
        kept.append(pack)
    assert [packs.get(pack.id, user=pack.user) is not None for pack in kept] == [False, True, True]
    assert len(list(kept[1].file.parent.iterdir())) == 2


def test_too_many_at_once_are_refused(
    held_back: tuple[Packs, Selection, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """None that runs makes way."""
    packs, selection, go = held_back
    monkeypatch.setattr(pack_registry, "MAX_PACKS", 1)
    running = packs.start(selection, "zip", user="ada")
    refused = packs.start(selection, "zip", user="bob").snapshot()
    assert refused.state == "failed"
    assert "files are being made" in refused.message
    go.set()
    assert running.wait(30).state == "ready"


def test_the_room_for_all_files_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be spared makes way first; then it is refused."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spare: list[Path] = []
    files: TemporaryFiles

    def make_room() -> bool:
        if not spare:
            return False
        files.remove(spare.pop())
        return True

    files = TemporaryFiles(max_bytes=3000, make_room=make_room)
    first, file = files.create("first")
    with file:
        file.write(b"x" * 2000)
    spare.append(first)
    second, file = files.create("second")
    with file:
        file.write(b"y" * 2000)
    assert not first.exists()
    assert second.read_bytes() == b"y" * 2000
    _, third = files.create("third")
    third.write(b"z" * 1001)
    with pytest.raises(NoRoom):
        third.flush()
    third.raw.close()
    files.close()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def read(desk: Desk, selection: Selection) -> Selection:
    """The first two documents of that history, of which the first has a page read by an engine."""
    few = replace(selection, documents=selection.documents.head(2))
    document = few.documents["id"].iloc[0]
    digest = hashlib.sha256(desk.documents.pdf(KEY, document)).hexdigest()
    desk.store.texts.begin(KEY, document, digest, pages=1)
    words = (Word("Unmistakable", Box(0.1, 0.9, 0.3, 0.92), 0, 91), Word("words", Box(0.31, 0.9, 0.4, 0.92), 0, 91))
    assert desk.store.texts.keep(digest, PageText(1, "read", "Tesseract 5.3.0", "eng", words))
    return replace(few, papers_read=desk.store.texts.papers([KEY]))


def test_one_pdf_gets_what_was_read_behind_its_pages(desk: Desk, read: Selection) -> None:
    """As the store keeps it, where it is asked for; the same without it is another file."""
    packs = desk.documents.packs
    pack = packs.start(read, "pdf", user="local", texts=desk.store.texts.pages)
    plain = packs.start(read, "pdf", user="local")
    assert plain is not pack
    assert [each.wait(60).state for each in (pack, plain)] == ["ready", "ready"]
    texts = ["\n".join(page.extract_text() for page in pypdf.PdfReader(each.file).pages) for each in (pack, plain)]
    assert ["Unmistakable words" in text for text in texts] == [True, False]


def test_a_zip_has_the_pdfs_as_they_came(desk: Desk, read: Selection) -> None:
    """Without text behind their pages, and says so."""
    pack = desk.documents.packs.start(read, "zip", user="local", texts=desk.store.texts.pages)
    assert pack.wait(60).state == "ready"
    assert pack.file is not None
    with zipfile.ZipFile(pack.file) as archive:
        first = archive.read(archive.namelist()[0])
        assert first == desk.documents.pdf(KEY, read.documents["id"].iloc[0])
        assert "The PDFs are as they came; what was read inside them" in archive.read("README.txt").decode("utf-8-sig")


def test_a_store_that_cannot_be_read_ends_the_file(desk: Desk, read: Selection) -> None:
    """No file is made that lacks text without saying so."""

    def pages(history: str, document: str) -> list[PageText]:
        raise StoreFailed(f"canary of {history} {document}")

    progress = desk.documents.packs.start(read, "pdf", user="local", texts=pages).wait(60)
    assert progress.state == "failed"
    assert "canary" not in progress.message
