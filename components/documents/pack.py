"""A file made of many documents while it is being made: made in a thread of its own, only watched by pages."""

import threading
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PackKind = Literal["zip", "pdf"]
PackState = Literal["running", "stopping", "stopped", "ready", "failed"]


class PackStopped(Exception):
    """Somebody has stopped it; ends the making from within."""


@dataclass(frozen=True, slots=True)
class PackProgress:
    """How far a pack is."""

    done: int
    """Documents taken in or found missing."""
    total: int
    missing: int
    """Documents that are not in it."""
    state: PackState
    size: int
    """Bytes; 0 until it is ready."""
    message: str
    """What is to be told of it: what is missing, or why it failed and what to do."""
    name: str
    """The file name under which it is downloaded."""


class Pack:
    """One file of many documents; every method may be called from any thread.

    Attributes:
        id: names it for `Packs.get`.
        user: whose it is; nobody else is given it.
        kind: `zip`, or `pdf` for all of them in one.
        name: the file name under which it is downloaded.
    """

    def __init__(self, *, user: str, kind: PackKind, name: str, total: int, asked: str) -> None:
        self.id = uuid.uuid4().hex
        self.user = user
        self.kind = kind
        self.name = name
        self.asked = asked
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
        """The path of this app that downloads it, good for an hour; empty until it is ready."""
        return self._link

    @property
    def file(self) -> Path | None:
        """Where it is, once it is ready and as long as it is kept."""
        with self._lock:
            return self._file if self._state == "ready" else None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self._ended.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it is to end without being finished."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End it; what was fetched until now stays kept in the store."""
        with self._lock:
            if self._state == "running":
                self._state = "stopping"
        self._stop.set()

    def wait(self, timeout: float | None = None) -> PackProgress:
        """Wait until it has ended, or for `timeout` seconds, and give the progress then."""
        self._ended.wait(timeout)
        return self.snapshot()

    def snapshot(self) -> PackProgress:
        """Give the progress at this instant."""
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

    # What the making reports.

    def count(self, *, missing: bool) -> None:
        """Count one document, taken in or missing."""
        with self._lock:
            self._done += 1
            self._missing += missing

    def finish(self, file: Path, *, missing: int, link: str) -> None:
        """Close it as ready."""
        with self._lock:
            self._file, self._link = file, link
            self._size = file.stat().st_size
            self._missing = missing
            if missing:
                self._message = f"{missing:,} of {self._total:,} documents are missing; the file says which and why."
            self._state = "ready"
        self._ended.set()

    def give_up(self, message: str = "") -> None:
        """Close it as failed, for a reason, or as stopped."""
        with self._lock:
            self._message = message
            self._state = "failed" if message else "stopped"
        self._ended.set()
