"""Drawing pages of PDFs in processes of their own, which are bounded in time and ended where they take too long."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Final, NamedTuple, cast

from components.documents.errors import NotDrawn, WhyNotDrawn
from components.documents.pages import drawing_process

SECONDS: Final = 10.0
"""How long one picture may take; most take a tenth of a second."""
PROCESSES: Final = min(max(os.cpu_count() or 1, 2), 4)
"""How many pages are drawn at the same time at the most: two on the smallest machine, so that one that takes its time
holds up nobody else."""
_KEPT_IDLE: Final = 2
"""How many processes stay when there is nothing to draw; each holds the paper that it drew last."""
_START_SECONDS: Final = 30.0
"""How long a process may take to start; it takes a fifth of a second on a machine that is not busy."""
_WAIT_SECONDS: Final = 2 * SECONDS
"""How long a page waits for a process that is free."""
_PICTURES_OF_ONE: Final = 500
"""After so many pictures a process is replaced, because libraries do not give all memory back."""
_ENVIRONMENT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""The only variables that a process is given: without them some systems do not start Python. None holds a secret."""
_BEGINS: Final = MappingProxyType({"png": b"\x89PNG\r\n", "jpeg": b"\xff\xd8\xff"})


class Picture(NamedTuple):
    """A page as a picture."""

    data: bytes
    kind: str
    """`png` or `jpeg`."""
    pages: int
    """How many pages the paper has, as far as they are drawn."""


class _HadEnded(NotDrawn):
    """A process that has drawn before has ended, by this page or before it: one more try with another tells."""


class Drawing:
    """Draws pages; used by all threads of one process and for all its workspaces.

    Args:
        seconds: how long one picture may take.
        processes: how many are drawn at the same time.
    """

    def __init__(self, *, seconds: float = SECONDS, processes: int = PROCESSES) -> None:
        self._seconds = seconds
        self._most = processes
        self._changed = threading.Condition()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._closed = False

    def warm_up(self) -> None:
        """Start a process, if there is none, so that the first picture need not wait for it."""
        with self._changed:
            if self._closed or self._idle or self._busy:
                return
            with suppress(OSError):
                self._idle.append(_Process())

    def draw(self, paper: str, pdf: Callable[[], bytes], page: int, width: int) -> Picture:
        """Return a page as a picture.

        Args:
            paper: stands for the PDF, and for no other one: a process that has it open is not given it again.
            pdf: returns its bytes.
            page: its number, from 1.
            width: pixels that the picture is wide, unless it would have too many of them.

        Raises:
            NotDrawn: there is no picture; says why and what to do.
        """
        try:
            return self._drawn(paper, pdf, page, width)
        except _HadEnded:  # while it waited, of which nobody is told sooner
            return self._drawn(paper, pdf, page, width)

    def _drawn(self, paper: str, pdf: Callable[[], bytes], page: int, width: int) -> Picture:
        process = self._taken(paper)
        used, well = process.pictures > 0, True
        try:
            new = process.paper != paper
            data = pdf() if new else b""
            well = False
            process.paper = ""
            order = {"page": page, "width": width, "new": int(new)}
            facts, drawn = process.answer(order, data, seconds=self._seconds)
            process.paper = paper
            well = process.pictures < _PICTURES_OF_ONE
        except NotDrawn as failure:
            if failure.kind == "ended" and used:
                raise _HadEnded("ended") from None
            raise
        finally:
            self._give_back(process, well=well)
        return _picture(facts, drawn)

    def close(self) -> None:
        """End all processes, also those that draw."""
        with self._changed:
            self._closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
            self._changed.notify_all()
        for process in processes:
            process.end()

    def _taken(self, paper: str) -> "_Process":
        """Return a process for this caller alone: one that has the paper open, else an idle one, else a new one."""
        end = time.monotonic() + _WAIT_SECONDS
        with self._changed:
            while True:
                if self._closed:
                    raise NotDrawn("closing")
                self._idle = [idle for idle in self._idle if idle.is_alive()]
                if process := next((idle for idle in self._idle if idle.paper == paper), None):
                    self._idle.remove(process)
                    break
                if self._idle:
                    process = self._idle.pop(0)
                    break
                if len(self._busy) < self._most:
                    process = _started()
                    break
                if not self._changed.wait(end - time.monotonic()):
                    raise NotDrawn("busy")
            self._busy.add(process)
            return process

    def _give_back(self, process: "_Process", *, well: bool) -> None:
        with self._changed:
            self._busy.discard(process)
            well = well and not self._closed and len(self._idle) < _KEPT_IDLE
            if well:
                self._idle.append(process)
            self._changed.notify()
        if not well:
            process.end()


class _Process:
    """One process that draws."""

    def __init__(self) -> None:
        self.paper = ""
        """What it has open."""
        self.pictures = 0
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - a script of our own
            [sys.executable, "-I", str(Path(drawing_process.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment | {"PYTHONUTF8": "1"},
            cwd=Path(sys.executable).anchor or None,
            start_new_session=True,  # Ctrl+C in the terminal is for the app, which ends it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._input = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)

    def is_alive(self) -> bool:
        """Return whether it has not ended by itself."""
        return self._process.poll() is None

    def answer(self, order: drawing_process.Facts, pdf: bytes, *, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Return what the process answers to an order.

        Raises:
            NotDrawn: it took too long, or has ended; it can be given nothing more.
        """
        if self.pictures == 0:
            with self._ended_after(_START_SECONDS, "unavailable"):
                drawing_process.read_message(self._output)
        with self._ended_after(seconds, "ended"):
            drawing_process.write_message(self._input, order, pdf)
            answer = drawing_process.read_message(self._output)
        self.pictures += 1
        return answer

    @contextmanager
    def _ended_after(self, seconds: float, otherwise: WhyNotDrawn) -> Iterator[None]:
        """End the process if the block takes longer than this.

        A pipe has no deadline of its own that works on every system.

        Raises:
            NotDrawn: it took longer; or the process has ended by itself, which is told as `otherwise`.
        """
        lock = threading.Lock()
        over: list[str] = []

        def stop() -> None:
            with lock:
                if not over:
                    over.append("late")
                    self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, EOFError, ValueError):  # the last where another thread has closed the pipes
            raise NotDrawn("slow" if "late" in over else otherwise) from None
        finally:
            timer.cancel()
            with lock:
                over.append("done")

    def end(self) -> None:
        """End the process and wait for that."""
        self._process.kill()
        for pipe in (self._input, self._output):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


def _started() -> _Process:
    try:
        return _Process()
    except OSError:
        raise NotDrawn("unavailable") from None


def _picture(facts: dict[str, Any], data: bytes) -> Picture:
    """Return the picture that a process answered with; its word is not taken for what it sends.

    Raises:
        NotDrawn: it sent none.
    """
    pages = facts.get("pages")
    pages = pages if isinstance(pages, int) and 0 <= pages <= drawing_process.MAX_PAGES else 0
    kind = str(facts.get("kind"))
    if kind in _BEGINS and data.startswith(_BEGINS[kind]) and pages:
        return Picture(data, kind, pages)
    problem = facts.get("problem")
    known: tuple[WhyNotDrawn, ...] = ("password", "no pages", "broken page", "no such page", "memory")
    raise NotDrawn(next((why for why in known if why == problem), "broken"), pages=pages)
