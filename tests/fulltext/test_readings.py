"""Readings: page by page into the store, stopped and resumed, in turns, and found again."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from components.fulltext import FullText, open_fulltext
from components.fulltext.paper_work import ReadingThreads
from components.fulltext.readings import KEPT_SECONDS, Readings, nobody
from components.histories import PaperRef
from components.history_tables import HistoryTables
from components.page_reading import NotRead
from components.page_reading.page_reader import PageReader
from components.store import Store, StoreUnwritable
from tests.fulltext.papers import GatedEngine, Shelf, pdf_of
from tests.waiting import until

SECONDS = 30
KIM, LEE = "kim", "lee"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with Store.open(f"sqlite:///{tmp_path / 'data' / 'store.db'}", source="sandbox") as opened:
        yield opened


@pytest.fixture
def shelf() -> Shelf:
    """Where PDFs come from."""
    return Shelf()


Opened = Callable[..., FullText]


@pytest.fixture
def open_reading(store: Store, shelf: Shelf) -> Iterator[Opened]:
    """Open what reads, with an engine; all are closed at the end, as a desk does it."""
    with ExitStack() as stack:

        def opened(
            engine: GatedEngine | None, *, at_once: int = 1, told: Callable[[PaperRef], None] = nobody
        ) -> FullText:
            reader, tables = PageReader(engine, at_once=at_once), HistoryTables(store)
            texts = open_fulltext(
                store=store, tables=tables, pdf=shelf.pdf, page_reader=reader, at_once=at_once, told=told
            )

            def close() -> None:
                texts.stop()
                if engine is not None:
                    engine.allow(None)
                reader.close()
                texts.close()

            stack.callback(close)
            return texts

        yield opened


def test_whoever_wants_to_know_is_told_of_a_paper_once_it_is_read(
    open_reading: Opened, store: Store, shelf: Shelf
) -> None:
    """With all its pages in the store; what then goes wrong there does not stop the reading of the next paper."""
    one, other = shelf.put(store, "US16/000001", [pdf_of(["Claims", "1-5"]), pdf_of(["are rejected"])])
    known: list[tuple[PaperRef, bool]] = []

    def told(paper: PaperRef) -> None:
        known.append((paper, store.texts.papers()[paper].is_whole))
        raise ZeroDivisionError

    progress = open_reading(None, told=told).start([one, other], user=KIM).wait(SECONDS)
    assert (progress.state, progress.papers_done, progress.problems) == ("ended", 2, ())
    assert sorted(known) == sorted([(one.ref, True), (other.ref, True)])


def test_what_was_read_is_kept_page_by_page(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """Text of the PDF's own and scans alike; each page as soon as it is read, under its paper."""
    papers = shelf.put(store, "US16/000001", [pdf_of(["Claims 1-5 are rejected.", "", "Claim 6 is allowed."])])
    texts = open_reading(GatedEngine())
    progress = texts.start(papers, user=KIM).wait(SECONDS)
    assert (progress.state, progress.papers_done, progress.pages_done, progress.problems) == ("ended", 1, 3, ())
    history, document = papers[0].ref
    assert [page.lines for page in texts.pages(history, document)] == [
        ["Claims 1-5 are rejected."], ["scanned"], ["Claim 6 is allowed."]]  # fmt: skip
    assert texts.papers()[papers[0].ref].is_whole
    assert not texts.papers()[papers[0].ref].problem


def test_a_stop_keeps_what_was_read_and_a_new_start_reads_only_the_rest(
    open_reading: Opened, store: Store, shelf: Shelf
) -> None:
    """The page under way is still read and kept; nothing is read twice."""
    papers = shelf.put(store, "US16/000001", [pdf_of([""] * 6)])
    engine = GatedEngine(allowed=2)
    texts = open_reading(engine)
    reading = texts.start(papers, user=KIM)
    until(lambda: engine.begun == 3, "the third page")
    reading.stop()
    assert reading.snapshot().state == "stopping"
    engine.allow(1)
    stopped = reading.wait(SECONDS)
    assert (stopped.state, stopped.can_resume, stopped.pages_done) == ("stopped", True, 3)
    assert texts.papers()[papers[0].ref].read == 3
    assert texts.offer(papers).pages == 3
    engine.allow(None)
    resumed = texts.start(papers, user=KIM)
    assert resumed is not reading
    assert resumed.wait(SECONDS).pages_done == 3
    assert engine.read_pages == 6
    assert texts.offer(papers).read_before == 1


def test_a_desk_that_was_opened_again_goes_on_where_the_other_was_closed(
    open_reading: Opened, store: Store, shelf: Shelf
) -> None:
    """Closing ends the reading in mid-paper; nothing but the store remembers it."""
    papers = shelf.put(store, "US16/000001", [pdf_of([""] * 5)])
    first = GatedEngine(allowed=2)
    texts = open_reading(first)
    reading = texts.start(papers, user=KIM)
    until(lambda: first.begun == 3, "the third page")
    texts.stop()
    first.allow(None)
    texts.close()
    assert reading.ended
    read = store.texts.papers()[papers[0].ref].read
    second = GatedEngine()
    assert open_reading(second).start(papers, user=KIM).wait(SECONDS).state == "ended"
    assert (read, second.read_pages) == (3, 2)


