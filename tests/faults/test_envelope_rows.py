"""Rows F50 to F68 of the fault matrix: what the envelope says."""

import json
import math

import pytest

from components.patsnap import (
    BalanceError,
    BusyError,
    ConfigurationError,
    CredentialsError,
    DataError,
    DayLimitError,
    NoAnswerError,
    ParseFailureError,
    PermissionRefusedError,
    QuotaError,
    RateError,
    RequestError,
    ServerFailureError,
    TokenError,
    UnknownCodeError,
    answer_check,
)
from tests.patsnap.service import Reply, document, entry, envelope, refusal, scripted
from tests.patsnap.watched_client import ACCOUNTS, watched_client

NUMBER = "US11205304B2"
GOOD = Reply(envelope(entry(NUMBER, [document(1), document(2)])))
each_account = pytest.mark.parametrize("account", ACCOUNTS)

# row, code, attempts for one number, error, whether it ends the run, words of the message
CODES = [
    ("F50", 68300004, 1, RequestError, False, "US11205304B2: Not accepted"),
    ("F51", 68300005, 3, BusyError, False, "search failed"),
    ("F52", 68300006, 2, BusyError, False, "68300006"),
    ("F52", 68300010, 1, RequestError, False, "68300010"),
    ("F53", 68300007, 1, RequestError, False, "bad request"),
    ("F54", 68300008, 5, BusyError, False, "failed for the moment"),
    ("F55", 67200000, 1, QuotaError, True, "quota is used up"),
    ("F55", 67200001, 1, QuotaError, True, "quota is used up"),
    ("F56", 67200002, 5, RateError, False, "faster than the account allows"),
    ("F57", 67200003, 1, CredentialsError, True, "secret is wrong"),
    ("F58", 67200004, 1, PermissionRefusedError, True, "no permission"),
    ("F59", 67200005, 1, BalanceError, True, "balance"),
    ("F60", 67200006, 1, CredentialsError, True, "validity has ended"),
    ("F61", 67200007, 1, DayLimitError, True, "tomorrow"),
    ("F63", 67200012, 1, RequestError, False, "illegal request"),
    ("F64", 67200100, 4, BusyError, False, "busy"),
    ("F65", 12345, 1, UnknownCodeError, False, "code 12345"),
    ("F65", -7, 1, UnknownCodeError, False, "code -7"),
    ("F65", 10**25, 1, UnknownCodeError, False, "code 1"),
    ("F65", 1.5, 1, UnknownCodeError, False, "code 1.5"),
    ("F65", "E_FAIL", 1, UnknownCodeError, False, "code E_FAIL"),
    ("F65", ["x"], 1, UnknownCodeError, False, "not documented"),
    ("F65", "67200005", 1, BalanceError, True, "67200005"),
    ("F65", " 67200002 ", 5, RateError, False, "67200002"),
    ("F65", 67200005.0, 1, BalanceError, True, "67200005"),
]


