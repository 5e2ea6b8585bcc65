"""What was read inside the selected papers as one text: paper by paper, page by page, line by line.

What of the selection was not read stands at the top, and each page that has no text says why. A line of a paper that
looks like a mark of this file is moved by a blank, so that every mark is one of this file's own.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from components.exports.cells import cell_values, visible_text
from components.exports.read_papers import (
    PagesOfPaper,
    extent_in_words,
    extent_read,
    how_it_was_read,
    refs_of,
)
from components.exports.selection import DISCLAIMER, Selection
from components.histories import PaperRef
from components.page_texts import BAD_CONFIDENCE, PageText, ReadPaper
from components.words import counted, day, moment

_RULE: Final = "=" * 72
_MARKS: Final = ("---", "===", "[not read", "[no text", "[could not be read", "[badly legible")
"""What marks of this file begin with."""
_NOT_YET: Final = "[not read so far]"
_CAUTION: Final = (
    "Pages without a text layer of their own were read from their pictures by a program, which misreads letters, words "
    "and whole lines. The papers themselves are authoritative."
)


def text_of(selection: Selection, pages: PagesOfPaper) -> bytes:
    """Return what was read inside the selected papers, as text in UTF-8 with a byte-order mark.

    Args:
        selection: The papers, in their order, with how far they were read.
        pages: Gives what was read of the pages of a paper; asked for one paper after the other.
    """
    file = io.BytesIO()
    file.write("\ufeff".encode())
    titles = _Titles(selection)
    for line in _head(selection, titles):
        file.write(f"{line}\r\n".encode())
    for ref in titles:
        paper = selection.papers_read.get(ref)
        if paper is not None and paper.done:
            for line in _paper(titles.heading(ref), paper, pages(*ref)):
                file.write(f"{line}\r\n".encode())
    return file.getvalue()


class _Titles(Mapping[PaperRef, tuple[str, ...]]):
    """What the selected papers are called, in their order."""

    def __init__(self, selection: Selection) -> None:
        rows = selection.documents
        columns = (cell_values(rows[name]) for name in ("date", "code", "description"))
        self._of: dict[PaperRef, tuple[str, ...]] = {}
        for ref, dated, code, description in zip(refs_of(selection), *columns, strict=True):
            title = selection.title_of(ref.history)
            number = "" if title == ref.history else f" ({ref.history})"
            when: Any = dated
            parts = (f"{title}{number}", "undated" if when is None else day(when), code, description)
            self._of[ref] = tuple(part for part in (visible_text(str(part)) for part in parts) if part)

    def __getitem__(self, ref: PaperRef) -> tuple[str, ...]:
        return self._of[ref]

    def __iter__(self) -> Iterator[PaperRef]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def heading(self, ref: PaperRef) -> tuple[str, str]:
        """Return the two lines above the text of a paper: whose file it is of, and which paper it is."""
        whose, *what = self._of[ref]
        return whose, " · ".join(what)

    def in_a_line(self, ref: PaperRef) -> str:
        """Return what a paper is called."""
        return " · ".join(self._of[ref])


def _head(selection: Selection, titles: _Titles) -> Iterator[str]:
    yield "Text of prosecution papers"
    yield ""
    yield f"Made {moment(selection.made)} of {counted(len(titles), 'selected document')}."
    yield f"Read inside: {extent_in_words(extent_read(selection, list(titles)))}."
    yield _CAUTION
    yield DISCLAIMER
    unread = list(_unread(selection, titles))
    if unread:
        yield from ("", "Not read, or not to the end", "", *unread)


def _unread(selection: Selection, titles: _Titles) -> Iterator[str]:
    for ref in titles:
        paper = selection.papers_read.get(ref)
        reason = _what_is_lacking(paper)
        if reason:
            yield f"{titles.in_a_line(ref)}: {reason}"


def _what_is_lacking(paper: ReadPaper | None) -> str:
    """Return what of a paper was not read, and why; empty if all of it was."""
    if paper is None:
        return "not read so far"
    if paper.problem:
        return f"not read: {visible_text(paper.problem)}"
    left = paper.pages - paper.done
    parts = [
        f"{counted(left, 'page')} of {paper.pages:,} not read so far" if left > 0 else "",
        f"{counted(paper.failed, 'page')} of {paper.pages:,} could not be read" if paper.failed else "",
    ]
    return "; ".join(part for part in parts if part)


def _paper(heading: tuple[str, str], paper: ReadPaper, pages: Iterable[PageText]) -> Iterator[str]:
    yield from ("", _RULE, *heading)
    read_on = f", on {day(paper.read_at)}" if paper.read_at is not None else ""
    yield f"{counted(paper.pages, 'page')}; {visible_text(how_it_was_read(paper))}{read_on}"
    yield _RULE
    expected = 1
    for page in pages:
        for number in range(expected, page.page):
            yield from (*_mark(number), _NOT_YET)
        yield from (*_mark(page.page), *_page(page))
        expected = page.page + 1
    for number in range(expected, paper.pages + 1):
        yield from (*_mark(number), _NOT_YET)


def _mark(page: int) -> tuple[str, str]:
    return "", f"--- p. {page} ---"


def _page(page: PageText) -> Iterator[str]:
    if page.outcome == "failed":
        yield f"[could not be read: {visible_text(page.problem) or 'no reason is known'}]"
    elif not page.words:
        yield "[no text on this page]"
    else:
        confidence = page.confidence
        if confidence is not None and confidence < BAD_CONFIDENCE:
            yield f"[badly legible: confidence {confidence} %]"
        for line in page.lines:
            text = visible_text(line)
            yield f" {text}" if text.startswith(_MARKS) else text
