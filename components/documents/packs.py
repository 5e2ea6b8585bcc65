"""The packs of one process: begun, found again, and kept for an hour once they have ended."""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Sequence

from components.documents.pack import Pack, PackKind
from components.documents.pack_maker import PackMaker
from components.documents.temporary_files import TemporaryFiles
from components.exports import PagesOfPaper, Selection, package_name

MAX_PACKS = 20
KEPT_SECONDS = 3600.0
"""How long a pack is kept once it has ended."""
MAX_PACK_BYTES = 4 * 1024**3
"""Room for all packs together."""

_TOO_MANY = f"{MAX_PACKS} files are being made at the moment. Wait until one of them is ready, then try again."
_NOTHING_SELECTED = "No document is selected."


class Packs:
    """Begins packs and keeps them; one instance a process, used by all threads.

    Args:
        pdf: returns the PDF of a document, by the key of its history and its id, or raises `NotFetched`.
        pack_path: returns the path of this app that downloads a pack, by the pack's id.
    """

    def __init__(self, pdf: Callable[[str, str], bytes], *, pack_path: Callable[[str], str]) -> None:
        self._lock = threading.Lock()
        self._packs: dict[str, Pack] = {}
        self._ended_at: dict[str, float] = {}
        self._threads: list[threading.Thread] = []
        self._timer: threading.Timer | None = None
        self._closed = False
        self._files = TemporaryFiles(max_bytes=MAX_PACK_BYTES, make_room=self._drop_oldest)
        self._maker = PackMaker(pdf, pack_path=pack_path, files=self._files)

    def start(self, selection: Selection, kind: PackKind, *, user: str, texts: PagesOfPaper | None = None) -> Pack:
        """Begin to make a pack of the selected documents; watch it with `Pack.snapshot`.

        Args:
            selection: which documents, in which order.
            kind: `zip`, or `pdf` for one file with bookmarks.
            user: who asks for it; only this user can get it again.
            texts: gives what was read of a document, to be put behind its pages in one PDF; a ZIP has PDFs as they
                came.

        Returns:
            The pack; the one under way if this user has asked for the same. It has failed already where there is
            nothing to make, or too much at once.
        """
        self.sweep()
        request_key = _request_key(selection, kind, user, with_text=texts is not None)
        with self._lock:
            for pack in self._packs.values():
                if pack.request_key == request_key and not (pack.ended or pack.stopping):
                    return pack
            name, total = package_name(selection, kind), len(selection.documents)
            pack = Pack(user=user, kind=kind, name=name, total=total, request_key=request_key)
            refused = _NOTHING_SELECTED if not total else "" if self._make_room_for_one() else _TOO_MANY
            if refused:
                pack.give_up(refused)
                return pack
            self._packs[pack.id] = pack
            thread = threading.Thread(target=self._make, args=(pack, selection, texts), name="pack", daemon=True)
            self._threads = [*(thread for thread in self._threads if thread.is_alive()), thread]
            thread.start()
        return pack

    def get(self, pack_id: str, *, user: str) -> Pack | None:
        """Return a pack of this user, as long as it is kept."""
        pack = self.find_for_any_user(pack_id)
        return pack if pack is not None and pack.user == user else None

    def find_for_any_user(self, pack_id: str) -> Pack | None:
        """Return a pack by its id, whoever asked for it: only for the route, which tells others what to do."""
        self.sweep()
        with self._lock:
            return self._packs.get(pack_id)

    def forget(self, user: str) -> None:
        """Stop the packs of a user and delete those that have ended: they hold this user's notes."""
        with self._lock:
            for pack in [pack for pack in self._packs.values() if pack.user == user]:
                pack.stop()
                if pack.id in self._ended_at:
                    self._drop(pack.id)

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
        self._maker.close()
        for thread in threads:
            thread.join()
        with self._lock:
            self._packs.clear()
            self._ended_at.clear()
        self._files.close()

    def _make(self, pack: Pack, selection: Selection, texts: PagesOfPaper | None) -> None:
        self._maker.make(pack, selection, texts)
        with self._lock:
            self._ended_at[pack.id] = time.monotonic()
        self._sweep_later()

    def _make_room_for_one(self) -> bool:
        """Drop ended packs until there is room for one more; return whether there is. Called under the lock."""
        while len(self._packs) >= MAX_PACKS:
            if not self._ended_at:
                return False
            self._drop(next(iter(self._ended_at)))
        return True

    def _drop_oldest(self) -> bool:
        """Drop the pack that ended first; return whether there was one."""
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

    def _sweep_later(self) -> None:
        """Set the timer that deletes old packs when nobody asks for any; one timer serves all."""
        with self._lock:
            if self._ended_at and not self._closed and (self._timer is None or not self._timer.is_alive()):
                self._timer = threading.Timer(KEPT_SECONDS / 4, self._sweep_and_continue)
                self._timer.daemon = True
                self._timer.start()

    def _sweep_and_continue(self) -> None:
        self._timer = None
        self.sweep()
        self._sweep_later()


def _request_key(selection: Selection, kind: str, user: str, *, with_text: bool) -> str:
    """Return a key that is the same for the same request: user, kind, and the papers with their marks, in order.

    With text it is the same as long as no more pages were read.
    """
    rows = selection.documents
    columns: list[Sequence[object]] = [
        [str(value) for value in rows[name]] for name in ("history", "id", "read", "note") if name in rows
    ]
    read = [(str(ref), paper.sha256, paper.done) for ref, paper in selection.papers_read.items()] if with_text else []
    text = json.dumps([user, kind, list(selection.histories["history"]), columns, with_text, read])
    return hashlib.sha256(text.encode()).hexdigest()
