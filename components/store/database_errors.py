"""What a database's own error means for the store: one table for each database, and the only module that reads them.

SQLite's result codes: https://www.sqlite.org/rescode.html. PostgreSQL's SQLSTATEs: appendix A of its manual.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import exc

from components.store.errors import (
    NOTHING_CHARGED,
    StoreDamaged,
    StoreFailed,
    StoreMisconfigured,
    StoreReplaced,
    StoreUnreachable,
    StoreUnwritable,
)

Tried = Literal["written", "read"]
"""What was to be done to the store when the error came."""

_READ_ONLY = ("it is read-only here", "Let this account write to it and its folder, then try again.")
_LOCKED = ("another program has kept it locked", "Close the other program, or wait, then try again.")
_FULL = ("the disk is full", "Free some space, then try again.")
_SLOW = ("the database server ended it because it took too long", "Try again later.")
_DISK = ("the disk reports an error", "Check the disk, then try again.")
_MEMORY = ("there is not enough memory", "Try again later.")

_SQLITE: Mapping[int, tuple[str, str]] = {
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ("it could not be opened", "Let this account read and write it and its folder."),
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    # The index of the log, 32 kB beside the file, could not be made longer.
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_NOLFS: ("the file system takes no larger file", "Move it to another disk."),
    sqlite3.SQLITE_NOMEM: _MEMORY,
}
_SQLITE_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SQLITE_UNKNOWN_TABLE = "no such table"

_POSTGRESQL: Mapping[str, tuple[str, str]] = {
    "25006": _READ_ONLY,
    "42501": ("this database user may not write to it", "Grant the user the right to create and write tables."),
    "53100": _FULL,
    "53200": _MEMORY,
    "53400": ("the database server has reached a limit of its configuration", "Try again later."),
    "58030": _DISK,
    "58P01": _DISK,
    "3F000": (
        "the schema that its address names does not exist",
        "Create the schema, or correct search_path in REVIEW_STORE_URL, then try again.",
    ),
    "40001": _LOCKED,
    "40P01": _LOCKED,
    "55P03": _LOCKED,
    "57014": _SLOW,
}
_POSTGRESQL_DAMAGE = frozenset({"XX001", "XX002"})
_POSTGRESQL_UNKNOWN_TABLE = "42P01"
# Connection exceptions, invalid authorisation, no such database, too many connections, server shutting down, starting
# up or recovering, and sessions that the server ended because they were idle.
_POSTGRESQL_UNREACHABLE = ("08", "28", "3D", "53300", "57P", "25P03")
_POSTGRESQL_CONNECTION_FAILED = frozenset({"OperationalError", "InterfaceError"})
_UNREACHABLE = (
    "the database server does not answer or does not let this app in",
    "Check that the server runs, and REVIEW_STORE_URL (host, port, database, user, password), then try again.",
)
_NOT_OURS = "what is in its place is not a store of this app"


def is_read_only(error: StoreFailed) -> bool:
    """Return whether the store could not be written because it is read-only."""
    return isinstance(error, StoreUnwritable) and error.cause == _READ_ONLY[0]


def is_damage(error: BaseException | None) -> bool:
    """Return whether SQLite says that the file itself is broken."""
    return isinstance(error, sqlite3.Error) and _primary(error) in _SQLITE_DAMAGE


def keeps_from_opening(error: sqlite3.Error) -> bool:
    """Return whether SQLite could not make or use the files that it needs beside a database, even for reading."""
    return _primary(error) in {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
    }


def translate(
    error: BaseException | None, location: str, cost: str = NOTHING_CHARGED, *, tried: Tried = "written"
) -> StoreFailed | None:
    """Return a driver's error as an error of the store; `None` if it is a mistake in this code rather than a fault."""
    if isinstance(error, sqlite3.Error):
        return _translate_sqlite(error, location, cost, tried)
    if error is not None and hasattr(error, "sqlstate"):
        # There is no state if the connection failed before the server could answer.
        if error.sqlstate is None and not _is_lost_connection(error):
            return None
        return _translate_postgresql(error.sqlstate, location, cost, tried)
    return None


