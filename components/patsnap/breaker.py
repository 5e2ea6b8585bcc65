"""The circuit breaker: when the service is down, not every queued patent has to find that out by a call of its own.

**What counts.** Calls that were not sent, that brought no answer, or that were refused as busy; a call that came too
fast, or any other answer, says that the service is there. One bad number looks like an outage of its own, so the
breaker opens only after five failures in a row that concern at least four different questions. A question is what one
call asks for: its retries are the same question, and so is the same call made again. The halves of a batch that is
searched for a bad number are too, unless another question has failed as well. A call that was not sent says nothing
about numbers and is a question of its own.

**While failures stand.** No more calls are let through at once than could still open the breaker, so that an outage
is found out by few calls.

**While it is open.** Calls wait. When the rest is over, one of them tries: one with the fewest numbers, which costs
least and is the least likely to hold a bad number. If it succeeds, all go on; if it fails, all that wait end with a
`PausedError`, and the next rest is twice as long, up to ten minutes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Condition

from components.patsnap.errors import PatsnapError, RateError, error
from components.patsnap.faults import FaultClass

FAILURES = 5
"""Failures in a row that open the breaker, if they concern enough questions."""
QUESTIONS = 4
"""Different questions that must have failed: the usual batches of a hundred patents."""
REST_SECONDS = 30.0
"""Seconds of the first rest, in which no call is let through."""
LONGEST_REST = 600.0
"""Seconds of the longest rest."""
LOOK_SECONDS = 0.2
"""How often a call that waits looks whether it still should."""
_DOWN = frozenset({FaultClass.NOT_SENT, FaultClass.UNCERTAIN, FaultClass.REFUSED})


class Passage:
    """One call that was let through. Whoever makes it says how it ended; else it says nothing about the service.

    Args:
        numbers: what the call asks for.
        is_probe: whether it is the one call that tries after a rest.
        is_search: whether it is a part of a batch that is searched for a bad number.
    """

    def __init__(self, numbers: Sequence[str], *, is_probe: bool, is_search: bool) -> None:
        self.question = frozenset(numbers)
        self.is_probe = is_probe
        self.is_search = is_search
        self.answered = False
        self.failure: PatsnapError | None = None

    def ended(self, failure: PatsnapError | None) -> None:
        """Say how the call ended.

        Args:
            failure: its error; `None` if it succeeded.
        """
        down = failure is not None and failure.fault_class in _DOWN and not isinstance(failure, RateError)
        self.answered = not down
        self.failure = failure if down else None

    @property
    def failed_as_probe(self) -> bool:
        """Whether the service is still down by this call."""
        return self.is_probe and self.failure is not None


class CircuitBreaker:
    """Counts failures in a row and lets calls wait while the service is down; shared by all threads of a client.

    Args:
        wait_scale: scale of the rests; tests set it to nearly nothing.
    """

    def __init__(self, *, wait_scale: float = 1.0) -> None:
        self._first_rest = REST_SECONDS * wait_scale
        self._longest_rest = LONGEST_REST * wait_scale
        self._changed = Condition()
        self._failures = 0
        self._not_sent = 0
        self._questions: set[frozenset[str]] = set()
        self._under_way = 0
        self._waiting: list[int] = []
        self._rest = self._first_rest
        self._open_until: float | None = None
        self._down_since: datetime | None = None
        self._probing = False
        self._failed_probes = 0

    @contextmanager
    def passage(
        self, check: Callable[[], None], numbers: Sequence[str], *, is_search: bool = False
    ) -> Iterator[Passage]:
        """Let a call through, at once or after a wait.

        Args:
            check: called while the call waits, at least every quarter of a second; raises to end the wait.
            numbers: what the call asks for.
            is_search: whether it is a part of a batch that is searched for a bad number.

        Raises:
            PausedError: the call waited for another one that tried, and the service is still down.
            Exception: whatever `check` raises.
        """
        passage = self._enter(check, numbers, is_search=is_search)
        try:
            yield passage
        finally:
            self._leave(passage)

    def others_failed(self, numbers: Sequence[str]) -> bool:
        """Return whether other questions than this one have failed since the last success."""
        with self._changed:
            return bool(self._not_sent or self._questions - {frozenset(numbers)})

    def open(self) -> None:
        """Open: somebody has found out by other means that the service is down."""
        with self._changed:
            if self._open_until is None:
                self._begin_rest()
            self._changed.notify_all()

    def number_to_try(self, numbers: Sequence[str]) -> str | None:
        """Return the number to try the service with, if it is down: one that has not failed by itself meanwhile."""
        with self._changed:
            if self._open_until is None:
                return None
            untried = (number for number in numbers if frozenset({number}) not in self._questions)
            return next(untried, numbers[0])

    @property
    def down_since(self) -> datetime | None:
        """Since when the service is down (UTC, aware); `None` if it is not."""
        return self._down_since

    @property
    def tries_again_in(self) -> float | None:
        """Seconds until a call may try again; `None` if the service is not down."""
        open_until = self._open_until
        return None if open_until is None else max(0.0, open_until - time.monotonic())

    def outage(self, cause: PatsnapError) -> PatsnapError:
        """Return the error that ends the run after a failed probe, with what that call may have cost."""
        name = "outage" if cause.fault_class.is_free else "outage asked"
        words = cause.service_words
        return error(name, code=cause.code, status=cause.status, service_words=words, until=self._tries_again_at())

    def _tries_again_at(self) -> datetime | None:
        """Return when a call may try again (UTC, aware); `None` if the service is not down."""
        seconds = self.tries_again_in
        return None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)

    def _enter(self, check: Callable[[], None], numbers: Sequence[str], *, is_search: bool) -> Passage:
        """Return the passage of a call when its turn comes."""
        failed_before: int | None = None
        while True:
            with self._changed:
                if failed_before is not None and failed_before != self._failed_probes:
                    raise error("outage", until=self._tries_again_at())
                failed_before = self._failed_probes
                wait = self._seconds_to_wait(len(numbers))
                if wait <= 0:
                    self._under_way += 1
                    self._probing = is_probe = self._open_until is not None
                    return Passage(numbers, is_probe=is_probe, is_search=is_search)
                self._waiting.append(len(numbers))
                self._changed.wait(min(wait, LOOK_SECONDS))
                self._waiting.remove(len(numbers))
            check()

    def _seconds_to_wait(self, size: int) -> float:
        """Return 0 if a call for `size` numbers may go, else for how many seconds it waits unless something changes."""
        if self._open_until is not None:
            may_try = not self._probing and size <= min(self._waiting, default=size)
            return self._open_until - time.monotonic() if may_try else LOOK_SECONDS
        missing = max(FAILURES - self._failures, QUESTIONS - self._count_questions(), 1)
        return LOOK_SECONDS if self._failures and self._under_way >= missing else 0

    def _count_questions(self) -> int:
        """Return how many different questions have failed since the last success."""
        return len(self._questions) + self._not_sent

    def _leave(self, passage: Passage) -> None:
        """Take down how a call ended, and let others look."""
        with self._changed:
            self._under_way -= 1
            if passage.is_probe:
                self._probing = False
            if passage.answered:
                self._close()
            elif passage.failure is not None:
                self._count(passage, passage.failure)
            self._changed.notify_all()

    def _close(self) -> None:
        """Forget all failures: the service is there."""
        self._failures = self._not_sent = 0
        self._questions.clear()
        self._open_until = self._down_since = None
        self._rest = self._first_rest

    def _count(self, passage: Passage, failure: PatsnapError) -> None:
        """Count a failure; open after enough of them, and rest longer after a failed probe."""
        if self._open_until is not None:
            if passage.is_probe:
                self._questions.add(passage.question)
                self._failed_probes += 1
                self._rest = min(self._rest * 2, self._longest_rest)
                self._begin_rest()
            return
        if failure.fault_class is FaultClass.NOT_SENT:
            self._not_sent += 1
        elif not passage.is_search or self._count_questions() > 1:
            self._questions.add(passage.question)
        self._failures += 1
        if self._failures >= FAILURES and self._count_questions() >= QUESTIONS:
            self._begin_rest()

    def _begin_rest(self) -> None:
        """Let no call through for the length of a rest."""
        self._open_until = time.monotonic() + self._rest
        self._down_since = self._down_since or datetime.now(UTC)
