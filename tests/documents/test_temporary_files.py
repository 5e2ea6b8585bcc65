"""Temporary folders: gone with their process, or swept by the next one; nobody else's is touched."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from components.documents.temporary_files import TemporaryFiles
from tests.conftest import ROOT
from tests.waiting import until

WRITER = """
import sys, time
from components.documents.temporary_files import TemporaryFiles
path, file = TemporaryFiles(max_bytes=1000, make_room=lambda: False).create("private.zip")
file.write(b"CANARY")
file.flush()
print(path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, of this test alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def writer(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Run a process that is making a file until the block ends or it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, Path(process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


def start() -> None:
    """Begin as the next process would."""
    TemporaryFiles(max_bytes=1000, make_room=lambda: False).close()


def test_what_a_killed_process_left_is_deleted_at_the_next_start_and_no_living_ones(folder: Path) -> None:
    """A real SIGKILL in the middle of a file; beside it a process that goes on making its own."""
    with writer(folder) as (killed, left), writer(folder) as (_, living):
        start()
        assert left.read_bytes() == living.read_bytes() == b"CANARY"
        os.kill(killed.pid, signal.SIGKILL)
        until(lambda: killed.poll() is not None, "the end of the process")
        assert left.exists()
        start()
        assert not left.parent.exists()
        assert living.read_bytes() == b"CANARY"


@pytest.mark.slow
def test_a_process_that_ends_by_itself_leaves_nothing(folder: Path) -> None:
    """As before."""
    with writer(folder) as (process, left):
        process.communicate("")
        assert not left.parent.exists()


def abandoned(folder: Path, name: str = "prosecution-review-files-x") -> Path:
    """Make a folder like one of a process that was killed."""
    made = folder / name
    made.mkdir(mode=0o700)
    (made / "private.zip").write_bytes(b"CANARY")
    return made


def test_only_folders_that_are_surely_abandoned_are_deleted(folder: Path) -> None:
    """One that others can enter, one just being made, one of another program, a file and a link to a folder stay."""
    open_to_all = abandoned(folder, "prosecution-review-files-open")
    open_to_all.chmod(0o755)
    target = abandoned(folder, "another-program")
    (folder / "prosecution-review-files-link").symlink_to(target)
    (folder / "prosecution-review-files-file").touch(mode=0o700)
    new = abandoned(folder, "new-prosecution-review-files-x")
    gone = abandoned(folder)
    start()
    assert not gone.exists()
    assert all((each / "private.zip").exists() for each in (open_to_all, target, new))
    assert (folder / "prosecution-review-files-link").is_symlink()
    assert (folder / "prosecution-review-files-file").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_account_is_left_alone(folder: Path) -> None:
    """Whatever its mode and lock say."""
    foreign = abandoned(folder)
    os.chown(foreign, 65534, 65534)
    start()
    assert (foreign / "private.zip").exists()
