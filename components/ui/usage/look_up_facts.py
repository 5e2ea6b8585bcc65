"""What each look-up of one person came to: what was kept of it when it began and ended, and its rows in the ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from components.store import LedgerRow, LookUpRecord

_MOST_REASONS: Final = 3
"""How many reasons stand in the message of a look-up."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a look-up ended, in words."""

    words: str
    advice: str = ""
    """What to do, where the look-up itself left no message."""


_OUTCOMES = {
    "running": _Outcome("under way"),
    "finished": _Outcome("finished"),
    "stopped": _Outcome("stopped", "Somebody stopped it. What had arrived is kept; the rest was not charged."),
    "halted": _Outcome("ended early"),
    "interrupted": _Outcome(
        "interrupted",
        "A crash or a restart of the app ended it. What had arrived is kept; look the same numbers up again to buy the "
        "rest: what is held is free, and what may have been charged is asked about first.",
    ),
}
_NOT_RECORDED = _Outcome("not recorded", "Of this look-up only its rows in the ledger are known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpFacts:
    """One look-up."""

    run: str
    begun: datetime
    ended: datetime | None
    outcome: str
    """How it ended, in words for the user."""
    message: str
    """Why it ended early or brought less than was asked, and what to do; empty where there is nothing to say."""
    refresh: bool
    numbers: tuple[tuple[str, str], ...]
    """Each number as it was typed and as it was read; of a refresh, the keys of the histories."""
    charged: int
    uncertain: int
    under_way: int
    held: int
    """Numbers that were served without a charge, because their histories were held."""
    calls: int
    request_ids: tuple[str, ...]
    """Of its calls, the first first."""


def look_up_facts(records: Sequence[LookUpRecord], rows: Iterable[LedgerRow]) -> list[LookUpFacts]:
    """Return every look-up, the last begun first.

    Args:
        records: what was kept of one person's look-ups. One without a record, because it was made before look-ups were
            recorded, is known by its rows.
        rows: the person's rows of the ledger, newest first, only the last one of each number of each call.
    """
    rows_by_run: dict[str, list[LedgerRow]] = {}
    for row in reversed(list(rows)):
        rows_by_run.setdefault(row.run, []).append(row)
    facts = [_of_record(record, rows_by_run.pop(record.run, [])) for record in records]
    facts += [_of_rows(run, its_rows) for run, its_rows in rows_by_run.items()]
    return sorted(facts, key=lambda each: each.begun, reverse=True)


def _of_record(record: LookUpRecord, rows: list[LedgerRow]) -> LookUpFacts:
    outcome = _OUTCOMES.get(record.state, _Outcome(record.state))
    message = record.message or " ".join(filter(None, [outcome.advice, *_reasons(rows)]))
    states = Counter(row.state for row in rows)
    request_ids = _request_ids(rows)
    return LookUpFacts(
        run=record.run,
        begun=record.begun_at,
        ended=record.ended_at,
        outcome=outcome.words,
        message=message,
        refresh=record.refresh,
        numbers=record.numbers,
        charged=states["billed"],
        uncertain=states["uncertain"],
        under_way=states["reserved"],
        held=record.held,
        calls=max(record.calls, len(request_ids)),  # its own count is written when it ends
        request_ids=request_ids,
    )


def _of_rows(run: str, rows: list[LedgerRow]) -> LookUpFacts:
    states = Counter(row.state for row in rows)
    numbers = dict.fromkeys(row.number for row in rows)
    request_ids = _request_ids(rows)
    return LookUpFacts(
        run=run,
        begun=min(row.reserved_at for row in rows),
        ended=None,
        outcome=_NOT_RECORDED.words,
        message=_NOT_RECORDED.advice,
        refresh=False,
        numbers=tuple((number, number) for number in numbers),
        charged=states["billed"],
        uncertain=states["uncertain"],
        under_way=states["reserved"],
        held=0,
        calls=len(request_ids),
        request_ids=request_ids,
    )


def _reasons(rows: Sequence[LedgerRow]) -> list[str]:
    """Return why numbers were not charged or may have been, in sentences: the most frequent reasons first.

    What was refused once and charged by a later call has no reason any more.
    """
    charged = {row.number for row in rows if row.state == "billed"}
    noted = [row for row in rows if row.note and row.state in {"released", "uncertain"} and row.number not in charged]
    reasons = Counter(row.note for row in noted)
    left = len(reasons) - _MOST_REASONS
    words = [f"{count:,} × {note.rstrip('.')}." for note, count in reasons.most_common(_MOST_REASONS)]
    return [*words, f"{left:,} more reasons stand in the ledger."] if left > 0 else words


def _request_ids(rows: Iterable[LedgerRow]) -> tuple[str, ...]:
    """Return the ids of the calls, in the order in which their numbers were reserved."""
    ordered = sorted(rows, key=lambda row: row.reserved_at)
    return tuple(dict.fromkeys(row.request_id for row in ordered))
