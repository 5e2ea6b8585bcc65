"""The SQLite file on the disk: where it is, who may touch it, whether it is sound, and setting it aside if not."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from components.store.database_errors import is_damage, translate
from components.store.errors import NOTHING_CHARGED, StoreDamaged, StoreExposed, StoreMisconfigured, StoreUnwritable

COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite may have beside a database file, by the end of the name."""

_DAMAGED = ".damaged-"
_LOCK = ".lock"
_SETUP_LOCK_SECONDS = 30.0


def locate(url: URL) -> Path:
    """Give the file that an SQLite address names.

    Raises:
        StoreMisconfigured: it names none; a store in memory would forget what was paid for.
    """
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StoreMisconfigured(
            f"REVIEW_STORE_URL must name a file, as in sqlite:////home/me/store.db. {NOTHING_CHARGED}"
        )
    return Path(url.database).expanduser().resolve()


def location_of(file: Path) -> str:
    """Name the store in messages."""
    return f"The store {file}"


def prepare_folder(file: Path) -> None:
    """Make the folder for this account alone, or check that nobody else may write to it.

    Raises:
        StoreExposed: others may.
        StoreUnwritable: it cannot be made.
    """
    folder = file.parent
    with _os_errors_explained(file):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StoreExposed(folder, mode)


@contextmanager
def setup_lock(file: Path) -> Iterator[None]:
    """Let one process at a time create, migrate or set aside the file; the others wait, and so do other threads.

    Without this, one that found damage could set aside the sound store that another has just begun. The turn is a lock
    on an empty file beside the store, which stays; the system itself ends it with the process that holds it.

    Raises:
        StoreUnwritable: another has not finished for half a minute, or this account may not write to the folder.
    """
    beside = _beside(file, _LOCK)
    with _os_errors_explained(file):  # made here, so that what goes wrong below can only be the locking
        os.close(os.open(beside, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
    # A lock of its own for each turn: one that threads share would let the second in as if it were the first. The file
    # is kept on Windows too, where a name being deleted can be opened by nobody; that also forbids the library to take
    # its mere existence for a lock where the system has none, which a killed process would leave behind for ever.
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
        pass  # some network file systems lock no files; then it is as if alone
    try:
        yield
    finally:
        with suppress(OSError):  # such a file system may fail here too; the lock then ends with the process
            lock.release()


def new_file(file: Path) -> Path:
    """Make the empty file in which a store is prepared before it takes its name; only for this account to read."""
    draft = file.with_name(f"{file.name}.new")
    with _os_errors_explained(file):
        for end in COMPANIONS:
            _beside(draft, end).unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return draft


def give_name(draft: Path, file: Path) -> None:
    """Let a prepared store appear under its name, whole."""
    with _os_errors_explained(file), suppress(FileExistsError):
        draft.rename(file)


def close_to_others(file: Path) -> None:
    """Take from everybody else the right to read the file, what SQLite keeps beside it, and the lock."""
    with _os_errors_explained(file):
        for end in (*COMPANIONS, _LOCK):
            with suppress(FileNotFoundError):
                part = _beside(file, end)
                if stat.S_IMODE(part.stat().st_mode) & 0o077:
                    part.chmod(0o600)


def check_sound(file: Path, *, lock_timeout: float) -> None:
    """Read the whole file once (0.7 ms for a megabyte) and set it aside if it is no sound database.

    Raises:
        StoreDamaged: it was not; says where it is now.
        StoreUnwritable: it could not be looked at, which says nothing about its soundness.
    """
    damage = _damage_in(file, lock_timeout)
    if damage is None:
        return
    try:
        new_path = set_aside(file)
    except OSError:
        raise StoreDamaged(
            f"{location_of(file)} is damaged ({damage}) and could not be moved. {NOTHING_CHARGED} "
            "Move it to a safe place by hand, then start the app again."
        ) from None
    raise StoreDamaged(
        f"{location_of(file)} is damaged ({damage}) and was set aside as {new_path.name}. {NOTHING_CHARGED} "
        "Put a backup in its place if there is one. Otherwise start the app again: it begins with an empty store, in "
        "which nothing is held, so that looking a number up again is charged again, and the caps count from nothing.",
        aside=new_path,
    )


def set_aside(file: Path) -> Path:
    """Rename the file and what SQLite keeps beside it, and give its new name."""
    stem = f"{file.name}{_DAMAGED}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    new_path, count = file.with_name(stem), 1
    while new_path.exists():
        count += 1
        new_path = file.with_name(f"{stem}.{count}")
    for end in COMPANIONS[1:]:  # the database last: until then a second try finds everything together
        with suppress(FileNotFoundError):
            _beside(file, end).rename(_beside(new_path, end))
    file.rename(new_path)
    return new_path


def last_set_aside(file: Path) -> Path | None:
    """Give the file that was set aside last, if there still is one."""
    start = file.name + _DAMAGED
    set_aside_files = [part for part in file.parent.iterdir() if part.name.startswith(start)]
    return max((part for part in set_aside_files if not part.name.endswith(COMPANIONS[1:])), default=None)


def _damage_in(file: Path, lock_timeout: float) -> str | None:
    with _os_errors_explained(file):
        size = file.stat().st_size
    if size == 0:  # a store appears under its name only when it is whole, so an empty file has lost everything
        return "it is empty"
    try:
        # Read-only, so that closing does not take away the log of a database that cannot take it in any more.
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=lock_timeout)) as connection:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if is_damage(error):
            return "it is not a readable database"
        fault = translate(error, location_of(file))
        if fault is None:
            raise
        raise fault from None
    return None if answer == ("ok",) else "its contents contradict one another"


def _beside(file: Path, end: str) -> Path:
    return file.with_name(file.name + end)


@contextmanager
def _os_errors_explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnwritable(
            location_of(file),
            cause=(error.strerror or "the system refused").lower(),
            cost=NOTHING_CHARGED,
            advice="Let this account write to its folder, or name another file in REVIEW_STORE_URL.",
        ) from None
