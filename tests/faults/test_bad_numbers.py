"""One number that the service cannot bear, and one answer that is too large: what becomes of the others."""

import gzip
from collections.abc import Callable

import pytest

from components.patsnap import AnswerTooLargeError, PausedError, body
from tests.patsnap.service import Asked, Reply, document, entry, envelope, refusal
from tests.patsnap.watched_client import ACCOUNTS, watched_client

NUMBERS = [f"US{10000000 + index}B2" for index in range(25)]
each_account = pytest.mark.parametrize("account", ACCOUNTS)
WIDE = {"patsnap_limit": 1000, "patsnap_qps": 1e7}
"""Nothing is refused for its limit; a pace that stays quick after many halvings."""


def good(asked: Asked) -> Reply:
    """Answer every number with one document."""
    return Reply(envelope([entry(number, [document(1)]) for number in asked.numbers]))


def failing_for(bad: set[str], reply: Callable[[], Reply]) -> Callable[[Asked], Reply]:
    """Answer, except where a bad number is among those asked for."""
    return lambda asked: reply() if bad & set(asked.numbers) else good(asked)


# reply, calls for the whole batch, whether each half may be refused for its limit too
FREE = [
    ("503", lambda: Reply(b"", 503), 5),
    ("429", lambda: Reply(b"", 429), 5),
    ("68300005", lambda: refusal(68300005), 3),
    ("68300006", lambda: refusal(68300006), 2),
    ("68300008", lambda: refusal(68300008), 5),
    ("67200002", lambda: refusal(67200002), 5),
    ("67200100", lambda: refusal(67200100), 4),
    ("503 and 67200100", lambda: refusal(67200100, status=503), 4),
]
free = pytest.mark.parametrize(("reply", "calls"), [row[1:] for row in FREE], ids=[row[0] for row in FREE])


@each_account
@free
@pytest.mark.parametrize("position", [0, 12, 24])
def test_a_number_refused_because_of_load_is_isolated(
    *, account: str, reply: Callable[[], Reply], calls: int, position: int
) -> None:
    """After the retries of the batch its halves are asked for, without further retries; the good ones arrive."""
    bad = NUMBERS[position]
    with watched_client(failing_for({bad}, reply), account=account, **WIDE) as watched:
        for _ in range(2):
            watched.fetch(*NUMBERS)
            assert watched.raised is None
            assert set(watched.answer.failed) == {bad}
            assert str(watched.answer.failed[bad]).startswith(f"{bad}: ")
            assert "Nothing was charged." in str(watched.answer.failed[bad])
            assert set(watched.answer.found) == set(NUMBERS) - {bad}
            # 25, 13, 7, 4, 2, 1: one half of each is refused, the other is answered.
            assert len(watched.server.calls) <= calls + 2 * 5
            watched.server.calls.clear()
        assert set(watched.spend_log.charged.values()) == {2}


@each_account
@pytest.mark.parametrize("code", [4711, "E_FAIL", 68300004, 68300010])
def test_a_number_refused_for_itself_is_isolated(account: str, code: object) -> None:
    """Documented or not: the good ones arrive."""
    bad = NUMBERS[7]
    with watched_client(failing_for({bad}, lambda: refusal(code)), account=account, **WIDE) as watched:
        watched.fetch(*NUMBERS)
        assert set(watched.answer.failed) == {bad}
        assert set(watched.answer.found) == set(NUMBERS) - {bad}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("positions", [(0, 24), (0, 1, 2), (0, 8, 16, 24), (0, 7, 13, 19), (12, 13, 14, 15)])
def test_a_few_bad_numbers_of_one_batch_are_isolated(status: int, positions: tuple[int, ...]) -> None:
    """Wherever they stand, the service does not count as down."""
    bad = {NUMBERS[position] for position in positions}
    with watched_client(failing_for(bad, lambda: Reply(b"", status)), **WIDE) as watched:
        watched.fetch(*NUMBERS)
        assert watched.raised is None
        assert set(watched.answer.failed) == bad
        assert set(watched.answer.found) == set(NUMBERS) - bad
        assert watched.client.condition().down_since is None


def test_halves_of_a_batch_that_came_too_fast_do_not_slow_the_pace_again() -> None:
    """The pace is halved by the four retries of the batch, and by nothing after them."""
    reply = failing_for({NUMBERS[3]}, lambda: refusal(67200002))
    with watched_client(reply, patsnap_limit=1000, patsnap_qps=16_000.0) as watched:
        watched.fetch(*NUMBERS)
        assert len(watched.answer.found) == 24
        assert watched.client.condition().calls_a_second >= 16_000.0 / 2**4


UNCERTAIN = [
    ("500", lambda: Reply(b"", 500)),
    ("502", lambda: Reply(b"", 502)),
    ("504", lambda: Reply(b"", 504)),
    ("empty", lambda: Reply(b"")),
    ("no JSON", lambda: Reply(b'{"status": tr')),
    ("contradiction", lambda: Reply({"status": True, "error_code": 1, "data": None})),
]


