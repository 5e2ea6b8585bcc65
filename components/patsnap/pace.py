"""The pace of calls: what the account allows a second, shared by all threads and halved for all when it was too fast.

Calls are spaced evenly (a leaky bucket without bursts), because a service that counts by the second refuses a burst
even where the average is right. Where no rate is set there is none, until the service says that it was too fast: then
half of what was sent in the last second is taken. After a quiet minute the rate doubles, up to what was set.
"""

import time
from collections import deque
from threading import Lock

from pyrate_limiter import Limiter, Rate, SingleBucketFactory, StateBucket

SLOWEST = 0.1
"""Calls a second; the pace never falls below."""
QUIET_SECONDS = 60.0


class Pace:
    """Lets calls through at the pace that the account allows."""

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

    def wait(self) -> int:
        """Wait for one's turn; gives the generation of the pace, to be handed to `slow` if it was too fast."""
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

        Refusals of calls that were under way when the pace was halved do not halve it again.

        Args:
            generation: as given by `wait` before the call that was refused.
            pause: seconds.
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
        """Calls a second at present; `None`: not limited here."""
        return self._rate

    def _recover(self) -> None:
        now = time.monotonic()
        if self._rate is None or self._rate == self._configured or now - self._slowed_at < QUIET_SECONDS:
            return
        self._slowed_at = now
        self._set_rate(self._rate * 2 if self._configured is None else min(self._rate * 2, self._configured))

    def _set_rate(self, rate: float | None) -> None:
        self._rate = rate
        if rate is None:
            self._limiter = None
            return
        bucket = StateBucket([Rate(1, max(1, round(1000 / rate)), burst=1)])
        self._limiter = Limiter(SingleBucketFactory(bucket, schedule_leak=False), buffer_ms=1)
