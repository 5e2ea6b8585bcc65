"""The events of a timeline: all papers of one history, date and category are one event with one marker."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.charts.axis import TimeAxis
from components.charts.drawn_rounds import DrawnRound, hover_lines
from components.charts.paper_columns import EventPapers, PaperColumns, companions, group_by_event, read_papers
from components.charts.text import escape_plotly, escaped_lines
from components.charts.theme import category_styles
from components.histories import PaperRef
from components.words import counted

_LONGEST_GROUNDS: Final = 60
"""Characters of what stands inside an action that its marker says."""
_counted = lru_cache(maxsize=4_096)(counted)
"""`counted`, remembered: the events of a figure have the same few numbers of documents and pages."""


@dataclass(frozen=True, slots=True)
class Events:
    """Events as parallel columns, sorted by history, then date, then category."""

    history: list[int] = field(default_factory=list)
    """Index of the history, from top to bottom."""
    position: list[int] = field(default_factory=list)
    """Position on the time axis, in days."""
    day: list[str] = field(default_factory=list)
    """ISO date."""
    category: list[int] = field(default_factory=list)
    """Index of the category in `category_styles()`."""
    by_office: list[bool] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    """`<history>|<document id>` of the paper that a click on the marker opens: the first in reading order."""
    hover: list[str] = field(default_factory=list)
    """Hover text, escaped. It names the papers; plotly's hover template adds category and date."""
    event_of: Mapping[str, int] = field(default_factory=dict)
    """Document (`<history>|<document id>`) that is the action or answer of a round → index of its event."""
    grounds: Mapping[int, str] = field(default_factory=dict)
    """Event → what its action says of claims in one line, escaped: `103 · 112(b)`; of those read inside only."""
    undated: int = 0
    """How many documents would be drawn if they had a date."""
    outlying: int = 0
    """How many documents would be drawn if their date were not far outside the time of their file history."""

    def __len__(self) -> int:
        return len(self.position)


def find_events(
    documents: pd.DataFrame,
    *,
    titles: Mapping[str, str],
    rounds: Sequence[DrawnRound],
    all_documents: bool,
    time_axis: TimeAxis,
    grounds: Mapping[str, str] | None = None,
) -> Events:
    """Return the events among documents.

    Args:
        documents: rows of the `documents` table, in any order.
        titles: the title of each history in the hover text; one without a title is called by its key.
        rounds: the rounds whose actions and answers must be found among the events, in the same way.
        all_documents: whether every paper is drawn rather than the key events only. A history without any key event,
            for example one with unknown codes, shows every paper in either case.
        time_axis: the axis; documents of histories that are not on it are left out.
        grounds: document (`<history>|<document id>`) → what it says of claims in one line, for those read inside.
    """
    order = time_axis.histories
    papers = read_papers(documents, order)
    if not len(papers):
        return Events()
    wanted = _wanted(papers, all_documents=all_documents)
    event_papers = group_by_event(papers, np.flatnonzero(wanted & papers.dated & papers.in_range))
    leads = event_papers.leads
    named = {name for drawn_round in rounds for name in (drawn_round.action, drawn_round.answer)}
    event_of = _events_of_documents(papers, event_papers, order, named)
    said = grounds or {}
    grounds_of = _grounds_of_events(said, _events_of_documents(papers, event_papers, order, said.keys()))
    shown = [escape_plotly(titles.get(key, key), max_length=90) for key in order]
    history = papers.history[leads].tolist()
    return Events(
        history=history,
        position=time_axis.positions(papers.history[leads], papers.day[leads]),
        day=papers.date[leads].astype(str).tolist(),
        category=papers.category[leads].tolist(),
        by_office=papers.by_office[leads].tolist(),
        lead=[
            PaperRef.spell(order[index], papers.ids[lead]) for index, lead in zip(history, leads.tolist(), strict=True)
        ],
        hover=_hover_texts(papers, event_papers, shown, _lines(rounds, event_of, grounds_of)),
        event_of=event_of,
        grounds=grounds_of,
        undated=int((wanted & ~papers.dated).sum()),
        outlying=int((wanted & papers.dated & ~papers.in_range).sum()),
    )


def _events_of_documents(
    papers: PaperColumns, event_papers: EventPapers, order: Sequence[str], named: Set[str]
) -> dict[str, int]:
    """Return the event of each of the named documents that is drawn."""
    documents = {PaperRef.document_in(name) for name in named}
    event_of, history = event_papers.event_of, papers.history
    event_of_name = {
        PaperRef.spell(order[int(history[row])], name): int(event_of[row])
        for row, name in enumerate(papers.ids)
        if name in documents and event_of[row] >= 0
    }
    return {name: event for name, event in event_of_name.items() if name in named}


def _grounds_of_events(grounds: Mapping[str, str], event_of: Mapping[str, int]) -> dict[int, str]:
    """Return what is said beside the marker of each event; of several papers of one event each says its own."""
    found: dict[int, list[str]] = {}
    for name in sorted(event_of):
        if grounds[name]:
            found.setdefault(event_of[name], []).append(grounds[name])
    return {
        event: escape_plotly("; ".join(dict.fromkeys(labels)), max_length=_LONGEST_GROUNDS)
        for event, labels in found.items()
    }


