"""What an applicant files in a pending appeal, which stays pending, and what the Office writes once it is over."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from components.prosecution.law.categories import ENDING_APPEALS, Category
from components.prosecution.law.office_statuses import filings_in_appeal_of
from components.prosecution.law.vocabulary import STATUSES, Status
from components.prosecution.papers.daily_acts import Act


class DecisivePaper(NamedTuple):
    """A paper that decides how an application stands, with what orders it among others."""

    day: date
    rank: int
    """The position of its status in `STATUSES`, negative: of one day the most decisive stands last."""
    lead: int
    act: Act
    category: Category

    @property
    def status(self) -> Status:
        """How the application stands after it."""
        return STATUSES[-self.rank]


def outside_appeals(office: str, papers: Sequence[DecisivePaper]) -> list[DecisivePaper]:
    """Return decisive papers without those that an applicant files in a pending appeal (`appeal_filings.csv`).

    Nor does a letter of the registry change how an application stands once the appeal is decided or has ended.

    Args:
        office: two letters, or none.
        papers: in their order.
    """
    filings, kept = filings_in_appeal_of(office), list[DecisivePaper]()
    for paper in papers:
        pending = bool(kept) and kept[-1].status == "On appeal"
        over = bool(kept) and kept[-1].category in ENDING_APPEALS and paper.category is Category.APPEAL_NOTICE
        if not (filings and over) and not (pending and paper.category in filings):
            kept.append(paper)
    return kept
