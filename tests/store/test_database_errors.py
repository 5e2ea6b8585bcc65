"""Each fault of a database is one of the store's own errors; a mistake in the code stays what it is."""

import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from psycopg import errors

from components.store import (
    Store,
    StoreDamaged,
    StoreReplaced,
    StoreUnreachable,
    StoreUnwritable,
)
from components.store.database_errors import translate
from tests.store.made import history, reservations

FAULTS = [
    (errors.AdminShutdown(), StoreUnreachable, "does not answer"),
    (errors.CrashShutdown(), StoreUnreachable, "does not answer"),
    (errors.CannotConnectNow(), StoreUnreachable, "does not answer"),  # starting up, or recovering after a crash
    (errors.DatabaseDropped(), StoreUnreachable, "does not answer"),
    (errors.TooManyConnections(), StoreUnreachable, "does not answer"),
    (errors.ConnectionFailure(), StoreUnreachable, "does not answer"),
    (errors.IdleInTransactionSessionTimeout(), StoreUnreachable, "does not answer"),
    (psycopg.OperationalError("the connection is lost"), StoreUnreachable, "does not answer"),
    (psycopg.InterfaceError("the connection is closed"), StoreUnreachable, "does not answer"),
    (errors.DiskFull(), StoreUnwritable, "disk is full"),
    (errors.OutOfMemory(), StoreUnwritable, "memory"),
    (errors.ConfigurationLimitExceeded(), StoreUnwritable, "limit"),
    (errors.IoError(), StoreUnwritable, "disk reports an error"),
    (errors.ReadOnlySqlTransaction(), StoreUnwritable, "read-only"),
    (errors.InsufficientPrivilege(), StoreUnwritable, "may not write"),
    (errors.QueryCanceled(), StoreUnwritable, "took too long"),
    (errors.LockNotAvailable(), StoreUnwritable, "kept it locked"),
    (errors.DeadlockDetected(), StoreUnwritable, "kept it locked"),
    (errors.SerializationFailure(), StoreUnwritable, "kept it locked"),
    (errors.DataCorrupted(), StoreDamaged, "is damaged"),
    (errors.IndexCorrupted(), StoreDamaged, "is damaged"),
    (errors.UndefinedTable(), StoreReplaced, "not a store of this app"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), FAULTS, ids=lambda value: type(value).__name__)
def test_fault_of_the_server_is_an_error_of_the_store(fault, kind, words):
    """By its SQLSTATE, or by its class where the connection ended without one."""
    told = translate(fault, "The store", "2 patents may have been charged.")
    assert type(told) is kind
    assert words in str(told)
    assert "2 patents may have been charged." in str(told)


@pytest.mark.parametrize("mistake", [errors.SyntaxError(), psycopg.DataError("NUL"), psycopg.ProgrammingError("what?")])
def test_mistake_is_no_fault(mistake):
    """It is not told as something that the user could mend."""
    assert translate(mistake, "The store") is None


@contextmanager
def no_larger_files(size: int) -> Iterator[None]:
    """Have the system refuse to make any file of this process larger."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_write_that_the_system_refuses_is_told(sqlite_url):
    """Not for lack of room: SQLite calls it an error of input and output. Later it is saved."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        store.reserve(reservations("q", "US1"))
        answer = {"billed": ["US1"], "rest": "released", "histories": {"US1": history(count=9000)}}
        log = store._database.file.with_name("store.db-wal")
        with (
            no_larger_files(log.stat().st_size),
            pytest.raises(
                StoreUnwritable, match=r"disk reports an error\. What has just arrived may have been charged"
            ),
        ):
            store.settle("q", **answer)
        assert store.totals().ever.reserved == 1
        store.settle("q", **answer)
        assert store.totals().ever.billed == 1
