"""Access to the database: SQLite or PostgreSQL by its address, read and written in the same way.

A writer has the store to itself, among all processes: `BEGIN IMMEDIATE` on SQLite, an advisory lock on PostgreSQL. What
a writing transaction reads is therefore still true when it writes, and no other module needs to know which of the two
databases it uses.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from components.store import files, migrations
from components.store.database_errors import driver_errors_explained
from components.store.errors import NOTHING_CHARGED, StoreMisconfigured, StoreUnwritable

LOCK_TIMEOUT_SECONDS = 30.0
"""How long a writer waits for other writers; `?timeout=` in an SQLite address changes it."""
_CONNECT_SECONDS = 10
_SCHEMA_SCOPE = "schema"

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # every table here is about money; a commit costs 0.5 ms
    "PRAGMA fullfsync = ON",  # macOS only: make the disk write, not only the system
    "PRAGMA secure_delete = ON",  # expired links are secrets and must not stay in free pages
    "PRAGMA recursive_triggers = ON",  # without this, REPLACE would remove ledger rows and evade the trigger
    "PRAGMA trusted_schema = OFF",
)

_POSTGRESQL_WRITE_LOCK = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(coalesce(current_schema(), '') || ' ' || :scope, 0))"
)


class Database:
    """The connections of an open store. Safe for all threads of a process.

    Attributes:
        location: the store in words that may be shown; never a password.
        kind: which database it is.
        file: the SQLite file; `None` for PostgreSQL.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        location: str,
        kind: Literal["sqlite", "postgresql"],
        file: Path | None,
        lock_timeout: float,
    ) -> None:
        self.engine = engine
        self.location = location
        self.kind = kind
        self.file = file
        self._lock_timeout = lock_timeout
        self._write_engine = engine.execution_options(store_begin="BEGIN IMMEDIATE")
        # Threads of one process queue here: cheaper and fairer than SQLite's polling, with 1 connection, not 32.
        self._write_lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Database {self.kind}>"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a reading transaction, which waits for nobody."""
        with driver_errors_explained(self.location), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, scope: str, *, cost: str = NOTHING_CHARGED) -> Iterator[Connection]:
        """Open a writing transaction, which is committed at the end of the block or not at all.

        Nobody else writes at the same time: to the store, or on PostgreSQL to the same scope of it.

        Args:
            scope: the source that is written to.
            cost: what a failure costs the user, for the message.

        Raises:
            StoreUnwritable: disk full, read-only, locked for too long, unreachable.
            StoreDamaged: the file turned out to be broken.
        """
        if not self._write_lock.acquire(timeout=self._lock_timeout):
            cause = "other look-ups have kept it busy"
            raise StoreUnwritable(self.location, cause=cause, cost=cost, advice="Try again.")
        try:
            with driver_errors_explained(self.location, cost), self._write_engine.begin() as connection:
                if self.kind == "postgresql":
                    connection.execute(_POSTGRESQL_WRITE_LOCK, {"scope": scope})
                yield connection
        finally:
            self._write_lock.release()

    def forget_deleted(self) -> None:
        """Remove deleted data from SQLite's log too, unless a reader still needs it.

        PostgreSQL does so itself (autovacuum).
        """
        if self.kind == "sqlite":
            with driver_errors_explained(self.location):
                connection = self.engine.raw_connection()  # a checkpoint cannot run within a transaction
                try:
                    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                finally:
                    connection.close()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(address: str) -> Database:
    """Open the database of a store, and create or migrate it to the newest schema.

    Args:
        address: `sqlite:///FILE` or `postgresql+psycopg://…`.

    Raises:
        StoreMisconfigured: the address, or the folder that it names, cannot be used.
        StoreDamaged: the file is broken; it was set aside.
        StoreTooNew: a newer version of the app wrote it.
        StoreUnwritable: it cannot be opened for writing.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # their text may repeat the address, password included: do not show it
        raise StoreMisconfigured(
            f"REVIEW_STORE_URL is not a database address. {NOTHING_CHARGED} "
            "Write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE."
        ) from None
    backend = url.drivername.partition("+")[0]
    if backend == "sqlite":
        return _open_sqlite(url)
    if backend in ("postgresql", "postgres"):
        return _open_postgresql(url.set(drivername="postgresql+psycopg"))
    raise StoreMisconfigured(
        f"REVIEW_STORE_URL names the database {backend!r}; only sqlite and postgresql+psycopg are supported. "
        f"{NOTHING_CHARGED}"
    )


def _open_sqlite(url: URL) -> Database:
    """Open an SQLite file: check it, or create it, and migrate it, while no other process does."""
    file = files.locate(url)
    lock_timeout = _lock_timeout(url)
    files.prepare_folder(file)
    with files.setup_lock(file):
        if file.exists():
            files.check_sound(file, lock_timeout=lock_timeout)
        else:
            _create(file, lock_timeout)
        database = _sqlite_database(file, lock_timeout)
        with _closed_on_error(database):
            migrate(database)
            files.close_to_others(file)
    return database


def _create(file: Path, lock_timeout: float) -> None:
    """Prepare a new store in another file and rename that when it is complete.

    A process that is killed on the way therefore leaves no half of a store.
    """
    draft = files.new_file(file)
    database = _sqlite_database(draft, lock_timeout)
    with _closed_on_error(database):
        with driver_errors_explained(database.location):
            connection = database.engine.raw_connection()
            connection.cursor().execute("PRAGMA journal_mode = WAL").fetchall()
            connection.close()
        migrate(database)
    database.close()
    files.give_name(draft, file)


def _sqlite_database(file: Path, lock_timeout: float) -> Database:
    """Return the connections to an SQLite file, with its pragmas and with transactions that `begin` opens."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(file)),
        connect_args={"timeout": lock_timeout, "check_same_thread": False},
        hide_parameters=True,  # a statement's parameters may be signed links
        pool_size=8,
        max_overflow=24,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # `_begin` opens transactions; sqlite3 itself would do so too late
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("store_begin", "BEGIN"))

    return Database(engine, location=files.location_of(file), kind="sqlite", file=file, lock_timeout=lock_timeout)


