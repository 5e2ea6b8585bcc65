"""The documents of a report: a row each, and how other parts of the page point at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from components.exports.selection import Selection
from components.prosecution import category_labels, extent_of
from components.words import MISSING, counted, day

_PATHS = "/documents/"
"""Where links of this app lead; a signed link, which whoever holds it could use, leads elsewhere."""
_ORIGINS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the table of documents, in words."""

    anchor: str
    name: str
    """`<history>|<document id>`, as events on the timeline say it."""
    title: str
    iso: str
    day: str
    code: str
    description: str
    category: str
    side: str
    round: str
    pages: str
    read: bool
    note: str
    href: str
    """Where its PDF opens; empty without an address of this app."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that something rests on: its code, its date, and the anchor of its row if it has one."""

    code: str
    day: str
    anchor: str
    description: str = ""


def with_thousands(value: object) -> str:
    """Write a whole number with thousands separators, a missing one not at all."""
    return "" if pd.isna(value) else f"{int(value):,}"  # type: ignore[call-overload]


def document_rows(selection: Selection) -> list[DocumentRow]:
    """Write the documents of a selection in their order; the anchor tells the place, `d1` first."""
    rows = selection.documents
    labels = category_labels()
    origin = selection.base_url.rstrip("/")
    days = {stamp: day(stamp) for stamp in rows["date"].dropna().unique()}
    columns = (
        rows[name].tolist()
        for name in ("history", "id", "date", "code", "description", "category", "side", "round", "pages", "read",
                     "note", "link")
    )  # fmt: skip
    return [
        DocumentRow(
            anchor=f"d{index}",
            name=f"{history}|{document}",
            title=selection.title_of(history),
            iso="" if pd.isna(dated) else f"{dated:%Y-%m-%d}",
            day=days.get(dated, MISSING),
            code=code.strip(),
            description=description,
            category=labels.get(category, category),
            side=side.capitalize(),
            round=with_thousands(number),
            pages=with_thousands(pages),
            read=bool(read),
            note=note,
            href=origin + link if link.startswith(_PATHS) and origin.startswith(_ORIGINS) else "",
        )
        for index, (history, document, dated, code, description, category, side, number, pages, read, note, link)
        in enumerate(zip(*columns, strict=True), 1)
    ]  # fmt: skip


def totals_in_words(papers: pd.DataFrame) -> str:
    """Say how many documents and pages there are: `98 documents, 512 pages`."""
    extent = extent_of(papers)
    words = f"{counted(extent.documents, 'document')}, {counted(extent.pages, 'page')}"
    unpaged = extent.without_page_count
    return f"{words} ({unpaged:,} without a page count)" if unpaged else words


def source_named(document: str, history: str, papers: Mapping[str, DocumentRow]) -> Source:
    """Name a document by code and date; one that is not in the report by what its id says, without a link."""
    paper = papers.get(f"{history}|{document}")
    if paper is not None:
        return Source(paper.code or "Paper", paper.day if paper.iso else "undated", paper.anchor, paper.description)
    written, _, rest = document.partition("-")
    when = day(date.fromisoformat(written)) if written.isdecimal() and len(written) == 8 else written
    return Source(rest.rpartition("-")[0] or "Paper", when, "")
