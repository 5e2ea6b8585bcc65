"""One process at a time may create, migrate or set aside the store's file: the other processes here are real ones."""

import errno
import multiprocessing
import os
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event

import pytest

from components.store import Store, StoreUnwritable, files
from tests.store.workers import hold_setup_lock

_SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The path of a store that does not exist yet, in a folder for this account alone."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder / "store.db"


@contextmanager
def held_elsewhere(file: Path, system: str = sys.platform) -> Iterator[tuple[BaseProcess, Connection]]:
    """Let another process hold the lock; it releases the lock when it is sent anything, and says so."""
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=hold_setup_lock, args=(str(file), system, there), daemon=True)
    process.start()
    try:
        assert here.poll(60)
        assert here.recv() == "held"
        yield process, here
    finally:
        process.kill()
        process.join(30)


def is_refused(file: Path) -> bool:
    """Return whether the lock cannot be had."""
    try:
        with files.setup_lock(file):
            return False
    except StoreUnwritable:
        return True


@pytest.mark.parametrize("system", [sys.platform, "win32"])
def test_one_process_at_a_time(file, monkeypatch, system):
    """While another holds the lock nobody else gets it, whichever system that one believes to run on; then they do."""
    monkeypatch.setattr(files, "_SETUP_LOCK_SECONDS", 0.1)
    with held_elsewhere(file, system) as (_, other):
        with (
            pytest.raises(
                StoreUnwritable,
                match=r"another process has not finished opening it\. Nothing was charged\. Close that process",
            ),
            files.setup_lock(file),
        ):
            pytest.fail("two held the lock at once")
        other.send("end it")
        assert other.poll(60)
        assert other.recv() == "ended"
        assert not is_refused(file)


def test_a_killed_process_releases_its_lock(file, monkeypatch):
    """The system ends the lock with the process, so that no remains of it keep anybody out."""
    monkeypatch.setattr(files, "_SETUP_LOCK_SECONDS", 0.1)
    with held_elsewhere(file) as (process, _):
        assert is_refused(file)
        process.kill()
        process.join(30)
        assert not is_refused(file)


def test_opening_waits_for_the_other_process(file):
    """A store that is opened meanwhile is opened when the other has finished, not refused."""
    with held_elsewhere(file) as (_, other), ThreadPoolExecutor(1) as pool:
        opening = pool.submit(lambda: Store.open(f"sqlite:///{file}", source="sandbox").close())
        assert not file.exists()
        other.send("end it")
        opening.result(60)
    assert file.exists()


def test_threads_of_a_process_wait_too(file, monkeypatch):
    """Two threads are kept apart as two processes are."""
    monkeypatch.setattr(files, "_SETUP_LOCK_SECONDS", 0.1)
    inside, leave = Event(), Event()

    def hold() -> None:
        with files.setup_lock(file):
            inside.set()
            leave.wait(60)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        try:
            assert inside.wait(60)
            assert is_refused(file)
        finally:
            leave.set()
        holding.result(60)
    assert not is_refused(file)


@pytest.mark.parametrize("reason", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_where_nothing_can_be_locked_it_goes_on_as_if_alone(file, monkeypatch, recwarn, reason):
    """Some network file systems lock no files: the store opens, and nothing that others would wait for is left."""

    def refuse(*_: object) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", refuse)
    with closing(Store.open(f"sqlite:///{file}", source="sandbox")) as store, files.setup_lock(file):
        store.save_fact("one", "more")
        assert not is_refused(file)
    assert file.with_name("store.db.lock").read_bytes() == b""
    assert not [str(warned.message) for warned in recwarn if "lock" in str(warned.message)]


def test_the_lock_is_for_its_owner_alone(file):
    """It lies empty beside the store, and what others may do to it is taken from them."""
    Store.open(f"sqlite:///{file}", source="sandbox").close()
    lock = file.with_name("store.db.lock")
    assert (lock.read_bytes(), stat.S_IMODE(lock.stat().st_mode)) == (b"", 0o600)
    lock.chmod(0o666)
    Store.open(f"sqlite:///{file}", source="sandbox").close()
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600


@pytest.mark.parametrize("in_the_way", ["folder", "link"])
def test_a_lock_that_cannot_be_opened_is_explained(file, in_the_way):
    """What stands in its place is neither followed nor passed over: nothing is opened without the lock."""
    lock, elsewhere = file.with_name("store.db.lock"), file.with_name("elsewhere")
    if in_the_way == "folder":
        lock.mkdir()
    else:
        lock.symlink_to(elsewhere)
    with pytest.raises(StoreUnwritable, match=r"Nothing was charged\. Let this account write to its folder"):
        Store.open(f"sqlite:///{file}", source="sandbox")
    assert not file.exists()
    assert not elsewhere.exists()
