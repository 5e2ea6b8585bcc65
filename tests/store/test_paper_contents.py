"""What the rules found in PDFs: kept beside the texts, gone with them, and the periods that papers set."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from components.histories import PaperRef, SetPeriod
from components.store import ContentOf, KeptContent, Store
from tests.page_texts.made import page
from tests.store.made import documents, history

KEY = "US14/706838"
TRNA, CTNF, REFS, _, FIRST, SECOND = documents().ids()
ACTION = ContentOf("aa", "action", "CTNF")
FOUND = KeptContent(1, "2 of 2", b"found\x00\xff", SetPeriod(3, 30, 2), "reply period")


@pytest.fixture
def reading(store: Store) -> Store:
    """A store in which a paper is read, and what was found in it is kept."""
    store.save(history(), names=["US11205304"])
    store.texts.begin(KEY, CTNF, "aa", pages=1)
    store.texts.keep("aa", page(1, "Claims are rejected"))
    assert store.contents.keep(ACTION, FOUND)
    return store


def rows(store: Store) -> int:
    """Return how many contents the database has."""
    with store._database.read() as connection:
        return connection.execute(text("SELECT count(*) FROM paper_contents")).scalar_one()


def test_what_was_found_is_given_back_byte_for_byte(reading):
    """By PDF, kind and code; nothing for another of them, and nothing in another workspace."""
    claims = ContentOf("aa", "claims", "CTNF")
    reading.contents.keep(claims, FOUND._replace(data=b"claims", period=None, period_finding=""))
    others = [ContentOf("bb", "action", "CTNF"), ContentOf("aa", "action", "CTFR")]
    assert reading.contents.find([ACTION, claims, *others]) == {
        ACTION: FOUND,
        claims: KeptContent(1, "2 of 2", b"claims"),
    }
    assert reading.for_workspace("merger").contents.find([ACTION]) == {}
    assert not reading.for_workspace("merger").contents.keep(ACTION, FOUND)


def test_what_is_found_anew_replaces_all_that_is_out_of_date(reading):
    """Of the same PDF, whatever it was taken for then; other PDFs keep theirs."""
    reading.texts.begin(KEY, REFS, "bb", pages=1)
    other = ContentOf("bb", "citations", "892")
    reading.contents.keep(other, FOUND)
    newer = FOUND._replace(rules=2, data=b"newer")
    claims = ContentOf("aa", "claims", "CTNF")
    reading.contents.keep(claims, newer)
    assert reading.contents.find([ACTION, claims, other]) == {claims: newer, other: FOUND}
    assert rows(reading) == 2


def test_nothing_is_kept_of_a_pdf_that_no_document_is(reading):
    """It was deleted while the rules read it."""
    assert not reading.contents.keep(ContentOf("cc", "action", "CTNF"), FOUND)
    assert rows(reading) == 1


def test_it_goes_with_what_was_read(reading):
    """When the document turns out to be another PDF."""
    reading.texts.begin(KEY, CTNF, "bb", pages=1)
    assert reading.contents.find([ACTION]) == {}
    assert rows(reading) == 0


def test_it_goes_when_a_refresh_makes_the_document_another_paper(reading):
    """An earlier paper of the same day and code came into the list."""
    listed = documents()
    titles = [*listed.description[:1], "Another action", *listed.description[2:]]
    changed = replace(history(days=1), documents=replace(listed, description=titles))
    reading.save(changed)
    assert rows(reading) == 0


def test_it_goes_with_its_workspace(reading):
    """All of it, and nothing of another's."""
    merger = reading.for_workspace("merger")
    merger.save(history())
    merger.texts.begin(KEY, CTNF, "aa", pages=1)
    merger.contents.keep(ACTION, FOUND)
    merger.judge("ada", PaperRef(KEY, CTNF), "reply period", is_right=True, words="3 months")
    assert rows(reading) == 2
    reading.delete_workspace("merger")
    assert rows(reading) == 1
    assert merger.verdicts([KEY]) == []
    assert reading.contents.find([ACTION]) == {ACTION: FOUND}


def test_one_is_forgotten_alone(reading):
    """One that is damaged."""
    claims = ContentOf("aa", "claims", "CTNF")
    reading.contents.keep(claims, FOUND)
    reading.contents.forget(ACTION)
    assert reading.contents.find([ACTION, claims]) == {claims: FOUND}


def test_the_periods_that_papers_set_are_told_by_document(reading):
    """Of those histories alone, and only where one was found."""
    reading.texts.begin(KEY, FIRST, "bb", pages=1)
    reading.contents.keep(ContentOf("bb", "action", "A..."), FOUND._replace(period=None, period_finding=""))
    assert reading.contents.periods([KEY, "US1"]) == {PaperRef(KEY, CTNF): SetPeriod(3, 30, 2)}
    assert reading.contents.periods(["US1"]) == {}
    assert reading.contents.periods([]) == {}


def test_a_period_that_a_person_marked_as_wrong_is_not_told(reading):
    """Of several people the last one's mark counts, and only of that finding in that paper."""
    paper = PaperRef("US11205304", CTNF)
    reading.judge("ada", PaperRef(KEY, FIRST), "reply period", is_right=False, words="")
    reading.judge("ada", paper, "examiner", is_right=False, words="")
    assert len(reading.contents.periods([KEY])) == 1
    reading.judge("ada", paper, "reply period", is_right=False, words="3 months")
    assert reading.contents.periods([KEY]) == {}
    reading.judge("bob", paper, "reply period", is_right=True, words="3 months")
    assert len(reading.contents.periods([KEY])) == 1


def test_codes_that_no_database_holds_are_found_again(reading):
    """A code with half a surrogate pair, or a NUL."""
    odd = ContentOf("aa", "action", "CT\x00\ud800")
    reading.contents.keep(odd, FOUND)
    assert reading.contents.find([odd]) == {odd: FOUND}
