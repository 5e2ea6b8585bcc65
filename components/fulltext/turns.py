"""Whose page is read next: the readings of all workspaces take turns, page by page.

Each reading has a line of its own in which its pages wait. Somebody who wants one paper therefore waits for a page of
each other reading, never for its 500 pages. Readings in the background get one page at a time, and only while no page
waits for which a person does.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable

_log = logging.getLogger(__name__)

Work = Callable[[], None]


class Line:
    """The work of one reading that waits for its turn.

    Args:
        in_background: whether it waits behind all that is not.
    """

    def __init__(self, *, in_background: bool) -> None:
        self.in_background = in_background
        self._waiting: deque[Work] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, work: Work) -> None:
        """Let some work wait as the last."""
        self._waiting.append(work)

    def take(self) -> Work:
        """Take out what has waited longest."""
        return self._waiting.popleft()

    def clear(self) -> None:
        """Let nothing wait any more."""
        self._waiting.clear()


class Turns:
    """Does the work of all lines in some threads; one instance a process.

    Args:
        at_once: how many threads there are at the most; they are started when they are needed.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._changed = threading.Condition()
        # Lines in which something waits, the one whose turn it is first.
        self._ahead: deque[Line] = deque()
        self._behind: deque[Line] = deque()
        self._in_background = 0
        self._idle = 0
        self._threads: list[threading.Thread] = []
        self._closed = False

    def put(self, line: Line, work: Work) -> bool:
        """Let work wait in a line; return whether it will get its turn, which it does not once this is closed."""
        with self._changed:
            if self._closed:
                return False
            if not line:
                self._of(line).append(line)
            line.add(work)
            if not self._idle and len(self._threads) < self._at_once:
                thread = threading.Thread(target=self._work, name="read-pages", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify()
            return True

    def close(self) -> None:
        """Let nothing else have its turn, and wait for what is under way."""
        with self._changed:
            self._closed = True
            for line in (*self._ahead, *self._behind):
                line.clear()
            self._ahead.clear()
            self._behind.clear()
            self._changed.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _of(self, line: Line) -> deque[Line]:
        return self._behind if line.in_background else self._ahead

    def _work(self) -> None:
        while (turn := self._next()) is not None:
            line, work = turn
            try:
                work()
            except Exception:  # noqa: BLE001 - a thread that ended would be missed by all readings
                _log.exception("reading a page failed in an unforeseen way")
            finally:
                with self._changed:
                    self._in_background -= line.in_background
                    self._changed.notify()

    def _next(self) -> tuple[Line, Work] | None:
        """Return what has its turn, as soon as something has; `None` once this is closed."""
        with self._changed:
            self._idle += 1
            try:
                while not self._closed:
                    lines = self._ahead or (self._behind if not self._in_background else None)
                    if lines:
                        line = lines.popleft()
                        work = line.take()
                        if line:
                            lines.append(line)
                        self._in_background += line.in_background
                        return line, work
                    self._changed.wait()
                return None
            finally:
                self._idle -= 1
