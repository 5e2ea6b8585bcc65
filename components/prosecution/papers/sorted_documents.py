"""One file history as parallel arrays: what the tables are made from.

Reading 10,000 papers must not be felt, so the columns stay arrays until the frames are built.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.histories import FileHistory
from components.prosecution.law.pairings import lead_codes_of, reassignments_of
from components.prosecution.law.vocabulary import SIDES, category_index, category_list
from components.prosecution.papers.classification import base_code, classify, normalise_code, without_version
from components.prosecution.papers.plausible_dates import papers_in_range
from components.prosecution.tables import dates

CORRECTING_OFFICES: Final = frozenset({"US"})
"""Where a second notice of allowance without a reopening in between corrects the first (MPEP 1302.04, 1309)."""

OFFICE, APPLICANT, THIRD_PARTY, INTERNAL, UNCLASSIFIED = range(len(SIDES))


@dataclass(frozen=True, slots=True)
class Listing:
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
    sides: NDArray[np.int8]
    groups: NDArray[np.int64]
    """The submission of each paper, numbered from 0 in reading order."""
    group_sides: NDArray[np.int8]
    """The side of each paper's submission: a receipt goes with what the applicant filed that day."""
    papers: list[str]
    in_range: NDArray[np.bool_]
    """Whether the application can have had the paper at its date."""


def list_papers(history: FileHistory, *, key: str) -> Listing:
    """Classify, group and order the papers of one history. None is dropped, whatever it is."""
    documents = history.documents
    office = history.office
    days = np.fromiter((day or 0 for day in documents.date), dtype=np.int64, count=len(documents))
    days = np.where(np.isnat(dates(days)), 0, days)  # what is no calendar date is no date
    pages = np.fromiter((number or -1 for number in documents.pages), dtype=np.int64, count=len(documents))
    categories, sides = classify(office, documents.code, documents.description)
    in_range = papers_in_range(office, history.apno, days, categories, history.retrieved)
    told = np.where(in_range, days, 0)
    categories = _with_reassignments(office, told, categories)
    categories = _with_application(told, categories, sides)
    if office in CORRECTING_OFFICES:
        categories = _with_corrections(told, categories)
    sides = _with_examiners_references(days, categories, sides)
    group_sides = _group_sides(days, categories, sides)

    names = documents.ids()
    leads = np.array([category.lead for category in category_list()], dtype=np.int16)[categories]
    ranks = _code_ranks(office, documents.code)
    order = np.lexsort((np.arange(len(days)), ranks, leads, group_sides, np.where(days > 0, days, 99_999_999)))
    places = order.tolist()
    days, group_sides = days[order], group_sides[order]
    return Listing(
        history=history,
        key=key,
        office=office,
        ids=[names[place] for place in places],
        days=days,
        codes=[documents.code[place] for place in places],
        descriptions=[documents.description[place] for place in places],
        pages=np.maximum(pages[order], -1),
        categories=categories[order],
        sides=sides[order],
        groups=_number_groups(days, group_sides),
        group_sides=group_sides,
        papers=_papers(history, names, places),
        in_range=in_range[order],
    )


def _code_ranks(office: str, codes: Sequence[str]) -> NDArray[np.int64]:
    """Order papers of one kind and day by their codes, so that the order of the list does not choose which one leads.

    Codes of `lead_codes.csv` go first, in its order; a translation goes before its original.
    """
    first = lead_codes_of(office)
    named = {code: (first.get(normalise_code(code), len(first)), normalise_code(code)) for code in set(codes)}
    places = {key: place for place, key in enumerate(sorted(set(named.values())))}
    return np.fromiter((places[named[code]] for code in codes), dtype=np.int64, count=len(codes))


def _with_reassignments(office: str, days: NDArray[np.int64], categories: NDArray[np.int16]) -> NDArray[np.int16]:
    """Take papers that stand under a wrong code for what they are, as `reassignments.csv` says."""
    for rule in reassignments_of(office):
        mine = (categories == rule.category) & (days > 0)
        if mine.any():
            beside = mine & np.isin(days, days[categories == rule.beside])
            categories = np.where(beside, np.int16(rule.becomes), categories)
    return categories


