"""The outcome of each round, with an explanation in words where nothing answered it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from components.prosecution.examination.abandonments import Abandonment, premature_in_words, same_day_in_words
from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.rounds import further_periods, in_doubt
from components.prosecution.law.categories import ENDING, Category
from components.prosecution.law.notifications import notification_of
from components.prosecution.law.office_words import words_for
from components.prosecution.law.periods import Period, extension_needed
from components.prosecution.law.phrases import phrase_of
from components.prosecution.law.vocabulary import GRANTED_STATUSES, OutcomeName, Status
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.nouns import noun_of_label
from components.words import counted, day

NO_ANSWER_YET: Final = "No answer is listed yet"
"""How the explanation of an open round begins."""
_MAX_NAMED: Final = 5
"""How many papers an explanation names."""


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What became of a round."""

    name: OutcomeName = "open"
    explanation: str = ""
    """Why; empty if the outcome says enough."""
    extension_months: int | None = None
    """By how many months the period was extended; `None` where no period is computed or nothing answered in it."""
    extension_source: str = ""
    """`petition` where one is listed, `computed` where only the dates show it; empty without an extension."""
    mailing: str = ""
    """In words, in which month of the period the answer came by its date of receipt, and in which if it was mailed with
    a certificate; empty where both are the same."""


def round_outcomes(
    office: str, rounds: Sequence[Round], acts: Sequence[Act], abandonments: Sequence[Abandonment]
) -> list[RoundOutcome]:
    """Return what became of each round, and where nothing answered it, why.

    Args:
        office: two letters, or none.
        rounds: the rounds of a history.
        acts: its acts, oldest first.
        abandonments: its abandonments (`abandonments_in`).

    Returns:
        Parallel to `rounds`.
    """
    by_notice = {abandonment.notice.submission: abandonment for abandonment in abandonments}
    fees = [act for act in acts if Category.ISSUE_FEE in act.papers]
    notices = {
        round_.opening.submission: round_.label
        for round_ in rounds
        if round_.pairing.opens is Category.OTHER_OFFICE_ACTION and round_.pairing.by_applicant
    }
    doubtful = in_doubt(rounds)
    outcomes = []
    for round_ in rounds:
        closing = by_notice.get(round_.closing.submission) if round_.closing else None
        if round_.pairing.opens is Category.ABANDONMENT:
            outcomes.append(_of_loss(office, by_notice.get(round_.opening.submission), round_))
        elif closing is not None and closing.is_undone and round_.pairing.restored:
            outcomes.append(_of_round_after_loss(office, round_, closing))
        elif round_.answer is not None:
            outcome = _with_refusal(outcome_of_answer(round_, round_.answer), round_.next_act, notices)
            outcome = _with(outcome, "; ".join(map(_improper_in_words, round_.improper[:_MAX_NAMED])))
            outcomes.append(_in_further_period(outcome, round_, doubtful))
        else:
            about = (same_day_in_words(closing), premature_in_words(closing)) if closing else ()
            outcomes.append(_with(outcome_without_answer(office, round_, fees), _joined(*about)))
    return outcomes


def _with(outcome: RoundOutcome, words: str) -> RoundOutcome:
    return replace(outcome, explanation=_joined(outcome.explanation, words))


def closed_by_status(
    outcomes: Sequence[RoundOutcome],
    rounds: Sequence[Round],
    status: Status,
    evidence: str,
    *,
    office: str,
    issued: date | None = None,
) -> list[RoundOutcome]:
    """Return outcomes in which the applicant of a granted or abandoned application owes no answer any more.

    Args:
        outcomes: what became of each round, parallel to `rounds`.
        rounds: its rounds.
        status: how it stands.
        evidence: on what that rests, in words.
        office: two letters, or none.
        issued: day of the issue; what was opened after it is of the patent, and stays open.
    """
    if status in GRANTED_STATUSES:
        kept, why = frozenset[Category](), f"the patent was granted ({evidence})"
    elif status == "Abandoned":
        kept, why = frozenset({Category.ABANDONMENT}), words_for(office, "stands_ended").format(evidence)
    else:
        return list(outcomes)
    closed = RoundOutcome("superseded", f"Nothing is owed: {why}")
    return [
        closed
        if outcome.name == "open"
        and round_.pairing.by_applicant
        and round_.pairing.opens not in kept
        and not (issued and round_.opening.day > issued)
        else outcome
        for outcome, round_ in zip(outcomes, rounds, strict=True)
    ]


