"""How services count calls: three kinds of limit, written from their definitions.

Each says whether a call that arrives at a time, in seconds, is admitted. Not locked.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol


class RateLimit(Protocol):
    """A limit of calls."""

    def admits(self, now: float) -> bool:
        """Count a call and say whether it is served."""


@dataclass
class FixedWindows:
    """So many calls in each second of the clock; below one call a second, one call in each longer window."""

    qps: float
    _window: int = -1
    _count: int = 0

    def admits(self, now: float) -> bool:
        """Count a call and say whether it is served."""
        seconds = max(1.0, 1 / self.qps)
        if int(now / seconds) != self._window:
            self._window, self._count = int(now / seconds), 0
        self._count += 1
        return self._count <= int(self.qps * seconds)


@dataclass
class SlidingWindow:
    """So many calls within the second before any moment, and refused calls count too."""

    qps: float
    _arrivals: deque[float] = field(default_factory=deque)

    def admits(self, now: float) -> bool:
        """Count a call and say whether it is served."""
        seconds = max(1.0, 1 / self.qps)
        while self._arrivals and self._arrivals[0] <= now - seconds:
            self._arrivals.popleft()
        self._arrivals.append(now)
        return len(self._arrivals) <= int(self.qps * seconds)


@dataclass
class TokenBucket:
    """A bucket that so many tokens flow into each second; a call takes one. It holds a second's tokens, unless told."""

    qps: float
    capacity: float = 0.0
    _tokens: float = -1.0
    _at: float = 0.0

    def admits(self, now: float) -> bool:
        """Count a call and say whether it is served."""
        capacity = self.capacity or max(1.0, self.qps)
        flown = capacity if self._tokens < 0 else min(capacity, self._tokens + (now - self._at) * self.qps)
        self._at, admitted = now, flown >= 1 - 1e-9
        self._tokens = flown - 1 if admitted else flown
        return admitted
