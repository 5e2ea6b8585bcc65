"""Access to the database: SQLite or PostgreSQL by its address, read and written in the same way.

A writer has the store to itself, among all processes: `BEGIN IMMEDIATE` on SQLite, an advisory lock on PostgreSQL. What
a writing transaction reads is therefore still true when it writes, and no other module needs to know which of the two
databases it uses.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from components.store import continuity, files, migrations
from components.store.continuity import Continuity, StoreMark
from components.store.database_errors import driver_errors_explained, explain_only_readable, is_read_only
from components.store.errors import (
    NOTHING_CHARGED,
    HistoryDamaged,
    StoreFailed,
    StoreMisconfigured,
    StoreReplaced,
    StoreUnreachable,
    StoreUnwritable,
    Trouble,
)
from components.store.sqlite_file import SqliteFile

LOCK_TIMEOUT_SECONDS = 30.0
"""How long a writer waits for other writers; `?timeout=` in an SQLite address changes it."""
HURRIED_SECONDS = 0.1
"""How long a writer waits whose change can be left undone."""
_CONNECT_SECONDS = 10
_PATIENCE = "PRAGMA busy_timeout = {:.0f}"
_SCHEMA_SCOPE = "schema"


class Database:
    """The connections of an open store. Safe for all threads of a process.

    Attributes:
        location: the store in words that may be shown; never a password.
        kind: which database it is.
        file: the SQLite file; `None` for PostgreSQL.
        continuity: which store this is, and how far its ledger has come; `None` until it is open.
        trouble: why it cannot be written at present; `None` if it can, as far as is known.
        deleted_in_log: whether what was deleted may still stand in SQLite's log.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        location: str,
        kind: Literal["sqlite", "postgresql"],
        file: Path | None = None,
        sqlite: SqliteFile | None = None,
        lock_timeout: float,
    ) -> None:
        self.engine = engine
        self.location = location
        self.kind = kind
        self.file = file
        self.continuity: Continuity | None = None
        self.trouble: Trouble | None = None
        self.deleted_in_log = False
        self._sqlite = sqlite
        self._lock_timeout = lock_timeout
        self._write_engine = engine.execution_options(store_begin="BEGIN IMMEDIATE")
        self._hurried_engine = engine.execution_options(store_begin="BEGIN IMMEDIATE", store_hurried=True)
        self._passing_engine = engine.execution_options(store_begin="BEGIN IMMEDIATE", store_passing=True)
        # Threads of one process queue here: cheaper and fairer than SQLite's polling, with 1 connection, not 32.
        self._write_lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Database {self.kind}>"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a reading transaction, which waits for nobody. What a failure costs, only the caller knows.

        Raises:
            StoreUnwritable: it cannot be read, or the server does not answer (`StoreUnreachable`).
            StoreDamaged: the file turned out to be broken.
            StoreReplaced: the store is gone, or another one is in its place.
        """
        if self._sqlite is not None and self._sqlite.is_outdated():
            self._connect_anew()
        with driver_errors_explained(self.location, "", tried="read"), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(
        self, scope: str, *, cost: str = "", hurried: bool = False, books: bool = False, passing: bool = False
    ) -> Iterator[Connection]:
        """Open a writing transaction, which is committed at the end of the block or not at all.

        Nobody else writes at the same time: to the store, or on PostgreSQL to the same scope of it. Nothing is written
        if the store is not the one that was opened.

        Args:
            scope: the source that is written to.
            cost: what a failure costs the user, for the message; empty if that cannot be known here.
            hurried: whether to give up at once rather than wait for others, for a change that may be left undone.
            books: whether the ledger may be written to.
            passing: whether a power cut may undo it, until something is written that must last. The disk need not be
                waited for then.

        Raises:
            StoreUnwritable: disk full, read-only, locked for too long, unreachable.
            StoreDamaged: the file turned out to be broken.
            StoreReplaced: the store is gone, or another one is in its place.
        """
        engine = self._hurried_engine if hurried else self._passing_engine if passing else self._write_engine
        try:
            with self._turn(cost, hurried=hurried), self._transaction(scope, cost, engine, books) as connection:
                yield connection
        except HistoryDamaged:  # one history, not the store
            raise
        except StoreFailed as error:
            if not hurried:
                self._note_trouble(error)
            if is_read_only(error) and self._sqlite is not None and not self._sqlite.is_frozen:
                self._connect_anew()  # a connection that was opened read-only stays so
            raise
        self.trouble = None

    def accept(self) -> None:
        """Record beside the file that this is the store from now on, whichever was there before.

        Raises:
            StoreUnwritable: the folder cannot be written.
        """
        if self.continuity is not None and self.file is not None:
            with files.os_errors_explained(self.file):
                self.continuity.accept()

    def mark(self) -> StoreMark:
        """Return which store is in the place at present, and how far its ledger has come."""
        with self.read() as connection:
            return continuity.mark_of(connection)

    def forget_deleted(self) -> None:
        """Remove deleted data from SQLite's log too, unless a reader still needs it (`deleted_in_log` then).

        PostgreSQL does so itself (autovacuum).
        """
        if self.kind != "sqlite":
            return
        self.deleted_in_log = True
        with driver_errors_explained(self.location, ""):
            connection = self.engine.raw_connection()  # a checkpoint cannot run within a transaction
            cursor = connection.cursor()
            try:
                # While it waits for readers, nobody can write: it hardly waits.
                cursor.execute(_PATIENCE.format(HURRIED_SECONDS * 1000)).fetchall()
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(_PATIENCE.format(self._lock_timeout * 1000)).fetchall()
                connection.close()
        self.deleted_in_log = bool(busy)

    def close(self) -> None:
        """Close all connections."""
        self._connect_anew()

    @contextmanager
    def _turn(self, cost: str, *, hurried: bool) -> Iterator[None]:
        """Wait until no other thread of this process writes."""
        if not self._write_lock.acquire(timeout=HURRIED_SECONDS if hurried else self._lock_timeout):
            if self.trouble is not None:  # the thread whose turn it is waits for just that
                raise self.trouble.error.with_cost(cost)
            cause = "other look-ups have kept it busy"
            raise StoreUnwritable(self.location, cause=cause, cost=cost, advice="Try again.")
        try:
            yield
        finally:
            self._write_lock.release()

    @contextmanager
    def _transaction(self, scope: str, cost: str, engine: Engine, books: bool) -> Iterator[Connection]:
        """Open a writing transaction in the store that was opened, and make sure that it is still there afterwards."""
        with driver_errors_explained(self.location, cost), self._replacement_told(cost):
            self._check_file_before(cost)
            with _rolled_back_quietly(engine.connect()) as connection:
                found = self._begin(connection, scope)
                yield connection
                if found is not None and (books or self.kind == "sqlite"):
                    found = continuity.mark_of(connection)
                connection.commit()
            if self._sqlite is not None and found is not None:
                self._sqlite.check(found)
            if self.continuity is not None and found is not None:
                self.continuity.committed(found)

    @contextmanager
    def _replacement_told(self, cost: str) -> Iterator[None]:
        """Tell what it cost that the store was replaced, and record again which one was here."""
        try:
            yield
        except StoreReplaced as error:
            if self.continuity is not None:
                self.continuity.missed()
            raise error.with_cost(error.cost or cost) from None

    def _check_file_before(self, cost: str) -> None:
        """Make sure that the connections lead to the file in the store's place, and that it is the store."""
        if self._sqlite is None:
            return
        self._sqlite.attach()
        if self._sqlite.is_frozen:
            self._try_writing(self._sqlite, cost)
            self._connect_anew()
        elif self.continuity is not None and not self._sqlite.check(self.continuity.mark):
            self._connect_anew()

    def _try_writing(self, sqlite: SqliteFile, cost: str) -> None:
        """Try whether a file that could only be read can be written by now."""
        try:
            sqlite.try_writing()
        except sqlite3.Error as error:
            fault = explain_only_readable(error, self.location, cost)
            if fault is None:
                raise
            raise fault from None

    def _begin(self, connection: Connection, scope: str) -> StoreMark | None:
        """Begin to write, and return the mark of the store; `None` while it is being opened."""
        connection.begin()
        if self.continuity is None:
            if self.kind == "postgresql":
                connection.exec_driver_sql(continuity.LOCK, {"scope": scope})
            return None
        if self.kind == "postgresql":
            row = connection.exec_driver_sql(continuity.LOCK_AND_SELECT_MARK, {"scope": scope}).one()
            found = StoreMark(*row[1:])
        else:
            found = continuity.mark_of(connection)
        self.continuity.check(found, location=self.location)
        return found if found.identity else continuity.identify(connection)

    def _connect_anew(self) -> None:
        """Close all connections; those in use close when they are given back."""
        self.engine.dispose()
        if self._sqlite is not None:
            self._sqlite.detach()

    def _note_trouble(self, error: StoreFailed) -> None:
        since = self.trouble.since if self.trouble else datetime.now(UTC)
        # Told anew, because the error itself holds on to all that was in use when it was raised.
        self.trouble = Trouble(error.with_cost(""), since)


