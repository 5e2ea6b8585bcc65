"""What became of each round, and where nothing answered it, why, in words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from components.prosecution.acts import Act
from components.prosecution.pairings import category_set
from components.prosecution.periods import extension_needed
from components.prosecution.rounds import ABANDONMENT, ENDS, EXTENSION, Round
from components.prosecution.vocabulary import category_index, category_list
from components.prosecution.words import shown, within

MAILING_DAYS: Final = 7
"""How much later than its due day a paper may be received whose certificate of mailing bears that day (37 CFR 1.8)."""
_RECEIPT: Final = category_index()["receipt"]
_DECISION: Final = category_index()["petition_decision"]
_ALIVE: Final = category_set("actions") | {category_index()["allowance"], category_index()["issue"]}


def judge(rounds: Iterable[Round], acts: Sequence[Act]) -> None:
    """Say of each round what became of it, and where nothing answered it, why.

    Args:
        rounds: the rounds of a history; their outcome, explanation and extension are filled in.
        acts: its acts, oldest first.
    """
    decisions = [act for act in acts if _DECISION in act.papers]
    lively = [act for act in acts if act.by_office and act.has(_ALIVE)]
    for entry in rounds:
        _judge(entry, decisions, lively)


def _judge(entry: Round, decisions: Sequence[Act], lively: Sequence[Act]) -> None:
    if entry.pairing.opens == ABANDONMENT:
        _judge_abandonment(entry, decisions, lively)
    elif entry.answer is not None:
        _judge_answer(entry, entry.answer)
    elif entry.closing is None:
        entry.explanation = _words("No answer is listed yet", *_tried(entry))
    elif entry.closing.has(ENDS):
        entry.outcome = "abandoned"
        ended = f"{_named(entry.closing, ENDS)} of {shown(entry.closing.day)}"
        entry.explanation = _words(f"No complete reply is listed before the {ended}", *_tried(entry))
    else:
        entry.outcome = "superseded"
        entry.explanation = _words(
            f"Followed by the {within(entry.closing.label)} of {shown(entry.closing.day)} without an answer",
            *_tried(entry),
        )


def _judge_answer(entry: Round, answer: Act) -> None:
    if entry.period is None:
        entry.outcome = "answered"
        return
    listed = EXTENSION in answer.papers or bool(entry.extensions)
    electronic = _RECEIPT in answer.papers
    months = extension_needed(
        entry.period,
        entry.since,
        answer.day,
        tolerance_days=0 if listed or electronic else MAILING_DAYS,
        not_before=entry.not_before,
    )
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
    limits = entry.limits
    if not months and limits is not None and answer.day > limits.due:
        entry.explanation = "Received some days after the due day, as a paper with a certificate of mailing may be"


def _judge_abandonment(entry: Round, decisions: Sequence[Act], lively: Sequence[Act]) -> None:
    """Say whether an abandoned application went on, which what the Office did afterwards shows."""
    place = bisect_left(lively, entry.ended or date.max, key=lambda act: act.day)
    alive = lively[place] if place < len(lively) else None
    first = bisect_left(decisions, entry.opening.day, key=lambda act: act.day)
    last = bisect_right(decisions, alive.day, key=lambda act: act.day) if alive else len(decisions)
    decided = decisions[first:last]
    words = [f"petition decision of {shown(act.day)}" for act in decided]
    if alive is not None:
        entry.outcome = "revived"
        words.append(f"the {within(alive.label)} of {shown(alive.day)} shows that it went on")
        entry.explanation = _words("Revived", *words)
    else:
        entry.outcome = "open"
        entry.explanation = _words("Whether it was revived is not listed", *words)


def _tried(entry: Round) -> Iterable[str]:
    """Say what was filed without answering."""
    for act in entry.partial:
        yield f"the {within(act.label)} of {shown(act.day)} is no complete reply"
    for act in entry.extensions:
        if act not in entry.partial:
            yield f"an extension of time was asked for on {shown(act.day)}"


def _words(first: str, *more: str) -> str:
    return "; ".join((first, *more))


def _named(act: Act, categories: frozenset[int]) -> str:
    names = [category_list()[category] for category in act.papers if category in categories]
    return (names[0].phrase or names[0].label.casefold()) if names else act.label
