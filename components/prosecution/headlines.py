"""The headline facts of one application: dates, counts, and how it stands as of its last listed document.

All of it is read from the list of documents, whose dates are those of sending or receipt: `issued` is the date of the
issue notification (US), of the decision to grant (EP) or of the certificate (JP), not the date of the patent.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from components.prosecution.frames import COUNTS, STATUSES, dates
from components.prosecution.listing import Listing
from components.prosecution.vocabulary import Category, category_index, category_list

FIRST_ACTIONS: Final = ("actions", "allowances")
"""The counts whose first date is the first action: a restriction counts, and so does a first-action allowance."""


def headline_of(listing: Listing) -> Mapping[str, Any]:
    """Give the row of `histories` for one application, each value as a column of one.

    An action without a date is counted, once for its kind, though it has no place in time.
    """
    days_by_category = _days_by_category(listing)
    counted = dict.fromkeys(COUNTS, 0)
    firsts = []
    for category, days in days_by_category.items():
        for count in category.counts:
            counted[count] += len(days)
        if any(count in FIRST_ACTIONS for count in category.counts):
            firsts += [day for day in days if day]
    status = status_of(days_by_category)
    filed, issued, abandoned = _filed(days_by_category), 0, 0
    if status == "Granted":
        issued = _issued(days_by_category)
    if status == "Abandoned":
        abandoned = max(_days(days_by_category, "abandonment") | _days(days_by_category, "withdrawal"), default=0)
    dated = listing.days[listing.days > 0]
    history = listing.history
    row = {
        "history": history.name,
        "patent_number": history.patent_number,
        "office": listing.office,
        "status": STATUSES.index(status),
        "filed": filed,
        "first_action": min(firsts, default=0),
        "allowed": max(_days(days_by_category, "allowance"), default=0),
        "issued": issued,
        "abandoned": abandoned,
        "pendency_days": _days_between(filed, issued or abandoned),
        **counted,
        "documents_held": history.held,
        "documents_told": history.told,
        "complete": history.complete,
        "undated": len(listing.days) - len(dated),
        "unclassified": int((listing.categories == category_index()["unclassified"]).sum()),
        "pages": int(listing.pages[listing.pages > 0].sum()),
        "first_document": int(dated.min()) if len(dated) else 0,
        "last_document": int(dated.max()) if len(dated) else 0,
        "retrieved": history.retrieved,
    }
    return {name: [value] for name, value in row.items()}


def status_of(days_by_category: Mapping[Category, set[int]]) -> str:
    """Say how an application stands as of its last decisive paper.

    Args:
        days_by_category: the distinct dates (`yyyymmdd`, 0: undated) on which each category occurs.

    Returns:
        One of `STATUSES`. Of several decisive papers of one day the most decisive counts. After an abandonment only
        an Office paper or an RCE shows that the application lives again: a late reply does not.
    """
    decisive = sorted(
        (day, -STATUSES.index(category.status), category.rank)
        for category, days in days_by_category.items()
        if category.status
        for day in days
        if day
    )
    found = "Pending"
    for _, place, rank in decisive:
        if found == "Abandoned" and not category_list()[rank].revives:
            continue
        found = STATUSES[-place]
    return found


def _days_by_category(listing: Listing) -> Mapping[Category, set[int]]:
    found: defaultdict[Category, set[int]] = defaultdict(set)
    for place, day in sorted(set(zip(listing.categories.tolist(), listing.days.tolist(), strict=True))):
        found[category_list()[place]].add(day)
    return found


def _days(days_by_category: Mapping[Category, set[int]], name: str) -> set[int]:
    return days_by_category.get(category_list()[category_index()[name]], set()) - {0}


def _filed(days_by_category: Mapping[Category, set[int]]) -> int:
    """Give the date of the first filing paper; without one, of the first claims or specification."""
    for names in (("application",), ("claims", "specification")):
        found = set().union(*(_days(days_by_category, name) for name in names))
        if found:
            return min(found)
    return 0


def _issued(days_by_category: Mapping[Category, set[int]]) -> int:
    """Give the date of the issue that stands: the first after the last allowance, else the first."""
    issues = _days(days_by_category, "issue")
    allowed = max(_days(days_by_category, "allowance"), default=0)
    return min((day for day in issues if day >= allowed), default=min(issues, default=0))


def _days_between(start: int, end: int) -> int:
    """Count the days from one `yyyymmdd` to another; -1 (missing) where either is or the order is wrong."""
    if not start or not end:
        return -1
    first, last = dates(np.array([start, end], dtype=np.int64))
    return int((last - first) / np.timedelta64(1, "D"))
