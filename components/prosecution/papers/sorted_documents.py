"""One file history as parallel arrays in reading order, from which the tables are made.

The columns stay arrays until the frames are built, so that a history of 10,000 papers is read without a noticeable
wait.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.histories import FileHistory, SetPeriod
from components.prosecution.law.categories import OF_A_PROCEEDING, Category, per_category
from components.prosecution.law.codes import lead_codes_of, normalise_code, reassignments_of, stem_of
from components.prosecution.law.proceedings import Proceeding, codes_in_proceedings, is_of_a_proceeding, proceeding_of
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.classification import classify
from components.prosecution.papers.conditional_papers import with_conditional_papers
from components.prosecution.papers.international_phase import with_international_phase
from components.prosecution.papers.losses_of_rights import with_total_losses
from components.prosecution.papers.plausible_dates import as_number, plausibly_dated
from components.prosecution.papers.refusals import without_refused_papers
from components.prosecution.papers.versions import paper_ids
from components.prosecution.tables import dates

CORRECTING_OFFICES: Final = frozenset({"US"})
"""Where a second notice of allowance without a reopening in between may correct the first, or be a new one with a new
period (MPEP 1303, 1306); a list does not show which."""

_CATEGORIES: Final = tuple(Category)
_UNDATED_LAST: Final = 99_999_999


@dataclass(frozen=True, slots=True)
class SortedDocuments:
    """The papers of one history in reading order: oldest first, undated last, the action before its attachments."""

    history: FileHistory
    key: str
    """What the history is called in the tables."""
    office: str
    ids: list[str]
    days: NDArray[np.int64]
    """`yyyymmdd`; 0 without a date."""
    codes: list[str]
    descriptions: list[str]
    pages: NDArray[np.int64]
    """-1 where the office gave none (Japanese lists say 0)."""
    categories: NDArray[np.int16]
    """The `Category` of each paper."""
    sides: NDArray[np.int8]
    """The `Side` of each paper."""
    submissions: NDArray[np.int64]
    """The submission of each paper, numbered from 0 in reading order."""
    submission_sides: NDArray[np.int8]
    """The `Side` of each paper's submission: a receipt belongs to what the applicant filed that day."""
    paper_ids: list[str]
    """The id of the paper that a document is a version of, else its own."""
    in_range: NDArray[np.bool_]
    """Whether the date of the paper is plausible for this application."""
    proceeding: Proceeding | None
    """The proceeding about a patent that the file is, if it is no application."""
    set_periods: Mapping[str, SetPeriod] = field(default_factory=dict)
    """The periods for reply that papers were found to set, by their ids."""

    @property
    def leads(self) -> NDArray[np.int64]:
        """The index of the first paper of each submission, which is its lead paper."""
        return np.flatnonzero(np.diff(self.submissions, prepend=-1)).astype(np.int64)


