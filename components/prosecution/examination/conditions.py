"""On what the computed dates of a round depend that a list of documents does not show."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from components.prosecution.examination.outcomes import SHOWING_PAYMENT
from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.rounds import further_periods, in_doubt
from components.prosecution.law.categories import Category, category_set
from components.prosecution.law.pairings import Pairing, pairings_of
from components.prosecution.law.periods import compute_deadline, period_for
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.nouns import noun_of_label
from components.words import day

FORWARDING_FEE_SINCE: Final = date(2013, 3, 19)
"""The day since which an appeal is forwarded for a fee; one for the brief paid before counts for it (MPEP 1208.01)."""


_NOT_ENTERED: Final = "not entered"
"""What the label of a request says that was not entered, rather than found improper by a notice."""
_MAX_NAMED: Final = 3
"""How many further notices a condition names; of more it names the first and the last."""


def conditions_of(rounds: Sequence[Round], acts: Sequence[Act], *, late: int | None = None) -> list[str]:
    """Return on what the dates of each round depend, in words that go on after the date; empty if on nothing.

    Args:
        rounds: the rounds of a history.
        acts: its acts, oldest first.
        late: the submission that came too late as an answer, but opens a round; `None` without one.

    Returns:
        Parallel to `rounds`.
    """
    doubtful = in_doubt(rounds)
    fees = [act.day for act in acts if Category.ISSUE_FEE in act.papers] if doubtful else []
    conditions = []
    for round_ in rounds:
        if round_.pairing.listed_if == "in doubt":
            conditions.append("; ".join(_of_further_notice(round_, fees)))
        elif round_.pairing.opens is Category.ALLOWANCE:
            conditions.append(_of_first_notice(round_, further_periods(round_, doubtful)))
        else:
            came_late = round_.pairing.by_applicant and round_.is_open and round_.opening.submission == late
            in_time = f"if the {noun_of_label(round_.opening.label)} came in time" if came_late else ""
            conditions.append("; ".join(filter(None, (in_time, _of_other(round_, acts), _of_what_follows(round_)))))
    return conditions


def _of_other(round_: Round, acts: Sequence[Act]) -> str:
    if round_.pairing.asks_for_forwarding_fee and not round_.is_open:
        return _of_unpaid_appeal(round_, acts)
    return "; ".join(filter(None, (_of_open(round_, acts), _of_granted_time(round_)))) if round_.is_open else ""


def _of_what_follows(round_: Round) -> str:
    """Return what is due later, but runs from the same paper: the statement of grounds after the notice of appeal."""
    period = round_.period
    if period is None or not round_.is_open:
        return ""
    words = []
    for category, rows in pairings_of(period.office).items():
        further = period_for(period.office, category, "", round_.since) if _runs_from(rows, round_) else None
        if further is not None:
            words.append(f"the {rows[0].owes.casefold()} is due {day(compute_deadline(further, round_.since).due)}")
    return "; ".join(words)


def _runs_from(rows: Sequence[Pairing], round_: Round) -> bool:
    return round_.pairing.opens in rows[0].runs_from


def _of_granted_time(round_: Round) -> str:
    """Return that the Office granted more time than is computed, until a day that only its decision names."""
    if not round_.granted or round_.period is None:
        return ""
    granted = day(round_.granted[-1].day)
    rule = round_.period.extension_rule
    return f"but extended by the grant of {granted} to the day that it names, which is not listed ({rule})"


def _of_unpaid_appeal(round_: Round, acts: Sequence[Act]) -> str:
    """Return what may have become of an appeal that went on after the last day for a fee of which no payment shows."""
    deadline, ended = round_.deadline, round_.closing
    if round_.answer is not None:
        if round_.answer.has(round_.pairing.answered_by):
            return ""
        later = round_.pairing.completed_by
        ended = next((act for act in acts if act.day > round_.answer.day and act.has(later)), None)
    if deadline is None or ended is None or ended.day <= deadline.due or ended.has(SHOWING_PAYMENT):
        return ""
    return "no payment of the appeal forwarding fee is listed; unpaid, the appeal stood dismissed (37 CFR 41.45(b))"


def _of_first_notice(round_: Round, further: Sequence[Round]) -> str:
    """Return which further notices may have set a new period for a fee that did not come within the first."""
    deadline = round_.deadline if further else None
    if deadline is None or (round_.answer is not None and round_.answer.day <= deadline.due):
        return ""
    ends = [
        f"the {noun_of_label(other.label)} of {day(other.opening.day)} is a new one, with a period until "
        f"{day(other.deadline.due)}"
        for other in (further if len(further) <= _MAX_NAMED else (further[0], further[-1]))
        if other.deadline
    ]
    return f"unless {' or '.join(ends)} (35 USC 151; MPEP 1303, 1306)" if ends else ""


def _of_further_notice(round_: Round, fees: Sequence[date]) -> Iterator[str]:
    """Yield on what the period of a further notice of allowance depends, where it was not paid within it."""
    due = round_.deadline.due if round_.deadline else date.max
    if round_.answer is not None and round_.answer.day <= due:
        return
    yield "if this further notice is a new notice of allowance and not a corrected one (35 USC 151; MPEP 1303, 1306)"
    paid = bisect_left(fees, round_.opening.day)
    if paid:
        yield f"the issue fee of {day(fees[paid - 1])} may be applied to it on request (MPEP 1306)"


def _of_open(round_: Round, acts: Sequence[Act]) -> str:
    if round_.pairing.asks_for_forwarding_fee:
        return "; ".join(_of_forwarding_fee(round_, acts))
    if round_.pairing.suspended_by is None:
        return _of_refused_request(round_)
    if round_.rests:
        return "the period rests until the decision on the pre-appeal request (MPEP 1204.02)"
    if round_.decided is not None:
        return _of_panel_decision(round_)
    if round_.late_request is not None:
        return (
            f"unless the Office took up the pre-appeal request of {day(round_.late_request)}, which did not come with "
            "the notice of appeal (MPEP 1204.02)"
        )
    return ""


def _of_refused_request(round_: Round) -> str:
    """Return that an RCE may stand, where only the code of a later paper says that one was not entered."""
    refused = [act for act in round_.improper if _NOT_ENTERED in act.label]
    others = [act for act in round_.improper if _NOT_ENTERED not in act.label]
    if not (refused and others):
        return ""
    return (
        f"unless the {noun_of_label(refused[0].label)} of {day(refused[0].day)} is another than that of "
        f"{day(others[0].day)}, which then stands (MPEP 706.07(h))"
    )


def _of_panel_decision(round_: Round) -> str:
    """Return what else a decision on a pre-appeal request may have decided, where it does not say what it did."""
    decided, period = round_.decided, round_.period
    if decided is None or period is None or decided.verdict is not None:
        return ""
    named = f"the {noun_of_label(decided.label)} of {day(decided.day)}"
    from_notice = compute_deadline(period, round_.since).due
    return (
        f"if {named} lets the appeal go on; nothing is due if it reopens prosecution or allows the application, and if "
        f"it dismisses the request as improper, the two months of the notice of appeal count, to {day(from_notice)} "
        "(MPEP 1204.02)"
    )


def _of_forwarding_fee(round_: Round, acts: Sequence[Act]) -> Iterator[str]:
    """Yield what a list does not show of the appeal forwarding fee: a new ground, a payment, a fee for the brief."""
    from_answer = compute_deadline(round_.period, round_.since).due if round_.period else None
    if round_.decided is not None:
        yield (
            f"if the petition decision of {day(round_.decided.day)} refuses to designate a new ground of rejection "
            f"(37 CFR 1.181, 41.45(a)), else due {day(from_answer)}"
        )
    elif round_.asked is not None:
        yield (
            f"if the petition of {day(round_.asked)} asks to designate a new ground of rejection, two months from a "
            "decision that refuses it (37 CFR 1.181, 41.45(a))"
        )
    earlier = [act for act in acts if act.has(SHOWING_PAYMENT | {Category.APPEAL_FEE}) and act.day < round_.opening.day]
    if earlier:
        shown = f"{noun_of_label(earlier[-1].label)} of {day(earlier[-1].day)}"
        yield f"unless the fee paid after an earlier examiner's answer is enough ({shown})"
    for act in round_.partial[:1]:
        yield f"with the {noun_of_label(act.label)} of {day(act.day)} listed, but no payment of the fee"
        if act.has(category_set("replies")):
            yield (
                "no fee is due if it answers a new ground of rejection in the examiner's answer, which reopens "
                "prosecution (37 CFR 41.39(b)(1); MPEP 1207.03)"
            )
    due = round_.deadline.due if round_.deadline else round_.opening.day
    paid = [act.day for act in acts if Category.FEES in act.papers and round_.opening.day <= act.day <= due]
    if paid:
        yield f"the fee paper of {day(paid[0])} may show its payment"
    if any(Category.APPEAL_BRIEF in act.papers and act.day < FORWARDING_FEE_SINCE for act in acts):
        yield f"unless the fee for the appeal brief was paid before {day(FORWARDING_FEE_SINCE)}"
