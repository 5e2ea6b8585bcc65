"""The differences between an office's log and the list on one kind of event, with a reason where a rule gives one.

Events are identified by their date, because the log often repeats one act: an IDS makes up to four transactions.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from components.prosecution.check.folder import LoggedTransaction
from components.prosecution.check.kinds import EventKind, is_named, known_differences
from components.prosecution.law.categories import Category
from components.words import counted

SAME_EVENT_DAYS: Final = 120
"""An event that only the log has and one that only the list has are one if at most so many days lie between."""
SHOWN_WITHIN_DAYS: Final = 14
"""A transaction at most so many days after a filing shows the filing: a brief is reviewed, a fee verified."""
MAX_NAMED: Final = 3
"""How many papers or transactions of a day a reason names."""

Mismatch = Literal["near", "other date", "log only", "list only"]
"""How log and list differ on an event. `near` counts as matched: the dates are no further apart than the kind allows,
or the log enters the paper on the day on which the Office dealt with it."""


class ListedDocument(NamedTuple):
    """One dated document of the list."""

    day: date
    code: str
    """As the tables of codes spell it."""
    description: str
    """What the office calls it."""
    category: Category
    """What the reading makes of it."""
    in_range: bool
    """Whether its date is plausible; other papers are no part of the story."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One event on which log and reading differ."""

    history: str
    kind: str
    label: str
    logged: date | None
    """Its date in the log; `None` if the log has no such event."""
    found: date | None
    """Its date in the list; `None` if none is found there."""
    reason: str
    mismatch: Mismatch
    between_records: bool
    """Whether the office's own two records differ: the list describes no paper of the log's date as such an event, or
    describes one that the log lacks. The list's own descriptions decide, not the classification."""


@dataclass(frozen=True, slots=True)
class ComparedHistory:
    """One history in both records, from which reasons are found."""

    name: str
    listed: Sequence[ListedDocument]
    transactions: Sequence[LoggedTransaction]
    answers: Mapping[date, str]
    """What the reading finds answered on a day: "board decision of 2013-05-30"."""
    extended: frozenset[date]
    """The days of answers that needed an extension of time, as the reading computes it."""


class _DatedDifference(NamedTuple):
    logged: date | None
    found: date | None
    mismatch: Mismatch
    reason: str


def pair_dates(logged: Iterable[date], listed: Iterable[date], days: int) -> list[tuple[date, date]]:
    """Pair dates one to one, the nearest first, none further apart than `days`; in the order of the log."""
    listed = list(listed)
    candidates = [(abs((in_log - in_list).days), in_log, in_list) for in_log in logged for in_list in listed]
    pairs: dict[date, date] = {}
    used: set[date] = set()
    for apart, in_log, in_list in sorted(candidates):
        if apart <= days and in_log not in pairs and in_list not in used:
            pairs[in_log] = in_list
            used.add(in_list)
    return sorted(pairs.items())


def differences(
    kind: EventKind, history: ComparedHistory, logged: set[date], found: set[date]
) -> tuple[int, list[Difference]]:
    """Compare the dates of one kind in one history.

    Args:
        kind: the kind.
        history: the history, as both records have it.
        logged: the dates on which the log has it.
        found: the dates on which the reading has it.

    Returns:
        How many of the dates match, and every difference with its reason, in order of date.
    """
    matched = pair_dates(logged, found, kind.days)
    log_only, list_only = logged - {pair[0] for pair in matched}, found - {pair[1] for pair in matched}
    apart = pair_dates(log_only, list_only, SAME_EVENT_DAYS)
    # A paper that was received one day, and that the log enters when the Office dealt with it, is one act.
    entered = [pair for pair in apart if pair[0] > pair[1] and _shown_by(kind, history, pair[0], 0) is not None]
    log_only, list_only = log_only - {pair[0] for pair in apart}, list_only - {pair[1] for pair in apart}
    dated = [_DatedDifference(*pair, "near", _how_far_apart(*pair)) for pair in matched if pair[0] != pair[1]]
    dated += [
        _DatedDifference(*pair, "near" if pair in entered else "other date", _why_other_date(kind, history, *pair))
        for pair in apart
    ]
    dated += [_DatedDifference(day, None, "log only", _why_log_only(history, day)) for day in log_only]
    dated += [_DatedDifference(None, day, "list only", _why_list_only(kind, history, day)) for day in list_only]
    dated.sort(key=lambda difference: difference.logged or difference.found or date.min)
    return len(matched) + len(entered), [_difference(kind, history, difference) for difference in dated]


