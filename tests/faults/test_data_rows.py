"""Rows F80 to F88 of the fault matrix: valid JSON with odd content."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from components.patsnap import DataError
from tests.patsnap.service import Asked, Reply, document, entry, envelope, scripted
from tests.patsnap.watched_client import ACCOUNTS, watched_client

NUMBER = "US11205304B2"
each_account = pytest.mark.parametrize("account", ACCOUNTS)


def paged(documents: list, *, size: int, count: object = None, number: str = NUMBER, **more):
    """Serve documents in pages of at most `size`, by offset."""

    def respond(asked: Asked) -> Reply:
        start = asked.body["offset"]
        reported = len(documents) if count is None else count
        return Reply(
            envelope(entry(number, documents[start : start + min(size, asked.body["limit"])], count=reported, **more))
        )

    return respond


def pages(*listed: list, count: object, number: str = NUMBER):
    """Serve pages as scripted, whatever is asked for."""
    counts = count if isinstance(count, list) else [count] * len(listed)
    return scripted(
        *(Reply(envelope(entry(number, page, count=reported))) for page, reported in zip(listed, counts, strict=True))
    )


def documents_of(*numbers: int) -> list:
    """Make documents by number."""
    return [document(number) for number in numbers]


def descriptions(watched) -> list[str]:
    """List what was found."""
    return list(watched.answer.found[NUMBER].documents.description)


@each_account
@pytest.mark.parametrize("data", [entry(NUMBER, [document(1)]), [entry(NUMBER, [document(1)])]], ids=["object", "list"])
def test_f80_an_object_is_a_list_of_one(account: str, data: object) -> None:
    """Both forms are read."""
    with watched_client(scripted(Reply(envelope(data))), account=account) as watched:
        assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 1


@each_account
@pytest.mark.parametrize(
    "body", [envelope(None), envelope([]), {"status": True, "error_code": 0}], ids=["null", "[]", "none"]
)
def test_f80_no_data_is_no_result(account: str, body: dict) -> None:
    """The service does not know the number: missing, not charged, not tried again."""
    with watched_client(scripted(Reply(body)), account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.missing == (NUMBER,)
        assert not watched.answer.failed
        assert watched.spend_log.states == ["billed"]
        assert not watched.spend_log.charged
        assert watched.attempts == 1


@pytest.mark.parametrize("data", ["text", 17, True, ["text"], [None], [[]]], ids=repr)
def test_f80_other_data_are_an_error(data: object) -> None:
    """Nothing is stored as absent; the spend hook counts it as uncertain."""
    with watched_client(scripted(Reply(envelope(data)))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.answer.failed[NUMBER]) is DataError
        assert watched.answer.missing == ()
        assert watched.spend_log.states == ["uncertain"]


FORMS = [
    "US11205304B2", "us11205304b2", "US 11,205,304 B2", "US-11205304-B2", "US11205304", "US 11205304", "US11205304/B2",
    "ＵＳ11205304Ｂ2",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_f81_numbers_are_matched_in_any_form(form: str) -> None:
    """With and without kind code, blanks, separators and case; not by position."""
    other = "US10000000B2"
    data = [entry(other, [document(9)]), entry(form, documents_of(1, 2), apno=None, patent_id=None)]
    with watched_client(scripted(Reply(envelope(data)))) as watched:
        watched.fetch(NUMBER, other)
        assert watched.answer.found[NUMBER].documents_held == 2
        assert watched.answer.found[other].documents_held == 1


@pytest.mark.parametrize(
    ("by", "asked", "reported"),
    [
        ("apno", "US14/706838", "US14/706838"), ("apno", "US14/706838", "US 14/706,838"), ("apno",
        "US14/706838", "US14706838"),
        ("apno", "EP10173239", "EP10173239.4"), ("patent_id", "718ead9c-4f3c", "718EAD9C-4F3C"),
    ],
)  # fmt: skip
def test_f81_ids_and_application_numbers_are_matched(by: str, asked: str, reported: str) -> None:
    """Each under its own field."""
    with watched_client(scripted(Reply(envelope([entry("US1B2", [document(1)], **{by: reported})])))) as watched:
        watched.fetch(asked, by=by)
        assert watched.answer.found[asked].documents_held == 1
        assert watched.server.calls[0].body[by] == asked


def test_f81_a_batch_may_repeat_reorder_and_hold_strangers() -> None:
    """Repeats count once; what is absent beside a stranger may have been charged, and is not asked for again."""
    one, two, three = "US10000001B2", "US10000002B2", "US10000003B2"
    stranger = entry("EP1234567B1", documents_of(7, 8, 9))
    found = [entry(three, documents_of(3)), entry(one, documents_of(1, 2))]

    with watched_client(scripted(Reply(envelope([*found, stranger, *found])))) as watched:
        watched.fetch(one, two, three)
        assert {number: history.documents_held for number, history in watched.answer.found.items()} == {
            one: 2,
            three: 1,
        }
        assert watched.answer.missing == ()
        assert "It may have been charged" in str(watched.answer.failed[two])
        assert watched.spend_log.charged == {one: 1, three: 1}
        assert watched.spend_log.states == ["uncertain"]


def test_f81_a_batch_may_miss_some() -> None:
    """What a well-formed answer leaves out is unknown to the service."""
    one, two = "US10000001B2", "US10000002B2"
    with watched_client(scripted(Reply(envelope([entry(one, documents_of(1))])))) as watched:
        watched.fetch(one, two)
        assert watched.answer.missing == (two,)
        assert watched.spend_log.states == ["billed"]


def test_f81_entries_without_a_number_in_a_batch_are_uncertain() -> None:
    """Such an answer cannot be matched in a batch; its numbers are not bought again, and later ones go alone."""
    numbers = ["US10000001B2", "US10000002B2"]

    def respond(asked: Asked) -> Reply:
        entries = [
            {**entry(number, documents_of(1)), "patent_number": None, "patent_id": None} for number in asked.numbers
        ]
        return Reply(envelope(entries))

    with watched_client(respond) as watched:
        watched.fetch(*numbers)
        assert watched.attempts == 1
        assert set(watched.answer.failed) == set(numbers)
        assert watched.answer.missing == ()
        assert watched.spend_log.states == ["uncertain"]
        watched.fetch(*numbers)
        assert set(watched.answer.found) == set(numbers)
        assert watched.spend_log.charged == dict.fromkeys(numbers, 1)


def test_f81_kind_codes_are_not_mixed_up() -> None:
    """A B1 is not a B2; an answer without kind code to both is nobody's."""
    first, second = "US11205304B1", "US11205304B2"
    with watched_client(scripted(Reply(envelope([entry(second, [document(1)])])))) as watched:
        watched.fetch(first, second)
        assert list(watched.answer.found) == [second]
        assert watched.answer.missing == (first,)
    with watched_client(scripted(Reply(envelope([entry("US11205304", [document(1)])])))) as watched:
        watched.fetch(first, second)
        assert set(watched.answer.failed) == {first, second}
        assert not watched.answer.found


