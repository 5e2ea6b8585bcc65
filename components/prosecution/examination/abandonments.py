"""What became of each abandonment: whether it stands, was undone, or may have been.

A notice only tells of an abandonment (35 USC 133, 37 CFR 1.135). It is undone by a granted petition to revive (37 CFR
1.137), or where the Office withdraws its holding, asked by a petition under 37 CFR 1.181 or by itself (MPEP 711.03(c));
and that examination went on shows that it was undone, whatever else is listed. An RCE alone undoes nothing: it is
improper in an abandoned application (MPEP 706.07(h)).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, Literal

from components.prosecution.examination.petitions import about_abandonment, effects_of, paper_in_words
from components.prosecution.examination.round_facts import Round
from components.prosecution.law.abandonment_papers import Effect
from components.prosecution.law.categories import ENDING, Category, category_facts, category_set
from components.prosecution.law.office_words import words_for
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.words import day

Fate = Literal["stands", "undecided", "refused", "decided", "revived", "rescinded", "went on"]
"""What the list shows of an abandonment: nothing that undoes it; a petition without a decision; one that was refused; a
decision of which the title does not say how it went; a revival; that the Office withdrew its holding; or that
examination went on without a petition or a decision that would say why."""

_DECIDING: Final = (Category.PETITION_DECISION, Category.ACTION_WITHDRAWN)
_RCES: Final = frozenset({Category.RCE, Category.IMPROPER_RCE})
_UNDOING: Final[frozenset[Effect]] = frozenset({"granted", "rescinded"})


@dataclass(frozen=True, slots=True)
class Abandonment:
    """An abandonment, and what the list shows of its undoing."""

    notice: Act
    first_notice: date
    """The day of the first notice, where it was repeated."""
    last_day: date | None = None
    """The last day of the period as computed, if the first notice came no later: it was premature (MPEP 711.03(c))."""
    replied: Act | None = None
    """The answer in time to the last action, if the notice ended no open period: what it rests on is not listed."""
    late: tuple[Act, date] | None = None
    """The answer to the last action that came before the notice, but after the last day, and that day."""
    same_day: Act | None = None
    """What the applicant filed on the day of the notice that may have answered the action."""
    express: Act | None = None
    """The letter by which the applicant gave the application up (37 CFR 1.138), where one came before the notice."""
    petitions: tuple[Act, ...] = ()
    """Petitions that may be to revive, of the day of the notice or later, or still undecided on that day."""
    decisions: tuple[tuple[Act, Effect], ...] = ()
    """Decisions on petitions since then, and what each says."""
    rces: tuple[Act, ...] = ()
    """RCEs of the day of the notice or later before which no petition is listed."""
    alive: Act | None = None
    """The first act of the Office that shows that the application goes on."""

    @property
    def is_void(self) -> bool:
        """Whether the notice came too early and was taken back, so that the period ran on."""
        return self.last_day is not None and self.is_undone and not self.petitions

    @property
    def fate(self) -> Fate:
        """What the list shows of it, the strongest sign first."""
        said = [effect for _, effect in self.decisions]
        if "rescinded" in said:
            return "rescinded"
        if "granted" in said:
            return "revived"
        if self.alive is not None:
            return "revived" if self.petitions else "went on"
        if not said:
            return "undecided" if self.petitions else "stands"
        if said[-1] == "refused":
            renewed = any(petition.day > self.decisions[-1][0].day for petition in self.petitions)
            return "undecided" if renewed else "refused"
        return "decided"

    @property
    def is_undone(self) -> bool:
        """Whether the application is taken to live.

        A decision of which the title does not say how it went counts where it was asked for, where the notice was
        premature, or where an answer is listed: usually the application lives then, and that it may not is told.
        """
        expected = bool(self.petitions or self.last_day or self.replied)
        return self.fate in ("revived", "rescinded", "went on") or (self.fate == "decided" and expected)


def abandonments_in(documents: SortedDocuments, acts: Sequence[Act], rounds: Sequence[Round]) -> list[Abandonment]:
    """Return the abandonments of a history with what became of each, oldest first.

    A notice that is repeated before anything undid it is one abandonment, told by its last notice.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        rounds: the rounds, which tell when an answer could last be given.
    """
    owed = _Owed(rounds)
    found: list[Abandonment] = []
    running: Abandonment | None = None
    pending: list[Act] = []
    express: Act | None = None
    # with a petition comes the reply that the notice had missed (37 CFR 1.137(b))
    filed_by_applicant = [act for act in acts if act.by_applicant and Category.PETITION not in act.papers]
    replies = {act.day: act for act in filed_by_applicant if act.has(_answering())}
    for act in (about_abandonment(documents, act) for act in acts if act.has(_relevant())):
        if running is not None:
            running = _after(documents, running, act)
        if act.has(ENDING) and running is not None and not _undone_by_decision(running):
            running = running if _confirms(running, act) else replace(running, notice=act)
        elif act.has(ENDING):
            found += [running] if running is not None else []
            running = Abandonment(act, act.day, express=express, petitions=tuple(pending))
            if express is None and not _names_cause(documents, act):
                replied, late = owed.reply_before(act)
                running = replace(
                    running, last_day=owed.last_day(act), replied=replied, late=late, same_day=replies.get(act.day)
                )
        if running is not None and running.alive is not None:
            found.append(running)
            running = None
        pending = _still_pending(documents, pending, act)
        express = act if Category.EXPRESS_ABANDONMENT in act.papers else None if act.has(_life()) else express
    return found if running is None else [*found, running]


@cache
def _answering() -> frozenset[Category]:
    return category_set("replies") | {Category.RCE, Category.NOTICE_OF_APPEAL, Category.ISSUE_FEE}


@cache
def _life() -> frozenset[Category]:
    return frozenset(
        facts.category for facts in category_facts() if facts.side is Side.OFFICE and facts.revives
    ) - frozenset({Category.ABANDONMENT})


@cache
def _relevant() -> frozenset[Category]:
    asked = {Category.PETITION, Category.PETITION_DECISION, Category.EXPRESS_ABANDONMENT, *_RCES}
    return _life() | ENDING | asked


def _after(documents: SortedDocuments, abandonment: Abandonment, act: Act) -> Abandonment:
    """Return an abandonment as it is after an act."""
    if act.by_applicant:
        return _after_applicant(documents, abandonment, act)
    said = effects_of(documents, act, *_DECIDING) - {"unrelated"}
    if "granted" in said and abandonment.petitions and _asks_to_withdraw(documents, abandonment.petitions[-1]):
        said = said - {"granted"} | {"rescinded"}
    decisions = [(act, effect) for effect in sorted(said)]
    lives = act.by_office and act.day > abandonment.notice.day and act.has(_life()) and "rescinded" not in said
    return replace(
        abandonment, decisions=(*abandonment.decisions, *decisions), alive=act if lives else abandonment.alive
    )


def _asks_to_withdraw(documents: SortedDocuments, petition: Act) -> bool:
    """Return whether a petition asks the Office only to withdraw its holding, as there was no abandonment."""
    return effects_of(documents, petition, Category.PETITION) == {"holding"}


def _after_applicant(documents: SortedDocuments, abandonment: Abandonment, act: Act) -> Abandonment:
    said = effects_of(documents, act, Category.PETITION)
    if Category.PETITION in act.papers:
        granted: list[tuple[Act, Effect]] = [(act, "granted")] if "granted" in said else []
        return replace(
            abandonment,
            petitions=(*abandonment.petitions, act),
            decisions=(*abandonment.decisions, *granted),
            rces=(),
        )
    if act.has(_RCES) and not abandonment.petitions:
        return replace(abandonment, rces=(*abandonment.rces, act))
    return abandonment


def _confirms(abandonment: Abandonment, act: Act) -> bool:
    """Return whether the Office only confirms a withdrawal, which took effect on the day of its receipt."""
    return act.by_office and Category.WITHDRAWAL in act.papers and Category.WITHDRAWAL in abandonment.notice.papers


def _undone_by_decision(abandonment: Abandonment) -> bool:
    return any(effect in _UNDOING for _, effect in abandonment.decisions)


def _names_cause(documents: SortedDocuments, notice: Act) -> bool:
    """Return whether a notice tells why: that the applicant gave the application up, or what was missed."""
    said = effects_of(documents, notice, Category.ABANDONMENT)
    return Category.WITHDRAWAL in notice.papers or not said.isdisjoint({"express", "cause"})


class _Owed:
    """The rounds in which the applicant owed an answer, found by the notice that ended them."""

    def __init__(self, rounds: Sequence[Round]) -> None:
        """Take the rounds of a history, in the order in which they were opened."""
        self._rounds = [round_ for round_ in rounds if round_.pairing.by_applicant]
        self._ended: defaultdict[int, list[Round]] = defaultdict(list)
        for round_ in self._rounds:
            if round_.closing is not None:
                self._ended[round_.closing.submission].append(round_)

    def last_day(self, notice: Act) -> date | None:
        """Return the last day of the periods that a notice ended, if it came no later."""
        deadlines = [round_.deadline for round_ in self._ended[notice.submission]]
        days = [deadline.last for deadline in deadlines if deadline is not None]
        return max((day for day in days if day >= notice.day), default=None)

    def reply_before(self, notice: Act) -> tuple[Act | None, tuple[Act, date] | None]:
        """Return the answer to the last action or allowance before a notice that ended no round.

        Returns:
            The answer if it came in time, else `None`; and if it did not, the answer and the last day.
        """
        before = bisect_left(self._rounds, notice.day, key=lambda round_: round_.opening.day)
        if before == 0 or self._ended[notice.submission]:
            return None, None
        last = self._rounds[before - 1]
        answer, deadline = last.answer, last.deadline
        of_interest = last.pairing.opens in category_set("actions") | {Category.ALLOWANCE}
        if answer is None or deadline is None or answer.day > notice.day or not of_interest:
            return None, None
        return (answer, None) if answer.day <= deadline.last else (None, (answer, deadline.last))


def _still_pending(documents: SortedDocuments, pending: Sequence[Act], act: Act) -> list[Act]:
    """Return the petitions that are undecided after an act; an act of examination leaves none."""
    if act.has(_life()) or (not act.by_applicant and effects_of(documents, act, *_DECIDING)):
        return []
    asked = act.by_applicant and not effects_of(documents, act, Category.PETITION).isdisjoint({"petition", "holding"})
    return [*pending, act] if asked else list(pending)


_OATH_WITH_FEE: Final = date(2012, 9, 16)
"""Applications filed since then may be allowed without an oath (Leahy-Smith America Invents Act, section 4)."""


def doubts_about(
    documents: SortedDocuments, acts: Sequence[Act], abandonment: Abandonment, *, filed: date | None
) -> list[str]:
    """Return what the list leaves open about an abandonment, as clauses; nothing where it leaves nothing open.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        abandonment: the last of the history.
        filed: day of filing; `None` if the list does not show it.
    """
    if abandonment.is_undone and abandonment.fate != "decided":
        return []
    doubts = _about_fate(documents, abandonment)
    if abandonment.express is not None:
        doubts.append(f"the applicant gave it up on {day(abandonment.express.day)} (37 CFR 1.138)")
    if abandonment.replied is not None:
        answer = f"{noun_of_label(abandonment.replied.label)} of {day(abandonment.replied.day)}"
        doubts.append(f"the {answer} came before the notice, in time as computed")
    if abandonment.late is not None and not abandonment.is_undone:
        late, last = abandonment.late
        answer = f"{noun_of_label(late.label)} of {day(late.day)}"
        doubts.append(f"the {answer} came after the last day, {day(last)} (computed): a possible cause")
    if abandonment.same_day is not None:
        doubts.append(same_day_in_words(abandonment))
    if abandonment.last_day:
        doubts.append(f"{premature_in_words(abandonment)}, so that the holding may be withdrawn (MPEP 711.03(c))")
    if not abandonment.is_undone and abandonment.express is None and _lacks_oath(documents, acts, abandonment, filed):
        doubts.append(
            "no oath or declaration is listed, which is due with the issue fee (35 USC 115(f)): a possible cause"
        )
    return doubts


def _about_fate(documents: SortedDocuments, abandonment: Abandonment) -> list[str]:
    fate, request = abandonment.fate, words_for(documents.office, "revival_request")
    if fate == "decided":
        decision = f"{words_for(documents.office, 'revival_decision')} of {day(abandonment.decisions[-1][0].day)}"
        if abandonment.is_undone:
            notice = f"{noun_of_label(abandonment.notice.label)} of {day(abandonment.notice.day)}"
            return [f"unless the {notice} stands: how the {decision} went is not listed"]
        return [f"unless the {decision} undid it: how it went is not listed, and no {request} is listed"]
    if fate == "undecided":
        petition = paper_in_words(documents, abandonment.petitions[-1], Category.PETITION)
        return [f"no decision on the {petition} is listed"]
    if fate == "refused":
        return [f"the {request} was refused with the decision of {day(abandonment.decisions[-1][0].day)}"]
    if abandonment.rces:
        came = day(abandonment.rces[0].day)
        return [f"the RCE of {came} came without a petition to revive and revives nothing (MPEP 706.07(h))"]
    return []


def same_day_in_words(abandonment: Abandonment) -> str:
    """Return what the applicant filed on the day of a notice; empty if nothing that may be the reply."""
    filed = abandonment.same_day
    return f"the {noun_of_label(filed.label)} of the day of the notice is listed too" if filed else ""


def premature_in_words(abandonment: Abandonment) -> str:
    """Return that a notice came before the time to answer was over; empty if it did not, as far as known."""
    last = abandonment.last_day
    if last is None:
        return ""
    early = "before" if abandonment.first_notice < last else "on"
    return f"the notice came {early} the last day to answer, {day(last)} (computed)"


def _lacks_oath(documents: SortedDocuments, acts: Sequence[Act], abandonment: Abandonment, filed: date | None) -> bool:
    """Return whether a fee was paid in time and no oath is listed, though the list begins with the filing."""
    if abandonment.late is not None or documents.office != "US" or filed is None or filed < _OATH_WITH_FEE:
        return False
    if not any(Category.APPLICATION in act.papers for act in acts):
        return False
    before = [act for act in acts if act.day <= abandonment.notice.day]
    allowed = max((act.day for act in before if Category.ALLOWANCE in act.papers), default=None)
    if allowed is None or not any(Category.ISSUE_FEE in act.papers and act.day >= allowed for act in before):
        return False
    return not any("oath" in effects_of(documents, act, *act.papers) for act in before)