def _lines(
    rounds: Sequence[DrawnRound], event_of: Mapping[str, int], grounds: Mapping[int, str]
) -> dict[int, list[str]]:
    """Return the lines of hover texts between size and title: what stands inside the papers, then their rounds."""
    lines = {event: [f"Inside: {label}"] for event, label in grounds.items()}
    for event, more in hover_lines(rounds, event_of).items():
        lines.setdefault(event, []).extend(more)
    return lines


def event_of_paper(documents: pd.DataFrame, paper: PaperRef, *, all_documents: bool) -> str | None:
    """Return the event that stands for a paper on the timeline of these documents, as the `customdata` of its marker.

    A paper without an event of its own has the main event of its submission; a paper that is not drawn has none.

    Args:
        documents: rows of the `documents` table that the timeline is drawn from, in any order.
        paper: the paper.
        all_documents: as the timeline was given it.
    """
    papers = read_papers(documents[documents["history"] == paper.history], [paper.history])
    if paper.document not in papers.ids:
        return None
    wanted = _wanted(papers, all_documents=all_documents)
    event_papers = group_by_event(papers, np.flatnonzero(wanted & papers.dated & papers.in_range))
    event = event_papers.event_of[papers.ids.index(paper.document)]
    return PaperRef.spell(paper.history, papers.ids[event_papers.leads[event]]) if event >= 0 else None


def _wanted(papers: PaperColumns, *, all_documents: bool) -> NDArray[np.bool_]:
    """Return which papers are to be drawn if they have a plausible date; see `find_events`."""
    if all_documents:
        return np.ones(len(papers), dtype=bool)
    wanted = np.array([style.key for style in category_styles()])[papers.category] & ~companions(papers)
    with_key_event = np.unique(papers.history[wanted & papers.dated & papers.in_range])
    return wanted | ~np.isin(papers.history, with_key_event)


def not_drawn_note(events: Events) -> str:
    """Return a note on the documents that are not drawn, because they have no date or an implausible one."""
    undated, outlying = events.undated, events.outlying
    parts = []
    if undated:
        parts.append(f"{counted(undated, 'document')} without a date")
    if outlying:
        number = f"{outlying:,}" if undated else counted(outlying, "document")
        parts.append(f"{number} far outside the file's time")
    if not parts:
        return ""
    verb = "is" if undated + outlying == 1 else "are"
    return f"{' and '.join(parts)} {verb} in the table"


def _hover_texts(
    papers: PaperColumns, event_papers: EventPapers, titles: Sequence[str], lines: Mapping[int, Sequence[str]]
) -> list[str]:
    """Return the hover text of each event. Equal strings are escaped only once.

    Args:
        papers: the papers of all histories.
        event_papers: which of them make up each event.
        titles: the title of each history, escaped.
        lines: event → lines about its rounds, escaped.
    """
    named = _PaperNames()
    leads = event_papers.leads.tolist()
    papers_named = [named[papers.codes[lead], papers.descriptions[lead]] for lead in leads]
    sizes = _sizes(papers, event_papers)
    titles_of_events = [titles[history] for history in papers.history[event_papers.leads].tolist()]
    texts = [
        f"{paper}<br>{size}<br>{title}"
        for paper, size, title in zip(papers_named, sizes, titles_of_events, strict=True)
    ]
    for event, more in lines.items():
        texts[event] = "<br>".join([papers_named[event], sizes[event], *more, titles_of_events[event]])
    return texts


class _PaperNames(dict[tuple[str, str], str]):
    """(code, description) of a paper → its name in a hover text; a name is made when it is first asked for."""

    def __missing__(self, key: tuple[str, str]) -> str:
        code, description = key
        text = "<br>".join(escaped_lines(description))
        shown = self[key] = f"{text} ({escape_plotly(code, max_length=40)})" if code.strip() else text
        return shown


class _SizesInWords(dict[tuple[int, int, int, int], str]):
    """(papers, rows, pages of an event, papers of its submission) → the same in words, made when first asked for."""

    def __missing__(self, key: tuple[int, int, int, int]) -> str:
        papers, rows, pages, in_submission = key
        versions = f" ({_counted(rows, 'version')})" if rows > papers else ""
        text = _counted(papers, "document") + versions + (f", {_counted(pages, 'page')}" if pages else "")
        shown = self[key] = f"{text} ({in_submission:,} in the submission)" if in_submission > papers else text
        return shown


def _sizes(papers: PaperColumns, event_papers: EventPapers) -> list[str]:
    """Return the line of each hover text with the counts of documents and pages, and the round."""
    in_words = _SizesInWords()
    columns = (
        column.tolist()
        for column in (event_papers.papers, event_papers.rows, event_papers.pages, event_papers.in_submission)
    )
    rounds = papers.round[event_papers.leads].tolist()
    return [
        f"{in_words[size]}, round {number}" if number >= 0 else in_words[size]
        for size, number in zip(zip(*columns, strict=True), rounds, strict=True)
    ]
