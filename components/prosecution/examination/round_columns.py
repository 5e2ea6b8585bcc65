"""Rounds as the columns of a table, and which submission belongs to which round."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from components.prosecution.examination.outcomes import RoundOutcome
from components.prosecution.examination.provisos import proviso_of
from components.prosecution.examination.round_facts import Round
from components.prosecution.law.office_words import own_words_for
from components.prosecution.law.vocabulary import ROUND_OUTCOMES
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.sorted_documents import SortedDocuments


def round_columns(
    documents: SortedDocuments, rounds: Sequence[Round], outcomes: Sequence[RoundOutcome], conditions: Sequence[str]
) -> Mapping[str, Any]:
    """Return the columns of `rounds` for one history.

    Args:
        documents: the papers in reading order.
        rounds: its rounds.
        outcomes: what became of each (`round_outcomes`).
        conditions: on what the dates of each depend (`conditions_of`).
    """
    deadlines = [round_.deadline for round_ in rounds]
    otherwise = [round_.otherwise for round_ in rounds]
    answered = [round_.answer.day if round_.answer else None for round_ in rounds]
    return {
        "history": [documents.key] * len(rounds),
        "round": list(range(1, len(rounds) + 1)),
        "action": [documents.ids[round_.document] for round_ in rounds],
        "kind": [round_.pairing.opens for round_ in rounds],
        "label": [round_.label for round_ in rounds],
        "opened": [round_.opening.day for round_ in rounds],
        "owed": [round_.owed for round_ in rounds],
        "due": [deadline.due if deadline else None for deadline in deadlines],
        "last": [deadline.last if deadline else None for deadline in deadlines],
        "bar": [deadline.bar if deadline else None for deadline in deadlines],
        "condition": conditions,
        "otherwise": otherwise,
        "answer": [_answering_document(round_, documents) for round_ in rounds],
        "answer_label": [round_.answer.label if round_.answer else "" for round_ in rounds],
        "answered": answered,
        "days": [_days(round_.opening.day, day) for round_, day in zip(rounds, answered, strict=True)],
        "extension_months": [outcome.extension_months for outcome in outcomes],
        "extension_source": [outcome.extension_source for outcome in outcomes],
        "mailing": [outcome.mailing for outcome in outcomes],
        "wait_days": [
            _days(day, round_.next_act.day if round_.next_act else None)
            for round_, day in zip(rounds, answered, strict=True)
        ],
        "ended": [round_.ended for round_ in rounds],
        "outcome": [ROUND_OUTCOMES.index(outcome.name) for outcome in outcomes],
        "outcome_words": [
            own_words_for(documents.office, f"outcome {outcome.name}") or outcome.name for outcome in outcomes
        ],
        "explanation": [
            "; ".join(filter(None, (outcome.explanation, condition, consequence)))
            for outcome, condition, consequence in zip(outcomes, conditions, otherwise, strict=True)
        ],
        "authority": [round_.period.authority if round_.period else "" for round_ in rounds],
        "proviso": [proviso_of(round_) for round_ in rounds],
        "undated": [round_.undated if round_.is_open else "" for round_ in rounds],
    }


def _answering_document(round_: Round, documents: SortedDocuments) -> str:
    """Return the id of the document that answers: of the answering submission, the leading paper that can answer."""
    if round_.answer is None:
        return ""
    papers = round_.answer.papers
    prefers = round_.pairing.prefers
    if prefers is not None and prefers in papers:
        return documents.ids[papers[prefers][0]]
    indices = [indices[0] for category, indices in papers.items() if category in round_.answering]
    return documents.ids[min(indices)] if indices else ""


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start) // timedelta(days=1) if start and end else None


def rounds_of_submissions(
    rounds: Sequence[Round], acts: Sequence[Act], count: int, *, issued: date | None
) -> list[int | None]:
    """Return the number of the round of each submission, counted from 1.

    An applicant's submission belongs to the round it answers, an Office action to the round it opens; anything else to
    the round of examination in whose time it falls, from the action until the next one. What comes before the first
    action or after the issue belongs to none.

    Args:
        rounds: the rounds of a history.
        acts: its acts.
        count: how many submissions it has.
        issued: day of the issue that stands.
    """
    numbered = list(enumerate(rounds, 1))
    numbers = _rounds_by_time(rounds, acts, count, last=issued or date.max)
    for number, round_ in numbered:
        if round_.opening.by_office or numbers[round_.opening.submission] is None:
            numbers[round_.opening.submission] = number
    for number, round_ in reversed(numbered):
        if round_.answer is not None and (round_.answer.by_applicant or not round_.opening.by_applicant):
            numbers[round_.answer.submission] = number
    return numbers


def _rounds_by_time(rounds: Sequence[Round], acts: Sequence[Act], count: int, *, last: date) -> list[int | None]:
    """Return the number of the round of examination in whose time each submission falls."""
    openings = [
        (round_.opening.day, number)
        for number, round_ in enumerate(rounds, 1)
        if round_.pairing.listed_if in ("always", "each")
    ]
    numbers: list[int | None] = [None] * count
    passed, current = 0, None
    for act in acts:
        while passed < len(openings) and openings[passed][0] <= act.day:
            current = openings[passed][1]
            passed += 1
        numbers[act.submission] = current if act.day <= last else None
    return numbers
