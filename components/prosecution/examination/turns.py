"""Whose turn it was: the pendency of an application divided between Office and applicant.

The applicant's days are those on which it owed an answer: from an action to its complete reply, from a notice of
allowance to the issue fee, from an abandonment to the petition; and, where an office waits for a request for
examination, those before the request. A reply after final that is refused does not stop the clock. All other days are
the Office's, so that both together are the pendency.

In Europe: from a communication, a summons or the intention to grant to the reply, the submissions or the approval or
amendment of the text; from a decision to refuse to the statement of grounds of appeal (Art. 108 EPC); from the loss of
rights to the request for further processing or re-establishment (Rules 135 and 136 EPC), since until then nobody at the
EPO has anything to decide. The EPO's are the days before the first communication, from a reply to what the EPO does
next, from the submissions through the oral proceedings to the decision, and those before the Board of Appeal. An
application that came from the international phase is with this office from its entry on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from components.prosecution.examination.round_facts import Round
from components.prosecution.law.categories import Category
from components.prosecution.law.pairings import pairings_of
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.daily_acts import Act

_INVITATIONS: Final = frozenset(
    {Category.AMENDMENT_INVITATION, Category.EXAMINATION_INVITATION, Category.SEARCH_INVITATION}
)
OPTIONALLY_ANSWERED: Final = _INVITATIONS | {
    Category.EXAMINERS_ANSWER,
    Category.ABANDONMENT,
    Category.FURTHER_ALLOWANCE,
    Category.REEXAMINATION_ORDER,
}
"""Papers that the applicant need not answer, or perhaps not, or that the Office may undo by itself, or that it obeys by
a payment that no list shows (Rules 64, 70(1), 161(2), 162 and 164 EPC). They begin a turn of the applicant only if it
answers them, an invitation also if the application was lost for want of an answer."""


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


def _needs_no_answer(round_: Round) -> bool:
    """Return whether the applicant owes no answer in a round that has none."""
    opens, closing = round_.pairing.opens, round_.closing
    if opens in _INVITATIONS and closing is not None and Category.ABANDONMENT in closing.papers:
        return False  # the silence led to the loss (Rules 70(3), 70a(3), 161(1) EPC)
    return opens in OPTIONALLY_ANSWERED or round_.suspended


def _waiting_since(round_: Round) -> date:
    """Return since when the Office waits: the day of the action, or of its decision if the period was suspended."""
    return round_.refused if round_.suspended and round_.refused is not None else round_.opening.day


def applicants_turns(
    rounds: Sequence[Round], *, start: date, end: date, requested: date | None = None
) -> list[tuple[date, date]]:
    """Return the spans of time in which the applicant owed an answer, without overlaps, oldest first.

    Args:
        rounds: the rounds of a history.
        start: the filing; nothing before it counts.
        end: the end of the pendency, or the last listed document of an open file.
        requested: the request for examination, where an office waits for one.
    """
    spans = sorted(
        (max(_waiting_since(round_), start), min(round_.ended or end, end))
        for round_ in rounds
        if round_.pairing.by_applicant and (round_.answer is not None or not _needs_no_answer(round_))
    )
    if requested is not None:
        spans.insert(0, (start, min(requested, end)))
    merged: list[tuple[date, date]] = []
    for first, last in spans:
        if last <= first:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def turns_of(
    office: str, rounds: Sequence[Round], acts: Sequence[Act], *, filed: date | None, end: date | None
) -> list[Turn]:
    """Divide the time from filing to end between Office and applicant: adjoining turns, oldest first.

    Args:
        office: two letters, or none.
        rounds: the rounds of a history.
        acts: its acts, among them the request for examination where an office waits for one.
        filed: day of filing, or of the entry into the national phase; `None` if the list does not show it.
        end: day of issue or abandonment, of an open file its last listed document; `None` if there is none.

    Returns:
        Nothing without a filing, or if nothing came after it.
    """
    if filed is None or end is None or end <= filed:
        return []
    requests = () if _is_asked_to_request(office) else acts
    requested = next((act.day for act in requests if Category.EXAMINATION_REQUEST in act.papers), None)
    turns, since = [], filed
    for first, last in applicants_turns(rounds, start=filed, end=end, requested=requested):
        if since < first:
            turns.append(Turn(by_applicant=False, first=since, last=first))
        turns.append(Turn(by_applicant=True, first=first, last=last))
        since = last
    if since < end:
        turns.append(Turn(by_applicant=False, first=since, last=end))
    return turns


@cache
def _is_asked_to_request(office: str) -> bool:
    """Return whether an office itself invites a request for examination, so that it does not wait for one before."""
    return any(Category.EXAMINATION_REQUEST in row.answered_by for rows in pairings_of(office).values() for row in rows)


def turn_columns(history: str, turns: Sequence[Turn]) -> Mapping[str, Any]:
    """Return the columns of `turns` for one history."""
    return {
        "history": [history] * len(turns),
        "side": [Side.APPLICANT if turn.by_applicant else Side.OFFICE for turn in turns],
        "first": [turn.first for turn in turns],
        "last": [turn.last for turn in turns],
    }
