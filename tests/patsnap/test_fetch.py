"""Fetching whole file histories, in every reading of the contract's open points."""

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from components.histories import DocumentList, FileHistory
from components.patsnap import FetchResult, InProcessLimits, PatsnapError, RequestError
from tests.patsnap.service import (
    DATA,
    Asked,
    Contract,
    Reply,
    document,
    entry,
    envelope,
    real_histories,
    refusal,
    scripted,
)
from tests.patsnap.watched_client import ACCOUNTS, SpendLog, watched_client

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real file histories are not beside this repository")
KINGPIN = "US10000000B2"


@cache
def histories() -> dict[str, dict[str, Any]]:
    """Read the real file histories once."""
    return real_histories()


def rows(entry_: dict[str, Any]) -> list[tuple]:
    """List the documents of an entry."""
    return [
        (paper["date"], paper["doc_code"], paper["description"], paper["page_number"]) for paper in entry_["doc_detail"]
    ]


def columns(history: FileHistory) -> list[tuple]:
    """List the documents of a history."""
    documents = history.documents
    return list(zip(documents.date, documents.code, documents.description, documents.pages, strict=True))


def is_whole(answer: FetchResult, asked: list[str]) -> None:
    """Every document of every patent is there, in the order of the service, and nothing besides."""
    assert not answer.failed
    assert sorted(answer.found) == sorted(asked)
    for number in asked:
        history = answer.found[number]
        assert columns(history) == rows(histories()[number])
        assert history.complete
        assert history.documents_reported == history.documents_held == len(history.links)
        assert (history.apno, history.patent_number) == (histories()[number]["apno"], number)
        paths = [link.url.partition("?")[0] for link in history.links]
        assert paths == [paper["path"].partition("?")[0] for paper in histories()[number]["doc_detail"]]


def short_histories(*, most: int = 40) -> list[str]:
    """Return some patents of modest length, for services that send ten documents at a time."""
    return [number for number, history in histories().items() if len(history["doc_detail"]) <= most]


READINGS = [
    (account, data_as, scope, cap, over_cap)
    for account, refusals in zip(
        ACCOUNTS, (["68300004", "68300007", "67200012", "HTTP 400"], ["68300007"]), strict=True
    )
    for data_as in ("list", "object")
    for scope in ("patent", "answer")
    for cap in (10, 100, 1000)
    for over_cap in ["cap", *(refusals if cap < 1000 else [])]
]


@pytest.mark.parametrize(("account", "data_as", "scope", "cap", "over_cap"), READINGS)
def test_every_document_of_every_patent_arrives(
    *, account: str, data_as: str, scope: str, cap: int, over_cap: str
) -> None:
    """An object or a list; the limit capped silently or refused; counted per patent or over the whole answer."""
    asked = short_histories()[:12] if cap == 10 else list(histories())
    service = Contract(histories(), data_as=data_as, cap=cap, over_cap=over_cap, scope=scope)
    with watched_client(service, account=account, patsnap_limit=1000) as watched:
        watched.fetch(*asked)
        assert watched.raised is None
        is_whole(watched.answer, asked)
        assert watched.answer.missing == ()
        assert watched.spend_log.charged == service.billed
        assert watched.limits.get(watched.server.base) == cap


@pytest.mark.parametrize("data_as", ["list", "object"])
@pytest.mark.parametrize("scope", ["patent", "answer"])
@pytest.mark.parametrize("unknown", ["left out", "empty entry", "refused"])
@pytest.mark.parametrize("cap", [10, 100])
def test_unknown_numbers_are_told_apart_from_known_ones(data_as: str, scope: str, unknown: str, cap: int) -> None:
    """Left out, empty, or the whole call refused: the known ones arrive, the unknown ones are named."""
    known = short_histories()[:6]
    unknown_numbers = ["US4000001A", "EP9999999B1"]
    asked = [unknown_numbers[0], *known[:3], unknown_numbers[1], *known[3:]]
    service = Contract(histories(), data_as=data_as, cap=cap, scope=scope, unknown=unknown)
    with watched_client(service, patsnap_limit=1000) as watched:
        watched.fetch(*asked)
        found = watched.answer.found
        assert {number: columns(found[number]) for number in found} == {
            number: rows(histories()[number]) for number in known
        }
        assert watched.spend_log.charged == service.billed
        if unknown == "refused":
            assert watched.answer.missing == ()
            assert {number: type(error) for number, error in watched.answer.failed.items()} == dict.fromkeys(
                unknown_numbers, RequestError
            )
        else:
            assert watched.answer.missing == tuple(unknown_numbers)
            assert not watched.answer.failed


