"""Actions answered by papers that decide nothing by themselves: a payment, or claims without a letter.

How an application stands is read from its decisive papers. A payment decides nothing by itself; that it answered the
last invitation is known from the rounds.
"""

from collections.abc import Sequence
from dataclasses import replace

from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.status import StatusAndDates
from components.prosecution.law.office_statuses import office_status
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.nouns import noun_of_label
from components.words import day


def with_answered_action(standing: StatusAndDates, office: str, rounds: Sequence[Round]) -> StatusAndDates:
    """Return how an application stands, with the Office to act where the last action was answered by such papers.

    Args:
        standing: how it stands by its decisive papers.
        office: two letters, or none.
        rounds: its rounds, in the order in which they were opened.
    """
    owed = [round_ for round_ in rounds if round_.pairing.by_applicant]
    last = max(owed, key=lambda round_: round_.opening.day, default=None)
    if standing.status != "Awaiting applicant" or last is None:
        return standing
    if last.is_open and last.partial and not _decides_status(last.partial[-1]):
        filed = f"{noun_of_label(last.partial[-1].label)} of {day(last.partial[-1].day)}"
        doubts = (standing.doubt, f"unless the answer came with the {filed}")
        return replace(standing, doubt="; ".join(filter(None, doubts)))
    if last.answer is None or last.closing is not None:
        return standing
    if _decides_status(last.answer):
        return standing
    evidence = f"{noun_of_label(last.answer.label)} of {day(last.answer.day)}"
    words = office_status(office, "Awaiting office")
    return replace(standing, status="Awaiting office", words=words, evidence=evidence)


def _decides_status(answer: Act) -> bool:
    """Return whether an answer is of a category after which a status is known."""
    return any(category.facts.status for category in answer.papers)