def _with_application(
    days: NDArray[np.int64], categories: NDArray[np.int16], sides: NDArray[np.int8]
) -> NDArray[np.int16]:
    """Name one paper of the filing day the application, where the list holds none under a code of its own.

    The filing day is the first with claims and a specification, if nothing was answered that day; the paper is the data
    sheet or oath of that day, else the specification.
    """
    index = category_index()
    described = (categories == index["specification"]) & (sides == APPLICANT) & (days > 0)
    claimed = (categories == index["claims"]) & (sides == APPLICANT) & (days > 0)
    both = np.intersect1d(days[described], days[claimed])
    if not len(both):
        return categories
    first = both[0]
    today = days == first
    answers = np.array(
        [bool(category.status) or category.name == "preliminary_amendment" for category in category_list()]
    )
    earlier = (days > 0) & (days <= first)
    if (categories[earlier] == index["application"]).any() or (
        answers[categories] & earlier & (sides <= APPLICANT)
    ).any():
        return categories
    formal = np.flatnonzero(today & (categories == index["filing"]))
    chosen = formal[0] if len(formal) else np.flatnonzero(today & described)[0]
    named = categories.copy()
    named[chosen] = index["application"]
    return named


def _with_corrections(days: NDArray[np.int64], categories: NDArray[np.int16]) -> NDArray[np.int16]:
    """Tell a corrected notice of allowance from a second allowance: nothing reopened prosecution in between."""
    allowance, corrected = category_index()["allowance"], category_index()["corrected_allowance"]
    allowed = np.unique(days[(categories == allowance) & (days > 0)]).tolist()
    if len(allowed) < 2:
        return categories
    reopening = np.array([category.reopens for category in category_list()])
    reopened = np.unique(days[reopening[categories] & (days > 0)])
    correcting = [
        later for earlier, later in pairwise(allowed) if not bool(((reopened >= earlier) & (reopened <= later)).any())
    ]
    return np.where((categories == allowance) & np.isin(days, correcting), np.int16(corrected), categories)


def _with_examiners_references(
    days: NDArray[np.int64], categories: NDArray[np.int16], sides: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Give copies of references to the Office on a day on which only the Office acted."""
    references = categories == category_index()["cited_reference"]
    if not references.any():
        return sides
    events = np.array([category.key for category in category_list()])[categories]
    acted = days[(sides == OFFICE) & events]
    filed = days[(sides == APPLICANT) & ~references]
    examiners = references & (sides == APPLICANT) & (days > 0) & np.isin(days, acted) & ~np.isin(days, filed)
    return np.where(examiners, np.int8(OFFICE), sides)


def _group_sides(days: NDArray[np.int64], categories: NDArray[np.int16], sides: NDArray[np.int8]) -> NDArray[np.int8]:
    """Say with whose doings of the day each paper goes: receipts with a filing, internal papers with an action."""
    follows = np.array([category.follows == "applicant" for category in category_list()])[categories]
    dated = days > 0
    filed = dated & np.isin(days, days[sides == APPLICANT])
    acted = dated & np.isin(days, days[(sides == OFFICE) & ~follows])
    grouped = np.where((sides == INTERNAL) & acted & ~follows, np.int8(OFFICE), sides)
    return np.where(follows & filed, np.int8(APPLICANT), grouped)


def _number_groups(days: NDArray[np.int64], group_sides: NDArray[np.int8]) -> NDArray[np.int64]:
    """Number the submissions of papers that are in order; a paper without a date is a submission of its own."""
    if not len(days):
        return days
    changes = (np.diff(days) != 0) | (np.diff(group_sides) != 0) | (days[1:] == 0)
    return np.concatenate(([0], np.cumsum(changes)))


def _papers(history: FileHistory, names: list[str], places: list[int]) -> list[str]:
    """Give, for each paper in order, the id of the paper it is a version of: a translation stands for its original."""
    documents = history.documents
    versions = {code: base_code(code) for code in set(documents.code)}
    if all(base == normalise_code(code) for code, base in versions.items()):
        return [names[place] for place in places]
    papers = list(names)
    waiting: defaultdict[tuple[int | None, str], list[int]] = defaultdict(list)
    exact: dict[tuple[int | None, str, str, int], int] = {}
    seen: Counter[tuple[int | None, str, str]] = Counter()
    is_version = [versions[code] != normalise_code(code) for code in documents.code]
    for place, code in enumerate(documents.code):
        if not is_version[place]:
            text = without_version(documents.description[place])
            seen[documents.date[place], versions[code], text] += 1
            exact[documents.date[place], versions[code], text, seen[documents.date[place], versions[code], text]] = (
                place
            )
            waiting[documents.date[place], versions[code]].append(place)
    unmatched = []
    counted: Counter[tuple[int | None, str, str]] = Counter()
    for place, code in enumerate(documents.code):
        if is_version[place]:
            key = (documents.date[place], versions[code], without_version(documents.description[place]))
            counted[key] += 1
            other = exact.get((*key, counted[key]))
            if other is None:
                unmatched.append(place)
            else:
                papers[place] = names[other]
                waiting[key[:2]].remove(other)
    for place in unmatched:  # the original's description may be in another language
        others = waiting[documents.date[place], versions[documents.code[place]]]
        if others:
            papers[place] = names[others.pop(0)]
    return [papers[place] for place in places]
