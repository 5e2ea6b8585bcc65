"""Texts of pages: kept by PDF and page, given by document, and gone when no document is that PDF any more."""

import json
import threading
import zlib
from contextlib import closing
from dataclasses import replace

import orjson
import pytest
from sqlalchemy import text

from components.histories import DocumentList, PaperRef
from components.page_texts import Box, PageText, Word, WordMark, parse_query
from components.store import Store, page_index
from tests.page_texts.made import page
from tests.store.made import documents, history
from tests.store.test_deletion import bytes_of
from tests.store.workers import in_processes

KEY = "US14/706838"
TRNA, CTNF, REFS, UNDATED, FIRST, SECOND = documents().ids()
ROWS = ("read_papers", "paper_files", "page_texts")


def found(store: Store, typed: str) -> list[tuple[str, str, int]]:
    """Return the pages that a query finds."""
    return [(*ref, number) for ref, number in store.texts.search(parse_query(typed)).pages]


def count(store: Store) -> list[int]:
    """Return how many rows each of the tables has, and how many pages the index."""
    with store._database.read() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in ROWS]  # noqa: S608


@pytest.fixture
def reading(store: Store) -> Store:
    """A store in which one page of a paper of two is read."""
    store.save(history(), names=["US11205304"])
    store.texts.begin(KEY, CTNF, "aa", pages=2)
    store.texts.keep("aa", page(1, "Claims are rejected", "over Murthy"))
    return store


def test_what_is_read_is_given_by_any_name_of_the_history(reading):
    """With words, places and confidence, as it was read; nothing for another document or page."""
    texts = reading.texts
    for name in (KEY, "US11205304", "718ead9c-4f3c-4674-8f5a-24e126827269"):
        assert texts.page(name, CTNF, 1) == page(1, "Claims are rejected", "over Murthy")
        assert texts.paper(name, CTNF).read == 1
        assert [paper.document for paper in texts.papers([name])] == [CTNF]
    assert texts.page(KEY, CTNF, 2) is texts.page(KEY, TRNA, 1) is texts.page("US1", CTNF, 1) is None
    assert texts.page(KEY, CTNF, 0) is texts.page(KEY, CTNF, 10**30) is None
    assert texts.pages(KEY, CTNF) == [page(1, "Claims are rejected", "over Murthy")]
    assert texts.papers(["US1"]) == {}


def test_lines_under_and_through_words_are_kept_with_them(reading):
    """To a ten-thousandth of the word; a page that nobody looked at for them is told from one that has none."""
    marks = (WordMark(1, "struck"), WordMark(4, "underlined", 0.25, 0.7501))
    looked_at = replace(page(1, "Claims are rejected", "over Murthy"), marks=marks)
    assert reading.texts.page(KEY, CTNF, 1).marks is None
    for marked in (looked_at, replace(looked_at, marks=())):
        reading.texts.keep("aa", marked)
        assert reading.texts.page(KEY, CTNF, 1) == marked


@pytest.mark.parametrize("mark", ['[5,"struck",0,1]', '[0,"blue",0,1]', "[0]", "3"])
def test_marks_that_can_be_none_of_the_page_are_damage(reading, mark):
    """Of a word that is not there, or of another kind: the page is read again."""
    plain = orjson.dumps({"text": [], "box": [], "line": [], "confidence": [], "marks": [orjson.Fragment(mark)]})
    with reading._database.write("sandbox") as connection:
        connection.execute(text("UPDATE page_texts SET words = :words"), {"words": zlib.compress(plain)})
    assert reading.texts.page(KEY, CTNF, 1) is None
    assert reading.texts.pages_done("aa") == frozenset()


