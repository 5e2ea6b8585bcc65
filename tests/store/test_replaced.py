"""A store that is gone, or is another one than was opened, is noticed before anything more is bought, and after."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from components.store import Store, StoreDamaged, StoreReplaced
from tests.store.made import history, reservations
from tests.store.workers import in_processes, open_and_close

LOG_AND_INDEX = ("-wal", "-shm")


def beside(file: Path, suffix: str) -> Path:
    """Return the file beside the store whose name ends so."""
    return file.with_name(file.name + suffix)


def buy(store: Store, request: str, count: int = 5) -> None:
    """Reserve and settle one call."""
    numbers = [f"US{request}{number}" for number in range(count)]
    store.reserve(reservations(request, *numbers))
    histories = {number: history(f"app {number}", number, "") for number in numbers}
    store.settle(request, billed=numbers, rest="released", histories=histories)


def checkpoint(file: Path) -> None:
    """Have everything moved from the log into the file, as SQLite does from time to time."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def rows_in(file: Path) -> int:
    """Count the ledger's rows in a file that nobody has open."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as seen:
        return int(seen.execute("SELECT count(*) FROM ledger").fetchone()[0])


@pytest.fixture
def file(sqlite_url: str) -> Path:
    """The file of a store with one call in it, and a backup of that state beside it."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "first")
    shutil.copyfile(file, beside(file, ".backup"))
    return file


def unlink(file: Path) -> None:
    """Delete all that SQLite keeps."""
    for suffix in ("", *LOG_AND_INDEX):
        beside(file, suffix).unlink()


def rename_away(file: Path) -> None:
    """Move the file elsewhere."""
    file.rename(beside(file, ".elsewhere"))


def unlink_log(file: Path) -> None:
    """Delete the log and its index only."""
    for suffix in LOG_AND_INDEX:
        beside(file, suffix).unlink()


def rename_backup(file: Path) -> None:
    """Put the backup in its place by renaming it, with no log beside it."""
    unlink_log(file)
    beside(file, ".backup").rename(file)


def rename_backup_only(file: Path) -> None:
    """Put the backup in its place by renaming it; the log stays."""
    beside(file, ".backup").rename(file)


def copy_backup_over(file: Path) -> None:
    """Copy the backup over the file, as `cp` does, after SQLite has moved the log into it."""
    checkpoint(file)
    shutil.copyfile(beside(file, ".backup"), file)


def put_another_store(file: Path) -> None:
    """Put another store of this app in its place, with a longer ledger."""
    other = file.with_name("other.db")
    with closing(Store.open(f"sqlite:///{other}", source="sandbox")) as store:
        for number in range(9):
            buy(store, f"other{number}")
    unlink(file)
    other.rename(file)


def copy_another_store(file: Path) -> None:
    """Copy another store of this app over it."""
    other = file.with_name("other.db")
    with closing(Store.open(f"sqlite:///{other}", source="sandbox")) as store:
        for number in range(9):
            buy(store, f"other{number}")
    checkpoint(file)
    shutil.copyfile(other, file)


def put_empty_file(file: Path) -> None:
    """Put an empty file in its place."""
    unlink(file)
    file.touch(mode=0o600)


def restore_backup(file: Path) -> None:
    """Restore the backup through SQLite itself, as its shell's `.restore` does."""
    with closing(sqlite3.connect(beside(file, ".backup"))) as backup, closing(sqlite3.connect(file)) as store:
        backup.backup(store)


LOSSES: list[Callable[[Path], None]] = [
    unlink,
    rename_away,
    unlink_log,
    rename_backup,
    rename_backup_only,
    copy_backup_over,
    put_another_store,
    copy_another_store,
    put_empty_file,
    restore_backup,
]


WHOLE = [unlink_log, rename_backup_only]
"""After these everything is still there: in the log that the process has open, or beside the backup."""


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_replaced_file_is_noticed_before_the_next_purchase(sqlite_url, file, lose):
    """Nothing is reserved, settled or leased any more, and nothing is written into what is in the store's place."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        lose(file)
        there = file.read_bytes() if file.exists() else None
        for _ in range(2):
            with pytest.raises(StoreReplaced, match=r"not the one that this app opened.*Nothing was charged\. Put it"):
                store.reserve(reservations("next", "US1"))
        with pytest.raises(StoreReplaced, match="may have been charged and is not saved"):
            store.settle("second", billed=["US7"], rest="uncertain", histories={"US7": history()})
        with pytest.raises(StoreReplaced):
            store.lease(["US1"], holder="me")
        assert isinstance(store.trouble.error, StoreReplaced)
        assert "charged" not in str(store.trouble.error)
        assert (file.read_bytes() if file.exists() else None) == there


@pytest.mark.parametrize("lose", [lose for lose in LOSSES if lose not in WHOLE], ids=lambda lose: lose.__name__)
def test_after_a_restart_nothing_is_missing_in_silence(sqlite_url, file, lose):
    """Whatever was lost, the next process says so, or has set aside what it found and says that."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        lose(file)
    with suppress(StoreDamaged):
        Store.open(sqlite_url, source="sandbox").close()
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert "charged again" in store.notice.message


