"""The rows of the `documents` table as arrays, and which of them make up one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.charts.theme import category_styles

_DAY: Final = "datetime64[D]"
_DAYS_APART: Final = 8_000_000
"""More days than lie between any two dates with years of four digits: about 3.7 million."""


@dataclass(frozen=True, slots=True)
class PaperColumns:
    """The papers of the histories that are drawn, as parallel arrays in reading order."""

    history: NDArray[np.int64]
    """Index of the history, from top to bottom."""
    date: NDArray[np.datetime64]
    day: NDArray[np.int64]
    """Days since 1970-01-01; 0 without a date."""
    dated: NDArray[np.bool_]
    in_range: NDArray[np.bool_]
    """Whether the date is plausible for the file history."""
    category: NDArray[np.int64]
    """Index in `category_styles()`."""
    pages: NDArray[np.int64]
    round: NDArray[np.int64]
    """Number of the round; -1 for none."""
    by_office: NDArray[np.bool_]
    submission: NDArray[np.int64]
    """A number for each submission of each history."""
    version: NDArray[np.int64]
    """Rows that are versions of one paper, for example an original and its translation, have the same number."""
    ids: list[str]
    codes: list[str]
    descriptions: list[str]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def day_key(self) -> NDArray[np.int64]:
        """A number for each history and date, ascending by history, then date."""
        return self.history * _DAYS_APART + self.day + _DAYS_APART // 2


@dataclass(frozen=True, slots=True)
class EventPapers:
    """Which papers make up each event, as parallel arrays by event; only `event_of` is by paper."""

    leads: NDArray[np.int64]
    """Row of the first paper."""
    papers: NDArray[np.int64]
    """How many papers there are; the versions of a paper count as one."""
    rows: NDArray[np.int64]
    """How many rows there are; every version counts."""
    pages: NDArray[np.int64]
    in_submission: NDArray[np.int64]
    """How many papers its submission has in all."""
    event_of: NDArray[np.int64]
    """For each of all papers its own event, else the main event of its submission, else -1."""


def read_papers(documents: pd.DataFrame, order: Sequence[str]) -> PaperColumns:
    """Return the documents of histories, by history and in reading order, whatever the order of the rows."""
    histories = _indices(documents["history"], order)
    rows = np.lexsort((documents["seq"].to_numpy(), histories))
    rows = rows[histories[rows] >= 0]
    chosen = documents.take(rows)
    date = chosen["date"].to_numpy().astype(_DAY)
    dated = ~np.isnat(date)
    names = [style.name for style in category_styles()]
    codes = _indices(chosen["category"], names)
    history = histories[rows]
    submissions, _ = pd.factorize(chosen["submission"])
    ids = chosen["id"].tolist()
    return PaperColumns(
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


def group_by_event(papers: PaperColumns, drawn: NDArray[np.int64]) -> EventPapers:
    """Return the events of the rows `drawn`: one for each history, date and category."""
    keys = papers.day_key[drawn] * len(category_styles()) + papers.category[drawn]
    _, firsts, event, rows = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    leads = drawn[firsts]
    once = _one_row_each(papers, event, drawn)
    return EventPapers(
        leads=leads,
        papers=np.bincount(event[once], minlength=len(leads)),
        rows=rows,
        pages=np.bincount(event[once], weights=papers.pages[drawn][once], minlength=len(leads)).astype(np.int64),
        in_submission=_papers_in_submission(papers, leads),
        event_of=_event_of_each(papers, drawn, event, leads),
    )


def companions(papers: PaperColumns) -> NDArray[np.bool_]:
    """Return which papers only accompany an event of the same day, as the amendment filed with an RCE does."""
    day = papers.day_key
    accompanying = np.zeros(len(day), dtype=bool)
    for category, style in enumerate(category_styles()):
        if style.beside >= 0:
            of_category = papers.category == category
            if of_category.any():
                accompanying |= (
                    of_category & papers.dated & np.isin(day, day[(papers.category == style.beside) & papers.dated])
                )
    return accompanying


def _indices(column: "pd.Series[str]", names: Sequence[str]) -> NDArray[np.int64]:
    """Return the index of each value in `names`; -1 for a value that is not among them."""
    index = {name: number for number, name in enumerate(names)}
    if isinstance(column.dtype, pd.CategoricalDtype):  # looked up once for each category
        known = [index.get(value, -1) for value in column.cat.categories]
        return np.array([*known, -1])[column.cat.codes.to_numpy()]
    return np.array([index.get(value, -1) for value in column.tolist()], dtype=np.int64)


def _versions(history: NDArray[np.int64], ids: list[str], paper: list[str]) -> NDArray[np.int64]:
    """Return a number for each row; a version has the number of the paper of which it is a version."""
    numbers = np.arange(len(ids))
    if ids == paper:
        return numbers
    row_of = {
        (index_of_history, name): row
        for row, (index_of_history, name) in enumerate(zip(history.tolist(), ids, strict=True))
    }
    for row, (name, version_of) in enumerate(zip(ids, paper, strict=True)):
        if name != version_of:
            numbers[row] = row_of.setdefault((int(history[row]), version_of), row)
    return numbers


def _one_row_each(papers: PaperColumns, event: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows to count: one of each paper in each event, a version only where its paper is missing."""
    chosen = np.ones(len(rows), dtype=bool)
    version = papers.version[rows]
    if (version != rows).any():
        sorted_ = np.lexsort((rows, version != rows, version, event))
        again = (event[sorted_][1:] == event[sorted_][:-1]) & (version[sorted_][1:] == version[sorted_][:-1])
        chosen[sorted_[1:][again]] = False
    return chosen


def _papers_in_submission(papers: PaperColumns, leads: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many papers there are in the submission of each lead."""
    submissions, submission = np.unique(papers.submission, return_inverse=True)
    once = _one_row_each(papers, submission, np.arange(len(papers)))
    members = np.bincount(submission[once], minlength=len(submissions))
    return members[np.searchsorted(submissions, papers.submission[leads])]


def _event_of_each(
    papers: PaperColumns, drawn: NDArray[np.int64], event: NDArray[np.int64], leads: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each paper its own event, else the one of its submission with the first lead, else -1."""
    event_of = np.full(len(papers), -1)
    if len(leads):
        by_lead = np.argsort(leads)
        submissions, firsts = np.unique(papers.submission[leads[by_lead]], return_index=True)
        nearest = np.minimum(np.searchsorted(submissions, papers.submission), len(submissions) - 1)
        event_of = np.where(submissions[nearest] == papers.submission, by_lead[firsts][nearest], -1)
    event_of[drawn] = event
    return event_of
