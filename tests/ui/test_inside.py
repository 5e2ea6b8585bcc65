"""The tab "Inside": what is offered to be read, how far it is said to be, and what a search says of what it lacks."""

import pandas as pd
import pytest

from components.fulltext import PageHit, PaperHits, PaperToRead, Piece, ReadingOffer, ReadingProgress, SearchResult
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import Tables
from components.ui.address import View
from components.ui.review.inside.hits import ShownPaper, address_of_hit, notes_of
from components.ui.review.inside.papers import (
    PaperNames,
    choice_in_words,
    choices_to_read,
    how_far,
    papers_to_read,
    time_in_words,
)
from components.ui.review.inside.read_inside import offer_in_words, read_button_label
from components.ui.review.inside.reading_progress import problems_table, progress_in_words, share_done, what_was_read
from components.ui.review.inside.search_inside import found_in_words, how_far_in_words, searched_in_words
from components.ui.review.paper_refs import refs_of

HISTORY = "US14/412875"
FINAL = PaperRef(HISTORY, "20200117-CTFR-1")


def paper(name: str, pages: int | None = 7) -> PaperToRead:
    """A paper of 14/412,875 that is to be read."""
    return PaperToRead(PaperRef(HISTORY, name), pages, "US")


def read_paper(pages: int, *, read: int, empty: int = 0, failed: int = 0, problem: str = "") -> ReadPaper:
    """How far a paper is read."""
    return ReadPaper("00", pages, read=read, empty=empty, failed=failed, problem=problem)


def offer(*papers: PaperToRead, pages: int = 0, seconds: float = 0, before: int = 0, gone: int = 0) -> ReadingOffer:
    """What it takes to read papers, some of which are read before and of some of which the link has expired."""
    expired = tuple(paper(f"20200117-X{number}-1") for number in range(gone))
    return ReadingOffer(papers, pages, seconds, before, expired)


def test_key_papers_come_first_and_all_papers_last(file: Tables) -> None:
    """14/412,875 has 184 documents; what is ticked stands before everything else."""
    names = list(choices_to_read(file.documents, ()))
    assert (names[0], names[-1]) == ("key", "everything")
    ticked = choices_to_read(file.documents, frozenset(refs_of(file.documents)[:3]))
    assert next(iter(ticked)) == "ticked"
    assert choice_in_words("ticked", len(ticked["ticked"])) == "Ticked (3)"
    assert choice_in_words("everything", len(ticked["everything"])) == "All papers (184)"


def test_papers_are_read_with_their_pages_and_their_office(file: Tables) -> None:
    """The list says 1,050 pages in all; nothing of it is lost on the way to the reading."""
    papers = papers_to_read(file.documents, file.histories)
    assert {each.office for each in papers} == {"US"}
    assert sum(each.pages or 0 for each in papers) == 1_050


def test_the_button_says_papers_pages_and_time() -> None:
    """As many as are left; a list may not say how many pages there are."""
    assert read_button_label(offer(paper("a"), paper("b"), pages=84, seconds=61)) == (
        "Read inside 2 papers · 84 pages · about 60 s"
    )
    assert read_button_label(offer(paper("a", None), seconds=2)) == "Read inside 1 paper · a few seconds"
    assert read_button_label(offer(before=4)) == "Read inside"


def test_nothing_is_charged_and_what_is_read_is_said() -> None:
    """Also where all of it is read."""
    some = " ".join(offer_in_words(offer(paper("a"), before=3, gone=1)))
    assert "Nothing is charged" in some
    assert "3 of these 5 are read already." in some
    assert offer_in_words(offer(before=12)) == ["All 12 are read already."]


@pytest.mark.parametrize(
    ("seconds", "words"), [(3, "a few seconds"), (42, "about 40 s"), (180, "about 3 min"), (7_300, "about 2 h")]
)
def test_time_is_said_as_roughly_as_it_is_known(seconds: float, words: str) -> None:
    """It is a guess from other pages."""
    assert time_in_words(seconds) == words


def progress(**changes: object) -> ReadingProgress:
    """A reading of 12 papers with 84 pages, five of which are done."""
    known: dict[str, object] = {
        "state": "running", "papers_done": 5, "papers": 12, "pages_done": 42, "pages": 84, "seconds_left": 31.0,
        "now": (), "problems": (),
    }  # fmt: skip
    return ReadingProgress(**(known | changes))  # type: ignore[arg-type]


def test_progress_is_counted_in_pages() -> None:
    """Where their number is known."""
    assert progress_in_words(progress()) == "Read inside: 5 of 12 papers · 42 of 84 pages · about 30 s left"
    assert share_done(progress()) == 0.5
    assert share_done(progress(pages=0, pages_done=0, papers=10)) == 0.5


def test_the_end_says_what_was_read_by_what_and_what_was_not() -> None:
    """Badly legible pages are counted; each paper that was not read has its reason."""
    read = [
        ReadPaper("00", 8, read=8, engines=("text layer",)),
        ReadPaper("01", 4, read=4, engines=("Tesseract 5.3.0",), bad_pages=(2, 3)),
    ]
    ended = progress(state="ended", pages_done=12, problems=((FINAL, "This PDF is protected."),))
    assert what_was_read(ended, read) == (
        "Read inside: 2 papers, 12 pages · by the PDFs' own text and Tesseract 5.3.0 · 2 pages badly legible · "
        "1 paper not read"
    )


def test_a_paper_that_was_not_read_is_named(file: Tables) -> None:
    """As attorneys name it, not by its key."""
    table = problems_table([(FINAL, "why")], PaperNames(file.documents, {HISTORY: "US 10,765,880 B2"}))
    assert table.iloc[0].tolist() == ["Final Rejection of 17 Jan 2020", "why"]


def test_not_read_never_looks_like_none() -> None:
    """Whatever was not looked at is said beside what was not found."""
    far = how_far(
        184,
        [
            read_paper(8, read=8),
            read_paper(8, read=3),
            read_paper(4, read=2, failed=2),
            read_paper(0, read=0, problem="password"),
        ],
    )
    nothing = SearchResult((), 0, 0, searched=3)
    assert found_in_words(nothing) == "Not found in what was searched."
    assert searched_in_words(nothing, far) == (
        "Searched 3 of 184 papers: 180 are not read yet, 1 is read in part, 1 cannot be read, "
        "2 pages could not be read, so what stands there is not known."
    )
    none = "Of 184 papers none is read yet, so that nothing can be found in them."
    assert how_far_in_words(how_far(184, [])) == [none]


def test_a_hit_has_an_address_of_its_own() -> None:
    """Which opens the paper at the page and searches for the same."""
    hits = PaperHits(FINAL, "CTFR", "Final Rejection", None, (PageHit(3, (Piece("claims", marked=True),), 2, 61),))
    shown = ShownPaper(hits, "Final Rejection (CTFR)", "", "US10765880B2", is_on_screen=True)
    assert address_of_hit(View(inside='"claims 1-3"', inside_scope="held"), shown, 3) == (
        "/?patents=US10765880B2&doc=US14%2F412875+20200117-CTFR-1&page=3&inside=%22claims+1-3%22&within=held"
    )
    assert notes_of(hits.hits[0]) == ["2 places", "badly legible: read with 61 % confidence"]


def test_a_paper_without_a_row_keeps_its_id() -> None:
    """A list may have changed since it was read."""
    empty = pd.DataFrame({"history": [], "id": []}, dtype="str")
    assert PaperNames(empty, {HISTORY: "US 1"}).name(FINAL) == "20200117-CTFR-1"
