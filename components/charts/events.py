"""From documents to events: one for each history, date and category."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from components.charts.axis import TimeAxis
from components.charts.papers import EventPapers, PaperColumns, companions, group_by_event, read_papers
from components.charts.rounds import DrawnRound, hover_lines
from components.charts.text import escape_plotly, escaped_lines
from components.charts.theme import category_styles
from components.words import counted


@dataclass(frozen=True, slots=True)
class Events:
    """Events as parallel columns, by history, then date, then category."""

    history: list[int] = field(default_factory=list)
    """Place of the history in the order asked for."""
    position: list[int] = field(default_factory=list)
    """Place in time, as the axis reckons it."""
    day: list[str] = field(default_factory=list)
    category: list[int] = field(default_factory=list)
    by_office: list[bool] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    """`<history>|<document id>` of the lead paper."""
    hover: list[str] = field(default_factory=list)
    """What the papers are; category and date are the same for a trace or known to it."""
    marked: list[bool] = field(default_factory=list)
    event_of: Mapping[str, int] = field(default_factory=dict)
    """Document that a round names → its event."""
    undated: int = 0
    """Documents that would be drawn if they had a date."""
    outlying: int = 0
    """Documents that would be drawn if their date were not far outside their file's time."""

    def __len__(self) -> int:
        return len(self.position)


def find_events(
    documents: pd.DataFrame,
    *,
    titles: Mapping[str, str],
    marked: Collection[str],
    rounds: Sequence[DrawnRound],
    all_documents: bool,
    time_axis: TimeAxis,
) -> Events:
    """Find the events among documents.

    Args:
        documents: rows of the `documents` table, in any order.
        titles: what each history is called on hover; without an entry its own key.
        marked: documents as `<history>|<document id>` or as bare ids. A paper that is no event of its own marks the
            event it came with.
        rounds: the rounds whose actions and answers are to be found, likewise.
        all_documents: every paper, rather than key events only. A history without any key event, as one whose codes
            nobody knows, shows every paper all the same.
        time_axis: the axis of time. Documents of histories that it does not hold are left out.
    """
    order = time_axis.histories
    papers = read_papers(documents, order)
    if not len(papers):
        return Events()
    if all_documents:
        wanted = np.ones(len(papers), dtype=bool)
    else:
        wanted = np.array([style.key for style in category_styles()])[papers.category] & ~companions(papers)
        with_key_event = np.unique(papers.history[wanted & papers.dated & papers.in_range])
        wanted |= ~np.isin(papers.history, with_key_event)
    event_papers = group_by_event(papers, np.flatnonzero(wanted & papers.dated & papers.in_range))
    leads = event_papers.leads
    event_of = _events_of_documents(papers, event_papers, order, rounds)
    shown = [escape_plotly(titles.get(key, key), max_length=90) for key in order]
    history = papers.history[leads].tolist()
    return Events(
        history=history,
        position=time_axis.positions(papers.history[leads], papers.day[leads]),
        day=papers.date[leads].astype(str).tolist(),
        category=papers.category[leads].tolist(),
        by_office=papers.by_office[leads].tolist(),
        lead=[f"{order[index]}|{papers.ids[lead]}" for index, lead in zip(history, leads.tolist(), strict=True)],
        hover=_hover_texts(papers, event_papers, shown, hover_lines(rounds, event_of)),
        marked=_marked(papers, event_papers, order, set(marked)),
        event_of=event_of,
        undated=int((wanted & ~papers.dated).sum()),
        outlying=int((wanted & papers.dated & ~papers.in_range).sum()),
    )


def _events_of_documents(
    papers: PaperColumns, event_papers: EventPapers, order: Sequence[str], rounds: Sequence[DrawnRound]
) -> dict[str, int]:
    """Find the events of the documents that rounds name."""
    named = {name for drawn_round in rounds for name in (drawn_round.action, drawn_round.answer)}
    bare = {name.rpartition("|")[2] for name in named}
    event_of, history = event_papers.event_of, papers.history
    found = {
        f"{order[int(history[row])]}|{name}": int(event_of[row])
        for row, name in enumerate(papers.ids)
        if name in bare and event_of[row] >= 0
    }
    return {name: event for name, event in found.items() if name in named}


def _marked(papers: PaperColumns, event_papers: EventPapers, order: Sequence[str], marked: set[str]) -> list[bool]:
    """Say which events are marked: through one of their own papers, else through a paper that came with them."""
    found = [False] * len(event_papers.leads)
    if marked:
        for name, history, event in zip(
            papers.ids, papers.history.tolist(), event_papers.event_of.tolist(), strict=True
        ):
            if event >= 0 and (name in marked or f"{order[history]}|{name}" in marked):
                found[event] = True
    return found


def not_drawn_note(events: Events) -> str:
    """Say what is left out: what has no date, and what bears a date that this file cannot have had."""
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
    """Write the text of each event, from text made plain once for each distinct string.

    Args:
        papers: the papers of all histories.
        event_papers: the events.
        titles: the title of each history, safe to show.
        lines: event → further lines, safe to show.
    """
    named = _PaperNames()
    leads = event_papers.leads.tolist()
    what = [named[papers.codes[lead], papers.descriptions[lead]] for lead in leads]
    sizes = _sizes(papers, event_papers)
    whose = [titles[history] for history in papers.history[event_papers.leads].tolist()]
    found = [f"{paper}<br>{size}<br>{title}" for paper, size, title in zip(what, sizes, whose, strict=True)]
    for event, more in lines.items():
        found[event] = "<br>".join([what[event], sizes[event], *more, whose[event]])
    return found


class _PaperNames(dict[tuple[str, str], str]):
    """Code and description of a paper → how they are shown."""

    def __missing__(self, key: tuple[str, str]) -> str:
        code, description = key
        text = "<br>".join(escaped_lines(description))
        shown = self[key] = f"{text} ({escape_plotly(code, max_length=40)})" if code.strip() else text
        return shown


class _SizesInWords(dict[tuple[int, int, int, int], str]):
    """Papers, rows, pages of an event, and papers of its submission → how much that is."""

    def __missing__(self, key: tuple[int, int, int, int]) -> str:
        papers, rows, pages, in_submission = key
        versions = f" ({counted(rows, 'version')})" if rows > papers else ""
        text = counted(papers, "document") + versions + (f", {counted(pages, 'page')}" if pages else "")
        shown = self[key] = f"{text} ({in_submission:,} in the submission)" if in_submission > papers else text
        return shown


def _sizes(papers: PaperColumns, event_papers: EventPapers) -> list[str]:
    """Write how much each event comprises, how much was filed or sent with it, and its round."""
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
