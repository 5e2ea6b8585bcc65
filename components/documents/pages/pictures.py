"""The pictures of one workspace's papers: drawn once, kept in memory for a while, and why some cannot be drawn."""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from components.documents.errors import NotDrawn
from components.documents.pages.drawing import Drawing, Picture

WIDTHS: Final = (800, 1200, 1600, 2400)
"""The widths of pictures in pixels: few, so that one that was drawn can be given again."""
_MAX_BYTES: Final = 48 * 1024 * 1024
"""Bytes of pictures kept in memory: some 300 pages of text at 1,200 pixels."""
_MAX_FAILURES: Final = 1_000
_FAILURE_SECONDS: Final = 60.0
"""How long a page that could not be drawn is not tried again: each try may cost all the time that is allowed."""


class _Key(NamedTuple):
    pdf: str
    """SHA-256 of the PDF: what is shown can never be another paper's, whatever happens to ids and links."""
    page: int
    width: int


class PagePictures:
    """The pictures of one workspace; used by all threads.

    Args:
        drawing: draws them.
        workspace: whose papers these are; how soon a picture comes tells nothing of what another one reads.
        clock: seconds that never jump.
    """

    def __init__(self, drawing: Drawing, *, workspace: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._drawing = drawing
        self._workspace = workspace
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Picture] = OrderedDict()
        self._bytes = 0
        self._failed: OrderedDict[_Key, tuple[float, NotDrawn]] = OrderedDict()
        self._under_way: dict[str, tuple[threading.Lock, int]] = {}

    def picture(self, sha256: str, pdf: Callable[[], bytes], page: int, width: int) -> Picture:
        """Return a page as a picture: kept, or else drawn. Of one paper one page is drawn at a time.

        Args:
            sha256: of the PDF, in hexadecimal digits.
            pdf: returns its bytes; called only where they are needed.
            page: its number, from 1.
            width: pixels; the next of `WIDTHS` that is not smaller is taken, else the greatest.

        Raises:
            NotDrawn: there is none; says why and what to do.
        """
        key = _Key(sha256, page, next((step for step in WIDTHS if step >= width), WIDTHS[-1]))
        found = self._found(key)
        if found is not None:
            return found
        with self._one_at_a_time(sha256):
            found = self._found(key)  # somebody else may have drawn it meanwhile
            if found is None:
                found = self._drawn(key, pdf)
        return found

    def warm_up(self) -> None:
        """Get ready to draw, so that the first picture comes as fast as the others."""
        self._drawing.warm_up()

    def forget(self) -> None:
        """Let go of all pictures."""
        with self._lock:
            self._kept.clear()
            self._failed.clear()
            self._bytes = 0

    def _found(self, key: _Key) -> Picture | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            until, failure = self._failed.get(key, (0.0, None))
        if failure is not None and self._clock() < until:
            raise NotDrawn(failure.kind, pages=failure.pages)
        return None

    def _drawn(self, key: _Key, pdf: Callable[[], bytes]) -> Picture:
        paper = hashlib.sha256(f"{self._workspace}\n{key.pdf}".encode()).hexdigest()
        try:
            picture = self._drawing.draw(paper, pdf, key.page, key.width)
        except NotDrawn as failure:
            if failure.of_the_page:
                self._keep_failure(key, failure)
            raise
        with self._lock:
            self._kept[key] = picture
            self._bytes += len(picture.data)
            while self._bytes > _MAX_BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.data)
        return picture

    def _keep_failure(self, key: _Key, failure: NotDrawn) -> None:
        with self._lock:
            self._failed[key] = self._clock() + _FAILURE_SECONDS, NotDrawn(failure.kind, pages=failure.pages)
            self._failed.move_to_end(key)
            while len(self._failed) > _MAX_FAILURES:
                self._failed.popitem(last=False)

    @contextmanager
    def _one_at_a_time(self, sha256: str) -> Iterator[None]:
        """Let one caller at a time pass for a paper: a heavy one takes one process at the most from all others."""
        with self._lock:
            turn, waiting = self._under_way.get(sha256, (threading.Lock(), 0))
            self._under_way[sha256] = turn, waiting + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                _, waiting = self._under_way[sha256]
                if waiting == 1:
                    del self._under_way[sha256]
                else:
                    self._under_way[sha256] = turn, waiting - 1
