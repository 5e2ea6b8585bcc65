"""Whether the store that is written to is still the one that was opened, and the one that was used here last.

Every store has an identity, a random word that is made with it and kept in it, and a ledger whose row numbers only
grow. Another identity is another store; the same identity with a shorter ledger is an earlier state of this one, from
a backup. Both are recorded beside an SQLite file, outside it, so that the next process notices a store that has gone.
"""

import os
import sqlite3
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert

from components.store.errors import StoreReplaced
from components.store.files import record_of
from components.store.schema import facts

WHOLE_STORE = ""
"""The source of facts that belong to the store itself."""
_IDENTITY = "identity"
_OPENED = "last opened"
_SELECTED = (
    f"coalesce((SELECT value FROM facts WHERE source = '' AND key = '{_IDENTITY}'), ''), "  # noqa: S608 - constants
    "coalesce((SELECT max(id) FROM ledger), 0)"
)
SELECT_MARK = f"SELECT {_SELECTED}"
"""The query for a `StoreMark`."""
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(coalesce(current_schema(), '') || ' ' || %(scope)s, 0))"
"""PostgreSQL's lock that all writers of a scope take."""
LOCK_AND_SELECT_MARK = f"{LOCK}, {_SELECTED}"
"""The same for PostgreSQL, in one round trip with the lock: what this process has committed, it sees."""


class StoreMark(NamedTuple):
    """Which store it is, and how far its ledger has come."""

    identity: str
    """Empty for a store that could only be read since this app makes identities."""
    ledger: int
    """The highest row number; 0 for an empty ledger."""


def mark_of(connection: Connection) -> StoreMark:
    """Return the mark of the open database."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):  # before and after each write: SQLAlchemy would take eight times as long
        return StoreMark(*driver.execute(SELECT_MARK).fetchone())
    return StoreMark(*connection.exec_driver_sql(SELECT_MARK).one())


def identify(connection: Connection) -> StoreMark:
    """Return the mark of the open database, which gets an identity if it has none; in a writing transaction."""
    mark = mark_of(connection)
    if not mark.identity:
        mark = StoreMark(uuid.uuid4().hex, mark.ledger)
        connection.execute(insert(facts).values(source=WHOLE_STORE, key=_IDENTITY, value=mark.identity))
    return mark


def note_opening(connection: Connection) -> None:
    """Keep when the store was opened last; in a writing transaction."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(delete(facts).where(facts.c.source == WHOLE_STORE, facts.c.key == _OPENED))
    connection.execute(insert(facts).values(source=WHOLE_STORE, key=_OPENED, value=moment))


class Continuity:
    """What this process knows of its store: the mark that it saw last, and the mark that was recorded beside the file.

    Only the thread that writes calls `check` and `committed`; the rest is safe for all.
    """

    def __init__(self, mark: StoreMark, *, file: Path | None) -> None:
        self.mark = mark
        self._record = None if file is None else record_of(file)
        self._recorded = _read(self._record)
        self.follows_another = self._is_another()
        """Whether the store is another one than was used here last, or an earlier state; until `accept`."""
        if not self.follows_another:
            with suppress(OSError):  # a folder that cannot be written: the check of the running process remains
                self._write()

    def check(self, found: StoreMark, *, location: str) -> None:
        """Refuse another store, or an earlier state of this one.

        Raises:
            StoreReplaced: it is not the store that was opened.
        """
        if self.mark.identity and found.identity != self.mark.identity:
            raise StoreReplaced(location, found="another store is in its place")
        if found.ledger < self.mark.ledger:
            raise StoreReplaced(location, found="an earlier state of it, with less in its ledger, is there")

    def missed(self) -> None:
        """Record again which store was here, if that record has gone with the store."""
        if self._record is not None and not self.follows_another and not self._record.exists():
            with suppress(OSError):
                self._write()

    def committed(self, mark: StoreMark) -> None:
        """Remember, here and beside the file, how far the ledger has come."""
        if mark == self.mark:
            return
        self.mark = mark
        recorded = self._recorded
        if not self.follows_another and (recorded is None or mark > recorded):
            with suppress(OSError):
                self._write()

    def refresh(self) -> bool:
        """Return whether the store still follows another one, for which somebody in another process may have agreed."""
        if self.follows_another:
            self._recorded = _read(self._record)
            self.follows_another = self._is_another()
        return self.follows_another

    def accept(self) -> None:
        """Record this store in place of the one that was used here before.

        Raises:
            OSError: the folder cannot be written.
        """
        self._write()
        self.follows_another = False

    def _is_another(self) -> bool:
        recorded = self._recorded
        if recorded is None or not self.mark.identity:
            return False
        return recorded.identity != self.mark.identity or recorded.ledger > self.mark.ledger

    def _write(self) -> None:
        """Write the record in place, in one piece, without waiting for the disk: a lost one only makes us less sure."""
        if self._record is None or not self.mark.identity:
            return
        line = f"{self.mark.identity} {self.mark.ledger:020d}\n".encode()
        handle = os.open(self._record, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)
        self._recorded = self.mark


def _read(record: Path | None) -> StoreMark | None:
    """Return what is recorded beside the file; `None` if that is nothing, or nothing that can be read."""
    if record is None:
        return None
    try:
        identity, ledger = record.read_text(encoding="ascii").split()
        return StoreMark(identity, int(ledger))
    except (OSError, ValueError):
        return None
