"""The SQLite file on the disk: where it is, who may read it, whether it is sound, and setting it aside if it is not."""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from components.store.database_errors import is_damage, keeps_from_opening, translate
from components.store.errors import NOTHING_CHARGED, StoreDamaged, StoreExposed, StoreMisconfigured, StoreUnwritable

FILE_SUFFIXES = ("", "-wal", "-shm", "-journal")
"""Ends of the names of the files that SQLite may keep for one database; empty for the database itself."""

_DAMAGED = ".damaged-"
_GONE = ".gone-"
_INDEX_BYTES = 32 * 1024
"""Least size of an index that is in use: https://www.sqlite.org/walformat.html. A full disk leaves shorter ones."""
_LOCK = ".lock"
_RECORD = ".identity"
_ONLY_READABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT})
"""How a folder answers in which nothing can be written, though what is in it can be read."""
_SETUP_LOCK_SECONDS = 30.0


def locate(url: URL) -> Path:
    """Return the file that an SQLite address names.

    Raises:
        StoreMisconfigured: it names none, as a store in memory would forget what was paid for; or a link, and what
            that leads to could be another program's, which must not be renamed or written to.
    """
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StoreMisconfigured(
            f"REVIEW_STORE_URL must name a file, as in sqlite:////home/me/store.db. {NOTHING_CHARGED}"
        )
    named = Path(url.database).expanduser()
    for part in (_beside(named, suffix) for suffix in (*FILE_SUFFIXES, _RECORD)):
        if part.is_symlink():
            raise StoreMisconfigured(
                f"{part} is a symbolic link, not a file; it and what it leads to were left as they are. "
                f"{NOTHING_CHARGED} Name the file itself in REVIEW_STORE_URL, or take the link away."
            )
    return named.resolve()


def location_of(file: Path) -> str:
    """Return the name of the store for messages."""
    return f"The store {file}"


def record_of(file: Path) -> Path:
    """Return the file beside the store that says which store was used here last (see `continuity`).

    Not the lock: locking empties that one.
    """
    return _beside(file, _RECORD)


def is_at_rest(file: Path) -> bool:
    """Return whether nothing that belongs to the file stands in its log, and nobody has it open for writing."""
    return _size(_beside(file, "-wal")) == 0 and _size(_beside(file, "-shm")) < _INDEX_BYTES


def _size(path: Path) -> int:
    """Return the size of a file in bytes; 0 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def write_ahead(file: Path) -> None:
    """Make an empty file a database that keeps a log, so that readers do not wait for writers."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()


def prepare_folder(file: Path) -> None:
    """Create the folder for this account alone, or check that nobody else may write to it.

    Raises:
        StoreExposed: others may write to it.
        StoreUnwritable: it cannot be created.
    """
    folder = file.parent
    with os_errors_explained(file):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StoreExposed(folder, mode)


