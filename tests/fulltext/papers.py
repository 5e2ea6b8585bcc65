"""Small PDFs made by hand, a store that holds their histories, and an engine that reads when it is told to."""

import io
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from components.documents import NotFetched
from components.fulltext import PaperToRead
from components.histories import DocumentList, FileHistory, Link, PaperRef
from components.page_reading.engines.engine import EngineReading, Scan
from components.page_texts import Box, Word
from components.store import Store

_WIDTH, _HEIGHT = 400, 200


def pdf_of(pages: Sequence[str], *, password: str = "") -> bytes:
    """A PDF of these pages, each with its lines as text; an empty one is a scan: a picture without text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (_WIDTH, _HEIGHT), invariant=True)
    for number, text in enumerate(pages):
        for position, line in enumerate(text.splitlines()):
            canvas.drawString(20, _HEIGHT - 30 - 14 * position, line)
        if not text:
            canvas.rect(20 + number % 50, 20, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    if not password:
        return buffer.getvalue()
    locked = io.BytesIO()
    writer = PdfWriter(clone_from=PdfReader(buffer))
    writer.encrypt(password)
    writer.write(locked)
    return locked.getvalue()


def history(number: str, papers: Sequence[tuple[int, str, int | None]]) -> FileHistory:
    """A history with papers of a day, a code and a count of pages."""
    return FileHistory(
        apno=number, patent_number="", patent_id="",
        documents=DocumentList([day for day, _, _ in papers], [code for _, code, _ in papers],
                               [f"Paper {code}" for _, code, _ in papers], [pages for _, _, pages in papers]),
        links=[_link(position) for position in range(len(papers))],
        documents_reported=len(papers), complete=True, retrieved=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip


def _link(position: int) -> Link:
    return Link(f"https://papers.example/{position}", datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1))


class Shelf:
    """The PDFs that can be had, and how often each was asked for."""

    def __init__(self) -> None:
        self.pdfs: dict[PaperRef, bytes] = {}
        self.asked: list[PaperRef] = []

    def pdf(self, history: str, document: str) -> bytes:
        """Return a PDF, as `Documents.pdf` does."""
        self.asked.append(PaperRef(history, document))
        try:
            return self.pdfs[history, document]  # type: ignore[index]  # a reference is a pair
        except KeyError:
            raise NotFetched("The link has expired.", kind="no link") from None

    def put(self, store: Store, number: str, pdfs: Sequence[bytes], *, code: str = "CTNF") -> list[PaperToRead]:
        """Let a store hold a history whose papers are these PDFs; return them as lists name them."""
        counts = [pdf.count(b"/Type /Page\n") or None for pdf in pdfs]
        held = history(number, [(20190101 + day, code, counts[day]) for day in range(len(pdfs))])
        key = store.save(held, names=[number])
        refs = [PaperRef(key, name) for name in held.documents.ids()]
        self.pdfs |= dict(zip(refs, pdfs, strict=True))
        return [PaperToRead(ref, pages, "US") for ref, pages in zip(refs, counts, strict=True)]


class GatedEngine:
    """An engine that reads one word a page, and only as many pages as it was allowed."""

    name = "Gated 1.0"
    languages = frozenset({"eng"})

    def __init__(self, allowed: int | None = None) -> None:
        self._changed = threading.Condition()
        self._allowed = allowed
        self.begun = 0
        self.read_pages = 0

    def allow(self, pages: int | None) -> None:
        """Let it read so many pages more; `None` for all."""
        with self._changed:
            self._allowed = None if pages is None or self._allowed is None else self._allowed + pages
            self._changed.notify_all()

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:  # noqa: ARG002
        """Return one word, as soon as that is allowed."""
        with self._changed:
            self.begun += 1
            self._changed.wait_for(lambda: self._allowed is None or self.read_pages < self._allowed, timeout=30)
            self.read_pages += 1
        return EngineReading((Word("scanned", Box(0.1, 0.1, 0.5, 0.2), 0, 90),), languages[0])

    def close(self) -> None:
        """It has no processes."""