def test_how_far_a_paper_is_read_is_counted(reading):
    """Pages with and without words, those that failed, who read them, and which are badly legible."""
    texts = reading.texts
    texts.begin(KEY, REFS, "bb", pages=5)
    texts.keep("bb", page(1, "dim", confidence=40))
    texts.keep("bb", page(2))
    texts.keep("bb", PageText(3, "failed", "", problem="too slow"))
    texts.keep("bb", PageText(4, "read", "text layer", words=(Word("own", Box(0, 0, 1, 1), 0, 100),)))
    texts.keep("bb", replace(page(5, "hell", confidence=81), languages="deu+eng"))
    told = texts.papers()[PaperRef(KEY, REFS)]
    assert (told.pages, told.read, told.empty, told.failed, told.is_whole) == (5, 3, 1, 1, True)
    assert told.engines == ("Tesseract 5.3.0", "text layer")
    assert told.languages == ("eng", "deu+eng")
    assert (told.confidence, told.bad_pages) == (60, (1,))
    assert told.read_at is not None
    assert texts.pages_done("bb") == {1, 2, 3, 4, 5}
    assert texts.pages_done("aa") == {1}
    assert texts.pages_done("cc") == frozenset()
    assert texts.page(KEY, REFS, 3) == PageText(3, "failed", "", problem="too slow")
    assert not texts.paper(KEY, CTNF).is_whole


def test_a_page_read_again_replaces_and_a_failure_does_not(reading):
    """What it held before is found no more; what could not be read is no reason to forget what was."""
    assert reading.texts.keep("aa", page(1, "Another reading"))
    assert found(reading, "murthy") == []
    assert found(reading, "another") == [(KEY, CTNF, 1)]
    assert reading.texts.keep("aa", PageText(1, "failed", ""))
    assert reading.texts.page(KEY, CTNF, 1) == page(1, "Another reading")
    assert reading.texts.keep("aa", page(1))
    assert found(reading, "another") == []


def test_one_pdf_of_two_documents_is_read_once(reading):
    """Its pages are those of both; it stays for as long as one of them is it."""
    reading.save(history("US1", "US1B1", "x"))
    told = reading.texts.begin("US1", TRNA, "aa", pages=2)
    assert told.read == 1
    assert found(reading, "murthy") == [("US1", TRNA, 1), (KEY, CTNF, 1)]
    assert reading.texts.search(parse_query("murthy"), papers={PaperRef("US1", TRNA)}).pages == (
        (PaperRef("US1", TRNA), 1),
    )
    reading.texts.begin("US1", TRNA, "bb", pages=1)
    assert found(reading, "murthy") == [(KEY, CTNF, 1)]
    reading.texts.begin(KEY, CTNF, "bb", pages=1)
    assert found(reading, "murthy") == []
    assert count(reading) == [1, 2, 0]


def test_a_pdf_that_cannot_be_opened_says_why_until_it_can(reading):
    """Its problem is kept, and goes when it is opened after all."""
    assert reading.texts.begin(KEY, REFS, "bb", pages=0, problem="a password").problem == "a password"
    assert reading.texts.paper(KEY, REFS).is_whole
    assert reading.texts.begin(KEY, REFS, "bb", pages=3).problem == ""
    assert reading.texts.paper(KEY, REFS).pages == 3


def test_nothing_is_kept_of_what_is_not_held(reading):
    """Neither of a history that is not held, nor of a PDF that no document is."""
    assert reading.texts.begin("US1", CTNF, "bb", pages=2) is None
    assert not reading.texts.keep("bb", page(1, "lost"))
    assert found(reading, "lost") == []


@pytest.mark.parametrize("number", [0, -1, 8_192])
def test_no_pdf_has_such_a_page(reading, number):
    """It would be the page of another paper."""
    with pytest.raises(ValueError, match="no PDF that is read"):
        reading.texts.keep("aa", page(number, "x"))


def test_texts_outlast_the_pdf_a_refresh_and_a_restart(store_url):
    """The PDF may go when others need its place; what was read stays."""
    with closing(Store.open(store_url, source="sandbox", pdf_megabytes=0)) as store:
        store.save(history())
        store.texts.begin(KEY, CTNF, "aa", pages=1)
        store.texts.keep("aa", page(1, "Murthy"))
        store.save(history(days=1))
    with closing(Store.open(store_url, source="sandbox")) as store:
        assert store.pdf(KEY, CTNF) is None
        assert found(store, "murthy") == [(KEY, CTNF, 1)]


def test_texts_go_with_the_paper_that_their_document_was(reading):
    """A refresh that lists the papers of that day otherwise makes the id mean another paper."""
    fewer = documents()
    changed = DocumentList(fewer.date, fewer.code, ("other", "words", *fewer.description[2:]), fewer.pages)
    reading.save(replace(history(days=1), documents=changed))
    assert found(reading, "murthy") == []
    assert count(reading) == [0, 0, 0]


