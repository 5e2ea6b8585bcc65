"""The selected documents as one PDF: a cover, a list of contents, and the documents in sections, with bookmarks.

Each document is read when it arrives, and its pages are written at once: of hundreds of megabytes no more than one
document is in memory. In the bytes of the file the pages of the documents therefore precede the cover and the contents;
a PDF reader shows them in the order of the page tree, which is written last. `pdf_pages` says what is copied of a
document and what is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, IndirectObject, NameObject, NumberObject

from components.exports.cells import cell_values
from components.exports.document_pdfs import (
    MissingDocument,
    PdfOrReason,
    UnfetchedPdf,
    expect_no_more,
    next_pdf,
    why_missing,
)
from components.exports.naming import file_names
from components.exports.pdf_contents import ContentsLine, LinkArea, draw_contents, lay_out
from components.exports.pdf_cover import PdfExtent, draw_cover, pdf_heading
from components.exports.pdf_file import Bookmark, PdfFile, pdf_dictionary, whole_page
from components.exports.pdf_pages import CopiedPages, copy_pages
from components.exports.pdf_text import visible_line
from components.exports.read_papers import PagesOfPaper, refs_of
from components.exports.searchable import SearchablePages
from components.exports.sections import Section, sections_of
from components.exports.selection import Selection
from components.histories import PaperRef
from components.words import day

_References = list[IndirectObject]


@dataclass(slots=True)
class _WrittenDocuments:
    """The documents that have been written to the PDF. Keys are their row numbers in the selection."""

    pages: dict[int, _References] = field(default_factory=dict)
    """The pages of each document that is included."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Why each of the other documents is missing."""
    starts: dict[int, int] = field(default_factory=dict)
    """How many pages of other documents come before each document."""
    count: int = 0
    """How many pages all documents have together."""


def pdf_of(
    selection: Selection,
    parts: Iterable[PdfOrReason],
    *,
    into: BinaryIO,
    texts: PagesOfPaper | None = None,
) -> tuple[MissingDocument, ...]:
    """Write the documents of a selection as one PDF.

    The cover and the contents are followed by the documents, section by section. The outline has a bookmark for each
    history if there are several, for each section, and for each document; the bookmark of a missing document leads to
    its line in the contents, where the reason is given. The pages look as in the documents, but have no links, forms or
    scripts. The same selection and parts give the same bytes.

    Args:
        selection: What to write.
        parts: One for each document, in their order. They are pulled one by one and released once written.
        into: Where to write; need not be seekable.
        texts: Gives what was read of the pages of a document, one document after the other. What an engine read in
            this very PDF of it is put behind the picture, unseen, so that it can be found and copied.

    Returns:
        The documents that are not in the PDF, with the reasons: those without a file, and those whose file is not a
        readable PDF.

    Raises:
        ValueError: There are more or fewer parts than documents. What `parts` raises is passed on; the PDF is then
            unfinished.
    """
    file = PdfFile(into)
    searchable = SearchablePages(file, selection, texts)
    written = _write_documents(file, refs_of(selection), parts, searchable)
    sections = sections_of(selection)
    order = [row for section in sections for row in section.rows]
    for row in order:
        written.starts[row] = written.count
        written.count += len(written.pages.get(row, ()))

    documents = [page for row in order for page in written.pages.get(row, ())]
    front = _write_own_pages(
        file,
        draw_cover(
            selection, PdfExtent(len(written.pages), written.count, len(written.reasons), searchable.in_words())
        ),
    )
    lines = _lines(selection, sections, written)
    layout = lay_out(lines)
    heading = pdf_heading(selection)
    listing, areas = draw_contents(layout, heading=heading, before=len(front))
    contents = _write_own_pages(file, listing, [[_link_annotation(area, documents) for area in page] for page in areas])
    listed_on = [page for page, placed in zip(contents, layout, strict=True) for _ in placed]
    targets = [
        listed if line.start is None else documents[line.start] for line, listed in zip(lines, listed_on, strict=True)
    ]
    outline = [Bookmark("Contents", contents[0]), *_outline(lines, targets)]
    file.close(
        [*front, *contents, *documents], title=visible_line(f"Prosecution history of {heading}"), outline=outline
    )
    return _missing(selection, written)


