"""What was read inside the selected papers: how far, by what, and in words; and where the text of pages comes from."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

from components.exports.selection import Selection
from components.histories import PaperRef
from components.page_texts import PageText, ReadPaper
from components.words import counted, day, listed

PagesOfPaper = Callable[[str, str], Iterable[PageText]]
"""Returns what was read of a document, by the key of its history and its id: its pages, the first one first."""
_TEXT_LAYER: Final = "text layer"
"""The engine of a page whose text stands in the PDF itself."""
_OWN_TEXT: Final = "the PDF's own text"
BYTES_OF_A_PAGE: Final = 3_200
"""What the text behind a scanned page adds to the one PDF: measured on 48 pages of seven US papers, 265 words each."""


@dataclass(frozen=True, slots=True)
class ReadExtent:
    """How much of some documents was read inside."""

    asked: int
    """Documents."""
    papers: int
    """Those of which a page at least was looked at."""
    pages: int
    """Pages of these that were read, those without text included."""
    of_pages: int
    failed: int
    """Pages that could not be read."""
    bad: int
    """Pages that are badly legible."""
    engines: tuple[str, ...]
    last: str
    """The last day on which something was read, in words."""


def read_by_engine(page: PageText) -> bool:
    """Return whether the words of a page were read from its picture, so that the PDF itself does not hold them."""
    return bool(page.words) and page.engine != _TEXT_LAYER


def engines_of(paper: ReadPaper) -> list[str]:
    """Return the engines that read the pictures of a paper, its own text layer left out."""
    return [engine for engine in paper.engines if engine and engine != _TEXT_LAYER]


def refs_of(selection: Selection) -> list[PaperRef]:
    """Return which papers are selected, in their order."""
    rows = selection.documents
    return [PaperRef(*names) for names in zip(rows["history"], rows["id"], strict=True)]


def papers_read(selection: Selection) -> list[ReadPaper | None]:
    """Return how far each selected document was read; `None` for one at which nothing has looked yet."""
    if not selection.papers_read:
        return [None] * len(selection.documents)
    found = (selection.papers_read.get(ref) for ref in refs_of(selection))
    return [paper if paper is not None and (paper.done or paper.problem) else None for paper in found]


def anything_read(selection: Selection) -> bool:
    """Return whether a page at least of the selected documents was looked at."""
    return any(paper is not None and paper.done for paper in papers_read(selection))


def extent_read(selection: Selection, papers: Collection[PaperRef]) -> ReadExtent:
    """Return how much of some papers of a selection was read inside."""
    found = [paper for ref in papers if (paper := selection.papers_read.get(ref)) is not None and paper.done]
    last = max((paper.read_at for paper in found if paper.read_at is not None), default=None)
    return ReadExtent(
        asked=len(papers),
        papers=len(found),
        pages=sum(paper.read + paper.empty for paper in found),
        of_pages=sum(paper.pages for paper in found),
        failed=sum(paper.failed for paper in found),
        bad=sum(len(paper.bad_pages) for paper in found),
        engines=tuple(dict.fromkeys(engine for paper in found for engine in paper.engines if engine)),
        last="" if last is None else day(last),
    )


def extent_in_words(extent: ReadExtent) -> str:
    """Return how much was read inside in one sentence: `3 of 98 documents, 41 of their 43 pages, by Tesseract 5.3.0`.

    It is followed by the day, and by how many pages could not be read or are badly legible, if there are any.
    """
    if not extent.papers:
        return f"None of {counted(extent.asked, 'document')}" if extent.asked != 1 else "Not this document"
    parts = [f"{extent.papers:,} of {counted(extent.asked, 'document')}", _pages(extent)]
    scans = [engine for engine in extent.engines if engine != _TEXT_LAYER]
    if scans:
        parts.append(f"by {listed(scans)}")
    if _TEXT_LAYER in extent.engines:
        parts.append(f"{'else ' if scans else ''}from the PDFs' own text")
    if extent.last:
        parts.append(f"last on {extent.last}")
    doubts = [
        words
        for count, words in (
            (extent.failed, f"{counted(extent.failed, 'page')} could not be read"),
            (extent.bad, f"{counted(extent.bad, 'page')} badly legible"),
        )
        if count
    ]
    return "; ".join((", ".join(parts), *doubts))


def named_engines(engines: Iterable[str]) -> str:
    """Return what read some pages: `Tesseract 5.3.0 and the PDF's own text`."""
    names = dict.fromkeys(engine for engine in engines if engine)
    last = [_OWN_TEXT] if names.pop(_TEXT_LAYER, "") is None else []
    return listed([*names, *last])


def how_it_was_read(paper: ReadPaper) -> str:
    """Return by what a paper was read: `read by Tesseract 5.3.0 (eng), confidence 91 %`; or that its own text is."""
    engines = engines_of(paper)
    if not engines:
        return _OWN_TEXT
    languages = f" ({listed(paper.languages)})" if paper.languages else ""
    confidence = "" if paper.confidence is None else f", confidence {paper.confidence} %"
    own = f", else {_OWN_TEXT}" if _TEXT_LAYER in paper.engines else ""
    return f"read by {listed(engines)}{languages}{confidence}{own}"


def text_bytes(papers: Iterable[ReadPaper]) -> int:
    """Return about how many bytes the text behind the pages of some papers adds to the one PDF."""
    return sum(paper.read for paper in papers if engines_of(paper)) * BYTES_OF_A_PAGE


def _pages(extent: ReadExtent) -> str:
    if extent.pages == extent.of_pages:
        return counted(extent.pages, "page")
    return f"{extent.pages:,} of their {counted(extent.of_pages, 'page')}"
