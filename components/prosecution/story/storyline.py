"""One history of the tables as plain records: what a sentence or a finding is made from."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd

from components.prosecution.law.categories import Category, category_named, category_set
from components.prosecution.law.proceedings import Proceeding, proceeding_of
from components.prosecution.law.vocabulary import Side
from components.prosecution.tables import Tables

_SIDES: Final = {side.table_name: side for side in Side}


@dataclass(frozen=True, slots=True)
class StoryPaper:
    """A document of the table `documents`."""

    id: str
    day: date
    """`date.max` for a paper without a date, which is no part of a story."""
    code: str
    description: str
    side: Side
    category: Category
    office: str
    submission: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A row of `rounds`; `None` for a date or number that is missing."""

    action: str
    kind: Category
    label: str
    opened: date
    owed: str
    due: date | None
    last: date | None
    condition: str
    otherwise: str
    answer: str
    answered: date | None
    extension_months: int | None
    extension_source: str
    mailing: str
    ended: date | None
    outcome: str
    authority: str


@dataclass(frozen=True)
class Storyline:
    """The course of one application."""

    name: str
    office: str
    facts: Mapping[str, Any]
    """Its row of `histories`."""
    papers: tuple[StoryPaper, ...]
    """In reading order; only those with a plausible date."""
    rounds: tuple[RoundRow, ...]
    undated: tuple[StoryPaper, ...]
    out_of_range: tuple[StoryPaper, ...]
    """Papers with a date at which the application cannot have had them."""

    @cached_property
    def by_id(self) -> Mapping[str, StoryPaper]:
        """Every paper with a plausible date, by its id."""
        return {paper.id: paper for paper in self.papers}

    @cached_property
    def _by_category(self) -> Mapping[Category, tuple[Sequence[date], Sequence[StoryPaper]]]:
        """The papers of each category, oldest first, and beside them their days."""
        papers_of = defaultdict(list)
        for paper in sorted(self.papers, key=lambda paper: paper.day):
            papers_of[paper.category].append(paper)
        return {name: ([paper.day for paper in papers], papers) for name, papers in papers_of.items()}

    @cached_property
    def _by_day(self) -> Mapping[date, list[StoryPaper]]:
        papers_of = defaultdict(list)
        for paper in self.papers:
            papers_of[paper.day].append(paper)
        return papers_of

    @cached_property
    def proceeding(self) -> str:
        """What the file is of, if it is no application: "ex parte reexamination"; else empty."""
        return self._proceeding.proceeding if self._proceeding else ""

    @cached_property
    def proceeding_at_end(self) -> str:
        """What the file is of at its end: a reexamination that a supplemental examination led to goes on in its file.

        35 USC 257(b); 37 CFR 1.625(d).
        """
        ordered = self.first((Category.REEXAMINATION_ORDER,))
        if self._proceeding is None or ordered is None or not self.first(category_set("actions"), after=ordered.day):
            return self.proceeding
        return self._proceeding.periods_of

    @cached_property
    def _proceeding(self) -> Proceeding | None:
        papers = (*self.papers, *self.undated)
        codes = {paper.code for paper in papers}
        return proceeding_of(self.office, self.name, codes, {paper.category for paper in papers})

    @cached_property
    def answering(self) -> frozenset[str]:
        """The submissions that answer a round."""
        return frozenset(self.by_id[row.answer].submission for row in self.rounds if row.answer in self.by_id)

    def of(
        self,
        categories: Collection[Category],
        *,
        after: date | None = None,
        since: date | None = None,
        before: date | None = None,
        until: date | None = None,
    ) -> list[StoryPaper]:
        """Return the papers of some categories, oldest first, within a time.

        Args:
            categories: the categories.
            after: later than this day.
            since: on or after this day.
            before: earlier than this day.
            until: on or before this day.
        """
        within = [
            paper
            for papers, start, stop in self._within(categories, after, since, before, until)
            for paper in papers[start:stop]
        ]
        return sorted(within, key=_position)

    def first(
        self,
        categories: Collection[Category],
        *,
        after: date | None = None,
        since: date | None = None,
        before: date | None = None,
        until: date | None = None,
    ) -> StoryPaper | None:
        """Return the oldest paper of some categories within a time, without going through all of them."""
        slices = self._within(categories, after, since, before, until)
        return min((papers[start] for papers, start, _ in slices), key=_position, default=None)

    def last(
        self, categories: Collection[Category], *, before: date | None = None, until: date | None = None
    ) -> StoryPaper | None:
        """Return the newest paper of some categories within a time, without going through all of them."""
        slices = self._within(categories, None, None, before, until)
        return max((papers[stop - 1] for papers, _, stop in slices), key=_position, default=None)

    def _within(
        self,
        categories: Collection[Category],
        after: date | None,
        since: date | None,
        before: date | None,
        until: date | None,
    ) -> Iterator[tuple[Sequence[StoryPaper], int, int]]:
        """Yield, for each category with papers within a time, all its papers and the slice of those within the time."""
        for category in categories:
            days, papers = self._by_category.get(category, ((), ()))
            start = max(bisect_right(days, after) if after else 0, bisect_left(days, since) if since else 0)
            stop = min(
                bisect_left(days, before) if before else len(days), bisect_right(days, until) if until else len(days)
            )
            if start < stop:
                yield papers, start, stop

    def on(self, day: date) -> list[StoryPaper]:
        """Return the papers of one day, in reading order."""
        return self._by_day.get(day, [])

    def with_codes(self, codes: Collection[str]) -> list[StoryPaper]:
        """Return the papers under some document codes (upper case), oldest first."""
        return [paper for paper in self.papers if paper.code.strip().upper() in codes]

    def day(self, fact: str) -> date | None:
        """Return a date of its row of `histories`."""
        return _day(self.facts[fact])

    def number(self, fact: str) -> int | None:
        """Return a number of its row of `histories`."""
        return _number(self.facts[fact])

    @property
    def filing(self) -> StoryPaper | None:
        """The first paper of the application itself; `None` where the list holds none."""
        return self.first((Category.APPLICATION,))


