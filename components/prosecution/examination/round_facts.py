"""A round: one action, what answered or ended it, and the period in which that was due."""

from datetime import date
from typing import Final, NamedTuple

from components.prosecution.law.categories import ENDING, Category
from components.prosecution.law.pairings import Pairing
from components.prosecution.law.periods import Deadline, Period, compute_deadline
from components.prosecution.papers.daily_acts import Act

_HELD_UNANSWERED: Final = ENDING | {Category.APPEAL_ENDED, Category.RCE}
"""Papers after which what was due stays due, or was."""


class Round(NamedTuple):
    """One action and its answer; `None` where there is none."""

    pairing: Pairing
    opening: Act
    document: int
    """The paper that opened it, as an index in the sorted documents."""
    label: str
    period: Period | None = None
    undated: str = ""
    """Why no last day is computed, where the table of periods says it."""
    base: date | None = None
    """The day of the earlier action from which the period runs (`Pairing.runs_from`); `None`: from the opening."""
    restarted: date | None = None
    """From when the period runs, if the Office restarted it."""
    not_before: date | None = None
    """A day before which the period does not end."""
    refused: date | None = None
    """When the Office last decided on a reply or a request without ending the round."""
    suspended: bool = False
    """Whether the period is or was suspended until the Office decides."""
    decided: Act | None = None
    """The Office's decision on what suspended the period, if the round goes on after it."""
    asked: date | None = None
    """When the applicant first asked for what prolongs the period if it is refused (`Pairing.prolonged_if`)."""
    late_request: date | None = None
    """When something was filed that would have suspended the period, had it come with the opening paper."""
    same_day: bool = False
    """Whether a reply of the same day is listed, which may answer an earlier action."""
    partial: tuple[Act, ...] = ()
    """Replies that count as the answer only if the Office then acts on them (`Pairing.completed_by`)."""
    improper: tuple[Act, ...] = ()
    """Requests for continued examination that were improper, and did not stop the period (MPEP 706.07(h))."""
    extensions: tuple[Act, ...] = ()
    """Requests for more time."""
    granted: tuple[Act, ...] = ()
    """The Office's grants of more time, each until a day that a list does not show."""
    answer: Act | None = None
    closing: Act | None = None
    """The act that ended it without being its answer."""
    next_act: Act | None = None
    """What the other side did first after the answer."""

    @property
    def is_open(self) -> bool:
        """Whether nothing answered or ended it."""
        return self.answer is None and self.closing is None

    @property
    def ended(self) -> date | None:
        """The day of the answer, or of what ended the round without one."""
        act = self.answer or self.closing
        return act.day if act else None

    def is_by_respondent(self, act: Act) -> bool:
        """Return whether an act is of the side that must act: of a third party too where that opened the round.

        An opponent appeals, and files the grounds, as the proprietor does (Art. 107 and 108 EPC).
        """
        if not self.pairing.by_applicant:
            return act.by_office
        return act.by_applicant or (self.by_third_party and not act.by_office)

    @property
    def by_third_party(self) -> bool:
        """Whether a third party opened it."""
        return not (self.opening.by_applicant or self.opening.by_office)

    @property
    def answering(self) -> frozenset[Category]:
        """The categories of the papers that can answer it.

        Where the answer came after a loss of rights that was undone, that may be the request alone.
        """
        usual = self.pairing.answered_by | self.pairing.partial
        return usual if self.answer is None or self.answer.has(usual) else frozenset(self.answer.papers)

    @property
    def since(self) -> date:
        """The date of the paper from which the period runs."""
        return self.restarted or self.base or self.opening.day

    @property
    def owed(self) -> str:
        """What the applicant owes, as the beginning of a sentence on its last day; empty where the Office must act."""
        return (self.period.owes if self.period else "") or self.pairing.owes

    @property
    def otherwise(self) -> str:
        """What follows if nothing comes; empty for a round that is not open."""
        own = self.period.otherwise if self.period else ""
        return (own or self.pairing.otherwise) if self.is_open else ""

    @property
    def rests(self) -> bool:
        """Whether the period rests, because no decision on what suspended it is listed."""
        return self.suspended and self.decided is None

    @property
    def went_on_by_office(self) -> bool:
        """Whether the Office went on by itself with what the applicant had asked it to review, so that nothing was due.

        Not if it only held that nothing had come: that the appeal is dismissed, or the application abandoned.
        """
        return self.suspended and self.closing is not None and not self.closing.has(_HELD_UNANSWERED)

    @property
    def deadline(self) -> Deadline | None:
        """The computed end of the period, if a rule is certain."""
        if self.period is None or self.rests or self.went_on_by_office:
            return None
        return compute_deadline(self.period, self.since, not_before=self.not_before)
