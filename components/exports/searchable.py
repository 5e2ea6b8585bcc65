"""The text behind the scanned pages of the one PDF, document by document."""

import hashlib

from pypdf.generic import IndirectObject

from components.exports.pdf_file import PdfFile
from components.exports.pdf_pages import CopiedPages, put_behind
from components.exports.pdf_text_layer import text_layer
from components.exports.read_papers import PagesOfPaper, engines_of, read_by_engine
from components.exports.selection import Selection
from components.exports.text_font import TextFont
from components.histories import PaperRef
from components.words import counted, listed


class SearchablePages:
    """Puts what was read behind the pages of a PDF that is being written.

    Args:
        file: the PDF.
        selection: its documents, with how far they were read.
        pages: gives what was read; without it no page gets text.
    """

    def __init__(self, file: PdfFile, selection: Selection, pages: PagesOfPaper | None) -> None:
        self._file, self._selection, self._pages = file, selection, pages
        self._font: TextFont | None = None
        self._engines: dict[str, None] = {}
        self._documents = self._laid = self._changed = 0

    def font_for(self, ref: PaperRef, pdf: bytes) -> IndirectObject | None:
        """Return the font of the text that was read in this PDF of a document; `None` where none was.

        Text of another PDF of the same document may stand elsewhere on the pages, or on other pages.
        """
        paper = self._selection.papers_read.get(ref)
        if self._pages is None or paper is None or not paper.read or not engines_of(paper):
            return None
        if hashlib.sha256(pdf).hexdigest() != paper.sha256:
            self._changed += 1
            return None
        self._font = self._font or TextFont(self._file)
        return self._font.reference

    def lay(self, ref: PaperRef, copied: CopiedPages) -> None:
        """Write the text of a document's pages, which have the font, and put it behind them."""
        if self._pages is None or self._font is None:
            return
        before = self._laid
        for page in self._pages(*ref):
            if not read_by_engine(page) or not 1 <= page.page <= len(copied.pages):
                continue
            frame = copied.frames[page.page - 1]
            text = None if frame is None else text_layer(page, frame, self._font)
            if text is not None:
                put_behind(copied.pages[page.page - 1], self._file.add(text))
                self._engines[page.engine] = None
                self._laid += 1
        self._documents += self._laid > before

    def finish(self) -> None:
        """Write the font, once no more text comes."""
        if self._font is not None:
            self._font.write(self._file)

    def in_words(self) -> str:
        """Return behind how many pages text stands, for the cover; empty where no text was wanted or read."""
        changed = f"{counted(self._changed, 'document')} changed since, without text" if self._changed else ""
        if not self._laid:
            return changed
        where = f"behind {counted(self._laid, 'scanned page')} of {counted(self._documents, 'document')}"
        words = f"Text {where}, read by {listed(list(self._engines))}; words may be misread"
        return f"{words}; {changed}" if changed else words