def sort_documents(history: FileHistory, *, key: str) -> SortedDocuments:
    """Classify, group and order the papers of one history. None is dropped, whatever it is.

    Args:
        history: what the service delivered.
        key: what the history is called in the tables.
    """
    documents = history.documents
    office = history.office
    days = np.fromiter((day or 0 for day in documents.date), dtype=np.int64, count=len(documents))
    days = np.where(np.isnat(dates(days)), 0, days)  # what is no calendar date is no date
    pages = np.fromiter((number or -1 for number in documents.pages), dtype=np.int64, count=len(documents))
    categories, sides = classify(office, documents.code, documents.description)
    in_range = plausibly_dated(office, history.apno, days, categories, history.retrieved)
    plausible_days = np.where(in_range, days, 0)
    categories = _with_reassignments(office, plausible_days, categories, documents.description)
    categories = with_international_phase(office, plausible_days, categories)
    categories = with_total_losses(office, plausible_days, categories, documents.code, documents.description)
    categories = _with_application(plausible_days, categories, sides)
    proceeding = proceeding_of(
        office, history.apno, set(documents.code), {_CATEGORIES[c] for c in np.unique(categories)}
    )
    if proceeding is None:
        categories = _with_proceedings_apart(office, documents.code, categories)
    else:
        categories = _with_codes_of_proceedings(office, documents.code, categories)
    categories = with_conditional_papers(office, plausible_days, categories, documents.code, documents.description)
    categories = without_refused_papers(office, plausible_days, categories, documents.code, documents.description)
    if office in CORRECTING_OFFICES:
        categories = _with_further_allowances(plausible_days, categories)
    sides = _with_examiners_references(days, categories, sides)
    submission_sides = _submission_sides(days, categories, sides)

    ids = documents.ids()
    papers = paper_ids(documents, ids)
    leads = per_category(lambda facts: facts.lead).astype(np.int16)[categories]
    ranks = _code_ranks(office, documents.code)
    order = np.lexsort((np.arange(len(days)), ranks, leads, submission_sides, np.where(days > 0, days, _UNDATED_LAST)))
    indices = order.tolist()
    days, submission_sides = days[order], submission_sides[order]
    return SortedDocuments(
        history=history,
        key=key,
        office=office,
        ids=[ids[index] for index in indices],
        days=days,
        codes=[documents.code[index] for index in indices],
        descriptions=[documents.description[index] for index in indices],
        pages=np.maximum(pages[order], -1),
        categories=categories[order],
        sides=sides[order],
        submissions=_numbered(days, submission_sides),
        submission_sides=submission_sides,
        paper_ids=[papers[index] for index in indices],
        in_range=in_range[order],
        proceeding=proceeding,
    )


def _code_ranks(office: str, codes: Sequence[str]) -> NDArray[np.int64]:
    """Return a rank by code for papers of one kind and day, so that the order of the list does not choose the lead.

    Codes of `lead_codes.csv` stand first, in its order; a translation stands before its original.
    """
    first = lead_codes_of(office)
    sort_keys = {code: (first.get(normalise_code(code), len(first)), normalise_code(code)) for code in set(codes)}
    ranks = {sort_key: rank for rank, sort_key in enumerate(sorted(set(sort_keys.values())))}
    return np.fromiter((ranks[sort_keys[code]] for code in codes), dtype=np.int64, count=len(codes))


def _with_reassignments(
    office: str, days: NDArray[np.int64], categories: NDArray[np.int16], titles: Sequence[str]
) -> NDArray[np.int16]:
    """Correct the categories of papers that mean something else beside another, by `reassignments.csv`."""
    for row in reassignments_of(office):
        affected = (categories == row.category) & (days > 0)
        if row.words and affected.any():
            affected &= np.fromiter((row.is_for(title) for title in titles), dtype=np.bool_, count=len(titles))
        if affected.any():
            if row.beside is not None:
                affected &= np.isin(days, days[categories == row.beside])
            if row.until is not None:
                affected &= days <= as_number(row.until)
            categories = np.where(affected, np.int16(row.becomes), categories)
    return categories


def _with_proceedings_apart(office: str, codes: Sequence[str], categories: NDArray[np.int16]) -> NDArray[np.int16]:
    """Make papers of a reexamination in the file of the patent what they are there: no step of its examination."""
    apart = {code for code in set(codes) if is_of_a_proceeding(office, code)}
    affected = np.isin(categories, list(OF_A_PROCEEDING))
    if apart:
        affected |= np.fromiter((code in apart for code in codes), dtype=np.bool_, count=len(codes))
    return np.where(affected, np.int16(Category.REEXAMINATION_OR_TRIAL), categories)


def _with_codes_of_proceedings(office: str, codes: Sequence[str], categories: NDArray[np.int16]) -> NDArray[np.int16]:
    """Make papers in the file of a reexamination what their codes are there (`codes_in_proceedings.csv`)."""
    own = codes_in_proceedings(office)
    return np.array(
        [
            own.get(stem_of(normalise_code(code)), category)
            for code, category in zip(codes, categories.tolist(), strict=True)
        ],
        dtype=np.int16,
    )


