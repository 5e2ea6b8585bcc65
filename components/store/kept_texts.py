"""What was read in papers, of one workspace: kept page by page, given back, and searched."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from components.histories import PaperRef
from components.page_texts import PageText, Query, ReadPaper, tokens_of
from components.store import aliases, page_index, page_texts, page_words, storable
from components.store.errors import StoreFailed
from components.store.transaction import StoreTransaction

FOUND_PAGES: Final = 2_000
"""Most pages that a search finds: who has more types another word."""


@dataclass(frozen=True, slots=True)
class FoundPages:
    """The pages on which something was found."""

    pages: tuple[tuple[PaperRef, int], ...]
    """By paper and number, in the order in which the papers were first read; a PDF that is several documents stands
    there as each of them."""
    at_least: bool
    """Whether there are more than these."""


class _Write(Protocol):
    def __call__(self, *, hurried: bool = False, passing: bool = False) -> AbstractContextManager[StoreTransaction]: ...


class KeptTexts:
    """The texts of pages in the store, of one workspace; as safe for threads as the store is.

    What is read can be read again, for nothing: it is written without waiting for the disk, each page by itself.
    """

    def __init__(self, read: Callable[[], AbstractContextManager[StoreTransaction]], write: _Write) -> None:
        self._read = read
        self._write = write

    def begin(self, history: str, document: str, sha256: str, *, pages: int, problem: str = "") -> ReadPaper | None:
        """Note that a document is a PDF, and return how far that is read.

        Args:
            history: key or any other name of its history.
            document: id of the document.
            sha256: of the PDF, in hexadecimal digits.
            pages: how many it has; 0 where it cannot be opened.
            problem: why it cannot be read at all, in words for the user.

        Returns:
            How far it is read, in this workspace; `None` if its history is not held (any more).

        Raises:
            StoreUnwritable: it cannot be noted.
        """
        with self._write(passing=True) as tx:
            key = aliases.resolve(tx, [history]).get(history)
            return None if key is None else page_texts.begin(tx, key, document, sha256, pages=pages, problem=problem)

    def keep(self, sha256: str, page: PageText) -> bool:
        """Keep what was read on a page, in place of what was kept of it; a failure never replaces a text.

        Returns:
            Whether a document is that PDF, still: if none is, it was deleted meanwhile, and nothing is kept.

        Raises:
            StoreUnwritable: it cannot be kept.
            ValueError: no PDF has a page of that number.
        """
        tokens = storable.text(" ".join(token.text for token in tokens_of(page.words)))
        words = page_words.pack(page.words, page.marks)  # what takes long is done before anybody is kept waiting
        with self._write(passing=True) as tx:
            return page_texts.keep(tx, sha256, page, tokens=tokens, words=words)

    def pages_done(self, sha256: str) -> frozenset[int]:
        """Return the numbers of the pages of a PDF that need not be read again."""
        with self._read() as tx:
            return page_texts.pages_done(tx, sha256)

    def paper(self, history: str, document: str) -> ReadPaper | None:
        """Return how far a document is read, by any name of its history; `None` if reading it never began."""
        with self._read() as tx:
            return page_texts.paper(tx, history, document)

    def papers(self, histories: Iterable[str] | None = None) -> dict[PaperRef, ReadPaper]:
        """Return how far documents are read: those of some histories, by key or any other name, or all.

        Those of which reading never began are left out.
        """
        with self._read() as tx:
            keys = None if histories is None else set(aliases.resolve(tx, list(histories)).values())
            return page_texts.papers(tx, keys)

    def page(self, history: str, document: str, page: int) -> PageText | None:
        """Return what was read on a page, by any name of the history.

        Returns:
            `None` if it was not read, or if what is kept of it is damaged: that is deleted, so that it is read again.
        """
        return next(iter(self._pages(history, document, page)), None)

    def pages(self, history: str, document: str) -> list[PageText]:
        """Return what was read on the pages of a document, in order, as `page` does."""
        return self._pages(history, document, None)

    def search(self, query: Query, *, papers: Collection[PaperRef] | None = None) -> FoundPages:
        """Return the pages that match a query; its filters are not looked at, they are the caller's.

        Args:
            query: what stands on them.
            papers: only pages of these; `None` for all that are read in the workspace.
        """
        with self._read() as tx:
            is_behind = page_index.is_behind(tx)
            found = None if is_behind else _found(tx, query, papers)
        if found is not None:
            return found
        with suppress(StoreFailed), self._write(hurried=True) as tx:  # if not, the texts are looked through
            page_index.prepare(tx)
        with self._read() as tx:
            return _found(tx, query, papers)

    def _pages(self, history: str, document: str, page: int | None) -> list[PageText]:
        with self._read() as tx:
            rows = page_texts.pages(tx, history, document, page)
        found = []
        for row in rows:
            try:
                found.append(page_texts.page_of(row))
            except page_words.WordsDamaged:
                with suppress(StoreFailed), self._write(hurried=True) as tx:
                    page_texts.forget_page(tx, row.id)
        return found


def _found(tx: StoreTransaction, query: Query, papers: Collection[PaperRef] | None) -> FoundPages:
    """Return the pages of some papers that match a query, or of all."""
    within = None if papers is None else page_texts.ids_of(tx, papers)
    ids = list(islice(page_index.find(tx, query, within), FOUND_PAGES + 1))
    documents = page_texts.documents_of(tx, {page_id >> page_index.SHIFT for page_id in ids})
    wanted = None if papers is None else frozenset(papers)
    pages = [
        (ref, page_id % page_texts.PAGES_OF_A_PAPER)
        for page_id in ids
        for ref in documents.get(page_id >> page_index.SHIFT, ())
        if wanted is None or ref in wanted
    ]
    return FoundPages(tuple(pages[:FOUND_PAGES]), at_least=len(pages) > FOUND_PAGES)
