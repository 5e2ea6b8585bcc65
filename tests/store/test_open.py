"""Opening a store: who may read its file, which addresses are refused, and what they may not show."""

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from components.store import Store, StoreError, StoreExposed, StoreForeign, StoreMisconfigured, StoreUnreachable
from components.store.schema import metadata
from tests.store.made import history
from tests.store.workers import in_processes, open_and_close


def mode(path: Path) -> int:
    """Return the permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_folder_and_files_are_for_one_account(sqlite_url, tmp_path, umask):
    """The folder is made 0700 and all files in it 0600, the log and its index too, whatever the umask."""
    before = os.umask(umask)
    try:
        with closing(Store.open(sqlite_url, source="sandbox")) as store:
            store.save(history())
            folder = tmp_path / "data"
            assert mode(folder) == 0o700
            assert {part.name: mode(part) for part in folder.iterdir()} == {
                "store.db": 0o600,
                "store.db-wal": 0o600,
                "store.db-shm": 0o600,
                "store.db.lock": 0o600,
                "store.db.identity": 0o600,
            }
    finally:
        os.umask(before)


def test_open_file_is_closed_to_others(sqlite_url, tmp_path):
    """A file that others could read is taken from them at the next opening."""
    Store.open(sqlite_url, source="sandbox").close()
    file = tmp_path / "data" / "store.db"
    file.chmod(0o644)
    Store.open(sqlite_url, source="sandbox").close()
    assert mode(file) == 0o600


@pytest.mark.parametrize("folder_mode", [0o770, 0o707, 0o777, 0o1777])
def test_folder_that_others_may_write_to_is_refused(sqlite_url, tmp_path, folder_mode):
    """Nothing is created where others could exchange it; the message says how to close the folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(folder_mode)
    with pytest.raises(StoreExposed, match=r"may be written to by others.*Nothing was charged.*chmod 700"):
        Store.open(sqlite_url, source="sandbox")
    assert list(folder.iterdir()) == []


def test_folder_that_others_may_only_read_is_accepted(sqlite_url, tmp_path):
    """Reading a folder's list harms nobody."""
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    Store.open(sqlite_url, source="sandbox").close()
    assert (mode(folder), mode(folder / "store.db")) == (0o755, 0o600)


def test_sqlite_commits_to_the_disk(sqlite_url):
    """The log is written ahead, and each commit waits for the disk: FULL is 2."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store, store._database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "secure_delete", "foreign_keys")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 30000,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_tables_are_those_that_queries_expect(store):
    """The migrations make exactly the tables and columns of the schema module, and the same keys."""
    with store._database.read() as connection:
        made = inspect(connection)
        assert set(made.get_table_names()) == set(metadata.tables)
        for name, table in metadata.tables.items():
            columns = {column["name"]: column["nullable"] for column in made.get_columns(name)}
            if name in (
                "histories",
                "ledger",
                "pdfs",
                "read_papers",
                "paper_files",
                "paper_contents",
            ):  # SQLite calls even a row id nullable
                columns["id"] = False
            assert columns == {column.name: column.nullable for column in table.columns}
            assert set(made.get_pk_constraint(name)["constrained_columns"]) == {key.name for key in table.primary_key}


def test_opening_together_makes_one_store(store_url):
    """Four processes that open a new store at the same moment all get the same one."""
    names = in_processes(4, open_and_close, store_url)
    with closing(Store.open(store_url, source="sandbox")) as store:
        assert {store.fact(name) for name in names} == {"here"}
        with store._database.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM store_schema")).scalar_one() == 1


def test_threads_share_a_store(store):
    """Thirty-two threads save and load through one object."""

    def work(index: int) -> int:
        store.save(history(apno=f"US14/{index}", patent_number="", patent_id="", count=index % 7))
        return store.load([f"US14/{index}"])[f"US14/{index}"].documents_held

    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(work, range(96))) == [index % 7 for index in range(96)]
    assert len(store.headlines()) == 96


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("mysql://root:canary@127.0.0.1/x", "only sqlite and postgresql"),
        ("not an address canary", "not a database address"),
        ("postgresql://u:canary@host:port/x", "not a database address"),
        ("sqlite:///store.db?timeout=canary", "timeout in REVIEW_STORE_URL must be a number"),
    ],
)
def test_address_that_cannot_be_used_is_explained(url, words):
    """What is wrong with the address is said without repeating it: it may hold a password."""
    with pytest.raises(StoreMisconfigured, match=words) as caught:
        Store.open(url, source="sandbox")
    assert "canary" not in str(caught.value)
    assert "Nothing was charged." in str(caught.value)


@pytest.mark.parametrize("prefix", ["postgresql+psycopg://", "postgresql://", "postgres://"])
def test_postgresql_goes_by_its_usual_names(postgres_url, prefix):
    """Addresses as hosts hand them out are understood."""
    with closing(Store.open(postgres_url.replace("postgresql+psycopg://", prefix), source="sandbox")) as store:
        store.save_fact("name", prefix)
        assert store.fact("name") == prefix


def test_database_of_another_program_is_left_alone(tmp_path):
    """A sound SQLite file with foreign tables is refused, not set aside and not written to."""
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
        other.commit()
    before = file.read_bytes()
    with pytest.raises(StoreForeign, match="another program"):
        Store.open(f"sqlite:///{file}", source="sandbox")
    assert file.read_bytes() == before
    assert {part.name for part in tmp_path.iterdir()} == {"places.sqlite", "places.sqlite.lock"}


def test_postgresql_schema_with_our_names_is_left_alone(postgres_server):
    """Somebody else's table called ledger is not touched; other tables do not disturb."""
    shared, taken = postgres_server.schema(), postgres_server.schema()
    with postgres_server.connect() as other:
        other.execute(f"CREATE TABLE {shared}.unrelated (x int)")
        other.execute(f"CREATE TABLE {taken}.ledger (x int)")
    Store.open(postgres_server.url(shared), source="sandbox").close()
    with pytest.raises(StoreForeign):
        Store.open(postgres_server.url(taken), source="sandbox")