def test_f81_a_single_answer_without_a_name_is_the_answer() -> None:
    """One asked, one back, nothing that contradicts."""
    for name in (None, "", "  "):
        with watched_client(scripted(Reply(envelope(entry(name or "", [document(1)], patent_number=name))))) as watched:
            assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 1


def test_f81_a_single_answer_with_another_name_is_refused() -> None:
    """It is somebody else's; the message names it."""
    with watched_client(scripted(Reply(envelope(entry("US9999999B2", [document(1)]))))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.answer.failed[NUMBER]) is DataError
        assert "US9999999B2" in str(watched.answer.failed[NUMBER])
        assert watched.spend_log.states == ["uncertain"]


# reported count, calls made
COUNTS = [
    (25, 3),
    (21, 3),
    (24, 3),
    (26, 4),
    (40, 4),
    (10**9, 4),
    (-5, 3),
    (None, 3),
    ("25", 3),
    ("many", 3),
    (0, 3),
    (25.0, 3),
]


@each_account
@pytest.mark.parametrize(("count", "calls"), COUNTS, ids=[repr(row[0]) for row in COUNTS])
def test_f82_a_wrong_count_neither_cuts_nor_loops(account: str, count: object, calls: int) -> None:
    """25 documents in pages of 10 are read whatever count is told; an empty page after a short one is the end."""
    documents = documents_of(*range(25))

    def respond(asked: Asked) -> Reply:
        start = asked.body["offset"]
        one = entry(NUMBER, documents[start : start + 10])
        return Reply(envelope({**one, "doc_count": count}))

    with watched_client(respond, account=account) as watched:
        watched.fetch(NUMBER)
        history = watched.answer.found[NUMBER]
        assert history.documents_held == 25
        assert history.complete
        assert watched.attempts == calls
        if isinstance(count, int) and count > 25:
            assert history.documents_reported == count
            assert any(f"25 of the {count:,}" in finding for finding in history.findings)


def test_f82_a_page_that_stayed_empty_once_is_not_asked_for_again() -> None:
    """Once it is known that counts are a little high, the next patent costs one page less."""
    with watched_client(paged(documents_of(*range(20)), size=10, count=21)) as watched:
        watched.fetch(NUMBER)
        assert watched.attempts == 4
        watched.fetch(NUMBER)
        assert watched.attempts == 7


