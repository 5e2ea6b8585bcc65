"""Searching what was read: which papers are searched, what is found by paper, and what of it is shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from components.fulltext.lines import boxes_of, found_words, line_of
from components.fulltext.listed_papers import ListedPaper, ListedPapers
from components.fulltext.records import PageHit, PaperHits, SearchResult
from components.histories import PaperRef
from components.page_texts import Box, Query, parse_query
from components.store import Store

_LINES: Final = 50
"""Pages that are looked into for the lines of one search, one of each paper at least: each takes some milliseconds."""
_LINES_OF_A_PAPER: Final = 20
_UNLISTED: Final = ListedPaper("", "", None, "unclassified", None, 0)
"""A paper whose list cannot be read."""

_ByHistory = Mapping[str, Mapping[str, ListedPaper]]


class Search:
    """Searches the pages of one workspace; used by all threads."""

    def __init__(self, store: Store, listed: ListedPapers) -> None:
        self._store = store
        self._listed = listed

    def search(self, text: str, *, papers: Collection[PaperRef] | None, most: int) -> SearchResult:
        """Return what was found; see `FullText.search`."""
        query = parse_query(text)
        histories = None if papers is None else list(dict.fromkeys(paper.history for paper in papers))
        headlines = {headline.key: headline for headline in self._store.headlines(histories)}
        order = [key for key in histories if key in headlines] if histories is not None else list(headlines)
        listed: _ByHistory = {}
        searched: Collection[PaperRef] = self._read_papers(histories, papers)
        if filters := _has_filters(query):
            listed = self._listed.of(headlines[key] for key in {paper.history for paper in searched} & headlines.keys())
            searched = [paper for paper in searched if _passes(query, _of(listed, paper))]
        everything = papers is None and not filters
        found = self._store.texts.search(query, papers=None if everything else searched)
        pages: dict[PaperRef, list[int]] = defaultdict(list)
        for paper, page in found.pages:
            pages[paper].append(page)
        hit = {paper.history for paper in pages}
        listed = {**listed, **self._listed.of(headlines[key] for key in order if key in hit - listed.keys())}
        places = {key: place for place, key in enumerate(order)}
        ordered = sorted(pages, key=lambda paper: (places.get(paper.history, len(places)), _of(listed, paper).place))
        return SearchResult(
            papers=tuple(self._hits(query, listed, {paper: pages[paper] for paper in ordered[:most]})),
            pages=len(found.pages),
            more_papers=max(0, len(ordered) - most),
            searched=len(searched),
            at_least=found.at_least,
        )

    def places(self, history: str, document: str, text: str) -> dict[int, tuple[Box, ...]]:
        """Return where something stands in a paper; see `FullText.places`."""
        query = parse_query(text)
        key = self._store.resolve([history]).get(history)
        if key is None:
            return {}
        found = self._store.texts.search(query, papers=[PaperRef(key, document)])
        places: dict[int, tuple[Box, ...]] = {}
        for _, page in sorted(found.pages):
            read = self._store.texts.page(key, document, page)
            boxes = boxes_of(read.words, found_words(query, read.words)) if read else ()
            if boxes:
                places[page] = boxes
        return places

    def _read_papers(self, histories: list[str] | None, papers: Collection[PaperRef] | None) -> list[PaperRef]:
        """Return the papers of these that are read, in part at least."""
        read = self._store.texts.papers(histories)
        wanted = read.keys() if papers is None else set(papers) & read.keys()
        return [paper for paper in wanted if read[paper].done]

    def _hits(self, query: Query, listed: _ByHistory, pages: Mapping[PaperRef, list[int]]) -> Iterable[PaperHits]:
        each = max(1, min(_LINES_OF_A_PAPER, _LINES // max(1, len(pages))))
        for paper, numbers in pages.items():
            row = _of(listed, paper)
            numbers.sort()
            hits = [self._hit(query, paper, page) for page in numbers[:each]]
            hits += [PageHit(page, (), 0, None) for page in numbers[each:]]
            yield PaperHits(paper, row.code, row.description, row.day, tuple(hits))

    def _hit(self, query: Query, paper: PaperRef, number: int) -> PageHit:
        page = self._store.texts.page(paper.history, paper.document, number)
        if page is None:  # deleted a moment ago
            return PageHit(number, (), 0, None)
        places = found_words(query, page.words)
        return PageHit(number, line_of(page.words, places), len(places), page.confidence if page.languages else None)


def _of(listed: _ByHistory, paper: PaperRef) -> ListedPaper:
    return listed.get(paper.history, {}).get(paper.document, _UNLISTED)


def _has_filters(query: Query) -> bool:
    return bool(query.codes or query.sides or query.rounds or query.since or query.until)


def _passes(query: Query, paper: ListedPaper) -> bool:
    """Return whether a paper passes the filters of a search; one without a day passes none of days."""
    if query.codes and paper.code.strip().upper() not in query.codes:
        return False
    if query.sides and paper.side not in query.sides:
        return False
    if query.rounds and paper.round not in query.rounds:
        return False
    first, last = query.since, query.until
    if not (first or last):
        return True
    return paper.day is not None and (not first or paper.day >= first) and (not last or paper.day <= last)
