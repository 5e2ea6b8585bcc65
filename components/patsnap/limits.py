"""The largest `limit` (documents in one call) that the service accepts, found once and remembered.

The contract does not name it: sibling operations accept 1000, some 100, and without a `limit` 10 documents come. A call
refused as invalid costs nothing, so the wanted limit is tried first, then 100, then 10.
"""

from collections.abc import Set as AbstractSet
from threading import Lock
from typing import Protocol

KNOWN_LIMITS = (1000, 100, 10)
_CAPPED_AFTER = 2
"""After so many answers cut at one size, and none ever longer, that size counts as the service's largest page."""
_DOUBT_AFTER = 3
"""After so many single numbers refused in a row the limit is suspected again."""


class LimitMemory(Protocol):
    """Remembers the largest limit that a base address accepts; in the store, it lasts longer than the process."""

    def get(self, base: str) -> int | None:
        """Return the limit remembered for a base address; `None` if there is none."""

    def set(self, base: str, limit: int) -> None:
        """Remember the limit of a base address."""


class InProcessLimits:
    """A memory that lasts as long as the process."""

    def __init__(self) -> None:
        self._limits: dict[str, int] = {}

    def get(self, base: str) -> int | None:
        """Return the limit remembered for a base address; `None` if there is none."""
        return self._limits.get(base)

    def set(self, base: str, limit: int) -> None:
        """Remember the limit of a base address."""
        self._limits[base] = limit


class LimitLadder:
    """The limits to try on one base address, largest first; shared by all threads of a client.

    The remembered limit is tried first. It counts as proven only once this process has seen it accepted, since the
    service may have lowered it in the meantime.
    """

    def __init__(self, memory: LimitMemory, base: str, wanted: int) -> None:
        self._memory = memory
        self._base = base
        self._wanted = wanted
        self._ceiling = wanted
        self._proven: int | None = None
        self._refused_in_a_row = 0
        self._largest = 0
        self._cap: int | None = None
        self._times_capped = 0
        self._lock = Lock()

    def next_limit(self, refused: AbstractSet[int]) -> int | None:
        """Return the next limit to try after those in `refused`; `None` if no limit can be the cause of the refusal."""
        with self._lock:
            proven = self._proven
            ceiling = self._ceiling
        if proven is not None:
            step = min(proven, ceiling)
            return None if step in refused else step
        largest = min(self._memory.get(self._base) or ceiling, ceiling)
        lowest_refused = min(refused, default=largest + 1)
        steps = (largest, *KNOWN_LIMITS)
        return max((step for step in steps if step <= largest and step < lowest_refused), default=None)

    def note_accepted(self, limit: int) -> None:
        """Note that a call with this limit was answered."""
        with self._lock:
            self._refused_in_a_row = 0
            if (self._proven is not None and self._proven >= limit) or self._is_capped():
                return
            self._proven = limit
            was_lowered = limit == self._ceiling < self._wanted
            if self._memory.get(self._base) != limit and not was_lowered:
                self._memory.set(self._base, limit)

    def note_too_large(self, limit: int) -> None:
        """Note that the answer about a single number was too large; later calls ask for one step less.

        That is not remembered in the memory: the service accepts more, and every further page is charged.
        """
        with self._lock:
            lower = max((step for step in KNOWN_LIMITS if step < limit), default=limit)
            self._ceiling = min(self._ceiling, lower)

    def note_pages(self, largest: int, *, capped_at: int | None) -> None:
        """Note the longest page of an answer, and the size at which the service seems to cut pages silently.

        A service that accepts `limit=1000` and returns 100 is read in full all the same, but the price depends on it.
        """
        with self._lock:
            self._largest = max(self._largest, largest)
            if capped_at is not None:
                self._times_capped = self._times_capped + 1 if capped_at == self._cap else 1
                self._cap = capped_at
            if not self._is_capped() or self._proven == self._cap or self._cap is None:
                return
            self._proven = self._cap
            self._memory.set(self._base, self._cap)

    def _is_capped(self) -> bool:
        """Return whether answers were cut at one size often enough, and none was ever longer."""
        return self._times_capped >= _CAPPED_AFTER and self._largest == self._cap

    def note_refused(self) -> None:
        """Note that a single number was refused with the proven limit; several in a row point to the limit."""
        with self._lock:
            self._refused_in_a_row += 1
            if self._refused_in_a_row >= _DOUBT_AFTER:
                self._proven = None
                self._refused_in_a_row = 0