def test_f82_told_98_listed_10_is_read_to_the_end() -> None:
    """The reference's own sample: a tenth of the file that looks finished."""
    with watched_client(paged(documents_of(*range(98)), size=10), patsnap_limit=1000) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 98
        assert watched.spend_log.charged == {NUMBER: 10}
        assert [call.body["offset"] for call in watched.server.calls] == list(range(0, 98, 10))


def test_f83_an_empty_page_in_the_middle_is_asked_for_again() -> None:
    """The next page begins where the documents received end."""
    first, second = documents_of(*range(10)), documents_of(*range(10, 20))
    with watched_client(pages(first, [], second, count=20)) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 20
        assert [call.body["offset"] for call in watched.server.calls] == [0, 10, 10]


def test_f83_uneven_pages_are_advanced_by_what_came() -> None:
    """A service that sends fewer than asked for loses nothing."""
    documents = documents_of(*range(30))
    sizes = iter([10, 3, 7, 10])

    def respond(asked: Asked) -> Reply:
        start = asked.body["offset"]
        return Reply(envelope(entry(NUMBER, documents[start : start + next(sizes)], count=30)))

    with watched_client(respond) as watched:
        watched.fetch(NUMBER)
        assert descriptions(watched) == [paper["description"] for paper in documents]
        assert [call.body["offset"] for call in watched.server.calls] == [0, 10, 13, 20]


def test_f83_a_patent_absent_from_its_own_next_page_is_an_empty_page() -> None:
    """`data: null` on page two ends the reading, with a finding."""
    first = Reply(envelope(entry(NUMBER, documents_of(*range(10)), count=20)))
    with watched_client(scripted(first, Reply(envelope(None)))) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 10
        assert "10 of the 20" in watched.answer.found[NUMBER].findings[-1]
        assert watched.spend_log.charged == {NUMBER: 1}


def test_f84_documents_that_come_again_are_left_out() -> None:
    """Told by their path without its query: the signature is another on every page."""
    again = {**document(9), "path": document(9)["path"].replace("canary", "canary-other")}
    with watched_client(
        pages(documents_of(*range(10)), [again, *documents_of(*range(10, 19))], documents_of(19), count=20)
    ) as watched:
        watched.fetch(NUMBER)
        assert descriptions(watched) == [f"Document {number}" for number in range(20)]
        assert any("1 document listed twice" in finding for finding in watched.answer.found[NUMBER].findings)


def twin(number: int, **more) -> dict:
    """Make one of several equal documents."""
    return document(number, description="Non Patent Literature", code="NPL", **more)


@pytest.mark.parametrize("path", ["own", "shared", None], ids=["own paths", "one path", "no path"])
def test_f84_twins_on_one_page_stay(path: str | None) -> None:
    """Equal documents of one answer are two documents."""
    more = {"own": {}, "shared": {"path": "https://open.patsnap.com/a.pdf?sign=canary"}, None: {"path": None}}[path]
    with watched_client(pages([twin(1, **more), twin(1, **more), twin(2, **more)], count=3)) as watched:
        assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 3


def test_f84_without_paths_a_repeat_is_left_out() -> None:
    """More arrived than were told: what equals an earlier page is a repeat."""
    bare = [document(number, path=None) for number in range(20)]
    with watched_client(pages(bare[:10], bare[8:18], bare[18:], count=20)) as watched:
        watched.fetch(NUMBER)
        assert descriptions(watched) == [f"Document {number}" for number in range(20)]


def test_f84_without_paths_twins_across_pages_stay() -> None:
    """As many arrived as were told: what equals an earlier page is a twin."""
    bare = [
        *(document(number, path=None) for number in range(9)),
        twin(1, path=None),
        twin(1, path=None),
        document(30, path=None),
    ]
    with watched_client(paged(bare, size=10)) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 12
        assert watched.answer.found[NUMBER].documents_reported == 12


@pytest.mark.parametrize("path", [True, False], ids=["paths", "no paths"])
def test_f84_a_service_that_ignores_offset_is_left(path: bool) -> None:
    """The same page again ends the reading: no loop, no document twice, a finding."""
    same = [document(number) if path else document(number, path=None) for number in range(10)]
    with watched_client(pages(same, count=98)) as watched:
        watched.fetch(NUMBER)
        assert watched.attempts == 2
        assert watched.answer.found[NUMBER].documents_held == 10
        assert any("10 of the 98" in finding for finding in watched.answer.found[NUMBER].findings)


def test_f85_data_that_change_between_pages_are_marked() -> None:
    """Another count on the second page: everything is kept, and said."""
    with watched_client(
        pages(documents_of(*range(10)), documents_of(*range(10, 20)), documents_of(20), count=[20, 21, 21])
    ) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 21
        assert any("changed while it was read" in finding for finding in watched.answer.found[NUMBER].findings)


