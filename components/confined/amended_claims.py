"""Whether a page with text of its own is worth a look for lines under and through its words.

Only amended claims have them for a reason, and to draw a page takes five times as long as to take its text. A page of
claims need not say so itself: a long claim goes on for a page or two behind its status identifier (37 CFR 1.121(c)).
"""

import codecs
import re
from contextlib import suppress
from typing import Final, Literal

import pypdfium2

from components.confined.papers import OpenPaper, Unreadable

_AMENDED: Final = re.compile(
    r"""[(\[]\s?(?:
        (?:currently|previously|once|twice|three\stimes)?[\s-]{0,3}amended | new
      )\b[^()\[\]]{0,40}[)\]]
      | currently\s{1,3}amended | marked[\s-]{1,3}up\s{1,3}(?:version|copy) | showing\s{1,3}(?:the\s)?changes""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands on pages with claims that are amended: the identifiers of 37 CFR 1.121(c), 1.173 and 1.530, and what was
written before July 2003."""
_PAGES_AROUND: Final = (0, -1, 1, -2)
_MOST_LETTERS: Final = 40_000
_MAX_DEPTH: Final = 4

codecs.lookup("utf-16-le")  # in which PDFium tells text: nothing can be loaded later

Lines = Literal["none", "amended", "other"]


def lines_of(paper: OpenPaper, page: pypdfium2.PdfPage, number: int, *, has_images: bool) -> Lines:
    """Return whether lines can stand under words of a page for a reason.

    Args:
        paper: the PDF.
        page: of it.
        number: of the page, from 1.
        has_images: whether there are images on it, which may show anything.

    Returns:
        `none` where nothing is drawn on it that can be a line, `amended` where there is and the page, or one next to
        it, has amended claims, else `other`.
    """
    if not has_images and not _has_paths(page):
        return "none"
    near = (number + step for step in _PAGES_AROUND if 1 <= number + step <= paper.pages)
    return "amended" if any(_AMENDED.search(_text(paper, each)) for each in near) else "other"


def _has_paths(page: pypdfium2.PdfPage) -> bool:
    """Return whether anything is drawn on a page: a line under a word is a path, or a part of one."""
    paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=_MAX_DEPTH)
    return next(iter(paths), None) is not None


def _text(paper: OpenPaper, number: int) -> str:
    """Return the text of a page as it is stored, or nothing where it has none that can be taken."""
    with suppress(Unreadable, pypdfium2.PdfiumError):
        page = paper.page(number)
        try:
            text = page.get_textpage()
            try:
                return str(text.get_text_range(0, min(text.count_chars(), _MOST_LETTERS)))
            finally:
                text.close()
        finally:
            page.close()
    return ""
