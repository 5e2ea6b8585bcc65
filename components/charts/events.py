"""From documents to events: one for each history, date and category."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.charts.text import count_shown, day_shown, plain, wrapped
from components.prosecution import categories

_DAY: Final = "datetime64[D]"
_FAR: Final = 8_000_000
"""More days than there are between any two dates of a calendar with years of four figures."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a category is said and drawn."""

    name: str
    label: str
    short: str
    lane: str
    symbol: str
    light: str
    dark: str
    key: bool
    beside: int
    """Place of the category on whose day this one is not drawn; -1: none."""


@cache
def styles() -> tuple[Style, ...]:
    """Give the styles in legend order, from the table of categories."""
    rows = categories().to_dict("records")
    places = {row["category"]: place for place, row in enumerate(rows)}
    return tuple(
        Style(
            name=row["category"],
            label=row["label"],
            short=row["short"],
            lane=row["lane"],
            symbol=row["symbol"],
            light=row["colour_light"],
            dark=row["colour_dark"],
            key=row["key"],
            beside=places.get(row["beside"], -1),
        )
        for row in rows
    )


@dataclass(slots=True)
class Events:
    """Events as parallel columns, by history, then date, then category."""

    history: list[int] = field(default_factory=list)
    """Place of the history in the order asked for."""
    day: list[int] = field(default_factory=list)
    """Days since 1970-01-01."""
    iso: list[str] = field(default_factory=list)
    category: list[int] = field(default_factory=list)
    by_office: list[bool] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    """`<history>|<document id>` of the lead paper."""
    hover: list[str] = field(default_factory=list)
    marked: list[bool] = field(default_factory=list)
    undated: int = 0
    """Documents that would be drawn if they had a date."""

    def __len__(self) -> int:
        return len(self.day)


def events_of(
    documents: pd.DataFrame,
    *,
    order: Sequence[str],
    titles: Mapping[str, str],
    marked: Collection[str],
    all_documents: bool,
) -> Events:
    """Find the events among documents.

    Args:
        documents: rows of the `documents` table, in any order.
        order: the histories wanted; documents of others are left out.
        titles: what each history is called on hover; without an entry its own key.
        marked: documents as `<history>|<document id>` or as bare ids. A paper that is no event of its own marks the
            event it came with.
        all_documents: every paper, rather than key events only.
    """
    table = _sorted(documents, order)
    if not len(table.history):
        return Events()
    style = styles()
    if all_documents:
        wanted = np.ones(len(table.history), dtype=bool)
    else:
        wanted = np.array([entry.key for entry in style])[table.category] & ~_companions(table)
    undated = int((wanted & ~table.dated).sum())
    drawn = np.flatnonzero(wanted & table.dated)
    groups = _group(table, drawn)
    leads = groups.leads
    found = Events(
        history=table.history[leads].tolist(),
        day=table.day[leads].tolist(),
        iso=np.datetime_as_string(table.date[leads]).tolist(),
        category=table.category[leads].tolist(),
        by_office=table.by_office[leads].tolist(),
        lead=[f"{order[history]}|{table.ids[lead]}" for history, lead in _rows(table.history[leads], leads)],
        undated=undated,
    )
    found.hover = _hovers(table, found, groups, [plain(titles.get(key, key), longest=90) for key in order])
    found.marked = _marks(table, groups, order, set(marked))
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    history: NDArray[np.int64]
    date: NDArray[np.datetime64]
    day: NDArray[np.int64]
    dated: NDArray[np.bool_]
    category: NDArray[np.int64]
    pages: NDArray[np.int64]
    by_office: NDArray[np.bool_]
    submission: NDArray[np.int64]
    ids: list[str]
    codes: list[str]
    descriptions: list[str]


@dataclass(frozen=True, slots=True)
class _Groups:
    """The drawn papers of a table, by event."""

    drawn: NDArray[np.int64]
    event: NDArray[np.int64]
    """The event of each drawn paper."""
    leads: NDArray[np.int64]
    """The first paper of each event; with `documents` and `pages`, how much it comprises."""
    documents: NDArray[np.int64]
    pages: NDArray[np.int64]


def _group(table: _Table, drawn: NDArray[np.int64]) -> _Groups:
    day = table.history[drawn] * _FAR + table.day[drawn] + _FAR // 2
    keys = day * len(styles()) + table.category[drawn]
    _, firsts, event, documents = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    pages = np.bincount(event, weights=table.pages[drawn], minlength=len(firsts)).astype(np.int64)
    return _Groups(drawn, event, drawn[firsts], documents, pages)


def _rows(*columns: NDArray[np.int64]) -> "zip[tuple[int, ...]]":
    return zip(*(column.tolist() for column in columns), strict=True)