def secrets_of(error: BaseException | None) -> str:
    """Everything an error and those behind it could show."""
    shown = ""
    while error is not None:
        shown += f"{error!s} {error!r} {error.__dict__} "
        error = error.__cause__ or error.__context__
    return shown


def test_password_is_never_shown(postgres_server, postgres_url):
    """Neither a refused password nor a working one is in any message, cause, attribute or representation."""
    wrong = postgres_url.replace(postgres_server.password, "canary-password")
    with pytest.raises(StoreUnreachable, match=r"does not let this app in\. Nothing was charged\. Check") as caught:
        Store.open(wrong, source="sandbox")
    assert "canary-password" not in secrets_of(caught.value)
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        assert postgres_server.password not in f"{store!r} {store!s} {store._database!r} {store._database.location}"


def test_server_that_is_not_there_is_explained():
    """No server: what to check is said, and that nothing was charged; passwords in the query stay secret too."""
    with pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1") as caught:
        Store.open("postgresql+psycopg://ada:canary@127.0.0.1:1/review?password=canary", source="sandbox")
    assert "canary" not in secrets_of(caught.value)


def test_all_errors_are_of_one_tree():
    """Whoever wants to catch any of them catches StoreError."""
    assert issubclass(StoreExposed, StoreMisconfigured)
    assert issubclass(StoreMisconfigured, StoreError)


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal", ".identity"])
@pytest.mark.parametrize("leads_to", ["a text", "a store", "nothing"])
def test_a_link_in_the_place_of_the_store_is_refused_and_left_alone(tmp_path, suffix, leads_to):
    """Neither the link nor what it leads to is renamed, changed or created; the message says what to do."""
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    elsewhere.mkdir()
    target = elsewhere / "target"
    if leads_to == "a text":
        target.write_text("a list of clients")
    elif leads_to == "a store":
        Store.open(f"sqlite:///{target}", source="sandbox").close()
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    link = folder / f"store.db{suffix}"
    link.symlink_to(target)
    with pytest.raises(StoreMisconfigured, match=rf"{link} is a symbolic link.*Nothing was charged.*Name the file"):
        Store.open(f"sqlite:///{folder / 'store.db'}", source="sandbox")
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before
    assert [path.name for path in folder.iterdir()] == [link.name]
    assert link.readlink() == target


def test_a_store_in_a_folder_that_is_a_link_is_opened(tmp_path):
    """A folder may be mounted or moved elsewhere; only the file itself must not be a link."""
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "data").symlink_to(tmp_path / "real")
    Store.open(f"sqlite:///{tmp_path / 'data' / 'store.db'}", source="sandbox").close()
    assert (tmp_path / "real" / "store.db").is_file()
