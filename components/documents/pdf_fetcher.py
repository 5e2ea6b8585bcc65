"""Fetching one PDF through its living link, once for all who ask at the same time, and keeping it."""

import threading
from concurrent.futures import Future
from contextlib import suppress

from components.documents.errors import NotFetched
from components.documents.origins import Origins
from components.patsnap import Downloader, NotDownloaded
from components.store import Store, StoreError

EXPIRED = "The link has expired: refresh the file history (its button states the price) and try again."
NOT_HELD = "Its file history is not held here any more: look it up again on the Review page."
ELSEWHERE = "The service gave a link to an unexpected host. Whoever runs this app can allow it in PATSNAP_PDF_ORIGINS."


class PdfFetcher:
    """Fetches PDFs into one store. Nothing here ever spends: an expired link is an error that says so."""

    def __init__(self, store: Store, origins: Origins, downloader: Downloader) -> None:
        self._store = store
        self._origins = origins
        self._downloader = downloader
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, str], Future[bytes]] = {}

    def close(self) -> None:
        """Close the connections."""
        self._downloader.close()

    def fetch(self, key: str, document: str) -> bytes:
        """Return the PDF of a document; of several threads that ask for it, one fetches and the others wait.

        Args:
            key: of the file history.
            document: its id.

        Raises:
            NotFetched: it cannot be had; says why and what to do.
        """
        paper = key, document
        with self._lock:
            shared = self._under_way.get(paper)
            own: Future[bytes] = Future()
            if shared is None:
                self._under_way[paper] = own
        if shared is not None:
            return _result(shared)
        try:
            own.set_result(self._fetch(key, document))
        except BaseException as error:
            own.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[paper]
        return own.result()

    def _fetch(self, key: str, document: str) -> bytes:
        try:
            # Another thread may have fetched and kept it a moment ago.
            kept = self._store.pdf(key, document)
            link = None if kept is not None else self._store.link(key, document)
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
        # A store that cannot be written to must not keep anybody from reading. And the PDF is kept only if its link has
        # not changed: a refresh in the meantime may have given the id to another paper of that day.
        with suppress(StoreError):
            if self._store.link(key, document) in {link, None}:
                self._store.keep_pdf(key, document, data)
        return data

    def _download(self, target: str) -> bytes:
        try:
            return self._downloader.get(target)
        except NotDownloaded as error:
            failure = NotFetched(str(error), kind="refused" if error.remedy == "refresh" else "failed")
        raise failure


def _result(shared: Future[bytes]) -> bytes:
    try:
        return shared.result()
    except NotFetched as error:  # each asker raises an error of its own: tracebacks would pile up on a shared one
        failure = NotFetched(error.reason, kind=error.kind)
    raise failure