@each_account
@pytest.mark.parametrize(
    ("code", "attempts", "kind", "ends", "words"),
    [row[1:] for row in CODES],
    ids=[f"{row[0]} {row[1]}" for row in CODES],
)
def test_every_code_has_its_class(*, account, code, attempts, kind, ends, words) -> None:
    """Each code is tried as often as it may be, and costs nothing."""
    with watched_client(scripted(refusal(code, "The service's own words")), account=account) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is kind
        assert watched.attempts == attempts
        assert (watched.raised is not None) == ends
        assert watched.spend_log.states == ["released"] * attempts
        assert words in str(watched.error)
        assert "The service's own words" in str(watched.error)
        assert "Nothing was charged" in str(watched.error)
        assert len(watched.server.grants) == (account == "client credentials")


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 67200005, BalanceError), (401, 67200004, PermissionRefusedError), (403, 67200002, RateError),
        (500, 68300004, RequestError), (503, 67200007, DayLimitError), (404, 68300007, RequestError),
        (403, 4711, PermissionRefusedError), (400, 4711, RequestError), (500, 4711, ServerFailureError),
        (500, 0, ServerFailureError), (404, 0, ConfigurationError),
    ],
)  # fmt: skip
def test_a_documented_code_says_more_than_the_status(status: int, code: int, kind: type) -> None:
    """An undocumented one says less."""
    with watched_client(scripted(refusal(code, status=status))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is kind


def batch_with_bad(bad: set[str], code: int = 68300004):
    """Refuse every batch that holds a bad number."""

    def respond(asked):
        if bad & set(asked.numbers):
            return refusal(code)
        return Reply(envelope([entry(number, [document(1)]) for number in asked.numbers]))

    return respond


ISOLATED = [
    *[
        ("api key", 68300004, size, position)
        for size in (2, 3, 25, 64, 100)
        for position in ("first", "middle", "last")
    ],
    *[("api key", code, 25, "middle") for code in (68300007, 67200012, 68300010)],
    *[("client credentials", code, 25, "last") for code in (68300004, 68300007, 67200012)],
]


@pytest.mark.parametrize(("account", "code", "size", "position"), ISOLATED)
def test_f50_one_bad_number_is_isolated(account: str, code: int, size: int, position: str) -> None:
    """At most 2 log2 n + 1 more calls, which cost nothing; the others are fetched, each charged once."""
    numbers = [f"US{10000000 + index}B2" for index in range(size)]
    bad = numbers[{"first": 0, "middle": size // 2, "last": -1}[position]]
    with watched_client(batch_with_bad({bad}, code), account=account, patsnap_batch=100) as watched:
        watched.fetch(*numbers)
        assert set(watched.answer.failed) == {bad}
        assert str(watched.answer.failed[bad]).startswith(f"{bad}: Not accepted")
        assert set(watched.answer.found) == set(numbers) - {bad}
        assert watched.attempts - 1 <= 2 * math.ceil(math.log2(size)) + 1
        assert watched.spend_log.charged == dict.fromkeys(watched.answer.found, 1)


def test_f50_a_bad_number_is_isolated_before_the_limit_is_known() -> None:
    """Trying lower limits first costs two more free calls, and the limit found is the largest."""
    numbers = [f"US{10000000 + index}B2" for index in range(100)]
    with watched_client(batch_with_bad({numbers[0]}), patsnap_batch=100, patsnap_limit=1000) as watched:
        watched.fetch(*numbers)
        assert set(watched.answer.failed) == {numbers[0]}
        assert watched.attempts - 1 <= 2 * math.ceil(math.log2(100)) + 1 + 2
        assert watched.limits.get(watched.server.base) == 1000


def test_f50_several_bad_numbers_are_isolated() -> None:
    """Each is named; nobody else suffers."""
    numbers = [f"US{10000000 + index}B2" for index in range(25)]
    bad = {numbers[0], numbers[1], numbers[13], numbers[24]}
    with watched_client(batch_with_bad(bad)) as watched:
        watched.fetch(*numbers)
        assert set(watched.answer.failed) == bad
        assert set(watched.answer.found) == set(numbers) - bad


def test_f51_a_failing_search_is_tried_again_and_then_halved() -> None:
    """Retries come before the halving, not again in each half."""
    numbers = [f"US{10000000 + index}B2" for index in range(8)]
    with watched_client(batch_with_bad({numbers[3]}, 68300005)) as watched:
        watched.fetch(*numbers)
        assert set(watched.answer.failed) == {numbers[3]}
        assert set(watched.answer.found) == set(numbers) - {numbers[3]}
        assert watched.attempts == 3 + 2 * 3


@each_account
@pytest.mark.parametrize("code", [68300005, 68300006, 68300008, 67200002, 67200100])
def test_a_passing_refusal_passes(account: str, code: int) -> None:
    """F51, F52, F54, F56, F64: tried again under a new name, charged once."""
    with watched_client(scripted(refusal(code), GOOD), account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 2
        assert watched.spend_log.states == ["released", "billed"]


def test_f56_the_pace_is_halved_for_all() -> None:
    """Being too fast slows the client down, once for all calls that were under way."""
    with watched_client(scripted(refusal(67200002), GOOD), patsnap_qps=400.0) as watched:
        watched.fetch(NUMBER)
        assert watched.client._operation.pace.rate == 200.0


def test_f57_refused_credentials_ask_for_one_token_only() -> None:
    """The token endpoint says 67200003: no call of the operation, no second token request, even for others."""
    grant = scripted(refusal(67200003, "The key and secret are incorrect"))
    with watched_client(scripted(GOOD), account="client credentials", grant=grant) as watched:
        for _ in range(3):
            watched.fetch(NUMBER)
            assert type(watched.raised) is CredentialsError
        assert len(watched.server.grants) == 1
        assert watched.attempts == 0
        assert watched.spend_log.reserved == []


@each_account
@pytest.mark.parametrize("before", range(5))
def test_f59_what_came_before_the_balance_ran_out_is_kept(account: str, before: int) -> None:
    """The run ends with the error; all earlier answers have gone to the spend hook; nothing is asked afterwards."""
    numbers = [f"US{10000000 + index}B2" for index in range(6)]
    answers = [Reply(envelope([entry(number, [document(1)])])) for number in numbers[:before]]
    with watched_client(scripted(*answers, refusal(67200005)), account=account, patsnap_batch=1) as watched:
        watched.fetch(*numbers)
        assert type(watched.raised) is BalanceError
        assert watched.attempts == before + 1
        assert watched.spend_log.states == ["billed"] * before + ["released"]
        assert watched.spend_log.charged == dict.fromkeys(numbers[:before], 1)
        kept = [outcome.histories for _, outcome in watched.spend_log.settled[:-1]]
        assert [list(histories) for histories in kept] == [[number] for number in numbers[:before]]


@pytest.mark.parametrize("code", [67200008, 67200009])
def test_f62_a_mismatched_token_is_renewed_once(code: int) -> None:
    """One fresh token and one replay; a second refusal ends the run."""
    with watched_client(scripted(refusal(code), GOOD), account="client credentials") as watched:
        assert watched.fetch(NUMBER).answer.found[NUMBER].documents_held == 2
        assert (watched.attempts, len(watched.server.grants)) == (2, 2)
    with watched_client(scripted(refusal(code)), account="client credentials") as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is TokenError
        assert (watched.attempts, len(watched.server.grants)) == (2, 2)
        assert watched.spend_log.states == ["released", "released"]


@pytest.mark.parametrize("code", [67200008, 67200009])
def test_f62_an_api_key_has_nothing_to_renew(code: int) -> None:
    """One call, and the run ends."""
    with watched_client(scripted(refusal(code))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is TokenError
        assert watched.attempts == 1


def test_f64_busy_after_a_long_time_may_have_been_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the threshold 67200100 is ambiguous: not repeated, uncertain."""
    monkeypatch.setattr(answer_check, "LATE_SECONDS", 0.0)
    with watched_client(scripted(refusal(67200100))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is NoAnswerError
        assert watched.spend_log.states == ["uncertain"]


def test_f65_halving_ends_where_every_call_is_refused_for_an_unknown_reason() -> None:
    """An undocumented code for the whole account does not cost two calls a number."""
    numbers = [f"US{10000000 + index}B2" for index in range(100)]
    with watched_client(scripted(refusal(4711)), patsnap_batch=100) as watched:
        watched.fetch(*numbers)
        assert set(watched.answer.failed) == set(numbers)
        assert watched.attempts < 40


DATA = entry(NUMBER, [document(1)])
BELIEVED = [
    {"status": "true", "error_code": 0, "data": DATA},
    {"status": True, "error_code": "0", "data": DATA},
    {"status": 1, "error_code": 0, "data": [DATA]},
    {"status": True, "data": DATA},
    {"error_code": 0, "data": DATA},
    {"status": None, "error_code": 0, "data": DATA},
    {"status": True, "error_code": None, "data": DATA},
    {"status": True, "error_code": 0.0, "data": DATA},
    {"data": [DATA]},
]
CONTRADICTIONS = [
    {"status": True, "error_code": 67200005, "data": DATA},
    {"status": True, "error_code": 1, "data": DATA},
    {"status": False, "error_code": 0, "data": DATA},
    {"status": "false", "error_code": "0", "data": DATA},
]
EMPTY_SHELLS = [
    {},
    {"data": None},
    {"status": True},
    {"error_code": 0},
    {"status": True, "data": None},
    {"error_code": 0, "data": []},
    {"status": "perhaps", "error_code": 0, "data": {"message": "hello"}},
]


@pytest.mark.parametrize("body", BELIEVED, ids=lambda body: repr({name: body[name] for name in body if name != "data"}))
def test_f66_success_without_any_sign_of_failure(body: dict) -> None:
    """Loose types and a missing half are borne where the data are in order."""
    with watched_client(scripted(Reply(body))) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 1
        assert watched.spend_log.states == ["billed"]


@each_account
@pytest.mark.parametrize("body", CONTRADICTIONS + EMPTY_SHELLS, ids=lambda body: repr({**body, "data": "data" in body}))
def test_f66_a_contradiction_is_an_error(account: str, body: dict) -> None:
    """Nothing of it is kept, nothing tried again, and the spend hook counts it as uncertain."""
    with watched_client(scripted(Reply(body)), account=account) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is DataError
        assert watched.attempts == 1
        assert watched.spend_log.states == ["uncertain"]
        assert not watched.answer.found
        assert watched.answer.missing == ()


def test_f66_failure_without_a_code_is_a_refusal() -> None:
    """`status: false` alone refuses the number."""
    with watched_client(scripted(Reply({"status": False, "error_msg": "no"}))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is UnknownCodeError
        assert watched.spend_log.states == ["released"]


WORDS = [
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("[x](https://evil.example)", "[x](https://evil.example)"),
    ("y" * 10_000_000, "y" * 299 + "…"),
    (None, ""),
    (17, "17"),
    ({"a": ["b"]}, "{'a': ['b']}"),
    ("a\x00b\x1b[31mc\r\nd\u0085e", "ab[31mc d e"),
    ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ("余额不足", "余额不足"),
]


@pytest.mark.parametrize(("message", "shown"), WORDS, ids=[repr(row[0])[:30] for row in WORDS])
def test_f67_the_services_words_are_plain_text(message: object, shown: str) -> None:
    """At most 300 characters, no control characters, nothing interpreted."""
    with watched_client(scripted(refusal(68300007, message))) as watched:
        watched.fetch(NUMBER)
        assert watched.error.service_words == shown
        assert (shown in str(watched.error)) if shown else "words" not in str(watched.error)


@pytest.mark.parametrize(
    "declared", ["application/json;charset=GBK", "application/json;charset=utf-8", "text/plain", "x;charset=zip"]
)
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8-sig"])
def test_f67_chinese_bodies_are_decoded(declared: str, encoding: str) -> None:
    """GBK, declared or not, and byte order marks: the code and the words arrive."""
    body = json.dumps(envelope(None, status=False, code=67200005, message="账户余额不足，请充值"), ensure_ascii=False)
    with watched_client(scripted(Reply(body.encode(encoding), headers={"Content-Type": declared}))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is BalanceError
        assert watched.raised.service_words == "账户余额不足，请充值"


@each_account
def test_f67_secrets_in_the_services_words_are_taken_out(account: str) -> None:
    """A gateway that echoes what it was sent gives nothing away (the bench looks for canaries)."""

    def respond(asked):
        echo = f"bad {asked.headers['Authorization']} at https://x.example/a?apikey=canary-id&sign=canary {asked.query}"
        return refusal(68300007, echo)

    with watched_client(respond, account=account) as watched:
        watched.fetch(NUMBER)
        assert "bad" in watched.error.service_words


GARBLED = [
    b'{"status": true, "error_code": NaN, "data": null}',
    b'{"status": true, "error_code": 0, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b"[" * 100_000,
    b'{"status": true, "error_code": 0, "da',
    b'"just words"',
    b"[1, 2]",
    GOOD.encoded().replace(b'"page_number": 17', b'"page_number": ' + b"7" * 5000, 1),
    b"null",
    b"\xff\xfe\x00",
    b"\x00\x01\x02",
]


@each_account
@pytest.mark.parametrize("body", GARBLED, ids=lambda body: f"{body[:24]!r} {len(body)}")
def test_f68_what_is_no_json_is_one_kind_of_failure(account: str, body: bytes) -> None:
    """NaN, nesting without end, a cut: it may have been charged, and is not asked for again."""
    with watched_client(scripted(Reply(body)), account=account) as watched:
        watched.fetch(NUMBER)
        assert type(watched.error) is ParseFailureError
        assert watched.spend_log.states == ["uncertain"]


LEGIBLE = [
    b"\xef\xbb\xbf" + GOOD.encoded(),
    GOOD.encoded().replace(b'"status": true', b'"status": false, "status": true'),
    GOOD.encoded().replace(b"Document 1", b"Document \\ud800 1"),
    GOOD.encoded().replace(b"Document 1", b"Document \x0b 1"),
    GOOD.encoded().replace(b"Document 1", b"Document \xe6\x8b\x92\xe7\x90\x86\xe6\x8b\xff 1"),
]


@pytest.mark.parametrize("body", LEGIBLE, ids=["BOM", "double key", "surrogate", "control", "bad UTF-8"])
def test_f68_what_is_nearly_json_is_read(body: bytes) -> None:
    """The answer has been paid for: what can be read is kept."""
    with watched_client(scripted(Reply(body))) as watched:
        watched.fetch(NUMBER)
        assert watched.answer.found[NUMBER].documents_held == 2
        assert watched.spend_log.states == ["billed"]


def test_f40_the_operation_is_not_there() -> None:
    """67200101 points to the settings."""
    with watched_client(scripted(refusal(67200101))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is ConfigurationError
        assert "PATSNAP_PATH" in str(watched.raised)


def test_f59_a_balance_that_runs_out_between_two_pages_keeps_the_first() -> None:
    """The run ends; the spend hook holds the page that was paid for, marked incomplete."""
    page = Reply(envelope(entry(NUMBER, [document(index) for index in range(10)], count=20)))
    with watched_client(scripted(page, refusal(67200005))) as watched:
        watched.fetch(NUMBER)
        assert type(watched.raised) is BalanceError
        kept = watched.spend_log.settled[0][1].histories[NUMBER]
        assert (kept.documents_held, kept.documents_reported, kept.complete) == (10, 20, False)
        assert watched.spend_log.states == ["billed", "released"]
