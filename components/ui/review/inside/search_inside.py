"""The search inside the papers: its box, among which papers it looks, and what it found or could not look at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from components.fulltext import FullText, PaperHits, SearchResult
from components.histories import PaperRef
from components.history_tables import HistoryTables
from components.lookups import claimed_by_others
from components.page_texts import LONGEST_QUERY, QueryRefused, ReadPaper
from components.store import Store, StoreError
from components.ui.address import View
from components.ui.escape import escape_markdown
from components.ui.history_names import address_of, short_title
from components.ui.review.filters import SIDE_LABELS
from components.ui.review.inside.hits import ShownPaper, draw_hits
from components.ui.review.inside.papers import HowFar, how_far, is_read
from components.ui.review.paper_refs import refs_of
from components.ui.state import INSIDE_FOUND, OPEN_PAGE, OPEN_PAPER, PAPERS_SHOWN
from components.words import counted, day

SYNTAX: Final = (
    'words · "a phrase" · obvious* · claims NEAR/5 rejected · -without · this OR that · code:CTNF · side:office · '
    "round:2 · since:2019 · until:2020-06"
)
"""How to write what is searched for, by examples."""
PAPERS_AT_FIRST: Final = 20
"""Papers with hits that are shown before more are asked for; as many come with each further click."""


@dataclass(frozen=True, slots=True)
class Scope:
    """In which papers words are searched for."""

    papers: Collection[PaperRef] | None
    """`None`: all that are held in the workspace."""
    count: int
    """How many they are, read or not."""


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The file histories on the screen, whose papers open there."""

    documents: pd.DataFrame
    numbers: Mapping[str, str]
    """The display number of each."""
    patents: str
    """The same as the address holds them."""


def draw_search_box(key: str) -> str:
    """Draw the box, and return what is typed."""
    typed: str | None = st.text_input(
        "Search inside",
        key=key,
        type="search",
        live="500ms",
        placeholder="Search inside the papers that are read",
        max_chars=LONGEST_QUERY,
        label_visibility="collapsed",
        persist_state="session",
    )
    return (typed or "").strip()


def draw_syntax() -> None:
    """Draw how to write what is searched for."""
    st.caption(escape_markdown(SYNTAX))


def draw_found(
    fulltext: FullText,
    store: Store,
    tables: HistoryTables,
    scope: Scope,
    *,
    typed: str,
    view: View,
    screen: OnScreen | None,
) -> None:
    """Draw what was found, and over what it was looked for; a refused query is said in place.

    Args:
        fulltext: searches.
        store: knows the files that are not on the screen.
        tables: of the held histories.
        scope: in which papers it looks.
        typed: what is searched for; nothing is drawn for nothing but how far the papers are read.
        view: the search and its scope, for the addresses of the hits.
        screen: the files on the Review page; `None` elsewhere.
    """
    try:
        histories = None if scope.papers is None else {paper.history for paper in scope.papers}
        read = fulltext.papers(histories)
        if scope.papers is not None:
            wanted = set(scope.papers)
            read = {paper: known for paper, known in read.items() if paper in wanted}
        far = how_far(scope.count, read.values())
        if not typed or not far.read:
            st.caption(escape_markdown(" ".join(how_far_in_words(far))))
            return
        most = _papers_shown(typed)
        result = _result(fulltext, typed, scope, read, most)
    except (QueryRefused, StoreError) as error:
        st.warning(escape_markdown(error))
        return
    st.markdown(f"**{escape_markdown(found_in_words(result))}**")
    st.caption(escape_markdown(searched_in_words(result, far)))
    if result.papers:
        shown = _shown_papers(result.papers, read, store, tables, screen)
        opened = (st.session_state.get(OPEN_PAPER), st.session_state.get(OPEN_PAGE)) if screen else (None, None)
        draw_hits(shown, more=result.more_papers, view=view, opened=opened, on_more=lambda: _show_more(typed, most))


def how_far_in_words(far: HowFar) -> list[str]:
    """Return how far papers are read, where nothing was searched, in sentences."""
    if not far.read:
        cannot = [f"{far.unreadable:,} of them cannot be read."] if far.unreadable else []
        return [f"Of {counted(far.papers, 'paper')} none is read yet, so that nothing can be found in them.", *cannot]
    of_all = f"{far.read:,} of {counted(far.papers, 'paper')} can be searched"
    return [f"{of_all}: {', '.join(far.gaps)}." if far.gaps else f"{of_all}."]


