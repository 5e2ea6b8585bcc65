"""How an application stands, on what that rests, and the days between which it was pending.

A patent that was granted stays so, unless a paper shows that it ended (`granted`). An application that was abandoned
stays so unless that was undone (`abandonments`). All else is decided by the last decisive paper.

All of it is read from the list of documents, whose dates are those of sending or receipt: `issued` is the date of the
issue notification (US), of the certificate (JP), and at the EPO of the mention of the grant, where it is listed, else
of the decision to grant.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np

from components.prosecution.examination.abandonments import Abandonment, doubts_about
from components.prosecution.examination.denials import doubt_about_denial
from components.prosecution.examination.grant_evidence import number_as_evidence
from components.prosecution.examination.granted import Standing, standing_of_patent
from components.prosecution.examination.issues import IssueFound
from components.prosecution.examination.pending_appeals import DecisivePaper, outside_appeals
from components.prosecution.examination.petitions import effects_of, paper_in_words
from components.prosecution.law.categories import ENDING, ISSUING, Category
from components.prosecution.law.codes import category_left_by, code_statuses_of, normalise_code, stem_of
from components.prosecution.law.number_formats import is_provisional
from components.prosecution.law.office_statuses import category_statuses_of, office_status
from components.prosecution.law.pairings import undoes_losses_by_the_act
from components.prosecution.law.verdicts import categories_with_verdicts, status_after_verdict
from components.prosecution.law.vocabulary import STATUSES, Status
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.prosecution.tables import dates
from components.words import day as day_in_words

_FAR: Final = 100_000_000
"""More than any `yyyymmdd`, so that a category and a day fit into one number."""
_CATEGORIES: Final = tuple(Category)

CategoryDays = Mapping[Category, Sequence[date | None]]
"""The distinct days of each category, in order, `None` (undated) first; categories that do not occur are absent."""


def listed_dates(days: CategoryDays, category: Category) -> list[date]:
    """Return the dates of a category, in order; none if it does not occur with a date."""
    return [day for day in days.get(category, ()) if day]


def category_days(documents: SortedDocuments) -> CategoryDays:
    """Return the days on which each category of paper occurs; papers out of range are left out."""
    in_range = documents.in_range
    pairs = np.unique(documents.categories[in_range].astype(np.int64) * _FAR + documents.days[in_range])
    days = dates(pairs % _FAR).astype("datetime64[D]").tolist()
    days_by_category: defaultdict[Category, list[date | None]] = defaultdict(list)
    for number, day in zip((pairs // _FAR).tolist(), days, strict=True):
        days_by_category[_CATEGORIES[number]].append(day)
    return dict(days_by_category)


@dataclass(frozen=True, slots=True)
class StatusAndDates:
    """How an application stands, and its decisive days; `None` for what the list does not show."""

    status: Status
    words: str
    """The status in the office's own words: "Deemed withdrawn"."""
    evidence: str
    """On what the status rests: "notice of abandonment of 9 Mar 2007"; empty if on nothing that is listed."""
    doubt: str
    """What may be otherwise, as a clause: "unless ..."; empty where the list leaves no doubt."""
    filed: date | None
    entered: date | None
    """When an international application came to this office."""
    issued: date | None
    abandoned: date | None
    refused: date | None
    """The day of the refusal that stands."""
    first: date | None
    """The first paper in range."""
    last: date | None
    """The last paper in range."""

    @property
    def begun(self) -> date | None:
        """When it began at this office: the entry of an international application, else the filing."""
        return self.entered or self.filed

    @property
    def end(self) -> date | None:
        """The end of the pendency: issue, abandonment or refusal, of an open file its last listed document."""
        return self.issued or self.abandoned or self.refused or self.last


