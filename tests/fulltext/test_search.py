"""Searching what was read: which papers are searched, in which order hits come, and what is shown of them."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest

from components.fulltext import SearchResult
from components.fulltext.lines import boxes_of, found_words, line_of
from components.fulltext.listed_papers import ListedPapers
from components.fulltext.search import Search
from components.histories import DocumentList, FileHistory, PaperRef
from components.history_tables import HistoryTables
from components.page_texts import Box, PageText, QueryRefused, Word, parse_query
from components.store import Store
from tests.store.conftest import open_store, postgres_server, postgres_url, sqlite_url, store, store_url

__all__ = ["open_store", "postgres_server", "postgres_url", "sqlite_url", "store", "store_url"]

FIRST, SECOND = "US16/000001", "US16/000002"


def words_of(*lines: str, confidence: int = 100) -> tuple[Word, ...]:
    """The words of some lines, each a tenth of the page wide."""
    return tuple(
        Word(text, Box(place / 10, number / 10, (place + 1) / 10, (number + 1) / 10), number, confidence)
        for number, line in enumerate(lines)
        for place, text in enumerate(line.split())
    )


def held(store: Store, number: str, papers: Sequence[tuple[int, str]]) -> list[PaperRef]:
    """The references of a history that the store holds from now on."""
    documents = DocumentList(
        [day for day, _ in papers], [code for _, code in papers], [f"Paper {code}" for _, code in papers],
        [1] * len(papers),
    )  # fmt: skip
    history = FileHistory(
        apno=number, patent_number="", patent_id="", documents=documents, documents_reported=len(papers),
        complete=True, retrieved=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    key = store.save(history, names=[number])
    return [PaperRef(key, name) for name in documents.ids()]


def keep(store: Store, paper: PaperRef, *pages: PageText) -> None:
    """Let a paper be read."""
    sha256 = hashlib.sha256(str(paper).encode()).hexdigest()
    assert store.texts.begin(*paper, sha256, pages=len(pages)) is not None
    for page in pages:
        assert store.texts.keep(sha256, page)


def text(number: int, *lines: str) -> PageText:
    """A page with text of its own."""
    return PageText(number, "read", "text layer", words=words_of(*lines))


@pytest.fixture
def two_files(store: Store) -> dict[str, PaperRef]:
    """Two files with an action and its reply each; the second file's papers speak of coolant, too."""
    action, reply = held(store, FIRST, [(20190105, "CTNF"), (20190402, "REM")])
    other_action, other_reply = held(store, SECOND, [(20200105, "CTNF"), (20200402, "REM")])
    keep(store, reply, text(1, "The coolant is not taught."), text(2, "Reconsideration is requested."))
    keep(store, action, text(1, "Claims 1-5 are rejected.", "The coolant flows, coolant is old."))
    keep(store, other_reply, text(1, "No coolant is claimed."))
    keep(store, other_action, text(1, "Claims are rejected."))
    return {"action": action, "reply": reply, "other action": other_action, "other reply": other_reply}


Searching = Callable[..., SearchResult]


@pytest.fixture
def search(store: Store) -> Searching:
    """Search the store."""
    return Search(store, ListedPapers(HistoryTables(store))).search


def refs(result: SearchResult) -> list[PaperRef]:
    """The papers that were found, in their order."""
    return [paper.ref for paper in result.papers]


def test_hits_come_by_paper_in_the_order_of_files_and_days(search: Searching, two_files: dict[str, PaperRef]) -> None:
    """In the order of the chosen files, the oldest paper of a file first, each with the line and its marks."""
    chosen = [two_files[name] for name in ("other reply", "other action", "reply", "action")]
    result = search("coolant", papers=chosen, most=50)
    assert refs(result) == [two_files["other reply"], two_files["action"], two_files["reply"]]
    assert (result.pages, result.more_papers, result.searched, result.at_least) == (3, 0, 4, False)
    action = result.papers[1]
    assert (action.code, action.description, action.day) == ("CTNF", "Paper CTNF", date(2019, 1, 5))
    (hit,) = action.hits
    assert (hit.page, hit.places, hit.confidence) == (1, 2, None)
    assert [tuple(piece) for piece in hit.line] == [
        ("The ", False), ("coolant", True), (" flows, ", False), ("coolant", True), (" is old.", False)]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("coolant code:CTNF", {"action"}),
        ("rejected side:office since:2020", {"other action"}),
        ("coolant side:applicant until:2019-12", {"reply"}),
        ("coolant round:1 code:REM", {"reply", "other reply"}),
        ("coolant round:7", set()),
    ],
)
def test_filters_say_which_papers_are_searched(
    search: Searching, two_files: dict[str, PaperRef], typed: str, found: set[str]
) -> None:
    """By code, side, round and day, as the tables have them; the same on both databases."""
    result = search(typed, papers=None, most=50)
    assert set(refs(result)) == {two_files[name] for name in found}


def test_only_so_many_papers_are_shown_and_others_counted(search: Searching, two_files: dict[str, PaperRef]) -> None:
    """Nothing is dropped without a word."""
    result = search("coolant", papers=list(two_files.values()), most=1)
    assert refs(result) == [two_files["action"]]
    assert (result.more_papers, result.pages) == (2, 3)


def test_only_the_chosen_papers_are_searched(search: Searching, two_files: dict[str, PaperRef]) -> None:
    """Not the whole file, and nothing where nothing of it is read."""
    assert refs(search("coolant", papers=[two_files["reply"]], most=50)) == [two_files["reply"]]
    assert search("coolant", papers=[PaperRef(FIRST, "20190105-NOA-1")], most=50).searched == 0


def test_what_is_no_query_is_refused(search: Searching) -> None:
    """With words for the user."""
    with pytest.raises(QueryRefused):
        search("code:CTNF", papers=None, most=50)


def test_places_of_a_paper_are_boxes_by_page(store: Store, two_files: dict[str, PaperRef]) -> None:
    """By any name of its history; what the query says of codes counts for nothing."""
    searching = Search(store, ListedPapers(HistoryTables(store)))
    found = searching.places(FIRST, two_files["action"].document, "coolant code:NOA")
    assert found == {1: (Box(0.1, 0.1, 0.2, 0.2), Box(0.3, 0.1, 0.4, 0.2))}
    assert searching.places("US99/999999", two_files["action"].document, "coolant") == {}


def test_a_phrase_shares_a_box_on_each_of_its_lines() -> None:
    """Words that follow one another in a line are one mark."""
    words = words_of("a motivation to", "combine them")
    assert boxes_of(words, found_words(parse_query('"motivation to combine"'), words)) == (
        Box(0.1, 0.0, 0.3, 0.1), Box(0.0, 0.1, 0.1, 0.2))  # fmt: skip


def test_a_long_line_is_cut_on_both_sides_of_what_was_found() -> None:
    """It stays below 165 characters, with its cuts shown, and the mark in it."""
    words = words_of(" ".join(["before"] * 60 + ["coolant"] + ["behind"] * 60))
    line = line_of(words, found_words(parse_query("coolant"), words))
    shown = "".join(piece.text for piece in line)
    assert [piece.text for piece in line if piece.marked] == ["coolant"]
    assert shown.startswith("… before")
    assert shown.endswith("behind …")
    assert 120 < len(shown) < 165


def test_the_line_with_the_most_of_what_was_typed_is_shown() -> None:
    """Not the first one, which often has the commonest word alone."""
    words = words_of("Summary of the matter", "of the claims", "the probes of Tessmacher")
    line = line_of(words, found_words(parse_query("PROBES of tessmacher"), words))
    assert "".join(piece.text for piece in line) == "the probes of Tessmacher"
