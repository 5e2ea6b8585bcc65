"""The connections to one SQLite file: how they are opened, and whether the file in its place is still the one opened.

SQLite goes on writing into a file that was deleted or renamed, and does not notice one that was overwritten. So the
numbers by which the system knows the file, its log and the log's index are compared before and after each write; and
when the file was changed other than through the log (by a checkpoint, or by somebody who copied a backup over it), what
stands in it is compared as well.

Where SQLite can make neither log nor index (a read-only folder, a full disk) and none are needed, the file is read as
one that nobody changes ("frozen"), and looked at again before each reading and each write.
"""

import os
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from components.store.continuity import SELECT_MARK, StoreMark
from components.store.database_errors import keeps_from_opening
from components.store.errors import StoreReplaced
from components.store.files import is_at_rest, location_of

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # every table here is about money; a commit costs 0.5 ms
    "PRAGMA fullfsync = ON",  # macOS only: make the disk write, not only the system
    "PRAGMA secure_delete = ON",  # expired links are secrets and must not stay in free pages
    "PRAGMA recursive_triggers = ON",  # without this, REPLACE would remove ledger rows and evade the trigger
    "PRAGMA trusted_schema = OFF",
    "PRAGMA schema_version",  # opens the log and its index, or fails
)
_NOTHING = StoreMark("", 0)


class _Numbers(NamedTuple):
    """By what the system knows a file, its log and the log's index: device and number; `None` if there is none."""

    main: tuple[int, int] | None
    log: tuple[int, int] | None
    log_index: tuple[int, int] | None


class _Written(NamedTuple):
    """When a file was written to last, and how long it is."""

    at: int
    size: int