def only(documents: list):
    """Fetch one patent with these documents."""
    with watched_client(scripted(Reply(envelope(entry(NUMBER, documents))))) as watched:
        watched.fetch(NUMBER)
        history = watched.answer.found[NUMBER]
        assert history.documents_held == len(documents)
        return history


VALUES = [
    ("17", 17), (17.0, 17), (" 17 ", 17), ("17.0", 17), (0, 0), (None, None), ("", None), (True, None),
    (-3, None), (17.5, None),
    ("many", None), ([17], None), ({}, None), (2**40, None),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "read"), VALUES, ids=[repr(row[0]) for row in VALUES])
def test_f86_numbers_in_any_dress(raw: object, read: int | None) -> None:
    """Coerced where that is safe, else missing and counted; the row stays."""
    history = only([document(1, pages=raw), document(2)])
    assert list(history.documents.pages) == [read, 17]
    counted = raw not in (None, "") and read is None
    assert any("could not be read" in finding for finding in history.findings) == counted


@pytest.mark.parametrize("odd", [{}, None, "text", 17, [], {"doc_code": None}], ids=repr)
def test_f86_no_row_is_dropped(odd: object) -> None:
    """Whatever stands in the list is one row."""
    history = only([document(1), odd, document(2)])
    assert list(history.documents.code) == ["CTNF", "", "CTNF"]
    assert list(history.documents.date) == [20180831, None, 20180831]


@pytest.mark.parametrize("raw", [892, "892", 892.0], ids=repr)
def test_f86_codes_may_come_as_numbers(raw: object) -> None:
    """`892` is a code of the office."""
    assert only([document(1, code=raw)]).documents.code[0] == "892"


@pytest.mark.parametrize("listed", [None, "text", 17, {}], ids=repr)
def test_f86_a_list_that_is_none_is_empty(listed: object) -> None:
    """The patent is there, without documents."""
    body = envelope({**entry(NUMBER), "doc_detail": listed, "doc_count": 0})
    with watched_client(scripted(Reply(body))) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == (1 if listed == {} else 0)


NEXT_YEAR = int(f"{datetime.now(UTC).date() + timedelta(days=365):%Y%m%d}")
DATES = [
    (20180831, 20180831), ("20180831", 20180831), (20180831.0, 20180831), ("2018-08-31", 20180831),
    (20200229, 20200229),
    (17900731, 17900731), (NEXT_YEAR, NEXT_YEAR), (19000101, 19000101),
    (0, None), ("0", None), (99999999, None), (20180231, None), (20190229, None), (20181301, None),
    (1535673600000, None),
    (1535673600, None), (-20180831, None), (None, None), ("", None), ("soon", None), (True, None),
    (17891231, None), (21500101, None),
    (2018, None), (201808, None), ([], None), (1e300, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "read"), DATES, ids=["in a year" if row[0] == NEXT_YEAR else repr(row[0]) for row in DATES]
)
def test_f87_only_calendar_dates_are_dates(raw: object, read: int | None) -> None:
    """Anything else is no date, counted in a finding; the row stays."""
    history = only([document(1, date=raw), document(2, date=20180830)])
    assert list(history.documents.date) == [read, 20180830]
    assert ("1 document without a date" in history.findings) == (read is None)


@pytest.mark.parametrize(
    "code", ["拒絶理由", "", "ctnf", "  CTNF ", "A...", "XT/", "N/AP", "<b>", "=1+1", "x" * 5000], ids=repr
)
def test_f88_any_code_is_taken_as_it_is(code: str) -> None:
    """Unknown, lower-case, padded: that is for another room to read."""
    assert only([document(1, code=code)]).documents.code[0] == code


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x00b", "ab"), ("a\tb\r\nc", "a b c"), ("\u202eabc\u200b", "\u202eabc\u200b"),
        ("🔒 拒絶 رفض", "🔒 拒絶 رفض"),
        ("a\ud800b", "a\ufffdb"), ("a\udfff", "a\ufffd"),
        ("\ud83d\ude00", "😀"), ("\\ud800", "\\ud800"), ("\x85\x9f\x7f", " "),
    ],
    ids=ascii,
)  # fmt: skip
def test_f89_control_characters_go_and_lone_surrogates_are_replaced(raw: str, kept: str) -> None:
    """Everything else stays as it was sent."""
    body = json.dumps(envelope(entry(NUMBER, [document(1, description=raw)]))).encode()
    with watched_client(scripted(Reply(body))) as watched:
        watched.fetch(NUMBER)
        assert descriptions(watched) == [kept]
