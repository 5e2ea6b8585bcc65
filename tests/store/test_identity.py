"""Which answers are one application, whatever the service leaves out, and that a key once given out stays valid."""

import itertools
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.histories import FileHistory, office_of
from components.store import Mark, Store
from tests.store.made import history, kept_pdfs, linked

PAPER = "20180831-CTNF-1"
SHARED = "0f0f0f0f-0000-4000-8000-000000000000"
"""PatSnap's id of two applications of different offices."""


@dataclass(frozen=True)
class Application:
    """What is true of an application; the service may leave out any of it."""

    apno: str
    publication: str
    grant: str
    patent_id: str


APPLICATIONS = (
    Application("EP99203729", "EP1000000A1", "EP1000000B1", SHARED),
    Application("US14/706838", "US20150310000A1", "US11205304B2", SHARED),
    Application("US14/412875", "US20150160000A1", "US10765880B2", "718ead9c-4f3c-4674-8f5a-24e126827269"),
    Application("JP2017-187096", "JP2019062471A", "JP6768620B2", "AB0ead9c-4f3c-4674-8f5a-24e126827269"),
)


@dataclass(frozen=True)
class Answer:
    """An answer of the service: of which application, asked by which number, and what it left in."""

    application: Application
    asked: str
    apno: bool
    number: str
    patent_id: bool
    complete: bool
    """Whether all pages have arrived; else it is a beginning, or the beginning of a refresh."""

    @property
    def tells_application(self) -> bool:
        """Whether it names the application, or was asked for by its number."""
        return self.apno or self.asked == self.application.apno

    def history(self, days: float) -> FileHistory:
        """Return it as the client hands it on."""
        apno, patent_id = self.application.apno if self.apno else "", self.application.patent_id
        reported = None if self.complete else 9
        return history(
            apno,
            self.number,
            patent_id if self.patent_id else "",
            days=days,
            documents_reported=reported,
            complete=self.complete,
        )

    @property
    def marks(self) -> frozenset[str]:
        """What makes it one with others that have it too; an id of PatSnap's counts within an office."""
        patent_id = f"{self.application.apno[:2]} {self.application.patent_id}" if self.patent_id else ""
        names = (self.application.apno if self.apno else "", self.number, self.asked, patent_id)
        return frozenset(name for name in names if name)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer that the service may give about one of the applications."""
    application = draw(st.sampled_from(APPLICATIONS))
    numbers = (application.publication, application.grant)
    return Answer(
        application,
        asked=draw(st.sampled_from((application.apno, *numbers))),
        apno=draw(st.booleans()),
        number=draw(st.sampled_from(("", *numbers))),
        patent_id=draw(st.booleans()),
        complete=draw(st.booleans()),
    )


def told_apart(given_: Sequence[Answer]) -> list[set[int]]:
    """Return the answers, by their index, that are about one application as far as the answers so far can tell."""
    groups: list[set[int]] = []
    for index, answer in enumerate(given_):
        same = [group for group in groups if any(given_[other].marks & answer.marks for other in group)]
        groups = [group for group in groups if group not in same] + [{index}.union(*same)]
    return groups


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(answers(), min_size=1, max_size=8))
def test_answers_are_one_history_as_far_as_they_can_be_told(store_url, sequence):
    """One key for each application; each key given out leads to its history, with its ticks and links."""
    with Store.open(store_url, source=f"source {secrets.token_hex(6)}") as store:
        expect_one_history_each(store, sequence)


def expect_one_history_each(store: Store, sequence: Sequence[Answer]) -> None:
    """Save the answers, and look after each of them at all that was given out so far."""
    expires = datetime.now(UTC) + timedelta(hours=1)
    given_out = []
    for days, answer in enumerate(sequence):
        key = store.save(linked(answer.history(days), expires), names=[answer.asked])
        given_out.append(key)
        store.mark(f"person {days}", key, [PAPER], read=True)
        if answer.tells_application:
            assert key == answer.application.apno
        groups = told_apart(sequence[: days + 1])
        now = store.resolve(given_out)
        assert set(now) == set(given_out)
        assert {line.key for line in store.headlines()} == set(now.values())
        assert len(store.headlines()) == len(groups)
        for group in groups:
            assert len({now[given_out[index]] for index in group}) == 1
    for days, (answer, key) in enumerate(zip(sequence, given_out, strict=True)):
        kept = now[key]
        assert store.marks(f"person {days}", [key]) == {(kept, PAPER): Mark(read=True)}
        assert store.link(key, PAPER) is not None
        assert store.load([key])[key] == store.load([kept])[kept]
        assert [line.key for line in store.headlines([key])] == [kept]
        assert store.resolve([answer.asked])[answer.asked] in now.values()
        learned = any(
            one.tells_application for one, other in zip(sequence, given_out, strict=True) if now[other] == kept
        )
        assert [line.apno for line in store.headlines([key])] == [kept if learned else ""]


@pytest.mark.parametrize(
    "order", list(itertools.permutations(range(3))), ids=lambda order: "".join(str(index) for index in order)
)
def test_a_publication_and_its_grant_are_one_in_any_order(store, order):
    """By the application number, by the number that both know, by PatSnap's id within an office."""
    ep = APPLICATIONS[0]
    answers = (
        history("", ep.publication, ep.patent_id),
        history("", ep.grant, ep.patent_id),
        history(ep.apno, ep.grant, ""),
    )
    keys = [
        store.save(replace(answers[index], retrieved=answers[index].retrieved + timedelta(index))) for index in order
    ]
    assert [line.key for line in store.headlines()] == [ep.apno]
    assert set(store.resolve(keys).values()) == {ep.apno}


