"""Making files of many documents in the background: fetched a few ahead, written one by one, kept for an hour."""

import errno
import hashlib
import json
import logging
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

from components.documents.access import tokens_of
from components.documents.errors import NotFetched
from components.documents.fetching import fetch_pdf
from components.documents.pack import Pack, PackKind, PackStopped
from components.documents.scratch import NoRoom, Scratch
from components.exports import Part, Selection, Unfetched, package_name, pdf_of, zip_of
from components.lookups import Desk

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Downloads under way at once, for all packs together."""
AHEAD = 6
"""Documents of a pack that are fetched, or wait for it, while an earlier one is written."""
MOST_PACKS = 20
KEPT_SECONDS = 3600.0
"""How long a pack is kept once it has ended."""
MOST_BYTES = 4 * 1024**3
"""Room for all packs together."""
_LOOK_UP_SECONDS = 0.2
_MAKERS = {"zip": zip_of, "pdf": pdf_of}

_NO_ROOM = "The files being made take all the room there is for them. Choose fewer documents, or try again in an hour."
_TOO_MANY = f"{MOST_PACKS} files are being made at the moment. Wait until one of them is ready, then try again."
_FULL = "The disk is full, so the file could not be made. Choose fewer documents, or free some space and try again."
_UNWRITABLE = "The file could not be written ({}). Whoever runs this app should check its folder for temporary files."
_BROKEN = "The file could not be made. Try again, or choose fewer documents."
_NOTHING = "No document is selected."


class Packs:
    """The packs of one desk; one instance a process, used by all threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._packs: dict[str, Pack] = {}
        self._ended_at: dict[str, float] = {}
        self._threads: list[threading.Thread] = []
        self._timer: threading.Timer | None = None
        self._closed = False
        self._fetching = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")
        self._scratch = Scratch(most=MOST_BYTES, make_room=self._drop_oldest)

    def start(self, selection: Selection, kind: PackKind, *, user: str) -> Pack:
        """Begin to make a file of the selected documents; it is watched with `Pack.snapshot`.

        Args:
            selection: which documents, in which order.
            kind: `zip`, or `pdf` for one file with bookmarks.
            user: for whom; only this user is given it again.

        Returns:
            The pack; the one under way if this user has asked for the same. It has failed already where there is
            nothing to make, or too much at once.
        """
        self.sweep()
        asked = _fingerprint(selection, kind, user)
        with self._lock:
            for pack in self._packs.values():
                if pack.asked == asked and not (pack.ended or pack.stopping):
                    return pack
            name, total = package_name(selection, kind), len(selection.documents)
            pack = Pack(user=user, kind=kind, name=name, total=total, asked=asked)
            refused = _NOTHING if not total else "" if self._place_free() else _TOO_MANY
            if refused:
                pack.give_up(refused)
                return pack
            self._packs[pack.id] = pack
            thread = threading.Thread(target=self._make, args=(pack, selection), name="pack", daemon=True)
            self._threads = [*(one for one in self._threads if one.is_alive()), thread]
            thread.start()
        return pack

    def get(self, pack_id: str, *, user: str) -> Pack | None:
        """Give a pack of this user, as long as it is kept."""
        pack = self.find(pack_id)
        return pack if pack is not None and pack.user == user else None

    def find(self, pack_id: str) -> Pack | None:
        """Give a pack by its id, whosever it is: for the route, whose token stands for the user."""
        self.sweep()
        with self._lock:
            return self._packs.get(pack_id)

    def sweep(self) -> None:
        """Take away what ended more than an hour ago."""
        before = time.monotonic() - KEPT_SECONDS
        with self._lock:
            old = [pack for pack, ended in self._ended_at.items() if ended <= before]
            for pack in old:
                self._drop(pack)

    def close(self) -> None:
        """Stop all packs, let the downloads under way end, and take every file away."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            threads = list(self._threads)
            for pack in self._packs.values():
                pack.stop()
        self._fetching.shutdown(cancel_futures=True)
        for thread in threads:
            thread.join()
        self._scratch.close()

    def _place_free(self) -> bool:
        """See to it that there is room for one more pack; under the lock."""
        while len(self._packs) >= MOST_PACKS:
            if not self._ended_at:
                return False
            self._drop(next(iter(self._ended_at)))
        return True

    def _drop_oldest(self) -> bool:
        with self._lock:
            if not self._ended_at:
                return False
            self._drop(next(iter(self._ended_at)))
            return True

    def _drop(self, pack_id: str) -> None:
        self._ended_at.pop(pack_id)
        file = self._packs.pop(pack_id).file
        if file is not None:
            self._scratch.remove(file)

    def _make(self, pack: Pack, selection: Selection) -> None:
        path: Path | None = None
        try:
            path, file = self._scratch.create(f"{pack.id}.{pack.kind}")
            with file:
                missing = _MAKERS[pack.kind](selection, self._parts(pack, selection), into=file)
            if pack.stopping:  # after its last document
                raise PackStopped
            pack.finish(path, missing=len(missing), link=tokens_of(self._desk).pack_path(pack.id))
        except PackStopped:
            pack.give_up()
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            pack.give_up(_words(error))
        finally:
            if path is not None and pack.file is None:
                self._scratch.remove(path)
            with self._lock:
                self._ended_at[pack.id] = time.monotonic()
            self._sweep_later()

    def _sweep_later(self) -> None:
        """See to it that packs go although nobody asks for one again; one timer for all of them."""
        with self._lock:
            if self._ended_at and not self._closed and (self._timer is None or not self._timer.is_alive()):
                self._timer = threading.Timer(KEPT_SECONDS / 4, self._sweep_on)
                self._timer.daemon = True
                self._timer.start()

    def _sweep_on(self) -> None:
        self._timer = None
        self.sweep()
        self._sweep_later()

    def _parts(self, pack: Pack, selection: Selection) -> Iterator[Part]:
        """Give the parts in order, fetching a few ahead; ends with `PackStopped` once the pack is to stop."""
        rows = selection.documents
        wanted = iter(list(zip(rows["history"], rows["id"], strict=True)))
        ahead: deque[Future[Part]] = deque()
        try:
            for _ in range(len(rows)):
                while len(ahead) < AHEAD and (place := next(wanted, None)) is not None:
                    ahead.append(self._fetch(place))
                part = _awaited(ahead.popleft(), pack)
                pack.count(missing=isinstance(part, Unfetched))
                yield part
                del part  # else the last one would be held while the next is awaited
        finally:
            for future in ahead:
                future.cancel()

    def _fetch(self, place: tuple[str, str]) -> Future[Part]:
        try:
            return self._fetching.submit(_part, self._desk, *place)
        except RuntimeError:  # closed meanwhile
            raise PackStopped from None


_lock = threading.Lock()
_all: dict[int, Packs] = {}


def packs_of(desk: Desk) -> Packs:
    """Give the packs of a desk; the same ones for as long as it is open."""
    with _lock:
        packs = _all.get(id(desk.store))
        if packs is None:
            packs = _all[id(desk.store)] = Packs(desk)
        return packs


def find_pack(desk: Desk, pack_id: str) -> tuple[Path, str] | None:
    """Give the file of a finished pack and its name, if this process has it."""
    with _lock:
        packs = _all.get(id(desk.store))
    pack = packs.find(pack_id) if packs else None
    return None if pack is None or pack.file is None else (pack.file, pack.name)


def close_packs() -> None:
    """Stop all packs of the process; to be called before a desk is closed."""
    with _lock:
        closing = list(_all.values())
        _all.clear()
    for packs in closing:
        packs.close()


def _part(desk: Desk, history: str, document: str) -> Part:
    try:
        return fetch_pdf(desk, history, document)
    except NotFetched as error:
        return Unfetched(error.reason)


def _awaited(future: Future[Part], pack: Pack) -> Part:
    while True:
        if pack.stopping:
            future.cancel()
            raise PackStopped
        try:
            return future.result(timeout=_LOOK_UP_SECONDS)
        except NotYet:
            continue
        except CancelledError:  # closed meanwhile
            raise PackStopped from None


def _words(error: Exception) -> str:
    if isinstance(error, NoRoom):
        return _NO_ROOM
    if isinstance(error, OSError):
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return _FULL if full else _UNWRITABLE.format((error.strerror or "the system refused").lower())
    log.error("A file of many documents could not be made: %s", type(error).__name__)
    return _BROKEN


def _fingerprint(selection: Selection, kind: str, user: str) -> str:
    """Tell apart what is asked for: who, what, and which papers with their marks, in which order."""
    rows = selection.documents
    columns: list[Sequence[object]] = [
        [str(value) for value in rows[name]] for name in ("history", "id", "read", "note") if name in rows
    ]
    told = json.dumps([user, kind, list(selection.histories["history"]), columns])
    return hashlib.sha256(told.encode()).hexdigest()
