"""Row F47 of the fault matrix: an outage is found out by few calls, waited for, and ended by one call that tries."""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError, Event, Lock

import pytest

from components.patsnap import Client, FetchResult, PausedError
from components.patsnap.breaker import CircuitBreaker
from components.patsnap.errors import error
from components.settings import Settings
from tests.patsnap.service import Asked, Reply, Server, document, entry, envelope, refusal, scripted
from tests.patsnap.watched_client import ACCOUNTS, CREDENTIALS, SpendLog, watched_client
from tests.waiting import until

NUMBERS = [f"US{10000000 + index}B2" for index in range(100)]
BATCHES = [NUMBERS[start : start + 25] for start in range(0, 100, 25)]
SINGLES = [[number] for number in NUMBERS]
each_account = pytest.mark.parametrize("account", ACCOUNTS)
DOWN = [Reply(b"", 500), Reply(b"", 502), Reply(b"", 503), refusal(68300008), refusal(67200100), Reply(b"")]
each_kind = pytest.mark.parametrize("down", DOWN, ids=["500", "502", "503", "68300008", "67200100", "empty"])
QUICK, SHORT = 0.002, 0.01
"""Scales of all waits: a rest of half a minute takes 0.06 s or 0.3 s."""


def good(asked: Asked) -> Reply:
    """Answer every number with one document."""
    return Reply(envelope([entry(number, [document(1)]) for number in asked.numbers]))


def side_by_side(reply: Reply, count: int) -> Callable[[Asked], Reply]:
    """Answer the first calls when so many have come, as threads that begin at the same moment make them."""
    together = Barrier(count)

    def respond(_: Asked) -> Reply:
        with suppress(BrokenBarrierError):
            together.wait(5)
            together.abort()  # nobody waits any more
        return reply

    return respond


@contextmanager
def client_of(base: str, *, account: str = "api key", wait_scale: float = QUICK, **settings) -> Iterator[Client]:
    """Make a client whose rests take as long as the scale says."""
    chosen = {"patsnap_deadline": 5.0, "patsnap_limit": 1000} | CREDENTIALS[account] | settings
    client = Client.from_settings(Settings(patsnap_base_url=base, **chosen), wait_scale=wait_scale)
    try:
        yield client
    finally:
        client.close()