def test_a_paper_under_another_name_is_not_read_again(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """The same bytes in another file, and twice in one reading: all have their pages, read once."""
    scan = pdf_of(["", ""])
    papers = [paper for number in ("US16/000001", "US16/000002") for paper in shelf.put(store, number, [scan, scan])]
    engine = GatedEngine()
    texts = open_reading(engine, at_once=2)
    progress = texts.start(papers, user=KIM).wait(SECONDS)
    assert (progress.state, progress.papers_done) == ("ended", 4)
    assert engine.read_pages == 2
    assert {paper.ref: texts.papers()[paper.ref].read for paper in papers} == {paper.ref: 2 for paper in papers}


def test_two_who_want_one_page_at_the_same_time_have_it_read_once(
    open_reading: Opened, store: Store, shelf: Shelf
) -> None:
    """Both come to their end, and a stop of the one does not take the page from the other."""
    papers = shelf.put(store, "US16/000001", [pdf_of([""] * 3)])
    engine = GatedEngine(allowed=0)
    texts = open_reading(engine, at_once=2)
    first = texts.start(papers, user=KIM)
    until(lambda: engine.begun == 2, "two pages under way")
    second = texts.start(papers, user=LEE)
    first.stop()
    engine.allow(None)
    assert second.wait(SECONDS).state == "ended"
    assert first.wait(SECONDS).state == "stopped"
    assert engine.read_pages == texts.papers()[papers[0].ref].read == 3


def test_one_paper_waits_for_a_page_of_a_long_one_and_not_for_all(
    open_reading: Opened, store: Store, shelf: Shelf
) -> None:
    """Readings take turns page by page."""
    long = shelf.put(store, "US16/000001", [pdf_of([""] * 40)])
    short = shelf.put(store, "US16/000002", [pdf_of(["", "first", ""])])
    engine = GatedEngine(allowed=5)
    texts = open_reading(engine)
    slow = texts.start(long, user=KIM)
    until(lambda: engine.begun == 6, "the sixth page of the long paper")
    quick = texts.start(short, user=LEE)
    until(lambda: shelf.asked[-1] == short[0].ref, "the short paper")
    engine.allow(10)
    assert quick.wait(SECONDS).state == "ended"
    assert slow.snapshot().pages_done <= 15


def test_what_is_in_the_background_waits_for_everybody(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """No page of it is begun while one waits for which a person does."""
    many = shelf.put(store, "US16/000001", [pdf_of([""] * 20)])
    few = shelf.put(store, "US16/000002", [pdf_of([""] * 8)])
    engine = GatedEngine(allowed=1)
    texts = open_reading(engine)
    behind = texts.start(many, user=KIM, in_background=True)
    until(lambda: engine.begun == 2, "the second page of the reading in the background")
    ahead = texts.start(few, user=KIM)
    until(lambda: len(ahead.line), "the paper for which a person waits")
    engine.allow(1 + 8)
    assert ahead.wait(SECONDS).state == "ended"
    assert behind.snapshot().pages_done == 2
    assert texts.reading(KIM) is ahead
    assert texts.reading(KIM, in_background=True) is behind
    engine.allow(None)
    assert behind.wait(SECONDS).pages_done == 20


def test_what_is_in_the_background_leaves_a_core_free(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """One page of all in the background at a time: a person's page begins at once, on the other core."""
    texts = open_reading(engine := GatedEngine(allowed=0), at_once=2)
    for number, user in (("US16/000001", KIM), ("US16/000003", LEE)):
        texts.start(shelf.put(store, number, [pdf_of(["", "", number])]), user=user, in_background=True)
    until(lambda: engine.begun == 1, "a page in the background")
    ahead = texts.start(shelf.put(store, "US16/000002", [pdf_of([""])]), user=KIM)
    until(lambda: engine.begun == 2, "a page on the other core")
    engine.allow(None)
    assert ahead.wait(SECONDS).pages_done == 1
    assert all(texts.reading(user, in_background=True).wait(SECONDS).pages_done == 3 for user in (KIM, LEE))


def test_without_an_engine_the_text_is_read_and_the_scans_are_left(
    open_reading: Opened, store: Store, shelf: Shelf
) -> None:
    """The paper says what to install; with an engine, its scans are read next time."""
    papers = shelf.put(store, "US16/000001", [pdf_of(["Claim 1 is rejected.", ""]), pdf_of(["Text alone."])])
    texts = open_reading(None)
    progress = texts.start(papers, user=KIM).wait(SECONDS)
    assert (progress.state, progress.papers_done, progress.pages_done, progress.pages) == ("ended", 2, 2, 2)
    assert progress.problems == ((papers[0].ref, str(NotRead("no engine"))),)
    assert not texts.papers()[papers[0].ref].is_whole
    assert texts.papers()[papers[1].ref].is_whole
    with_engine = open_reading(GatedEngine())
    assert with_engine.start(papers, user=KIM).wait(SECONDS).pages_done == 1
    assert with_engine.papers()[papers[0].ref].is_whole


@pytest.mark.parametrize(
    ("pdf", "kind"),
    [(pdf_of(["Claims"], password="secret"), "password"), (b"%PDF-1.4 and nothing more", "broken")],
)
def test_a_pdf_that_cannot_be_opened_is_noted_and_stops_nothing(
    open_reading: Opened, store: Store, shelf: Shelf, pdf: bytes, kind: str
) -> None:
    """The others are read; it is not tried again, and stays among the papers with its reason."""
    papers = shelf.put(store, "US16/000001", [pdf, pdf_of(["Claim 1 is rejected."])])
    texts = open_reading(None)
    progress = texts.start(papers, user=KIM).wait(SECONDS)
    assert (progress.state, progress.papers_done, progress.pages_done) == ("ended", 2, 1)
    assert progress.problems == ((papers[0].ref, str(NotRead(kind))),)  # type: ignore[arg-type]
    assert texts.papers()[papers[0].ref].problem == str(NotRead(kind))  # type: ignore[arg-type]
    assert texts.offer(papers).papers == ()


def test_a_paper_that_cannot_be_had_is_told_and_tried_again(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """Its link has expired: nothing is spent, and after a refresh the same start reads it."""
    papers = shelf.put(store, "US16/000001", [pdf_of(["Claim 1."]), pdf_of(["Claim 2."])])
    kept = shelf.pdfs.pop(papers[0].ref)
    engine = GatedEngine()
    texts = open_reading(engine)
    progress = texts.start(papers, user=KIM).wait(SECONDS)
    assert (progress.papers_done, progress.pages_done) == (2, 1)
    assert progress.problems == ((papers[0].ref, "The link has expired."),)
    shelf.pdfs[papers[0].ref] = kept
    assert texts.start(papers, user=KIM).wait(SECONDS).problems == ()
    assert texts.papers()[papers[0].ref].is_whole


def test_a_store_that_fails_stops_the_reading_with_its_words(
    open_reading: Opened, store: Store, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept stays, the rest can be read once the store is well."""
    papers = shelf.put(store, "US16/000001", [pdf_of([""] * 4)])
    kept, keep = [], type(store.texts).keep

    def full(texts: object, sha256: str, page: object) -> bool:
        if len(kept) == 2:
            raise StoreUnwritable("store.db", cause="the disk is full", advice="Make room.")
        kept.append(page)
        return keep(texts, sha256, page)

    monkeypatch.setattr(type(store.texts), "keep", full)
    texts = open_reading(GatedEngine())
    progress = texts.start(papers, user=KIM).wait(SECONDS)
    assert (progress.state, progress.pages_done, progress.can_resume) == ("stopped", 2, True)
    assert "the disk is full" in progress.message
    monkeypatch.undo()
    assert texts.start(papers, user=KIM).wait(SECONDS).pages_done == 2


def test_papers_are_added_to_the_reading_under_way(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """One reading a person, which Stop stops; papers that are in it already are not added."""
    papers = shelf.put(store, "US16/000001", [pdf_of(["", ""]), pdf_of(["Text"])])
    engine = GatedEngine(allowed=0)
    texts = open_reading(engine)
    reading = texts.start(papers[:1], user=KIM)
    assert texts.start(papers, user=KIM) is reading
    assert reading.papers == tuple(papers)
    engine.allow(None)
    progress = reading.wait(SECONDS)
    assert (progress.papers_done, progress.papers, progress.pages_done) == (2, 2, 3)


def test_a_history_that_is_deleted_meanwhile_just_ends(open_reading: Opened, store: Store, shelf: Shelf) -> None:
    """Its pages are kept nowhere."""
    papers = shelf.put(store.for_workspace("wall"), "US16/000001", [pdf_of([""] * 4)])
    other = store.for_workspace("wall")
    engine = GatedEngine(allowed=1)
    texts = open_reading(engine).for_workspace(store=other, tables=HistoryTables(other), pdf=shelf.pdf)
    reading = texts.start(papers, user=KIM)
    until(lambda: engine.begun == 2, "the second page")
    store.delete_workspace("wall")
    engine.allow(None)
    progress = reading.wait(SECONDS)
    assert (progress.state, progress.pages_done) == ("ended", 1)
    assert texts.papers() == {}


def test_an_ended_reading_is_remembered_for_an_hour(store: Store, shelf: Shelf) -> None:
    """Whoever reloads the page finds it; only the user who started it."""
    now = [0.0]
    papers = shelf.put(store, "US16/000001", [pdf_of(["Text"])])
    reader = PageReader(None, at_once=1)
    threads = ReadingThreads(reader, at_once=1)
    readings = Readings(store, shelf.pdf, threads, clock=lambda: now[0])
    reading = readings.start(papers, user=KIM, in_background=False)
    reading.wait(SECONDS)
    now[0] = KEPT_SECONDS - 1
    assert readings.last(KIM, in_background=False) is reading
    assert readings.last(LEE, in_background=False) is None
    now[0] = KEPT_SECONDS + 1
    assert readings.last(KIM, in_background=False) is None
    reader.close()
    threads.close()
