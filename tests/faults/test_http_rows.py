"""Rows F30 to F48 of the fault matrix: what HTTP itself says."""

import gzip
import math
from datetime import UTC, datetime

import pytest
import time_machine

from components.patsnap import (
    BusyError,
    ConfigurationError,
    ParseFailureError,
    PausedError,
    PermissionRefusedError,
    RateError,
    RequestError,
    ServerFailureError,
    TokenError,
    UnknownCodeError,
)
from components.patsnap.answer_check import requested_wait
from components.patsnap.errors import error
from components.patsnap.retry import MAX_WAIT_OBEYED, Retry
from components.patsnap.transport import Reply as WireReply
from tests.patsnap.service import Reply, document, entry, envelope, refusal, scripted
from tests.patsnap.watched_client import ACCOUNTS, watched_client

NUMBER = "US11205304B2"
GOOD = Reply(envelope(entry(NUMBER, [document(1), document(2)])))
HTML = b"<!DOCTYPE html><html><body>Sign in <a href='https://evil.example/?canary'>here</a></body></html>"

each_account = pytest.mark.parametrize("account", ACCOUNTS)


@each_account
@pytest.mark.parametrize("status", [200, 201])
def test_f30_both_200_and_201_are_success(account: str, status: int) -> None:
    """A valid envelope is an answer under either status, and is charged."""
    with watched_client(scripted(Reply(GOOD.body, status)), account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 2
        assert watched.answer.found[NUMBER].complete
        assert watched.spend_log.states == ["billed"]
        assert watched.spend_log.charged == {NUMBER: 1}
        assert watched.attempts == 1


# id, replies, attempts by default, error, whether it ends the run, states, words of the message
REFUSED = [
    ("F31 204", [Reply(status=204)], 1, ParseFailureError, False, "uncertain", "empty answer"),
    ("F31 200 empty", [Reply(b"")], 1, ParseFailureError, False, "uncertain", "empty answer"),
    ("F31 blank", [Reply(b" \r\n")], 1, ParseFailureError, False, "uncertain", "empty answer"),
    (
        "F32 html",
        [Reply(HTML, headers={"Content-Type": "text/html"})],
        1,
        ParseFailureError,
        False,
        "uncertain",
        "web page arrived",
    ),
    ("F33 html as json", [Reply(HTML)], 1, ParseFailureError, False, "uncertain", "web page arrived"),
    (
        "F33 text",
        [Reply(b"nope", headers={"Content-Type": "text/plain"})],
        1,
        ParseFailureError,
        False,
        "uncertain",
        "readable",
    ),
    *[
        (
            f"{row} {status}",
            [Reply(b"", status, {"Location": "https://evil.example/?canary"})],
            1,
            ConfigurationError,
            True,
            "released",
            "redirect",
        )
        for row, status in [("F34", 301), ("F34", 302), ("F34", 303), ("F35", 307), ("F35", 308)]
    ],
    (
        "F35 loop",
        [Reply(b"", 307, {"Location": "/advanced-patent-data/overseas-patent-documents"})],
        1,
        ConfigurationError,
        True,
        "released",
        "redirect",
    ),
    ("F36 400", [Reply(b"", 400)], 1, RequestError, False, "released", "US11205304B2: Not accepted"),
    (
        "F36 400 with words",
        [refusal(None, "no <b>such</b> number " + "x" * 500, status=400)],
        1,
        RequestError,
        False,
        "released",
        "no <b>such</b> number x",
    ),
    ("F39 403", [Reply(b"", 403)], 1, PermissionRefusedError, True, "released", "no permission"),
    ("F40 404", [Reply(b"", 404)], 1, ConfigurationError, True, "released", "PATSNAP_BASE_URL"),
    ("F40 67200101", [refusal(67200101)], 1, ConfigurationError, True, "released", "67200101"),
    ("F41 408", [Reply(b"", 408)], 1, ServerFailureError, False, "uncertain", "may have been charged"),
    ("F41 425", [Reply(b"", 425)], 1, ServerFailureError, False, "uncertain", "may have been charged"),
    ("F42 413 alone", [Reply(b"", 413)], 1, RequestError, False, "released", "Nothing was charged"),
    ("F44 429", [Reply(b"", 429)], 5, RateError, False, "released", "fewer calls"),
    ("F45 500", [Reply(b"", 500)], 1, ServerFailureError, False, "uncertain", "may have been charged"),
    ("F45 502", [Reply(HTML, 502)], 1, ServerFailureError, False, "uncertain", "HTTP 502"),
    ("F45 504", [Reply(b"", 504)], 1, ServerFailureError, False, "uncertain", "may have been charged"),
    ("F46 503", [Reply(b"", 503)], 5, BusyError, False, "released", "busy"),
    ("F48 418", [Reply(b"", 418)], 1, UnknownCodeError, False, "released", "HTTP 418"),
    ("F48 451", [Reply(HTML, 451)], 1, UnknownCodeError, False, "released", "HTTP 451"),
    *[
        (f"F48 {status}", [Reply(b"", status)], 1, ServerFailureError, False, "uncertain", f"HTTP {status}")
        for status in (520, 525, 530, 599)
    ],
]


@each_account
@pytest.mark.parametrize(
    ("replies", "attempts", "kind", "ends", "state", "words"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_every_failure_has_its_class(*, account, replies, attempts, kind, ends, state, words) -> None:
    """Attempts, error, end of the run, what the spend hook hears and what the user reads, row by row."""
    with watched_client(scripted(*replies), account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.attempts == attempts
        assert type(watched.error) is kind
        assert (watched.raised is not None) == ends
        assert watched.spend_log.states == [state] * attempts
        assert words in str(watched.error)
        assert len(str(watched.error)) < 700
        assert not watched.answer.found
        assert not watched.server.others


@each_account
@pytest.mark.parametrize(
    ("replies", "kind", "words"),
    [(row[1], row[3], row[6]) for row in REFUSED if row[5] == "uncertain" and "html" not in row[0]],
    ids=[row[0] for row in REFUSED if row[5] == "uncertain" and "html" not in row[0]],
)
def test_what_may_have_been_charged_is_repeated_once_where_the_setting_says_so(
    *, account, replies, kind, words
) -> None:
    """One repeat, which may have been charged too."""
    with watched_client(scripted(*replies), account=account, patsnap_repeat_uncertain=1) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is kind
        assert words in str(watched.error)
        assert watched.spend_log.states == ["uncertain", "uncertain"]


@each_account
@pytest.mark.parametrize("content_type", ["text/html", "application/json"])
def test_f32_a_second_web_page_in_a_row_is_a_proxy_or_a_login_page(account: str, content_type: str) -> None:
    """It ends the run, whether it answers a repeat or the next question; an answer in between starts anew."""
    page = Reply(HTML, headers={"Content-Type": content_type})
    with watched_client(scripted(page), account=account, patsnap_repeat_uncertain=1) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is ConfigurationError
        assert "login page" in str(watched.raised)
        assert "It may have been charged." in str(watched.raised)
        assert watched.spend_log.states == ["uncertain", "uncertain"]
    with watched_client(scripted(page, GOOD, page, page), account=account) as watched:
        for _ in range(3):
            watched.fetch(NUMBER)
            assert watched.raised is None
        watched.fetch(NUMBER)
        assert type(watched.raised) is ConfigurationError


@pytest.mark.parametrize("status", [307, 308])
def test_f35_nothing_follows_a_redirect(status: int) -> None:
    """Neither body nor credentials are sent to where a redirect points, not even on the same host."""
    with watched_client(scripted(Reply(b"", status, {"Location": "/elsewhere"}))) as watched:
        watched.fetch(NUMBER)
        assert watched.server.others == []


@each_account
@pytest.mark.parametrize(
    "first", [Reply(b""), Reply(HTML), Reply(b"", 500), Reply(b"", 408)], ids=["F31", "F32", "F45", "F41"]
)
def test_after_a_call_that_may_have_been_charged_nothing_is_repeated_by_itself(account: str, first: Reply) -> None:
    """The number fails as uncertain after one call; it arrives when somebody asks for it again."""
    with watched_client(scripted(first, GOOD), account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.attempts == 1
        assert not watched.answer.failed[NUMBER].fault_class.is_free
        assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 2
        assert watched.spend_log.states == ["uncertain", "billed"]


@each_account
@pytest.mark.parametrize(
    "first", [Reply(b""), Reply(HTML), Reply(b"", 500), Reply(b"", 408)], ids=["F31", "F32", "F45", "F41"]
)
def test_a_repeat_that_the_setting_allows_is_made(account: str, first: Reply) -> None:
    """The second answer counts; the first call stays uncertain."""
    with watched_client(scripted(first, GOOD), account=account, patsnap_repeat_uncertain=1) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 2
        assert watched.spend_log.states == ["uncertain", "billed"]


def test_a_patent_is_repeated_once_in_a_fetch() -> None:
    """What was repeated on the first page is not repeated on the second, and the first page is kept."""
    page = Reply(envelope(entry(NUMBER, [document(index) for index in range(10)], count=20)))
    replies = scripted(Reply(b"", 500), page, Reply(b"", 500))
    with watched_client(replies, patsnap_repeat_uncertain=1) as watched:
        watched.fetch(NUMBER)
        assert watched.spend_log.states == ["uncertain", "billed", "uncertain"]
        assert watched.spend_log.settled[1][1].histories[NUMBER].documents_held == 10
        assert isinstance(watched.answer.failed[NUMBER], ServerFailureError)


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/octet-stream", ""])
def test_f33_json_is_read_whatever_it_is_called(kind: str) -> None:
    """The content type is not believed."""
    with watched_client(scripted(Reply(GOOD.body, headers={"Content-Type": kind}))) as watched:
        assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 2


def test_a_compressed_answer_is_read() -> None:
    """What we ask for with Accept-Encoding is understood."""
    packed = gzip.compress(GOOD.encoded())
    with watched_client(scripted(Reply(packed, headers={"Content-Encoding": "gzip"}))) as watched:
        assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 2
        assert "gzip" in watched.server.calls[0].headers["Accept-Encoding"]


def test_f37_a_refused_key_ends_the_run() -> None:
    """A 401 to an API key is not tried again, and asks no token endpoint."""
    with watched_client(scripted(Reply(b"", 401))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is TokenError
        assert watched.attempts == 1
        assert not watched.server.grants
        assert watched.spend_log.states == ["released"]
        assert "Check the credentials" in str(watched.raised)


def test_f38_a_refused_token_is_renewed_once() -> None:
    """A 401 to a token brings one fresh token and one replay."""
    with watched_client(scripted(Reply(b"", 401), GOOD), account="client credentials") as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 2
        assert len(watched.server.grants) == 2
        assert [call.headers["Authorization"] for call in watched.server.calls] == [
            "Bearer canary-token-1",
            "Bearer canary-token-2",
        ]
        assert watched.spend_log.states == ["released", "billed"]


@each_account
@pytest.mark.parametrize("status", [413, 414])
def test_f42_a_batch_that_is_too_large_is_halved(account: str, status: int) -> None:
    """What is too much at once is asked for in halves, without trying lower limits."""
    numbers = [f"US1000000{index}B2" for index in range(4)]

    def respond(asked):
        if len(asked.numbers) > 2:
            return Reply(b"", status)
        return Reply(envelope([entry(number, [document(1)]) for number in asked.numbers]))

    with watched_client(respond, account=account) as watched:
        watched.fetch(*numbers)
        assert sorted(watched.answer.found) == numbers
        assert watched.attempts == 3
        assert watched.spend_log.charged == dict.fromkeys(numbers, 1)


NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
WISHES = [
    ("3", "", 3.0), ("0", "", None), ("-1", "", None), ("nan", "", None), ("inf", "", None), ("9e34", "", 9e34),
    ("", "", None), ("soon", "", None), ("1" + "0" * 30, "", 1e30), ("1.5", "", 1.5), ("1000000000", "", 1e9),
    ("1e999", "", math.inf), ("-1e999", "", None), ("1_000", "", None), ("86400", "", 86400.0), ("", "250", 0.25),
    ("9", "1500", 1.5), ("9", "0", 9.0), ("9", "nan", 9.0), ("Fri, 01 May 2026 12:00:20 GMT", "", 20.0),
    ("Fri, 01 May 2026 11:00:00 GMT", "", None), ("Zun, 99 May 2026", "", None),
    ("Fri, 31 Dec 9999 23:59:59 GMT", "", 251_624_663_999.0), ("Fri, 31 Dec 12345 23:59:59 GMT", "", math.inf),
]  # fmt: skip


@pytest.mark.parametrize(("header", "milliseconds", "seconds"), WISHES, ids=[repr(row[:2]) for row in WISHES])
def test_f43_wishes_to_wait_are_read(header: str, milliseconds: str, seconds: float | None) -> None:
    """Seconds, milliseconds and dates are read however large, nonsense is no wish."""
    asked = requested_wait(WireReply(429, b"", "", header, milliseconds, 0.1), now=NOW)
    assert asked == seconds


@each_account
@pytest.mark.parametrize("wish", ["1", "0", "-1", "nan", "soon", "Thu, 01 Jan 2026 00:00:00 GMT"])
def test_f43_a_short_wish_is_obeyed(account: str, wish: str) -> None:
    """Whatever stands in the header, the next call comes, and the spend hook hears of both."""
    with watched_client(scripted(Reply(b"", 429, {"Retry-After": wish}), GOOD), account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.spend_log.states == ["released", "billed"]


def test_f43_the_wait_is_the_one_asked_for() -> None:
    """Never shorter than asked, and hardly longer."""
    waits: list[float] = []
    assert 7.0 <= Retry(on_too_fast=waits.append)._wait(error("http 429", retry_after=7.0)) <= 8.0
    assert len(waits) == 1


def test_f43_an_ambiguous_failure_is_no_reason_to_wait_for_a_day() -> None:
    """A wish that comes with a 500 is obeyed up to two minutes, and else passed over."""
    assert Retry(repeat_uncertain=1)._wait(error("http 5xx", retry_after=86_400.0)) <= 0.5


@each_account
@pytest.mark.parametrize("wish", ["121", "86400"])
def test_f43_a_long_wish_ends_the_run_and_states_the_time(account: str, wish: str) -> None:
    """Nobody waits for longer than two minutes; the message says until when."""
    assert int(wish) > MAX_WAIT_OBEYED
    with watched_client(scripted(Reply(b"", 429, {"Retry-After": wish})), account=account) as watched:
        before = datetime.now(UTC).timestamp() + int(wish)
        watched.fetch(NUMBER)
        assert type(watched.raised) is PausedError
        assert watched.attempts == 1
        assert watched.raised.until.timestamp() == pytest.approx(before, abs=5)
        assert f"{watched.raised.until:%H:%M} UTC" in str(watched.raised)
        assert watched.spend_log.states == ["released"]


ABSURD = [
    ("1000000000", "2058"),
    ("Fri, 31 Dec 9999 23:59:59 GMT", "31 Dec 9999"),
    ("9e34", "for more than a year"),
    ("1" + "0" * 30, "for more than a year"),
    ("1e999", "for more than a year"),
    ("Fri, 31 Dec 12345 23:59:59 GMT", "for more than a year"),
]


@each_account
@pytest.mark.parametrize(("wish", "words"), ABSURD, ids=[row[0] for row in ABSURD])
@pytest.mark.parametrize("status", [429, 503])
def test_f43_an_absurd_wish_ends_the_run_and_says_until_when(account: str, wish: str, words: str, status: int) -> None:
    """One call, nothing charged, and the date; where no date can be that late, so much."""
    with watched_client(scripted(Reply(b"", status, {"Retry-After": wish})), account=account) as watched:
        with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=True):
            watched.fetch(NUMBER)
        assert type(watched.raised) is PausedError
        assert watched.attempts == 1
        assert words in str(watched.raised)
        assert "Nothing was charged." in str(watched.raised)
        assert watched.spend_log.states == ["released"]