class SqliteFile:
    """Opens connections to one file and watches over it. Safe for all threads."""

    def __init__(self, file: Path, *, lock_timeout: float) -> None:
        self._file = file
        self._beside = [file.with_name(file.name + suffix) for suffix in ("-wal", "-shm")]
        self._lock_timeout = lock_timeout
        self._lock = threading.Lock()
        # Open as long as anybody may write, so that log and index stay the same files.
        self._anchor: sqlite3.Connection | None = None
        self._opened = _Numbers(None, None, None)
        self._frozen: _Written | None = None
        self._written: _Written | None = None
        self._in_file = _NOTHING

    def connect(self) -> sqlite3.Connection:
        """Open a connection.

        Raises:
            sqlite3.Error: it cannot be opened.
            StoreReplaced: another file is in its place.
        """
        self.attach()
        numbers, _ = self._look()
        if numbers.main != self._opened.main:
            raise self._replaced(self._what_is_there())
        self._check_log(numbers)
        return self._open("mode=ro&immutable=1" if self._frozen else "mode=rw")

    def attach(self) -> None:
        """Open the connection that holds log and index, unless it is open.

        Raises:
            sqlite3.Error: the file cannot be read.
            StoreReplaced: it is gone.
        """
        with self._lock:
            if self._anchor is None:
                if self._opened.main is not None and not self._file.exists():
                    raise self._replaced(self._what_is_there())
                self._attach()

    def is_outdated(self) -> bool:
        """Return whether a frozen file was changed, so that its connections must be opened anew."""
        return self._frozen is not None and (self._frozen != self._look()[1] or not is_at_rest(self._file))

    @property
    def is_frozen(self) -> bool:
        """Whether the file is read as one that nobody changes, and cannot be written."""
        return self._frozen is not None

    def try_writing(self) -> None:
        """Try whether a frozen file can be opened for writing by now.

        Raises:
            sqlite3.Error: why it cannot.
        """
        self._open("mode=rw").close()

    def detach(self) -> None:
        """Close the connection that holds log and index; the next one to `connect` opens another."""
        with self._lock:
            anchor, self._anchor, self._frozen = self._anchor, None, None
            self._opened = _Numbers(self._opened.main, None, None)  # log and index end with the last connection
        if anchor is not None:
            with suppress(sqlite3.Error):  # nothing is lost: what was committed stands in the log
                anchor.close()

    def check(self, seen: StoreMark) -> bool:
        """Make sure that the file in its place is the one that was opened, with all that was ever seen in it.

        Args:
            seen: the store, and how far its ledger had come when this process saw it last.

        Returns:
            Whether the connections lead to it; if not, the store was put back as another file: open them anew.

        Raises:
            StoreReplaced: it is not the one; says what is there.
            sqlite3.Error: what is there cannot be read.
        """
        numbers, written = self._look()
        if numbers.main != self._opened.main:
            if numbers.main is not None and is_at_rest(self._file) and self._holds(seen):
                return False
            raise self._replaced(self._what_is_there())
        self._check_log(numbers)
        if self._written != written:
            self._compare_contents(seen)
        return True

    def _check_log(self, numbers: _Numbers) -> None:
        """Refuse to go on with a log or an index that nobody else sees."""
        for now, opened in zip(numbers[1:], self._opened[1:], strict=True):
            if opened is not None and now != opened:
                raise self._replaced("the files that belong to it, the log of what was saved last, are gone")

    def _attach(self) -> None:
        """Open that connection, or where log and index cannot be made, one that needs none."""
        try:
            self._anchor = self._open("mode=rw")
        except sqlite3.Error as error:
            if not (keeps_from_opening(error) and self._file.exists() and is_at_rest(self._file)):
                raise
            self._frozen = self._look()[1]
            self._anchor = self._open("mode=ro&immutable=1")
        self._opened, _ = self._look()

    def _open(self, mode: str) -> sqlite3.Connection:
        # Never made here: SQLite would put an empty file in the place of one that has gone.
        connection = sqlite3.connect(
            f"{self._file.as_uri()}?{mode}", uri=True, timeout=self._lock_timeout, check_same_thread=False
        )
        try:
            connection.isolation_level = None  # the engine opens transactions; sqlite3 itself would do so too late
            for pragma in _PRAGMAS:
                connection.execute(pragma).fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    def _compare_contents(self, seen: StoreMark) -> None:
        """Compare what stands in the file with what stood there before, past all that connections keep in memory.

        Raises:
            StoreReplaced: something else was copied over it.
            sqlite3.Error: what is there is no sound database.
        """
        written, found = self._look()[1], self._mark_in_file()
        if found is not None and found.identity not in {"", seen.identity}:
            raise self._replaced("another store was copied over it")
        with closing(self._open("mode=rw")) as connection:
            with_log = StoreMark(*connection.execute(SELECT_MARK).fetchone())
            same = with_log.identity == seen.identity and with_log.ledger >= seen.ledger
            if same and not self._continues(found, seen):
                # The log hides what the file lacks; unless the log is being moved into the file just now, or a process
                # was killed in the midst of that, they contradict one another.
                same = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
                found = self._in_file
        if not same:
            raise self._replaced("an earlier state was copied over it")
        self._in_file, self._written = found or self._in_file, written

    def _continues(self, found: StoreMark | None, seen: StoreMark) -> bool:
        """Return whether the file itself, without its log, holds at least what it held before."""
        before = self._in_file
        return (
            found is not None and found.identity in {seen.identity, before.identity} and found.ledger >= before.ledger
        )

    def _holds(self, seen: StoreMark) -> bool:
        """Return whether the file itself, without a log, holds all that was seen."""
        found = self._mark_in_file()
        return found is not None and found.identity == seen.identity and found.ledger >= seen.ledger

    def _mark_in_file(self) -> StoreMark | None:
        """Return the mark that stands in the file itself, without touching log and index; `None` if none is found."""
        with closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            try:
                return StoreMark(*connection.execute(SELECT_MARK).fetchone())
            except sqlite3.Error:
                return None

    def _replaced(self, found: str) -> StoreReplaced:
        return StoreReplaced(location_of(self._file), found=found)

    def _what_is_there(self) -> str:
        return "another file is in its place" if self._file.exists() else "its file is gone"

    def _look(self) -> tuple[_Numbers, _Written | None]:
        """Return by what the system knows the three files, and when the first was written to last."""
        main, log, log_index = _status(self._file), *map(_status, self._beside)
        written = None if main is None else _Written(main.st_mtime_ns, main.st_size)
        return _Numbers(_number(main), _number(log), _number(log_index)), written


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _number(status: os.stat_result | None) -> tuple[int, int] | None:
    return None if status is None else (status.st_dev, status.st_ino)