def test_each_patent_is_charged_once_where_the_service_is_generous() -> None:
    """43 patents in two batches: two calls, 43 charges."""
    service = Contract(histories())
    with watched_client(service, patsnap_limit=1000) as watched:
        watched.fetch(*histories())
        assert watched.attempts == 2
        assert set(service.billed.values()) == {1}


def test_a_limit_over_the_whole_answer_is_learned() -> None:
    """Once seen, patents go one by one, so that none is cut and charged twice."""
    service = Contract(histories(), scope="answer", cap=100)
    asked = [number for number, history in histories().items() if len(history["doc_detail"]) < 100]
    with watched_client(service, patsnap_limit=1000) as watched:
        watched.fetch(*asked)
        assert sum(service.billed.values()) <= len(asked) + 3
        before = sum(service.billed.values())
        watched.fetch(*asked)
        assert sum(service.billed.values()) == before + len(asked)


def test_a_thousand_documents_ten_at_a_time_are_read_completely() -> None:
    """A service that caps a page silently at ten: 100 pages, none twice."""
    long = {KINGPIN: entry(KINGPIN, [document(number) for number in range(1000)])}
    service = Contract(long, cap=10)
    with watched_client(service, patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN)
        assert watched.answer.found[KINGPIN].documents_held == 1000
        assert watched.attempts == 100


def test_reading_ends_after_two_hundred_pages() -> None:
    """What had arrived by then is with the spend hook, and is read on from there next time."""
    long = {KINGPIN: entry(KINGPIN, [document(number) for number in range(2005)])}
    with watched_client(Contract(long, cap=10), patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN)
        assert watched.attempts == 200
        assert "2000" not in str(watched.answer.failed[KINGPIN])
        held = watched.spend_log.settled[-1][1].histories[KINGPIN]
        assert (held.documents_held, held.documents_reported, held.complete) == (2000, 2005, False)
        watched.fetch(KINGPIN, unfinished={KINGPIN: held})
        assert watched.attempts == 201
        assert watched.answer.found[KINGPIN].documents_held == 2005