@pytest.mark.parametrize("lose", WHOLE, ids=lambda lose: lose.__name__)
def test_after_an_orderly_end_the_log_is_in_the_file(sqlite_url, file, lose):
    """A process that ends in order saves what stands in a log that nobody else sees any more."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        lose(file)
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None
        assert store.totals().ever.billed == 10


@pytest.mark.parametrize("lose", [unlink, rename_away, rename_backup, put_another_store])
def test_after_a_restart_it_is_told_before_anything_is_bought(sqlite_url, file, lose):
    """The next process says that this is not the store used last, until a person has read it; then never again."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        lose(file)
    for _ in range(2):
        with closing(Store.open(sqlite_url, source="sandbox")) as store:
            assert "not the store that was used here last" in store.notice.message
            assert "charged again" in store.notice.message
            assert store.notice.path is None
    with (
        closing(Store.open(sqlite_url, source="sandbox")) as store,
        closing(Store.open(sqlite_url, source="x")) as other,
    ):
        store.acknowledge()
        assert store.notice is None
        assert other.notice is None
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None


def test_folder_that_goes_is_noticed(sqlite_url, file):
    """Even with nothing left at all."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        shutil.rmtree(file.parent)
        with pytest.raises(StoreReplaced, match="its file is gone"):
            store.reserve(reservations("next", "US1"))


def test_a_running_process_records_again_which_store_was_here(sqlite_url, file):
    """Even if everything beside the store goes with it, the next process is told."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        for part in file.parent.iterdir():
            part.unlink()
        with pytest.raises(StoreReplaced):
            store.reserve(reservations("next", "US1"))
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is not None


def test_log_that_a_store_left_is_not_taken_for_the_next_ones(sqlite_url, file):
    """What is in it belongs to the store that has gone; it is kept, and back with it all is there again."""
    elsewhere = beside(file, ".elsewhere")
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        rename_away(file)
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.totals().ever.used == 0
        left = next(part for part in file.parent.iterdir() if ".gone-" in part.name and part.name.endswith("-wal"))
        assert f"{left.name}: rename that to store.db-wal" in store.notice.message
    elsewhere.rename(file)
    left.rename(beside(file, "-wal"))
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None
        assert store.totals().ever.billed == 10


def test_store_put_back_after_a_restart_is_no_news(sqlite_url, file):
    """An empty store that nobody has agreed to does not take the place of the one used last."""
    elsewhere = beside(file, ".elsewhere")
    file.rename(elsewhere)
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is not None
    elsewhere.rename(file)
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None
        assert store.totals().ever.billed == 5


@pytest.mark.parametrize("way", ["rename", "copy"])
def test_same_file_put_back_is_written_again(sqlite_url, file, way):
    """No restart is needed, whether the system knows it as the same file or as a copy of it."""
    elsewhere = beside(file, ".elsewhere")
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        if way == "copy":
            checkpoint(file)
        file.rename(elsewhere)
        with pytest.raises(StoreReplaced):
            store.reserve(reservations("next", "US1"))
        if way == "copy":
            unlink_log(file)
            shutil.copyfile(elsewhere, file)
            elsewhere.unlink()
        else:
            elsewhere.rename(file)
        buy(store, "third")
        assert store.trouble is None
        assert store.totals().ever.billed == 15
    assert rows_in(file) == 30


def test_file_overwritten_and_restored_is_written_again(sqlite_url, file):
    """What was copied over it goes as it came."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        checkpoint(file)
        right = file.read_bytes()
        shutil.copyfile(beside(file, ".backup"), file)
        with pytest.raises(StoreReplaced, match="copied over it"):
            store.reserve(reservations("next", "US1"))
        file.write_bytes(right)
        buy(store, "third")
        assert store.totals().ever.billed == 15


def test_answer_saved_into_a_deleted_file_is_not_saved(sqlite_url, file):
    """The file that goes while an answer is being saved is noticed after the commit."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        store.reserve(reservations("second", "US1"))
        with pytest.raises(StoreReplaced, match="not kept"), store._database.write("sandbox", cost="It is not kept."):
            unlink(file)
        with pytest.raises(StoreReplaced):
            store.reserve(reservations("next", "US2"))


