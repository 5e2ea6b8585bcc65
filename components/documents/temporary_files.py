"""Temporary files: in a folder that only this account can read, bounded in size, deleted when the process ends.

A process that is killed deletes nothing; the next one does so for it. Which process a folder belongs to is not read off
its name, because another container that shares the folder for temporary files numbers its processes on its own: each
process holds a lock on its folder, which the system lets go when the process ends, however it ends.
"""

import atexit
import io
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from components.documents.errors import NoRoom

try:
    import fcntl
except ImportError:  # on Windows, which deletes no open file; its folder for temporary files is the user's own
    fcntl = None  # type: ignore[assignment]

_BUFFER: Final = 1024 * 1024
_FOLDER: Final = "prosecution-review-files-"
_DRAFT: Final = "new-prosecution-review-files-"
"""What the name of a folder begins with until its process holds it."""


class TemporaryFiles:
    """A folder of one process for files that are being made; what killed processes left behind is deleted first.

    Args:
        max_bytes: bytes that all files together may take.
        make_room: called when they would take more; deletes a file that can be spared and returns whether it did.
    """

    def __init__(self, *, max_bytes: int, make_room: Callable[[], bool]) -> None:
        self._max_bytes = max_bytes
        self._make_room = make_room
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._held: int | None = None
        self._sizes: dict[Path, int] = {}
        sweep_abandoned_folders()

    def create(self, name: str) -> tuple[Path, io.BufferedRandom]:
        """Return a new file to write to, readable by this account alone, and its path."""
        with self._lock:
            if self._folder is None:
                self._folder, self._held = _folder_held_by_this_process()
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
            held, self._held = self._held, None
            self._sizes.clear()
        if folder is not None:
            atexit.unregister(self.close)
            shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            os.close(held)

    def _reserve(self, path: Path, size: int) -> None:
        while True:
            with self._lock:
                if sum(self._sizes.values()) + size <= self._max_bytes:
                    self._sizes[path] = self._sizes.get(path, 0) + size
                    return
            if not self._make_room():
                raise NoRoom


def sweep_abandoned_folders() -> None:
    """Delete the folders of processes that ended without deleting them; anything doubtful is left alone.

    Only what this account owns, nobody else can read and no living process holds is deleted.
    """
    if fcntl is None:
        return
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
            if _is_own(folder):
                with _taken_over(folder) as abandoned:
                    if abandoned:
                        shutil.rmtree(folder, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    """Return whether this is a real folder of this account that only this account can enter."""
    try:
        seen = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(seen.st_mode) and stat.S_IMODE(seen.st_mode) == 0o700 and seen.st_uid == os.geteuid()


def _folder_held_by_this_process() -> tuple[Path, int | None]:
    """Return a new folder of mode 0700 that is held as long as this process lives, and what is to be closed then."""
    if fcntl is None:
        return Path(tempfile.mkdtemp(prefix=_FOLDER)), None
    # Held before it gets its name: a folder of that name that nobody holds is one whose process has ended.
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT))
    held = _open(draft)
    fcntl.flock(held, fcntl.LOCK_EX)
    return draft.rename(draft.with_name(_FOLDER + draft.name.removeprefix(_DRAFT))), held


@contextmanager
def _taken_over(folder: Path) -> Iterator[bool]:
    """Hold a folder for a while; yields whether no process holds it."""
    try:
        held = _open(folder)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(held)


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


class _Bounded(io.FileIO):
    """A file that asks for room before it grows."""

    def __init__(self, path: Path, reserve: Callable[[Path, int], None]) -> None:
        super().__init__(path, "x+b", opener=lambda name, flags: os.open(name, flags, 0o600))
        self._path = path
        self._reserve = reserve

    def write(self, data: object, /) -> int:
        self._reserve(self._path, memoryview(data).nbytes)  # type: ignore[arg-type]
        return super().write(data)  # type: ignore[arg-type]
