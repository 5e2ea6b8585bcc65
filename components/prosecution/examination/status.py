"""How an application stands, and the days between which it was pending: filing, issue, abandonment.

All of it is read from the list of documents, whose dates are those of sending or receipt: `issued` is the date of the
issue notification (US), of the decision to grant (EP) or of the certificate (JP), not the date of the patent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from components.prosecution.law.categories import Category
from components.prosecution.law.vocabulary import STATUSES, Status
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.prosecution.tables import dates

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


def status_and_dates_of(listed_days: CategoryDays) -> StatusAndDates:
    """Return the days between which an application was pending, and how it stands."""
    status = status_of(listed_days)
    ended = (*listed_dates(listed_days, Category.ABANDONMENT), *listed_dates(listed_days, Category.WITHDRAWAL))
    outermost = [
        day for days in listed_days.values() for day in (*days[:2], days[-1]) if day
    ]  # in order, undated first
    return StatusAndDates(
        status=status,
        filed=filing_day(listed_days),
        issued=issue_day(listed_days) if status == "Granted" else None,
        abandoned=max(ended, default=None) if status == "Abandoned" else None,
        first=min(outermost, default=None),
        last=max(outermost, default=None),
    )


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
    current: Status = "Pending"
    for *_, status, revives in sorted(decisive):
        if current != "Abandoned" or revives:
            current = status
    return current


def filing_day(listed_days: CategoryDays) -> date | None:
    """Return the day of the first filing paper, else of the first claims or specification, if the list shows it."""
    filed = listed_dates(listed_days, Category.APPLICATION)
    if filed:
        return min(filed)
    described = [*listed_dates(listed_days, Category.CLAIMS), *listed_dates(listed_days, Category.SPECIFICATION)]
    decided = [day for category, days in listed_days.items() if category.facts.status for day in days if day]
    # Claims that follow an action are those of a reply: such a list begins after the filing.
    return min((day for day in described if day < min(decided, default=date.max)), default=None)


def issue_day(listed_days: CategoryDays) -> date | None:
    """Return the day of the issue that stands: the first after the last allowance, else the first, if there is one."""
    issues = listed_dates(listed_days, Category.ISSUE)
    allowed = max(listed_dates(listed_days, Category.ALLOWANCE), default=date.min)
    return min((day for day in issues if day >= allowed), default=min(issues, default=None))
