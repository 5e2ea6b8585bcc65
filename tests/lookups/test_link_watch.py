"""Signed links go soon after they end, out of every file of the store, also when nobody opens anything."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from components.lookups.link_watch import LinkWatch
from components.store import Store
from tests.conftest import ROOT
from tests.lookups.conftest import MakeSetup
from tests.store.made import history, linked
from tests.waiting import until

WORD = "a-signature"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "data" / "store.db"


def opened(file: Path) -> Store:
    """Open the store."""
    return Store.open(f"sqlite:///{file}", source="test")


def signatures(file: Path) -> int:
    """Return how many signatures stand in the database, its log and its index, as bytes."""
    parts = b""
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            parts += Path(f"{file}{suffix}").read_bytes()
    return parts.count(WORD.encode())


def soon(seconds: float = 1) -> datetime:
    """Return when links end that live for this long from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


def watches() -> list[threading.Thread]:
    """Return the threads that watch over links."""
    return [thread for thread in threading.enumerate() if thread.name == "link watch"]


def test_ended_links_of_every_workspace_go_though_nobody_opens_a_paper(file: Path) -> None:
    """Out of the database and its log; the watch then ends by itself, and begins again with the next links."""
    with ExitStack() as ending:
        store = ending.enter_context(opened(file))
        watch = LinkWatch(store)
        ending.callback(watch.close)
        watch.begin()
        assert watches() == []
        for workspace in ("", "merger"):
            store.for_workspace(workspace).save(linked(history(), soon(), word=WORD))
            assert signatures(file)
            watch.begin()
            until(lambda: not signatures(file), "the end of the signatures")
            until(lambda: not watches(), "the end of the watch")
        assert len(store.headlines()) == 1


def test_links_that_a_reader_kept_in_the_log_go_when_he_has_read(file: Path) -> None:
    """SQLite's log cannot begin anew while somebody reads: it is tried again, without the next links ending."""
    with ExitStack() as ending:
        store = ending.enter_context(opened(file))
        store.save(linked(history(), soon(0.5), word=WORD))
        reader = ending.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM links").fetchall()
        until(store.purge_links, "the end of the links")
        assert signatures(file)
        watch = LinkWatch(store)
        ending.callback(watch.close)
        watch.begin()
        assert signatures(file)
        reader.execute("COMMIT")
        until(lambda: not signatures(file), "the end of the signatures")
        until(lambda: store.next_purge() is None, "the end of the watch")


def test_links_that_a_killed_process_left_in_the_log_go_at_the_next_start(file: Path) -> None:
    """It had deleted them, and was killed before the log forgot them."""
    program = (
        "import os, signal, sys, time\n"
        "from components.store import Store\n"
        "from tests.lookups.test_link_watch import WORD, history, linked, soon\n"
        "store = Store.open(f'sqlite:///{sys.argv[1]}', source='test')\n"
        "store._database.forget_deleted = lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.save(linked(history(), soon(0.5), word=WORD))\n"
        "while True: store.purge_links()\n"
    )
    subprocess.run([sys.executable, "-c", program, file], cwd=ROOT, timeout=60, check=False)
    assert signatures(file)
    with closing(opened(file)) as store:
        assert not signatures(file)
        assert store.next_purge() is None


def test_a_look_up_that_brings_links_begins_the_watch_and_its_end_ends_it(make_setup: MakeSetup) -> None:
    """No thread runs before there are links; one runs for all workspaces, and none once the app is closed."""
    setup = make_setup(switches={"synthetic": 2})
    assert watches() == []
    setup.run("US9900001B2")
    until(watches, "the watch")
    setup.run("US9900002B2")
    assert len(watches()) == 1
    setup.lookups.close()
    assert watches() == []
