"""The PDFs behind the links: placeholders with the right number of pages.

Each page says which page of which document it stands for; the offices' own images are not included. Text outside
Latin-1 is set in HeiseiKakuGo-W5, a Japanese font that PDF viewers provide and that is therefore not embedded.
"""

import io
from datetime import date
from functools import lru_cache

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from components.sandbox.recordings import RecordedDocument, RecordedHistory
from components.words import day

_JAPANESE = "HeiseiKakuGo-W5"
_LEFT, _WIDTH = 64, A4[0] - 128
_PDFS_KEPT = 32
"""How many PDFs are kept in memory; the longest document, of 257 pages, takes about 300 kB."""

pdfmetrics.registerFont(UnicodeCIDFont(_JAPANESE))


def placeholder_pdf(history: RecordedHistory, index: int) -> bytes:
    """Return the PDF that stands for one document; the same document gives the same bytes.

    Args:
        history: the file history.
        index: position of the document in it, from 0.

    Returns:
        A PDF with as many pages as the office states, or one page if it states none.
    """
    return _render(history.patent_number, history.apno, history.title, history.documents[index])


@lru_cache(maxsize=_PDFS_KEPT)
def _render(patent_number: str, apno: str, title: str, document: RecordedDocument) -> bytes:
    """Draw the PDF of a document."""
    pages = max(document.pages or 0, 1)
    lines = _lines(patent_number, apno, title, document)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, invariant=1)
    canvas.setTitle(f"{patent_number} {document.code.strip()} {_day(document.date)} (placeholder)")
    canvas.setSubject("Placeholder for one document of a public file history")
    canvas.setAuthor("Sandbox")
    for page in range(1, pages + 1):
        _draw(canvas, [*lines, (13, f"Page {page} of {pages}")])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _lines(patent_number: str, apno: str, title: str, document: RecordedDocument) -> list[tuple[int, str]]:
    """Return the lines of every page as font size and text; a size of 0 leaves a gap."""
    no_count = [] if document.pages else [(10, "The office's list gives no number of pages for this document.")]
    return [
        (16, "PLACEHOLDER"),
        (10, "Made by the sandbox. It stands for a page of a public file history and is not the office's document."),
        (0, ""),
        (13, f"Patent {patent_number}"),
        (11, f"Application {apno}"),
        (11, title),
        (0, ""),
        (13, f"Document code {document.code.strip()}"),
        (13, document.description),
        (13, f"Date {_day(document.date)}"),
        *no_count,
        (0, ""),
    ]


def _draw(canvas: Canvas, lines: list[tuple[int, str]]) -> None:
    """Draw the lines of one page, from the top down."""
    height = A4[1] - 96
    for size, text in lines:
        font = "Helvetica" if _is_latin(text) else _JAPANESE
        for part in simpleSplit(text, font, size, _WIDTH) if size else [""]:
            canvas.setFont(font, size or 10)
            canvas.drawString(_LEFT, height, part)
            height -= (size or 10) * 1.6


def _is_latin(text: str) -> bool:
    """Return whether the font for Latin text has all letters of a text."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _day(number: int) -> str:
    """Return `20180831` as `31 Aug 2018`."""
    return day(date(number // 10_000, number // 100 % 100, number % 100))
