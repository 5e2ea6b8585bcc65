"""One document's PDF: from the store if it is kept there, else fetched through its living link and kept.

Nothing here ever spends: a link that has expired is told as it is, and a refresh is somebody's click elsewhere.
"""

import threading
import weakref
from concurrent.futures import Future
from contextlib import suppress

from components.documents.errors import NotFetched
from components.documents.origins import Origins
from components.lookups import SANDBOX_LINKS, Desk
from components.patsnap import Downloader, NotDownloaded
from components.store import Store, StoreError

EXPIRED = "The link has expired: refresh the file history (its button states the price) and try again."
NOT_HELD = "Its file history is not held here any more: look it up again on the Review page."
ELSEWHERE = "The service gave a link to an unexpected host. Whoever runs this app can allow it in PATSNAP_PDF_ORIGINS."


def fetch_pdf(desk: Desk, history: str, document: str) -> bytes:
    """Give the PDF of a document; those who ask for the same one at the same time share one download.

    Args:
        desk: the desk.
        history: key or any other name of the file history.
        document: id of the document.

    Raises:
        NotFetched: it cannot be had; says why and what to do.
    """
    try:
        kept = desk.store.pdf(history, document)
        if kept is not None:
            return kept
        key = desk.store.resolve([history]).get(history)
    except StoreError as error:
        raise NotFetched(str(error), kind="store") from None
    if key is None:
        raise NotFetched(NOT_HELD, kind="not held")
    return _fetcher_of(desk).fetch(desk, key, document)


class _Fetcher:
    """What the fetching of one desk needs: the downloader, and who is fetching what."""

    def __init__(self, desk: Desk) -> None:
        # Only the in-process sandbox and what the settings name may be asked on this machine.
        sandbox = desk.sandbox.base_url if desk.sandbox else ""
        self._origins = Origins(desk.settings.pdf_origins, mounted={SANDBOX_LINKS: sandbox} if sandbox else None)
        self._downloader = Downloader((*desk.settings.pdf_origins, sandbox), deadline=desk.settings.patsnap_deadline)
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, str], Future[bytes]] = {}

    def close(self) -> None:
        self._downloader.close()

    def fetch(self, desk: Desk, key: str, document: str) -> bytes:
        place = key, document
        with self._lock:
            shared = self._under_way.get(place)
            mine: Future[bytes] = Future()
            if shared is None:
                self._under_way[place] = mine
        if shared is not None:
            return _result(shared)
        try:
            mine.set_result(self._fetch(desk, key, document))
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[place]
        return mine.result()

    def _fetch(self, desk: Desk, key: str, document: str) -> bytes:
        try:
            # Whoever fetched it until just before has kept it meanwhile.
            kept = desk.store.pdf(key, document)
            link = None if kept is not None else desk.store.link(key, document)
        except StoreError as error:
            raise NotFetched(str(error), kind="store") from None
        if kept is not None:
            return kept
        if link is None:
            raise NotFetched(EXPIRED, kind="no link")
        target = self._origins.target(link.url)
        if target is None:
            raise NotFetched(ELSEWHERE, kind="elsewhere")
        data = self._download(target)
        # A store that takes nothing in keeps nobody from reading. A refresh in the meantime may have given the id to
        # another paper of that day, so then it is not kept.
        with suppress(StoreError):
            if desk.store.link(key, document) in {link, None}:
                desk.store.keep_pdf(key, document, data)
        return data

    def _download(self, target: str) -> bytes:
        try:
            return self._downloader.get(target)
        except NotDownloaded as error:
            failure = NotFetched(str(error), kind="refused" if error.remedy == "refresh" else "failed")
        raise failure


_lock = threading.Lock()
_fetchers: weakref.WeakKeyDictionary[Store, _Fetcher] = weakref.WeakKeyDictionary()


def _fetcher_of(desk: Desk) -> _Fetcher:
    with _lock:
        fetcher = _fetchers.get(desk.store)
        if fetcher is None:
            fetcher = _fetchers[desk.store] = _Fetcher(desk)
            weakref.finalize(desk.store, fetcher.close)
        return fetcher


def _result(shared: Future[bytes]) -> bytes:
    try:
        return shared.result()
    except NotFetched as error:  # each asker raises its own, else their tracebacks would grow on one
        failure = NotFetched(error.reason, kind=error.kind)
    raise failure
