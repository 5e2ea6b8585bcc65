"""What followed by law where an answer came after the last day, though no paper of the list says so.

An application is abandoned, and an appeal dismissed, by the passing of the day (35 USC 133, 37 CFR 41.37(b)); a notice
only tells of it and may come months later. What follows is in `pairings.csv`.
"""

from collections.abc import Sequence
from dataclasses import replace

from components.prosecution.examination.outcomes import RoundOutcome
from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.status import StatusAndDates
from components.prosecution.law.vocabulary import CLOSED_STATUSES
from components.prosecution.papers.nouns import noun_of_label
from components.words import day


def lapse_in_words(rounds: Sequence[Round], outcomes: Sequence[RoundOutcome]) -> str:
    """Return what followed if the last answer came too late and the Office has not gone on since; else nothing.

    Args:
        rounds: the rounds of a history, in the order in which they were opened.
        outcomes: what became of each.
    """
    late = _late_round(rounds, outcomes)
    if late is None or late.answer is None or late.deadline is None:
        return ""
    came = f"the {noun_of_label(late.answer.label)} of {day(late.answer.day)}"
    return f"{came} came after the last day, {day(late.deadline.last)} (computed): if so, {late.pairing.late}"


def late_submission(rounds: Sequence[Round], outcomes: Sequence[RoundOutcome]) -> int | None:
    """Return the number of the submission of which `lapse_in_words` tells; `None` if it tells of none."""
    late = _late_round(rounds, outcomes)
    return late.answer.submission if late and late.answer else None


def _late_round(rounds: Sequence[Round], outcomes: Sequence[RoundOutcome]) -> Round | None:
    """Return the last round that was answered too late, if the Office opened none since."""
    found: Round | None = None
    for round_, outcome in zip(rounds, outcomes, strict=True):
        answer = found.answer if found else None
        if answer and round_.opening.by_office and round_.opening.day > answer.day:
            found = None
        if outcome.name == "late" and round_.pairing.late:
            found = round_
    return found


def with_lapse(standing: StatusAndDates, lapse: str) -> StatusAndDates:
    """Return how an application stands, with the doubt that it may have ended by law (`lapse_in_words`)."""
    if not lapse or standing.status in CLOSED_STATUSES:
        return standing
    return replace(standing, doubt="; ".join(filter(None, (standing.doubt, lapse))))
