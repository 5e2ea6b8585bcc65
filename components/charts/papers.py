"""The rows of the `documents` table as arrays, and which of them make one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.charts.theme import styles

_DAY: Final = "datetime64[D]"
_FAR: Final = 8_000_000
"""More days than there are between any two dates of a calendar with years of four figures."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of the histories asked for, in reading order."""

    history: NDArray[np.int64]
    """Place of the history in the order asked for."""
    date: NDArray[np.datetime64]
    day: NDArray[np.int64]
    """Days since 1970-01-01; 0 without a date."""
    dated: NDArray[np.bool_]
    in_range: NDArray[np.bool_]
    category: NDArray[np.int64]
    pages: NDArray[np.int64]
    round: NDArray[np.int64]
    """-1: none."""
    by_office: NDArray[np.bool_]
    submission: NDArray[np.int64]
    version: NDArray[np.int64]
    """Rows that are versions of one paper, as an original and its translation, have the same number."""
    ids: list[str]
    codes: list[str]
    descriptions: list[str]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def on_day(self) -> NDArray[np.int64]:
        """A number for each history and date."""
        return self.history * _FAR + self.day + _FAR // 2


@dataclass(frozen=True, slots=True)
class Groups:
    """The drawn papers, by event."""

    leads: NDArray[np.int64]
    """The first paper of each event."""
    papers: NDArray[np.int64]
    """How many papers each event comprises; `rows` counts the versions of a paper one by one."""
    rows: NDArray[np.int64]
    pages: NDArray[np.int64]
    together: NDArray[np.int64]
    """How many papers were filed or sent with it, itself included."""
    home: NDArray[np.int64]
    """The event that each of all papers is found in: its own, else the chief event of its submission, else -1."""


def papers_of(documents: pd.DataFrame, order: Sequence[str]) -> Papers:
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
    ids = chosen["id"].tolist()
    return Papers(
        history=history,
        date=date,
        day=np.where(dated, date, np.datetime64(0, "D")).astype(np.int64),
        dated=dated,
        in_range=chosen["in_range"].to_numpy() if "in_range" in chosen else np.ones(len(chosen), dtype=bool),
        category=np.where(codes < 0, names.index("unclassified"), codes),
        pages=chosen["pages"].to_numpy(dtype="int64", na_value=0),
        round=chosen["round"].to_numpy(dtype="int64", na_value=-1),
        by_office=chosen["side"].isin(["office", "internal"]).to_numpy(),
        submission=history * (len(chosen) + 1) + submissions,
        version=_versions(history, ids, chosen["paper"].tolist()),
        ids=ids,
        codes=chosen["code"].tolist(),
        descriptions=chosen["description"].tolist(),
    )


def group(papers: Papers, drawn: NDArray[np.int64]) -> Groups:
    """Make one event of the papers of each history, date and category among those drawn."""
    keys = papers.on_day[drawn] * len(styles()) + papers.category[drawn]
    _, firsts, event, rows = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    leads = drawn[firsts]
    once = _once(papers, event, drawn)
    return Groups(
        leads=leads,
        papers=np.bincount(event[once], minlength=len(leads)),
        rows=rows,
        pages=np.bincount(event[once], weights=papers.pages[drawn][once], minlength=len(leads)).astype(np.int64),
        together=_together(papers, leads),
        home=_home(papers, drawn, event, leads),
    )


def companions(papers: Papers) -> NDArray[np.bool_]:
    """Find papers that accompany an event of the same day, as an RCE's amendment does."""
    day = papers.on_day
    found = np.zeros(len(day), dtype=bool)
    for place, style in enumerate(styles()):
        if style.beside >= 0:
            mine = papers.category == place
            if mine.any():
                found |= mine & papers.dated & np.isin(day, day[(papers.category == style.beside) & papers.dated])
    return found


def _places(column: "pd.Series[str]", names: Sequence[str]) -> NDArray[np.int64]:
    """Give the place of each value among names; -1 for one that is not among them."""
    places = {name: place for place, name in enumerate(names)}
    if isinstance(column.dtype, pd.CategoricalDtype):  # looked up once for each category
        known = [places.get(value, -1) for value in column.cat.categories]
        return np.array([*known, -1])[column.cat.codes.to_numpy()]
    return np.array([places.get(value, -1) for value in column.tolist()], dtype=np.int64)


def _versions(history: NDArray[np.int64], ids: list[str], of: list[str]) -> NDArray[np.int64]:
    """Number the papers: a version has the number of the paper that it is a version of."""
    numbers = np.arange(len(ids))
    if ids == of:
        return numbers
    places = {(place, name): row for row, (place, name) in enumerate(zip(history.tolist(), ids, strict=True))}
    for row, (name, paper) in enumerate(zip(ids, of, strict=True)):
        if name != paper:
            numbers[row] = places.setdefault((int(history[row]), paper), row)
    return numbers


def _once(papers: Papers, event: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Choose one row of each paper in each event: the paper itself rather than a version, where it is there."""
    chosen = np.ones(len(rows), dtype=bool)
    version = papers.version[rows]
    if (version != rows).any():
        sorted_ = np.lexsort((rows, version != rows, version, event))
        again = (event[sorted_][1:] == event[sorted_][:-1]) & (version[sorted_][1:] == version[sorted_][:-1])
        chosen[sorted_[1:][again]] = False
    return chosen


def _together(papers: Papers, leads: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the papers of each lead's submission."""
    submissions, place = np.unique(papers.submission, return_inverse=True)
    once = _once(papers, place, np.arange(len(papers)))
    members = np.bincount(place[once], minlength=len(submissions))
    return members[np.searchsorted(submissions, papers.submission[leads])]


def _home(
    papers: Papers, drawn: NDArray[np.int64], event: NDArray[np.int64], leads: NDArray[np.int64]
) -> NDArray[np.int64]:
    home = np.full(len(papers), -1)
    if len(leads):
        by_lead = np.argsort(leads)
        submissions, firsts = np.unique(papers.submission[leads[by_lead]], return_index=True)
        place = np.minimum(np.searchsorted(submissions, papers.submission), len(submissions) - 1)
        home = np.where(submissions[place] == papers.submission, by_lead[firsts][place], -1)
    home[drawn] = event
    return home
