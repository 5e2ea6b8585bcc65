"""What the papers of one workspace say: they are read, what was read is handed on, and searched."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Self

from components.fulltext.listed_papers import ListedPapers
from components.fulltext.paper_work import ReadingThreads
from components.fulltext.reading import GUESSED_PAGES, Reading
from components.fulltext.readings import Readings, nobody
from components.fulltext.records import PaperToRead, ReadingOffer, SearchResult
from components.fulltext.search import Search
from components.histories import PaperRef
from components.history_tables import HistoryTables
from components.page_reading.engines.engine import Engine
from components.page_reading.page_reader import PageReader
from components.page_texts import Box, PageText, ReadPaper
from components.store import Store


class FullText:
    """Reads papers and searches them; one instance a process and workspace, used by all threads.

    Args:
        store: keeps what is read.
        tables: of the held histories.
        pdf: returns the PDF of a document, by the key of its history and its id, or raises `NotFetched`; never spends.
        threads: read the pages of all workspaces.
        told: is told of each paper as soon as no page of it is left to read.
        owns_threads: whether they are closed with this one.
    """

    def __init__(
        self,
        *,
        store: Store,
        tables: HistoryTables,
        pdf: Callable[[str, str], bytes],
        threads: ReadingThreads,
        told: Callable[[PaperRef], None] = nobody,
        owns_threads: bool = True,
    ) -> None:
        self._store = store
        self._threads = threads
        self._owns_threads = owns_threads
        self._readings = Readings(store, pdf, threads, told=told)
        self._search = Search(store, ListedPapers(tables))

    def for_workspace(
        self,
        *,
        store: Store,
        tables: HistoryTables,
        pdf: Callable[[str, str], bytes],
        told: Callable[[PaperRef], None] = nobody,
    ) -> Self:
        """Return the same for another workspace, whose readings take turns with those of this one."""
        return type(self)(store=store, tables=tables, pdf=pdf, threads=self._threads, told=told, owns_threads=False)

    @property
    def engine(self) -> Engine | None:
        """What reads scans; `None` where this machine has none."""
        return self._threads.page_reader.engine

    # Reading

    def offer(self, papers: Sequence[PaperToRead]) -> ReadingOffer:
        """Return what it would take to read papers; nothing is fetched for it.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        asked = {paper.ref: paper for paper in papers}
        known = self.papers({paper.history for paper in asked})
        left = {ref: paper for ref, paper in asked.items() if ref not in known or not known[ref].is_whole}
        at_hand = self._store.papers_at_hand(left)
        offered = tuple(paper for ref, paper in left.items() if ref in at_hand)
        pages = [_pages_left(paper, known.get(paper.ref)) for paper in offered]
        guessed = sum(GUESSED_PAGES if count is None else count for count in pages)
        return ReadingOffer(
            papers=offered,
            pages=sum(count or 0 for count in pages),
            seconds=self._threads.pace.seconds(guessed),
            read_before=len(asked) - len(left),
            without_link=tuple(paper for ref, paper in left.items() if ref not in at_hand),
        )

    def start(self, papers: Sequence[PaperToRead], *, user: str, in_background: bool = False) -> Reading:
        """Begin to read papers, for nothing; pages that are read already are not read again.

        It goes on when the browser is closed. Where a reading of this user is under way, these papers are added to it.

        Args:
            papers: what to read, in this order.
            user: who asks; only this user finds the reading again.
            in_background: whether it waits behind whatever a person waits for, one page at a time.
        """
        return self._readings.start(papers, user=user, in_background=in_background)

    def reading(self, user: str, *, in_background: bool = False) -> Reading | None:
        """Return the last reading of a user, until an hour after its end."""
        return self._readings.last(user, in_background=in_background)

    def forget(self, user: str) -> None:
        """Stop the readings of a user and forget them; what they read stays."""
        self._readings.forget(user)

    def stop(self) -> None:
        """Stop all readings of this workspace; it does not wait for the pages under way."""
        self._readings.stop()

    # What was read

    def papers(self, histories: Iterable[str] | None = None) -> dict[PaperRef, ReadPaper]:
        """Return how far the papers of some histories, by key, are read, or all that are held; unread ones are absent.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        return self._store.texts.papers(histories)

    def page(self, history: str, document: str, page: int) -> PageText | None:
        """Return what was read on a page, by any name of its history; `None` if it was not looked at.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        return self._store.texts.page(history, document, page)

    def pages(self, history: str, document: str) -> list[PageText]:
        """Return all pages of a paper that were looked at, in order, by any name of its history.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        return self._store.texts.pages(history, document)

    # Searching

    def search(self, text: str, *, papers: Collection[PaperRef] | None = None, most: int = 50) -> SearchResult:
        """Search the pages that are read.

        Args:
            text: what was typed; see `components.page_texts.query` for what it may be.
            papers: which are searched, under the keys of their histories; `None` for all of the workspace. Their
                histories come in this order, all of the workspace in that of `Store.headlines`.
            most: how many papers are shown with their lines.

        Raises:
            components.page_texts.query.QueryRefused: nothing can be searched for by it; says what to type instead.
            components.store.StoreError: the store cannot be read.
        """
        return self._search.search(text, papers=papers, most=most)

    def places(self, history: str, document: str, text: str) -> dict[int, tuple[Box, ...]]:
        """Return where something stands in a paper: by page the boxes to be marked, in reading order.

        Args:
            history: key or any other name of the file history.
            document: id of the document.
            text: what was typed, in the search or in the reader; what it says of codes, sides and days counts for
                nothing here.

        Raises:
            components.page_texts.query.QueryRefused: nothing can be searched for by it; says what to type instead.
            components.store.StoreError: the store cannot be read.
        """
        return self._search.places(history, document, text)

    def close(self) -> None:
        """Stop all readings; that of the workspace which all others share waits for what is under way in any."""
        self._readings.close()
        if self._owns_threads:
            self._threads.close()


def open_fulltext(
    *,
    store: Store,
    tables: HistoryTables,
    pdf: Callable[[str, str], bytes],
    page_reader: PageReader,
    at_once: int,
    told: Callable[[PaperRef], None] = nobody,
) -> FullText:
    """Return the reading and searching of the workspace that all others share; `FullText.for_workspace` makes theirs.

    Args:
        store: keeps what is read.
        tables: of the held histories.
        pdf: returns the PDF of a document or raises `NotFetched`; never spends.
        page_reader: reads the pages; whoever made it closes it, before this.
        at_once: how many pages are read side by side.
        told: is told of each paper as soon as no page of it is left to read.
    """
    threads = ReadingThreads(page_reader, at_once=at_once)
    return FullText(store=store, tables=tables, pdf=pdf, threads=threads, told=told)


def _pages_left(paper: PaperToRead, read: ReadPaper | None) -> int | None:
    return paper.pages if read is None else read.pages - read.done
