"""Reading answers in turn."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from components.patsnap.reading_turn import reading_turn


@pytest.fixture(autouse=True)
def _collecting():
    """Let garbage be looked for, as in the app."""
    gc.enable()
    yield
    gc.enable()


def test_one_thread_reads_at_a_time() -> None:
    """However many want to."""
    inside: list[int] = []
    most = 0
    barrier = Barrier(8)

    def read(reader: int) -> None:
        nonlocal most
        barrier.wait()
        for _ in range(200):
            with reading_turn():
                inside.append(reader)
                most = max(most, len(inside))
                inside.remove(reader)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(8)))
    assert most == 1


def test_garbage_is_looked_for_again_afterwards() -> None:
    """After an answer that could not be read, too."""
    with reading_turn():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="unreadable"), reading_turn():
        raise ValueError("unreadable")
    assert gc.isenabled()


def test_a_process_that_looks_for_no_garbage_is_left_alone() -> None:
    """What was switched off stays off."""
    gc.disable()
    with reading_turn():
        pass
    assert not gc.isenabled()