def test_a_key_once_given_out_is_never_taken_by_another_application(store):
    """A publication number was a key; another application that claims it later does not get its ticks and links."""
    first = store.save(history("", "EP1000000A1", "x"))
    store.mark("ada", first, [PAPER], note="mine")
    assert store.save(history("EP99203729", "EP1000000B1", "x", days=1)) == "EP99203729"
    assert store.save(history("EP99999999", "EP1000000A1", "y", days=2)) == "EP99999999"
    assert store.resolve([first]) == {first: "EP99203729"}
    assert store.marks("ada", [first]) == {("EP99203729", PAPER): Mark(note="mine")}
    assert store.marks("ada", ["EP99999999"]) == {}
    assert {line.key for line in store.headlines()} == {"EP99203729", "EP99999999"}


def test_one_id_at_two_offices_is_two_histories_that_go_on_apart(store):
    """The id leads to the one that was told last; each office's next paper finds its own history."""
    assert store.save(history("", "EP1000000A1", SHARED)) == "EP1000000A1"
    assert store.save(history("", "US11205304B2", SHARED, days=1)) == "US11205304B2"
    assert store.resolve([SHARED]) == {SHARED: "US11205304B2"}
    assert store.save(history("", "EP1000000B1", SHARED, days=2)) == "EP1000000A1"
    assert store.save(history("US14/706838", "", SHARED, days=3)) == "US14/706838"
    assert store.resolve(["EP1000000B1", "US11205304B2"]) == {
        "EP1000000B1": "EP1000000A1",
        "US11205304B2": "US14/706838",
    }


@pytest.mark.parametrize("first", ["US11205304B2", "US14/706838"], ids=["a publication", "what was asked"])
def test_a_refresh_that_was_begun_teaches_the_application_number_too(store, first):
    """Another application that claims the publication is another history, although the complete list bore no number."""
    answer = history("", "US11205304B2" if first.endswith("B2") else "", "")
    assert store.save(answer, names=[first]) == first
    store.save(history("US14/706838", "US11205304B2", "", documents_reported=9, complete=False, days=1), names=[first])
    assert [(line.key, line.apno) for line in store.headlines()] == [("US14/706838", "US14/706838")]
    store.save(history("US14/999999", "US11205304B2", "", days=2))
    assert {line.key for line in store.headlines()} == {"US14/706838", "US14/999999"}


def test_an_answer_to_a_question_by_application_number_is_about_that_application(store):
    """Although it does not say so itself: with an id in common alone it stays apart from another application."""
    assert store.save(history("", "", "p"), names=["US14/412875"]) == "US14/412875"
    assert store.save(history("US15/000001", "", "p", days=1), names=["US15/000001"]) == "US15/000001"
    assert store.save(history("US14/412875", "", "", days=2), names=["US14/412875"]) == "US14/412875"
    assert store.resolve(["US14/412875", "US15/000001"]) == {
        "US14/412875": "US14/412875",
        "US15/000001": "US15/000001",
    }
    assert [line.apno for line in store.headlines(["US14/412875"])] == ["US14/412875"]


