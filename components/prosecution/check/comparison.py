"""The reading against the office's own log of transactions, which is never an input of the reading.

For each kind of event two numbers: of the dates that the log has, how many the reading found (recall), and of the dates
that the reading found, how many the log has (precision). Where they differ, the list of documents itself often lacks
the paper, or the log the transaction; each difference says why, as far as rules can.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from components.prosecution.check.differences import Difference, Listed, Matter, differences
from components.prosecution.check.folder import Filed, read_folder
from components.prosecution.check.kinds import GROUPS, Kind, is_named, kinds_of, meaning_of
from components.prosecution.law.vocabulary import UNCLASSIFIED, category_list
from components.prosecution.papers.classification import normalise_code
from components.prosecution.reading import read_all
from components.prosecution.tables import Tables


@dataclass(frozen=True, slots=True)
class KindResult:
    """How one kind of event, or a group of kinds, came out over all histories that have a log."""

    kind: str
    """Name in `transactions.csv`; a group of kinds has the group's name."""
    label: str
    side: str
    """A group of `transactions.csv`: `office`, `applicant` or `computed`."""
    days: int | None
    """How many days apart still match; `None` for a group."""
    logged: int
    """Distinct dates in the log, added over the histories."""
    found: int
    """Distinct dates in the reading."""
    matched: int
    differences: tuple[Difference, ...]

    @property
    def precision(self) -> float | None:
        """Share of what was found that the log has, 0 to 1; `None` where nothing was found."""
        return self.matched / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what the log has that was found, 0 to 1; `None` where the log has nothing."""
        return self.matched / self.logged if self.logged else None

    @property
    def precision_of_both(self) -> float | None:
        """Precision without the papers that the list calls so and of which the log knows nothing."""
        found = self.found - sum(one.records and one.found is not None for one in self._unmatched())
        return self.matched / found if found else None

    @property
    def recall_of_both(self) -> float | None:
        """Recall without the transactions of whose date the list has no paper that it calls so."""
        logged = self.logged - sum(one.records and one.logged is not None for one in self._unmatched())
        return self.matched / logged if logged else None

    def _unmatched(self) -> list[Difference]:
        return [one for one in self.differences if one.what != "near"]


@dataclass(frozen=True, slots=True)
class StatusResult:
    """How one application stands, by the office's own words and by the reading."""

    history: str
    stated: str
    """The office's own words."""
    meaning: str | None
    """Which of `STATUSES` they are; `None` for words that `statuses.csv` does not know."""
    found: str
    explanation: str
    """Why they differ, by date; empty where they agree."""

    @property
    def agrees(self) -> bool:
        """Whether the reading comes to the status that the office states."""
        return self.meaning == self.found


@dataclass(frozen=True, slots=True)
class Totals:
    """What was read, counted."""

    histories: int
    compared: int
    """Histories whose log was at hand and whose office's log is known."""
    listed: int
    """Documents in the folder."""
    read: int
    """Documents in the table that was read: as many, for none is dropped."""
    known_side: int
    """Documents of which it is known who they are from."""
    unclassified: int
    undated: int
    """Documents without a date that can be read; they are compared with nothing."""
    rounds: int
    unexplained_rounds: int
    """Rounds without an outcome, or with neither an answer nor an explanation."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing a folder."""

    results: tuple[KindResult, ...]
    """In the order of `transactions.csv`; a kind that neither record has is there with zeros."""
    statuses: tuple[StatusResult, ...]
    """Of the applications whose status the index states."""
    totals: Totals

    def of(self, side: str) -> KindResult:
        """Add up the kinds of one side."""
        parts = [result for result in self.results if result.side == side]
        return KindResult(
            kind=side,
            label=GROUPS[side],
            side=side,
            days=None,
            logged=sum(part.logged for part in parts),
            found=sum(part.found for part in parts),
            matched=sum(part.matched for part in parts),
            differences=tuple(one for part in parts for one in part.differences),
        )


def compare(folder: Path, only: Collection[str] = ()) -> Comparison:
    """Read a folder and compare the reading with the offices' own logs.

    Args:
        folder: laid out as `components.prosecution.check.folder` says.
        only: the histories to compare; empty for all.

    Raises:
        FolderUnreadable: something is missing or damaged.
    """
    filed = read_folder(folder, only)
    tables = read_all(one.history for one in filed)
    offices = dict(zip(tables.histories["history"], tables.histories["office"], strict=True))
    matters = _matters(filed, tables)
    compared = [one for one in filed if one.transactions and kinds_of(offices[one.history.name])]
    kinds = dict.fromkeys(kind for one in compared for kind in kinds_of(offices[one.history.name]))
    return Comparison(
        results=tuple(
            _result(kind, [matters[one.history.name] for one in compared if offices[one.history.name] == kind.office])
            for kind in kinds
        ),
        statuses=tuple(_statuses(filed, tables)),
        totals=_totals(filed, len(compared), tables),
    )