def _open_postgresql(url: URL) -> Database:
    """Open and migrate a PostgreSQL database."""
    location = f"The store (PostgreSQL database {url.database} at {url.host or 'this machine'})"
    try:
        engine = create_engine(
            url.update_query_dict({"connect_timeout": url.query.get("connect_timeout", str(_CONNECT_SECONDS))}),
            hide_parameters=True,
            pool_pre_ping=True,
            max_overflow=11,
        )
    except ImportError:
        raise StoreMisconfigured(
            f"REVIEW_STORE_URL names PostgreSQL, whose driver is not installed. {NOTHING_CHARGED} "
            "Install the extra 'postgres'."
        ) from None

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.cursor().execute(f"SET lock_timeout = {int(LOCK_TIMEOUT_SECONDS * 1000)}")
        connection.commit()

    database = Database(engine, location=location, kind="postgresql", file=None, lock_timeout=LOCK_TIMEOUT_SECONDS)
    with _closed_on_error(database):
        migrate(database)
    return database


@contextmanager
def _closed_on_error(database: Database) -> Iterator[None]:
    """Close the database if the block fails."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def migrate(database: Database) -> None:
    """Bring the schema to the version of this code, one committed step at a time.

    Raises:
        StoreTooNew: it is newer than this code.
        StoreForeign: the tables are another program's.
    """
    with database.read() as connection:
        current = migrations.current_version(connection, location=database.location)
    migrations.check(current, location=database.location)
    while current < migrations.VERSION:
        with database.write(_SCHEMA_SCOPE) as connection:
            # Another process may have taken this step while this one waited for the lock.
            current = migrations.current_version(connection, location=database.location)
            migrations.check(current, location=database.location)
            if current < migrations.VERSION:
                current = migrations.advance(connection, current)


def _lock_timeout(url: URL) -> float:
    """Return the seconds to wait for a lock, as the address of an SQLite file says (`?timeout=`)."""
    try:
        return float(str(url.query.get("timeout", LOCK_TIMEOUT_SECONDS)))
    except ValueError:
        raise StoreMisconfigured(f"timeout in REVIEW_STORE_URL must be a number. {NOTHING_CHARGED}") from None