_REFUSALS: Final = {
    "non-compliant": "Found not compliant on {}",
}
"""Words in the label of a notice that follows an answer → what it found of the answer."""


def _with_refusal(outcome: RoundOutcome, next_act: Act | None, notices: Mapping[int, str]) -> RoundOutcome:
    """Add to an outcome that the Office found the answer not compliant, if its next act says so."""
    label = notices.get(next_act.submission, "") if next_act else ""
    found = next((refusal for words, refusal in _REFUSALS.items() if words in label), None)
    if next_act is None or found is None:
        return outcome
    return replace(outcome, explanation=_joined(outcome.explanation, found.format(day(next_act.day))))


def _in_further_period(outcome: RoundOutcome, round_: Round, doubtful: Sequence[Round]) -> RoundOutcome:
    """Return the outcome of a late fee that was in time for a further notice of allowance: it is not called late."""
    if outcome.name != "late":
        return outcome
    answered = [(other.answer, other.deadline) for other in further_periods(round_, doubtful)]
    in_time = any(answer and deadline and answer.day <= deadline.due for answer, deadline in answered)
    return RoundOutcome("answered", "Received after the last day of this notice") if in_time else outcome


def outcome_without_answer(office: str, round_: Round, fees: Sequence[Act]) -> RoundOutcome:
    """Return why nothing answers a round: not yet, abandoned, or followed by something else.

    Args:
        office: two letters, or none.
        round_: the round.
        fees: the payments of the issue fee, oldest first.
    """
    closing = round_.closing
    tried = tuple(_attempts(office, round_))
    if closing is None:
        return RoundOutcome(explanation=_joined(NO_ANSWER_YET, *tried))
    if round_.pairing.asks_for_forwarding_fee:
        return _without_fee(round_, closing)
    if closing.has(ENDING):
        end = _name_of_ending(office, closing)
        if round_.pairing.listed_if == "in doubt":
            return RoundOutcome("abandoned", f"No issue fee is listed between this notice and the {end}")
        asked = round_.pairing.owed
        complete = words_for(office, "complete") if round_.partial else ""
        missing = " ".join(filter(None, ("No", complete, asked, "is listed before the", end)))
        return RoundOutcome("abandoned", _joined(missing, *tried))
    return RoundOutcome("superseded", _joined(_why_superseded(office, round_, closing, fees), *tried))


def _without_fee(round_: Round, closing: Act) -> RoundOutcome:
    """Return what ended a round in which no payment of the appeal forwarding fee is listed (37 CFR 41.45)."""
    what = f"the {noun_of_label(closing.label)} of {day(closing.day)}"
    replied = [f"the {noun_of_label(act.label)} of {day(act.day)} is listed" for act in round_.partial[:_MAX_NAMED]]
    if closing.has(SHOWING_PAYMENT):
        paid = f"{what[:1].upper()}{what[1:]} shows that the appeal forwarding fee was paid"
        return RoundOutcome("superseded", _joined(paid, *(replied or ["no reply brief is listed"])))
    unpaid = f"No docketing of the appeal is listed before {what}"
    return RoundOutcome("abandoned" if closing.has(ENDING) else "superseded", _joined(unpaid, *replied))


SHOWING_PAYMENT: Final = frozenset({Category.APPEAL_DOCKETED, Category.BOARD_DECISION})
"""What the Board does only after the appeal forwarding fee was paid (37 CFR 41.35(a) and (b), 41.45)."""