def test_the_body_holds_every_field_of_the_contract() -> None:
    """Numbers and codes joined by commas, dates as yyyymmdd, integers as integers."""
    with watched_client(Contract(histories()), patsnap_limit=1000) as watched:
        watched.fetch(
            KINGPIN,
            "US8433457B2",
            doc_codes=["CTNF", "IDS"],
            date_from=date(2001, 2, 3),
            date_to=date(2020, 12, 31),
        )
        assert watched.server.calls[0].body == {
            "patent_number": f"{KINGPIN},US8433457B2",
            "doc_code": "CTNF,IDS",
            "date_from": 20010203,
            "date_to": 20201231,
            "limit": 1000,
            "offset": 0,
        }
        assert watched.server.calls[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(("by", "size"), [("patent_number", 100), ("patent_id", 100), ("apno", 1)])
def test_at_most_a_hundred_numbers_go_into_one_call(by: str, size: int) -> None:
    """Application numbers go one by one; doubles are asked for once."""
    numbers = [f"US14/{100000 + number}" for number in range(250)]

    def respond(asked: Asked) -> Reply:
        return Reply(envelope([entry(number, [document(1)], **{by: number}) for number in asked.body[by].split(",")]))

    with watched_client(respond, patsnap_batch=100) as watched:
        watched.fetch(*numbers, *numbers[:5], by=by)
        assert list(watched.answer.found) == numbers
        assert watched.attempts == math.ceil(250 / size)
        assert all(set(call.body) == {by, "limit", "offset"} for call in watched.server.calls)


@pytest.mark.parametrize("number", ["", " ", "US1,US2", "11,205,304", "/-"])
def test_what_cannot_be_one_number_is_not_sent(number: str) -> None:
    """A comma would make two of it."""
    with watched_client(Contract(histories()), patsnap_limit=1000) as watched:
        watched.fetch(number, KINGPIN)
        assert type(watched.answer.failed[number]) is RequestError
        assert list(watched.answer.found) == [KINGPIN]
        assert watched.attempts == 1


def test_base_and_path_are_settings() -> None:
    """The older page of the reference calls the operation otherwise."""
    with watched_client(Contract(histories()), patsnap_path="advanced-patent-data/file-wrapper") as watched:
        watched.fetch(KINGPIN)
        assert watched.server.others[0].path == "/advanced-patent-data/file-wrapper"
        assert watched.server.calls == []


def test_without_credentials_the_sandbox_key_is_sent() -> None:
    """So that an in-process sandbox lets it in."""
    with watched_client(Contract(histories()), account="sandbox") as watched:
        watched.fetch(KINGPIN)
        assert watched.server.calls[0].headers["Authorization"] == "Bearer sandbox"


@pytest.mark.parametrize("remembered", [100, 10])
def test_a_remembered_limit_is_where_trying_begins(remembered: int) -> None:
    """No call is refused for a limit that was learned before."""

    class Memory(InProcessLimits):
        def get(self, base: str) -> int | None:
            return super().get(base) or remembered

    with watched_client(
        Contract(histories(), cap=remembered, over_cap="68300004"), limits=Memory(), patsnap_limit=1000
    ) as watched:
        watched.fetch("JP7533889B2")
        assert watched.answer.found["JP7533889B2"].documents_held == 15
        assert "released" not in watched.spend_log.states


def test_a_lowered_limit_is_found_again() -> None:
    """Where single numbers keep being refused, the limit is suspected and tried anew."""
    service = Contract(histories())
    with watched_client(service, patsnap_limit=1000, patsnap_batch=1) as watched:
        watched.fetch(KINGPIN)
        service.cap, service.over_cap = 100, "68300004"
        watched.fetch(*short_histories()[:5])
        watched.fetch(*short_histories()[:5])
        is_whole(watched.answer, short_histories()[:5])
        assert watched.limits.get(watched.server.base) == 100


def test_an_incomplete_history_is_read_on() -> None:
    """Its first pages are not asked for again; what was held comes first."""
    whole = histories()[KINGPIN]
    held = 40
    first = FileHistory(
        apno=whole["apno"],
        patent_number=KINGPIN,
        patent_id=whole["patent_id"],
        documents=DocumentList(*map(tuple, zip(*rows(whole)[:held], strict=True))),
        documents_reported=len(whole["doc_detail"]),
        complete=False,
        retrieved=datetime(2026, 1, 1, tzinfo=UTC),
    )
    with watched_client(Contract(histories()), patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN, "US8433457B2", unfinished={KINGPIN: first})
        assert [call.body["offset"] for call in watched.server.calls] == [held, 0]
        history = watched.answer.found[KINGPIN]
        assert columns(history) == rows(whole)
        assert history.complete
        assert list(history.links[:held]) == [None] * held
        assert None not in history.links[held:]
        assert watched.spend_log.charged == {KINGPIN: 1, "US8433457B2": 1}


def test_what_the_spend_hook_gets_grows_page_by_page() -> None:
    """Each settling hands over all pages so far, so that each can be committed."""
    with watched_client(Contract(histories(), cap=10), patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN)
        count = len(rows(histories()[KINGPIN]))
        sizes = [outcome.histories[KINGPIN].documents_held for _, outcome in watched.spend_log.settled]
        assert sizes == [*range(10, count, 10), count]
        complete = [outcome.histories[KINGPIN].complete for _, outcome in watched.spend_log.settled]
        assert complete == [False] * (len(sizes) - 1) + [True]
        assert [call.offset for call, _ in watched.spend_log.settled] == [0, *sizes[:-1]]


def test_the_result_need_not_hold_what_the_spend_hook_has_had() -> None:
    """Then it names what was found; what was handed over before stays as it was, whatever arrives later."""
    with watched_client(Contract(histories(), cap=10), patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN, "US8433457B2", "US9999999B2", keep_found=False)
        assert watched.answer.numbers_found == [KINGPIN, "US8433457B2"]
        assert watched.answer.missing == ("US9999999B2",)
        assert not watched.answer.found
        arrived = [
            outcome.histories[KINGPIN] for _, outcome in watched.spend_log.settled if KINGPIN in outcome.histories
        ]
        assert len(arrived) > 1
        for history in arrived:
            listed = rows(histories()[KINGPIN])[: history.documents_held]
            assert columns(history) == listed
            assert len(history.links) == len(listed)


class Refusing(SpendLog):
    """A spend hook that forbids the third call, or cannot save the third answer."""

    def __init__(self, *, at: str) -> None:
        super().__init__()
        self.at = at

    def reserve(self, call) -> None:
        """Write down, or forbid."""
        if self.at == "reserve" and len(self.reserved) == 2:
            raise OverflowError("the cap is reached")
        super().reserve(call)

    def goes_on(self, number: str) -> bool:
        """Want every page."""
        return bool(number)

    def settle(self, call, outcome) -> None:
        """Write down, or fail to."""
        super().settle(call, outcome)
        if self.at == "settle" and len(self.settled) == 3:
            raise OSError("the disk is full")


@pytest.mark.parametrize(("at", "kind", "calls"), [("reserve", OverflowError, 2), ("settle", OSError, 3)])
def test_the_spend_hook_can_end_a_fetch(at: str, kind: type[Exception], calls: int) -> None:
    """What it raises comes out as it is; nothing more is sent."""
    with watched_client(Contract(histories()), patsnap_batch=1, patsnap_limit=1000) as watched:
        watched.spend_log = Refusing(at=at)
        watched.fetch(*histories())
        assert type(watched.raised) is kind
        assert watched.attempts == calls


def test_the_spend_hook_is_asked_right_before_and_told_right_after() -> None:
    """One reservation is open at a time in one fetch, and it is the one of the call under way."""
    log: list[str] = []

    class Noting(SpendLog):
        def reserve(self, call) -> None:
            """Write down, or forbid."""
            log.append("reserve")
            super().reserve(call)

        def goes_on(self, number: str) -> bool:
            """Want every page."""
            return bool(number)

        def settle(self, call, outcome) -> None:
            """Write down, or fail to."""
            log.append("settle")
            super().settle(call, outcome)

    service = Contract(histories(), cap=10)

    def respond(asked: Asked) -> Reply:
        log.append("call")
        return service(asked)

    with watched_client(respond, patsnap_limit=1000) as watched:
        watched.spend_log = Noting()
        watched.fetch(*short_histories()[:4])
        assert log == ["reserve", "call", "settle"] * watched.attempts


def test_many_threads_share_one_client() -> None:
    """Eight fetches at once: each gets its own, connections are kept, nothing is asked twice."""
    asked = list(histories())
    service = Contract(histories())
    with watched_client(service, account="client credentials", patsnap_limit=1000, patsnap_batch=1) as watched:

        def look_up(number: str) -> FetchResult:
            return watched.client.fetch([number], spend_hook=watched.spend_log)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(look_up, asked))
        is_whole(
            FetchResult(found={number: history for answer in answers for number, history in answer.found.items()}),
            asked,
        )
        assert set(service.billed.values()) == {1}
        assert len(watched.server.grants) == 1


