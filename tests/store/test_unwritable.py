"""A store that cannot be written says so, says what it cost, and goes on when it can."""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from components.store import Store, StoreUnreachable, StoreUnwritable, facts
from components.store.transaction import StoreTransaction
from tests.store.made import history, linked, reservations

LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def unprivileged():
    """Be somebody whom the system can refuse something, even in a test run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def sqlite_store(sqlite_url):
    """A store on a file, with one reservation."""
    with closing(Store.open(f"{sqlite_url}?timeout=0.2", source="sandbox")) as store:
        store.reserve(reservations("q", "US1"))
        yield store


def pragma_on_every_connection(store: Store, pragma: str) -> None:
    """Have SQLite itself meet a limit."""
    event.listen(store._database.engine, "checkout", lambda connection, *_: connection.execute(pragma))


def test_full_disk_stops_the_spending(sqlite_store):
    """SQLite says that the disk is full: the paid answer is reported as not saved, nothing is half saved."""
    with sqlite_store._database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    pragma_on_every_connection(sqlite_store, f"PRAGMA max_page_count = {pages + 2}")
    large = linked(history(count=3000), LATER)
    with pytest.raises(
        StoreUnwritable, match=r"the disk is full\. What has just arrived may have been charged.*Free some"
    ) as caught:
        sqlite_store.settle("q", billed=["US1"], rest="released", histories={"US1": large})
    assert "patsnap.com" not in f"{caught.value!r} {caught.value.__context__!r}"
    assert sqlite_store.resolve(["US1"]) == {}
    assert sqlite_store.totals().ever.reserved == 1
    with pytest.raises(StoreUnwritable, match="disk is full"):
        sqlite_store.reserve(reservations("next", *(f"US{number}" for number in range(2000))))


def test_settling_again_succeeds_once_there_is_room(sqlite_store):
    """The same answer can be settled again after the fault, without being counted twice."""
    pragma_on_every_connection(sqlite_store, "PRAGMA query_only = ON")
    answer = {"billed": ["US1"], "rest": "released", "histories": {"US1": history()}}
    with pytest.raises(StoreUnwritable, match="read-only"):
        sqlite_store.settle("q", **answer)
    pragma_on_every_connection(sqlite_store, "PRAGMA query_only = OFF")
    sqlite_store.settle("q", **answer)
    sqlite_store.settle("q", **answer)
    assert sqlite_store.totals().ever.billed == 1
    assert sqlite_store.load(["US1"])["US1"] == history()


def test_locked_store_says_so(sqlite_store):
    """Another program's lock is waited for, then told; reading goes on meanwhile."""
    with closing(sqlite3.connect(sqlite_store._database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnwritable, match=r"kept it locked\. Nothing was charged\. Close the other program"):
            sqlite_store.reserve(reservations("next", "US2"))
        assert sqlite_store.totals().ever.reserved == 1
    sqlite_store.reserve(reservations("next", "US2"))


@pytest.mark.usefixtures("unprivileged")
def test_folder_that_cannot_be_made_is_explained():
    """Where this account may not write, that is said before anything is spent."""
    with pytest.raises(StoreUnwritable, match=r"permission denied\. Nothing was charged\. Let this account write"):
        Store.open("sqlite:////proc-like/nobody-may/store.db", source="sandbox")


@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_store_of_another_account_can_be_read(request, file_mode):
    """What somebody else's folder holds is shown to whom it may be shown; buying is refused in words."""
    with tempfile.TemporaryDirectory() as name:  # not pytest's folder, which nobody else may even enter
        folder, file = Path(name), Path(name) / "store.db"
        with closing(Store.open(f"sqlite:///{file}", source="sandbox")) as store:
            store.save(history())
        file.chmod(file_mode)
        folder.chmod(0o555)
        request.getfixturevalue("unprivileged")
        with closing(Store.open(f"sqlite:///{file}", source="sandbox")) as store:
            assert [headline.documents_held for headline in store.headlines()] == [6]
            assert "read-only here" in str(store.trouble.error)
            with pytest.raises(StoreUnwritable, match=r"Nothing was charged\. Let this account"):
                store.reserve(reservations("q", "US1"))
        os.seteuid(os.getuid())
        folder.chmod(0o700)


def test_read_only_server_is_explained(postgres_url):
    """A standby takes no reservation, so that nothing is spent; what is held can be read."""
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        store.save(history())
    standby = postgres_url + "%20-cdefault_transaction_read_only%3Don"
    with closing(Store.open(standby, source="sandbox")) as store:
        with pytest.raises(StoreUnwritable, match=r"read-only here\. Nothing was charged"):
            store.reserve(reservations("q", "US1"))
        assert store.load(["US11205304B2"])["US11205304B2"].documents_held == 6


def test_schema_that_is_not_there_is_explained(postgres_server):
    """A search path that leads nowhere is told with what to do."""
    with pytest.raises(StoreUnwritable, match=r"schema that its address names does not exist.*search_path"):
        Store.open(postgres_server.url("nowhere"), source="sandbox")


def test_lost_connection_is_explained_and_mended(postgres_server, postgres_url):
    """A connection cut within a transaction is told, undone, and replaced for the next one."""

    def write_and_be_cut_off(store: Store) -> None:
        with store._database.write("sandbox") as connection, postgres_server.connect() as other:
            facts.put(StoreTransaction(connection, "sandbox", LATER), "limit", "100")
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])

    with closing(Store.open(postgres_url, source="sandbox")) as store:
        with pytest.raises(StoreUnreachable, match="does not answer"):
            write_and_be_cut_off(store)
        assert store.fact("limit") is None
        store.reserve(reservations("q", "US1"))
        assert store.totals().ever.reserved == 1


def test_locked_server_says_so(postgres_server, postgres_url, monkeypatch):
    """A lock that somebody holds on the server is not waited for forever."""
    monkeypatch.setattr("components.store.database.LOCK_TIMEOUT_SECONDS", 0.2)
    with closing(Store.open(postgres_url, source="sandbox")) as store, postgres_server.connect() as other:
        schema = postgres_url.rpartition("%3D")[2]
        with other.transaction():
            other.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{schema} sandbox"])
            with pytest.raises(StoreUnwritable, match="kept it locked"):
                store.reserve(reservations("q", "US1"))
        store.reserve(reservations("q", "US1"))


def test_driver_text_is_not_repeated(sqlite_store):
    """No statement and no parameter of a failed one is shown."""
    pragma_on_every_connection(sqlite_store, "PRAGMA query_only = ON")
    with pytest.raises(StoreUnwritable) as caught:
        sqlite_store.save(linked(history(), LATER, word="canary"))
    shown = f"{caught.value} {caught.value.__context__}"
    assert "canary" not in shown
    assert not isinstance(caught.value, psycopg.Error)