def _why_superseded(office: str, round_: Round, closing: Act, fees: Sequence[Act]) -> str:
    what = f"{noun_of_label(closing.label)} of {day(closing.day)}"
    if round_.went_on_by_office:
        return f"Prosecution went on with the {what}; no brief was due"
    if round_.pairing.opens is Category.ALLOWANCE and Category.ISSUE in closing.papers:
        paid = [act for act in fees if act.day <= closing.day]
        if paid:
            return f"Followed by the {what}; the issue fee of {day(paid[-1].day)} had been paid"
    if closing.has(round_.pairing.implied_by):
        return f"The {what} shows that it was answered; no {round_.pairing.owed} is listed"
    if Category.IMPROPER_RCE in closing.papers:
        withdrew = (
            "even an improper RCE withdraws the appeal, and the application is abandoned unless a claim was allowed"
        )
        return f"Followed by the {what}; {withdrew} (37 CFR 1.114(d); MPEP 706.07(h), 1215.01)"
    return words_for(office, "unanswered").format(what, round_.pairing.owed or "answer")


def outcome_of_answer(round_: Round, answer: Act) -> RoundOutcome:
    """Return whether an answer came in time, and by how many months the period had to be extended for it."""
    period = round_.period
    if period is None:
        return RoundOutcome("answered")
    if round_.rests and _extension(round_, period, answer, grace=0) != 0:
        return RoundOutcome("answered", "No decision on the request that suspended the period is listed")
    extension_listed = Category.EXTENSION in answer.papers or bool(round_.extensions)
    received = _extension(round_, period, answer, grace=0)
    grace = notification_of(period.office, round_.opening.day).mailing_days
    mailed = received if Category.RECEIPT in answer.papers else _extension(round_, period, answer, grace=grace)
    months = received if extension_listed and received is not None else mailed
    if round_.pairing.listed_if == "before the first action" and not extension_listed and months != 0:
        # Which paper answers a formality is known less surely than what was paid for, so nothing is computed from it.
        within = f", within {counted(months, 'month')} of possible extension" if months else ""
        return RoundOutcome("answered", f"After the period that the notice sets{within}; no extension is listed")
    if months is None and (period.extension_rule or period.usual):
        asked = [f"an extension of time was asked for on {day(act.day)}" for act in round_.extensions[:_MAX_NAMED]]
        only = f", which only {period.extension_rule} extends" if period.extension_rule else ""
        after = f"After the {'usual ' if period.usual else ''}period{only}"
        granted = [f"an extension of time was granted on {day(act.day)}" for act in round_.granted[:_MAX_NAMED]]
        return RoundOutcome("answered", _joined(after, *asked, *granted))
    if months is None:
        return RoundOutcome("late", "Received after the last day with extensions, as far as document dates tell")
    mailing = "" if received == mailed else mailing_in_words(received, mailed)
    return RoundOutcome(
        name="extended" if months else "on time",
        explanation=mailing[:1].upper() + mailing[1:],
        extension_months=months,
        extension_source=("petition" if extension_listed else "computed") if months else "",
        mailing=mailing,
    )


def mailing_in_words(received: int | None, mailed: int | None) -> str:
    """Return both readings of an answer that came some days after a last day, without an electronic receipt.

    Args:
        received: the months of extension that it needed by its date of receipt; `None` if all of them were too few.
        mailed: those that it needed if it was mailed with a certificate on the last day (37 CFR 1.8).
    """
    return (
        f"by its date of receipt {_month_of_period(received)}, or, with a certificate of mailing "
        f"(37 CFR 1.8), {_month_of_period(mailed)}"
    )


def _month_of_period(months: int | None) -> str:
    if months is None:
        return "after the last day"
    return f"in the {_ORDINALS[months]} month of extension" if months else "within the period"


_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fifth")
"""The months by which 37 CFR 1.136(a) extends a period at most, counted."""


def _extension(round_: Round, period: Period, answer: Act, *, grace: int) -> int | None:
    return extension_needed(period, round_.since, answer.day, tolerance_days=grace, not_before=round_.not_before)


