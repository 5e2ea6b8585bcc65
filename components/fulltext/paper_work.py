"""The way of a paper through a reading: its PDF is had, its pages are counted, each is read and kept.

Nothing here waits for anything but its own step. PDFs are had in threads for that; counting and reading, which keep a
core busy, take turns with all other readings.
"""

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Final

from components.documents import NotFetched
from components.fulltext.open_pdfs import OpenPdf, OpenPdfs, PageEnd
from components.fulltext.pace import PagePace
from components.fulltext.reading import Reading
from components.fulltext.records import PaperToRead
from components.fulltext.turns import Turns
from components.histories import PaperRef
from components.page_reading.errors import NotRead, WhyNotRead
from components.page_reading.languages import languages_of
from components.page_reading.page_reader import PageReader
from components.page_texts import PageText
from components.store import Store, StoreError

_log = logging.getLogger(__name__)

_OPEN: Final = 4
"""How many papers of a reading are open at once: the next PDF is there before the last page of one is read."""
_OPEN_IN_BACKGROUND: Final = 2
_FETCHES: Final = 4
"""How many PDFs are had at the same time; each is in memory until it is written to its temporary file."""
_TRIES: Final = 3
"""How often a page is tried for which the machine was too busy."""
_OF_THE_PDF: Final[frozenset[WhyNotRead]] = frozenset({"password", "broken", "no pages", "memory"})
"""What is noted of a PDF and not tried again; that one ended, or took too long, may have been the machine."""
_ODD: Final = "Reading this paper failed in an unforeseen way; the log of the app says more. What was read is kept."
_GONE: Final = "Its file history is not held here any more."


