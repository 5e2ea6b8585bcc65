"""A store that cannot be written is opened for reading, says why, and is written again as soon as it can be."""

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from components.desk import open_desk
from components.settings import Settings
from components.store import Store, StoreUnwritable
from tests.store.made import history, linked, reservations

KEY = "US14/706838"
PDF = b"%PDF-1.7 one page"


def mount(*arguments: str) -> None:
    """Mount something, or skip where this machine does not let us."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own: 2 MB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=2m,mode=0700", "none", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def url_of(folder: Path) -> str:
    """Return the address of the store in a folder; it waits a short time for locks."""
    return f"sqlite:///{folder}/store.db?timeout=0.2"


def fill(url: str) -> None:
    """Make a store that holds a history with links that expire soon, a PDF used long ago, and one reservation."""
    with closing(Store.open(url, source="sandbox")) as store:
        store.save(linked(history(), datetime.now(UTC) + timedelta(hours=1)))
        store.keep_pdf(KEY, "20180831-CTNF-1", PDF)
        store.reserve(reservations("q", "US1"))
        with store._database.write("sandbox") as connection:
            connection.exec_driver_sql("UPDATE pdfs SET used_at = '2020-01-01 00:00:00.000000'")
            connection.exec_driver_sql("UPDATE links SET expires = '2020-01-01 00:00:00.000000'")


@contextmanager
def read_only_mount(folder: Path) -> Iterator[Callable[[], None]]:
    """Mount the disk read-only; the function given makes it writable again."""
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    yield lambda: subprocess.run(["mount", "-o", "remount,rw", folder], check=True)


@contextmanager
def full_disk(folder: Path) -> Iterator[Callable[[], None]]:
    """Fill the disk to its last byte; the function given makes room again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    yield filler.unlink


@contextmanager
def read_only_file(folder: Path) -> Iterator[Callable[[], None]]:
    """Make the file one that not even root may write; the function given undoes it."""
    file = folder / "store.db"
    if subprocess.run(["chattr", "+i", file], capture_output=True, check=False).returncode:
        pytest.skip("this file system knows no immutable files")
    try:
        yield lambda: subprocess.run(["chattr", "-i", file], check=True)
    finally:
        subprocess.run(["chattr", "-i", file], check=False)


