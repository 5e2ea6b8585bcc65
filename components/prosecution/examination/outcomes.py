"""What became of each round, and where nothing answered it, why, in words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from components.prosecution.examination.rounds import ABANDONMENT, ENDS, EXTENSION, Round
from components.prosecution.law.pairings import category_set
from components.prosecution.law.periods import extension_needed
from components.prosecution.law.vocabulary import category_index, category_list
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.nouns import noun_of_label, shown

MAILING_DAYS: Final = 7
"""How much later than its due day a paper may be received whose certificate of mailing bears that day (37 CFR 1.8)."""
_NAMED_AT_MOST: Final = 5
"""How many papers an explanation names."""
_ALLOWANCE, _ISSUE, _ISSUE_FEE, _NOTICE = (
    category_index()[name] for name in ("allowance", "issue", "issue_fee", "other_office_action")
)
_PETITION: Final = category_index()["petition"]
_RECEIPT: Final = category_index()["receipt"]
_DECISION: Final = category_index()["petition_decision"]
_ALIVE: Final = category_set("actions") | {category_index()["allowance"], category_index()["issue"]}


def judge(rounds: Sequence[Round], acts: Sequence[Act]) -> None:
    """Say of each round what became of it, and where nothing answered it, why.

    Args:
        rounds: the rounds of a history; their outcome, explanation and extension are filled in.
        acts: its acts, oldest first.
    """
    decisions = [act for act in acts if _DECISION in act.papers]
    lively = [act for act in acts if act.by_office and act.has(_ALIVE)]
    paid = [act for act in acts if _ISSUE_FEE in act.papers]
    refusals = {
        entry.opening.group: entry.label
        for entry in rounds
        if entry.pairing.opens == _NOTICE and entry.pairing.by_applicant
    }
    for entry in rounds:
        if entry.pairing.opens == ABANDONMENT:
            _judge_abandonment(entry, decisions, lively)
        elif entry.answer is not None:
            _judge_answer(entry, entry.answer)
            if entry.next_act is not None and "non-compliant" in refusals.get(entry.next_act.group, ""):
                entry.explanation = _words(entry.explanation, f"Found not compliant on {shown(entry.next_act.day)}")
        else:
            _judge_silence(entry, paid)


def _judge_silence(entry: Round, paid: Sequence[Act]) -> None:
    """Say why nothing answers: not yet, abandoned, or followed by something else."""
    closing = entry.closing
    tried = list(_tried(entry))
    complete = "complete " if entry.partial else ""
    if closing is None:
        entry.explanation = _words("No answer is listed yet", *tried)
    elif closing.has(ENDS):
        entry.outcome = "abandoned"
        ended = f"{_named(closing, ENDS)} of {shown(closing.day)}"
        entry.explanation = _words(f"No {complete}reply is listed before the {ended}", *tried)
    else:
        entry.outcome = "superseded"
        what = f"{noun_of_label(closing.label)} of {shown(closing.day)}"
        before = [act for act in paid if act.day <= closing.day]
        if entry.suspended:
            entry.explanation = _words(f"Prosecution went on with the {what}; no brief was due", *tried)
        elif entry.pairing.opens == _ALLOWANCE and before and _ISSUE in closing.papers:
            fee = f"the issue fee of {shown(before[-1].day)} had been paid"
            entry.explanation = _words(f"Followed by the {what}; {fee}", *tried)
        else:
            entry.explanation = _words(f"Followed by the {what} without an answer", *tried)


def _judge_answer(entry: Round, answer: Act) -> None:
    if entry.period is None or (entry.suspended and entry.refused is None):
        entry.outcome = "answered"
        return
    listed = EXTENSION in answer.papers or bool(entry.extensions)
    grace = 0 if listed or _RECEIPT in answer.papers else MAILING_DAYS
    months = extension_needed(entry.period, entry.since, answer.day, tolerance_days=grace, not_before=entry.not_before)
    if entry.pairing.listed_if == "before the first action" and not listed and months != 0:
        # Which paper answers a formality is known less surely than what was paid for, so nothing is computed from it.
        entry.outcome = "answered"
        entry.explanation = "After the period that the notice sets; no extension is listed"
        return
    if months is None:
        entry.outcome = "late"
        entry.explanation = "Received after the last day with extensions, as far as document dates tell"
        return
    entry.outcome = "extended" if months else "on time"
    entry.extension_months = months
    if months:
        entry.extension_source = "petition" if listed else "computed"
    if extension_needed(entry.period, entry.since, answer.day, not_before=entry.not_before) != months:
        entry.explanation = "Received some days after its last day, as a paper with a certificate of mailing may be"


def _judge_abandonment(entry: Round, decisions: Sequence[Act], lively: Sequence[Act]) -> None:
    """Say whether an abandoned application went on, which what the Office did afterwards shows."""
    place = bisect_left(lively, entry.ended or date.max, key=lambda act: act.day)
    alive = lively[place] if place < len(lively) else None
    first = bisect_left(decisions, entry.opening.day, key=lambda act: act.day)
    last = bisect_right(decisions, alive.day, key=lambda act: act.day) if alive else len(decisions)
    words = [f"petition decision of {shown(act.day)}" for act in decisions[first:last]]
    if alive is None:
        entry.outcome = "open"
        entry.explanation = _words("Whether it was revived is not listed", *words)
    elif entry.answer is None or _PETITION not in entry.answer.papers:
        entry.outcome = "superseded"
        what = f"{noun_of_label(alive.label)} of {shown(alive.day)}"
        entry.explanation = _words(f"Examination went on with the {what}; no petition to revive is listed", *words)
    else:
        entry.outcome = "revived"
        words.append(f"the {noun_of_label(alive.label)} of {shown(alive.day)} shows that it went on")
        entry.explanation = _words("Revived", *words)


def _tried(entry: Round) -> Iterable[str]:
    """Say what was filed without answering."""
    if entry.same_day:
        yield "a reply of the same day is listed, which may answer an earlier action"
    for act in entry.partial[:_NAMED_AT_MOST]:
        yield f"the {noun_of_label(act.label)} of {shown(act.day)} is no complete reply"
    for act in entry.extensions[:_NAMED_AT_MOST]:
        if act not in entry.partial:
            yield f"an extension of time was asked for on {shown(act.day)}"


def _words(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _named(act: Act, categories: frozenset[int]) -> str:
    names = [category_list()[category] for category in act.papers if category in categories]
    return (names[0].phrase or names[0].label.casefold()) if names else act.label
