"""The steps from one answer to what the ledger is told, each by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest

from components.patsnap import DataError
from components.patsnap.envelope import Envelope
from components.patsnap.matching import Matching
from components.patsnap.paging import PagedHistory
from components.patsnap.parsed_answer import (
    ParsedAnswer,
    billed_numbers,
    capped_page_size,
    match_entries,
    parse_answer,
    read_pages,
    shares_one_limit,
)
from tests.patsnap.service import document, entry

FIRST, SECOND, UNKNOWN = "US11205304B2", "US10000000B2", "US4000001A"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def envelope_of(data: object) -> Envelope:
    """Wrap data in an envelope that says success."""
    return Envelope(status=True, code=0, service_words="", data=data)


def parsed(
    data: Any, *numbers: str, limit: int = 100, histories: dict[str, PagedHistory] | None = None
) -> ParsedAnswer:
    """Take an answer through all steps."""
    envelope = envelope_of(data)
    known = {} if histories is None else histories
    matching = match_entries(envelope, numbers, "patent_number")
    sizes = read_pages(numbers, matching, known, limit=limit, retrieved=NOW)
    return parse_answer(numbers, matching, sizes, known, limit=limit, is_single=envelope.is_single)


def page(number: str, size: int, *, count: int) -> dict[str, Any]:
    """Make an entry with a page of `size` documents out of `count`."""
    return entry(number, [document(position) for position in range(size)], count=count)


@pytest.mark.parametrize("data", ["text", 17, True, ["text"], [None]], ids=repr)
def test_data_in_no_known_form_are_refused(data: object) -> None:
    """Such an answer cannot be matched to anything."""
    with pytest.raises(DataError, match="no file history in any known form"):
        match_entries(envelope_of(data), (FIRST,), "patent_number")


def test_an_answer_for_another_patent_is_refused_where_one_was_asked() -> None:
    """The message names the patent that came."""
    with pytest.raises(DataError, match=SECOND):
        match_entries(envelope_of([entry(SECOND)]), (FIRST,), "patent_number")


def test_entries_of_a_batch_are_matched_by_name() -> None:
    """Their order does not matter."""
    matching = match_entries(envelope_of([entry(SECOND), entry(FIRST)]), (FIRST, SECOND), "patent_number")
    assert {number: entries[0]["patent_number"] for number, entries in matching.entries.items()} == {
        FIRST: FIRST,
        SECOND: SECOND,
    }


def test_pages_are_added_to_the_history_of_their_number() -> None:
    """The second page goes on where the first ended."""
    histories: dict[str, PagedHistory] = {}
    first = entry(FIRST, [document(1), document(2)], count=3)
    last = entry(FIRST, [document(3)], count=3)
    for data, size, done in ((first, 2, False), (last, 1, True)):
        matching = match_entries(envelope_of([data]), (FIRST,), "patent_number")
        assert read_pages((FIRST,), matching, histories, limit=2, retrieved=NOW) == {FIRST: size}
        assert histories[FIRST].done == done
    assert list(histories[FIRST].history().documents.description) == ["Document 1", "Document 2", "Document 3"]


def test_a_number_without_an_entry_has_no_page_and_no_history() -> None:
    """Neither has one whose entry says nothing."""
    histories: dict[str, PagedHistory] = {}
    blank = entry(SECOND, apno=None, patent_id=None)
    matching = match_entries(
        envelope_of([entry(FIRST, [document(1)]), blank]), (FIRST, SECOND, UNKNOWN), "patent_number"
    )
    assert read_pages((FIRST, SECOND, UNKNOWN), matching, histories, limit=100, retrieved=NOW) == {FIRST: 1}
    assert set(histories) == {FIRST}


def test_a_history_that_is_being_read_takes_a_blank_entry_for_an_empty_page() -> None:
    """The list may have ended there."""
    histories = {FIRST: PagedHistory()}
    matching = match_entries(envelope_of([page(FIRST, 2, count=3)]), (FIRST,), "patent_number")
    read_pages((FIRST,), matching, histories, limit=2, retrieved=NOW)
    matching = match_entries(envelope_of(None), (FIRST,), "patent_number")
    assert read_pages((FIRST,), matching, histories, limit=2, retrieved=NOW) == {FIRST: 0}


def test_what_was_returned_is_charged_and_nothing_else() -> None:
    """In the order asked; blank entries and absent numbers cost nothing, ambiguous ones may each be meant."""
    entries = {SECOND: [entry(SECOND)], FIRST: [entry(FIRST)], UNKNOWN: [entry(UNKNOWN, apno=None)]}
    matching = Matching(entries=entries, ambiguous={"EP1000000A1", "EP1000000B1"})
    numbers = (FIRST, "EP1000000A1", UNKNOWN, SECOND, "EP1000000B1", "US1A")
    charged = billed_numbers(numbers, matching, {FIRST: 3, SECOND: 0})
    assert charged == (FIRST, "EP1000000A1", SECOND, "EP1000000B1")


@pytest.mark.parametrize(
    ("sizes", "unfinished", "shared"),
    [
        ([10, 10], {10}, False),
        ([10, 3], {10}, False),
        ([10, 3], {3}, True),
        ([7, 3], {7, 3}, True),
        ([10, 3], set(), False),
    ],
)
def test_unequal_unfinished_pages_show_a_shared_limit(sizes: list[int], unfinished: set[int], *, shared: bool) -> None:
    """Under a limit for each patent nobody is cut short of what another got."""
    assert shares_one_limit(sizes, unfinished) == shared


@pytest.mark.parametrize(
    ("sizes", "unfinished", "limit", "expected"),
    [
        ([100], {100}, 1000, 100),
        ([10, 4], {10}, 1000, 10),
        ([1000], {1000}, 1000, None),
        ([73], {73}, 1000, None),
        ([100, 10], {10}, 1000, None),
        ([10], set(), 1000, None),
        ([], set(), 1000, None),
    ],
)
def test_pages_cut_below_the_limit_show_the_cap(
    sizes: list[int], unfinished: set[int], limit: int, expected: int | None
) -> None:
    """Only a usual size, only the largest page, and only where the history goes on."""
    assert capped_page_size(sizes, unfinished, limit=limit) == expected


def test_a_whole_answer_is_charged_and_complete() -> None:
    """Nothing is absent, nothing cut."""
    answer = parsed([page(FIRST, 3, count=3), page(SECOND, 4, count=4)], FIRST, SECOND)
    assert answer.billed == (FIRST, SECOND)
    assert answer.absent == ()
    assert (answer.may_be_cut, answer.shares_limit, answer.is_uncertain) == (False, False, False)
    assert (answer.largest_page, answer.capped_at) == (4, None)
    assert {number: history.complete for number, history in answer.histories.items()} == {FIRST: True, SECOND: True}


@pytest.mark.parametrize(
    ("data", "cut"),
    [
        ([page(FIRST, 3, count=3)], False),
        (page(FIRST, 3, count=3), True),
        ([page(FIRST, 3, count=5)], True),
        ([page(FIRST, 20, count=20)], True),
        ([], False),
    ],
    ids=["whole", "object", "unfinished", "round", "nothing"],
)
def test_an_answer_may_have_had_no_room(data: object, *, cut: bool) -> None:
    """An object, an unfinished history, or a round sum of documents: what is absent may merely be cut off."""
    answer = parsed(data, FIRST, SECOND)
    assert answer.may_be_cut == cut
    assert SECOND in answer.absent
    assert SECOND not in answer.billed


def test_entries_under_other_names_make_absent_numbers_uncertain() -> None:
    """They were charged, and nobody can say for which number."""
    answer = parsed([page(FIRST, 3, count=3), page("JP7533889B2", 1, count=1)], FIRST, SECOND)
    assert (answer.billed, answer.absent, answer.unmatched) == ((FIRST,), (SECOND,), 1)
    assert answer.is_uncertain


def test_an_entry_that_two_numbers_share_is_charged_to_both_and_given_to_neither() -> None:
    """Asked for A1 and B1, answered without kind code."""
    answer = parsed([page("EP1000000", 1, count=1)], "EP1000000A1", "EP1000000B1")
    assert answer.billed == answer.ambiguous == ("EP1000000A1", "EP1000000B1")
    assert not answer.histories
    assert not answer.absent
