"""What each side did on each day, with its papers by kind: the steps from which rounds are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from components.prosecution.papers.plausible_dates import as_date
from components.prosecution.papers.sorted_documents import APPLICANT, INTERNAL, OFFICE, Listing
from components.prosecution.papers.submissions import first_of_group


@dataclass(frozen=True, slots=True)
class Act:
    """One submission with a date that the application can have had."""

    group: int
    """Its number in the listing, which is its row in `submissions`."""
    day: date
    by_applicant: bool
    by_office: bool
    papers: dict[int, list[int]]
    """Places of its papers in the listing, by category; in reading order."""
    label: str

    def has(self, categories: frozenset[int]) -> bool:
        """Say whether any of its papers is of one of these categories."""
        return not categories.isdisjoint(self.papers)


def acts_of(listing: Listing, papers: Sequence[dict[int, list[int]]], labels: Sequence[str]) -> list[Act]:
    """Give the acts of a history, oldest first; of one day the Office's before the applicant's.

    Args:
        listing: the papers in reading order.
        papers: those of each submission, by category.
        labels: what each submission is called, in order.
    """
    starts = first_of_group(listing)
    rows = zip(listing.days[starts].tolist(), listing.group_sides[starts].tolist(), papers, labels, strict=True)
    mixed = frozenset(listing.groups[~listing.in_range].tolist())
    inside = listing.in_range.tolist() if mixed else []
    found = []
    for group, (day, side, its, label) in enumerate(rows):
        told = _within(its, inside) if group in mixed else its
        if day and told:
            found.append(Act(group, as_date(day), side == APPLICANT, side in (OFFICE, INTERNAL), told, label))
    return found


def _within(papers: Mapping[int, list[int]], inside: Sequence[bool]) -> dict[int, list[int]]:
    """Leave out the papers that the application cannot have had at their date."""
    kept = {category: [place for place in places if inside[place]] for category, places in papers.items()}
    return {category: places for category, places in kept.items() if places}
