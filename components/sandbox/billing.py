"""The billing counter: what the real service would have charged."""

import threading
from collections import Counter
from collections.abc import Iterable
from typing import Any


class Billing:
    """Counts each patent that an answer returned, once a call, as P048 charges. Safe to use from several threads.

    Refused calls, unknown numbers and documents opened by their link add nothing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_number: Counter[str] = Counter()
        self._refused: Counter[int] = Counter()
        self._calls = 0

    def count_call(self) -> None:
        """Count a call for documents that came in, whatever becomes of it."""
        with self._lock:
            self._calls += 1

    def count_refusal(self, code: int) -> None:
        """Count a call for documents that was refused with that code or HTTP status."""
        with self._lock:
            self._refused[code] += 1

    def count_charges(self, numbers: Iterable[str]) -> None:
        """Count each of these numbers, as they were asked for, as charged once more."""
        with self._lock:
            self._by_number.update(numbers)

    def reset(self) -> None:
        """Begin at nothing again."""
        with self._lock:
            self._by_number.clear()
            self._refused.clear()
            self._calls = 0

    @property
    def total(self) -> int:
        """How many patents were charged in all."""
        with self._lock:
            return self._by_number.total()

    @property
    def by_number(self) -> dict[str, int]:
        """How often each number was charged, as it was asked for."""
        with self._lock:
            return dict(self._by_number)

    @property
    def calls(self) -> int:
        """How many calls for documents came in, refused ones included; calls for a token are not counted."""
        with self._lock:
            return self._calls

    @property
    def refused(self) -> dict[int, int]:
        """How many calls for documents were refused, by code or HTTP status."""
        with self._lock:
            return dict(self._refused)

    def snapshot(self) -> dict[str, Any]:
        """Give all counts of one moment, ready for JSON."""
        with self._lock:
            return {
                "total": self._by_number.total(),
                "calls": self._calls,
                "refused": {str(code): times for code, times in self._refused.items()},
                "by_number": dict(self._by_number),
            }