def test_an_application_number_leads_to_its_own_application_above_all(store):
    """Even where it was taken for another's before: what is kept under a key is found by it."""
    assert store.save(history("", "US14/412875", "p")) == "US14/412875"
    assert store.save(history("US15/000001", "", "p", days=1)) == "US15/000001"
    assert store.resolve(["US14/412875"]) == {"US14/412875": "US15/000001"}
    own = history("US14/412875", "US10765880B2", "q", count=2, days=2)
    assert store.save(own) == "US14/412875"
    assert store.resolve(["US14/412875"]) == {"US14/412875": "US14/412875"}
    assert store.load(["US14/412875"])["US14/412875"] == own


@pytest.mark.parametrize("lesser", ["begun", "older", "shorter"])
def test_names_are_learned_from_answers_that_replace_nothing(store, lesser):
    """A refresh on its way, an older list, a shorter one: another application with the same id is still another one."""
    first = store.save(history("", "EP1000000A1", SHARED, complete=lesser != "shorter", documents_reported=9))
    answer = {
        "begun": history("EP99100001", "", SHARED, count=2, documents_reported=9, complete=False, days=1),
        "older": history("EP99100001", "", SHARED, days=-1),
        "shorter": history("EP99100001", "", SHARED, count=2, documents_reported=9, complete=False, days=1),
    }[lesser]
    assert store.save(answer) == "EP99100001"
    (line,) = store.headlines([first])
    assert (line.key, line.apno, line.patent_number, line.documents_held) == (
        "EP99100001",
        "EP99100001",
        "EP1000000A1",
        6,
    )
    assert store.save(history("EP99100002", "EP1000000B1", SHARED, count=3, days=2)) == "EP99100002"
    assert {line.key: line.documents_held for line in store.headlines()} == {"EP99100001": 6, "EP99100002": 3}


def test_pdfs_of_both_stay_where_the_lists_agree(store):
    """A paper that was opened once opens for ever; where an id means another paper by now it is fetched anew."""
    store.save(history("", "EP1000000A1", ""))
    store.save(history("", "EP1000000B1", "x", count=3, days=1))
    for key, paper in (("EP1000000A1", PAPER), ("EP1000000A1", "20181130-A...-1"), ("EP1000000B1", "20140508-TRNA-1")):
        store.keep_pdf(key, paper, f"%PDF-1.7 {key}".encode())
    store.save(history("EP99203729", "EP1000000A1", "x", count=3, days=2))
    assert kept_pdfs(store, "EP99203729") == {PAPER, "20140508-TRNA-1"}
    assert store.pdf("EP1000000B1", PAPER) == b"%PDF-1.7 EP1000000A1"


def test_an_answer_with_nothing_but_an_id_goes_by_what_it_was_asked(store):
    """So that it can be refreshed and stands in an address; the id is one of its names."""
    assert store.save(history("", "", "an id"), names=["US7654321B2"]) == "US7654321B2"
    assert store.resolve(["an id"]) == {"an id": "US7654321B2"}
    assert store.save(history("US10/000001", "US7654321B2", "", days=1)) == "US10/000001"
    assert store.resolve(["US7654321B2", "an id"]) == dict.fromkeys(["US7654321B2", "an id"], "US10/000001")


@pytest.mark.parametrize(
    ("numbers", "office"),
    [
        (("US14/706838",), "US"),
        (("", "EP1000000A1"), "EP"),
        (("USRE47000E1",), "US"),
        (("PCT/US2004/011130", "US20150310000A1"), "WO"),
        (("14/706838", "jp6768620b2"), "JP"),
        (("", "14/706838"), ""),
        ((), ""),
    ],
)
def test_the_office_is_that_of_the_first_number_that_tells_it(numbers, office):
    """The two letters of WIPO ST.3; an international application is the World Intellectual Property Organization's."""
    assert office_of(*numbers) == office
