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

A history is not complete while its list is `null`, missing or unreadable although the service counts documents.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from components.histories import DocumentList, FileHistory, LinkColumns
from components.patsnap import findings
from components.patsnap.document_columns import DocumentColumns, DocumentKey, DocumentReader
from components.patsnap.limits import KNOWN_LIMITS
from components.patsnap.matching import normal_form
from components.patsnap.patent_entry import NAME_LABELS, PatentEntry, different_names, read_entry
from components.patsnap.spend_hook import IdentifierField
from components.words import counted

MAX_PAGES = 200
_LISTED_FEWER = "The service listed "
_ON_SOME_PAGES = " on some pages"
_STOPPED = "Reading stopped after "


@dataclass(slots=True)
class PagedHistory:
    """One file history while its pages are being read.

    Attributes:
        names: application number, publication number and PatSnap's identifier, as the service writes them; those that
            it gave.
        offset: count of documents received, repeats included; the next page begins there.
        done: whether paging has ended.
        gave_up: whether it ended at the cap of pages.
        reported: count of documents that the service reports; `None` if unknown.
        retrieved: when the last page arrived (UTC, aware).
    """

    names: dict[IdentifierField, str] = field(default_factory=dict)
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
    _repeating: bool = False
    _lists_nothing: str = ""
    _too_low: int | None = None
    _not_given: set[str] = field(default_factory=set)
    _linked_elsewhere: int = 0
    """Documents from before whose links are kept where they were kept then, and did not come along."""
    _tally: Counter[findings.CountedFinding] = field(default_factory=Counter)
    _odd: dict[str, None] = field(default_factory=dict)

    @classmethod
    def resume(cls, unfinished: FileHistory) -> "PagedHistory":
        """Continue an incomplete history from before, without asking for its first pages again."""
        documents = unfinished.documents
        links = LinkColumns.of(unfinished.links)
        if len(links) != len(documents):
            links = LinkColumns([None] * len(documents), [None] * len(documents))
        rows = DocumentColumns(
            list(documents.date),
            list(documents.code),
            list(documents.description),
            list(documents.pages),
            list(links.urls),
            list(links.expires),
        )
        history = cls(
            names={
                "apno": unfinished.apno,
                "patent_number": unfinished.patent_number,
                "patent_id": unfinished.patent_id,
            },
            offset=unfinished.documents_held,
            reported=unfinished.documents_reported,
            retrieved=unfinished.retrieved,
            _rows=rows,
            _maybe_repeated=[False] * len(rows),
        )
        if not len(unfinished.links):
            unlinked = sum(findings.UNLINKED.count_in(words) for words in unfinished.findings)
            history._linked_elsewhere = len(documents) - unlinked
        for words in unfinished.findings:
            history._take_over(words)
        return history

    def _take_over(self, words: str) -> None:
        """Take over a finding from before; those that are found anew at the end are left out."""
        for kind in findings.TALLIED:
            self._tally[kind] += kind.count_in(words)
        is_counted = any(kind.count_in(words) for kind in (*findings.TALLIED, *findings.OF_ROWS))
        if not is_counted and not words.startswith((_LISTED_FEWER, _STOPPED)):
            self._odd[words] = None

    @property
    def stayed_empty(self) -> bool:
        """Whether a page was empty, was asked for again and stayed empty."""
        return self._empty_pages > 1

    def add_page(
        self,
        entries: Sequence[dict[str, Any]],
        *,
        limit: int,
        retrieved: datetime,
        documents: DocumentReader,
        retry_empty: bool = True,
        odd: Sequence[str] = (),
    ) -> int:
        """Add one page, and decide whether it is the last.

        Args:
            entries: the patent's entries in the answer: usually one, and none is an empty page.
            limit: as asked for.
            retrieved: when the page arrived (UTC, aware).
            documents: reads the documents of the answer.
            retry_empty: whether an empty page is asked for once more even if nine tenths have arrived.
            odd: what is odd in the answer as a whole, in words for the user.

        Returns:
            Count of documents on the page, repeats included.
        """
        entry = read_entry(entries)
        self._odd.update(dict.fromkeys((*odd, *entry.findings)))
        self._note_names(entry)
        self._not_given |= entry.not_given
        page = documents.read(entry.documents)
        self.retrieved = retrieved
        self._pages += 1
        new = self._append_new(page)
        self.offset += len(page)
        self._note_reported(entry.reported)
        self._lists_nothing = "" if self._is_end(entry) else entry.lists_nothing
        self._decide_whether_done(len(page), new, limit=limit, retry_empty=retry_empty)
        return len(page)

    def note_saved(self) -> None:
        """Forget what only the saving of the first page needs."""
        self._rows.shared = None

    def history(self) -> FileHistory:
        """Return what has arrived so far."""
        rows = self._rows_to_keep()
        held = len(rows)
        reported = held if self.reported is None else max(self.reported, held)
        return FileHistory(
            apno=self.names.get("apno", ""),
            patent_number=self.names.get("patent_number", ""),
            patent_id=self.names.get("patent_id", ""),
            documents=DocumentList(tuple(rows.date), tuple(rows.code), tuple(rows.description), tuple(rows.pages)),
            links=rows.links,
            documents_reported=reported,
            complete=self.done and not self.gave_up and not self._lists_nothing,
            retrieved=_time_of_arrival(self.retrieved),
            findings=self._findings(rows, reported),
        )

    def _append_new(self, page: DocumentColumns) -> int:
        """Append the rows of a page that are on no earlier page; return how many are certainly new."""
        self._tally += page.tally
        self._odd.update(dict.fromkeys(page.damage))
        if not len(self._rows):
            self._rows = page
            self._maybe_repeated = [False] * len(page)
            return len(page)
        if not self._seen:
            self._seen.update(self._rows.keys())
        keys = page.keys()
        times_listed = Counter(key[0] for key in keys)
        kept: list[int] = []
        maybe_repeated: list[bool] = []
        for row, key in enumerate(keys):
            seen_before = key in self._seen
            if seen_before and key[0] and times_listed[key[0]] == 1:
                self._tally[findings.REPEATED] += 1
                continue
            kept.append(row)
            maybe_repeated.append(seen_before)
        self._rows.extend(page, kept)
        self._maybe_repeated += maybe_repeated
        self._seen.update(keys)
        return maybe_repeated.count(False)

    def _note_names(self, entry: PatentEntry) -> None:
        """Take over the names that were not known yet; note those that differ from the ones that were."""
        for name, given in entry.names.items():
            if not self.names.get(name):
                self.names[name] = given
            elif given and normal_form(given) != normal_form(self.names[name]):
                self._odd[different_names(name)] = None

    def _is_end(self, entry: PatentEntry) -> bool:
        """Return whether an entry without a list may stand for an empty page after the last one."""
        arrived = self._distinct_count()
        return entry.lists_nothing == findings.NO_LIST and arrived > 0 and (self.reported or 0) <= arrived

    def _note_reported(self, reported: int | None) -> None:
        """Note the count that the service reports; unknown if more documents have arrived than that."""
        if reported is not None and self.reported is not None and reported != self.reported:
            self._odd[findings.LIST_CHANGED] = None
        if reported is None:
            reported = self.reported
        is_too_low = reported is not None and reported < self._distinct_count()
        if is_too_low:
            self._too_low = reported
        self.reported = None if is_too_low else reported

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
        kept = DocumentColumns()
        kept.extend(self._rows, [row for row, maybe_repeated in enumerate(self._maybe_repeated) if not maybe_repeated])
        return kept

    def _findings(self, rows: DocumentColumns, reported: int) -> tuple[str, ...]:
        """Return what was odd, in words for the user."""
        held = len(rows)
        tally = Counter(self._tally)
        tally[findings.REPEATED] += len(self._rows) - held
        tally.update(_lacking(rows))
        tally[findings.UNLINKED] = max(0, tally[findings.UNLINKED] - self._linked_elsewhere)
        words = [kind.words(tally[kind]) for kind in (*findings.OF_ROWS, *findings.TALLIED) if tally[kind]]
        words += self._odd
        words += self._not_given_in_words()
        if self._lists_nothing:
            words.append(self._lists_nothing)
        if self.reported is None:
            words.append(findings.UNCOUNTED if self._too_low is None else _told_fewer(self._too_low, held))
        elif "doc_count" in self._not_given:
            words.append(f"{findings.UNCOUNTED}{_ON_SOME_PAGES}")
        if self.done and held < reported:
            words.append(f"{_LISTED_FEWER}{held:,} of the {counted(reported, 'document')} that it told of, and no more")
        if self.gave_up:
            words.append(f"{_STOPPED}{counted(self._pages, 'page')}")
        return tuple(dict.fromkeys(words))

    def _not_given_in_words(self) -> list[str]:
        """Return which names the service gave on no page, or not on all of them."""
        return [
            f"The service gave no {label}{_ON_SOME_PAGES if self.names.get(name) else ''}"
            for name, label in NAME_LABELS.items()
            if name in self._not_given or not self.names.get(name)
        ]


def _lacking(rows: DocumentColumns) -> dict[findings.CountedFinding, int]:
    """Return how many of the documents lack what.

    The contract allows 0 pages and none at all. That is said too, since nothing tells them from numbers that were lost.
    """
    return {
        findings.UNDATED: rows.date.count(None),
        findings.WITHOUT_CODE: _count_blank(rows.code),
        findings.UNTITLED: _count_blank(rows.description),
        findings.UNLINKED: rows.urls.count(None),
        findings.WITHOUT_PAGES: rows.pages.count(None),
        findings.OF_NO_PAGES: rows.pages.count(0),
    }


def _count_blank(texts: Sequence[str]) -> int:
    """Return how many texts are blank; most lists have a few different ones, and none of them is."""
    different = set(texts)
    if all(map(str.strip, different)):
        return 0
    return sum(texts.count(text) for text in different if not text.strip())


def _told_fewer(told: int, held: int) -> str:
    """Return the finding that more documents arrived than there are said to be."""
    return f"The service told of {counted(told, 'document')}; {held:,} arrived"


def _time_of_arrival(retrieved: datetime | None) -> datetime:
    """Return when the last page arrived; there must be one."""
    if retrieved is None:
        raise ValueError("no page of this history has arrived yet")
    return retrieved