def _with_application(
    days: NDArray[np.int64], categories: NDArray[np.int16], sides: NDArray[np.int8]
) -> NDArray[np.int16]:
    """Make one paper of the filing day the application, where the list holds none under a code of its own.

    The filing day is the first with claims and a specification, if nothing was answered that day; the paper is the data
    sheet or oath of that day, else the specification.
    """
    by_applicant = (sides == Side.APPLICANT) & (days > 0)
    described = (categories == Category.SPECIFICATION) & by_applicant
    claimed = (categories == Category.CLAIMS) & by_applicant
    both = np.intersect1d(days[described], days[claimed])
    if not len(both):
        return categories
    first = both[0]
    filing_day = days == first
    is_step = per_category(lambda facts: facts.status is not None or facts.category is Category.PRELIMINARY_AMENDMENT)
    earlier = (days > 0) & (days <= first)
    steps = is_step[categories] & earlier & ((sides == Side.OFFICE) | (sides == Side.APPLICANT))
    if (categories[earlier] == Category.APPLICATION).any() or steps.any():
        return categories
    formal = np.flatnonzero(filing_day & (categories == Category.FILING))
    chosen = formal[0] if len(formal) else np.flatnonzero(filing_day & described)[0]
    corrected = categories.copy()
    corrected[chosen] = Category.APPLICATION
    return corrected


def _with_further_allowances(days: NDArray[np.int64], categories: NDArray[np.int16]) -> NDArray[np.int16]:
    """Make an allowance a further one if nothing reopened prosecution since the allowance before it."""
    allowed = np.unique(days[(categories == Category.ALLOWANCE) & (days > 0)]).tolist()
    if len(allowed) < 2:
        return categories
    reopens = per_category(lambda facts: facts.reopens)
    reopened = np.unique(days[reopens[categories] & (days > 0)])
    further = [
        later for earlier, later in pairwise(allowed) if not bool(((reopened >= earlier) & (reopened <= later)).any())
    ]
    return np.where(
        (categories == Category.ALLOWANCE) & np.isin(days, further),
        np.int16(Category.FURTHER_ALLOWANCE),
        categories,
    )


def _with_examiners_references(
    days: NDArray[np.int64], categories: NDArray[np.int16], sides: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Make copies of references the Office's on a day on which only the Office acted."""
    references = categories == Category.CITED_REFERENCE
    if not references.any():
        return sides
    events = per_category(lambda facts: facts.key)[categories]
    acted = days[(sides == Side.OFFICE) & events]
    filed = days[(sides == Side.APPLICANT) & ~references]
    examiners = references & (sides == Side.APPLICANT) & (days > 0) & np.isin(days, acted) & ~np.isin(days, filed)
    return np.where(examiners, np.int8(Side.OFFICE), sides)


def _submission_sides(
    days: NDArray[np.int64], categories: NDArray[np.int16], sides: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Return whose submission each paper belongs to: receipts to a filing, internal papers to an action of the day."""
    follows = per_category(lambda facts: facts.follows is Side.APPLICANT)[categories]
    dated = days > 0
    filed = dated & np.isin(days, days[sides == Side.APPLICANT])
    acted = dated & np.isin(days, days[(sides == Side.OFFICE) & ~follows])
    with_internal = np.where((sides == Side.INTERNAL) & acted & ~follows, np.int8(Side.OFFICE), sides)
    return np.where(follows & filed, np.int8(Side.APPLICANT), with_internal)


def _numbered(days: NDArray[np.int64], submission_sides: NDArray[np.int8]) -> NDArray[np.int64]:
    """Number the submissions of papers that are in order; a paper without a date is a submission of its own."""
    if not len(days):
        return days
    changes = (np.diff(days) != 0) | (np.diff(submission_sides) != 0) | (days[1:] == 0)
    return np.concatenate(([0], np.cumsum(changes)))
