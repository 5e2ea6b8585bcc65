"""The readings of one workspace: begun, found again after a reload, and remembered for an hour once they have ended."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from components.fulltext.paper_work import PaperWork, ReadingThreads
from components.fulltext.reading import Reading
from components.fulltext.records import PaperToRead
from components.histories import PaperRef
from components.page_reading.errors import NotRead
from components.store import Store

KEPT_SECONDS: Final = 3600.0
"""How long a reading is remembered once it has ended."""
MAX_KEPT: Final = 100
"""How many that have ended are remembered; beyond that, those that ended first are forgotten."""


def nobody(paper: PaperRef) -> None:
    """Nobody wants to be told."""


class Readings:
    """Begins readings and remembers them; one instance a process and workspace, used by all threads.

    Args:
        store: keeps what is read.
        pdf: returns the PDF of a document, by the key of its history and its id, or raises `NotFetched`.
        threads: shared by all workspaces.
        told: is told of each paper as soon as no page of it is left to read, while its reading is under way.
        clock: seconds that never jump.
    """

    def __init__(
        self,
        store: Store,
        pdf: Callable[[str, str], bytes],
        threads: ReadingThreads,
        *,
        told: Callable[[PaperRef], None] = nobody,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = PaperWork(store, pdf, threads, told)
        self._clock = clock
        self._lock = threading.Lock()
        self._last: dict[tuple[str, bool], Reading] = {}
        """The last of each user, in the background and not."""
        self._closed = False

    def start(self, papers: Iterable[PaperToRead], *, user: str, in_background: bool) -> Reading:
        """Begin to read papers.

        Returns:
            The reading: the one of this user that is under way, to which the papers are added, else a new one.
        """
        papers = list(papers)
        with self._lock:
            self._forget_old()
            last = self._last.get((user, in_background))
            if last is None or not last.add(papers):
                last = Reading(papers, user=user, in_background=in_background, clock=self._clock)
                self._last[user, in_background] = last
            if self._closed:
                last.fail(str(NotRead("closing")))
        self._work.go_on(last)
        return last

    def last(self, user: str, *, in_background: bool) -> Reading | None:
        """Return the last reading of a user, as long as it is remembered."""
        with self._lock:
            self._forget_old()
            return self._last.get((user, in_background))

    def forget(self, user: str) -> None:
        """Stop the readings of a user, and forget them."""
        with self._lock:
            for in_background in (False, True):
                reading = self._last.pop((user, in_background), None)
                if reading is not None:
                    reading.stop()

    def stop(self) -> None:
        """Stop all."""
        with self._lock:
            for reading in self._last.values():
                reading.stop()

    def close(self) -> None:
        """Stop all, and begin none any more."""
        with self._lock:
            self._closed = True
        self.stop()

    def _forget_old(self) -> None:
        """Forget what ended more than an hour ago, and the first of what is too much. Called under the lock."""
        ended = sorted(
            (reading.ended_at, owner) for owner, reading in self._last.items() if reading.ended_at is not None
        )
        before = self._clock() - KEPT_SECONDS
        for position, (ended_at, owner) in enumerate(ended):
            if ended_at <= before or len(ended) - position > MAX_KEPT:
                del self._last[owner]