def test_no_connection_stays_open_after_closing() -> None:
    """The server's handlers end with the client."""
    before = threading.active_count()
    with watched_client(Contract(histories()), patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN)
        watched.client.close()
        with pytest.raises(RuntimeError):
            watched.client.fetch([KINGPIN])
    assert threading.active_count() <= before + 1


def test_a_page_that_fails_leaves_the_others_alone() -> None:
    """The second page of a patent is refused: it fails, the spend hook has its first page, the others are found."""
    service = Contract(histories(), cap=100)

    def respond(asked: Asked) -> Reply:
        return refusal(68300007) if asked.body["offset"] else service(asked)

    with watched_client(respond, patsnap_limit=100) as watched:
        watched.fetch(*histories())
        long = {number for number, history in histories().items() if len(history["doc_detail"]) > 100}
        assert set(watched.answer.failed) == long
        assert all(isinstance(error, PatsnapError) for error in watched.answer.failed.values())
        assert set(watched.answer.found) == set(histories()) - long


def test_five_thousand_documents_take_five_calls() -> None:
    """With the largest limit."""
    long = {KINGPIN: entry(KINGPIN, [document(number) for number in range(5000)])}
    with watched_client(Contract(long), patsnap_limit=1000) as watched:
        watched.fetch(KINGPIN)
        assert watched.answer.found[KINGPIN].documents_held == 5000
        assert watched.attempts == 5


def test_an_empty_list_of_numbers_costs_nothing() -> None:
    """No numbers, no call."""
    with watched_client(scripted(Reply(b"", 500))) as watched:
        assert watched.fetch().answer == FetchResult()
        assert watched.attempts == 0
