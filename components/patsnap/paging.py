"""One file history read to its end, page by page, whatever the service does in between.

The next page begins after the documents *received*, not after those asked for, because a service may silently cap a
page (at 10, say) and is still read in full. Paging ends when as many different documents have arrived as the service
reported (`doc_count`), when a page stays empty, or when pages only repeat what has arrived. It always ends: it takes at
most as many pages as the reported count needs at the smallest page seen, plus two, and never more than 200.

A document that comes again on a later page is left out; it is recognised by its path (without the query) and content.
Equal documents on *one* page are legitimate twins and stay. Where documents have no path, a repeat on a later page may
also be a twin: it is kept as long as no more documents arrived than were reported.

The reported count is unknown where it is missing, negative or smaller than what arrived. Then another page is asked for
only after a page of a round length (10, 100, 1000, or the `limit` asked for).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from components.histories import DocumentList, FileHistory, Link
from components.patsnap import fields
from components.patsnap.document_columns import DocumentColumns, DocumentKey, read_documents
from components.patsnap.limits import KNOWN_LIMITS

MAX_PAGES = 200
_UNDATED = "without a date"
_UNLINKED = "without a link that may be opened"


@dataclass(slots=True)
class PagedHistory:
    """One file history while its pages are being read.

    Attributes:
        apno: application number, as the service writes it.
        patent_number: publication number with kind code.
        patent_id: PatSnap's own identifier.
        offset: count of documents received, repeats included; the next page begins there.
        done: whether paging has ended.
        gave_up: whether it ended at the cap of pages.
        reported: count of documents that the service reports; `None` if unknown.
        retrieved: when the last page arrived (UTC, aware).
    """

    apno: str = ""
    patent_number: str = ""
    patent_id: str = ""
    offset: int = 0
    done: bool = False
    gave_up: bool = False
    reported: int | None = None
    retrieved: datetime | None = None
    _rows: DocumentColumns = field(default_factory=DocumentColumns)
    _maybe_repeated: list[bool] = field(default_factory=list)
    _seen: set[DocumentKey] = field(default_factory=set)
    _pages: int = 0
    _smallest_page: int = 0
    _empty_pages: int = 0
    _last_page_short: bool = False
    _repeated: int = 0
    _repeating: bool = False
    _list_changed: bool = False
    _earlier_findings: tuple[str, ...] = ()

    @classmethod
    def resume(cls, unfinished: FileHistory) -> "PagedHistory":
        """Continue an incomplete history from before, without asking for its first pages again."""
        documents = unfinished.documents
        links: list[Link | None] = [None] * len(documents)
        if len(unfinished.links) == len(documents):
            links = list(unfinished.links)
        rows = DocumentColumns(
            list(documents.date), list(documents.code), list(documents.description), list(documents.pages), links
        )
        return cls(
            apno=unfinished.apno,
            patent_number=unfinished.patent_number,
            patent_id=unfinished.patent_id,
            offset=unfinished.documents_held,
            reported=unfinished.documents_reported,
            retrieved=unfinished.retrieved,
            _rows=rows,
            _maybe_repeated=[False] * len(rows),
            _earlier_findings=tuple(
                words for words in unfinished.findings if _UNDATED not in words and _UNLINKED not in words
            ),
        )

    @property
    def stayed_empty(self) -> bool:
        """Whether a page was empty, was asked for again and stayed empty."""
        return self._empty_pages > 1

    def add_page(
        self,
        entry: dict[str, Any],
        *,
        limit: int,
        retrieved: datetime,
        plain_origins: Sequence[str] = (),
        retry_empty: bool = True,
    ) -> int:
        """Add one page, and decide whether it is the last.

        Args:
            entry: the patent's entry in the answer.
            limit: as asked for.
            retrieved: when the page arrived (UTC, aware).
            plain_origins: see `LinkReader`.
            retry_empty: whether an empty page is asked for once more even if nine tenths have arrived.

        Returns:
            Count of documents on the page, repeats included.
        """
        for name in ("apno", "patent_number", "patent_id"):
            setattr(self, name, getattr(self, name) or fields.identifier(entry.get(name)).strip())
        listed = _documents(entry)
        page = read_documents(listed, retrieved=retrieved, plain_origins=plain_origins)
        self.retrieved = retrieved
        self._pages += 1
        new = self._append_new(page)
        self.offset += len(page)
        self._note_reported(entry)
        self._decide_whether_done(len(page), new, limit=limit, retry_empty=retry_empty)
        return len(page)

    def history(self) -> FileHistory:
        """Return what has arrived so far."""
        rows = self._rows_to_keep()
        held = len(rows)
        reported = held if self.reported is None else max(self.reported, held)
        return FileHistory(
            apno=self.apno,
            patent_number=self.patent_number,
            patent_id=self.patent_id,
            documents=DocumentList(tuple(rows.date), tuple(rows.code), tuple(rows.description), tuple(rows.pages)),
            links=tuple(rows.links),
            documents_reported=reported,
            complete=self.done and not self.gave_up,
            retrieved=_time_of_arrival(self.retrieved),
            findings=self._findings(rows, reported),
        )

    def _append_new(self, page: DocumentColumns) -> int:
        """Append the rows of a page that are on no earlier page; return how many are certainly new."""
        if not len(self._rows):
            page.unusable += self._rows.unusable
            self._rows = page
            self._maybe_repeated = [False] * len(page)
            return len(page)
        if not self._seen:
            self._seen.update(self._rows.keys())
        self._rows.unusable += page.unusable
        keys = page.keys()
        times_listed = Counter(key[0] for key in keys)
        new = 0
        for row, key in enumerate(keys):
            seen_before = key in self._seen
            if seen_before and key[0] and times_listed[key[0]] == 1:
                self._repeated += 1
                continue
            self._rows.append_row(page, row)
            self._maybe_repeated.append(seen_before)
            new += not seen_before
        self._seen.update(keys)
        return new

    def _note_reported(self, entry: dict[str, Any]) -> None:
        """Note the count that the service reports; unknown if more documents have arrived than that."""
        reported = fields.count(entry.get("doc_count"))
        if reported is not None and self.reported is not None and reported != self.reported:
            self._list_changed = True
        if reported is None:
            reported = self.reported
        self.reported = reported if reported is not None and reported >= self._distinct_count() else None

    def _distinct_count(self) -> int:
        """Return how many documents are certainly different ones."""
        return len(self._rows) - sum(self._maybe_repeated)

    def _decide_whether_done(self, received: int, new: int, *, limit: int, retry_empty: bool) -> None:
        """Set `done` after a page of `received` documents of which `new` are new."""
        if received:
            self._smallest_page = min(self._smallest_page or received, received)
            self._last_page_short = received not in {limit, *KNOWN_LIMITS}
        if self.reported is None:
            self.done = received not in {limit, *KNOWN_LIMITS} or not new
        elif self._distinct_count() >= self.reported:
            self.done = True
        elif not received:
            self._empty_pages += 1
            nearly_all = not retry_empty and self._distinct_count() * 10 >= self.reported * 9
            # An empty page after one that was not full is the end; asking again would be charged again.
            self.done = self.offset >= self.reported or self.stayed_empty or nearly_all or self._last_page_short
        elif not new:
            self.done = self._repeating = True
        if not self.done and self._pages >= self._page_cap():
            self.done = self.gave_up = True

    def _page_cap(self) -> int:
        """Return after how many pages reading is given up."""
        if self.reported is None or not self._smallest_page:
            return MAX_PAGES
        return min(MAX_PAGES, -(-self.reported // self._smallest_page) + 2)

    def _rows_to_keep(self) -> DocumentColumns:
        """Return the rows without repeats; rows that may be repeats stay if no more arrived than were reported."""
        are_twins = self.reported is not None and self.offset <= self.reported and not self._repeating
        if are_twins or not any(self._maybe_repeated):
            return self._rows
        kept = DocumentColumns(unusable=self._rows.unusable)
        for row, maybe_repeated in enumerate(self._maybe_repeated):
            if not maybe_repeated:
                kept.append_row(self._rows, row)
        return kept

    def _findings(self, rows: DocumentColumns, reported: int) -> tuple[str, ...]:
        """Return what was odd, in words for the user."""
        held = len(rows)
        repeated = self._repeated + len(self._rows) - held
        undated = rows.date.count(None)
        unlinked = rows.links.count(None) if self.offset else 0
        remarks = [
            (undated, f"{_documents_in_words(undated)} {_UNDATED}"),
            (unlinked, f"{_documents_in_words(unlinked)} {_UNLINKED}"),
            (
                rows.unusable,
                f"{rows.unusable} value{'s' * (rows.unusable != 1)} could not be read and are shown as missing",
            ),
            (repeated, f"{_documents_in_words(repeated)} listed twice, on different pages, and kept once"),
            (self.reported is None and held, "The service did not say how many documents there are"),
            (self._list_changed, "The list changed while it was read; a new look-up shows it as it is now"),
            (
                self.done and held < reported,
                f"The service listed {held} of the {reported} documents that it told of, and no more",
            ),
            (self.gave_up, f"Reading stopped after {self._pages} pages"),
        ]
        findings = tuple(words for wanted, words in remarks if wanted)
        return (*(words for words in self._earlier_findings if words not in findings), *findings)


def reported_count(entry: dict[str, Any]) -> int:
    """Return how many documents an entry says there are; 0 if it does not say."""
    return fields.count(entry.get("doc_count")) or 0


def is_blank(entry: dict[str, Any]) -> bool:
    """Return whether an entry stands for a number that the service does not know: no documents, no application."""
    return not _documents(entry) and not fields.identifier(entry.get("apno")).strip() and not reported_count(entry)


def merged_entry(listed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one entry for all that an answer holds for one patent; a document that stands in two counts once."""
    if len(listed) < 2:
        return listed[0] if listed else {}
    documents = _documents(listed[0])
    for entry in listed[1:]:
        documents = documents + [document for document in _documents(entry) if document not in documents]
    return {**listed[0], "doc_detail": documents}


def _documents(entry: dict[str, Any]) -> list[Any]:
    """Return the documents that an entry lists; a single object counts as a list of one."""
    listed = entry.get("doc_detail")
    return [listed] if isinstance(listed, dict) else listed if isinstance(listed, list) else []


def _documents_in_words(number: int) -> str:
    """Return a count of documents without separators of thousands, as findings write it."""
    return "1 document" if number == 1 else f"{number} documents"


def _time_of_arrival(retrieved: datetime | None) -> datetime:
    """Return when the last page arrived; there must be one."""
    if retrieved is None:
        raise ValueError("no page of this history has arrived yet")
    return retrieved
