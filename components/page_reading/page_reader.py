"""Reading pages of PDFs: in processes of their own, by the PDF's own text or by an engine, so many at once."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, Final

from components.confined.bounds import MAX_PAGES, MAX_SCAN
from components.confined.processes import NoAnswer, Processes
from components.page_reading.engines.engine import Engine, Scan
from components.page_reading.errors import NotRead, WhyNotRead
from components.page_reading.marks import marks_on
from components.page_reading.words import words_from, words_of_engine
from components.page_texts import PageText, WordMark

TEXT_LAYER: Final = "text layer"
"""What read a page whose text the PDF itself holds."""
PAGE_SECONDS: Final = 20.0
"""How long it may take to find a page's text or to make a scan of it; most take a fifth of a second."""
ENGINE_SECONDS: Final = 60.0
"""How long an engine may take for a page; most take two seconds."""
_WAIT_SECONDS: Final = 2 * (PAGE_SECONDS + ENGINE_SECONDS)
"""How long a page waits for its turn."""
REST_SECONDS: Final = 60.0
"""After so long without a page a process is ended, with the paper that it holds open."""
_TURNS: Final = frozenset({0, 90, 180, 270})
_FROM_PROCESS: Final[tuple[WhyNotRead, ...]] = ("password", "no pages", "broken page", "no such page", "memory")


