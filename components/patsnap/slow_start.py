"""The first calls to a service whose rate is not known: a few at once, then ever more until nothing holds them back.

A look-up of 100 patents is four calls, which are not delayed. If the service allows fewer than are sent, that shows
before many are refused.
"""

import math

AT_ONCE = 4
"""Calls that are let through at once after a rest."""
CALLS_A_SECOND = 16.0
"""Rate at which further ones begin; it is four times as high each second."""
REST = 10.0
"""Seconds without a call after which it begins anew."""


class SlowStart:
    """Holds back the calls of one process while it is not known how many are accepted. Not locked.

    Args:
        scale: scale of all times.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self._scale = scale
        self._begun = 0.0
        self._last = -REST * scale
        self._calls = 0

    def next_turn(self, now: float) -> float:
        """Return the earliest time at which the next call may be let through; it may lie in the past."""
        if self._calls < AT_ONCE or now - self._last >= REST * self._scale:
            return now
        seconds = min((now - self._begun) / self._scale, 5.0)
        return self._last + self._scale / (CALLS_A_SECOND * math.pow(4, seconds))

    def take_turn(self, now: float) -> None:
        """Let one call through now."""
        if now - self._last >= REST * self._scale:
            self._begun, self._calls = now, 0
        self._calls += 1
        self._last = now
