"""What the read papers of the files on the screen say, with the marks of people: fetched once in a run of the page."""

from dataclasses import dataclass, field

from components.content.records import DatedContent, Verdicts
from components.content.rejections.ground_labels import grounds_label
from components.desk import Desk
from components.histories import PaperRef
from components.inside import LATER
from components.store import StoreError
from components.ui.review.reviewed import ReviewedHistories


@dataclass(frozen=True, slots=True)
class InsideOfFiles:
    """What is read inside the papers of some files."""

    papers: tuple[DatedContent, ...] = ()
    """In the order of the files and of their papers."""
    verdicts: Verdicts = field(default_factory=dict)
    problem: str = ""
    """Why nothing of it can be shown, in words for the user."""

    @property
    def being_read(self) -> int:
        """How many of them the rules are still reading."""
        return sum(paper.content.why == LATER for paper in self.papers)

    @property
    def grounds(self) -> dict[PaperRef, str]:
        """The grounds of each action that is read, in a line: `103 · 112(b)`; what else it says; or `not read`."""
        labels = {paper.paper: grounds_label(paper.content) for paper in self.papers}
        return {paper: label for paper, label in labels.items() if label}


def inside_of(desk: Desk, reviewed: ReviewedHistories) -> InsideOfFiles:
    """Return what the read papers of the files on the screen say."""
    try:
        return InsideOfFiles(desk.inside.of(reviewed.headlines), desk.inside.verdicts(reviewed.numbers))
    except StoreError as error:
        return InsideOfFiles(problem=str(error))
