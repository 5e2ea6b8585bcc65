"""What people ticked and noted on papers: each one's own, through refreshes and restarts."""

from contextlib import closing
from dataclasses import replace

import pytest

from components.store import Mark, NoteTooLong, Store, StoreError
from tests.store.made import documents, history

KEY = "US14/706838"
TRNA, CTNF, REFS, *_ = documents().ids()


def test_what_is_not_said_stays_as_it_is(store):
    """A tick does not touch the note, nor a note the tick."""
    store.save(history())
    store.mark("ada", KEY, [CTNF], read=True)
    store.mark("ada", KEY, [CTNF], note="Claim 1 under 103")
    assert store.marks("ada", [KEY]) == {(KEY, CTNF): Mark(read=True, note="Claim 1 under 103")}
    store.mark("ada", KEY, [CTNF], read=False)
    assert store.marks("ada", [KEY]) == {(KEY, CTNF): Mark(read=False, note="Claim 1 under 103")}
    store.mark("ada", KEY, [CTNF])
    assert store.marks("ada", [KEY]) == {(KEY, CTNF): Mark(note="Claim 1 under 103")}


def test_what_neither_ticks_nor_notes_is_forgotten(store):
    """Unticked and without a note there is no mark."""
    store.save(history())
    store.mark("ada", KEY, [CTNF], read=True, note="x")
    store.mark("ada", KEY, [CTNF], read=False, note="  ")
    store.mark("ada", KEY, [TRNA], read=False)
    assert store.marks("ada", [KEY]) == {}


def test_marks_are_given_to_their_person_alone(store):
    """Two people mark the same paper; neither sees nor changes the other's, whatever the capitals or blanks."""
    store.save(history())
    store.mark("ada@example.com", KEY, [CTNF], read=True, note="ada's")
    store.mark("bob@example.com", KEY, [CTNF, TRNA], note="bob's")
    store.mark("bob@example.com", KEY, [TRNA], note="")
    assert store.marks("ada@example.com", [KEY]) == {(KEY, CTNF): Mark(read=True, note="ada's")}
    assert store.marks("bob@example.com", [KEY]) == {(KEY, CTNF): Mark(note="bob's")}
    for other in ("", "ada@example.com ", "ADA@example.com", "%", "eve@example.com"):
        assert store.marks(other, [KEY]) == {}


def test_sources_do_not_share(open_store):
    """A mark made in the sandbox is not one on the account's history of that number."""
    one, other = open_store("sandbox"), open_store("https://connect.patsnap.com/x")
    for store in (one, other):
        store.save(history())
    one.mark("ada", KEY, [CTNF], read=True)
    assert other.marks("ada", [KEY]) == {}


def test_any_name_of_the_history_will_do(store):
    """Marked by one name, asked for by another: the key is what it is given by."""
    store.save(history(), names=["US11205304"])
    store.mark("ada", "US11205304", [CTNF], read=True)
    assert store.marks("ada", ["US11205304B2", "US1"]) == {(KEY, CTNF): Mark(read=True)}


def test_marks_of_several_histories(store):
    """Only those asked for are given."""
    store.save(history())
    store.save(history(apno="US2", patent_number="", patent_id=""))
    store.mark("ada", KEY, [CTNF], read=True)
    store.mark("ada", "US2", [CTNF], note="two")
    assert set(store.marks("ada", [KEY, "US2"])) == {(KEY, CTNF), ("US2", CTNF)}
    assert set(store.marks("ada", ["US2"])) == {("US2", CTNF)}
    assert store.marks("ada", []) == {}


def test_marks_outlast_a_restart_and_a_refresh(store_url):
    """Also one that lists the papers otherwise: nobody's words are thrown away."""
    with closing(Store.open(store_url, source="sandbox")) as store:
        store.save(history())
        store.mark("ada", KEY, [CTNF], read=True, note="kept")
    with closing(Store.open(store_url, source="sandbox")) as store:
        store.save(replace(history(days=1, count=3)))
        assert store.marks("ada", [KEY]) == {(KEY, CTNF): Mark(read=True, note="kept")}


def test_many_papers_are_marked_at_once(store):
    """A whole long history is ticked in one go."""
    store.save(history())
    names = [f"20180831-CTNF-{count}" for count in range(1, 2001)]
    store.mark("ada", KEY, names, read=True)
    assert len(store.marks("ada", [KEY])) == 2000
    store.mark("ada", KEY, names[:1500], read=False)
    assert len(store.marks("ada", [KEY])) == 500


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("two\nlines", "two\nlines"),
        ("dos\r\nmac\rlines", "dos\nmac\nlines"),
        ("bell\x07 nul\x00 escape\x1b[31m c1\x9b", "bell nul escape[31m c1"),
        ("tab\there", "tab here"),
        ("  around \n ", "around"),
        ("拒絶理由 – “quoted” 👩‍⚖️", "拒絶理由 – “quoted” 👩‍⚖️"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("x" * 2000, "x" * 2000),
    ],
)
def test_a_note_is_kept_as_text(store, typed, kept):
    """Line breaks stay, other control characters go, everything else is as it was typed."""
    store.save(history())
    store.mark("ada", KEY, [CTNF], note=typed)
    assert store.marks("ada", [KEY])[KEY, CTNF].note == kept


def test_a_note_that_is_too_long_changes_nothing(store):
    """It says how long it may be; the tick that came with it is not made either."""
    store.save(history())
    with pytest.raises(NoteTooLong, match="2,001 characters; at most 2,000"):
        store.mark("ada", KEY, [CTNF], read=True, note="x" * 2001)
    assert store.marks("ada", [KEY]) == {}
    assert issubclass(NoteTooLong, StoreError)


def test_a_mark_belongs_to_a_held_history(store):
    """There is nothing to mark in one that is not."""
    with pytest.raises(ValueError, match="held"):
        store.mark("ada", "US1", [CTNF], read=True)


def test_histories_that_turn_out_to_be_one_unite_their_marks(store):
    """Of two marks on one paper both stay, the earlier note first; a note too long beside another gives way to it."""
    store.save(history(apno="", patent_number="US20150000001A1", patent_id="a", days=-1))
    store.save(history(apno="", patent_number="US9B2", patent_id="b"))
    store.mark("ada", "US20150000001A1", [CTNF], note="earlier")
    store.mark("ada", "US20150000001A1", [TRNA], read=True)
    store.mark("bob", "US20150000001A1", [CTNF], note="bob's")
    store.mark("ada", "US9B2", [CTNF], note="later")
    store.mark("eve", "US20150000001A1", [CTNF], note="a short one")
    store.mark("eve", "US9B2", [CTNF], read=True, note="x" * 1995)
    store.mark("dan", "US20150000001A1", [CTNF], read=True)
    store.mark("dan", "US9B2", [CTNF], note="read it")
    store.save(history(patent_number="US9B2", patent_id="b"))
    store.save(history(patent_number="US20150000001A1", patent_id="a", days=1))
    assert store.marks("ada", [KEY]) == {(KEY, CTNF): Mark(note="earlier\nlater"), (KEY, TRNA): Mark(read=True)}
    assert store.marks("bob", [KEY]) == {(KEY, CTNF): Mark(note="bob's")}
    assert store.marks("eve", [KEY]) == {(KEY, CTNF): Mark(read=True, note="x" * 1995)}
    assert store.marks("dan", [KEY]) == {(KEY, CTNF): Mark(read=True, note="read it")}