def status_and_dates_of(
    documents: SortedDocuments,
    acts: Sequence[Act],
    listed_days: CategoryDays,
    issue: IssueFound,
    abandonments: Sequence[Abandonment],
) -> StatusAndDates:
    """Return the days between which an application was pending, and how it stands.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        listed_days: the days of each category.
        issue: what the list shows of the issue.
        abandonments: each abandonment with what became of it.
    """
    filed = filing_day(listed_days)
    standing = _standing(documents, acts, issue, abandonments, filed)
    ended = [day for category in ENDING for day in listed_dates(listed_days, category)]
    outermost = [
        day for days in listed_days.values() for day in (*days[:2], days[-1]) if day
    ]  # in order, undated first
    return StatusAndDates(
        status=standing.status,
        words=standing.words or office_status(documents.office, standing.status, standing.category),
        evidence=standing.evidence,
        doubt=standing.doubt,
        filed=filed,
        entered=min(listed_dates(listed_days, Category.NATIONAL_ENTRY), default=None),
        issued=issue.day,
        abandoned=_lost(abandonments, ended) if standing.status == "Abandoned" else None,
        refused=_refused(listed_days, standing.status),
        first=min(outermost, default=None),
        last=max(outermost, default=None),
    )


def _refused(listed_days: CategoryDays, status: Status) -> date | None:
    """Return the day of the last decision of refusal of a refused application; `None` for any other.

    Args:
        listed_days: the days of each category.
        status: how the application stands.
    """
    return max(listed_dates(listed_days, Category.REFUSAL), default=None) if status == "Refused" else None


def _lost(abandonments: Sequence[Abandonment], ended: Sequence[date]) -> date | None:
    """Return the day on which an application ended: that of the last notice, or of what it confirms."""
    return abandonments[-1].notice.day if abandonments else max(ended, default=None)


def _standing(
    documents: SortedDocuments,
    acts: Sequence[Act],
    issue: IssueFound,
    abandonments: Sequence[Abandonment],
    filed: date | None,
) -> Standing:
    granted = standing_of_patent(documents, acts, issue, abandonments)
    if granted is not None:
        return granted
    standing = _by_papers(documents, acts, issue, abandonments, filed)
    number = number_as_evidence(documents)
    if number and (issue.undone_by or standing.status == "Abandoned"):
        return standing._replace(doubt="; ".join(filter(None, (standing.doubt, f"{number} is of a granted patent"))))
    return standing


_PROVISIONAL: Final = (
    "a provisional application is not examined, and ends 12 months after its filing (35 USC 111(b)(5))"
)


def _by_papers(
    documents: SortedDocuments,
    acts: Sequence[Act],
    issue: IssueFound,
    abandonments: Sequence[Abandonment],
    filed: date | None,
) -> Standing:
    """Return how an application without a grant stands, by its abandonments and its last decisive paper."""
    last = abandonments[-1] if abandonments else None
    doubts = [issue.doubt, *(doubts_about(documents, acts, last, filed=filed) if last else ())]
    doubt = "; ".join(filter(None, doubts))
    if last is not None and (not last.is_undone or _was_confirmed(acts, last)):
        category = min(ENDING.intersection(last.notice.papers))
        return Standing("Abandoned", paper_in_words(documents, last.notice, category), doubt, category)
    act, decisive = _decisive_paper(documents, acts)
    closed = _closed(documents, acts, act, decisive)
    if closed is not None:
        return closed
    if act is None or decisive is None:
        return _undecided(documents, acts, doubt)
    completed = _completed(documents, acts, act)
    if completed is not None:
        return Standing("Awaiting office", paper_in_words(documents, completed, Category.FORMALITIES_REPLY), doubt)
    status = _status_after(documents, act, decisive) or "Pending"
    turned = _turned_to_office(documents, issue, last)
    if turned is not None and act.day <= turned.day and decisive not in turned.papers:
        taken_back = "Allowed" if turned is issue.undone_by else "Awaiting applicant"
        if status == taken_back:
            return Standing("Awaiting office", f"{noun_of_label(turned.label)} of {day_in_words(turned.day)}", doubt)
    unsaid = category_statuses_of(documents.office).get(decisive)
    open_points = (
        doubt_about_denial(documents, acts, act),
        unsaid.doubt if unsaid and act.verdict is None else "",
        _bare_loss(documents, acts, act),
    )
    doubt = "; ".join(filter(None, (doubt, *open_points)))
    return Standing(status, paper_in_words(documents, act, decisive), doubt, decisive)


def _was_confirmed(acts: Sequence[Act], loss: Abandonment) -> bool:
    """Return whether the file was closed after a loss without any sign that it was undone: then it stands."""
    closed = any(act.day > loss.notice.day and Category.FILE_CLOSED in act.papers for act in acts)
    return closed and loss.alive is None and loss.fate == "decided"


