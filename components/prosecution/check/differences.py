"""Where an office's log and the reading of its list differ on one kind of event, and why, as far as rules can say.

Events are told apart by their date, for the log often repeats one act: an IDS makes up to four transactions.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from components.prosecution.check.folder import Transaction
from components.prosecution.check.kinds import Kind, is_named, known_differences

SAME_EVENT: Final = 120
"""Days within which what only the log has and what only the list has are taken for one event under two dates."""
SHOWN: Final = 14
"""Days after a filing within which a transaction shows it: a brief is reviewed, a fee verified."""
NAMED: Final = 3
"""How many papers or transactions of a day a reason names."""

What = Literal["near", "other date", "log only", "list only"]
"""How log and list differ on an event. `near` counts as matched: no further apart than the kind allows, or entered on
the day on which the log shows it dealt with."""


class Listed(NamedTuple):
    """One dated document of the list."""

    day: date
    code: str
    """As the tables of codes spell it."""
    description: str
    """What the office calls it."""
    category: str
    """What the reading makes of it."""
    label: str
    in_range: bool
    """Whether it has part in the story; a paper of an impossible date has not."""


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
    what: What
    records: bool
    """Whether the two records of the office themselves differ: the list calls no paper of the log's date so, or does
    call one so of which the log knows nothing. Judged by the list's own descriptions, not by the reading."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One history as both records have it, for looking up reasons."""

    history: str
    listed: Sequence[Listed]
    transactions: Sequence[Transaction]
    answers: Mapping[date, str]
    """What the reading says was answered on a day: "board decision of 2013-05-30"."""
    extended: frozenset[date]
    """The days of answers that needed an extension of time, as the reading computes it."""


def match(logged: Iterable[date], found: Iterable[date], days: int) -> list[tuple[date, date]]:
    """Pair dates one to one, the nearest first, none further apart than `days`; in the order of the log."""
    pairs = [(abs((one - other).days), one, other) for one in logged for other in found]
    taken: list[tuple[date, date]] = []
    for apart, one, other in sorted(pairs):
        if apart <= days and all(one != pair[0] and other != pair[1] for pair in taken):
            taken.append((one, other))
    return sorted(taken)


def differences(kind: Kind, matter: Matter, logged: set[date], found: set[date]) -> tuple[int, list[Difference]]:
    """Compare the dates of one kind in one history.

    Args:
        kind: the kind.
        matter: the history.
        logged: the dates on which the log has it.
        found: the dates on which the reading has it.

    Returns:
        How many of the dates match, and every difference with its reason, in order of date.
    """
    matched = match(logged, found, kind.days)
    log_only, list_only = logged - {pair[0] for pair in matched}, found - {pair[1] for pair in matched}
    apart = match(log_only, list_only, SAME_EVENT)
    # What is received one day and entered only on the day on which the log shows it dealt with is one act.
    entered = [pair for pair in apart if pair[0] > pair[1] and _shown(kind, matter, pair[0], 0) is not None]
    log_only, list_only = log_only - {pair[0] for pair in apart}, list_only - {pair[1] for pair in apart}
    told: list[tuple[date | None, date | None, What, str]] = []
    told += [(one, other, "near", _apart(one, other)) for one, other in matched if one != other]
    told += [
        (one, other, "near" if (one, other) in entered else "other date", _other_date(kind, matter, one, other))
        for one, other in apart
    ]
    told += [(one, None, "log only", _log_only(matter, one)) for one in log_only]
    told += [(None, other, "list only", _list_only(kind, matter, other)) for other in list_only]
    told.sort(key=lambda entry: entry[0] or entry[1] or date.min)
    return len(matched) + len(entered), [
        Difference(
            history=matter.history,
            kind=kind.name,
            label=kind.label,
            logged=one,
            found=other,
            reason=_known(kind, matter, one) or _known(kind, matter, other) or reason,
            what=what,
            records=_between_records(kind, matter, one, other),
        )
        for one, other, what, reason in told
    ]


def _known(kind: Kind, matter: Matter, day: date | None) -> str:
    return known_differences().get((matter.history, kind.name, day), "") if day else ""


def _between_records(kind: Kind, matter: Matter, logged: date | None, found: date | None) -> bool:
    """Say whether the list's own descriptions bear out the reading: a paper where it found one, none where not.

    What is computed from dates needs no paper of its own, so its absence excuses nothing.
    """
    if logged and kind.read_from != "documents":
        return False
    called_so = {paper.day for paper in matter.listed if _calls(paper.description, kind.words)}
    near = {logged + timedelta(days=step) for step in range(-kind.days, kind.days + 1)} if logged else set()
    return (found is None or found in called_so) and not (near - {found}) & called_so


def _calls(description: str, words: tuple[str, ...]) -> bool:
    """Say whether a description has any of the words; "non-final rejection" does not have "final rejection"."""
    text = description.casefold()
    return any(re.search(rf"(?<!\w)(?<!non-){re.escape(word)}", text) for word in words)


def _apart(logged: date, found: date) -> str:
    days = (logged - found).days
    return f"the log dates it {_days(abs(days))} {'after' if days > 0 else 'before'} the list"


def _other_date(kind: Kind, matter: Matter, logged: date, found: date) -> str:
    shown = _shown(kind, matter, logged, 0)
    return _apart(logged, found) + (f', on the day of "{shown.description}"' if shown else "")


def _log_only(matter: Matter, day: date) -> str:
    papers = [paper.label for paper in matter.listed if paper.day == day]
    if not papers:
        return _outside("list", day, [paper.day for paper in matter.listed]) or "the list holds no paper of that day"
    return f"the list holds no such paper: only {_enumerated(papers)} of that day"


def _list_only(kind: Kind, matter: Matter, day: date) -> str:
    answered = f"; it answers the {matter.answers[day]}" if day in matter.answers else ""
    shown = _shown(kind, matter, day, SHOWN)
    if shown:
        later = (shown.date - day).days
        return f'the log shows it only by "{shown.description}", {f"{_days(later)} later" if later else "that day"}'
    others = [f'"{entry.description}"' for entry in matter.transactions if entry.date == day]
    if not others:
        outside = _outside("log", day, [entry.date for entry in matter.transactions])
        return (outside or "the log has no transaction of that day") + answered
    return f"the log has no such transaction: only {_enumerated(others)} of that day{answered}"


def _outside(record: str, day: date, dates: Sequence[date]) -> str:
    """Say where a record begins or ends, if the day lies beyond; else nothing."""
    if not dates:
        return f"the {record} has no dates"
    if day < min(dates):
        return f"the {record} begins on {min(dates)}"
    return f"the {record} ends on {max(dates)}" if day > max(dates) else ""


def _shown(kind: Kind, matter: Matter, day: date, within: int) -> Transaction | None:
    """Find the first transaction that shows an event of a day."""
    found = [
        entry
        for entry in matter.transactions
        if 0 <= (entry.date - day).days <= within and is_named(entry.description, kind.shown_by)
    ]
    return min(found, key=lambda entry: entry.date, default=None)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _enumerated(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = len(distinct) - NAMED
    named = [*distinct[:NAMED], f"{more} more"] if more > 0 else distinct
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