def explain_only_readable(error: sqlite3.Error, location: str, cost: str) -> StoreFailed | None:
    """Return why a file that can be read cannot be opened for writing; `None` if that is a mistake in this code."""
    if _primary(error) == sqlite3.SQLITE_CANTOPEN:  # the folder does not take the files that SQLite needs beside it
        return StoreUnwritable(location, cause=_READ_ONLY[0], cost=cost, advice=_READ_ONLY[1])
    return translate(error, location, cost)


@contextmanager
def driver_errors_explained(location: str, cost: str = NOTHING_CHARGED, *, tried: Tried = "written") -> Iterator[None]:
    """Turn faults of the database within the block into errors of the store, without the driver's text.

    Args:
        location: the store in words that may be shown.
        cost: what the user has lost or not lost if the block fails; empty if that cannot be known here.
        tried: what the block does to the store.
    """
    try:
        yield
    except exc.TimeoutError:
        cause = "too many are waiting for it"
        raise StoreUnwritable(location, cause=cause, cost=cost, advice="Try again.", tried=tried) from None
    except exc.NoSuchModuleError:
        raise StoreMisconfigured(f"{location} is of a kind that is not supported. {NOTHING_CHARGED}") from None
    except exc.PendingRollbackError:  # the connection was lost earlier in the same transaction
        raise _unreachable(location, cost, tried) from None
    except exc.DBAPIError as error:
        known = translate(error.orig, location, cost, tried=tried)
        if known is None:
            raise
        # Python keeps the driver's error as the context of ours: empty it of the password and links that it holds.
        error.orig = error.params = error.__cause__ = error.__context__ = None
        raise known from None
    except sqlite3.Error as error:  # of a statement that did not go through SQLAlchemy
        known = translate(error, location, cost, tried=tried)
        if known is None:
            raise
        raise known from None


def _translate_sqlite(error: sqlite3.Error, location: str, cost: str, tried: Tried) -> StoreFailed | None:
    """Return an error of SQLite's as one of the store; `None` if it is a mistake in this code."""
    if is_damage(error):
        return _damaged(location, cost, "Start the app again: it checks the file and sets it aside.")
    if str(error).startswith(_SQLITE_UNKNOWN_TABLE):
        return StoreReplaced(location, found=_NOT_OURS, cost=cost)
    known = _SQLITE.get(_extended(error)) or _SQLITE.get(_primary(error))
    return known and StoreUnwritable(location, cause=known[0], cost=cost, advice=known[1], tried=tried)


def _translate_postgresql(state: str | None, location: str, cost: str, tried: Tried) -> StoreFailed | None:
    """Return an error of PostgreSQL's, by its SQLSTATE, as one of the store; `None` if it is a mistake in this code."""
    if state is None or state.startswith(_POSTGRESQL_UNREACHABLE):
        return _unreachable(location, cost, tried)
    if state == _POSTGRESQL_UNKNOWN_TABLE:
        return StoreReplaced(location, found=_NOT_OURS, cost=cost)
    if state in _POSTGRESQL_DAMAGE:
        return _damaged(location, cost, "Have the database checked, and put a backup in its place.")
    known = _POSTGRESQL.get(state)
    return known and StoreUnwritable(location, cause=known[0], cost=cost, advice=known[1], tried=tried)


def _is_lost_connection(error: BaseException) -> bool:
    """Return whether an error without a state is about the connection; the driver's class says so (PEP 249)."""
    return any(parent.__name__ in _POSTGRESQL_CONNECTION_FAILED for parent in type(error).__mro__)


def _unreachable(location: str, cost: str, tried: Tried) -> StoreUnreachable:
    return StoreUnreachable(location, cause=_UNREACHABLE[0], cost=cost, advice=_UNREACHABLE[1], tried=tried)


def _damaged(location: str, cost: str, advice: str) -> StoreDamaged:
    return StoreDamaged(f"{location} is damaged.", cost=cost, advice=advice)


def _extended(error: sqlite3.Error) -> int:
    """Return the extended result code of an SQLite error; 0 if it has none."""
    return int(getattr(error, "sqlite_errorcode", 0))  # errors of Python's own wrapper have none


def _primary(error: sqlite3.Error) -> int:
    """Return the primary result code of an SQLite error, which stands in the lowest byte; 0 if it has none."""
    return _extended(error) & 0xFF
