"""Temporary files: in a folder that only this account can read, bounded in size, deleted when the process ends."""

import atexit
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from components.documents.errors import NoRoom

_BUFFER = 1024 * 1024


class TemporaryFiles:
    """A folder of one process for files that are being made.

    Args:
        max_bytes: bytes that all files together may take.
        make_room: called when they would take more; deletes a file that can be spared and returns whether it did.
    """

    def __init__(self, *, max_bytes: int, make_room: Callable[[], bool]) -> None:
        self._max_bytes = max_bytes
        self._make_room = make_room
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._sizes: dict[Path, int] = {}

    def create(self, name: str) -> tuple[Path, io.BufferedRandom]:
        """Return a new file to write to, readable by this account alone, and its path."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="prosecution-review-"))  # of mode 0700
                atexit.register(self.close)
            path = self._folder / name
            self._sizes[path] = 0
        return path, io.BufferedRandom(_Bounded(path, self._reserve), _BUFFER)

    def remove(self, path: Path) -> None:
        """Delete a file; a reader that has it open can read on."""
        with self._lock:
            self._sizes.pop(path, None)
        path.unlink(missing_ok=True)

    def close(self) -> None:
        """Delete everything."""
        with self._lock:
            folder, self._folder = self._folder, None
            self._sizes.clear()
        if folder is not None:
            atexit.unregister(self.close)
            shutil.rmtree(folder, ignore_errors=True)

    def _reserve(self, path: Path, size: int) -> None:
        while True:
            with self._lock:
                if sum(self._sizes.values()) + size <= self._max_bytes:
                    self._sizes[path] = self._sizes.get(path, 0) + size
                    return
            if not self._make_room():
                raise NoRoom


class _Bounded(io.FileIO):
    """A file that asks for room before it grows."""

    def __init__(self, path: Path, reserve: Callable[[Path, int], None]) -> None:
        super().__init__(path, "x+b", opener=lambda name, flags: os.open(name, flags, 0o600))
        self._path = path
        self._reserve = reserve

    def write(self, data: object, /) -> int:
        self._reserve(self._path, memoryview(data).nbytes)  # type: ignore[arg-type]
        return super().write(data)  # type: ignore[arg-type]
