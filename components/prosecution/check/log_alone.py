"""What a log holds with which nothing is compared: events that have no paper, and words that no table knows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from components.prosecution.check.folder import LoggedTransaction
from components.prosecution.check.kinds import is_named, kinds_of, unlisted_of

UNKNOWN: Final = "no table knows it, so it is compared with nothing"


@dataclass(frozen=True, slots=True)
class LogAlone:
    """Transactions of one name with which nothing is compared."""

    description: str
    """The office's own words."""
    times: int
    why: str


def log_alone(logs: Iterable[tuple[str, Sequence[LoggedTransaction]]]) -> tuple[LogAlone, ...]:
    """Return the transactions with which nothing is compared, the unknown first, then the most frequent.

    One that only shows an event that is compared (`EventKind.shown_by`) is none of them.

    Args:
        logs: the office and the transactions of each history that is compared; an office of which it was not gathered
            what its log alone holds is left out.
    """
    times: Counter[tuple[str, str]] = Counter()
    for office, transactions in logs:
        compared = [name for kind in kinds_of(office) for name in (*kind.log, *kind.shown_by)]
        for transaction in transactions if unlisted_of(office) else ():
            if not is_named(transaction.description, tuple(compared)):
                times[" ".join(transaction.description.split()), _why(office, transaction.description)] += 1
    found = [LogAlone(description, count, why) for (description, why), count in times.items()]
    return tuple(sorted(found, key=lambda alone: (alone.why != UNKNOWN, -alone.times, alone.description)))


def _why(office: str, description: str) -> str:
    return next((row.why for row in unlisted_of(office) if is_named(description, row.log)), UNKNOWN)