def _position(paper: StoryPaper) -> tuple[date, int]:
    return paper.day, paper.category.facts.lead


def first_of_each_day(papers: Sequence[StoryPaper]) -> list[StoryPaper]:
    """Return the first paper of each day."""
    return list({paper.day: paper for paper in reversed(papers)}.values())[::-1]


def storylines(tables: Tables) -> Iterator[Storyline]:
    """Yield the course of each history, in the order of `histories`."""
    documents = {str(name): rows for name, rows in tables.documents.groupby("history", sort=False, observed=True)}
    rounds = {str(name): rows for name, rows in tables.rounds.groupby("history", sort=False, observed=True)}
    for facts in tables.histories.to_dict("records"):
        name = str(facts["history"])
        yield _storyline(facts, documents.get(name, tables.documents[:0]), rounds.get(name, tables.rounds[:0]))


def storyline(tables: Tables, history: str) -> Storyline:
    """Return the course of one history.

    Raises:
        KeyError: the tables do not hold it.
    """
    rows = tables.histories[tables.histories["history"] == history]
    if rows.empty:
        raise KeyError(history)
    return _storyline(
        rows.to_dict("records")[0],
        tables.documents[tables.documents["history"] == history],
        tables.rounds[tables.rounds["history"] == history],
    )


def _storyline(facts: Mapping[Any, Any], documents: pd.DataFrame, rounds: pd.DataFrame) -> Storyline:
    office = str(facts["office"])
    papers: list[StoryPaper] = []
    undated: list[StoryPaper] = []
    out_of_range: list[StoryPaper] = []
    columns = ["id", "date", "code", "description", "side", "category", "submission", "pages", "in_range"]
    for ident, stamp, code, description, side, category, submission, pages, fits in documents[columns].itertuples(
        index=False
    ):
        day = _day(stamp)
        paper = StoryPaper(
            id=str(ident),
            day=day or date.max,
            code=str(code),
            description=str(description),
            side=_SIDES[str(side)],
            category=category_named(str(category)),
            office=office,
            submission=str(submission),
            pages=_number(pages),
        )
        (undated if day is None else papers if fits else out_of_range).append(paper)
    return Storyline(
        name=str(facts["history"]),
        office=office,
        facts={str(key): value for key, value in facts.items()},
        papers=tuple(papers),
        rounds=tuple(_round(row) for row in rounds.to_dict("records")),
        undated=tuple(undated),
        out_of_range=tuple(out_of_range),
    )


def _round(row: Mapping[Any, Any]) -> RoundRow:
    opened = _day(row["opened"])
    if opened is None:
        raise ValueError(f"round {row['round']} of {row['history']} has no day on which it opened")
    return RoundRow(
        action=str(row["action"]),
        kind=category_named(str(row["kind"])),
        label=str(row["label"]),
        opened=opened,
        owed=str(row["owed"]),
        due=_day(row["due"]),
        last=_day(row["last"]),
        condition=str(row["condition"]),
        otherwise=str(row["otherwise"]),
        answer=str(row["answer"]),
        answered=_day(row["answered"]),
        extension_months=_number(row["extension_months"]),
        extension_source=str(row["extension_source"]),
        mailing=str(row["mailing"]),
        ended=_day(row["ended"]),
        outcome=str(row["outcome"]),
        authority=str(row["authority"]),
    )


def _day(value: Any) -> date | None:  # noqa: ANN401 - a cell of a frame
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _number(value: Any) -> int | None:  # noqa: ANN401 - a cell of a frame
    return None if pd.isna(value) else int(value)
