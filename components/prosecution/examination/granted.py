"""How a patent stands that was granted, and on what it rests that it was.

A patent stays granted, whatever is listed after its issue paper, unless a paper shows that it ended. An issue paper
shows the grant, or another paper that only a patent has, else the number.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from components.prosecution.examination.abandonments import Abandonment
from components.prosecution.examination.grant_evidence import (
    end_of_list,
    is_reissue_not_allowed,
    no_issue_paper,
    number_as_evidence,
    trial_of_patent,
)
from components.prosecution.examination.issues import IssueFound
from components.prosecution.examination.petitions import paper_in_words
from components.prosecution.law.categories import ENDING_APPEALS, ISSUING, Category
from components.prosecution.law.grants import AfterGrant, after_grant_of, issue_paper_of
from components.prosecution.law.vocabulary import Status
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.plausible_dates import as_date
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.words import day as day_in_words


class Standing(NamedTuple):
    """How an application or a patent stands."""

    status: Status
    evidence: str = ""
    """On what that rests, in words."""
    doubt: str = ""
    """What may be otherwise, as a clause."""
    category: Category | None = None
    """That of the paper on which it rests."""
    words: str = ""
    """The status in the office's own words, where a paper says more than the status; empty where none does."""


def standing_of_patent(
    documents: SortedDocuments, acts: Sequence[Act], issue: IssueFound, abandonments: Sequence[Abandonment]
) -> Standing | None:
    """Return how a patent stands that was granted; `None` if nothing shows a grant, or papers show the contrary.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        issue: what the list shows of the issue.
        abandonments: each abandonment with what became of it.
    """
    granted = _granted(documents, acts, issue, abandonments)
    turn = None if granted is None and is_reissue_not_allowed(documents) else _last_turn(documents)
    if granted is None and turn is not None and issue.undone_by is None:
        granted = Standing("Granted", turn.words)  # what ends a patent, or lets it stand, is of a granted one
    if granted is None:
        return None
    granted = granted if turn is None else _after_turn(documents, granted, turn)
    pending = _pending_after_grant(acts, turn)
    return granted if pending is None else granted._replace(category=pending, words="")


def _granted(
    documents: SortedDocuments, acts: Sequence[Act], issue: IssueFound, abandonments: Sequence[Abandonment]
) -> Standing | None:
    """Return on what it rests that a patent was granted; `None` if nothing shows it, or papers show the contrary."""
    if issue.day is not None:
        shows = [
            (act, category) for act in acts if act.day == issue.day for category in act.papers if category in ISSUING
        ]
        paper, category = min(shows, key=lambda found: found[1].facts.lead)
        return Standing("Granted", paper_in_words(documents, paper, category), issue.doubt)
    withdrawn_from_issue = issue.undone_by is not None and not issue.inferred
    if withdrawn_from_issue or documents.proceeding is not None:  # the number of a proceeding is that of its patent
        return None
    of_original = is_reissue_not_allowed(documents)
    for category in () if of_original else issue_paper_of(documents.office).also_shown_by:
        shown = next((act for act in acts if category in act.papers), None)
        if shown is not None:
            missing = no_issue_paper(documents) if issue.undone_by is None else ""
            return Standing("Granted", f"{paper_in_words(documents, shown, category)}{missing}")
    number = number_as_evidence(documents)
    withdrawn = bool(abandonments) and Category.WITHDRAWAL in abandonments[-1].notice.papers
    if withdrawn and not abandonments[-1].is_undone:
        return None
    if not number:
        trial = trial_of_patent(documents, acts)
        return Standing("Granted", trial) if trial else None
    return Standing("Granted", f"by {number}; {end_of_list(documents, acts)}")


def _pending_after_grant(acts: Sequence[Act], turn: "_Turn | None") -> Category | None:
    """Return what is pending against a patent: an opposition, or an appeal in it; `None` if the list shows neither."""
    opposed = next((act.day for act in acts if Category.OPPOSITION in act.papers), None)
    if opposed is None:
        return None
    decided = [act.day for act in acts if Category.OPPOSITION_DECISION in act.papers and act.day >= opposed]
    decided += [as_date(turn.number)] if turn else []
    if not decided:
        return Category.OPPOSITION
    appealed = [act.day for act in acts if Category.NOTICE_OF_APPEAL in act.papers and act.day >= min(decided)]
    ended = [act.day for act in acts if act.has(ENDING_APPEALS)]
    return (
        Category.NOTICE_OF_APPEAL
        if appealed and max(appealed) > max([*ended, *decided[1:]], default=date.min)
        else None
    )


class _Turn(NamedTuple):
    """The last paper by which a granted patent ended, or was told to stand."""

    number: int
    """Its day as `yyyymmdd`."""
    row: AfterGrant

    @property
    def words(self) -> str:
        """What it is called, with its day."""
        return f"{self.row.noun} of {day_in_words(as_date(self.number))}"


def _last_turn(documents: SortedDocuments) -> _Turn | None:
    turns = (
        _Turn(int(documents.days[index]), row)
        for index, description in enumerate(documents.descriptions)
        if (row := after_grant_of(documents.office, description)) is not None
        and documents.days[index] > 0
        and documents.in_range[index]
    )
    return max(turns, key=lambda turn: turn.number, default=None)


def _after_turn(documents: SortedDocuments, granted: Standing, turn: _Turn) -> Standing:
    """Return how a granted patent stands after a paper by which it ended, or was told to stand."""
    if turn.row.status == granted.status:
        evidence = granted.evidence if granted.evidence == turn.words else f"{granted.evidence}; {turn.words}"
        return granted._replace(evidence=evidence, words=turn.row.shown_as)
    later = documents.in_range & (documents.days > turn.number)
    appeals = documents.days[later & (documents.categories == Category.NOTICE_OF_APPEAL)]
    if turn.row.appeal_suspends and appeals.size:
        appeal = day_in_words(as_date(int(appeals[0])))
        last = int(appeals.max())
        if (later & (documents.categories == Category.APPEAL_ENDED) & (documents.days >= last)).any():
            return Standing(turn.row.status, turn.words)  # once the appeal is withdrawn, the decision is final
        decided = later & (documents.categories == Category.BOARD_DECISION)
        failed = "failed: the list does not say how the Board decided" if decided.any() else "fails"
        return granted._replace(doubt=f"unless the appeal of {appeal} against the {turn.words} {failed}")
    return Standing(turn.row.status, turn.words)