def test_texts_move_when_two_histories_turn_out_to_be_one(store):
    """They are found under the key that stays, and by the other, as PDFs are."""
    store.save(history("", "US11205304B2", "id"))
    store.texts.begin("US11205304B2", CTNF, "aa", pages=1)
    store.texts.keep("aa", page(1, "Murthy"))
    store.keep_pdf("US11205304B2", CTNF, b"%PDF-1.7")
    store.save(history(KEY, "US11205304B2", "id", days=1))
    assert store.pdf(KEY, CTNF) == b"%PDF-1.7"
    assert found(store, "murthy") == [(KEY, CTNF, 1)]
    assert store.texts.page("US11205304B2", CTNF, 1) == page(1, "Murthy")


def test_workspaces_share_nothing(store):
    """The same PDF is read in each, and searched in each; deleting one leaves the other, and no word of it."""
    walled = store.for_workspace("merger")
    for part, word in ((store, "common"), (walled, "unforeseeable")):
        part.save(history())
        part.texts.begin(KEY, CTNF, "aa", pages=2)
        part.texts.keep("aa", page(1, word, "Murthy"))
        part.texts.keep("aa", page(2, "more", "Murthy"))
    assert found(store, "unforeseeable") == found(walled, "common") == []
    assert found(walled, "unforeseeable") == [(KEY, CTNF, 1)]
    assert len(found(store, "murthy")) == len(found(walled, "murthy")) == 2
    store.delete_workspace("merger")
    assert found(walled, "murthy") == found(walled, "unforeseeable") == []
    assert walled.texts.papers() == {}
    assert not walled.texts.keep("aa", page(1, "late"))
    assert count(store) == [1, 1, 2]
    assert len(found(store, "murthy")) == 2
    if store._database.kind == "sqlite":
        assert b"unforeseeable" not in bytes_of(store)


def test_deleting_a_person_leaves_what_was_read(reading):
    """It belongs to the workspace."""
    reading.delete_person("ada")
    assert found(reading, "murthy") == [(KEY, CTNF, 1)]


@pytest.mark.parametrize("damage", [b"", b"no words", zlib.compress(b"{}"), zlib.compress(b"[1]"), zlib.compress(b"?")])
def test_a_damaged_page_is_read_again(reading, damage):
    """It is not shown, not found, and not counted as read any more; others stay."""
    reading.texts.keep("aa", page(2, "second"))
    with reading._write() as tx:
        tx.execute(text("UPDATE page_texts SET words = :damage WHERE tokens LIKE '%murthy%'"), {"damage": damage})
    assert reading.texts.pages(KEY, CTNF) == [page(2, "second")]
    assert reading.texts.pages_done("aa") == {2}
    assert reading.texts.paper(KEY, CTNF).read == 1
    assert found(reading, "murthy") == []
    assert reading.texts.page(KEY, CTNF, 1) is None


MARKS = (WordMark(1, "struck"), WordMark(3, "underlined", 0.25, 0.875), WordMark(3, "struck", 1.0, 1.0))


@pytest.mark.parametrize("marks", [MARKS, (), None])
def test_the_marks_of_a_page_are_kept_with_its_words(reading, marks):
    """Also that there are none, and that nobody looked."""
    marked = replace(page(2, "each of said", "bus tube;"), marks=marks)
    assert reading.texts.keep("aa", marked)
    assert reading.texts.page(KEY, CTNF, 2) == marked


def test_a_page_kept_before_marks_were_read_has_none_said_of_it(reading):
    """Its words are there as ever: pages of that time have four columns."""
    columns = {"text": ["Murthy"], "box": [0, 0, 5000, 10000], "line": [0], "confidence": [90]}
    with reading._write() as tx:
        words = zlib.compress(json.dumps(columns).encode())
        tx.execute(text("UPDATE page_texts SET words = :words"), {"words": words})
    kept = reading.texts.page(KEY, CTNF, 1)
    assert kept.words == (Word("Murthy", Box(0, 0, 0.5, 1), 0, 90),)
    assert kept.marks is None