def _difference(kind: EventKind, history: ComparedHistory, dated: _DatedDifference) -> Difference:
    return Difference(
        history=history.name,
        kind=kind.name,
        label=kind.label,
        logged=dated.logged,
        found=dated.found,
        reason=_known_reason(kind, history, dated.logged) or _known_reason(kind, history, dated.found) or dated.reason,
        mismatch=dated.mismatch,
        between_records=_is_between_records(kind, history, dated.logged, dated.found),
    )


def _known_reason(kind: EventKind, history: ComparedHistory, day: date | None) -> str:
    return known_differences().get((history.name, kind.name, day), "") if day else ""


def _is_between_records(kind: EventKind, history: ComparedHistory, logged: date | None, found: date | None) -> bool:
    """Return whether the list's own descriptions agree with the reading, so that only the two records differ.

    They agree if they describe such a paper on the date found, and none near the date logged. Events that are computed
    from dates have no paper of their own, so the list's descriptions say nothing about them.
    """
    if logged and kind.read_from != "documents":
        return False
    described = {paper.day for paper in history.listed if _describes(paper.description, kind.words)}
    near = {logged + timedelta(days=step) for step in range(-kind.days, kind.days + 1)} if logged else set()
    return (found is None or found in described) and not (near - {found}) & described


def _describes(description: str, words: tuple[str, ...]) -> bool:
    """Return whether a description has any of the words; "non-final rejection" does not have "final rejection"."""
    text = description.casefold()
    return any(re.search(rf"(?<!\w)(?<!non-){re.escape(word)}", text) for word in words)


def _how_far_apart(logged: date, found: date) -> str:
    days = (logged - found).days
    return f"the log dates it {counted(abs(days), 'day')} {'after' if days > 0 else 'before'} the list"


def _why_other_date(kind: EventKind, history: ComparedHistory, logged: date, found: date) -> str:
    transaction = _shown_by(kind, history, logged, 0)
    return _how_far_apart(logged, found) + (f', on the day of "{transaction.description}"' if transaction else "")


def _why_log_only(history: ComparedHistory, day: date) -> str:
    papers = [paper.category.facts.label for paper in history.listed if paper.day == day]
    if not papers:
        return (
            _where_record_ends("list", day, [paper.day for paper in history.listed])
            or "the list holds no paper of that day"
        )
    return f"the list holds no such paper: only {_enumerated(papers)} of that day"


def _why_list_only(kind: EventKind, history: ComparedHistory, day: date) -> str:
    answered = f"; it answers the {history.answers[day]}" if day in history.answers else ""
    transaction = _shown_by(kind, history, day, SHOWN_WITHIN_DAYS)
    if transaction:
        later = (transaction.date - day).days
        when = f"{counted(later, 'day')} later" if later else "that day"
        return f'the log shows it only by "{transaction.description}", {when}'
    others = [f'"{transaction.description}"' for transaction in history.transactions if transaction.date == day]
    if not others:
        outside = _where_record_ends("log", day, [transaction.date for transaction in history.transactions])
        return (outside or "the log has no transaction of that day") + answered
    return f"the log has no such transaction: only {_enumerated(others)} of that day{answered}"


def _where_record_ends(record: str, day: date, dates: Sequence[date]) -> str:
    """Return where a record begins or ends if the day lies outside it; else an empty text."""
    if not dates:
        return f"the {record} has no dates"
    if day < min(dates):
        return f"the {record} begins on {min(dates)}"
    return f"the {record} ends on {max(dates)}" if day > max(dates) else ""


def _shown_by(kind: EventKind, history: ComparedHistory, day: date, within: int) -> LoggedTransaction | None:
    """Return the first transaction that shows an event of a day, no more than `within` days later."""
    showing = [
        transaction
        for transaction in history.transactions
        if 0 <= (transaction.date - day).days <= within and is_named(transaction.description, kind.shown_by)
    ]
    return min(showing, key=lambda transaction: transaction.date, default=None)


def _enumerated(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = len(distinct) - MAX_NAMED
    named = [*distinct[:MAX_NAMED], f"{more} more"] if more > 0 else distinct
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
