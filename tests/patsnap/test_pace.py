"""Threads that take turns, and a pace that is kept elsewhere and may fail."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock, Thread

import pytest

from components.patsnap.pace import LATE, Pace
from components.patsnap.pace_state import PaceState
from tests.waiting import until


class SharedInMemory:
    """A `SharedPace` of this process, which can fail and counts what is written."""

    def __init__(self) -> None:
        self.state = ""
        self.writes = 0
        self.reads = 0
        self.failing = False
        self._lock = Lock()

    def now(self) -> float:
        """Return the time, whose origin is not that of this machine's clock."""
        return time.monotonic() + 1e9

    def read_pace(self) -> tuple[str, float]:
        """Return state and time."""
        if self.failing:
            raise OSError("gone")
        self.reads += 1
        return self.state, self.now()

    def change_pace(self, change: Callable[[str, float], str | None]) -> None:
        """Replace the state."""
        if self.failing:
            raise OSError("gone")
        with self._lock:
            changed = change(self.state, self.now())
            if changed is not None:
                self.state, self.writes = changed, self.writes + 1


def turns(pace: Pace, threads: int) -> list[int]:
    """Let so many threads wait for a turn each, and give what they got."""
    with ThreadPoolExecutor(threads) as pool:
        return [future.result() for future in [pool.submit(pace.wait) for _ in range(threads)]]


def test_a_refusal_lowers_the_pace_once_with_eight_threads_queued() -> None:
    """Neither refusals of calls under way nor threads that had queued before lower it again."""
    pace = Pace(4.0)
    under_way = turns(pace, 4)
    queued: list[int] = []
    enough = Event()

    def check() -> None:
        if enough.is_set():
            raise InterruptedError

    def take_one_turn() -> None:
        with suppress(InterruptedError):
            queued.append(pace.wait(check))

    threads = [Thread(target=take_one_turn) for _ in range(8)]
    for thread in threads:
        thread.start()
    until(lambda: pace._waiting == 8, "eight queued threads")
    for generation in under_way:
        pace.slow(generation, 0.0)
    assert pace.rate == 2.0
    until(lambda: queued, "the turn of a queued thread")
    enough.set()
    for thread in threads:
        thread.join(20)
    assert pace.rate is not None
    assert pace.rate >= 2.0
    assert min(queued) > max(under_way)


def test_a_later_refusal_lowers_the_pace_again() -> None:
    """A call that was let through at the lowered pace."""
    pace = Pace(1000.0, window=0.01)
    pace.slow(pace.wait(), 0.0)
    assert pace.rate == 500.0
    pace.slow(pace.wait(), 0.0)
    assert pace.rate == 250.0


def test_a_free_pace_lets_the_first_calls_through_at_once() -> None:
    """A look-up of a hundred patents is four calls; nothing limits them and nothing is written."""
    shared = SharedInMemory()
    pace = Pace(None, shared=shared)
    turns(pace, 4)
    assert pace.rate is None
    assert (shared.reads, shared.writes) == (1, 0)


def test_what_a_process_learned_another_one_knows() -> None:
    """The next process begins with the pace that was learned."""
    shared = SharedInMemory()
    one, other = Pace(None, shared=shared, window=0.2), Pace(None, shared=shared, window=0.2)
    generations = turns(one, 4)
    for generation in generations[3:]:
        one.slow(generation, 0.0)
    assert one.rate == 7.5
    other.wait()
    assert other.rate == 7.5


def test_the_wait_ends_when_the_check_says_so() -> None:
    """Whoever waits for a turn of a slow pace is heard within a slice."""
    pace = Pace(0.01)
    pace.wait()
    stopped, checks = Event(), []

    def check() -> None:
        checks.append(time.monotonic())
        if stopped.is_set():
            raise InterruptedError

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(pace.wait, check)
        until(lambda: len(checks) >= 3, "a third check")
        stopped.set()
        with pytest.raises(InterruptedError):
            waiting.result(20)
    assert pace._waiting == 0


def test_the_check_is_heard_while_another_thread_holds_the_lock() -> None:
    """A store that is locked for long holds up the thread that asks it, and no other."""
    pace = Pace(5.0)

    def check() -> None:
        raise InterruptedError

    with pace._lock, ThreadPoolExecutor(1) as pool, pytest.raises(InterruptedError):
        pool.submit(pace.wait, check).result(20)


def test_a_shared_pace_that_fails_holds_up_no_call() -> None:
    """This process goes on at the configured pace, and at the pace that it last knew to be lowered."""
    shared = SharedInMemory()
    pace = Pace(100.0, shared=shared, window=0.01)
    generation = pace.wait()
    shared.failing = True
    pace.slow(generation, 0.0)
    assert pace.rate == 50.0
    assert len(turns(pace, 4)) == 4


def test_a_call_is_sent_at_its_turn() -> None:
    """It is let through a little before, for what must be done first."""
    pace = Pace(3.3)
    pace.wait()
    generation = pace.wait()
    pace.sending(generation)
    assert time.monotonic() >= generation / 1e6


def test_after_a_call_that_was_sent_late_the_next_one_comes_later() -> None:
    """What counts for the service is when calls are sent."""
    pace = Pace(3.3)
    generation = pace.wait()
    until(lambda: time.monotonic() > generation / 1e6 + 0.1, "a tenth of a second")
    sent = time.monotonic()
    pace.sending(generation)
    assert pace.wait() / 1e6 >= sent - LATE + 1 / 3.3


def test_a_turn_given_ahead_is_withdrawn_when_the_pace_is_lowered() -> None:
    """Whoever waits for it gets a later one."""
    pace = Pace(3.3)
    first = pace.wait()
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(pace.wait)
        until(lambda: len(pace._state.turns) == 2, "the turn given ahead")
        given = pace._state.turns[-1]
        pace.slow(first, 0.0)
        assert second.result(20) / 1e6 > given
    assert pace.rate is not None
    assert pace.rate < 3.3


def test_turns_are_moments_of_the_shared_clock() -> None:
    """From the first one on, with a known and an unknown rate."""
    for qps in (None, 100.0):
        shared = SharedInMemory()
        before = shared.now()
        generation = Pace(qps, shared=shared).wait()
        assert before <= generation / 1e6 <= shared.now()


def test_a_slow_answer_of_the_store_does_not_set_the_clock_back() -> None:
    """Its time was true when it was told, and all processes must agree when a turn is."""
    shared = SharedInMemory()
    pace = Pace(50.0, shared=shared)
    pace.wait()
    told = shared.now()
    until(lambda: shared.now() > told + 0.1, "a tenth of a second")
    pace._adopt(PaceState(), told)
    assert pace._now() > told + 0.09
    pace._adopt(PaceState(), told - 100)
    assert pace._now() < told - 99
