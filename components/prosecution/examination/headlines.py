"""The headline facts of one application: dates, counts, and how it stands as of its last listed document.

All of it is read from the list of documents, whose dates are those of sending or receipt: `issued` is the date of the
issue notification (US), of the decision to grant (EP) or of the certificate (JP), not the date of the patent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from components.prosecution.law.categories import Category
from components.prosecution.law.vocabulary import COUNT_COLUMNS, STATUSES, Status
from components.prosecution.papers.plausible_dates import as_number
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.prosecution.tables import dates

_FAR: Final = 100_000_000
"""More than any `yyyymmdd`, so that a category and a day fit into one number."""
_CATEGORIES: Final = tuple(Category)
FIRST_ACTIONS: Final = frozenset({"actions", "allowances"})
"""The counts whose first date is the first action: a restriction counts, and so does a first-action allowance."""

CategoryDays = Mapping[Category, Sequence[date | None]]
"""The distinct days of each category, in order, `None` (undated) first; categories that do not occur are absent."""


def category_days(documents: SortedDocuments) -> CategoryDays:
    """Return the days on which each category of paper occurs; papers out of range are left out."""
    kept = documents.in_range
    pairs = np.unique(documents.categories[kept].astype(np.int64) * _FAR + documents.days[kept])
    days = dates(pairs % _FAR).astype("datetime64[D]").tolist()
    found: defaultdict[Category, list[date | None]] = defaultdict(list)
    for number, day in zip((pairs // _FAR).tolist(), days, strict=True):
        found[_CATEGORIES[number]].append(day)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Milestones:
    """How far an application came; `None` for what the list does not show."""

    status: Status
    filed: date | None
    issued: date | None
    abandoned: date | None
    first: date | None
    """The first paper in range."""
    last: date | None
    """The last paper in range."""

    @property
    def end(self) -> date | None:
        """The end of the pendency: issue or abandonment, of an open file its last listed document."""
        return self.issued or self.abandoned or self.last


def milestones_of(listed_days: CategoryDays) -> Milestones:
    """Return the days between which an application was pending, and how it stands."""
    status = status_of(listed_days)
    ended = (*_days(listed_days, Category.ABANDONMENT), *_days(listed_days, Category.WITHDRAWAL))
    outermost = [
        day for days in listed_days.values() for day in (*days[:2], days[-1]) if day
    ]  # in order, undated first
    return Milestones(
        status=status,
        filed=filing_day(listed_days),
        issued=issue_day(listed_days) if status == "Granted" else None,
        abandoned=max(ended, default=None) if status == "Abandoned" else None,
        first=min(outermost, default=None),
        last=max(outermost, default=None),
    )


def headline_columns(
    documents: SortedDocuments, listed_days: CategoryDays, milestones: Milestones, measures: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the row of `histories` for one application, each value as a column of one.

    An action without a date is counted, once for its category, though it has no position in time. Papers out of range
    are counted only as such.

    Args:
        documents: the papers in reading order.
        listed_days: the days of each category.
        milestones: filing, end and status.
        measures: further columns (`measures_of`).
    """
    firsts = [
        day
        for category, days in listed_days.items()
        if not FIRST_ACTIONS.isdisjoint(category.facts.counts)
        for day in days
        if day
    ]
    history = documents.history
    row = {
        "history": documents.key,
        "patent_number": history.patent_number,
        "office": documents.office,
        "status": STATUSES.index(milestones.status),
        "filed": milestones.filed,
        "first_action": min(firsts, default=None),
        "allowed": max(_days(listed_days, Category.ALLOWANCE), default=None),
        "issued": milestones.issued,
        "abandoned": milestones.abandoned,
        **_counts(listed_days),
        **measures,
        "post_grant": _after_issue(documents, milestones.issued),
        "documents_held": history.documents_held,
        "documents_told": history.documents_reported,
        "complete": history.complete,
        "undated": int((documents.days <= 0).sum()),
        "unclassified": int((documents.categories == Category.UNCLASSIFIED).sum()),
        "pages": int(documents.pages[documents.pages > 0].sum()),
        "out_of_range": int((~documents.in_range).sum()),
        "first_document": milestones.first,
        "last_document": milestones.last,
        "retrieved": history.retrieved,
    }
    return {name: [value] for name, value in row.items()}


def _counts(listed_days: CategoryDays) -> dict[str, int]:
    """Return how many distinct dates each count of `COUNT_COLUMNS` has."""
    found: dict[str, int] = dict.fromkeys(COUNT_COLUMNS, 0)
    for category, days in listed_days.items():
        for count in category.facts.counts:
            found[count] += len(days)
    return found


def _after_issue(documents: SortedDocuments, issued: date | None) -> int:
    if issued is None:
        return 0
    return int(((documents.days > as_number(issued)) & (documents.categories != Category.ISSUE)).sum())


def filing_day(listed_days: CategoryDays) -> date | None:
    """Return the day of the first filing paper, else of the first claims or specification, if the list shows it."""
    filed = _days(listed_days, Category.APPLICATION)
    if filed:
        return min(filed)
    described = [*_days(listed_days, Category.CLAIMS), *_days(listed_days, Category.SPECIFICATION)]
    decided = [day for category, days in listed_days.items() if category.facts.status for day in days if day]
    # Claims that follow an action are those of a reply: such a list begins after the filing.
    return min((day for day in described if day < min(decided, default=date.max)), default=None)


def status_of(listed_days: CategoryDays) -> Status:
    """Return how an application stands as of its last decisive paper.

    Of several decisive papers of one day the most decisive counts. After an abandonment only an Office paper or an RCE
    shows that the application lives again: a late reply does not.
    """
    decisive: list[tuple[date, int, Category, Status, bool]] = []
    for category, days in listed_days.items():
        status, revives = category.facts.status, category.facts.revives
        if status:
            decisive += [(day, -STATUSES.index(status), category, status, revives) for day in days if day]
    found: Status = "Pending"
    for *_, status, revives in sorted(decisive):
        if found != "Abandoned" or revives:
            found = status
    return found


def _days(listed_days: CategoryDays, category: Category) -> list[date]:
    return [day for day in listed_days.get(category, ()) if day]


def issue_day(listed_days: CategoryDays) -> date | None:
    """Return the day of the issue that stands: the first after the last allowance, else the first, if there is one."""
    issues = _days(listed_days, Category.ISSUE)
    allowed = max(_days(listed_days, Category.ALLOWANCE), default=date.min)
    return min((day for day in issues if day >= allowed), default=min(issues, default=None))