class PageReader:
    """Reads pages; one for all threads of a process and for all its workspaces.

    Args:
        engine: reads scans; `None` where none is installed, or where it is still to be found.
        at_once: how many pages are read at the same time.
        page_seconds: how long finding a page's text, or making a scan of it, may take.
        engine_seconds: how long the engine may take for a page.
        wait_seconds: how long a page waits for its turn.
        rest_seconds: after so long without a page a process is ended.
        find: finds the engine when it is first asked for; it takes a moment, and longer where the disk sleeps.
    """

    def __init__(
        self,
        engine: Engine | None,
        *,
        at_once: int = os.cpu_count() or 1,
        page_seconds: float = PAGE_SECONDS,
        engine_seconds: float = ENGINE_SECONDS,
        wait_seconds: float = _WAIT_SECONDS,
        rest_seconds: float = REST_SECONDS,
        find: Callable[[], Engine | None] | None = None,
    ) -> None:
        self._engine = engine
        self._find = find
        self._finding = threading.Lock()
        self._page_seconds = page_seconds
        self._engine_seconds = engine_seconds
        self._wait_seconds = wait_seconds
        self._turns = threading.BoundedSemaphore(at_once)
        # One more, so that asking for the number of pages need not wait for a page that takes its time.
        self._processes = Processes(
            "page_reader", most=at_once + 1, kept_idle=at_once, wait_seconds=wait_seconds, rest_seconds=rest_seconds
        )
        self._closed = False

    @property
    def engine(self) -> Engine | None:
        """What reads scans; `None` where this machine has none."""
        with self._finding:
            if self._find is not None and not self._closed:
                self._engine, self._find = self._find(), None
                if self._closed and self._engine is not None:  # meanwhile
                    self._engine.close()
            return self._engine

    def pages(self, paper: str, pdf: Callable[[], bytes]) -> int:
        """Return how many pages a PDF has, up to `MAX_PAGES`: those after them are not read.

        Args:
            paper: stands for the PDF, and for no other one: a process that has it open is not given it again.
            pdf: returns its bytes; what it raises is raised here.

        Raises:
            NotRead: the PDF cannot be opened, or nothing can be read at present.
        """
        facts, _ = self._asked(paper, pdf, {"do": "pages"})
        pages = _number(facts, "pages", most=MAX_PAGES)
        if not pages:
            raise NotRead("broken")
        return pages

    def read(self, paper: str, pdf: Callable[[], bytes], page: int, *, languages: Sequence[str]) -> PageText:
        """Return what stands on a page.

        A fault of the page or of its PDF, which another try would find again, is a page with the outcome `failed`.

        Args:
            paper: stands for the PDF, and for no other one.
            pdf: returns its bytes; what it raises is raised here.
            page: its number, from 1.
            languages: those that an engine is to take it for, the most likely first.

        Raises:
            NotRead: another try may help: there is no engine for a scan, none is free, the app is being closed.
        """
        with self._turn():
            try:
                text = self._read(paper, pdf, page, languages)
            except NotRead as failure:
                if not failure.of_the_page:
                    raise
                return PageText(page, "failed", "", problem=str(failure))
        return text

    def close(self) -> None:
        """End all processes, also those that read, and the engine's."""
        self._closed = True
        self._processes.close()
        engine = self._engine  # one that is being looked for just now is closed by whoever looks
        if engine is not None:
            engine.close()

    def _read(self, paper: str, pdf: Callable[[], bytes], page: int, languages: Sequence[str]) -> PageText:
        facts, data = self._asked(paper, pdf, {"do": "read", "page": page})
        match facts.get("kind"):
            case "words":
                words = words_from(data)
                text = PageText(page, "read" if words else "empty", TEXT_LAYER, words=words, turned=_turned(facts))
                return replace(text, marks=self._marks(paper, pdf, text, str(facts.get("lines"))))
            case "empty":
                return PageText(page, "empty", "")
            case "scan":
                return self._read_scan(_scan(facts, data), page, languages)
        raise NotRead("broken page")

    def _read_scan(self, scan: Scan, page: int, languages: Sequence[str]) -> PageText:
        engine = self.engine
        if engine is None:
            raise NotRead("no engine")
        try:
            reading = engine.read(scan, languages=languages, seconds=self._engine_seconds)
        except NotRead as failure:
            if self._closed:
                raise NotRead("closing") from None
            if failure.of_the_page:
                return PageText(page, "failed", engine.name, problem=str(failure))
            raise
        words = words_of_engine(reading.words)
        text = PageText(page, "read" if words else "empty", engine.name, reading.languages, words)
        marks = marks_on(scan, words) if words else None
        return replace(text, turned=reading.turned if reading.turned in _TURNS else 0, marks=marks)

    def _marks(self, paper: str, pdf: Callable[[], bytes], text: PageText, lines: str) -> tuple[WordMark, ...] | None:
        """Return the marks of a page that holds its own text, `None` where its picture is not worth a look for them.

        Args:
            paper: stands for the PDF.
            pdf: returns its bytes.
            text: what the page holds.
            lines: what its process says of it: `none` where nothing on it can be a line, `amended` where something
                can and the page belongs to amended claims.
        """
        if lines == "none":
            return ()
        if lines != "amended" or not text.words:
            return None
        with suppress(NotRead):  # its text is there all the same
            facts, pixels = self._asked(paper, pdf, {"do": "draw", "page": text.page})
            if facts.get("kind") == "scan":
                return marks_on(_scan(facts, pixels), text.words)
        return None

    def _asked(self, paper: str, pdf: Callable[[], bytes], order: dict[str, int | str]) -> tuple[dict[str, Any], bytes]:
        """Return what a process answers.

        Raises:
            NotRead: it told a problem, or there is no answer.
        """
        try:
            facts, data = self._processes.ask(paper, pdf, order, seconds=self._page_seconds)
        except NoAnswer as failure:
            raise NotRead("closing" if self._closed else failure.kind) from None
        if "problem" in facts:
            raise NotRead(next((why for why in _FROM_PROCESS if why == facts["problem"]), "broken"))
        return facts, data

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let so many pass at the same time.

        Raises:
            NotRead: it took too long, or the app is being closed.
        """
        if not self._turns.acquire(timeout=self._wait_seconds):
            raise NotRead("closing" if self._closed else "busy")
        try:
            yield
        finally:
            self._turns.release()


def _number(facts: dict[str, Any], name: str, *, most: int) -> int:
    """Return a number that a process told, or 0 where it is none that can be meant."""
    value = facts.get(name)
    return value if type(value) is int and 0 <= value <= most else 0


def _turned(facts: dict[str, Any]) -> int:
    turned = _number(facts, "turned", most=270)
    return turned if turned in _TURNS else 0


def _scan(facts: dict[str, Any], pixels: bytes) -> Scan:
    """Return the scan that a process sent.

    Raises:
        NotRead: it sent none.
    """
    width, height = _number(facts, "width", most=MAX_SCAN), _number(facts, "height", most=MAX_SCAN)
    dpi = _number(facts, "dpi", most=2_400)
    if not pixels or width * height != len(pixels) or not dpi:
        raise NotRead("broken page")
    return Scan(pixels, width, height, dpi)
