"""Measures of an examination, from its rounds: days of each side, months of extension, how appeals ended.

None of them is a patent term adjustment: they count days between document dates.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from components.prosecution.examination.ids_stages import STAGES, Stage, ids_stage
from components.prosecution.examination.outcomes import RoundOutcome
from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.turns import Turn
from components.prosecution.law.categories import CONCLUDING, ISSUING, Category, category_set
from components.prosecution.law.codes import normalise_code, short_names_of
from components.prosecution.law.office_titles import has_titles
from components.prosecution.law.office_words import own_words_for, words_for
from components.prosecution.law.phrases import labels_of, short_names
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.labels import label_of, named_by_title
from components.prosecution.papers.sorted_documents import SortedDocuments

_APPEAL_ENDS: Final = (
    (Category.BOARD_DECISION, ""),
    (Category.RCE, "appeal_rce"),
    (Category.IMPROPER_RCE, "appeal_improper_rce"),
    (Category.ALLOWANCE, "appeal_allowance"),
    (Category.APPEAL_ENDED, "appeal_ended"),
    (Category.ABANDONMENT, "appeal_abandonment"),
    (Category.WITHDRAWAL, "appeal_withdrawal"),
    (Category.FILE_CLOSED, "appeal_closed"),
)
"""How an appeal ends, by the first of these papers, as a key of `office_words.csv`; a Board decision is called by its
own label."""
_PENDING: Final = "pending"
OFFICES_APPEALED_BEFORE_ISSUE: Final = frozenset({"US"})
"""Where an appeal after the issue is none of the application: it is one of a reexamination (35 USC 134(b), 306)."""
_IN_FINGERPRINT: Final = ("always", "each", "if undone")
"""Which rounds are steps of a fingerprint, by when their pairing lists them."""
_UNANSWERED_MARKS: Final = {"abandoned": "✕", "superseded": "⤳", "open": "…"}
_SHOWN_ALONE: Final = frozenset({Category.RCE, Category.WITHDRAWAL})
"""Papers that are a step of their own in a fingerprint if they answer nothing."""
_SHOWN_LAST: Final = CONCLUDING | ISSUING | {Category.ABANDONMENT}
"""Papers with which a fingerprint ends."""


def stages_of(office: str, acts: Sequence[Act], *, filed: date | None, issued: date | None) -> dict[int, Stage]:
    """Return the stage of each submission with an information disclosure statement, by its number.

    Args:
        office: two letters; only the US has stages.
        acts: what happened, oldest first.
        filed: day of filing; without it no stage is known.
        issued: day of the issue that stands.
    """
    if office != "US" or filed is None:
        return {}
    days = _act_days(acts)
    closings = _merged(days, Category.FINAL_REJECTION, Category.ALLOWANCE, Category.QUAYLE)
    known = {
        "merits": sorted({*closings, *days[Category.NON_FINAL_REJECTION]}),
        "closings": closings,
        "rces": days[Category.RCE],
        "fees": sorted({*days[Category.ISSUE_FEE], *_paid_before_a_quick_path(acts)}),
        "withdrawals": _merged(days, Category.PETITION_TO_WITHDRAW, Category.WITHDRAWN_FROM_ISSUE),
    }
    stages = {}
    for act in acts:
        if Category.IDS in act.papers:
            # What came before the last RCE does not count, so a long file need not be searched from its beginning.
            restarted = bisect_right(known["rces"], act.day)
            since = known["rces"][restarted - 1] if restarted else date.min
            recent = {name: _within(of_name, since, act.day) for name, of_name in known.items()}
            stages[act.submission] = ids_stage(act.day, filed=filed, issued=issued, **recent)
    return stages


def _paid_before_a_quick_path(acts: Iterable[Act]) -> list[date]:
    """Return days by which the issue fee was paid, because a quick path IDS presupposes it (77 FR 27443).

    Not before a request with an RCE that was processed, with which the IDS is one before an action.
    """
    quick_path = frozenset({Category.QPIDS_REQUEST, Category.CONDITIONAL_RCE})
    return [act.day - timedelta(days=1) for act in acts if act.has(quick_path) and Category.RCE not in act.papers]


def _within(days: Sequence[date], first: date, last: date) -> Sequence[date]:
    return days[bisect_left(days, first) : bisect_right(days, last)]


def _act_days(acts: Iterable[Act]) -> Mapping[Category, list[date]]:
    """Return the days of the acts with papers of each category, oldest first."""
    days: defaultdict[Category, list[date]] = defaultdict(list)
    for act in acts:
        for category in act.papers:
            days[category].append(act.day)
    return days


def _merged(days: Mapping[Category, Sequence[date]], *categories: Category) -> list[date]:
    return sorted({day for category in categories for day in days[category]})


def measures_of(
    documents: SortedDocuments,
    acts: Sequence[Act],
    rounds: Sequence[Round],
    outcomes: Sequence[RoundOutcome],
    stages: Mapping[int, Stage],
    *,
    turns: Sequence[Turn],
    filed: date | None,
    issued: date | None,
    entered: bool = False,
) -> dict[str, Any]:
    """Measure one examination.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        rounds: its rounds.
        outcomes: what became of each round.
        stages: the stage of each submission with an IDS.
        turns: whose turn it was, from filing to end.
        filed: day of filing; `None` if the list does not show it.
        issued: day of the issue that stands; of what is listed later the fingerprint has the rounds, and how an
            opposition was decided.
        entered: whether `filed` is the entry into the national phase.

    Returns:
        Columns of `histories`; `None` for what is missing. `office_days` and `applicant_days` add up to the pendency.
    """
    merits = _first_on_the_merits(acts)
    pendency = sum(turn.days for turn in turns)
    applicant = sum(turn.days for turn in turns if turn.by_applicant)
    extensions = [outcome.extension_months for outcome in outcomes if outcome.extension_months is not None]
    allowed_first = merits is not None and merits[1] is Category.ALLOWANCE
    return {
        "first_merits_action": merits[0] if merits else None,
        "first_action_days": _days_between(filed, _first_action(acts)),
        "first_action_allowance": allowed_first and not any(Category.SEARCH_REPORT in act.papers for act in acts),
        "pendency_days": pendency if turns else None,
        "office_days": pendency - applicant if turns else None,
        "applicant_days": applicant if turns else None,
        "rounds": sum(round_.pairing.round and round_.answer is not None for round_ in rounds),
        "extension_months": sum(extensions) if extensions else None,
        "mailing_doubts": sum(bool(outcome.mailing) for outcome in outcomes),
        "fee_days": _fee_days(rounds),
        "appeal_outcome": "; ".join(
            appeal_outcomes(documents.office, _acts_of_appeals(documents.office, acts, issued))
        ),
        "revived": any(outcome.name == "revived" for outcome in outcomes),
        **{f"ids_{stage.lower()}": sum(reached == stage for reached in stages.values()) for stage in STAGES},
        "fingerprint": fingerprint_of(
            rounds,
            outcomes,
            [act for act in acts if issued is None or act.day <= issued or Category.OPPOSITION_DECISION in act.papers],
            f"{'Entered' if entered else 'Filed'} {filed.year}" if filed else "",
            StepNames(documents.office, own_short_names(documents)),
        ),
    }


def _days_between(start: date | None, end: date | None) -> int | None:
    return (end - start) // timedelta(days=1) if start and end and start <= end else None


def _first_action(acts: Iterable[Act]) -> date | None:
    actions = category_set("first_actions")
    return next((act.day for act in acts if act.by_office and act.has(actions)), None)


def _first_on_the_merits(acts: Iterable[Act]) -> tuple[date, Category] | None:
    """Return day and category of the first action on the merits; a restriction is none."""
    actions = category_set("first_actions") - {Category.RESTRICTION}
    for act in acts:
        if act.by_office and act.has(actions):
            return act.day, min(actions.intersection(act.papers))
    return None


def _fee_days(rounds: Sequence[Round]) -> int | None:
    """Return the days from the last notice of allowance to its fee."""
    paid = [
        (round_.answer.day - round_.opening.day) // timedelta(days=1)
        for round_ in rounds
        if round_.pairing.opens is Category.ALLOWANCE
        and round_.answer is not None
        and Category.ISSUE_FEE in round_.answer.papers
    ]
    return paid[-1] if paid else None


def _acts_of_appeals(office: str, acts: Sequence[Act], issued: date | None) -> Sequence[Act]:
    """Return the acts in which the appeals of an application can have been filed and decided."""
    if issued is None or office not in OFFICES_APPEALED_BEFORE_ISSUE:
        return acts
    return [act for act in acts if act.day <= issued]


def appeal_outcomes(office: str, acts: Sequence[Act]) -> list[str]:
    """Return how each appeal ended, in order: "Board decision: affirmed in part", "reopened", "allowed", "pending".

    Args:
        office: two letters, or none; the words are its own.
        acts: what happened, oldest first.
    """
    outcomes: list[str] = []
    running = False
    for act in acts:
        end = _end_of_appeal(office, act) if running else ""
        if end:
            together = office not in OFFICES_APPEALED_BEFORE_ISSUE  # appeals of several parties are decided together
            outcomes[:-1] = [end if together and other == _PENDING else other for other in outcomes[:-1]]
            outcomes[-1] = end
            running = False
        elif running and Category.PRE_APPEAL_DECISION in act.papers and act.verdict == "ends":
            outcomes[-1] = "ended by the pre-appeal decision"
        if Category.NOTICE_OF_APPEAL in act.papers and act.by_applicant:
            running = Category.RCE not in act.papers  # which withdraws it (37 CFR 1.114(d))
            outcomes.append(_PENDING if running else words_for(office, "appeal_rce"))
    return outcomes


def _end_of_appeal(office: str, act: Act) -> str:
    for category, key in _APPEAL_ENDS:
        words = own_words_for(office, key) if key else act.label[:1].lower() + act.label[1:]
        if category in act.papers and words:
            return words
    return words_for(office, "appeal_reopened") if act.has(category_set("actions")) else ""


def own_short_names(documents: SortedDocuments) -> Mapping[int, str]:
    """Return the short names of the papers that have another than their category: a CPA is no RCE (37 CFR 1.53(d))."""
    names = short_names_of(documents.office)
    spelled = enumerate(map(normalise_code, documents.codes)) if names else ()
    own = {index: names[code] for index, code in spelled if code in names}
    for index, number in enumerate(documents.categories.tolist() if has_titles(documents.office) else ()):
        if named_by_title(documents.office, category := Category(number)):
            label = label_of(documents.office, frozenset({category}), "", documents.descriptions[index])
            short = own_words_for(documents.office, f"short {label[:1].lower()}{label[1:]}")
            own |= {index: short} if short else {}
    return own


@dataclass(frozen=True, slots=True)
class StepNames:
    """What the steps of a fingerprint are called at an office."""

    office: str
    own: Mapping[int, str]
    """The short names of papers that are not called after their category, by position in reading order."""

    def of(self, category: Category) -> str:
        """Return the short name of a category, or its label where it has none."""
        return short_names(self.office)[category] or labels_of(self.office)[category]


def fingerprint_of(
    rounds: Sequence[Round],
    outcomes: Sequence[RoundOutcome],
    acts: Sequence[Act],
    beginning: str,
    names: StepNames,
) -> str:
    """Return an examination in one line: `Filed 2015 · Non-final → Reply +3 · Final ✕ · … · Issue 2020`.

    Each round of prosecution with its answer and the months of extension, with a question mark if the answer may have
    been mailed with a certificate and would else have needed more; ✕ stands for abandoned, ⤳ for replaced
    without an answer, … for open. An RCE that answers nothing (after the issue fee) stands by itself. A loss of rights
    that was undone is told with what undid it, one that stands at the end. `names` has the short names of the office.
    """
    undone = {
        round_.opening.submission
        for round_, outcome in zip(rounds, outcomes, strict=True)
        if round_.pairing.opens is Category.ABANDONMENT and (outcome.name == "revived" or _was_taken_back(round_))
    }
    steps = [
        (round_.opening.day, _round_as_step(round_, outcome, names))
        for round_, outcome in zip(rounds, outcomes, strict=True)
        if round_.pairing.listed_if in _IN_FINGERPRINT and not _is_told_as_end(round_, outcome)
    ]
    answers = {round_.answer.submission for round_ in rounds if round_.answer is not None}
    steps += [
        (act.day, _leading_short_name(act, _SHOWN_ALONE, names))
        for act in acts
        if act.has(_SHOWN_ALONE) and act.submission not in answers
    ]
    ends = [act for act in acts if act.has(_SHOWN_LAST) and act.submission not in undone]
    steps += [(act.day, f"{_leading_short_name(act, _SHOWN_LAST, names)} {act.day.year}") for act in ends[-1:]]
    appealed = {round_.opening.submission for round_ in rounds if round_.answer is not None}
    opposed = [act for act in acts if Category.OPPOSITION_DECISION in act.papers and act.submission not in appealed]
    steps += [(act.day, f"{act.label} {act.day.year}") for act in opposed[-1:]]
    return " · ".join(filter(None, (beginning, *(words for _, words in sorted(steps, key=lambda step: step[0])))))


def _was_taken_back(round_: Round) -> bool:
    """Return whether examination went on after a loss of rights, so that it was undone though nothing says how."""
    went_on = category_set("actions") | {Category.ALLOWANCE, Category.ISSUE, Category.ACTION_WITHDRAWN}
    return round_.answer is None and round_.closing is not None and round_.closing.has(went_on)


def _is_told_as_end(round_: Round, outcome: RoundOutcome) -> bool:
    """Return whether a round is a loss of rights or a decision on an opposition that nothing was tried against."""
    ending = (Category.ABANDONMENT, Category.OPPOSITION_DECISION)
    if round_.pairing.opens not in ending or round_.answer is not None:
        return False
    return outcome.name != "revived" and not _was_taken_back(round_)


def _round_as_step(round_: Round, outcome: RoundOutcome, names: StepNames) -> str:
    name = names.of(round_.pairing.opens)
    if round_.answer is None:
        undone = own_words_for(names.office, f"outcome {outcome.name}") if outcome.name == "revived" else None
        return f"{name} ({undone})" if undone else f"{name} {_UNANSWERED_MARKS.get(outcome.name, '')}".strip()
    months = f" +{outcome.extension_months}" if outcome.extension_months else ""
    if outcome.mailing:
        months = f" +{outcome.extension_months}?"
    prefers = round_.pairing.prefers
    if prefers is not None and prefers in round_.answer.papers:
        return f"{name} → {_leading_short_name(round_.answer, frozenset({prefers}), names)}{months}"
    return f"{name} → {_leading_short_name(round_.answer, round_.answering, names)}{months}"


def _leading_short_name(act: Act, categories: frozenset[Category], names: StepNames) -> str:
    """Return the short name of the paper of some categories that leads a submission."""
    leading = min(categories.intersection(act.papers), key=lambda category: category.facts.lead)
    own = {names.own.get(index, "") for index in act.papers[leading]}
    return (own.pop() if len(own) == 1 else "") or names.of(leading)
