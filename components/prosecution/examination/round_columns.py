"""Rounds as the columns of a table, and which submission belongs to which."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from components.prosecution.examination.rounds import Round
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.plausible_dates import as_date, as_number
from components.prosecution.papers.sorted_documents import Listing
from components.prosecution.tables import ROUND_OUTCOMES


def columns_of(listing: Listing, rounds: Sequence[Round]) -> Mapping[str, Any]:
    """Give the columns of `rounds` for one history."""
    limits = [entry.limits for entry in rounds]
    leads = [_lead(entry, listing) for entry in rounds]
    return {
        "history": [listing.key] * len(rounds),
        "round": list(range(1, len(rounds) + 1)),
        "action": [listing.ids[entry.place] for entry in rounds],
        "kind": [entry.pairing.opens for entry in rounds],
        "label": [entry.label for entry in rounds],
        "opened": [as_number(entry.opening.day) for entry in rounds],
        "due": [as_number(limit.due) if limit else 0 for limit in limits],
        "last": [as_number(limit.last) if limit else 0 for limit in limits],
        "bar": [as_number(limit.bar) if limit and limit.bar else 0 for limit in limits],
        "answer": leads,
        "answer_label": [entry.answer.label if entry.answer else "" for entry in rounds],
        "answered": [as_number(entry.answer.day) if entry.answer else 0 for entry in rounds],
        "days": [_days(entry.opening.day, entry.answer.day) if entry.answer else -1 for entry in rounds],
        "extension_months": [-1 if entry.extension_months is None else entry.extension_months for entry in rounds],
        "extension_source": [entry.extension_source for entry in rounds],
        "wait_days": [
            _days(entry.answer.day, entry.next_act.day) if entry.answer and entry.next_act else -1 for entry in rounds
        ],
        "ended": [as_number(entry.ended) if entry.ended else 0 for entry in rounds],
        "outcome": [ROUND_OUTCOMES.index(entry.outcome) for entry in rounds],
        "explanation": [entry.explanation for entry in rounds],
        "authority": [entry.period.authority if entry.period else "" for entry in rounds],
    }


def _lead(entry: Round, listing: Listing) -> str:
    """Give the document that answers: of the answering submission the paper of an answering kind that leads."""
    if entry.answer is None:
        return ""
    if entry.pairing.prefers in entry.answer.papers:
        return listing.ids[entry.answer.papers[entry.pairing.prefers][0]]
    wanted = entry.pairing.answered_by | entry.pairing.partial
    places = [places[0] for category, places in entry.answer.papers.items() if category in wanted]
    return listing.ids[min(places)] if places else ""


def _days(start: date, end: date) -> int:
    return (end - start) // timedelta(days=1)


def rounds_of_submissions(rounds: Sequence[Round], acts: Sequence[Act], count: int, *, issued: int) -> list[int]:
    """Give the round of each submission, -1 for none.

    An applicant's submission belongs to the round it answers, an Office action to the round it opens; anything else to
    the round of examination in whose time it falls, from the action until the next one. What comes before the first
    action or after the issue belongs to none.

    Args:
        rounds: the rounds of a history.
        acts: its acts.
        count: how many submissions it has.
        issued: day of the issue that stands, `yyyymmdd`; 0 if there is none.
    """
    found = [-1] * count
    turns = [
        (entry.opening.day, number) for number, entry in enumerate(rounds, 1) if entry.pairing.listed_if == "always"
    ]
    last = as_date(issued) if issued else date.max
    place, current = 0, -1
    for act in acts:
        while place < len(turns) and turns[place][0] <= act.day:
            current = turns[place][1]
            place += 1
        found[act.group] = current if act.day <= last else -1
    for number, entry in enumerate(rounds, 1):
        if entry.opening.by_office or found[entry.opening.group] < 0:
            found[entry.opening.group] = number
    for number, entry in reversed(list(enumerate(rounds, 1))):
        if entry.answer is not None and (entry.answer.by_applicant or not entry.opening.by_applicant):
            found[entry.answer.group] = number
    return found
