"""Marks of findings: everyone's own, seen by all of a workspace, and changed by nobody and nothing else."""

from contextlib import closing
from dataclasses import replace

import pytest

from components.histories import PaperRef
from components.store import FindingMark, Store
from tests.store.made import documents, history

KEY = "US14/706838"
TRNA, CTNF, *_ = documents().ids()
PAPER = PaperRef(KEY, CTNF)
GROUND = "ground 103 1-4"


def told(store: Store, *names: str) -> list[tuple[PaperRef, str, bool, str, str]]:
    """Return the marks without their times."""
    return [tuple(mark)[:5] for mark in store.verdicts(names or [KEY])]


def test_marks_of_all_people_are_told_the_earliest_first(store):
    """Each replaces its own; a taken back mark is gone, and the others stay."""
    store.save(history())
    store.judge("ada", PAPER, GROUND, is_right=False, words="103: claims 1-4")
    store.judge("bob", PAPER, GROUND, is_right=True, words="103: claims 1-4")
    assert told(store) == [
        (PAPER, GROUND, False, "103: claims 1-4", "ada"),
        (PAPER, GROUND, True, "103: claims 1-4", "bob"),
    ]
    store.judge("ada", PAPER, GROUND, is_right=True, words="103")
    assert told(store) == [(PAPER, GROUND, True, "103: claims 1-4", "bob"), (PAPER, GROUND, True, "103", "ada")]
    store.judge("bob", PAPER, GROUND, is_right=None, words="")
    assert told(store) == [(PAPER, GROUND, True, "103", "ada")]
    at = store.verdicts([KEY])[0].at
    assert at.utcoffset().total_seconds() == 0


def test_any_name_of_the_history_will_do(store):
    """Marked by one name, asked for by another: the key is what they are given by."""
    store.save(history(), names=["US11205304"])
    store.judge("ada", PaperRef("US11205304", CTNF), GROUND, is_right=True, words="")
    assert [mark.paper for mark in store.verdicts(["718ead9c-4f3c-4674-8f5a-24e126827269"])] == [PAPER]


def test_a_mark_belongs_to_a_held_history(store):
    """Nothing is noted of one that is not held."""
    with pytest.raises(ValueError, match="held"):
        store.judge("ada", PAPER, GROUND, is_right=True, words="")
    assert store.verdicts([KEY]) == []


def test_marks_outlast_a_refresh_and_a_restart(open_store):
    """The list came anew; the store was opened again."""
    with closing(open_store()) as store:
        store.save(history())
        store.judge("ada", PAPER, GROUND, is_right=False, words="103")
        store.save(history(days=1, count=4))
    assert told(open_store()) == [(PAPER, GROUND, False, "103", "ada")]


def test_a_history_that_gets_another_key_takes_its_marks_along(store):
    """Two histories turn out to be one application: of one person's marks on one finding the later stays."""
    first = store.save(replace(history("", "US11205304B2", ""), links=()), names=["US11205304B2"])
    second = store.save(history("US14/706838", "", ""), names=["US14/706838"])
    assert first != second
    store.judge("ada", PaperRef(first, CTNF), GROUND, is_right=False, words="first")
    store.judge("ada", PaperRef(second, CTNF), GROUND, is_right=True, words="second")
    store.judge("bob", PaperRef(first, CTNF), GROUND, is_right=False, words="bob's")
    key = store.save(history("US14/706838", "US11205304B2", "", days=1))
    assert told(store, key) == [
        (PaperRef(key, CTNF), GROUND, True, "second", "ada"),
        (PaperRef(key, CTNF), GROUND, False, "bob's", "bob"),
    ]


def test_sources_and_workspaces_do_not_share(open_store):
    """A mark made in one is not one of another."""
    one, other = open_store("sandbox"), open_store("https://connect.patsnap.com/x")
    for store in (one, other, one.for_workspace("merger")):
        store.save(history())
    one.judge("ada", PAPER, GROUND, is_right=True, words="")
    assert other.verdicts([KEY]) == one.for_workspace("merger").verdicts([KEY]) == []


def test_marks_go_with_their_person(store):
    """In every workspace; those of others stay."""
    merger = store.for_workspace("merger")
    for each in (store, merger):
        each.save(history())
        each.judge("ada", PAPER, GROUND, is_right=True, words="")
    store.judge("bob", PAPER, GROUND, is_right=False, words="no")
    store.delete_person("ada")
    assert told(store) == [(PAPER, GROUND, False, "no", "bob")]
    assert merger.verdicts([KEY]) == []


def test_words_are_cut_and_made_fit_for_any_database(store):
    """What was marked may be long, and from anywhere."""
    store.save(history())
    store.judge("ada", PAPER, "claim \x00", is_right=True, words="\ud800" + "x" * 3_000)
    mark = store.verdicts([KEY])[0]
    assert (mark.finding, mark.words) == ("claim �", "�" + "x" * 1_999)
    assert isinstance(mark, FindingMark)
    store.judge("ada", PAPER, "claim \x00", is_right=None, words="")
    assert store.verdicts([KEY]) == []
