"""What each side did on each day, with its papers by category; rounds are read from these acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from components.prosecution.law.categories import Category
from components.prosecution.law.verdicts import Verdict, categories_with_verdicts, verdict_of
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.prosecution.papers.submissions import CategoryPapers
from components.prosecution.tables import dates


@dataclass(frozen=True, slots=True)
class Act:
    """What one side did on one day: a submission with a plausible date."""

    submission: int
    """Its number, counted from 0 in reading order."""
    day: date
    by_applicant: bool
    by_office: bool
    papers: CategoryPapers
    """Only papers with a plausible date."""
    label: str
    verdict: Verdict | None = None
    """What a decision among its papers decided; `None` if there is none, or if it does not say."""

    def has(self, categories: frozenset[Category]) -> bool:
        """Return whether any of its papers is of one of these categories."""
        return not categories.isdisjoint(self.papers)


def daily_acts(documents: SortedDocuments, papers: Sequence[CategoryPapers], labels: Sequence[str]) -> list[Act]:
    """Return the acts of a history, oldest first; of one day the Office's before the applicant's.

    Only a notice of abandonment comes after an express abandonment of its day.

    Args:
        documents: the papers in reading order.
        papers: those of each submission, by category.
        labels: what each submission is called, in order.
    """
    leads = documents.leads
    days = dates(documents.days[leads]).astype("datetime64[D]").tolist()
    sides = documents.submission_sides[leads]
    by_applicant = (sides == Side.APPLICANT).tolist()
    by_office = ((sides == Side.OFFICE) | (sides == Side.INTERNAL)).tolist()
    rows = zip(days, by_applicant, by_office, papers, labels, strict=True)
    mixed = frozenset(documents.submissions[~documents.in_range].tolist())
    in_range = documents.in_range.tolist() if mixed else []
    deciding = categories_with_verdicts(documents.office)
    acts = []
    for submission, (day, applicants, offices, categories, label) in enumerate(rows):
        plausible = _plausible_papers(categories, in_range) if submission in mixed else categories
        if day and plausible:
            verdict = _verdict(documents, deciding, plausible) if deciding else None
            acts.append(Act(submission, day, applicants, offices, plausible, label, verdict))
    return _notices_after_what_they_tell(acts)


def _notices_after_what_they_tell(acts: list[Act]) -> list[Act]:
    """Put a notice of abandonment behind the express abandonment of the same day, of which it tells (MPEP 711.01)."""
    for position, (notice, given_up) in enumerate(pairwise(tuple(acts))):
        told = Category.ABANDONMENT in notice.papers and Category.EXPRESS_ABANDONMENT in given_up.papers
        if told and notice.day == given_up.day:
            acts[position : position + 2] = given_up, notice
    return acts


def _verdict(documents: SortedDocuments, deciding: frozenset[Category], papers: CategoryPapers) -> Verdict | None:
    """Return what the decisions of an act decided; `None` if they do not say, or contradict each other."""
    said = {
        verdict_of(documents.office, category, documents.codes[index], documents.descriptions[index])
        for category in deciding.intersection(papers)
        for index in papers[category]
    } - {None}
    return said.pop() if len(said) == 1 else None


def _plausible_papers(papers: CategoryPapers, in_range: Sequence[bool]) -> CategoryPapers:
    """Return papers by category without those that the application cannot have had at their date."""
    kept = {category: [index for index in indices if in_range[index]] for category, indices in papers.items()}
    return {category: indices for category, indices in kept.items() if indices}
