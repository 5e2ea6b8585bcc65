"""From documents to events: one for each history, date and category."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from components.charts.answers import Round, lines_told
from components.charts.clock import Clock
from components.charts.hover import hovers_of
from components.charts.papers import Groups, Papers, companions, group, papers_of
from components.charts.style import styles
from components.charts.text import plain


@dataclass(slots=True)
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
    order: Sequence[str],
    titles: Mapping[str, str],
    marked: Collection[str],
    rounds: Sequence[Round],
    all_documents: bool,
    clock: Clock,
) -> Events:
    """Find the events among documents.

    Args:
        documents: rows of the `documents` table, in any order.
        order: the histories wanted; documents of others are left out.
        titles: what each history is called on hover; without an entry its own key.
        marked: documents as `<history>|<document id>` or as bare ids. A paper that is no event of its own marks the
            event it came with.
        rounds: the rounds whose actions and answers are to be found, likewise.
        all_documents: every paper, rather than key events only. A history without any key event, as one whose codes
            nobody knows, shows every paper all the same.
        clock: the axis of time.
    """
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
        hover=hovers_of(papers, groups, shown, lines_told(rounds, places)),
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
