"""Comparison of what is read from the list with the office's own log of transactions, which is never an input.

For each kind of event two numbers: of the dates that the log has, how many the reading found (recall), and of the dates
that the reading found, how many the log has (precision). Where they differ, the list of documents itself often lacks
the paper, or the log the transaction; each difference says why, as far as rules can.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from components.prosecution.check.differences import ComparedHistory, Difference, ListedDocument, differences
from components.prosecution.check.folder import FolderHistory, read_folder
from components.prosecution.check.kinds import EVENT_GROUP_LABELS, EventGroup, EventKind, is_named, kinds_of
from components.prosecution.check.log_alone import LogAlone, log_alone
from components.prosecution.check.stated import StatusResult, status_results
from components.prosecution.law.categories import Category, category_named
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.vocabulary import Side
from components.prosecution.reading import read_histories
from components.prosecution.tables import Tables


@dataclass(frozen=True, slots=True)
class KindResult:
    """The result for one kind of event, or a group of kinds, over all histories that have a log."""

    kind: str
    """Name in `transactions.csv`; a group of kinds has the group's name."""
    label: str
    side: EventGroup
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
        """Precision without the papers that the list describes as such an event but that the log lacks."""
        found_in_both = self.found - sum(
            difference.between_records and difference.found is not None for difference in self._unmatched()
        )
        return self.matched / found_in_both if found_in_both else None

    @property
    def recall_of_both(self) -> float | None:
        """Recall without the transactions on whose date the list describes no paper as such an event."""
        logged_in_both = self.logged - sum(
            difference.between_records and difference.logged is not None for difference in self._unmatched()
        )
        return self.matched / logged_in_both if logged_in_both else None

    def _unmatched(self) -> list[Difference]:
        return [difference for difference in self.differences if difference.mismatch != "near"]


@dataclass(frozen=True, slots=True)
class ComparisonTotals:
    """What was read, counted."""

    histories: int
    compared: int
    """Histories with a log, of an office whose log can be read."""
    listed: int
    """Documents in the folder."""
    read: int
    """Rows of the table `documents`: the same number, because no document is dropped."""
    known_side: int
    """Documents whose sender is known."""
    unclassified: int
    undated: int
    """Documents without a date that can be read; they are compared with nothing."""
    rounds: int
    unexplained_rounds: int
    """Rounds without an outcome, or with neither an answer nor an explanation."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a folder."""

    results: tuple[KindResult, ...]
    """In the order of `transactions.csv`; a kind that occurs in neither record has zeros."""
    statuses: tuple[StatusResult, ...]
    """Of the applications whose status the index states."""
    alone: tuple[LogAlone, ...]
    """What the compared logs hold with which nothing is compared, of offices of which that was gathered."""
    totals: ComparisonTotals

    def of(self, side: EventGroup) -> KindResult:
        """Add up the kinds of one side."""
        parts = [result for result in self.results if result.side == side]
        return KindResult(
            kind=side,
            label=EVENT_GROUP_LABELS[side],
            side=side,
            days=None,
            logged=sum(part.logged for part in parts),
            found=sum(part.found for part in parts),
            matched=sum(part.matched for part in parts),
            differences=tuple(difference for part in parts for difference in part.differences),
        )


def compare(folder: Path, only: Collection[str] = ()) -> Comparison:
    """Read a folder and compare the reading with the offices' own logs.

    Args:
        folder: laid out as `components.prosecution.check.folder` says.
        only: the histories to compare; empty for all.

    Raises:
        FolderUnreadable: something is missing or damaged.
    """
    histories = read_folder(folder, only)
    tables = read_histories(folder_history.history for folder_history in histories)
    offices = dict(zip(tables.histories["history"], tables.histories["office"], strict=True))
    by_name = _compared_histories(histories, tables)
    compared = [name for name, history in by_name.items() if history.transactions and kinds_of(offices[name])]
    kinds = dict.fromkeys(kind for name in compared for kind in kinds_of(offices[name]))
    return Comparison(
        results=tuple(
            _result(kind, [by_name[name] for name in compared if offices[name] == kind.office]) for kind in kinds
        ),
        statuses=tuple(status_results(histories, tables)),
        alone=log_alone([(offices[name], by_name[name].transactions) for name in compared]),
        totals=_totals(histories, len(compared), tables),
    )