def _matters(filed: Sequence[Filed], tables: Tables) -> dict[str, Matter]:
    """Put together what each history's two records hold."""
    labels = {category.name: category.label for category in category_list()}
    listed: dict[str, list[Listed]] = {one.history.name: [] for one in filed}
    documents = tables.documents[tables.documents["date"].notna()]
    columns = [documents[name] for name in ("history", "date", "code", "description", "category", "in_range")]
    for history, day, code, description, category, in_range in zip(*columns, strict=True):
        paper = Listed(day.date(), normalise_code(code), description, category, labels[category], in_range)
        listed[history].append(paper)
    answers: dict[str, dict[date, str]] = {one.history.name: {} for one in filed}
    extended: dict[str, set[date]] = {one.history.name: set() for one in filed}
    rounds = tables.rounds[tables.rounds["answered"].notna()]
    months = rounds["extension_months"].fillna(0)
    columns = [rounds[name] for name in ("history", "answered", "label", "opened")]
    for history, answered, label, opened, bought in zip(*columns, months, strict=True):
        answers[history][answered.date()] = f"{label[:1].lower()}{label[1:]} of {opened.date()}"
        if bought > 0:
            extended[history].add(answered.date())
    return {
        one.history.name: Matter(
            history=one.history.name,
            listed=listed[one.history.name],
            transactions=one.transactions or (),
            answers=answers[one.history.name],
            extended=frozenset(extended[one.history.name]),
        )
        for one in filed
    }


def _result(kind: Kind, matters: Sequence[Matter]) -> KindResult:
    counted = [0, 0, 0]
    found: list[Difference] = []
    for matter in matters:
        logged = {entry.date for entry in matter.transactions if is_named(entry.description, kind.log)}
        read = _days_read(kind, matter)
        matched, differing = differences(kind, matter, logged, read)
        counted = [sum(pair) for pair in zip(counted, (len(logged), len(read), matched), strict=True)]
        found += differing
    return KindResult(
        kind=kind.name,
        label=kind.label,
        side=kind.group,
        days=kind.days,
        logged=counted[0],
        found=counted[1],
        matched=counted[2],
        differences=tuple(found),
    )


def _days_read(kind: Kind, matter: Matter) -> set[date]:
    if kind.read_from == "extensions":
        return set(matter.extended)
    return {
        paper.day
        for paper in matter.listed
        if paper.in_range and (paper.category in kind.categories or is_named(paper.code, kind.codes))
    }


def _statuses(filed: Sequence[Filed], tables: Tables) -> Iterator[StatusResult]:
    columns = [tables.histories[name] for name in ("office", "status", "last_document")]
    for one, office, found, last in zip(filed, *columns, strict=True):
        stated = " ".join(one.row.get("status", "").split())
        if not stated:
            continue
        meaning = meaning_of(office, stated)
        explanation = ""
        if meaning is None:
            explanation = "statuses.csv does not know these words"
        elif meaning != found:
            explanation = _why_otherwise(one, last)
        yield StatusResult(one.history.name, stated, meaning, found, explanation)


def _why_otherwise(one: Filed, last: pd.Timestamp) -> str:
    """Say as of when the reading speaks, and whether the log goes on."""
    if pd.isna(last):
        return "the list has no dated paper"
    later = [entry for entry in one.transactions or () if entry.date > last.date()]
    so_far = f"as of the last listed paper, {last.date()}"
    if not later:
        return so_far
    end = max(later, key=lambda entry: entry.date)
    return f'{so_far}; the log goes on to {end.date}, "{end.description}"'


def _totals(filed: Sequence[Filed], compared: int, tables: Tables) -> Totals:
    documents, rounds = tables.documents, tables.rounds
    accounted = (rounds["answer"] != "") | (rounds["explanation"] != "")
    return Totals(
        histories=len(filed),
        compared=compared,
        listed=sum(one.history.held for one in filed),
        read=len(documents),
        known_side=int((documents["side"] != UNCLASSIFIED).sum()),
        unclassified=int((documents["category"] == UNCLASSIFIED).sum()),
        undated=int(documents["date"].isna().sum()),
        rounds=len(rounds),
        unexplained_rounds=int((rounds["outcome"].isna() | ~accounted).sum()),
    )