@contextmanager
def setup_lock(file: Path) -> Iterator[None]:
    """Let one process at a time create, migrate or set aside the file; other processes and threads wait.

    Without this, a process that found damage could set aside the sound store that another one has just begun. The lock
    is held on an empty file beside the store, which stays; the system itself releases it when the process that holds it
    ends. A store in a folder that cannot be written needs no lock: nobody creates, migrates or sets aside anything.

    Raises:
        StoreUnwritable: another process has not finished for half a minute, or this account may not write to the
            folder, in which there is no store yet.
    """
    beside = _beside(file, _LOCK)
    with os_errors_explained(file):  # created here, so that an error below can only come from locking
        try:
            os.close(os.open(beside, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
        except OSError as error:
            if error.errno not in _ONLY_READABLE or not file.exists():
                raise
            only_readable = True
        else:
            only_readable = False
    if only_readable:
        yield
        return
    # A new lock object each time: a shared one would let a second thread in as if it were the first. The file
    # is kept on Windows too, where nobody can open a file that is being deleted. It also keeps the library from taking
    # the file's existence for a lock where the system cannot lock: a killed process would leave that behind for ever.
    lock = FileLock(beside, timeout=_SETUP_LOCK_SECONDS, mode=0o600, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise StoreUnwritable(
            location_of(file),
            cause="another process has not finished opening it",
            cost=NOTHING_CHARGED,
            advice="Close that process and try again.",
        ) from None
    except (OSError, NotImplementedError):
        pass  # some network file systems lock no files: go on without a lock
    try:
        yield
    finally:
        with suppress(OSError):  # such a file system may fail here too; the process's end then releases the lock
            lock.release()


def new_file(file: Path) -> Path:
    """Create the empty file in which a store is prepared before it gets its name; only this account may read it."""
    draft = file.with_name(f"{file.name}.new")
    with os_errors_explained(file):
        for suffix in FILE_SUFFIXES:
            _beside(draft, suffix).unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return draft


def give_name(draft: Path, file: Path) -> None:
    """Rename a prepared store to its final name, so that it appears complete."""
    with os_errors_explained(file), suppress(FileExistsError):
        draft.rename(file)


def close_to_others(file: Path) -> None:
    """Remove everybody else's permission to read the file and the files beside it, where this account may do so."""
    with os_errors_explained(file):
        for suffix in (*FILE_SUFFIXES, _LOCK, _RECORD):
            part = _beside(file, suffix)
            try:
                if stat.S_IMODE(part.stat().st_mode) & 0o077:
                    part.chmod(0o600)
            except FileNotFoundError:
                continue
            except OSError as error:
                if error.errno not in _ONLY_READABLE:
                    raise


def check_sound(file: Path, *, lock_timeout: float) -> None:
    """Read the whole file once (0.7 ms for a megabyte) and set it aside if it is not a sound database.

    Raises:
        StoreDamaged: it is damaged; says where it is now.
        StoreUnwritable: it could not be read, which says nothing about whether it is sound.
    """
    damage = _damage_in(file, lock_timeout)
    if damage is None:
        return
    try:
        new_path = set_aside(file)
    except OSError:
        raise StoreDamaged(
            f"{location_of(file)} is damaged ({damage}) and could not be moved.",
            cost=NOTHING_CHARGED,
            advice="Move it to a safe place by hand, then start the app again.",
        ) from None
    raise StoreDamaged(
        f"{location_of(file)} is damaged ({damage}) and was set aside as {new_path.name}.",
        cost=NOTHING_CHARGED,
        advice="Put a backup in its place if there is one. Otherwise start the app again: it begins with an empty "
        "store, in which nothing is held, so that looking a number up again is charged again, and the caps count from "
        "nothing.",
        set_aside_as=new_path,
    )


def set_aside(file: Path) -> Path:
    """Rename the file and SQLite's files beside it, and return the new path.

    The record of the store goes: where the store is now, its new name tells.
    """
    stem = f"{file.name}{_DAMAGED}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    new_path, count = file.with_name(stem), 1
    while new_path.exists():
        count += 1
        new_path = file.with_name(f"{stem}.{count}")
    # The database last: if this is interrupted, a second try finds everything together.
    for suffix in FILE_SUFFIXES[1:]:
        with suppress(FileNotFoundError):
            _beside(file, suffix).rename(_beside(new_path, suffix))
    file.rename(new_path)
    with suppress(OSError):
        record_of(file).unlink()
    return new_path


def set_left_log_aside(file: Path) -> None:
    """Rename the log of a store that has gone, so that SQLite does not take it for the log of the next one."""
    stem = f"{file.name}{_GONE}{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    with os_errors_explained(file):
        for suffix in FILE_SUFFIXES[1:]:
            with suppress(FileNotFoundError):
                _beside(file, suffix).rename(_beside(file.with_name(stem), suffix))


def last_left_log(file: Path) -> Path | None:
    """Return the log of the store that has gone last; `None` if none was left."""
    start = file.name + _GONE
    logs = [part for part in file.parent.iterdir() if part.name.startswith(start) and part.name.endswith("-wal")]
    return max(logs, default=None)


def last_set_aside(file: Path) -> Path | None:
    """Return the file that was set aside last; `None` if there is none any more."""
    start = file.name + _DAMAGED
    set_aside_files = [part for part in file.parent.iterdir() if part.name.startswith(start)]
    return max((part for part in set_aside_files if not part.name.endswith(FILE_SUFFIXES[1:])), default=None)


def _damage_in(file: Path, lock_timeout: float) -> str | None:
    """Return what is wrong with the file, in words; `None` if it is sound."""
    with os_errors_explained(file):
        size = file.stat().st_size
    if size == 0:  # a store gets its name only when it is complete, so an empty file has lost everything
        return "it is empty"
    try:
        answer = _quick_check(file, lock_timeout)
    except sqlite3.Error as error:
        if is_damage(error):
            return "it is not a readable database"
        fault = translate(error, location_of(file), tried="read")
        if fault is None:
            raise
        raise fault from None
    return None if answer == ("ok",) else "its contents contradict one another"


def _quick_check(file: Path, lock_timeout: float) -> tuple[str, ...]:
    """Return SQLite's verdict on the file and its log."""
    # Read-only: closing would otherwise delete the log of a database too damaged to apply it.
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=lock_timeout)) as connection:
            return connection.execute("PRAGMA quick_check(1)").fetchone()  # type: ignore[no-any-return]
    except sqlite3.Error as error:
        if not (keeps_from_opening(error) and is_at_rest(file)):
            raise
    # No index of the log can be made here (a read-only folder, a full disk), and none is needed.
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute("PRAGMA quick_check(1)").fetchone()  # type: ignore[no-any-return]


def _beside(file: Path, suffix: str) -> Path:
    """Return the file beside the store whose name ends so."""
    return file.with_name(file.name + suffix)


@contextmanager
def os_errors_explained(file: Path) -> Iterator[None]:
    """Turn errors of the file system within the block into `StoreUnwritable`, which says what to do."""
    try:
        yield
    except OSError as error:
        raise StoreUnwritable(
            location_of(file),
            cause=(error.strerror or "the system refused").lower(),
            cost=NOTHING_CHARGED,
            advice="Let this account write to its folder, or name another file in REVIEW_STORE_URL.",
        ) from None