@contextmanager
def locked_file(folder: Path) -> Iterator[Callable[[], None]]:
    """Let another connection hold the store locked; the function given releases it."""
    with closing(sqlite3.connect(folder / "store.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield lambda: other.execute("ROLLBACK")


HINDRANCES: dict[str, tuple[Callable[[Path], AbstractContextManager[Callable[[], None]]], str]] = {
    "read-only mount": (read_only_mount, "read-only"),
    "full disk": (full_disk, "disk is full"),
    "read-only file": (read_only_file, "read-only"),
    "locked": (locked_file, "kept it locked"),
}


@pytest.fixture(params=HINDRANCES)
def hindered(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str, Callable[[], None]]]:
    """The address of a filled store that cannot be written, why not in words, and how to end that."""
    hinder, words = HINDRANCES[request.param]
    on_disk = request.param in ("read-only mount", "full disk")
    folder = request.getfixturevalue("disk") if on_disk else tmp_path / "data"
    url = url_of(folder)
    fill(url)
    with ExitStack() as stack:
        end = stack.enter_context(hinder(folder))
        yield url, words, end


def test_what_is_held_stays_usable(hindered):
    """It opens, says why it cannot be written, and shows all it holds; nothing can be spent until it can be written."""
    url, words, end = hindered
    with closing(Store.open(url, source="sandbox")) as store:
        began = store.trouble.since
        assert words in str(store.trouble.error)
        assert "charged" not in str(store.trouble.error)
        assert store.notice is None
        for _ in range(2):
            assert store.load([KEY])[KEY].documents_held == 6
            assert store.headlines()[0].key == KEY
            assert store.pdf(KEY, "20180831-CTNF-1") == PDF
            assert store.link(KEY, "20180831-CTNF-1") is None  # expired, and cannot be deleted
            assert store.totals().ever.reserved == 1
            secret = store.fact_or("secret", lambda: "made here")
            assert secret == "made here"
            store.trim_pdfs()
        for write in (
            lambda: store.reserve(reservations("next", "US2")),
            lambda: store.lease(["US2"], holder="me"),
        ):
            with pytest.raises(StoreUnwritable, match=rf"{words}.*Nothing was charged\."):
                write()
        with pytest.raises(StoreUnwritable, match=words) as caught:
            store.release(["US2"], holder="me")
        assert "charged" not in str(caught.value)
        assert "  " not in str(caught.value)
        assert store.trouble.since == began
        end()
        store.reserve(reservations("next", "US2"))
        assert store.trouble is None
        assert store.fact_or("secret", lambda: "made later") == "made here"
        assert store.link(KEY, "20180831-CTNF-1") is None
    with closing(Store.open(url, source="sandbox")) as store:
        assert store.fact("secret") == "made here"
        assert store.totals().ever.reserved == 2
        assert store.trouble is None


def test_desk_opens_with_it(hindered):
    """The app starts, with what is held."""
    url, words, _ = hindered
    desk = open_desk(Settings(review_store_url=url, _env_file=None))
    try:
        assert words in str(desk.store.trouble.error)
        assert desk.store.headlines()
    finally:
        desk.close()


def test_disk_that_fills_while_running_is_told_and_mended(disk):
    """The answer that does not fit is not half saved, and saved when there is room."""
    url = url_of(disk)
    fill(url)
    with closing(Store.open(url, source="sandbox")) as store, full_disk(disk) as end:
        answer = {
            "billed": ["US1"],
            "rest": "released",
            "histories": {"US1": history("US15/1", "US1B2", "i", count=9000)},
        }
        with pytest.raises(StoreUnwritable, match=r"disk is full\. What has just arrived may have been charged"):
            store.settle("q", **answer)
        assert store.resolve(["US1"]) == {}
        assert store.totals().ever.reserved == 1
        end()
        store.settle("q", **answer)
        assert store.totals().ever.billed == 1


def test_incidental_writes_do_not_wait_for_a_lock(tmp_path):
    """While another program holds the store, reading a PDF waits no half a minute to note that it was read."""
    url = f"sqlite:///{tmp_path}/data/store.db"
    fill(url)
    waits: list[str] = []
    with closing(Store.open(url, source="sandbox")) as store, locked_file(tmp_path / "data"):
        event.listen(
            store._database.engine,
            "before_cursor_execute",
            lambda _c, _u, statement, *_: waits.append(statement) if "busy_timeout" in statement else None,
        )
        assert store.pdf(KEY, "20180831-CTNF-1") == PDF
        assert waits == ["PRAGMA busy_timeout = 100", "PRAGMA busy_timeout = 30000"]
        assert store.trouble is None  # nothing was wanted that could not be done


def test_what_another_process_writes_is_seen_through_a_read_only_mount(disk, tmp_path):
    """A folder that is read-only here may be written elsewhere."""
    fill(url_of(disk))
    here = tmp_path / "here"
    here.mkdir()
    mount("--bind", str(disk), str(here))
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", here], check=True)
        with closing(Store.open(url_of(here), source="sandbox")) as reader:
            assert reader.totals().ever.reserved == 1
            with closing(Store.open(url_of(disk), source="sandbox")) as writer:
                writer.reserve(reservations("there", "US5", "US6"))
                assert reader.totals().ever.reserved == 3
            assert reader.totals().ever.reserved == 3
            with pytest.raises(StoreUnwritable, match="read-only"):
                reader.reserve(reservations("here", "US7"))
    finally:
        subprocess.run(["umount", "--lazy", here], check=True)


def test_schema_of_an_earlier_version_that_cannot_be_changed_is_explained(disk):
    """It would not be understood: that is said, with why it cannot be brought to the present schema."""
    fill(url_of(disk))
    with closing(sqlite3.connect(disk / "store.db")) as other:
        other.execute("UPDATE store_schema SET version = version - 1")
        other.commit()
    with (
        read_only_mount(disk),
        pytest.raises(StoreUnwritable, match=r"earlier version.*read-only.*Nothing was charged"),
    ):
        Store.open(url_of(disk), source="sandbox")


def test_read_only_server_says_so_at_opening(postgres_url):
    """A standby is opened for reading; once it takes writes, it is written."""
    with closing(Store.open(postgres_url, source="sandbox")) as store:
        store.save(history())
    standby = postgres_url + "%20-cdefault_transaction_read_only%3Don"
    with closing(Store.open(standby, source="sandbox")) as store:
        assert "read-only" in str(store.trouble.error)
        assert store.headlines()
        assert store.fact_or("secret", lambda: "made here") == "made here"
        with pytest.raises(StoreUnwritable, match="read-only"):
            store.save_fact("limit", "100")