def found_in_words(result: SearchResult) -> str:
    """Return on how many pages something was found."""
    if not result.pages:
        return "Not found in what was searched."
    least = "More than " if result.at_least else ""
    papers = len(result.papers) + result.more_papers
    return f"{least}{counted(result.pages, 'page')} of {counted(papers, 'paper')}"


def searched_in_words(result: SearchResult, far: HowFar) -> str:
    """Return over how many papers it was searched, and what was not looked at: that is not read, not without hits."""
    searched = f"Searched {result.searched:,} of {counted(far.papers, 'paper')}"
    if not far.gaps:
        return f"{searched}: every page of them is read."
    return f"{searched}: {', '.join(far.gaps)}, so what stands there is not known."


def _papers_shown(typed: str) -> int:
    searched: str
    most: int
    searched, most = st.session_state.get(PAPERS_SHOWN, ("", PAPERS_AT_FIRST))
    return most if searched == typed else PAPERS_AT_FIRST


def _show_more(typed: str, most: int) -> None:
    st.session_state[PAPERS_SHOWN] = (typed, most + PAPERS_AT_FIRST)


def _result(
    fulltext: FullText, typed: str, scope: Scope, read: Mapping[PaperRef, ReadPaper], most: int
) -> SearchResult:
    """Return what was found, anew only where the words, the papers or what is read of them have changed."""
    pages = sum(paper.done for paper in read.values())
    papers = None if scope.papers is None else frozenset(paper for paper, known in read.items() if is_read(known))
    asked = (typed, papers, len(read), pages, most)
    before = st.session_state.get(INSIDE_FOUND)
    if before is not None and before[0] == asked:
        kept: SearchResult = before[1]
        return kept
    result = fulltext.search(typed, papers=papers, most=most)
    st.session_state[INSIDE_FOUND] = (asked, result)
    return result


def _shown_papers(
    papers: Sequence[PaperHits],
    read: Mapping[PaperRef, ReadPaper],
    store: Store,
    tables: HistoryTables,
    screen: OnScreen | None,
) -> list[ShownPaper]:
    """Return papers with hits as they are shown, those of files that are not on the screen with their own numbers."""
    numbers = dict(screen.numbers) if screen else {}
    elsewhere = {hits.ref.history for hits in papers} - numbers.keys()
    documents = [screen.documents] if screen else []
    patents = {}
    if elsewhere:
        headlines = store.headlines(elsewhere)
        claimed = claimed_by_others(store, headlines)
        patents = {headline.key: address_of(headline, claimed=claimed) for headline in headlines}
        numbers |= {headline.key: short_title(headline) for headline in headlines}
        documents.append(tables.of(headlines).tables.documents)
    rows = _rows_of([hits.ref for hits in papers], documents)
    several = len(numbers) > 1 or screen is None
    shown = []
    for hits in papers:
        here = screen is not None and hits.ref.history in screen.numbers
        shown.append(
            ShownPaper(
                hits=hits,
                title=_title(hits),
                facts=" · ".join(
                    _facts(
                        hits,
                        rows.get(hits.ref),
                        read.get(hits.ref),
                        number=numbers.get(hits.ref.history, hits.ref.history) if several else "",
                    )
                ),
                patents=screen.patents if here and screen else patents.get(hits.ref.history, ""),
                is_on_screen=here,
            )
        )
    return shown


def _rows_of(papers: Sequence[PaperRef], documents: Sequence[pd.DataFrame]) -> dict[PaperRef, "pd.Series[Any]"]:
    """Return the row of each of these papers."""
    wanted = set(papers)
    names = {paper.document for paper in papers}
    found = {}
    for frame in documents:
        rows = frame[frame["id"].isin(names)]
        for position, paper in enumerate(refs_of(rows)):
            if paper in wanted:
                found[paper] = rows.iloc[position]
    return found


def _title(hits: PaperHits) -> str:
    code = hits.code.strip()
    words = hits.description.strip() or code
    return f"{words} ({code})" if code and code != words else words


def _facts(hits: PaperHits, row: "pd.Series[Any] | None", read: ReadPaper | None, *, number: str) -> list[str]:
    facts = [number, day(hits.day)]
    if row is not None:
        facts.append(SIDE_LABELS.get(str(row["side"]), str(row["side"])))
        facts.append("" if pd.isna(row["round"]) else f"round {int(row['round'])}")
    if read is not None and not read.is_whole:
        facts.append(f"{read.done:,} of {counted(read.pages, 'page')} read")
    return [fact for fact in facts if fact]
