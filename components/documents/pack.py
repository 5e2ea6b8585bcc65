"""A pack: one file made of many documents. It is made in a thread of its own and only watched by pages."""

import threading
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PackKind = Literal["zip", "pdf"]
PackState = Literal["running", "stopping", "stopped", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class PackProgress:
    """How far the making of a pack is."""

    done: int
    """Documents added or found missing."""
    total: int
    missing: int
    """Documents that are not in it."""
    state: PackState
    size: int
    """Bytes; 0 until it is ready."""
    message: str
    """What is missing, or why it failed and what to do, in words for the user."""
    name: str
    """The file name under which it is downloaded."""


class Pack:
    """One file of many documents; every method may be called from any thread.

    Attributes:
        id: identifies it in `Packs`.
        user: who asked for it; only this user can get it.
        request_key: the same for the same documents, kind and user (see `Packs.start`).
        kind: `zip`, or `pdf` for all of them in one.
        name: the file name under which it is downloaded.
    """

    def __init__(self, *, user: str, kind: PackKind, name: str, total: int, request_key: str) -> None:
        self.id = uuid.uuid4().hex
        self.user = user
        self.kind = kind
        self.name = name
        self.request_key = request_key
        self._total = total
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._ended = threading.Event()
        self._done = self._missing = self._size = 0
        self._state: PackState = "running"
        self._message = self._link = ""
        self._file: Path | None = None

    def __repr__(self) -> str:
        return f"<Pack {self.id} {self._state}>"

    @property
    def link(self) -> str:
        """The path of this app that downloads it, valid for an hour; empty until it is ready."""
        return self._link

    @property
    def file(self) -> Path | None:
        """The file, once it is ready and as long as it is kept."""
        with self._lock:
            return self._file if self._state == "ready" else None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self._ended.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it has been stopped before it was finished."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End it; PDFs that were fetched stay in the store."""
        with self._lock:
            if self._state == "running":
                self._state = "stopping"
        self._stop.set()

    def wait(self, timeout: float | None = None) -> PackProgress:
        """Wait until it has ended, or for `timeout` seconds, and return the progress then."""
        self._ended.wait(timeout)
        return self.snapshot()

    def snapshot(self) -> PackProgress:
        """Return the progress at this instant."""
        with self._lock:
            return PackProgress(
                done=self._done,
                total=self._total,
                missing=self._missing,
                state=self._state,
                size=self._size,
                message=self._message,
                name=self.name,
            )

    # Called by the thread that makes it.

    def count(self, *, missing: bool) -> None:
        """Count one document, added or missing."""
        with self._lock:
            self._done += 1
            self._missing += missing

    def finish(self, file: Path, *, missing: int, link: str) -> None:
        """End it as ready.

        Args:
            file: the finished file.
            missing: how many documents are not in it.
            link: path of this app that downloads it.
        """
        with self._lock:
            self._file, self._link = file, link
            self._size = file.stat().st_size
            self._missing = missing
            if missing:
                self._message = f"{missing:,} of {self._total:,} documents are missing; the file says which and why."
            self._state = "ready"
        self._ended.set()

    def give_up(self, message: str = "") -> None:
        """End it as failed, with a message, or as stopped, without one."""
        with self._lock:
            self._message = message
            self._state = "failed" if message else "stopped"
        self._ended.set()