def _compared_histories(histories: Sequence[FolderHistory], tables: Tables) -> dict[str, ComparedHistory]:
    """Return what each history's two records hold, by the name of the history."""
    names = [folder_history.history.name for folder_history in histories]
    listed = _listed(names, tables)
    answers: dict[str, dict[date, str]] = {name: {} for name in names}
    extended: dict[str, set[date]] = {name: set() for name in names}
    rounds = tables.rounds[tables.rounds["answered"].notna()]
    months = rounds["extension_months"].fillna(0)
    columns = [rounds[column] for column in ("history", "answered", "label", "opened")]
    for name, answered, label, opened, extension in zip(*columns, months, strict=True):
        answers[name][answered.date()] = f"{label[:1].lower()}{label[1:]} of {opened.date()}"
        if extension > 0:
            extended[name].add(answered.date())
    return {
        folder_history.history.name: ComparedHistory(
            name=folder_history.history.name,
            listed=listed[folder_history.history.name],
            transactions=folder_history.transactions or (),
            answers=answers[folder_history.history.name],
            extended=frozenset(extended[folder_history.history.name]),
        )
        for folder_history in histories
    }


def _listed(names: Sequence[str], tables: Tables) -> dict[str, list[ListedDocument]]:
    """Return the dated documents of each history, by its name."""
    listed: dict[str, list[ListedDocument]] = {name: [] for name in names}
    documents = tables.documents[tables.documents["date"].notna()]
    columns = [documents[column] for column in ("history", "date", "code", "description", "category", "in_range")]
    for name, day, code, description, category, in_range in zip(*columns, strict=True):
        paper = ListedDocument(day.date(), normalise_code(code), description, category_named(category), in_range)
        listed[name].append(paper)
    return listed


def _result(kind: EventKind, histories: Sequence[ComparedHistory]) -> KindResult:
    logged_dates = found_dates = matched_dates = 0
    all_differences: list[Difference] = []
    for history in histories:
        logged = {
            transaction.date for transaction in history.transactions if is_named(transaction.description, kind.log)
        }
        read_dates = _days_read(kind, history)
        matched, differing = differences(kind, history, logged, read_dates)
        logged_dates += len(logged)
        found_dates += len(read_dates)
        matched_dates += matched
        all_differences += differing
    return KindResult(
        kind=kind.name,
        label=kind.label,
        side=kind.group,
        days=kind.days,
        logged=logged_dates,
        found=found_dates,
        matched=matched_dates,
        differences=tuple(all_differences),
    )


def _days_read(kind: EventKind, history: ComparedHistory) -> set[date]:
    if kind.read_from == "extensions":
        return set(history.extended)
    days = {
        paper.day
        for paper in history.listed
        if paper.in_range and (paper.category in kind.categories or is_named(paper.code, kind.codes))
    }
    return {min(days)} if days and kind.read_from == "first document" else days


def _totals(histories: Sequence[FolderHistory], compared: int, tables: Tables) -> ComparisonTotals:
    documents, rounds = tables.documents, tables.rounds
    accounted = (rounds["answer"] != "") | (rounds["explanation"] != "")
    return ComparisonTotals(
        histories=len(histories),
        compared=compared,
        listed=sum(folder_history.history.documents_held for folder_history in histories),
        read=len(documents),
        known_side=int((documents["side"] != Side.UNCLASSIFIED.table_name).sum()),
        unclassified=int((documents["category"] == Category.UNCLASSIFIED.table_name).sum()),
        undated=int(documents["date"].isna().sum()),
        rounds=len(rounds),
        unexplained_rounds=int((rounds["outcome"].isna() | ~accounted).sum()),
    )
