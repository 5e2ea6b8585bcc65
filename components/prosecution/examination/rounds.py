"""Rounds: each action and what answered or ended it.

The acts of a history are walked once, oldest first. An act ends the open rounds that it answers, replaces or leaves
abandoned, and opens rounds of its own; what answers what is a table (`law.pairings`), and so are the periods
(`law.periods`). What became of each round is judged in `outcomes`.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from components.prosecution.examination.changed_rounds import after_act
from components.prosecution.examination.opened_rounds import (
    answered_at_once,
    begins_examination,
    from_earlier_action,
    rounds_opened_by,
    with_certain_period,
)
from components.prosecution.examination.petitions import about_abandonment
from components.prosecution.examination.round_facts import Round
from components.prosecution.law.categories import CONCLUDING, ENDING, Category, category_facts
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.grants import opening_after_issue
from components.prosecution.law.pairings import categories_of_rounds
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.sorted_documents import SortedDocuments

_MAX_WAITING: Final = 8
"""How many requests of a kind can wait for a decision at once; with more, the oldest is no longer followed."""


_SEVERAL: Final = frozenset({"each", "if answered", "in doubt"})
"""When papers of a kind are listed of which several rounds may be open at once."""


_CHANGING_PERIODS: Final = (
    ENDING
    | CONCLUDING
    | {Category.EXTENSION, Category.EXTENSION_GRANTED, Category.IMPROPER_RCE, Category.PERIOD_RESTARTED}
)


def rounds_in(
    documents: SortedDocuments, acts: Sequence[Act], *, issued: date | None = None, void: Collection[int] = ()
) -> list[Round]:
    """Return the rounds of a history, in the order in which they were opened.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first (`daily_acts`).
        issued: day of the issue that stands, after which only what a granted patent knows opens a round.
        void: the submissions with a notice of abandonment that was taken back, which ends no round.
    """
    walked = _walk_acts(documents, acts, issued or date.max, void)
    settled = _paid_in_time(walked)
    listed = [
        round_
        for round_ in walked
        if is_listed(round_)
        and not (round_.pairing.listed_if == "in doubt" and round_.answer and round_.answer.submission in settled)
    ]
    return with_next_acts(listed, acts)


def _paid_in_time(rounds: Sequence[Round]) -> frozenset[int]:
    """Return the submissions that answered a notice of allowance in time, whatever a further notice of it sets."""
    allowed = [(round_.answer, round_.deadline) for round_ in rounds if round_.pairing.opens is Category.ALLOWANCE]
    return frozenset(
        answer.submission for answer, deadline in allowed if answer and (deadline is None or answer.day <= deadline.due)
    )


def _walk_acts(documents: SortedDocuments, acts: Sequence[Act], issued: date, void: Collection[int]) -> list[Round]:
    """Return every round that an act opened, as it stands after the last act."""
    rounds: list[Round] = []
    running: list[int] = []  # indices in rounds
    codes = frozenset(normalise_code(code) for code in set(documents.codes))
    begun = False
    relevant = categories_of_rounds(documents.office) | _CHANGING_PERIODS
    for act in acts:
        if not act.has(relevant):
            continue
        for index in running:
            rounds[index] = after_act(rounds[index], _as_seen_by(rounds[index], documents, act, void))
        running = [index for index in running if rounds[index].is_open]
        begun = begun or begins_examination(act)
        for opened in rounds_opened_by(documents, act, examination_begun=begun):
            if act.day > issued and opened.pairing.opens not in opening_after_issue(documents.office):
                continue
            still_open = [rounds[index] for index in running]
            new = answered_at_once(with_certain_period(from_earlier_action(opened, rounds), still_open, codes))
            for index in [running[position] for position in replaced_by(opened, still_open)]:
                rounds[index] = _closed_by_new(rounds[index], new)
                running.remove(index)
            if new.is_open:
                running.append(len(rounds))
            rounds.append(new)
    return rounds


def _as_seen_by(round_: Round, documents: SortedDocuments, act: Act, void: Collection[int]) -> Act:
    """Return an act with those papers that concern a round."""
    if round_.pairing.opens is Category.ABANDONMENT:
        return about_abandonment(documents, act)
    if act.submission in void:
        return replace(act, papers={name: papers for name, papers in act.papers.items() if name not in ENDING})
    return act


def replaced_by(opened: Round, running: Sequence[Round]) -> list[int]:
    """Return which of the open rounds a new one replaces, as positions in `running`.

    An action replaces an open one of its kind. Several requests to the Office may wait for one decision, and each of
    several further notices may be the one that counts; where more wait than can be followed, the oldest gives way.
    """
    same = [position for position, current in enumerate(running) if current.pairing.is_alike(opened.pairing)]
    if opened.pairing.listed_if in _SEVERAL:
        return same[:1] if len(same) >= _MAX_WAITING else []
    return same


def _closed_by_new(current: Round, new: Round) -> Round:
    """Return a replaced round: closed by the new action; a request that is no longer followed stays as it is."""
    return current if new.pairing.listed_if == "if answered" else current._replace(closing=new.opening)


def is_listed(round_: Round) -> bool:
    """Return whether a round belongs in the table, by its rule (`Pairing.listed_if`) and how the round ended."""
    when = round_.pairing.listed_if
    if when == "if answered":
        return round_.answer is not None
    if round_.by_third_party and round_.pairing.by_applicant and round_.answer is None:
        return False  # what a third party owes is not the applicant's
    if when == "in doubt":
        return round_.closing is None or round_.closing.has(ENDING)
    return when != "if undone" or not round_.is_open or round_.same_day or bool(round_.partial)


@cache
def _office_steps() -> frozenset[Category]:
    """Return the categories of what the Office does on the merits, in an appeal or on issue."""
    return frozenset(
        facts.category
        for facts in category_facts()
        if facts.side is Side.OFFICE and facts.status is not None and facts.category is not Category.ABANDONMENT
    )


def in_doubt(rounds: Sequence[Round]) -> list[Round]:
    """Return the rounds of further notices, which may have set a new period, in the order of their days."""
    return [round_ for round_ in rounds if round_.pairing.listed_if == "in doubt"]


def further_periods(round_: Round, doubtful: Sequence[Round]) -> Sequence[Round]:
    """Return the rounds of the further notices that may have set a new period for what was owed in a round.

    Args:
        round_: a round, of a notice of allowance or of anything else.
        doubtful: the rounds of further notices of the history (`in_doubt`).
    """
    if round_.pairing.opens is not Category.ALLOWANCE or not doubtful:
        return ()
    first = bisect_right(doubtful, round_.opening.day, key=lambda other: other.opening.day)
    last = bisect_right(doubtful, round_.ended or date.max, key=lambda other: other.opening.day)
    return doubtful[first:last]


def with_next_acts(rounds: Sequence[Round], acts: Sequence[Act]) -> list[Round]:
    """Return rounds with the Office's first step on the merits after the applicant's answer.

    Not after an answer that opens a round of the applicant itself: after a notice of appeal the Office waits for the
    brief.
    """
    steps = [act for act in acts if act.by_office and act.has(_office_steps())]
    owing = {
        round_.opening.submission
        for round_ in rounds
        if round_.pairing.by_applicant and round_.opening.by_applicant and round_.answer is not round_.opening
    }
    return [
        round_._replace(next_act=_next_act(round_, steps))
        if round_.answer is not None and round_.answer.submission not in owing
        else round_
        for round_ in rounds
    ]


def _next_act(round_: Round, steps: Sequence[Act]) -> Act | None:
    if round_.answer is None or not round_.pairing.by_applicant or round_.pairing.listed_if not in ("always", "each"):
        return None
    index = bisect_right(steps, round_.answer.day, key=lambda act: act.day)
    return steps[index] if index < len(steps) else None
