"""How long pages take on this machine: what the last ones took, and before the first a guess that is near."""

import threading
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
        has_engine: whether scans are read; before the first page each is taken for one.
    """

    def __init__(self, at_once: int, *, has_engine: bool) -> None:
        self._lock = threading.Lock()
        self._at_once = at_once
        self._text, self._scan = _TEXT_SECONDS, _SCAN_SECONDS
        self._scans = 1.0 if has_engine else 0.0

    def note(self, page: PageText, seconds: float) -> None:
        """Count a page that was read."""
        by_engine = bool(page.languages)
        with self._lock:
            if by_engine:
                self._scan += _WEIGHT * (seconds - self._scan)
            else:
                self._text += _WEIGHT * (seconds - self._text)
            self._scans += _WEIGHT * (by_engine - self._scans)

    def seconds(self, pages: float) -> float:
        """Return about how long so many pages take, where nobody else reads."""
        with self._lock:
            return pages * (self._scans * self._scan + (1 - self._scans) * self._text) / self._at_once
