"""Which issue paper stands: from its day on an application is a patent, whatever is filed later.

An issue notification can still be undone until the day of the grant, by withdrawal from issue (37 CFR 1.313(c), MPEP
1308) or by an abandonment. A petition for that counts if it is granted, or if the Office went on examining.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from components.prosecution.examination.petitions import effects_of
from components.prosecution.law.categories import ENDING, ISSUING, Category, category_set
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.grants import issue_paper_of
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.words import day


@dataclass(frozen=True, slots=True)
class IssueFound:
    """What the list shows of the issue of a patent."""

    day: date | None = None
    """The day of the issue paper that stands; None if none is listed or none stands."""
    undone_by: Act | None = None
    """What undid the last issue paper, where none stands."""
    inferred: bool = False
    """Whether only what followed suggests that it was undone, and no paper says so."""
    doubt: str = ""
    """What may have undone it, or may not, in words; empty where the list leaves no doubt."""


def issue_found(documents: SortedDocuments, acts: Sequence[Act]) -> IssueFound:
    """Return which issue paper of a history stands: the first after its last allowance that nothing undid.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
    """
    issues = [act for act in acts if act.has(ISSUING)]
    if not issues:
        return IssueFound()
    allowances = (act.day for act in acts if Category.ALLOWANCE in act.papers and act.day <= issues[-1].day)
    allowed = max(allowances, default=date.min)
    found = IssueFound()
    for issue in issues:
        if issue.day < allowed or (found.undone_by and issue.day <= found.undone_by.day):
            continue
        found = _standing(documents, acts, issue)
        if found.day is not None:
            return replace(found, day=_mentioned(acts, found.day))
    return found


def _mentioned(acts: Sequence[Act], issued: date) -> date:
    """Return the day of the mention of the grant, on which a European grant takes effect; else that of the issue paper.

    Art. 97(3) EPC.
    """
    return next((act.day for act in acts if act.day >= issued and Category.GRANT_MENTION in act.papers), issued)


def _standing(documents: SortedDocuments, acts: Sequence[Act], issue: Act) -> IssueFound:
    """Return whether an issue paper stands, or what undid it."""
    until = _latest_grant(documents, acts, issue)
    window = _within(acts, issue.day, until)
    ended = next((act for act in window if act.day > issue.day and act.has(_ENDING_ISSUE)), None)
    if ended is not None:
        return _after_notice(documents, acts, issue, ended)
    asked = _asked_to_withdraw(acts, issue, until)
    if asked is not None:
        return _after_petition(documents, acts, issue, asked, until)
    continued = next((act for act in window if Category.RCE in act.papers), None)
    examined = _examined_after(acts, continued) if continued else None
    return IssueFound(issue.day) if examined is None else IssueFound(undone_by=examined, inferred=True)


_ENDING_ISSUE: Final = ENDING | {Category.WITHDRAWN_FROM_ISSUE}
_GIVING_UP: Final = frozenset({Category.EXPRESS_ABANDONMENT, Category.PETITION_TO_WITHDRAW})


def _after_notice(documents: SortedDocuments, acts: Sequence[Act], issue: Act, ended: Act) -> IssueFound:
    """Return whether an issue paper stands though something came, before the grant, that ends an application.

    A notice of abandonment alone does not undo it, for no application is withdrawn from issue by one (37 CFR 1.313).
    It counts where the applicant had given the application up, or where what followed shows that no patent issued.
    """
    if any(act.day > ended.day and Category.GRANT_CERTIFICATE in act.papers for act in acts):
        return IssueFound(issue.day)  # it is sent only once the grant has been mentioned (Rule 74 EPC)
    if not ended.has(frozenset({Category.ABANDONMENT})) or ended.has(_WITHDRAWN):
        return IssueFound(undone_by=ended)
    later = [act for act in acts if act.day > ended.day]
    given_up = any(act.has(_GIVING_UP) for act in _within(acts, issue.day, ended.day))
    given_up = given_up or "express" in effects_of(documents, ended, Category.ABANDONMENT)
    if given_up or any(_shows_no_patent(documents, act) for act in later):
        return IssueFound(undone_by=ended)
    if any("rescinded" in effects_of(documents, act, *_DECIDING) for act in later):
        return IssueFound(issue.day)
    return IssueFound(issue.day, doubt=f"unless the notice of abandonment of {day(ended.day)} came before the grant")


_WITHDRAWN: Final = frozenset({Category.WITHDRAWAL, Category.WITHDRAWN_FROM_ISSUE})
_DECIDING: Final = (Category.PETITION_DECISION, Category.ACTION_WITHDRAWN)


def _shows_no_patent(documents: SortedDocuments, act: Act) -> bool:
    """Return whether an act after a notice of abandonment is one of an application that had become abandoned."""
    if Category.ISSUE in act.papers or (act.by_office and act.has(_examining())):
        return True
    return not effects_of(documents, act, Category.PETITION).isdisjoint({"petition", "granted"})


def _latest_grant(documents: SortedDocuments, acts: Sequence[Act], issue: Act) -> date:
    """Return the last day on which an issue paper can have been undone: the one before the grant, as far as known."""
    rule = issue_paper_of(documents.office)
    latest = issue.day + timedelta(days=rule.days_to_grant)
    for act in _within(acts, issue.day, latest):
        codes = {normalise_code(documents.codes[index]) for index in act.papers.get(Category.ISSUE, ())}
        if codes & rule.grant_codes:
            return act.day - timedelta(days=1)
    return latest


def _within(acts: Sequence[Act], first: date, last: date) -> Sequence[Act]:
    start, stop = bisect_left(acts, first, key=_day_of), bisect_right(acts, last, key=_day_of)
    return acts[start:stop]


def _day_of(act: Act) -> date:
    return act.day


def _asked_to_withdraw(acts: Sequence[Act], issue: Act, until: date) -> Act | None:
    """Return the last petition to withdraw from issue that came before the grant, unless settled before the issue."""
    for act in reversed(_within(acts, date.min, until)):
        if Category.PETITION_TO_WITHDRAW in act.papers:
            return act
        if act.day < issue.day and act.has(_settling()):
            return None
    return None


@cache
def _settling() -> frozenset[Category]:
    """Return what shows, before an issue paper, that an earlier petition to withdraw from issue is settled."""
    return _examining() | {Category.PETITION_DECISION, Category.WITHDRAWN_FROM_ISSUE}


@cache
def _examining() -> frozenset[Category]:
    return category_set("actions") | {Category.ALLOWANCE}


def _after_petition(documents: SortedDocuments, acts: Sequence[Act], issue: Act, asked: Act, until: date) -> IssueFound:
    """Return whether an issue paper stands though withdrawal from issue was asked for."""
    later = _within(acts, asked.day, until)
    decided = next((act for act in later if Category.PETITION_DECISION in act.papers), None)
    said = effects_of(documents, decided, Category.PETITION_DECISION) if decided else frozenset()
    if "refused" in said:
        return IssueFound(issue.day)
    granted = decided if "granted" in said else None
    if "granted" in effects_of(documents, asked, Category.PETITION):
        granted = asked
    undone_by = granted or _examined_after(acts, asked)
    if undone_by is not None:
        return IssueFound(undone_by=undone_by, inferred=undone_by is not granted)
    petition = f"petition to withdraw from issue of {day(asked.day)}"
    if decided is None:
        return IssueFound(issue.day, doubt=f"unless the {petition} was granted: no decision on it is listed")
    how = f"how the petition decision of {day(decided.day)} went is not listed"
    if any(Category.RCE in act.papers for act in later):
        return IssueFound(undone_by=decided, inferred=True, doubt=f"unless the {petition} was refused: {how}")
    return IssueFound(issue.day, doubt=f"unless the {petition} was granted: {how}")


def _examined_after(acts: Sequence[Act], asked: Act) -> Act | None:
    """Return the first act of examination of the Office after an act of the applicant."""
    later = acts[bisect_right(acts, asked.day, key=_day_of) :]
    return next((act for act in later if act.by_office and act.has(_examining())), None)