@contextmanager
def _rolled_back_quietly(connection: Connection) -> Iterator[Connection]:
    """Undo and give back a connection if the block fails; an error of undoing never hides why it failed."""
    try:
        yield connection
    except BaseException:
        with suppress(Exception):
            connection.rollback()
        with suppress(Exception):
            connection.close()
        raise
    connection.close()


def open_database(address: str) -> Database:
    """Open the database of a store, and create or migrate it to the newest schema.

    Args:
        address: `sqlite:///FILE` or `postgresql+psycopg://…`.

    Raises:
        StoreMisconfigured: the address, or the folder that it names, cannot be used.
        StoreDamaged: the file is broken; it was set aside.
        StoreTooNew: a newer version of the app wrote it.
        StoreUnwritable: it can be neither created nor read, or not be brought to the newest schema.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # their text may repeat the address, password included: do not show it
        raise StoreMisconfigured(
            f"REVIEW_STORE_URL is not a database address. {NOTHING_CHARGED} "
            "Write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE."
        ) from None
    backend = url.drivername.partition("+")[0]
    try:
        if backend == "sqlite":
            return _open_sqlite(url)
        if backend in ("postgresql", "postgres"):
            return _open_postgresql(url.set(drivername="postgresql+psycopg"))
    except StoreFailed as error:
        raise error.with_cost(NOTHING_CHARGED) from None
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
        log_was_left = not files.is_at_rest(file)
        database = _sqlite_database(file, lock_timeout)
        database.deleted_in_log = log_was_left  # whoever left it may have been killed between deleting and forgetting
        with _closed_on_error(database):
            migrate(database)
            files.close_to_others(file)
            _begin_continuity(database)
    return database


def _create(file: Path, lock_timeout: float) -> None:
    """Prepare a new store in another file and rename that when it is complete.

    A process that is killed on the way therefore leaves no half of a store.
    """
    files.set_left_log_aside(file)
    draft = files.new_file(file)
    with driver_errors_explained(files.location_of(file)):
        files.write_ahead(draft)
        database = _sqlite_database(draft, lock_timeout)
        with _closed_on_error(database):
            migrate(database)
        database.close()
    files.give_name(draft, file)


def _sqlite_database(file: Path, lock_timeout: float) -> Database:
    """Return the connections to an SQLite file, with transactions that `begin` opens."""
    sqlite = SqliteFile(file, lock_timeout=lock_timeout)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(file)),
        creator=sqlite.connect,
        hide_parameters=True,  # a statement's parameters may be signed links
        pool_size=8,
        max_overflow=24,
    )
    patience, hurry = (_PATIENCE.format(seconds * 1000) for seconds in (lock_timeout, HURRIED_SECONDS))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        begin = options.get("store_begin", "BEGIN")
        if begin != "BEGIN":
            _let_commit_last(connection, lasting=not options.get("store_passing"))
        if not options.get("store_hurried"):
            connection.exec_driver_sql(begin)
            return
        connection.exec_driver_sql(hurry)
        try:
            connection.exec_driver_sql(begin)
        finally:
            connection.exec_driver_sql(patience)

    location = files.location_of(file)
    return Database(engine, location=location, kind="sqlite", file=file, sqlite=sqlite, lock_timeout=lock_timeout)


def _let_commit_last(connection: Connection, *, lasting: bool) -> None:
    """Let SQLite wait for the disk at the end of the transaction that is about to begin, or not."""
    driver_connection = connection.connection.dbapi_connection
    if isinstance(driver_connection, sqlite3.Connection):
        driver_connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")


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

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("store_hurried"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(HURRIED_SECONDS * 1000)}")

    database = Database(engine, location=location, kind="postgresql", lock_timeout=LOCK_TIMEOUT_SECONDS)
    with _closed_on_error(database):
        migrate(database)
        _begin_continuity(database)
    return database


@contextmanager
def _closed_on_error(database: Database) -> Iterator[None]:
    """Close the database if the block fails."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def _begin_continuity(database: Database) -> None:
    """Learn which store this is; one that cannot be written is opened for reading, and its `trouble` says why.

    Raises:
        StoreUnreachable: the server does not answer.
    """
    try:
        # A write to the disk: one without it would not notice that the disk is full.
        with database.write(_SCHEMA_SCOPE, cost=NOTHING_CHARGED) as connection:
            mark = continuity.identify(connection)
            continuity.note_opening(connection)
    except StoreUnreachable:
        raise
    except StoreUnwritable:
        mark = database.mark()
    database.continuity = Continuity(mark, file=database.file)


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
        current = _advance(database, current)


