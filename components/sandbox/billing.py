"""The billing counter: what the real service would have charged."""

import threading
from collections import Counter
from collections.abc import Iterable
from typing import Any


class Billing:
    """Counts charges as P048 makes them: each patent that an answer returns, once a call. Thread-safe.

    Refused calls, unknown numbers and documents opened by their link cost nothing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_number: Counter[str] = Counter()
        self._refused: Counter[int] = Counter()
        self._calls = 0

    def count_call(self) -> None:
        """Count a call for documents, whether it is answered or refused."""
        with self._lock:
            self._calls += 1

    def count_refusal(self, code: int) -> None:
        """Count a call for documents that was refused with this code or HTTP status."""
        with self._lock:
            self._refused[code] += 1

    def count_charges(self, numbers: Iterable[str]) -> None:
        """Count one more charge for each of these numbers, as they were asked for."""
        with self._lock:
            self._by_number.update(numbers)

    def reset(self) -> None:
        """Set all counts to zero."""
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
        """How many calls for documents were made, refused ones included; calls for a token are not counted."""
        with self._lock:
            return self._calls

    @property
    def refused(self) -> dict[int, int]:
        """How many calls for documents were refused, by code or HTTP status."""
        with self._lock:
            return dict(self._refused)

    def snapshot(self) -> dict[str, Any]:
        """Return all counts at one moment, ready for JSON."""
        with self._lock:
            return {
                "total": self._by_number.total(),
                "calls": self._calls,
                "refused": {str(code): times for code, times in self._refused.items()},
                "by_number": dict(self._by_number),
            }
