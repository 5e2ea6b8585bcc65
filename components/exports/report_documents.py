"""The documents of a report: the rows of its table, and how other parts of the page link to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from components.exports.inside_papers import grounds_by_document
from components.exports.read_papers import how_it_was_read, papers_read
from components.exports.selection import Selection
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import category_labels, extent_of, offices_of
from components.words import MISSING, counted, day

_PATHS = "/documents/"
"""What the paths of this app's links begin with. A signed link of PatSnap, which anybody could use, leads elsewhere and
must not get into a report."""
_ORIGINS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the report's table of documents, every cell as text."""

    anchor: str
    name: str
    """`<history>|<document id>`, as in the `customdata` of the timeline's events."""
    title: str
    iso: str
    day: str
    code: str
    description: str
    category: str
    side: str
    round: str
    pages: str
    inside: str
    """How much of it was read inside and by what, in words; empty where nothing was."""
    inside_mark: str
    """The same in two or three words."""
    grounds: str
    """What an action says of claims in one line, `103 · 112(b)`; empty where no paper was read by rules."""
    read: bool
    note: str
    href: str
    """The address of its PDF; empty if the address of this app is not known."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document on which a statement is based: its code, its date, and the anchor of its row, empty if it has none."""

    code: str
    day: str
    anchor: str
    description: str = ""


def with_thousands(value: object) -> str:
    """Return a whole number with thousands separators; empty if it is missing."""
    return "" if pd.isna(value) else f"{int(value):,}"  # type: ignore[call-overload]


def document_rows(selection: Selection) -> list[DocumentRow]:
    """Return the rows for the documents of a selection, in its order; their anchors are `d1`, `d2` and so on."""
    rows = selection.documents
    labels = category_labels(offices_of(selection.histories))
    origin = selection.base_url.rstrip("/")
    days = {stamp: day(stamp) for stamp in rows["date"].dropna().unique()}
    columns = (
        rows[name].tolist()
        for name in ("history", "id", "date", "code", "description", "category", "side", "round", "pages", "read",
                     "note", "link")
    )  # fmt: skip
    grounds = grounds_by_document(selection) if selection.contents else [""] * len(rows)
    return [
        DocumentRow(
            anchor=f"d{index}",
            name=PaperRef.spell(history, document),
            title=selection.title_of(history),
            iso="" if pd.isna(dated) else f"{dated:%Y-%m-%d}",
            day=days.get(dated, MISSING),
            code=code.strip(),
            description=description,
            category=labels.get(category, category),
            side=side.capitalize(),
            round=with_thousands(number),
            pages=with_thousands(pages),
            inside=_read_inside(inside),
            inside_mark="" if inside is None else "read inside" if inside.done >= inside.pages else "read in part",
            grounds=said,
            read=bool(read),
            note=note,
            href=origin + link if link.startswith(_PATHS) and origin.startswith(_ORIGINS) else "",
        )
        for index, (history, document, dated, code, description, category, side, number, pages, read, note, link,
                    inside, said)
        in enumerate(zip(*columns, papers_read(selection), grounds, strict=True), 1)
    ]  # fmt: skip


def _read_inside(paper: ReadPaper | None) -> str:
    if paper is None or not paper.done:
        return ""
    extent = counted(paper.pages, "page") if paper.done >= paper.pages else f"{paper.done:,} of {paper.pages:,} pages"
    doubts = [
        f"{counted(count, 'page')} {words}"
        for count, words in ((paper.failed, "could not be read"), (len(paper.bad_pages), "badly legible"))
        if count
    ]
    return "; ".join((f"Read inside: {extent}, {how_it_was_read(paper)}", *doubts))


def totals_in_words(papers: pd.DataFrame) -> str:
    """Return how many documents and pages there are: `98 documents, 512 pages`."""
    extent = extent_of(papers)
    words = f"{counted(extent.documents, 'document')}, {counted(extent.pages, 'page')}"
    unpaged = extent.without_page_count
    return f"{words} ({unpaged:,} without a page count)" if unpaged else words


def cited_document(document: str, history: str, papers: Mapping[str, DocumentRow]) -> CitedDocument:
    """Return a document as a source; one that is not in the report by the date and code in its id, without a link."""
    paper = papers.get(PaperRef.spell(history, document))
    if paper is not None:
        return CitedDocument(
            paper.code or "Paper", paper.day if paper.iso else "undated", paper.anchor, paper.description
        )
    written, _, rest = document.partition("-")
    when = day(date.fromisoformat(written)) if written.isdecimal() and len(written) == 8 else written
    return CitedDocument(rest.rpartition("-")[0] or "Paper", when, "")
