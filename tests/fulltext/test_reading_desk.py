"""What reads inside papers, as a desk puts it together: the sandbox's own papers, workspaces, people and the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.desk import Desk, open_desk
from components.fulltext import PaperToRead
from components.histories import PaperRef
from components.numbers import parse
from components.sandbox import MADE_UP
from components.settings import Settings

SECONDS = 120
KIM = "kim"


@pytest.fixture
def ocr() -> str:
    """Which engine reads scans: none, because what is read does not matter where nothing else is said."""
    return "none"


@pytest.fixture
def desk(tmp_path: Path, ocr: str) -> Iterator[Desk]:
    """A desk on the sandbox in this process."""
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}", review_ocr=ocr))
    try:
        yield opened
    finally:
        opened.close()


def papers_of(desk: Desk, *codes: str) -> list[PaperToRead]:
    """Look the made-up application up; return its papers of these codes, of each the first."""
    assert desk.lookups.start(desk.lookups.plan(parse(MADE_UP))).wait(60).state == "finished"
    (headline,) = desk.store.headlines()
    documents = desk.tables.of([headline]).tables.documents
    rows = documents[documents["code"].isin(codes)].drop_duplicates("code")
    return [PaperToRead(PaperRef(headline.key, row.id), int(row.pages), "US") for row in rows.itertuples()]


@pytest.mark.parametrize("ocr", [""])
def test_a_paper_of_the_sandbox_is_read_by_the_real_engine_and_found(desk: Desk) -> None:
    """From offer to search, for nothing: the look-up alone was charged."""
    papers = papers_of(desk, "IFEE")
    offer = desk.fulltext.offer(papers)
    assert (offer.papers, offer.without_link) == (tuple(papers), ())
    progress = desk.fulltext.start(papers, user=KIM).wait(SECONDS)
    assert (progress.state, progress.papers_done, progress.problems) == ("ended", 1, ())
    assert desk.fulltext.papers()[papers[0].ref].is_whole
    found = desk.fulltext.search("fee")
    assert [paper.ref for paper in found.papers] == [papers[0].ref]
    hit = found.papers[0].hits[0]
    assert "fee" in "".join(piece.text for piece in hit.line if piece.marked).casefold()
    assert desk.fulltext.places(*papers[0].ref, "fee")[hit.page]
    assert desk.sandbox is not None
    assert desk.sandbox.billing.total == 1


def test_a_workspace_reads_and_finds_its_own_alone_and_ends_with_it(desk: Desk) -> None:
    """Its readings are stopped, and nothing of them is found anywhere."""
    walled_off = desk.for_workspace("wall")
    papers = papers_of(walled_off, "CTFR")
    reading = walled_off.fulltext.start(papers, user=KIM)
    assert desk.fulltext.reading(KIM) is None
    assert walled_off.fulltext.reading(KIM) is reading
    assert reading.wait(SECONDS).ended
    assert walled_off.fulltext.search("rejected").papers
    assert desk.fulltext.search("rejected").searched == 0
    desk.delete_workspace("wall")
    assert desk.for_workspace("wall").fulltext.papers() == {}
    late = walled_off.fulltext.start(papers, user=KIM)
    assert (late.snapshot().state, late.snapshot().message) == ("stopped", "The app is being closed.")


def test_a_person_who_is_deleted_leaves_no_reading(desk: Desk) -> None:
    """It is stopped and forgotten; what was read stays with the workspace."""
    papers = papers_of(desk, "CTNF")
    reading = desk.fulltext.start(papers, user=KIM)
    desk.delete_person(KIM)
    assert desk.fulltext.reading(KIM) is None
    assert reading.wait(SECONDS).ended


def test_a_desk_that_is_closed_ends_its_readings(desk: Desk) -> None:
    """Nobody waits for the rest of a paper; the next desk goes on with it."""
    papers = papers_of(desk, "CTNF", "CTFR", "NOA")
    reading = desk.fulltext.start(papers, user=KIM)
    desk.close()
    assert reading.ended


def test_papers_whose_links_have_expired_are_named_apart(desk: Desk) -> None:
    """They are left out of what can be read, unless their PDF is kept."""
    papers = papers_of(desk, "CTNF", "NOA")
    kept, linked = papers
    desk.store.keep_pdf(*kept.ref, b"%PDF-1.4 kept")
    with desk.store._write() as tx:
        tx.connection.exec_driver_sql("DELETE FROM links")
    offer = desk.fulltext.offer(papers)
    assert (offer.papers, offer.without_link) == ((kept,), (linked,))
