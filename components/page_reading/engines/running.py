"""Running a program that reads what may be hostile: confined, bounded in time and output, and ended with its kin."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Literal, cast

from components.confined.launcher import LAUNCH
from components.page_reading.errors import NotRead

MAX_MEMORY: Final = 1536 * 1024 * 1024
"""Bytes of address space of an engine's process; Tesseract took up to 0.4 GB on pages of 8 million pixels."""
MAX_OUTPUT: Final = 16 * 1024 * 1024
"""Bytes that are taken from a program; a page full of small print is a quarter of a megabyte."""
_ROOT: Final = str(Path(__file__).resolve().parents[3])
"""The folder that holds `components`."""
_ENVIRONMENT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""The only variables handed on: without them some systems do not start a program. None holds a secret."""


class Programs:
    """Starts programs, one for each call, and ends those that run; used by several threads at once.

    Args:
        readable: the files and folders that a program may read, besides the system's libraries.
        environment: what is set for it, besides what systems need to start a program.
        memory: bytes of address space that it may take.
    """

    def __init__(
        self,
        readable: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        *,
        memory: int = MAX_MEMORY,
    ) -> None:
        self._memory = memory
        self._readable = tuple(readable)
        self._environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._environment |= {"LC_ALL": "C.UTF-8", **(environment or {})}
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def output(self, command: Sequence[str], data: bytes, *, seconds: float) -> bytes:
        """Return what a program writes to its standard output.

        Args:
            command: an absolute path and arguments, none of which comes from outside.
            data: its standard input.
            seconds: how long it may take.

        Raises:
            NotRead: it cannot be started, took too long, ended with an error or writes without end; it is gone then.
        """
        process = self._started(command, seconds)
        late = threading.Event()

        def stop() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        feeder = threading.Thread(target=_feed, args=(cast("IO[bytes]", process.stdin), data), daemon=True)
        feeder.start()
        try:
            answer = cast("IO[bytes]", process.stdout).read(MAX_OUTPUT + 1)
        except (OSError, ValueError):
            answer = b""
        finally:
            whole = len(answer) <= MAX_OUTPUT
            if not whole:
                _kill(process)
            process.wait()
            timer.cancel()
            self._end(process)
            feeder.join()
        if process.returncode == 0 and whole:
            return answer
        raise NotRead(self._why(process.returncode, late=late.is_set()))

    def close(self) -> None:
        """End all programs that run; none is started any more."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for process in running:
            _kill(process)

    def _why(self, code: int, *, late: bool) -> Literal["closing", "slow", "ended"]:
        if self._closed:
            return "closing"
        return "slow" if late or code == -getattr(signal, "SIGXCPU", 0) else "ended"

    def _started(self, command: Sequence[str], seconds: float) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise NotRead("closing")
            try:
                process = subprocess.Popen(  # noqa: S603 - a script of our own; no argument comes from outside
                    [*self._launched(command[0], seconds), *command],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=self._environment,
                    cwd=Path(sys.executable).anchor or None,
                    start_new_session=True,  # a group of its own, which is ended as one; Ctrl+C is for the app
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError:
                raise NotRead("unavailable") from None
            self._running.add(process)
            return process

    def _launched(self, program: str, seconds: float) -> list[str]:
        """Return what stands before a command so that it is confined; Windows has nothing of what that takes."""
        if os.name != "posix":
            return []
        limits = [str(round(seconds) + 1), str(self._memory)]
        return [sys.executable, "-I", "-S", "-c", LAUNCH, _ROOT, *limits, program, *self._readable, "--"]

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.discard(process)
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                cast("IO[bytes]", pipe).close()


def _feed(stream: IO[bytes], data: bytes) -> None:
    """Write the whole input and end it; a program that has ended reads no more of it."""
    with suppress(OSError, ValueError):
        stream.write(data)
    with suppress(OSError, ValueError):
        stream.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
