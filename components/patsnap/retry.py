"""The only layer of retries, on stamina. How often each fault is retried is a column of `faults.csv`.

A call that may have been charged is an exception: it is repeated only if the settings allow it, and once at most.

A wait is random, between nothing and a bound that doubles with each retry (full jitter). A wait that the service asks
for is obeyed up to two minutes; a longer one ends the run with an error that states the time. Retries are taken from
a quota that all calls of a client share, so that an outage does not multiply the calls.

stamina's own hook logs the arguments and the text of the exception, which may contain an address or a secret. It is
replaced, for the whole process, by one that logs the class of the error and the wait.
"""

import logging
import random
from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from components.patsnap.errors import PatsnapError, RateError, busy_until
from components.patsnap.faults import FaultClass

MAX_WAIT_OBEYED = 120.0
"""Longest `Retry-After`, in seconds, that is waited for."""
_WAIT_BOUNDS = {FaultClass.NOT_SENT: (0.5, 8.0), FaultClass.UNCERTAIN: (0.5, 8.0), FaultClass.REFUSED: (1.0, 20.0)}
"""First and largest bound of the random wait, in seconds."""
_MAX_ATTEMPTS = 12
_log = logging.getLogger(__name__)
T = TypeVar("T")


def _log_retry(details: RetryDetails) -> None:
    """Log the class of an error and the wait before the next attempt, and nothing else of it."""
    _log.info(
        "Call %d failed (%s); next in %.1f s", details.retry_num, type(details.caused_by).__name__, details.wait_for
    )


set_on_retry_hooks([_log_retry])


class RetryQuota:
    """Limits the retries of all calls of a client together: 20 in a row without any success."""

    def __init__(self, capacity: int = 100, per_retry: int = 5) -> None:
        self._capacity = capacity
        self._per_retry = per_retry
        self._left = capacity
        self._lock = Lock()

    def take(self) -> bool:
        """Take one retry from the quota; return `False` if it is used up."""
        with self._lock:
            if self._left < self._per_retry:
                return False
            self._left -= self._per_retry
            return True

    def succeeded(self, *, retried: bool) -> None:
        """Give back what a successful retry has taken; every other successful call adds a little."""
        with self._lock:
            self._left = min(self._capacity, self._left + (self._per_retry if retried else 1))


class Retry:
    """Decides whether and when one call is retried.

    Args:
        wait_scale: scale of all waits; tests set it to nearly nothing.
        quota: limits the retries of all calls of a client; without one there is no limit.
        already_retried: names or classes of faults that are not retried.
        repeat_uncertain: how often a call that may have been charged is repeated at most.
        holds_back: returns whether a failure is not retried for a reason that the caller knows.
        on_too_fast: called with the wait, in seconds, after a refusal because calls came too fast.
    """

    def __init__(
        self,
        *,
        wait_scale: float = 1.0,
        quota: RetryQuota | None = None,
        already_retried: frozenset[str] = frozenset(),
        repeat_uncertain: int = 0,
        holds_back: Callable[[PatsnapError], bool] | None = None,
        on_too_fast: Callable[[float], None] | None = None,
    ) -> None:
        self._wait_scale = wait_scale
        self._quota = quota
        self._already_retried = already_retried
        self._repeat_uncertain = repeat_uncertain
        self._holds_back = holds_back
        self._on_too_fast = on_too_fast
        self._tries: Counter[str] = Counter()
        self._last: Exception | None = None

    def run(self, attempt: Callable[[], T]) -> T:
        """Make attempts until one succeeds or its error is final.

        Raises:
            PatsnapError: the last error.
            Exception: any other error of an attempt, at once.
        """
        for context in stamina.retry_context(on=self._wait, attempts=_MAX_ATTEMPTS, timeout=None):
            with context:
                result = attempt()
                if self._quota is not None:
                    self._quota.succeeded(retried=context.num > 1)
                return result
        raise AssertionError("stamina ended without a result")  # pragma: no cover

    def _wait(self, failure: Exception) -> float | bool:
        """Return the seconds to wait before the next attempt; `False` if there is none."""
        if not isinstance(failure, PatsnapError) or failure is self._last:
            return False
        self._last = failure
        fault = failure.fault
        counted_as = "token" if fault.fresh_token else fault.fault_class
        if self._tries[counted_as] >= self._most_retries(failure):
            return False
        too_fast = isinstance(failure, RateError)
        if not fault.fresh_token and not too_fast and self._quota is not None and not self._quota.take():
            return False
        self._tries[counted_as] += 1
        if fault.fresh_token:
            return 0.0
        wait = self._seconds(failure, self._tries[counted_as])
        if too_fast and self._on_too_fast is not None:
            self._on_too_fast(wait)
        return wait

    def _most_retries(self, failure: PatsnapError) -> int:
        """Return how often a failure may be retried at most."""
        fault = failure.fault
        if {fault.name, fault.fault_class} & self._already_retried:
            return 0
        retries = fault.retries if fault.fault_class.is_free else min(fault.retries, self._repeat_uncertain)
        return 0 if retries and self._holds_back is not None and self._holds_back(failure) else retries

    def _seconds(self, failure: PatsnapError, attempt: int) -> float:
        """Return a random wait that grows with each attempt, or the wait that the service asked for."""
        if stamina.is_testing():
            return 0.0
        first, most = _WAIT_BOUNDS.get(failure.fault_class, (0.5, 8.0))
        wait = random.uniform(0, min(most, first * 2 ** (attempt - 1)))  # noqa: S311 - spreads calls, guards nothing
        asked = (
            failure.retry_after if failure.retry_after is not None and failure.retry_after <= MAX_WAIT_OBEYED else None
        )
        # A little is added to the wait asked for, so that not all threads come back at the same moment.
        return (wait if asked is None else asked + random.uniform(0, 1)) * self._wait_scale  # noqa: S311 - as above


def too_long(failure: PatsnapError) -> PatsnapError | None:
    """Return the error that states when to come back, if the service asks for too long a wait; else `None`."""
    seconds = failure.retry_after
    if failure.fault_class is not FaultClass.REFUSED or seconds is None or seconds <= MAX_WAIT_OBEYED:
        return None
    return busy_until(failure, seconds)
