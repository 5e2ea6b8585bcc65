"""Whose turn it was: the pendency of an application divided between Office and applicant.

The applicant's days are those on which it owed an answer: from an action to its complete reply, from a notice of
allowance to the issue fee, from an abandonment to the petition; and, where an office waits for a request for
examination, those before the request. A reply after final that is refused does not stop the clock. All other days are
the Office's, so that both together are the pendency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from components.prosecution.examination.rounds import Round
from components.prosecution.law.vocabulary import SIDES, category_index
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.plausible_dates import as_date, as_number

OPTIONAL: Final = frozenset({category_index()["examiners_answer"], category_index()["abandonment"]})
"""What the applicant may leave unanswered, or the Office undo by itself: its turn only if it answers."""
_REQUEST: Final = frozenset({category_index()["examination_request"]})
_OFFICE, _APPLICANT = SIDES.index("office"), SIDES.index("applicant")


@dataclass(frozen=True, slots=True)
class Turn:
    """A span of time in which one side had to act: from `first` up to, but without, `last`."""

    by_applicant: bool
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return (self.last - self.first) // timedelta(days=1)


def _needs_none(entry: Round) -> bool:
    """Say whether nobody waits for the applicant, although it has not answered."""
    return entry.pairing.opens in OPTIONAL or entry.suspended


def _begin(entry: Round) -> date:
    """Give the day from which the Office waits: where a request let the period rest, that of the decision on it."""
    return entry.refused if entry.suspended and entry.refused is not None else entry.opening.day


def applicants_turns(
    rounds: Sequence[Round], *, start: date, end: date, requested: date | None = None
) -> list[tuple[date, date]]:
    """Give the spans of time in which the applicant owed an answer, apart from each other, oldest first.

    Args:
        rounds: the rounds of a history.
        start: the filing; nothing before it counts.
        end: the end of the pendency, or the last listed document of an open file.
        requested: the request for examination, where an office waits for one.
    """
    spans = sorted(
        (max(_begin(entry), start), min(entry.ended or end, end))
        for entry in rounds
        if entry.pairing.by_applicant and (entry.answer is not None or not _needs_none(entry))
    )
    if requested is not None:
        spans.insert(0, (start, min(requested, end)))
    found: list[tuple[date, date]] = []
    for first, last in spans:
        if last <= first:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def turns_of(rounds: Sequence[Round], acts: Sequence[Act], *, filed: int, end: int) -> list[Turn]:
    """Divide the time from filing to end between Office and applicant: adjoining turns, oldest first.

    Args:
        rounds: the rounds of a history.
        acts: its acts, among them the request for examination where an office waits for one.
        filed: day of filing, `yyyymmdd`; 0 if the list does not show it.
        end: day of issue or abandonment, of an open file its last listed document; 0 if there is none.

    Returns:
        Nothing without a filing, or if nothing came after it.
    """
    if not filed or end <= filed:
        return []
    start, stop = as_date(filed), as_date(end)
    requested = next((act.day for act in acts if act.has(_REQUEST)), None)
    found, since = [], start
    for first, last in applicants_turns(rounds, start=start, end=stop, requested=requested):
        if since < first:
            found.append(Turn(by_applicant=False, first=since, last=first))
        found.append(Turn(by_applicant=True, first=first, last=last))
        since = last
    if since < stop:
        found.append(Turn(by_applicant=False, first=since, last=stop))
    return found


def turn_columns(history: str, turns: Sequence[Turn]) -> Mapping[str, Any]:
    """Give the columns of `turns` for one history."""
    return {
        "history": [history] * len(turns),
        "side": [_APPLICANT if turn.by_applicant else _OFFICE for turn in turns],
        "first": [as_number(turn.first) for turn in turns],
        "last": [as_number(turn.last) for turn in turns],
    }
