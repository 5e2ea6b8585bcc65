"""What a process does by itself, once a second, while look-ups run or something is left of them.

It shows other machines that it lives, saves the answers that the store could not take, and writes whatever else could
not be written.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from components.lookups.jobs import Jobs
from components.lookups.link_watch import LinkWatch
from components.lookups.spend_guard import save
from components.lookups.unsaved import UnsavedAnswer, UnsavedAnswers
from components.store import Store, StoreError
from components.store.processes import HEARTBEAT_SECONDS

log = logging.getLogger(__name__)

_LONGEST_PAUSE = 15.0
"""Seconds between two attempts to save, at most."""


class Upkeep:
    """A thread that runs only while there is something to do."""

    def __init__(self, store: Store, jobs: Jobs, unsaved: UnsavedAnswers, *, link_watch: LinkWatch) -> None:
        self._store = store
        self._link_watch = link_watch
        self._jobs = jobs
        self._unsaved = unsaved
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()
        self._later: list[Callable[[], None]] = []
        self._unsavable: set[str] = set()
        self._pause = 0.0
        self._next_try = 0.0

    def begin(self) -> None:
        """Let the thread run, if it does not."""
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name="look-up upkeep", daemon=True)
                self._thread.start()

    def write(self, write: Callable[[], None]) -> None:
        """Write something small to the store now, or as soon as the store can be written; raises nothing of it."""
        try:
            write()
        except StoreError as error:
            log.warning("the store is written later: %s", type(error).__name__)
            with self._lock:
                self._later.append(write)
            self.begin()

    def close(self) -> None:
        """Try once more to save what is left, and end the thread."""
        self._closed.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()
        self._save_all()
        with suppress(StoreError):
            self._write_all()

    def _run(self) -> None:
        while not self._closed.wait(HEARTBEAT_SECONDS):
            self._link_watch.begin()  # what has arrived may have brought links
            with self._lock:
                if not (self._jobs.active() or self._later or self._unsaved.all()):
                    self._thread = None
                    return
            try:
                self._store.show_heartbeat()
                self._write_all()
            except StoreError as error:
                log.debug("the store cannot be written: %s", type(error).__name__)
            except Exception:  # whatever it is, heartbeat and saving must go on
                log.exception("upkeep failed")
            if time.monotonic() >= self._next_try:
                self._save_all()

    def _write_all(self) -> None:
        """Write what could not be written before."""
        with self._lock:
            waiting, self._later = self._later, []
        for index, write in enumerate(waiting):
            try:
                write()
            except StoreError:
                with self._lock:
                    self._later += waiting[index:]
                raise

    def _save_all(self) -> None:
        """Save what the store can take now; wait longer after each attempt that fails."""
        for answer in self._unsaved.all():
            if not self._save(answer):
                self._pause = min(_LONGEST_PAUSE, self._pause * 2 or HEARTBEAT_SECONDS)
                self._next_try = time.monotonic() + self._pause
                return
        self._pause = 0.0

    def _set_aside(self, answer: UnsavedAnswer, error: Exception) -> None:
        """Note the charge of an answer that can never be saved; the answer stays in memory, to be downloaded."""
        log.error("an answer cannot be kept", exc_info=error)
        with suppress(StoreError):
            save(self._store, replace(answer, histories={}))
            self._unsavable.add(answer.call.request_id)

    def _save(self, answer: UnsavedAnswer) -> bool:
        """Save one answer; return whether the next one may be tried."""
        if answer.call.request_id in self._unsavable:
            return True
        try:
            keys = save(self._store, answer)
        except StoreError as error:
            log.info("%d answers are not saved yet: %s", len(answer.histories), type(error).__name__)
            return False
        except Exception as error:  # noqa: BLE001 - the others can be kept, and the charge of this one must be known
            self._set_aside(answer, error)
            return True
        self._unsaved.remove(answer)
        answer.on_saved(keys)
        self.write(lambda: self._store.release(answer.call.numbers, holder=answer.holder))
        return True
