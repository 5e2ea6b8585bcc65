"""Making packs in the background: PDFs are fetched a few ahead and written one by one; a pack is kept for an hour."""

import errno
import hashlib
import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

from components.documents.errors import NoRoom, NotFetched, PackStopped
from components.documents.pack import Pack, PackKind
from components.documents.temporary_files import TemporaryFiles
from components.exports import PdfOrReason, Selection, UnfetchedPdf, package_name, pdf_of, zip_of

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Downloads under way at the same time, for all packs together."""
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
    """Makes packs and keeps them; one instance a process, used by all threads.

    Args:
        pdf: returns the PDF of a document, by the key of its history and its id, or raises `NotFetched`.
        pack_path: returns the path of this app that downloads a pack, by the pack's id.
    """

    def __init__(self, pdf: Callable[[str, str], bytes], *, pack_path: Callable[[str], str]) -> None:
        self._pdf = pdf
        self._pack_path = pack_path
        self._lock = threading.Lock()
        self._packs: dict[str, Pack] = {}
        self._ended_at: dict[str, float] = {}
        self._threads: list[threading.Thread] = []
        self._timer: threading.Timer | None = None
        self._closed = False
        self._fetching = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")
        self._files = TemporaryFiles(most=MOST_BYTES, make_room=self._drop_oldest)

    def start(self, selection: Selection, kind: PackKind, *, user: str) -> Pack:
        """Begin to make a pack of the selected documents; watch it with `Pack.snapshot`.

        Args:
            selection: which documents, in which order.
            kind: `zip`, or `pdf` for one file with bookmarks.
            user: who asks for it; only this user can get it again.

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
            refused = _NOTHING if not total else "" if self._room_for_one() else _TOO_MANY
            if refused:
                pack.give_up(refused)
                return pack
            self._packs[pack.id] = pack
            thread = threading.Thread(target=self._make, args=(pack, selection), name="pack", daemon=True)
            self._threads = [*(thread for thread in self._threads if thread.is_alive()), thread]
            thread.start()
        return pack

    def get(self, pack_id: str, *, user: str) -> Pack | None:
        """Return a pack of this user, as long as it is kept."""
        pack = self.find(pack_id)
        return pack if pack is not None and pack.user == user else None

    def find(self, pack_id: str) -> Pack | None:
        """Return a pack by its id, of whatever user: for the route, whose token stands for the user."""
        self.sweep()
        with self._lock:
            return self._packs.get(pack_id)

    def sweep(self) -> None:
        """Delete the packs that ended more than an hour ago."""
        before = time.monotonic() - KEPT_SECONDS
        with self._lock:
            old = [pack for pack, ended in self._ended_at.items() if ended <= before]
            for pack in old:
                self._drop(pack)

    def close(self) -> None:
        """Stop all packs, let the downloads under way end, and delete every file."""
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
        with self._lock:
            self._packs.clear()
            self._ended_at.clear()
        self._files.close()

    def _room_for_one(self) -> bool:
        """Drop ended packs until there is room for one more; return whether there is. Called under the lock."""
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
            self._files.remove(file)

    def _make(self, pack: Pack, selection: Selection) -> None:
        path: Path | None = None
        try:
            path, file = self._files.create(f"{pack.id}.{pack.kind}")
            with file:
                missing = _MAKERS[pack.kind](selection, self._parts(pack, selection), into=file)
            if pack.stopping:  # stopped after its last document
                raise PackStopped
            pack.finish(path, missing=len(missing), link=self._pack_path(pack.id))
        except PackStopped:
            pack.give_up()
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            pack.give_up(_reason(error))
        finally:
            if path is not None and pack.file is None:
                self._files.remove(path)
            with self._lock:
                self._ended_at[pack.id] = time.monotonic()
            self._sweep_later()

    def _sweep_later(self) -> None:
        """Set the timer that deletes old packs when nobody asks for any; one timer serves all."""
        with self._lock:
            if self._ended_at and not self._closed and (self._timer is None or not self._timer.is_alive()):
                self._timer = threading.Timer(KEPT_SECONDS / 4, self._sweep_on)
                self._timer.daemon = True
                self._timer.start()

    def _sweep_on(self) -> None:
        self._timer = None
        self.sweep()
        self._sweep_later()

    def _parts(self, pack: Pack, selection: Selection) -> Iterator[PdfOrReason]:
        """Yield the parts in order, fetching a few ahead; raises `PackStopped` once the pack is to stop."""
        rows = selection.documents
        wanted = iter(list(zip(rows["history"], rows["id"], strict=True)))
        ahead: deque[Future[PdfOrReason]] = deque()
        try:
            for _ in range(len(rows)):
                while len(ahead) < AHEAD and (paper := next(wanted, None)) is not None:
                    ahead.append(self._fetch(*paper))
                part = _awaited(ahead.popleft(), pack)
                pack.count(missing=isinstance(part, UnfetchedPdf))
                yield part
                del part  # so that the last PDF is not held in memory while the next is awaited
        finally:
            for future in ahead:
                future.cancel()

    def _fetch(self, history: str, document: str) -> Future[PdfOrReason]:
        try:
            return self._fetching.submit(self._part, history, document)
        except RuntimeError:  # closed meanwhile
            raise PackStopped from None

    def _part(self, history: str, document: str) -> PdfOrReason:
        try:
            return self._pdf(history, document)
        except NotFetched as error:
            return UnfetchedPdf(error.reason)


def _awaited(future: Future[PdfOrReason], pack: Pack) -> PdfOrReason:
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


def _reason(error: Exception) -> str:
    if isinstance(error, NoRoom):
        return _NO_ROOM
    if isinstance(error, OSError):
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return _FULL if full else _UNWRITABLE.format((error.strerror or "the system refused").lower())
    log.error("A file of many documents could not be made: %s", type(error).__name__)
    return _BROKEN


def _fingerprint(selection: Selection, kind: str, user: str) -> str:
    """Return a key that is the same for the same request: user, kind, and the papers with their marks, in order."""
    rows = selection.documents
    columns: list[Sequence[object]] = [
        [str(value) for value in rows[name]] for name in ("history", "id", "read", "note") if name in rows
    ]
    text = json.dumps([user, kind, list(selection.histories["history"]), columns])
    return hashlib.sha256(text.encode()).hexdigest()
