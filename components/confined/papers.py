"""The PDF that a worker has open. Loaded in processes of their own only."""

from typing import Final

import pypdfium2

from components.confined.bounds import MAX_PAGES

_PASSWORD: Final = 4
"""PDFium's error code for a password that is wanted (FPDF_ERR_PASSWORD)."""


class Unreadable(Exception):
    """A page, or a paper, cannot be used; the argument is the problem as the app's errors name it."""


class OpenPaper:
    """The PDF that was given last."""

    def __init__(self) -> None:
        self._paper: pypdfium2.PdfDocument | None = None
        self._bytes = b""
        self._problem = "broken"
        """Why no PDF is open: what is told of each of its pages, not of the first alone."""

    def open(self, pdf: bytes) -> None:
        """Take another PDF in place of the one before.

        Raises:
            Unreadable: it cannot be opened; then there is none.
        """
        try:
            self._open(pdf)
        except Unreadable as error:
            self._problem = str(error)
            raise

    def _open(self, pdf: bytes) -> None:
        if self._paper is not None:
            self._paper.close()
            self._paper = None
        raw = pypdfium2.raw
        opened = raw.FPDF_LoadMemDocument64(pdf, len(pdf), None)
        if not opened:
            raise Unreadable("password" if raw.FPDF_GetLastError() == _PASSWORD else "broken")
        self._bytes = pdf  # PDFium reads them as long as the paper is open
        paper = pypdfium2.PdfDocument(opened)
        if len(paper) < 1:
            paper.close()
            raise Unreadable("no pages")
        paper.init_forms()  # what was typed into a form is drawn; its scripts are not part of this build
        self._paper = paper

    @property
    def pages(self) -> int:
        """How many pages it has, up to `MAX_PAGES`.

        Raises:
            Unreadable: no PDF is open.
        """
        if self._paper is None:
            raise Unreadable(self._problem)
        return min(len(self._paper), MAX_PAGES)

    def page(self, number: int) -> pypdfium2.PdfPage:
        """Return a page, which the caller closes.

        Args:
            number: from 1.

        Raises:
            Unreadable: there is none of this number, or it is damaged.
        """
        if self._paper is None or not 1 <= number <= self.pages:
            raise Unreadable("no such page" if self._paper else self._problem)
        try:
            return self._paper[number - 1]
        except pypdfium2.PdfiumError:
            raise Unreadable("broken page") from None
