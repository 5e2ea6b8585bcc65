"""The headline facts of one application: dates, counts, and how it stands as of its last listed document.

All of it is read from the list of documents, whose dates are those of sending or receipt: `issued` is the date of the
issue notification (US), of the decision to grant (EP) or of the certificate (JP), not the date of the patent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from components.prosecution.law.vocabulary import category_index, category_list
from components.prosecution.papers.sorted_documents import Listing
from components.prosecution.tables import COUNTS, STATUSES

_FAR: Final = 100_000_000
FIRST_ACTIONS: Final = ("actions", "allowances")
"""The counts whose first date is the first action: a restriction counts, and so does a first-action allowance."""


Calendar = Mapping[int, Sequence[int]]
"""The distinct days (`yyyymmdd`, 0: undated) of each category, in order; categories that do not occur are absent."""


def calendar_of(listing: Listing) -> Calendar:
    """Give the days on which each category of paper occurs; papers out of range are left out."""
    kept = listing.in_range
    pairs = np.unique(listing.categories[kept].astype(np.int64) * _FAR + listing.days[kept])
    found: defaultdict[int, list[int]] = defaultdict(list)
    for category, day in zip((pairs // _FAR).tolist(), (pairs % _FAR).tolist(), strict=True):
        found[category].append(day)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Milestones:
    """How far an application came; days are `yyyymmdd`, 0 for none."""

    status: str
    filed: int
    issued: int
    abandoned: int
    first: int
    """Of the papers in range, the first."""
    last: int

    @property
    def end(self) -> int:
        """The end of the pendency: issue or abandonment, of an open file its last listed document."""
        return self.issued or self.abandoned or self.last


def milestones_of(listing: Listing, calendar: Calendar) -> Milestones:
    """Find the days between which an application was pending, and how it stands."""
    status = status_of(calendar)
    ended = (*_days(calendar, "abandonment"), *_days(calendar, "withdrawal")) if status == "Abandoned" else ()
    told = listing.days[(listing.days > 0) & listing.in_range]
    return Milestones(
        status=status,
        filed=filing_day(calendar),
        issued=issue_day(calendar) if status == "Granted" else 0,
        abandoned=max(ended, default=0),
        first=int(told.min()) if len(told) else 0,
        last=int(told.max()) if len(told) else 0,
    )


def headline_of(
    listing: Listing, calendar: Calendar, milestones: Milestones, measures: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Give the row of `histories` for one application, each value as a column of one.

    Its measures (`measures_of`) are part of it. An action without a date is counted, once for its kind, though it has
    no place in time. Papers out of range count nowhere but as such.
    """
    counted = dict.fromkeys(COUNTS, 0)
    firsts = []
    for place, days in calendar.items():
        category = category_list()[place]
        for count in category.counts:
            counted[count] += len(days)
        if any(count in FIRST_ACTIONS for count in category.counts):
            firsts += [day for day in days if day]
    issued, dated = milestones.issued, listing.days[listing.days > 0]
    history = listing.history
    row = {
        "history": listing.key,
        "patent_number": history.patent_number,
        "office": listing.office,
        "status": STATUSES.index(milestones.status),
        "filed": milestones.filed,
        "first_action": min(firsts, default=0),
        "allowed": max(_days(calendar, "allowance"), default=0),
        "issued": issued,
        "abandoned": milestones.abandoned,
        **counted,
        **measures,
        "post_grant": int(((listing.days > issued) & (listing.categories != category_index()["issue"])).sum())
        if issued
        else 0,
        "documents_held": history.held,
        "documents_told": history.told,
        "complete": history.complete,
        "undated": len(listing.days) - len(dated),
        "unclassified": int((listing.categories == category_index()["unclassified"]).sum()),
        "pages": int(listing.pages[listing.pages > 0].sum()),
        "out_of_range": int((~listing.in_range).sum()),
        "first_document": milestones.first,
        "last_document": milestones.last,
        "retrieved": history.retrieved,
    }
    return {name: [value] for name, value in row.items()}


def filing_day(calendar: Calendar) -> int:
    """Give the day of the first filing paper (`yyyymmdd`), else of the first claims or specification, else 0."""
    filed = _days(calendar, "application")
    if filed:
        return min(filed)
    described = [day for name in ("claims", "specification") for day in _days(calendar, name)]
    decided = [day for place, days in calendar.items() if category_list()[place].status for day in days if day]
    # Claims that follow an action are those of a reply: such a list begins after the filing.
    return min((day for day in described if day < min(decided, default=_FAR)), default=0)


def status_of(calendar: Calendar) -> str:
    """Say how an application stands as of its last decisive paper: one of `STATUSES`.

    Of several decisive papers of one day the most decisive counts. After an abandonment only an Office paper or an RCE
    shows that the application lives again: a late reply does not.
    """
    decisive = sorted(
        (day, -STATUSES.index(category_list()[place].status), place)
        for place, days in calendar.items()
        if category_list()[place].status
        for day in days
        if day
    )
    found = "Pending"
    for _, place, rank in decisive:
        if found == "Abandoned" and not category_list()[rank].revives:
            continue
        found = STATUSES[-place]
    return found


def _days(calendar: Calendar, name: str) -> list[int]:
    return [day for day in calendar.get(category_index()[name], ()) if day]


def issue_day(calendar: Calendar) -> int:
    """Give the day of the issue that stands: the first after the last allowance, else the first; 0 if there is none."""
    issues = _days(calendar, "issue")
    allowed = max(_days(calendar, "allowance"), default=0)
    return min((day for day in issues if day >= allowed), default=min(issues, default=0))