def _sorted(documents: pd.DataFrame, order: Sequence[str]) -> _Table:
    """Take the documents of the histories asked for, in reading order whatever the order of the rows."""
    histories = _places(documents["history"], order)
    rows = np.lexsort((documents["seq"].to_numpy(), histories))
    rows = rows[histories[rows] >= 0]
    chosen = documents.take(rows)
    date = chosen["date"].to_numpy().astype(_DAY)
    dated = ~np.isnat(date)
    names = [style.name for style in styles()]
    codes = _places(chosen["category"], names)
    history = histories[rows]
    submissions, _ = pd.factorize(chosen["submission"])
    return _Table(
        history=history,
        date=date,
        day=np.where(dated, date, np.datetime64(0, "D")).astype(np.int64),
        dated=dated,
        category=np.where(codes < 0, names.index("unclassified"), codes),
        pages=chosen["pages"].to_numpy(dtype="int64", na_value=0),
        by_office=chosen["side"].isin(["office", "internal"]).to_numpy(),
        submission=history * (len(chosen) + 1) + submissions,
        ids=chosen["id"].tolist(),
        codes=chosen["code"].tolist(),
        descriptions=chosen["description"].tolist(),
    )


def _places(column: "pd.Series[str]", names: Sequence[str]) -> NDArray[np.int64]:
    """Give the place of each value among names; -1 for one that is not among them."""
    places = {name: place for place, name in enumerate(names)}
    return np.array([places.get(value, -1) for value in column.tolist()], dtype=np.int64)


def _companions(table: _Table) -> NDArray[np.bool_]:
    """Find papers that accompany an event of the same day, as an RCE's amendment does."""
    day = table.history * _FAR + table.day
    found = np.zeros(len(day), dtype=bool)
    for place, style in enumerate(styles()):
        if style.beside >= 0:
            mine = table.category == place
            if mine.any():
                found |= mine & table.dated & np.isin(day, day[(table.category == style.beside) & table.dated])
    return found


def _hovers(table: _Table, events: Events, groups: _Groups, titles: Sequence[str]) -> list[str]:
    """Write what is shown on hover, from text made plain once for each distinct string."""
    labels = [style.label for style in styles()]
    shown_days = {iso: day_shown(iso) for iso in set(events.iso)}
    submissions, members = np.unique(table.submission, return_counts=True)
    together = members[np.searchsorted(submissions, table.submission[groups.leads])]
    papers: dict[tuple[str, str], str] = {}
    sizes: dict[tuple[int, int, int], str] = {}
    found = []
    for lead, iso, category, history, count, pages, package in zip(
        groups.leads.tolist(), events.iso, events.category, events.history,
        groups.documents.tolist(), groups.pages.tolist(), together.tolist(),
        strict=True,
    ):  # fmt: skip
        named = (table.codes[lead], table.descriptions[lead])
        paper = papers.get(named)
        if paper is None:
            paper = papers[named] = _paper(*named)
        extent = (count, pages, package)
        size = sizes.get(extent)
        if size is None:
            size = sizes[extent] = _size(*extent)
        found.append(f"<b>{labels[category]}</b> · {shown_days[iso]}<br>{paper}<br>{size}<br>{titles[history]}")
    return found


def _size(documents: int, pages: int, package: int) -> str:
    """Write how much an event comprises, and how much was filed or sent with it."""
    text = count_shown(documents, "document") + (f", {count_shown(pages, 'page')}" if pages else "")
    return f"{text} ({package:,} in the submission)" if package > documents else text


def _paper(code: str, description: str) -> str:
    """Write code and description of a paper, broken into lines before it is escaped."""
    lines = wrapped(description[:600].strip(), width=64)[:3]
    text = "<br>".join(plain(line) for line in lines)
    return f"{text} ({plain(code, longest=40)})" if code.strip() else text


def _marks(table: _Table, groups: _Groups, order: Sequence[str], marked: set[str]) -> list[bool]:
    """Say which events are marked: through one of their own papers, else through a paper that came with them."""
    found = [False] * len(groups.leads)
    if not marked:
        return found
    event_of = dict(zip(groups.drawn.tolist(), groups.event.tolist(), strict=True))
    chief: dict[int, int] = {}
    for event, lead in sorted(enumerate(groups.leads.tolist()), key=lambda entry: entry[1]):
        chief.setdefault(int(table.submission[lead]), event)
    for paper, (name, history) in enumerate(zip(table.ids, table.history.tolist(), strict=True)):
        if name in marked or f"{order[history]}|{name}" in marked:
            ringed = event_of.get(paper, chief.get(int(table.submission[paper])))
            if ringed is not None:
                found[ringed] = True
    return found