def outcome_of_abandonment(office: str, abandonment: Abandonment | None) -> RoundOutcome:
    """Return whether an abandoned application went on, judging by the decisions and by what the Office did afterwards.

    Args:
        office: two letters, or none.
        abandonment: what the list shows of it; None for a notice that was repeated.
    """
    if abandonment is None:
        return RoundOutcome("superseded", words_for(office, "notice_repeated"))
    decided = _decisions_in_words(office, abandonment)
    shown = f"the {_act_in_words(abandonment.alive)} shows that it went on" if abandonment.alive else ""
    premature = premature_in_words(abandonment)
    match abandonment.fate:
        case "revived":
            return RoundOutcome("revived", _joined(words_for(office, "revival_undone"), *decided, shown))
        case "rescinded":
            return RoundOutcome("superseded", _joined("The Office withdrew its holding", *decided, shown, premature))
        case "went on":
            went_on = f"Examination went on with the {_act_in_words(abandonment.alive)}"
            without = words_for(office, "without_petition")
            return RoundOutcome("superseded", _joined(went_on, without, *decided, premature))
    rces = [f"the RCE of {day(act.day)} alone revives nothing (MPEP 706.07(h))" for act in abandonment.rces]
    return RoundOutcome("open", _joined(words_for(office, "loss_stands"), *decided, *rces, premature))


def _of_loss(office: str, loss: Abandonment | None, round_: Round) -> RoundOutcome:
    """Return the outcome of a loss of the application: asked to be undone, or final once the file was closed."""
    outcome = outcome_of_abandonment(office, loss)
    closing, always = round_.closing, round_.pairing.listed_if == "always"
    if outcome.name == "open" and always and loss is not None and loss.fate == "refused":
        return replace(outcome, name="abandoned")
    if outcome.name == "open" and always and round_.answer is not None:
        return replace(outcome, name="answered")  # what was to be done is done, and the Office has to decide
    if outcome.name != "open" or closing is None or Category.FILE_CLOSED not in closing.papers:
        return outcome
    return RoundOutcome("superseded", _joined(outcome.explanation, f"the file was closed on {day(closing.day)}"))


def _of_round_after_loss(office: str, round_: Round, loss: Abandonment) -> RoundOutcome:
    """Return the outcome of a round that a loss of the application ended which was undone."""
    notice = _name_of_ending(office, loss.notice)
    decided = _decisions_in_words(office, loss)
    if round_.answer is None:
        return RoundOutcome("superseded", _joined(f"Ended by the {notice}, which was undone", *decided))
    return RoundOutcome("revived", _joined(f"Answered after the {notice}", *decided))


def _decisions_in_words(office: str, abandonment: Abandonment) -> list[str]:
    """Return how each decision on an abandonment is told, by what its title says."""
    request = words_for(office, "revival_request")
    told = {
        "decided": f"{words_for(office, 'revival_decision')} of {{day}}, of which it is not listed how it went",
        "granted": f"{request} granted on {{day}}",
        "refused": f"{request} refused on {{day}}",
        "rescinded": f"{words_for(office, 'finding_withdrawn')} on {{day}}",
    }
    return list(dict.fromkeys(told[effect].format(day=day(act.day)) for act, effect in abandonment.decisions))


def _act_in_words(act: Act | None) -> str:
    return f"{noun_of_label(act.label)} of {day(act.day)}" if act else ""


def _attempts(office: str, round_: Round) -> Iterator[str]:
    """Yield, in words, what was filed in a round without answering it."""
    if round_.same_day:
        yield "a reply of the same day is listed, which may answer an earlier action"
    for act in () if round_.pairing.asks_for_forwarding_fee else round_.partial[:_MAX_NAMED]:
        yield words_for(office, "attempt").format(f"{noun_of_label(act.label)} of {day(act.day)}")
    for act in round_.improper[:_MAX_NAMED]:
        yield _improper_in_words(act)
    for act in round_.extensions[:_MAX_NAMED]:
        if act not in round_.partial:
            yield f"an extension of time was asked for on {day(act.day)}"
    for act in round_.granted[:_MAX_NAMED]:
        yield f"an extension of time was granted on {day(act.day)}"


def _improper_in_words(act: Act) -> str:
    return f"the {noun_of_label(act.label)} of {day(act.day)} did not stop the period (MPEP 706.07(h))"


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _name_of_ending(office: str, act: Act) -> str:
    """Return the office's name of the paper that ended an application, with its day."""
    category = next((category for category in act.papers if category in ENDING), None)
    named = act.label if category is None else phrase_of(office, category)
    return f"{named} of {day(act.day)}"
