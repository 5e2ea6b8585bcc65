"""The pace of calls: how many a second the account allows, for all threads of this process together.

Calls are spaced evenly (a leaky bucket without bursts), because a service that counts by the second refuses a burst
even if the average is right. When the service says that calls came too fast, the pace is halved for all threads; where
none was configured, it becomes half of what was sent in the last second. After a quiet minute it doubles, up to the
configured pace.
"""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from pyrate_limiter import Limiter, Rate, SingleBucketFactory, StateBucket

SLOWEST = 0.1
"""Calls a second below which the pace never falls."""
QUIET_SECONDS = 60.0
"""After so many seconds without a refusal the pace recovers."""


class Pace:
    """Lets calls through at the pace that the account allows.

    Args:
        qps: calls a second by the settings; `None`: as many as come.
    """

    def __init__(self, qps: float | None) -> None:
        self._configured = qps
        self._lock = Lock()
        self._generation = 0
        self._paused_until = 0.0
        self._slowed_at = 0.0
        self._sent: deque[float] = deque(maxlen=1000)
        self._rate: float | None = None
        self._limiter: Limiter | None = None
        self._set_rate(qps)

    def wait(self, check: Callable[[], None] = lambda: None) -> int:
        """Wait for the turn of one call; return the generation of the pace, which `slow` needs if it was too fast."""
        check()
        while (left := self._paused_until - time.monotonic()) > 0:
            time.sleep(left)
        with self._lock:
            self._recover()
            limiter = self._limiter
        if limiter is not None:
            limiter.try_acquire("patsnap")
        with self._lock:
            self._sent.append(time.monotonic())
            return self._generation

    def slow(self, generation: int, pause: float) -> None:
        """Halve the pace and let all threads pause.

        Refusals of calls that were already under way when the pace was halved do not halve it again.

        Args:
            generation: as returned by `wait` before the refused call.
            pause: seconds for which no call is sent.
        """
        with self._lock:
            now = time.monotonic()
            self._paused_until = max(self._paused_until, now + pause)
            if generation != self._generation:
                return
            self._generation += 1
            self._slowed_at = now
            sent_lately = sum(1 for sent in self._sent if sent > now - 1)
            self._set_rate(max((self._rate or max(sent_lately, 1)) / 2, SLOWEST))

    @property
    def rate(self) -> float | None:
        """Calls a second at present; `None` if they are not limited here."""
        return self._rate

    def _recover(self) -> None:
        """Double the pace, up to the configured one, after a quiet minute."""
        now = time.monotonic()
        if self._rate is None or self._rate == self._configured or now - self._slowed_at < QUIET_SECONDS:
            return
        self._slowed_at = now
        self._set_rate(self._rate * 2 if self._configured is None else min(self._rate * 2, self._configured))

    def _set_rate(self, rate: float | None) -> None:
        """Set the calls a second; `None` for no limit."""
        self._rate = rate
        if rate is None:
            self._limiter = None
            return
        bucket = StateBucket([Rate(1, max(1, round(1000 / rate)), burst=1)])
        self._limiter = Limiter(SingleBucketFactory(bucket, schedule_leak=False), buffer_ms=1)
