"""The circuit breaker: when the service is down, not every queued patent has to find that out by a call of its own.

It opens after five failures in a row across all threads (not sent, uncertain, or busy; calls that came too fast do not
count). While it is open every call is refused here, at no cost. After half a minute one call may try; if that succeeds,
the breaker closes.
"""

import time
from collections.abc import Callable
from threading import Lock

from components.patsnap.errors import PatsnapError, RateError, error
from components.patsnap.faults import FaultClass

FAILURES = 5
"""Failures in a row that open the breaker."""
REST_SECONDS = 30.0
"""Seconds for which no call is let through."""


class CircuitBreaker:
    """Counts failures in a row; shared by all threads of a client."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        rest: float = REST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_failures = failures
        self._rest = rest
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._open_until: float | None = None
        self._probing = False

    def enter(self) -> None:
        """Let a call through, or refuse it; after every call let through, `leave` must be called.

        Raises:
            PausedError: the breaker is open.
        """
        with self._lock:
            if self._open_until is None:
                return
            if self._clock() < self._open_until or self._probing:
                raise error("outage")
            self._probing = True

    def leave(self, failure: PatsnapError | None, *, called: bool = True) -> None:
        """Record how a call that was let through ended.

        Args:
            failure: its error; `None` if it succeeded.
            called: whether the call was sent; one that the spend hook forbade says nothing about the service.
        """
        with self._lock:
            self._probing = False
            if not called:
                return
            answered = failure is None or failure.fault_class in {FaultClass.FINAL, FaultClass.BAD_DATA}
            if answered or isinstance(failure, RateError):
                self._failures = 0
                self._open_until = None
                return
            self._failures += 1
            if self._failures >= self._max_failures:
                self._open_until = self._clock() + self._rest