def _closed(
    documents: SortedDocuments, acts: Sequence[Act], last: Act | None, decisive: Category | None
) -> Standing | None:
    """Return how an application ended whose file the Office closed after its last decisive paper; `None` if it did not.

    After a decision of the Board that does not say what it decided it shows that the appeal against the refusal failed.
    Where no paper says why, it is only known that the application ended.
    """
    since = last.day if last else date.min
    closing = next((act for act in acts if act.day >= since and Category.FILE_CLOSED in act.papers), None)
    if closing is None or (last and decisive and _status_after(documents, last, decisive) == "Refused"):
        return None
    evidence = paper_in_words(documents, closing, Category.FILE_CLOSED)
    refused = any(Category.REFUSAL in act.papers for act in acts if act.day < since)
    if last is not None and decisive is Category.BOARD_DECISION and refused and last.verdict is None:
        decision = paper_in_words(documents, last, decisive)
        return Standing("Refused", f"{decision}; {evidence}", category=Category.REFUSAL)
    return _ended_with_file(documents, closing)


def _undecided(documents: SortedDocuments, acts: Sequence[Act], doubt: str) -> Standing:
    """Return how an application without any decisive paper stands: it is pending, unless its file was closed."""
    closing = next((act for act in acts if Category.FILE_CLOSED in act.papers), None)
    if closing is not None:
        return _ended_with_file(documents, closing)
    if is_provisional(documents.office, documents.history.apno):
        doubt = _PROVISIONAL
    return Standing("Pending", doubt=doubt)


def _ended_with_file(documents: SortedDocuments, closing: Act) -> Standing:
    """Return that an application ended with its file; why, the paper says where an office closes files by decision."""
    row = category_statuses_of(documents.office).get(Category.FILE_CLOSED)
    doubt = row.doubt if row else "why the application ended is not listed"
    evidence = paper_in_words(documents, closing, Category.FILE_CLOSED)
    return Standing("Abandoned", evidence, doubt, Category.FILE_CLOSED)


def _bare_loss(documents: SortedDocuments, acts: Sequence[Act], last: Act) -> str:
    """Return that a loss of rights since the last decisive act may be of the whole application, as a clause."""
    for act in reversed(acts):
        if act.day >= last.day and "unsaid" in effects_of(documents, act, Category.PARTIAL_LOSS):
            noted = paper_in_words(documents, act, Category.PARTIAL_LOSS)
            return f"unless the {noted} is of the whole application: its title does not say"
    return ""


def _completed(documents: SortedDocuments, acts: Sequence[Act], last: Act) -> Act | None:
    """Return the reply that came after the notice of missing parts of a continued prosecution application, if one did.

    37 CFR 1.53(d), (f). Such a reply counts as a step after no other notice.
    """
    notices = last.papers.get(Category.OTHER_OFFICE_ACTION, ())
    if not any(normalise_code(documents.codes[index]) in _CPA_NOTICES for index in notices):
        return None
    return next((act for act in acts if act.day > last.day and Category.FORMALITIES_REPLY in act.papers), None)


def _turned_to_office(documents: SortedDocuments, issue: IssueFound, last: Abandonment | None) -> Act | None:
    """Return the act after which the Office has to act though no paper says so.

    A withdrawal from issue takes the allowance back; and who revives an application files the reply with the petition
    (37 CFR 1.137(b)), or completes the omitted act within the period for further processing (Rule 135(1) EPC).
    """
    if issue.undone_by is not None:
        return issue.undone_by
    if last is None or not last.decisions or last.fate not in ("revived", "decided", "rescinded"):
        return None
    completed = last.fate == "revived" and undoes_losses_by_the_act(documents.office)
    return last.decisions[-1][0] if last.petitions or completed else None