class LookUp:
    """A look-up of a hundred patents as the worker makes it: in threads, and ended by the first error that ends it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.ended = Event()
        self.errors: list[Exception] = []
        self.results: list[FetchResult] = []
        self.spend_log = SpendLog()
        self._lock = Lock()

    def run(self, parts: Sequence[Sequence[str]], *, threads: int = 8) -> "LookUp":
        """Fetch all parts."""
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self._fetch, parts))
        self.spend_log.assert_settled()
        return self

    def _fetch(self, part: Sequence[str]) -> None:
        if self.ended.is_set():
            return
        try:
            result = self.client.fetch(part, spend_hook=self.spend_log)
        except PausedError as caught:
            self.ended.set()
            with self._lock:
                self.errors.append(caught)
        else:
            with self._lock:
                self.results.append(result)

    @property
    def found(self) -> set[str]:
        """The numbers that arrived."""
        return {number for result in self.results for number in result.found}


@each_account
@each_kind
def test_an_outage_of_singles_is_found_out_by_few_calls(account: str, down: Reply) -> None:
    """100 patents on 8 threads: 5 to 8 calls, one that tries, and the run ends."""
    with (
        Server(side_by_side(down, 8)).running() as server,
        client_of(server.base, account=account, patsnap_batch=1) as client,
    ):
        look_up = LookUp(client).run(SINGLES)
        assert 5 + 1 <= len(server.calls) <= 8 + 1
        assert f"paused until {look_up.errors[0].until:%d %b %Y %H:%M} UTC" in str(look_up.errors[0])
        assert client.condition().down_since <= datetime.now(UTC)
        assert client.condition().tries_again_in > 0


@each_kind
def test_an_outage_of_batches_is_found_out_by_few_calls(down: Reply) -> None:
    """Four batches of 25, side by side or in one fetch: 4 calls for what may have been charged, else 5 to 8."""
    for parts in (BATCHES, [NUMBERS]):
        with Server(side_by_side(down, len(parts))).running() as server, client_of(server.base) as client:
            look_up = LookUp(client).run(parts)
            if "uncertain" in look_up.spend_log.states:
                assert len(server.calls) == 4
                assert not look_up.errors
            else:
                assert 5 + 1 <= len(server.calls) <= 8 + 1
                assert look_up.errors


def test_a_refused_connection_is_found_out_by_few_calls() -> None:
    """Nothing was sent: five attempts, however they are spread over numbers, and one that tries."""
    for parts, threads in ((BATCHES, 4), ([NUMBERS], 1), (SINGLES, 8), (SINGLES, 1)):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with client_of(base) as client:
            look_up = LookUp(client).run(parts, threads=threads)
            assert 5 + 1 <= len(look_up.spend_log.settled) <= 8 + 1
            assert set(look_up.spend_log.states) == {"released"}
            assert look_up.errors


def test_an_outage_of_timeouts_is_found_out_by_few_calls() -> None:
    """Nothing answers before the deadline."""
    with (
        Server(scripted(Reply(b"", delay=0.6))).running() as server,
        client_of(server.base, patsnap_deadline=0.3, patsnap_batch=1) as client,
    ):
        look_up = LookUp(client).run(SINGLES)
        assert 5 + 1 <= len(server.calls) <= 8 + 1
        assert look_up.errors


@pytest.mark.parametrize("down", DOWN[1:3], ids=["502", "503"])
def test_an_outage_of_ten_minutes_costs_twenty_calls_at_most(down: Reply) -> None:
    """Even if nobody stops: the rests grow longer with each call that tries in vain."""
    scale = 0.001
    end = time.monotonic() + 600 * scale
    with Server(scripted(down)).running() as server, client_of(server.base, wait_scale=scale) as client:
        while time.monotonic() < end:
            LookUp(client).run(SINGLES)
        assert len(server.calls) <= 20


@each_account
@each_kind
def test_after_a_short_outage_all_goes_on_by_itself(account: str, down: Reply) -> None:
    """Calls wait through the rest; the one that tries succeeds, and every number that could wait arrives."""
    opened = Event()

    def respond(asked: Asked) -> Reply:
        if client.condition().down_since is not None:
            opened.set()
        return good(asked) if opened.is_set() else down

    with Server(respond).running() as server, client_of(server.base, account=account, patsnap_batch=1) as client:
        look_up = LookUp(client).run(SINGLES)
        assert opened.is_set()
        assert not look_up.errors
        settled = look_up.spend_log.settled
        uncertain = {number for call, outcome in settled if outcome.state == "uncertain" for number in call.numbers}
        assert len(uncertain) <= 8
        assert look_up.found == set(NUMBERS) - uncertain
        assert set(look_up.spend_log.charged.values()) == {1}
        assert client.condition().down_since is None
        assert client.condition().tries_again_in is None


def test_one_resume_after_an_outage_brings_everything() -> None:
    """The run ended; the service is back; the next run waits for the rest, and brings all at once."""
    down = Event()
    down.set()

    def respond(asked: Asked) -> Reply:
        return Reply(b"", 503) if down.is_set() else good(asked)

    with Server(respond).running() as server, client_of(server.base, wait_scale=SHORT) as client:
        assert LookUp(client).run(BATCHES).errors
        down.clear()
        resumed = LookUp(client).run(BATCHES)
        assert not resumed.errors
        assert resumed.found == set(NUMBERS)


def test_calls_wait_for_how_the_one_that_tries_ends() -> None:
    """While one call tries, the others send nothing; if it succeeds, they go on."""
    opened, answer = Event(), Event()

    def respond(asked: Asked) -> Reply:
        if not opened.is_set():
            return Reply(b"", 503)
        answer.wait(10)
        return good(asked)

    with Server(respond).running() as server, client_of(server.base, wait_scale=SHORT) as client:
        with ThreadPoolExecutor(1) as pool:
            look_up = LookUp(client)
            run = pool.submit(look_up.run, SINGLES[:8])
            until(lambda: client.condition().down_since is not None, "the outage")
            opened.set()
            sent = len(server.calls)
            until(lambda: len(server.calls) > sent, "the call that tries")
            checks = look_up.spend_log.checks
            until(lambda: look_up.spend_log.checks > checks + 14, "the others, asking whether to wait on")
            assert len(server.calls) == sent + 1
            answer.set()
            run.result()
        assert not look_up.errors
        assert look_up.found == set(NUMBERS[:8])


def test_the_spend_hook_ends_a_wait() -> None:
    """Whoever stops a look-up does not wait for the service; nothing more is sent."""

    class Stopping(SpendLog):
        def check(self) -> None:
            """End the wait."""
            raise InterruptedError("stopped")

    with Server(scripted(Reply(b"", 503))).running() as server, client_of(server.base, wait_scale=1.0) as client:
        with pytest.raises(InterruptedError):
            open_the_breaker(client, server)
        sent = len(server.calls)
        with pytest.raises(InterruptedError, match="stopped"):
            client.fetch([NUMBERS[50]], spend_hook=Stopping())
        assert len(server.calls) == sent


def open_the_breaker(client: Client, server: Server) -> None:
    """Let calls fail until the service counts as down, and stop the call that then waits."""

    class Patient(SpendLog):
        def check(self) -> None:
            """Stop as soon as the service counts as down."""
            if client.condition().down_since is not None:
                raise InterruptedError

    server.respond = scripted(Reply(b"", 500))
    for number in NUMBERS[:10]:
        client.fetch([number], spend_hook=Patient())


POISONS: list[tuple[str, Callable[[], Reply]]] = [
    ("500", lambda: Reply(b"", 500)),
    ("503", lambda: Reply(b"", 503)),
    ("504", lambda: Reply(b"", 504)),
    ("68300008", lambda: refusal(68300008)),
    ("67200100", lambda: refusal(67200100)),
    ("68300005", lambda: refusal(68300005)),
    ("empty", lambda: Reply(b"")),
]


@each_account
@pytest.mark.parametrize("poison", [make for _, make in POISONS], ids=[name for name, _ in POISONS])
def test_one_bad_number_is_no_outage(account: str, poison: Callable[[], Reply]) -> None:
    """Asked for ten times alone, and three times in a batch: the service never counts as down."""
    bad = NUMBERS[12]

    def respond(asked: Asked) -> Reply:
        return poison() if bad in asked.numbers else good(asked)

    with watched_client(respond, account=account, patsnap_limit=1000) as watched:
        for _ in range(10):
            watched.fetch(bad)
            assert watched.raised is None
            assert watched.client.condition().down_since is None
        for _ in range(3):
            watched.fetch(*NUMBERS[:25])
            assert watched.raised is None
            assert watched.client.condition().down_since is None
        watched.fetch(NUMBERS[99])
        assert NUMBERS[99] in watched.answer.found


def test_a_few_bad_numbers_in_different_look_ups_are_no_outage() -> None:
    """Three numbers that always fail, asked for again and again with nothing good in between."""
    with watched_client(scripted(Reply(b"", 500)), patsnap_limit=1000) as watched:
        for _ in range(5):
            for number in NUMBERS[:3]:
                watched.fetch(number)
                assert watched.raised is None
        assert watched.client.condition().down_since is None


@pytest.mark.parametrize("place", [0, 7, 24])
def test_a_bad_number_in_every_batch_keeps_nobody_out(place: int) -> None:
    """Four batches side by side fail as in an outage; single numbers try the service, and the good ones arrive."""
    bad = {batch[place] for batch in BATCHES}

    def respond(asked: Asked) -> Reply:
        return Reply(b"", 503) if bad & set(asked.numbers) else good(asked)

    with Server(respond).running() as server, client_of(server.base) as client:
        found: set[str] = set()
        for _ in range(20):  # how many it takes depends on which thread comes first
            rest = [[number for number in batch if number not in found] for batch in BATCHES]
            found |= LookUp(client).run(rest, threads=4).spend_log.charged.keys()
            if found == set(NUMBERS) - bad:
                break
        assert found == set(NUMBERS) - bad


def test_the_service_is_tried_with_one_number() -> None:
    """The call that can cost least goes first; another number each time."""
    with Server(scripted(Reply(b"", 503))).running() as server, client_of(server.base) as client:
        tried = []
        for _ in range(3):
            assert LookUp(client).run(BATCHES, threads=4).errors
            tried.append(server.calls[-1].numbers)
        assert [len(numbers) for numbers in tried] == [1, 1, 1]
        assert len({*map(tuple, tried)}) == 3


@pytest.mark.parametrize("alive", [refusal(68300004), refusal(67200002), Reply({"status": True})])
def test_a_service_that_answers_is_no_outage(alive: Reply) -> None:
    """A refusal of a number or of the pace, or an unusable answer, ends a row of failures."""
    turns = iter(([Reply(b"", 500)] * 4 + [alive]) * 4)
    with watched_client(lambda _: next(turns), patsnap_limit=10, patsnap_qps=1e6) as watched:
        for number in NUMBERS[:20]:
            watched.fetch(number)
            assert watched.raised is None
        assert watched.client.condition().down_since is None


def test_a_failed_try_that_may_have_been_charged_says_so() -> None:
    """The error that ends the run does not claim that nothing was charged."""
    with Server(scripted(Reply(b"", 500))).running() as server, client_of(server.base, wait_scale=QUICK) as client:
        look_up = LookUp(client).run(SINGLES, threads=1)
        assert look_up.spend_log.states == ["uncertain"] * len(server.calls)
        assert "It may have been charged." in str(look_up.errors[0])


def test_each_rest_is_longer_than_the_one_before() -> None:
    """Half a minute, one, two … ten minutes; a success begins anew."""
    scale = 0.0001
    breaker = CircuitBreaker(wait_scale=scale)
    breaker.open()
    rests = [breaker._rest / scale]
    for outcome in [error("http 503")] * 7 + [None]:
        with breaker.passage(lambda: None, ["US1B2"]) as passage:
            passage.ended(outcome)
        rests.append(breaker._rest / scale)
    assert rests == pytest.approx([30, 60, 120, 240, 480, 600, 600, 600, 30])
    assert breaker.down_since is None
