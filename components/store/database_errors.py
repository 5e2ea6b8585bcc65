"""What a database's own error means for the store: one table for each database, and the only module that reads them.

SQLite's result codes: https://www.sqlite.org/rescode.html. PostgreSQL's SQLSTATEs: appendix A of its manual.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import exc

from components.store.errors import (
    NOTHING_CHARGED,
    StoreDamaged,
    StoreError,
    StoreMisconfigured,
    StoreUnreachable,
    StoreUnwritable,
)

_READ_ONLY = ("it is read-only here", "Let this account write to it and its folder, then try again.")
_LOCKED = ("another program has kept it locked", "Close the other program, or wait, then try again.")
_FULL = ("the disk is full", "Free some space, then try again.")

_SQLITE: Mapping[int, tuple[str, str]] = {
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ("it could not be opened", "Let this account read and write it and its folder."),
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "Check the disk, then try again."),
}
_SQLITE_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

_POSTGRESQL: Mapping[str, tuple[str, str]] = {
    "25006": _READ_ONLY,
    "42501": ("this database user may not write to it", "Grant the user the right to create and write tables."),
    "53100": _FULL,
    "53200": ("the database server is out of memory", "Try again later."),
    "3F000": (
        "the schema that its address names does not exist",
        "Create the schema, or correct search_path in REVIEW_STORE_URL, then try again.",
    ),
    "40P01": _LOCKED,
    "55P03": _LOCKED,
    "57014": _LOCKED,
}
# Connection exceptions, invalid authorisation, no such database, too many connections, server shutting down.
_POSTGRESQL_UNREACHABLE = ("08", "28", "3D", "53300", "57P")
_UNREACHABLE = (
    "the database server does not answer or does not let this app in",
    "Check that the server runs, and REVIEW_STORE_URL (host, port, database, user, password), then try again.",
)


def is_damage(error: BaseException | None) -> bool:
    """Return whether SQLite says that the file itself is broken."""
    return isinstance(error, sqlite3.Error) and _primary(error) in _SQLITE_DAMAGE


def translate(error: BaseException | None, location: str, cost: str = NOTHING_CHARGED) -> StoreError | None:
    """Return a driver's error as an error of the store; `None` if it is a mistake in this code rather than a fault."""
    if isinstance(error, sqlite3.Error):
        return _translate_sqlite(error, location, cost)
    if error is not None and hasattr(error, "sqlstate"):
        return _translate_postgresql(error.sqlstate, location, cost)
    return None


@contextmanager
def driver_errors_explained(location: str, cost: str = NOTHING_CHARGED) -> Iterator[None]:
    """Turn faults of the database within the block into errors of the store, without the driver's text.

    Args:
        location: the store in words that may be shown.
        cost: what the user has lost or not lost if the block fails.
    """
    try:
        yield
    except exc.TimeoutError:
        raise StoreUnwritable(location, cause="too many are waiting for it", cost=cost, advice="Try again.") from None
    except exc.NoSuchModuleError:
        raise StoreMisconfigured(f"{location} is of a kind that is not supported. {cost}") from None
    except exc.DBAPIError as error:
        known = translate(error.orig, location, cost)
        if known is None:
            raise
        # Python keeps the driver's error as the context of ours: empty it of the password and links that it holds.
        error.orig = error.params = error.__cause__ = error.__context__ = None
        raise known from None


def _translate_sqlite(error: sqlite3.Error, location: str, cost: str) -> StoreError | None:
    """Return an error of SQLite's as one of the store; `None` if it is a mistake in this code."""
    if is_damage(error):
        return StoreDamaged(f"{location} is damaged. {cost} Start the app again: it checks the file and sets it aside.")
    known = _SQLITE.get(_primary(error))
    return known and StoreUnwritable(location, cause=known[0], cost=cost, advice=known[1])


def _translate_postgresql(state: str | None, location: str, cost: str) -> StoreError | None:
    """Return an error of PostgreSQL's, by its SQLSTATE, as one of the store; `None` if it is a mistake in this code."""
    # There is no state if the connection failed before the server could answer.
    if state is None or state.startswith(_POSTGRESQL_UNREACHABLE):
        return StoreUnreachable(location, cause=_UNREACHABLE[0], cost=cost, advice=_UNREACHABLE[1])
    known = _POSTGRESQL.get(state)
    return known and StoreUnwritable(location, cause=known[0], cost=cost, advice=known[1])


def _primary(error: sqlite3.Error) -> int:
    """Return the primary result code of an SQLite error; 0 if it has none."""
    # Extended result codes carry the primary one in their lowest byte. Errors of Python's own wrapper have none.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
