"""A folder for files in the making: this account's alone, bounded in size, gone with the process."""

import atexit
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

_BUFFER = 1024 * 1024


class NoRoom(Exception):
    """The files would take more room together than is allowed."""


class Scratch:
    """The folder of one process.

    Args:
        most: bytes that all files may take together.
        make_room: called when they would take more; removes a file that can be spared and tells whether it could.
    """

    def __init__(self, *, most: int, make_room: Callable[[], bool]) -> None:
        self._most = most
        self._make_room = make_room
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._taken: dict[Path, int] = {}

    def create(self, name: str) -> tuple[Path, io.BufferedRandom]:
        """Give a new file to write to, readable by this account alone."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="prosecution-review-"))  # of mode 0700
                atexit.register(self.close)
            path = self._folder / name
            self._taken[path] = 0
        return path, io.BufferedRandom(_Bounded(path, self._take), _BUFFER)

    def remove(self, path: Path) -> None:
        """Take a file away; who is reading it reads on."""
        with self._lock:
            self._taken.pop(path, None)
        path.unlink(missing_ok=True)

    def close(self) -> None:
        """Take everything away."""
        with self._lock:
            folder, self._folder = self._folder, None
            self._taken.clear()
        if folder is not None:
            atexit.unregister(self.close)
            shutil.rmtree(folder, ignore_errors=True)

    def _take(self, path: Path, size: int) -> None:
        while True:
            with self._lock:
                if sum(self._taken.values()) + size <= self._most:
                    self._taken[path] = self._taken.get(path, 0) + size
                    return
            if not self._make_room():
                raise NoRoom


class _Bounded(io.FileIO):
    """A file that asks for room before it grows."""

    def __init__(self, path: Path, take: Callable[[Path, int], None]) -> None:
        super().__init__(path, "x+b", opener=lambda name, flags: os.open(name, flags, 0o600))
        self._path = path
        self._take = take

    def write(self, data: object, /) -> int:
        self._take(self._path, memoryview(data).nbytes)  # type: ignore[arg-type]
        return super().write(data)  # type: ignore[arg-type]
