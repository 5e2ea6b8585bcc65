"""Whose turn it was: the pendency of an application divided between Office and applicant.

The applicant's days are those on which it owed an answer: from an action to its complete reply, from a notice of
allowance to the issue fee, from an abandonment to the petition; and, where an office waits for a request for
examination, those before the request. A reply after final that is refused does not stop the clock. All other days are
the Office's, so that both together are the pendency.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from components.prosecution.rounds import Round
from components.prosecution.vocabulary import category_index

OPTIONAL = frozenset({category_index()["examiners_answer"], category_index()["abandonment"]})
"""What the applicant may leave unanswered, or the Office undo by itself: its turn only if it answers."""


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


def applicant_days(rounds: Sequence[Round], *, start: date, end: date, requested: date | None = None) -> int:
    """Count the days of the applicant's turns between filing and end."""
    return sum(
        (last - first) // timedelta(days=1)
        for first, last in applicants_turns(rounds, start=start, end=end, requested=requested)
    )
