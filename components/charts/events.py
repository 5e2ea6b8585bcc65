"""From documents to events: one for each history, date and category."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from components.charts.axis import Clock
from components.charts.papers import Groups, Papers, companions, group, papers_of
from components.charts.rounds import Round, lines_told
from components.charts.text import lines_of, plain
from components.charts.theme import styles
from components.words import counted


@dataclass(frozen=True, slots=True)
class Events:
    """Events as parallel columns, by history, then date, then category."""

    history: list[int] = field(default_factory=list)
    """Place of the history in the order asked for."""
    place: list[int] = field(default_factory=list)
    """Place in time, as the clock reckons it."""
    iso: list[str] = field(default_factory=list)
    category: list[int] = field(default_factory=list)
    by_office: list[bool] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    """`<history>|<document id>` of the lead paper."""
    hover: list[str] = field(default_factory=list)
    """What the papers are; category and date are the same for a trace or known to it."""
    marked: list[bool] = field(default_factory=list)
    places: Mapping[str, int] = field(default_factory=dict)
    """Document that a round names → its event."""
    undated: int = 0
    """Documents that would be drawn if they had a date."""
    outlying: int = 0
    """Documents that would be drawn if their date were not far outside their file's time."""

    def __len__(self) -> int:
        return len(self.place)


def events_of(
    documents: pd.DataFrame,
    *,
    titles: Mapping[str, str],
    marked: Collection[str],
    rounds: Sequence[Round],
    all_documents: bool,
    clock: Clock,
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
        clock: the axis of time. Documents of histories that it does not hold are left out.
    """
    order = clock.histories
    papers = papers_of(documents, order)
    if not len(papers):
        return Events()
    style = styles()
    if all_documents:
        wanted = np.ones(len(papers), dtype=bool)
    else:
        wanted = np.array([entry.key for entry in style])[papers.category] & ~companions(papers)
        heard = np.unique(papers.history[wanted & papers.dated & papers.in_range])
        wanted |= ~np.isin(papers.history, heard)
    groups = group(papers, np.flatnonzero(wanted & papers.dated & papers.in_range))
    leads = groups.leads
    places = _places(papers, groups, order, rounds)
    shown = [plain(titles.get(key, key), longest=90) for key in order]
    history = papers.history[leads].tolist()
    return Events(
        history=history,
        place=clock.places(papers.history[leads], papers.day[leads]),
        iso=papers.date[leads].astype(str).tolist(),
        category=papers.category[leads].tolist(),
        by_office=papers.by_office[leads].tolist(),
        lead=[f"{order[place]}|{papers.ids[lead]}" for place, lead in zip(history, leads.tolist(), strict=True)],
        hover=_hovers(papers, groups, shown, lines_told(rounds, places)),
        marked=_marks(papers, groups, order, set(marked)),
        places=places,
        undated=int((wanted & ~papers.dated).sum()),
        outlying=int((wanted & papers.dated & ~papers.in_range).sum()),
    )


def _places(papers: Papers, groups: Groups, order: Sequence[str], rounds: Sequence[Round]) -> dict[str, int]:
    """Find the events of the documents that rounds name."""
    named = {name for entry in rounds for name in (entry.action, entry.answer)}
    bare = {name.rpartition("|")[2] for name in named}
    home, history = groups.home, papers.history
    found = {
        f"{order[int(history[row])]}|{name}": int(home[row])
        for row, name in enumerate(papers.ids)
        if name in bare and home[row] >= 0
    }
    return {name: event for name, event in found.items() if name in named}


def _marks(papers: Papers, groups: Groups, order: Sequence[str], marked: set[str]) -> list[bool]:
    """Say which events are marked: through one of their own papers, else through a paper that came with them."""
    found = [False] * len(groups.leads)
    if marked:
        for name, history, event in zip(papers.ids, papers.history.tolist(), groups.home.tolist(), strict=True):
            if event >= 0 and (name in marked or f"{order[history]}|{name}" in marked):
                found[event] = True
    return found


def not_drawn(events: Events) -> str:
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


def _hovers(papers: Papers, groups: Groups, titles: Sequence[str], lines: Mapping[int, Sequence[str]]) -> list[str]:
    """Write the text of each event, from text made plain once for each distinct string.

    Args:
        papers: the papers of all histories.
        groups: the events.
        titles: the title of each history, safe to show.
        lines: event → further lines, safe to show.
    """
    named = _Named()
    leads = groups.leads.tolist()
    what = [named[papers.codes[lead], papers.descriptions[lead]] for lead in leads]
    sizes = _sizes(papers, groups)
    whose = [titles[history] for history in papers.history[groups.leads].tolist()]
    found = [f"{paper}<br>{size}<br>{title}" for paper, size, title in zip(what, sizes, whose, strict=True)]
    for event, more in lines.items():
        found[event] = "<br>".join([what[event], sizes[event], *more, whose[event]])
    return found


class _Named(dict[tuple[str, str], str]):
    """Code and description of a paper → how they are shown."""

    def __missing__(self, key: tuple[str, str]) -> str:
        code, description = key
        text = "<br>".join(lines_of(description))
        shown = self[key] = f"{text} ({plain(code, longest=40)})" if code.strip() else text
        return shown


class _Extents(dict[tuple[int, int, int, int], str]):
    """Papers, rows, pages of an event, and papers of its submission → how much that is."""

    def __missing__(self, key: tuple[int, int, int, int]) -> str:
        papers, rows, pages, together = key
        versions = f" ({counted(rows, 'version')})" if rows > papers else ""
        text = counted(papers, "document") + versions + (f", {counted(pages, 'page')}" if pages else "")
        shown = self[key] = f"{text} ({together:,} in the submission)" if together > papers else text
        return shown


def _sizes(papers: Papers, groups: Groups) -> list[str]:
    """Write how much each event comprises, how much was filed or sent with it, and its round."""
    known = _Extents()
    columns = (column.tolist() for column in (groups.papers, groups.rows, groups.pages, groups.together))
    rounds = papers.round[groups.leads].tolist()
    return [
        f"{known[extent]}, round {number}" if number >= 0 else known[extent]
        for extent, number in zip(zip(*columns, strict=True), rounds, strict=True)
    ]
