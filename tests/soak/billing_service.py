"""A service on a real socket that writes down each call as it arrives and each charge as it is made, by number."""

import random
import time
from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import Any

from tests.patsnap.service import Asked, Reply, document, entry, envelope


def synthetic(index: int, *, documents: int) -> dict[str, Any]:
    """Return the entry of one made-up application; index 1 is US9900001B2 and US14/000001."""
    return entry(
        f"US99{index:05}B2", [document(number) for number in range(documents)],
        apno=f"US14/{index:06}", patent_id=f"id-{index}",
    )  # fmt: skip


class BillingService:
    """Answers for made-up applications under both their names, after a while, and bills each one that it returns.

    A call that has arrived is carried out and billed whatever becomes of whoever made it.

    Args:
        dice: draws how long each call takes, and whether it is billed at its beginning or at its end.
        latency: seconds that a call takes, at least and at most.
    """

    def __init__(self, dice: random.Random, *, latency: tuple[float, float] = (0.02, 0.25), documents: int = 2) -> None:
        self.latency = latency
        self.billed: Counter[str] = Counter()
        self.arrivals: list[tuple[float, tuple[str, ...]]] = []
        self._dice = dice
        self._documents = documents
        self._lock = Lock()
        self._under_way = 0
        self._last_change = time.monotonic()
        self._entries: dict[str, dict[str, Any]] = {}

    @property
    def under_way(self) -> int:
        """How many calls have arrived and are not answered yet."""
        with self._lock:
            return self._under_way

    @property
    def is_quiet(self) -> bool:
        """Whether no call is under way, and none has come or gone for a tenth of a second."""
        with self._lock:
            return not self._under_way and time.monotonic() - self._last_change > 0.1

    def bills_of(self, grants: list[str]) -> Mapping[str, int]:
        """Return how often each of these grants was billed, those that never were left out."""
        with self._lock:
            return {grant: self.billed[grant] for grant in grants if grant in self.billed}

    def first_arrival(self, *, after: float, among: set[str]) -> float | None:
        """Return when (by the monotonic clock) the first call for any of these numbers came after a moment."""
        with self._lock:
            return next((at for at, numbers in self.arrivals if at > after and not among.isdisjoint(numbers)), None)

    def __call__(self, asked: Asked) -> Reply:
        """Answer one call."""
        known = [found for number in asked.numbers if (found := self._entry(number))]
        with self._lock:
            self._under_way += 1
            self._last_change = time.monotonic()
            self.arrivals.append((self._last_change, tuple(asked.numbers)))
            takes, bills_first = self._dice.uniform(*self.latency), self._dice.random() < 0.5
        if bills_first:
            self._bill(known)
        time.sleep(takes)
        if not bills_first:
            self._bill(known)
        with self._lock:
            self._under_way -= 1
            self._last_change = time.monotonic()
        return Reply(envelope(known))

    def _bill(self, entries: list[dict[str, Any]]) -> None:
        with self._lock:
            self.billed.update(found["patent_number"] for found in entries)

    def _entry(self, number: str) -> dict[str, Any] | None:
        digits = number.removeprefix("US99").removesuffix("B2").removeprefix("US14/")
        return synthetic(int(digits), documents=self._documents) if digits.isdigit() else None