def _write_documents(
    file: PdfFile, refs: Sequence[PaperRef], parts: Iterable[PdfOrReason], searchable: SearchablePages
) -> _WrittenDocuments:
    written = _WrittenDocuments()
    supply = iter(parts)
    for row, ref in enumerate(refs):
        part = next_pdf(supply)
        copied = _copied(file, ref, part, searchable)
        del part  # before its text is had, and before the next one is pulled
        if isinstance(copied, UnfetchedPdf):
            written.reasons[row] = copied.reason
        else:
            file.extend(copied.objects)
            copied.objects.clear()
            searchable.lay(ref, copied)
            written.pages[row] = [file.add_page(page) for page in copied.pages]
        del copied
    expect_no_more(supply)
    searchable.finish()
    return written


def _copied(file: PdfFile, ref: PaperRef, part: PdfOrReason, searchable: SearchablePages) -> CopiedPages | UnfetchedPdf:
    reason = why_missing(part)
    if isinstance(part, UnfetchedPdf) or reason:
        return UnfetchedPdf(reason)
    font = searchable.font_for(ref, part)  # may take a number of its own
    return copy_pages(part, first=file.next_number, font=font)


def _write_own_pages(file: PdfFile, pdf: bytes, links: Sequence[list[DictionaryObject]] = ()) -> _References:
    """Write pages made here, such as the cover, with the links of each page if there are any."""
    copied = copy_pages(pdf, first=file.next_number)
    if isinstance(copied, UnfetchedPdf):
        raise TypeError(copied.reason)
    file.extend(copied.objects)
    for page, on_page in zip(copied.pages, links, strict=False):
        page[NameObject("/Annots")] = ArrayObject(on_page)
    return [file.add_page(page) for page in copied.pages]


def _link_annotation(area: LinkArea, documents: _References) -> DictionaryObject:
    return pdf_dictionary(
        {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject("/Link"),
            "/Rect": ArrayObject(FloatObject(round(side, 2)) for side in area.box),
            "/Border": ArrayObject(NumberObject(0) for _ in range(3)),
            "/Dest": whole_page(documents[area.start]),
        }
    )


def _lines(selection: Selection, sections: list[Section], written: _WrittenDocuments) -> list[ContentsLine]:
    """Return the lines of the contents."""
    rows = selection.documents
    documents = zip(*(cell_values(rows[name]) for name in ("date", "code", "description", "pages")), strict=True)
    papers = [
        ContentsLine(
            level=2,
            title=description,
            start=_start((row,), written),
            day="undated" if dated is None else day(dated),
            code=code,
            pages=len(written.pages[row]) if row in written.pages else pages,
            reason=written.reasons.get(row, ""),
        )
        for row, (dated, code, description, pages) in enumerate(documents)
    ]
    several = rows["history"].nunique() > 1
    lines: list[ContentsLine] = []
    for history, group in groupby(sections, key=lambda section: section.history):
        sections_of_history = list(group)
        if several:
            start = _start([row for section in sections_of_history for row in section.rows], written)
            lines.append(ContentsLine(0, selection.title_of(history), start))
        for section in sections_of_history:
            lines += [
                ContentsLine(1, section.title, _start(section.rows, written)),
                *(papers[row] for row in section.rows),
            ]
    return lines


def _start(rows: Iterable[int], written: _WrittenDocuments) -> int | None:
    """Return the page on which the first of these documents that is included begins; None if none is."""
    return next((written.starts[row] for row in rows if row in written.pages), None)


def _outline(lines: Sequence[ContentsLine], targets: Sequence[IndirectObject]) -> list[Bookmark]:
    """Return the bookmarks of the lines, nested by level. Histories are open at first, sections are closed."""
    top: list[Bookmark] = []
    above: list[tuple[int, Bookmark]] = []
    for line, page in zip(lines, targets, strict=True):
        bookmark = Bookmark(_bookmark_title(line), page, open=line.level == 0)
        above = [ancestor for ancestor in above if ancestor[0] < line.level]
        (above[-1][1].below if above else top).append(bookmark)
        above.append((line.level, bookmark))
    return top


def _bookmark_title(line: ContentsLine) -> str:
    if line.level < 2:
        return visible_line(line.title)
    missing = " (missing)" if line.start is None else ""
    return " · ".join(part for part in (line.day, visible_line(line.code), visible_line(line.title)) if part) + missing


def _missing(selection: Selection, written: _WrittenDocuments) -> tuple[MissingDocument, ...]:
    names = file_names(selection)
    rows = selection.documents
    documents = list(zip(rows["history"], rows["id"], names, strict=True))
    return tuple(MissingDocument(*documents[row], reason) for row, reason in sorted(written.reasons.items()))
