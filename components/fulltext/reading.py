"""One reading: its papers, how far it is, and a way to stop it. Pages of the app only watch."""

import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from components.fulltext.records import PaperToRead, ReadingProgress, ReadingState
from components.fulltext.turns import Line
from components.histories import PaperRef

GUESSED_PAGES: Final = 4
"""Pages of a paper of which no list says how many it has."""


class _OpenPaper:
    """A paper that is being read."""

    def __init__(self, expected: int) -> None:
        self.pages: set[int] = set()
        """Its pages that are still to be read; none before it is known how many there are."""
        self.left = expected
        """How many there are, until then by the list."""
        self.problem = ""


class Reading:
    """A reading, from its start to its end; used by all threads.

    Args:
        user: who asked for it; only this user finds it again.
        papers: what is to be read, each once.
        in_background: whether it waits behind whatever a person waits for.
        clock: seconds that never jump.
    """

    def __init__(
        self,
        papers: Iterable[PaperToRead],
        *,
        user: str,
        in_background: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.id = uuid.uuid4().hex
        self.user = user
        self.in_background = in_background
        self.line = Line(in_background=in_background)
        """In which its pages wait for their turn."""
        self.ended_at: float | None = None
        """When it ended, by the clock; `None` before."""
        self._clock = clock
        self._changed = threading.Condition(threading.RLock())
        self._papers: dict[PaperRef, PaperToRead] = {}
        self._waiting: deque[PaperToRead] = deque()
        self._open: dict[PaperRef, _OpenPaper] = {}
        self._problems: dict[PaperRef, str] = {}
        self._under_way = 0
        self._pages_done = 0
        self._pages_left = 0
        """Of the papers that are open."""
        self._state: ReadingState = "running"
        self._message = ""
        self._began = clock()
        self.add(papers)

    # For those who watch

    @property
    def papers(self) -> tuple[PaperToRead, ...]:
        """What is read, in this order."""
        with self._changed:
            return tuple(self._papers.values())

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self._state in {"stopped", "ended"}

    @property
    def stopping(self) -> bool:
        """Whether nothing new is begun any more."""
        return self._state != "running"

    def snapshot(self) -> ReadingProgress:
        """Return how far it is."""
        with self._changed:
            left = self._pages_left + sum(paper.pages or 0 for paper in self._waiting)
            return ReadingProgress(
                state=self._state,
                papers_done=len(self._papers) - len(self._waiting) - len(self._open),
                papers=len(self._papers),
                pages_done=self._pages_done,
                pages=self._pages_done + left,
                seconds_left=self._seconds_left(left),
                now=() if self.ended else tuple(self._open),
                problems=tuple(self._problems.items()),
                message=self._message,
            )

    def stop(self) -> None:
        """Begin nothing new; it has stopped as soon as the pages under way are read."""
        with self._changed:
            if self._state == "running":
                self._state = "stopping"
                self._see_whether_ended()

    def wait(self, timeout: float | None = None) -> ReadingProgress:
        """Wait until it has ended, at most so many seconds; return how far it is then."""
        with self._changed:
            self._changed.wait_for(lambda: self.ended, timeout)
            return self.snapshot()

    # For those who read

    def add(self, papers: Iterable[PaperToRead]) -> bool:
        """Read these papers as well, unless they wait or are open already; one that had a problem is tried again.

        Returns:
            Whether it does; not once it has ended or is being stopped.
        """
        with self._changed:
            if self.stopping:
                return False
            for paper in papers:
                if paper.ref not in self._papers or self._problems.pop(paper.ref, None) is not None:
                    self._papers[paper.ref] = paper
                    self._waiting.append(paper)
            return True

    def next_paper(self, most_open: int) -> PaperToRead | None:
        """Return the paper to be opened next; `None` while so many are open, and where there is none.

        Whoever gets it calls `ended_paper`, or `opened` and then `ended_page` for each of its pages.
        """
        with self._changed:
            if self.stopping or not self._waiting or len(self._open) >= most_open:
                self._see_whether_ended()
                return None
            paper = self._waiting.popleft()
            self._open[paper.ref] = _OpenPaper(paper.pages or 0)
            self._pages_left += paper.pages or 0
            return paper

    def opened(self, paper: PaperRef, pages: Iterable[int]) -> None:
        """Note which pages of a paper are to be read."""
        with self._changed:
            reading = self._open[paper]
            reading.pages = set(pages)
            self._pages_left += len(reading.pages) - reading.left
            reading.left = len(reading.pages)

    def ended_page(self, paper: PaperRef, page: int, *, problem: str = "") -> bool:
        """Note that a page is done, or why it could not be read for now; return whether its paper is done."""
        with self._changed:
            reading = self._open.get(paper)
            if reading is None or page not in reading.pages:  # it was given up meanwhile
                return False
            reading.pages.remove(page)
            reading.problem = reading.problem or problem
            reading.left -= 1
            self._pages_left -= 1
            self._pages_done += not problem
            if reading.pages:
                return False
            self.ended_paper(paper, problem=reading.problem)
            return True

    def ended_paper(self, paper: PaperRef, *, problem: str = "") -> None:
        """Note that a paper is done, or cannot be read, for which reason."""
        with self._changed:
            reading = self._open.pop(paper, None)
            if reading is None:
                return
            self._pages_left -= reading.left
            if problem:
                self._problems[paper] = problem
            self._see_whether_ended()

    def fail(self, message: str) -> None:
        """Stop, for a reason that is told: what was read by then is kept."""
        with self._changed:
            self._message = self._message or message
            self.stop()

    def begin_page(self) -> bool:
        """Note that a page is under way for this reading, which `leave_page` ends; not once it is being stopped."""
        with self._changed:
            if self.stopping:
                return False
            self._under_way += 1
            return True

    def leave_page(self) -> None:
        """Note that a page is not under way any more."""
        with self._changed:
            self._under_way -= 1
            self._see_whether_ended()

    def _see_whether_ended(self) -> None:
        if self.ended or self._under_way:
            return
        if not self._waiting and not self._open:
            self._state = "ended"
        elif self._state == "stopping":
            self._state = "stopped"
        else:
            return
        self.ended_at = self._clock()
        self._changed.notify_all()

    def _seconds_left(self, pages: int) -> float | None:
        if self.ended:
            return 0.0
        if not self._pages_done:
            return None
        unknown = sum(paper.pages is None for paper in self._waiting)
        return (self._clock() - self._began) / self._pages_done * (pages + unknown * GUESSED_PAGES)