@each_account
@pytest.mark.parametrize("reply", [row[1] for row in UNCERTAIN], ids=[row[0] for row in UNCERTAIN])
def test_a_batch_that_may_have_been_charged_is_not_asked_for_again(account: str, reply: Callable[[], Reply]) -> None:
    """All its numbers fail as uncertain after one call; asked for by itself, each good one arrives."""
    bad = NUMBERS[12]
    with watched_client(failing_for({bad}, reply), account=account, **WIDE) as watched:
        watched.fetch(*NUMBERS)
        assert watched.attempts == 1
        assert set(watched.answer.failed) == set(NUMBERS)
        assert all("It may have been charged." in str(failure) for failure in watched.answer.failed.values())
        assert watched.spend_log.states == ["uncertain"]
        for number in NUMBERS:
            watched.fetch(number)
            assert watched.raised is None
            assert (number in watched.answer.found) == (number != bad)
        assert watched.attempts == 1 + 25


def test_a_batch_of_which_every_part_is_refused_waits_as_in_an_outage() -> None:
    """One batch alone: the search ends after few calls, one call tries after the rest, and the run ends."""
    with watched_client(lambda _: Reply(b"", 503), **WIDE) as watched:
        watched.fetch(*NUMBERS)
        assert type(watched.raised) is PausedError
        assert watched.attempts <= 20
        assert set(watched.spend_log.states) == {"released"}


def test_a_pace_that_forbids_everything_ends_the_search() -> None:
    """All fail without a charge, and the service does not count as down."""
    with watched_client(lambda _: Reply(b"", 429), **WIDE) as watched:
        watched.fetch(*NUMBERS)
        assert watched.raised is None
        assert set(watched.answer.failed) == set(NUMBERS)
        assert watched.attempts <= 20
        assert watched.client.condition().down_since is None


LARGE = b" " * 300_000


def too_large_over(most: int, *, packed: bool) -> Callable[[Asked], Reply]:
    """Answer with too many bytes if more numbers are asked for than fit into one answer."""

    def respond(asked: Asked) -> Reply:
        if len(asked.numbers) <= most:
            return good(asked)
        return Reply(gzip.compress(LARGE) if packed else LARGE, headers={"Content-Encoding": "gzip"} if packed else {})

    return respond


@each_account
@pytest.mark.parametrize("packed", [True, False], ids=["bomb", "plain"])
def test_an_answer_that_is_too_large_is_not_asked_for_again(
    account: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its numbers fail as uncertain; every later batch is half as large, those already queued too."""
    monkeypatch.setattr(body, "MAX_BYTES", 200_000)
    numbers = [f"US{10000000 + index}B2" for index in range(75)]
    with watched_client(too_large_over(12, packed=packed), account=account, **WIDE) as watched:
        watched.fetch(*numbers)
        assert set(watched.answer.failed) == set(numbers[:25])
        failure = watched.answer.failed[numbers[0]]
        assert type(failure) is AnswerTooLargeError
        assert "It may have been charged." in str(failure)
        assert [len(call.numbers) for call, _ in watched.spend_log.settled] == [25, 12, 12, 1, 12, 12, 1]
        assert watched.spend_log.charged == dict.fromkeys(numbers[25:], 1)
        watched.fetch(*numbers[:25])
        assert set(watched.answer.found) == set(numbers[:25])


def test_batches_are_halved_once_for_answers_of_the_same_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """25, 12, 6, 3: the first that fits stays; no number is asked for twice."""
    monkeypatch.setattr(body, "MAX_BYTES", 200_000)
    numbers = [f"US{10000000 + index}B2" for index in range(100)]
    with watched_client(too_large_over(5, packed=False), **WIDE) as watched:
        watched.fetch(*numbers)
        assert [len(call.numbers) for call, _ in watched.spend_log.settled][:5] == [25, 12, 6, 3, 3]
        assert len(watched.answer.failed) == 25 + 12 + 6
        assert set(watched.spend_log.charged.values()) == {1}


def test_a_single_answer_that_is_too_large_lowers_the_limit_of_later_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for again; the lower limit is not remembered beyond this process."""
    monkeypatch.setattr(body, "MAX_BYTES", 200_000)
    long = [document(index) for index in range(150)]

    def respond(asked: Asked) -> Reply:
        if asked.body["limit"] > 100:
            return Reply(LARGE)
        start = asked.body["offset"]
        return Reply(envelope(entry(asked.numbers[0], long[start : start + 100], count=150)))

    with watched_client(respond, patsnap_batch=1, **WIDE) as watched:
        watched.fetch(*NUMBERS[:2])
        assert type(watched.answer.failed[NUMBERS[0]]) is AnswerTooLargeError
        assert watched.answer.found[NUMBERS[1]].documents_held == 150
        assert [call.body["limit"] for call in watched.server.calls] == [1000, 100, 100]
        assert watched.limits.get(watched.server.base) is None


def test_refusals_of_one_call_lower_the_rate_twice_at_most() -> None:
    """A number that is always answered as too fast: five attempts, and a quarter of the rate is left at least."""
    with watched_client(lambda _: refusal(67200002), patsnap_qps=1000) as watched:
        watched.fetch("US10000001B2")
        assert watched.attempts == 5
        rate = watched.client.condition().calls_a_second
        assert rate is not None
        assert rate >= 250
