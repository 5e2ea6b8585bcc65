"""Slows or breaks calls on purpose: the rate limit and injected faults."""

import threading
import time
from collections import deque

from components.sandbox.errors import Refused
from components.sandbox.switches import Injection


class RateLimit:
    """Limits the calls a second. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._passed: deque[float] = deque()

    def admit(self, qps: float | None) -> bool:
        """Return whether one more call may pass now, and count it if so; without a `qps` every call may."""
        if qps is None:
            return True
        span = max(1.0, 1 / qps)
        with self._lock:
            now = time.monotonic()
            while self._passed and self._passed[0] <= now - span:
                self._passed.popleft()
            if len(self._passed) >= max(1, int(qps * span)):
                return False
            self._passed.append(now)
            return True


class InjectedFaults:
    """Counts calls, to know when an injected fault is due. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: list[int] = []

    def restart(self) -> None:
        """Start counting the calls for every injected fault again."""
        with self._lock:
            self._seen = []

    def raise_due(self, injections: tuple[Injection, ...], at: str) -> None:
        """Count one call, and refuse it if a fault is due; of several, the first.

        Raises:
            Refused: with the code of the fault.
        """
        with self._lock:
            self._seen += [0] * (len(injections) - len(self._seen))
            due = []
            for index, injection in enumerate(injections):
                if injection.at == at:
                    self._seen[index] += 1
                    turn = self._seen[index] - injection.after
                    if turn > 0 and (injection.times is None or turn <= injection.times):
                        due.append(injection.code)
        if due:
            raise Refused(due[0])
