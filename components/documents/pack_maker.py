"""Making a pack: its PDFs are fetched a few ahead and written one by one."""

import errno
import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

from components.documents.errors import NoRoom, NotFetched, PackStopped
from components.documents.pack import Pack
from components.documents.temporary_files import TemporaryFiles
from components.exports import MissingDocument, PagesOfPaper, PdfOrReason, Selection, UnfetchedPdf, pdf_of, zip_of

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Downloads under way at the same time, for all packs together."""
AHEAD = 6
"""Documents of a pack that are fetched, or wait for it, while an earlier one is written."""
_POLL_SECONDS = 0.2
"""How often a maker that waits for a download looks whether its pack was stopped."""
_WRITERS: dict[str, Callable[..., tuple[MissingDocument, ...]]] = {"zip": zip_of, "pdf": pdf_of}

_NO_ROOM = "The files being made take all the room there is for them. Choose fewer documents, or try again in an hour."
_FULL = "The disk is full, so the file could not be made. Choose fewer documents, or free some space and try again."
_UNWRITABLE = "The file could not be written ({}). Whoever runs this app should check its folder for temporary files."
_BROKEN = "The file could not be made. Try again, or choose fewer documents."


class PackMaker:
    """Makes packs, each in the thread that calls `make`, their downloads in a shared pool.

    Args:
        pdf: returns the PDF of a document, by the key of its history and its id, or raises `NotFetched`.
        pack_path: returns the path of this app that downloads a pack, by the pack's id.
        files: where packs are written.
    """

    def __init__(
        self, pdf: Callable[[str, str], bytes], *, pack_path: Callable[[str], str], files: TemporaryFiles
    ) -> None:
        self._pdf = pdf
        self._pack_path = pack_path
        self._files = files
        self._downloads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")

    def make(self, pack: Pack, selection: Selection, texts: PagesOfPaper | None = None) -> None:
        """Make a pack and end it, as ready, stopped or failed; raises nothing. Only a ready pack leaves a file.

        Args:
            pack: told how far it is.
            selection: which documents, in which order.
            texts: gives what was read of a document, to be put behind its pages in one PDF.
        """
        try:
            path, file = self._files.create(f"{pack.id}.{pack.kind}")
            try:
                with file:
                    parts = self._pdfs(pack, selection)
                    with_text = {"texts": texts} if texts is not None and pack.kind == "pdf" else {}
                    missing = _WRITERS[pack.kind](selection, parts, into=file, **with_text)
                if pack.stopping:  # stopped after its last document
                    raise PackStopped
                pack.finish(path, missing=len(missing), link=self._pack_path(pack.id))
            except BaseException:
                self._files.remove(path)
                raise
        except PackStopped:
            pack.give_up()
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            pack.give_up(_reason(error))

    def close(self) -> None:
        """Let the downloads under way end, and free the threads."""
        self._downloads.shutdown(cancel_futures=True)

    def _pdfs(self, pack: Pack, selection: Selection) -> Iterator[PdfOrReason]:
        """Yield the PDF of each document in order, or why it is missing; a few are fetched ahead.

        Raises:
            PackStopped: the pack is to stop.
        """
        rows = selection.documents
        papers = iter(list(zip(rows["history"], rows["id"], strict=True)))
        ahead: deque[Future[PdfOrReason]] = deque()
        try:
            for _ in range(len(rows)):
                while len(ahead) < AHEAD and (paper := next(papers, None)) is not None:
                    ahead.append(self._fetch_later(*paper))
                fetched = _awaited(ahead.popleft(), pack)
                pack.count(missing=isinstance(fetched, UnfetchedPdf))
                yield fetched
                del fetched  # so that the last PDF is not held in memory while the next is awaited
        finally:
            for future in ahead:
                future.cancel()

    def _fetch_later(self, history: str, document: str) -> Future[PdfOrReason]:
        try:
            return self._downloads.submit(self._fetch, history, document)
        except RuntimeError:  # closed meanwhile
            raise PackStopped from None

    def _fetch(self, history: str, document: str) -> PdfOrReason:
        try:
            return self._pdf(history, document)
        except NotFetched as error:
            return UnfetchedPdf(error.reason)


def _awaited(future: Future[PdfOrReason], pack: Pack) -> PdfOrReason:
    """Return the result of a download, or raise `PackStopped` as soon as its pack is to stop."""
    while True:
        if pack.stopping:
            future.cancel()
            raise PackStopped
        try:
            return future.result(timeout=_POLL_SECONDS)
        except NotYet:
            continue
        except CancelledError:  # closed meanwhile
            raise PackStopped from None


def _reason(error: Exception) -> str:
    """Return why a pack could not be made, and what to do, without the error's own text, which may hold anything."""
    if isinstance(error, NoRoom):
        return _NO_ROOM
    if isinstance(error, OSError):
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return _FULL if full else _UNWRITABLE.format((error.strerror or "the system refused").lower())
    log.error("A file of many documents could not be made: %s", type(error).__name__)
    return _BROKEN