def _decisive_paper(documents: SortedDocuments, acts: Sequence[Act]) -> tuple[Act | None, Category | None]:
    """Return the act and the category of the last decisive paper, besides those that end or grant an application.

    Of several decisive papers of one day the most decisive counts, and of those the one that names its submission; an
    RCE goes before the papers of an appeal that came with it, which it withdraws (37 CFR 1.114(d)).
    """
    papers = (
        (act.day, -STATUSES.index(status), -category.facts.lead, act, category)
        for act in acts
        for category in act.papers
        if (status := _status_after(documents, act, category))
        and category not in _NOT_BY_DAY
        and not (act.has(_ENDING_APPEAL) and category in _in_appeal())
        and not _withdraws_holding(documents, act, category)
    )
    in_order = [DecisivePaper(*paper) for paper in sorted(papers, key=lambda paper: paper[:3])]
    outside = outside_appeals(documents.office, in_order)
    *earlier, last = ((None, None), *((paper.act, paper.category) for paper in outside))
    if _is_about_amendment_of_allowed(documents, acts, last[0], earlier[-1][0] if earlier else None):
        return earlier[-1]
    return last


def _is_about_amendment_of_allowed(
    documents: SortedDocuments, acts: Sequence[Act], notice: Act | None, allowed: Act | None
) -> bool:
    """Return whether a notice is about an amendment under 37 CFR 1.312, so that the application stays allowed.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        notice: the last decisive act.
        allowed: the one before it.
    """
    if notice is None or allowed is None or Category.ALLOWANCE not in allowed.papers:
        return False
    between = [act for act in acts if allowed.day <= act.day <= notice.day]
    notices = [documents.codes[index] for index in notice.papers.get(Category.OTHER_OFFICE_ACTION, ())]
    about = [category_left_by(documents.office, code) for code in notices]
    return bool(about) and all(
        category is not None and any(category in act.papers for act in between) for category in about
    )


_CPA_NOTICES: Final = frozenset({"MCPA", "ICPA"})
"""The codes of notices of missing parts in a continued prosecution application, which may come after actions."""
_NOT_BY_DAY: Final = ENDING | ISSUING


_ENDING_APPEAL: Final = frozenset({Category.RCE, Category.BOARD_DECISION})
"""What ends an appeal, whatever other papers of it are of the same day."""


@cache
def _in_appeal() -> frozenset[Category]:
    """Return the categories of papers in an appeal, and of its end, but for what decides it."""
    in_appeal = {category for category in _CATEGORIES if category.facts.status == "On appeal"}
    return frozenset(in_appeal | {Category.APPEAL_ENDED}) - {Category.BOARD_DECISION}


def _withdraws_holding(documents: SortedDocuments, act: Act, category: Category) -> bool:
    """Return whether a paper takes back a holding of abandonment, after which the file stands as before."""
    return category is Category.ACTION_WITHDRAWN and "rescinded" in effects_of(documents, act, category)


def _status_after(documents: SortedDocuments, act: Act, category: Category) -> Status | None:
    """Return how an application stands after the papers of a category in an act.

    What a decision says that it decided goes first, then its code, then its category.
    """
    if category.facts.status is None:
        return None
    office = documents.office
    own, says_what = code_statuses_of(office), category in categories_with_verdicts(office)
    for index in act.papers[category] if own or says_what else ():
        code, description = documents.codes[index], documents.descriptions[index]
        decided = status_after_verdict(office, category, code, description) if says_what else None
        status = decided or own.get(stem_of(normalise_code(code)))
        if status:
            return status
    row = category_statuses_of(office).get(category)
    return row.status if row else category.facts.status


def filing_day(listed_days: CategoryDays) -> date | None:
    """Return the day of the first filing paper, if the list shows it.

    Of an application that entered the national phase it is that of the international filing (Art. 11(3) PCT). Else that
    of the request for the reexamination that the file is, or of the first claims or specification.
    """
    international = listed_dates(listed_days, Category.INTERNATIONAL_FILING)
    if Category.NATIONAL_ENTRY in listed_days:
        return min(international, default=None)
    filed = [*listed_dates(listed_days, Category.APPLICATION), *international]
    if filed:
        return min(filed)
    decided = [day for category, days in listed_days.items() if category.facts.status for day in days if day]
    # A request for reexamination that follows a decision stands in the file of a patent, which it does not begin.
    first = min(decided, default=date.max)
    requested = [day for day in listed_dates(listed_days, Category.REEXAMINATION_REQUEST) if day <= first]
    if requested:
        return min(requested)
    described = [*listed_dates(listed_days, Category.CLAIMS), *listed_dates(listed_days, Category.SPECIFICATION)]
    # Claims that follow an action are those of a reply: such a list begins after the filing.
    return min((day for day in described if day < first), default=None)