def _advance(database: Database, current: int) -> int:
    """Take one step, and return the version reached.

    Raises:
        StoreUnwritable: the store of an earlier version of this app cannot be changed, and so not be read.
    """
    try:
        with database.write(_SCHEMA_SCOPE, cost=NOTHING_CHARGED) as connection:
            # Another process may have taken this step while this one waited for the lock.
            current = migrations.current_version(connection, location=database.location)
            migrations.check(current, location=database.location)
            return migrations.advance(connection, current) if current < migrations.VERSION else current
    except StoreUnreachable:
        raise
    except StoreUnwritable as error:
        if current == 0:
            raise
        raise StoreUnwritable(
            database.location,
            cause=f"an earlier version of this app made it (schema {current}; this one needs {migrations.VERSION}), "
            f"and {error.cause}",
            cost=NOTHING_CHARGED,
            advice=error.advice,
        ) from None


def _lock_timeout(url: URL) -> float:
    """Return the seconds to wait for a lock, as the address of an SQLite file says (`?timeout=`)."""
    try:
        return float(str(url.query.get("timeout", LOCK_TIMEOUT_SECONDS)))
    except ValueError:
        raise StoreMisconfigured(f"timeout in REVIEW_STORE_URL must be a number. {NOTHING_CHARGED}") from None