def test_reading_never_makes_a_file(sqlite_url, file):
    """Whoever reads while the file is gone puts none in its place."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        with store._database.read():  # the connection that is open already
            unlink(file)
            with pytest.raises(StoreReplaced, match="is gone") as caught:
                store.headlines()
        assert "charged" not in str(caught.value)
        assert store.headlines()
        assert not file.exists()


def test_checkpoints_of_others_are_no_replacement(sqlite_url, file):
    """Another process that moves the log into the file changes it as it may."""
    with (
        closing(Store.open(sqlite_url, source="sandbox")) as store,
        closing(Store.open(sqlite_url, source="x")) as other,
    ):
        for number in range(6):
            buy(store, f"a{number}")
            checkpoint(file)
            buy(other, f"b{number}")
        assert (store.trouble, other.trouble) == (None, None)


def test_looking_at_the_file_keeps_its_locks(sqlite_url, file):
    """Closing a file ends all locks of a process on it (POSIX) unless SQLite defers that: others would end the log."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        buy(store, "second")
        checkpoint(file)
        buy(store, "third")  # has looked at the file, and closed it
        log = beside(file, "-wal").stat().st_ino
        in_processes(1, open_and_close, sqlite_url)
        assert beside(file, "-wal").stat().st_ino == log
        buy(store, "fourth")


def test_stores_of_earlier_versions_get_an_identity_at_their_first_opening(sqlite_url, file):
    """A store without an identity is taken as it is, and watched from then on."""
    beside(file, ".identity").unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("DELETE FROM facts")
        other.commit()
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None
        buy(store, "second")
    file.unlink()
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is not None


def drop_and_make_anew(server, schema: str) -> None:
    """Have an administrator drop the schema and make an empty one."""
    with server.connect() as other:
        other.execute(f"DROP SCHEMA {schema} CASCADE")
        other.execute(f"CREATE SCHEMA {schema}")


@pytest.mark.parametrize("state", ["dropped", "empty", "another store", "another program's"])
def test_replaced_schema_is_noticed_before_the_next_purchase(postgres_server, state):
    """On a server it is the schema that goes, and another one that comes; the right one put back is written again."""
    schema = postgres_server.schema()
    url = postgres_server.url(schema)
    with closing(Store.open(url, source="sandbox")) as store:
        buy(store, "first")
        with postgres_server.connect() as other:
            other.execute(f"ALTER SCHEMA {schema} RENAME TO {schema}_kept")
            if state != "dropped":
                other.execute(f"CREATE SCHEMA {schema}")
            if state == "another program's":
                other.execute(f"CREATE TABLE {schema}.ledger (x int)")
        if state == "another store":
            with closing(Store.open(url, source="sandbox")) as another:
                buy(another, "x", 9)
        for _ in range(2):
            with pytest.raises(StoreReplaced, match="Nothing was charged"):
                store.reserve(reservations("next", "US1"))
        with pytest.raises(StoreReplaced, match="may have been charged"):
            store.settle("first", billed=["US9"], rest="uncertain")
        with postgres_server.connect() as other:
            other.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            other.execute(f"ALTER SCHEMA {schema}_kept RENAME TO {schema}")
        buy(store, "second")
        assert store.totals().ever.billed == 10


def test_server_restored_from_a_backup_is_noticed(postgres_server, postgres_url):
    """The same store with a shorter ledger is an earlier state of it."""
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        buy(store, "first")
        schema = postgres_url.rpartition("%3D")[2]
        with postgres_server.connect() as other:
            other.execute(f"CREATE TABLE {schema}.dump AS TABLE {schema}.ledger")
        buy(store, "second")
        with postgres_server.connect() as other:
            other.execute(f"ALTER TABLE {schema}.ledger RENAME TO ledger_since")
            other.execute(f"CREATE TABLE {schema}.ledger AS TABLE {schema}.dump")
        with pytest.raises(StoreReplaced, match="earlier state"):
            store.reserve(reservations("next", "US1"))


def test_own_process_may_be_many(sqlite_url, file):
    """Opening again and again, by this and others, keeps all of them writing."""
    stores = [Store.open(sqlite_url, source="sandbox") for _ in range(4)]
    for number, store in enumerate(stores):
        buy(store, f"n{number}")
        store.close()
    assert rows_in(file) == 50
    assert beside(file, ".identity").stat().st_size == 54