def cores() -> int:
    """Return how many pages are read side by side on this machine: on each core one, at most 8 to bound memory."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 8)


class ReadingThreads:
    """What the readings of all workspaces of a process share.

    Args:
        page_reader: reads the pages; whoever made it closes it, before this.
        at_once: how many pages are read at the same time.
    """

    def __init__(self, page_reader: PageReader, *, at_once: int) -> None:
        self.page_reader = page_reader
        self.turns = Turns(at_once)
        self.pace = PagePace(at_once, has_engine=lambda: page_reader.engine is not None)
        self._fetches = ThreadPoolExecutor(_FETCHES, thread_name_prefix="read-fetch")
        self._fetches_behind = ThreadPoolExecutor(1, thread_name_prefix="read-fetch-behind")

    def fetch(self, work: Callable[[], None], *, in_background: bool) -> bool:
        """Have a PDF; return whether it will be, which it is not once this is closed."""
        with suppress(RuntimeError):
            (self._fetches_behind if in_background else self._fetches).submit(work)
            return True
        return False

    def close(self) -> None:
        """Begin nothing new, and wait for what is under way."""
        for pool in (self._fetches, self._fetches_behind):
            pool.shutdown(wait=True, cancel_futures=True)
        self.turns.close()


class PaperWork:
    """Carries out the readings of one workspace; used by all threads.

    Args:
        store: keeps what is read.
        pdf: returns the PDF of a document, by the key of its history and its id, or raises `NotFetched`; never spends.
        threads: shared by all workspaces.
        told: is told of each paper as soon as no page of it is left to read.
    """

    def __init__(
        self,
        store: Store,
        pdf: Callable[[str, str], bytes],
        threads: ReadingThreads,
        told: Callable[[PaperRef], None],
    ) -> None:
        self._store = store
        self._pdf = pdf
        self._threads = threads
        self._told = told
        self._pdfs = OpenPdfs(store.workspace)

    def go_on(self, reading: Reading) -> None:
        """Open as many papers of a reading as may be open; each one that is done opens the next."""
        most = _OPEN_IN_BACKGROUND if reading.in_background else _OPEN
        while (paper := reading.next_paper(most)) is not None:
            work = partial(self._guarded, reading, paper, partial(self._fetch, reading, paper))
            if not self._threads.fetch(work, in_background=reading.in_background):
                reading.fail(str(NotRead("closing")))

    def _fetch(self, reading: Reading, paper: PaperToRead) -> None:
        """Have the PDF of a paper, and let its pages be counted."""
        if reading.stopping:
            return
        try:
            pdf = self._pdfs.opened(self._pdf(*paper.ref))
        except NotFetched as failure:
            if failure.kind == "store":
                reading.fail(failure.reason)
            else:
                self._ended(reading, paper, problem=failure.reason)
            return
        self._take_turn(reading, paper, partial(self._count, reading, paper, pdf))

    def _count(self, reading: Reading, paper: PaperToRead, pdf: OpenPdf) -> None:
        """Note what the PDF of a paper is, and let those of its pages be read that are not."""
        problem, count = "", 0
        try:
            count = self._threads.page_reader.pages(pdf.paper, pdf.data)
        except NotRead as failure:
            if failure.kind == "closing":
                reading.fail(str(failure))
                return
            problem = str(failure)
            if failure.kind not in _OF_THE_PDF:
                self._ended(reading, paper, problem=problem)
                return
        texts = self._store.texts
        if texts.begin(*paper.ref, pdf.sha256, pages=count, problem=problem) is None:
            self._ended(reading, paper, problem=_GONE)
            return
        done = texts.pages_done(pdf.sha256)
        left = [page for page in range(1, count + 1) if page not in done]
        if not left:
            self._ended(reading, paper, problem=problem)
            return
        reading.opened(paper.ref, left)
        for page in left:
            self._take_turn(reading, paper, partial(self._page, reading, paper, pdf, page, 1))

    def _page(self, reading: Reading, paper: PaperToRead, pdf: OpenPdf, page: int, attempt: int) -> None:
        """Read a page and keep it, unless that was done, or is being done, for another."""

        def told(end: PageEnd) -> None:
            if isinstance(end, NotRead) and end.kind == "busy" and attempt < _TRIES:
                again = partial(self._page, reading, paper, pdf, page, attempt + 1)
                self._take_turn(reading, paper, again)
            else:
                self._page_ended(reading, paper, page, end)

        is_mine = pdf.begin(page, told)
        if is_mine is None:
            self._noted(reading, paper.ref, page)
        if not is_mine:
            return
        end: PageEnd = NotRead("ended")
        try:
            end = self._read(pdf, page, paper.office)
        finally:
            pdf.end(page, end)
        told(end)

    def _read(self, pdf: OpenPdf, page: int, office: str) -> PageEnd:
        """Return what became of a page; if it was read, it is kept."""
        began = time.monotonic()
        try:
            text = self._threads.page_reader.read(pdf.paper, pdf.data, page, languages=languages_of(office))
        except NotRead as failure:
            return failure
        self._threads.pace.note(text, time.monotonic() - began)
        try:
            return text if self._store.texts.keep(pdf.sha256, text) else None
        except StoreError as error:
            return error

    def _page_ended(self, reading: Reading, paper: PaperToRead, page: int, end: PageEnd) -> None:
        if isinstance(end, PageText):
            self._noted(reading, paper.ref, page)
        elif end is None:
            self._ended(reading, paper, problem=_GONE)
        elif isinstance(end, StoreError) or end.kind == "closing":
            reading.fail(str(end))
        else:
            self._noted(reading, paper.ref, page, problem=str(end))

    def _noted(self, reading: Reading, paper: PaperRef, page: int, *, problem: str = "") -> None:
        if reading.ended_page(paper, page, problem=problem):
            self._tell(paper)
            self.go_on(reading)

    def _tell(self, paper: PaperRef) -> None:
        try:
            self._told(paper)
        except Exception:  # noqa: BLE001 - what is made of a paper never stops the reading of the next
            _log.exception("what is to be made of %s once it is read failed", paper)

    def _ended(self, reading: Reading, paper: PaperToRead, *, problem: str) -> None:
        reading.ended_paper(paper.ref, problem=problem)
        self.go_on(reading)

    def _take_turn(self, reading: Reading, paper: PaperToRead, work: Callable[[], None]) -> None:
        """Let a step of a paper have its turn, which it does not need once its reading is being stopped."""

        def step() -> None:
            if reading.begin_page():
                try:
                    self._guarded(reading, paper, work)
                finally:
                    reading.leave_page()

        if not self._threads.turns.put(reading.line, step):
            reading.fail(str(NotRead("closing")))

    @staticmethod
    def _guarded(reading: Reading, paper: PaperToRead, work: Callable[[], None]) -> None:
        """Do a step; what goes wrong with it ends the reading, and never leaves one that waits for ever."""
        try:
            work()
        except StoreError as error:
            reading.fail(str(error))
        except Exception:  # noqa: BLE001 - whatever it is, nobody else would hear of it
            _log.exception("reading %s failed in an unforeseen way", paper.ref)
            reading.fail(_ODD)
