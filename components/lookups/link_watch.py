"""Deletes signed links soon after they end, also when nobody opens a paper: an ended link is still a secret."""

import logging
import threading
from datetime import UTC, datetime

from components.store import Store, StoreError

log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0
"""Seconds between two looks at most: the clock may be set, and other processes keep links in the same store."""
_SHORTEST_PAUSE = 0.25
_LONGEST_PAUSE = 15.0
"""Seconds until what cannot be deleted yet is tried again; twice as long after each attempt that fails."""


class LinkWatch:
    """A thread that runs only while the store holds links of any workspace; one for a process is enough."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._look = threading.Event()
        self._closed = False
        self._pause = _SHORTEST_PAUSE

    def begin(self) -> None:
        """Look again when the next links end, as new ones may have arrived; cheap, and safe for all threads."""
        with self._lock:
            if self._closed:
                return
            self._look.set()
            if self._thread is None and self._next_wait() is not None:
                self._thread = threading.Thread(target=self._run, name="link watch", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the thread."""
        with self._lock:
            self._closed = True
            self._look.set()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            self._look.clear()
            wait = self._purge()
            if wait is not None:
                self._look.wait(wait)
            with self._lock:
                if self._closed or (wait is None and not self._look.is_set()):
                    self._thread = None
                    return

    def _purge(self) -> float | None:
        """Delete the links that have ended, and return the seconds until the next look; `None` if none are left."""
        try:
            self._store.purge_links()
        except StoreError as error:
            log.debug("links cannot be deleted: %s", type(error).__name__)
            return _LONGEST_PAUSE
        except Exception:  # whatever it is, the next links must be deleted too
            log.exception("link watch failed")
            return _LONGEST_PAUSE
        return self._next_wait()

    def _next_wait(self) -> float | None:
        """Return the seconds until the next look; `None` if there is nothing to wait for."""
        try:
            due = self._store.next_purge()
        except StoreError:
            return _LONGEST_PAUSE
        if due is None:
            return None
        wait = (due - datetime.now(UTC)).total_seconds()
        if wait > 0:
            self._pause = _SHORTEST_PAUSE
            return min(_LONGEST_WAIT, wait)
        self._pause = min(_LONGEST_PAUSE, self._pause * 2)
        return self._pause