@pytest.mark.parametrize(
    "marks", [[[1, "struck", 0, 1]], [[-1, "struck", 0, 1]], [[0, "bold", 0, 1]], [[0, "struck", 2, 1]], [0], 7]
)
def test_damaged_marks_are_a_damaged_page(reading, marks):
    """A mark of a word that is not there, of no kind, or that begins behind its end: the page is read again."""
    columns = {"text": ["Murthy"], "box": [0, 0, 1, 1], "line": [0], "confidence": [90], "marks": marks}
    with reading._write() as tx:
        words = zlib.compress(json.dumps(columns).encode())
        tx.execute(text("UPDATE page_texts SET words = :words"), {"words": words})
    assert reading.texts.page(KEY, CTNF, 1) is None
    assert reading.texts.pages_done("aa") == frozenset()


def test_a_damaged_count_is_none(reading):
    """The paper counts as not read; its pages are there, and the next one puts it right."""
    with reading._write() as tx:
        tx.execute(text("UPDATE read_papers SET summary = '{[]'"))
    assert reading.texts.paper(KEY, CTNF).read == 0
    reading.texts.keep("aa", page(2, "second"))
    assert reading.texts.paper(KEY, CTNF).read == 2


def test_any_text_can_be_kept(reading):
    """Half a surrogate pair, NUL, quotes, an endless word and an endless page trouble neither database."""
    strange = page(2, "\ud800\x00 'quoted' \"% 拒絶", "x" * 20_000)
    assert reading.texts.keep("aa", replace(strange, problem="\x00", languages="\ud800"))
    kept = reading.texts.page(KEY, CTNF, 2)
    assert [word.text for word in kept.words][1:4] == ["'quoted'", '"%', "拒絶"]
    assert found(reading, "quoted") == found(reading, "絶") == found(reading, "x" * 400) == [(KEY, CTNF, 2)]


def keep_often(index: int, url: str) -> int:
    """Keep the same pages of the same PDF as others do; return how often that worked."""
    with Store.open(url, source="sandbox") as store:
        store.texts.begin(KEY, CTNF, "aa", pages=5)
        return sum(store.texts.keep("aa", page(number, f"reader{index}", "Murthy")) for number in (1, 2, 3, 4, 5))


def test_processes_that_keep_the_same_pages_do_not_disturb_one_another(store_url):
    """Each page is there once, and found once."""
    with closing(Store.open(store_url, source="sandbox")) as store:
        store.save(history())
        assert in_processes(2, keep_often, store_url) == [5, 5]
        assert found(store, "murthy") == [(KEY, CTNF, number) for number in (1, 2, 3, 4, 5)]
        assert sorted([*found(store, "reader0"), *found(store, "reader1")]) == found(store, "murthy")


def test_threads_keep_pages_side_by_side(reading):
    """As the pages of a PDF arrive."""
    threads = [
        threading.Thread(target=reading.texts.keep, args=("aa", page(number, f"w{number}", "Murthy")))
        for number in range(2, 10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [number for *_, number in found(reading, "murthy")] == list(range(1, 10))
    assert reading.texts.paper(KEY, CTNF).read == 9


def test_a_build_without_the_index_leaves_it_behind_and_it_is_made_anew(tmp_path, monkeypatch):
    """What that build changed is found by the next one; what it deleted stands nowhere in the file."""
    url = f"sqlite:///{tmp_path / 'data' / 'store.db'}"
    with closing(Store.open(url, source="sandbox")) as store:
        walled = store.for_workspace("merger")
        for part in (store, walled):
            part.save(history())
            part.texts.begin(KEY, CTNF, "aa", pages=2)
        store.texts.keep("aa", page(1, "first"))
        walled.texts.keep("aa", page(1, "unforeseeable"))
    with closing(Store.open(url, source="sandbox")) as store, monkeypatch.context() as patch:
        patch.setattr(page_index.fts5_index, "is_built_in", lambda: False)
        assert found(store, "first") == [(KEY, CTNF, 1)]
        store.texts.keep("aa", page(2, "second"))
        assert found(store, "second") == [(KEY, CTNF, 2)]
        store.delete_workspace("merger")
        assert b"unforeseeable" not in bytes_of(store)
    with closing(Store.open(url, source="sandbox")) as store:
        assert found(store, "first") == [(KEY, CTNF, 1)]
        assert found(store, "second") == [(KEY, CTNF, 2)]
        with store._read() as tx:
            assert not page_index.is_behind(tx)
