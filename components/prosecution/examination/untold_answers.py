"""Answers that no status tells: a payment, or claims without a letter, after which the Office has to act.

How an application stands is read from its decisive papers. A payment decides nothing by itself; that it answered the
last invitation is known from the rounds.
"""

from collections.abc import Sequence
from dataclasses import replace

from components.prosecution.examination.rounds import Round
from components.prosecution.examination.status import StatusAndDates
from components.prosecution.law.office_statuses import office_status
from components.prosecution.papers.nouns import noun_of_label
from components.words import day


def with_untold_answer(standing: StatusAndDates, office: str, rounds: Sequence[Round]) -> StatusAndDates:
    """Return how an application stands, with the Office to act where the last action was answered by such papers.

    Args:
        standing: how it stands by its decisive papers.
        office: two letters, or none.
        rounds: its rounds, in the order in which they were opened.
    """
    owed = [round_ for round_ in rounds if round_.pairing.by_applicant]
    last = max(owed, key=lambda round_: round_.opening.day, default=None)
    if standing.status != "Awaiting applicant" or last is None or last.answer is None or last.closing is not None:
        return standing
    if any(category.facts.status for category in last.answer.papers):
        return standing
    evidence = f"{noun_of_label(last.answer.label)} of {day(last.answer.day)}"
    words = office_status(office, "Awaiting office")
    return replace(standing, status="Awaiting office", words=words, evidence=evidence)
