"""How long pages take on this machine: what the last ones took, and before the first a guess that is near."""

import threading
from collections.abc import Callable
from typing import Final

from components.page_texts import PageText

_TEXT_SECONDS: Final = 0.05
"""What a page with text of its own takes until one was read here."""
_SCAN_SECONDS: Final = 1.2
"""The same for a scan on one core."""
_WEIGHT: Final = 0.1
"""How much the last page counts against all before it."""


class PagePace:
    """What a page takes, by what read it; one instance a process.

    Args:
        at_once: how many pages are read at the same time.
        has_engine: tells whether scans are read; before the first page each is taken for one.
    """

    def __init__(self, at_once: int, *, has_engine: Callable[[], bool]) -> None:
        self._lock = threading.Lock()
        self._at_once = at_once
        self._text, self._scan = _TEXT_SECONDS, _SCAN_SECONDS
        self._has_engine = has_engine
        self._scans: float | None = None
        """The share of scans; `None` before anybody asked."""

    def note(self, page: PageText, seconds: float) -> None:
        """Count a page that was read."""
        by_engine = bool(page.languages)
        with self._lock:
            scans = self._share()
            if by_engine:
                self._scan += _WEIGHT * (seconds - self._scan)
            else:
                self._text += _WEIGHT * (seconds - self._text)
            self._scans = scans + _WEIGHT * (by_engine - scans)

    def seconds(self, pages: float) -> float:
        """Return about how long so many pages take, where nobody else reads."""
        with self._lock:
            scans = self._share()
            return pages * (scans * self._scan + (1 - scans) * self._text) / self._at_once

    def _share(self) -> float:
        """Return the share of scans among the pages. Called under the lock."""
        if self._scans is None:
            self._scans = 1.0 if self._has_engine() else 0.0
        return self._scans
