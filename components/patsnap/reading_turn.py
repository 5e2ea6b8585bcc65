"""Lets one thread at a time read an answer.

Reading is Python's own work, of which one processor does only one thread's at a time. Four answers that arrive together
and are read side by side are all finished at the end, and then wait for the store one after another; read in turn, the
first is saved while the second is read. Only one answer at a time takes the several times its size that its objects
need.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.Lock()


@contextmanager
def reading_turn() -> Iterator[None]:
    """Wait until no other thread reads an answer; within the block nothing looks for garbage in cycles.

    What JSON becomes has no cycles, but its thousands of new objects would let Python walk through all objects of the
    process (70 ms in this app, several times the reading itself).
    """
    with _turn:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_enabled:
                gc.enable()
