"""What shows that a patent was granted where no issue paper is listed: its number, or papers that only a patent has."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from components.numbers import display_form
from components.prosecution.examination.petitions import paper_in_words
from components.prosecution.law.categories import Category
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.grants import issue_paper_of
from components.prosecution.law.number_formats import grant_kind_of
from components.prosecution.law.phrases import phrase_of
from components.prosecution.law.reissues import is_of_surrendered_patent, is_reissue
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.sorted_documents import SortedDocuments


def no_issue_paper(documents: SortedDocuments) -> str:
    """Return, as a clause, that the issue paper of the office is not listed."""
    return f"; no {phrase_of(documents.office, Category.ISSUE)} is listed"


def trial_of_patent(documents: SortedDocuments, acts: Sequence[Act]) -> str:
    """Return the first paper of a proceeding that only a granted patent can have; empty if none shows a grant.

    In a reissue application it can be about the patent that is to be surrendered; and where the Office went on
    examining, it is about another patent.
    """
    codes = issue_paper_of(documents.office).shown_by_codes
    if not codes or is_reissue(documents.office, _papers_to_allowance(documents)):
        return ""
    category, first = Category.REEXAMINATION_OR_TRIAL, None
    for act in acts:
        of_patent = [i for i in act.papers.get(category, ()) if normalise_code(documents.codes[i]).startswith(codes)]
        if first is None and of_patent:
            first = replace(act, papers={category: of_patent})
        elif first is not None and act.by_office and act.has(_EXAMINING):
            return ""
    return f"{paper_in_words(documents, first, category)}{no_issue_paper(documents)}" if first else ""


_EXAMINING: Final = frozenset(
    {Category.RESTRICTION, Category.NON_FINAL_REJECTION, Category.FINAL_REJECTION, Category.QUAYLE, Category.ALLOWANCE}
)


def is_reissue_not_allowed(documents: SortedDocuments) -> bool:
    """Return whether a file is a reissue application without an allowance: papers of a patent are of the original."""
    allowed = bool((documents.categories == Category.ALLOWANCE).any())
    return not allowed and is_reissue(documents.office, _papers_to_allowance(documents))


def number_as_evidence(documents: SortedDocuments) -> str:
    """Return the number as what shows a grant: "the number US 11,205,304 B2"; empty if it shows none."""
    number = "".join(documents.history.patent_number.split()).upper()
    kind = grant_kind_of(documents.office, number)
    # without a kind code, the number of the application itself can look like that of a patent
    if kind is None or number == documents.history.apno.upper().replace("/", ""):
        return ""
    if is_of_surrendered_patent(documents.office, number, _papers_to_allowance(documents)):
        return ""
    return f"the {kind.shown_as} {display_form(number)}"


def _papers_to_allowance(documents: SortedDocuments) -> list[tuple[str, str]]:
    """Return code and title of each paper until the first allowance, those without a date included."""
    allowances = np.flatnonzero(documents.categories == Category.ALLOWANCE)
    end = int(allowances[0]) if allowances.size else len(documents.codes)
    return list(zip(documents.codes[:end], documents.descriptions[:end], strict=True))


def end_of_list(documents: SortedDocuments, acts: Sequence[Act]) -> str:
    """Return, as a clause, the most important paper of the last day, or that no paper has a plausible date."""
    last = max((act.day for act in acts), default=None)
    papers = [(category.facts.lead, category, act) for act in acts if act.day == last for category in act.papers]
    if not papers:
        return "no paper with a plausible date is listed" if documents.codes else "no paper is listed"
    _, category, act = min(papers, key=lambda paper: paper[0])
    return f"the list ends with the {paper_in_words(documents, act, category)}"
