"""What the read papers of the files on the screen say, with the marks of people: fetched once in a run of the page."""

from dataclasses import dataclass, field

from components.content.records import DatedContent, Verdicts
from components.desk import Desk
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


def inside_of(desk: Desk, reviewed: ReviewedHistories) -> InsideOfFiles:
    """Return what the read papers of the files on the screen say."""
    try:
        held = desk.tables.of(reviewed.headlines)
        return InsideOfFiles(desk.inside.of(held), desk.inside.verdicts(reviewed.numbers))
    except StoreError as error:
        return InsideOfFiles(problem=str(error))
