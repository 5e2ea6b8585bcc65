"""The app's side: processes of its own that are bounded in time, ended where they take too long, and replaced."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final, Literal, cast

from components.confined.messages import Facts, read_message, write_message

WhyNoAnswer = Literal["ended", "slow", "busy", "unavailable", "closing"]
"""The process has ended; it took too long and was ended; none is free; none can be started; the app is being closed."""

_START_SECONDS: Final = 30.0
"""How long a process may take to start; it takes a fifth of a second on a machine that is not busy."""
_ORDERS_OF_ONE: Final = 500
"""After so many orders a process is replaced, because libraries do not give all memory back."""
_ENVIRONMENT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""The only variables that a process is given: without them some systems do not start Python. None holds a secret."""
_START: Final = ";".join(
    (
        "import sys",
        "_, root, name = sys.argv",
        "sys.path.append(root)",
        "from components.confined.child import main",
        "main(name)",
    )
)
"""What a process runs; given no folder of its own, it finds this room only by being told where it is."""
_ROOT: Final = Path(__file__).resolve().parents[2]


class NoAnswer(Exception):
    """A process did not answer.

    Attributes:
        kind: why.
    """

    def __init__(self, kind: WhyNoAnswer) -> None:
        self.kind: WhyNoAnswer = kind
        super().__init__(kind)


class _HadEnded(NoAnswer):
    """A process that has answered before has ended, by this order or before it: one more try with another tells."""


class Processes:
    """Processes of one kind; used by all threads of the app and for all its workspaces.

    Args:
        worker: name of the module in this room that answers.
        most: how many work at the same time.
        kept_idle: how many stay when there is nothing to do; each holds the paper that it had last.
        wait_seconds: how long an order waits for a process that is free.
        rest_seconds: after so long with nothing to do a process is ended; never, where it is `None`.
    """

    def __init__(
        self, worker: str, *, most: int, kept_idle: int, wait_seconds: float, rest_seconds: float | None = None
    ) -> None:
        self._worker = worker
        self._most = most
        self._kept_idle = kept_idle
        self._wait_seconds = wait_seconds
        self._rest_seconds = rest_seconds
        self._rests = False
        """Whether somebody will look for processes that have nothing to do."""
        self._changed = threading.Condition()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._under_way: set[str] = set()
        """The papers of which something is asked: each is open in one process only, for the memory that it takes."""
        self._closed = False

    def warm_up(self) -> None:
        """Start a process, if there is none, so that the first answer need not wait for it."""
        with self._changed:
            if self._closed or self._idle or self._busy:
                return
            with suppress(OSError):
                self._idle.append(_Process(self._worker))

    def ask(
        self, paper: str, pdf: Callable[[], bytes], order: Facts, *, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        """Return what a process answers; its word is not to be taken for anything.

        Args:
            paper: stands for the PDF, and for no other one: a process that has it open is not given it again.
            pdf: returns its bytes; what it raises is raised here.
            order: what is to be done; `new` is added, 1 where the PDF comes with it.
            seconds: how long it may take.

        Raises:
            NoAnswer: there is none.
        """
        try:
            return self._answer(paper, pdf, order, seconds)
        except _HadEnded:  # while it waited, of which nobody is told sooner
            return self._answer(paper, pdf, order, seconds)

    def _answer(
        self, paper: str, pdf: Callable[[], bytes], order: Facts, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        process = self._taken(paper)
        used, well = process.orders > 0, True
        try:
            new = process.paper != paper
            data = pdf() if new else b""
            well = False
            process.paper = ""
            answer = process.answer({**order, "new": int(new)}, data, seconds=seconds)
            process.paper = paper
            well = process.orders < _ORDERS_OF_ONE
        except NoAnswer as failure:
            if failure.kind == "ended" and used:
                raise _HadEnded("ended") from None
            raise
        finally:
            self._give_back(process, paper, well=well)
        return answer

    def close(self) -> None:
        """End all processes, also those that work."""
        with self._changed:
            self._closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
            self._changed.notify_all()
        for process in processes:
            process.end()

    def _taken(self, paper: str) -> "_Process":
        """Return a process for this caller alone: one that has the paper open, else an idle one, else a new one.

        Of one paper one caller at a time has one.
        """
        end = time.monotonic() + self._wait_seconds
        with self._changed:
            while True:
                if self._closed:
                    raise NoAnswer("closing")
                if paper not in self._under_way and (process := self._free(paper)) is not None:
                    self._busy.add(process)
                    self._under_way.add(paper)
                    return process
                if not self._changed.wait(end - time.monotonic()):
                    raise NoAnswer("busy")

    def _free(self, paper: str) -> "_Process | None":
        self._idle = [idle for idle in self._idle if idle.is_alive()]
        if self._idle:
            process = next((idle for idle in self._idle if idle.paper == paper), self._idle[0])
            self._idle.remove(process)
            return process
        return _started(self._worker) if len(self._busy) < self._most else None

    def _give_back(self, process: "_Process", paper: str, *, well: bool) -> None:
        with self._changed:
            self._busy.discard(process)
            self._under_way.discard(paper)
            well = well and not self._closed and len(self._idle) < self._kept_idle
            if well:
                process.idle_since = time.monotonic()
                self._idle.append(process)
            self._look_again()
            self._changed.notify_all()
        if not well:
            process.end()

    def _look_again(self) -> None:
        """See to it that somebody looks for processes that have nothing to do; called with the lock held."""
        if self._rest_seconds is not None and self._idle and not self._rests:
            self._rests = True
            timer = threading.Timer(self._rest_seconds, self._end_the_idle)
            timer.daemon = True
            timer.start()

    def _end_the_idle(self) -> None:
        """End the processes that have had nothing to do for a while, and free what their papers take."""
        with self._changed:
            self._rests = False
            latest = time.monotonic() - (self._rest_seconds or 0)
            old = [process for process in self._idle if process.idle_since <= latest]
            self._idle = [process for process in self._idle if process not in old]
            self._look_again()
        for process in old:
            process.end()


class _Process:
    """One process."""

    def __init__(self, worker: str) -> None:
        self.paper = ""
        """What it has open."""
        self.orders = 0
        self.idle_since = 0.0
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - a script of our own
            [sys.executable, "-I", "-c", _START, str(_ROOT), worker],
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

    def answer(self, order: Facts, data: bytes, *, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Return what the process answers to an order.

        Raises:
            NoAnswer: it took too long, or has ended; it can be given nothing more.
        """
        if self.orders == 0:
            with self._ended_after(_START_SECONDS, "unavailable"):
                read_message(self._output)
        with self._ended_after(seconds, "ended"):
            write_message(self._input, order, data)
            answer = read_message(self._output)
        self.orders += 1
        return answer

    @contextmanager
    def _ended_after(self, seconds: float, otherwise: WhyNoAnswer) -> Iterator[None]:
        """End the process if the block takes longer than this.

        A pipe has no deadline of its own that works on every system.

        Raises:
            NoAnswer: it took longer; or the process has ended by itself, which is told as `otherwise`.
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
            raise NoAnswer("slow" if "late" in over else otherwise) from None
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


def _started(worker: str) -> _Process:
    try:
        return _Process(worker)
    except OSError:
        raise NoAnswer("unavailable") from None
