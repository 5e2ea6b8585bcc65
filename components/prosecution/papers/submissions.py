"""What one side did on one day: the papers of a submission, named as a prosecutor names it.

An applicant's submission is everything received from it on one date, with that day's receipts and fee sheets; an
Office action is everything the Office sent on one date, with that day's internal papers. Several filings of one day
cannot be told apart, because the list of documents gives no time of day.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.vocabulary import SIDES, category_list
from components.prosecution.papers.labels import label_of
from components.prosecution.papers.sorted_documents import Listing

SLUGS = tuple(side.replace(" ", "-") for side in SIDES)


def name_submissions(listing: Listing) -> list[str]:
    """Give each submission a name, in order: `20180831-applicant`; one without a date has its document's id."""
    starts = first_of_group(listing)
    return [
        f"{day}-{SLUGS[side]}" if day else listing.ids[start]
        for start, day, side in zip(
            starts.tolist(), listing.days[starts].tolist(), listing.group_sides[starts].tolist(), strict=True
        )
    ]


def first_of_group(listing: Listing) -> NDArray[np.int64]:
    """Give the place of each submission's lead paper: papers are in order, so it is the first."""
    return np.flatnonzero(np.diff(listing.groups, prepend=-1)).astype(np.int64)


def key_papers(listing: Listing) -> NDArray[np.bool_]:
    """Say which papers matter: events, and the remarks, claims and affidavits that came with an applicant's event."""
    events = np.array([category.key for category in category_list()])[listing.categories]
    parts = np.array([category.part for category in category_list()])[listing.categories]
    eventful = np.zeros(len(first_of_group(listing)), dtype=bool)
    eventful[listing.groups[events]] = True
    return events | (parts & eventful[listing.groups]) if len(events) else events


def papers_of_groups(listing: Listing) -> list[dict[int, list[int]]]:
    """Give the papers of each submission, in order: places in the listing by category, in reading order."""
    found: list[dict[int, list[int]]] = [{} for _ in range(len(first_of_group(listing)))]
    for place, (group, category) in enumerate(zip(listing.groups.tolist(), listing.categories.tolist(), strict=True)):
        papers = found[group]
        if category in papers:
            papers[category].append(place)
        else:
            papers[category] = [place]
    return found


def label_submissions(listing: Listing, papers: Sequence[Mapping[int, list[int]]]) -> list[str]:
    """Say what each submission is, in order: "Amendment and RCE", "Final rejection".

    Args:
        listing: the papers in reading order.
        papers: those of each submission (`papers_of_groups`).
    """
    return [
        label_of(listing.office, frozenset(its), listing.codes[start], listing.descriptions[start])
        for its, start in zip(papers, first_of_group(listing).tolist(), strict=True)
    ]


def submissions_of(
    listing: Listing, names: list[str], labels: list[str], rounds: list[int], stages: Mapping[int, str]
) -> Mapping[str, Any]:
    """Give the columns of `submissions` for one history, oldest first.

    Args:
        listing: the papers in reading order.
        names: the names of its submissions.
        labels: what they are called.
        rounds: the round of each, -1 for none.
        stages: the stage under 37 CFR 1.97 of those with an information disclosure statement, by their number.
    """
    starts = first_of_group(listing)
    count = len(starts)
    events = np.array([category.key for category in category_list()])[listing.categories]
    known = listing.pages > 0
    pages = np.bincount(listing.groups, weights=np.where(known, listing.pages, 0), minlength=count).astype(np.int64)
    pages[np.bincount(listing.groups, weights=known, minlength=count) == 0] = -1
    return {
        "history": [listing.key] * count,
        "submission": names,
        "date": listing.days[starts],
        "side": listing.group_sides[starts],
        "kind": listing.categories[starts],
        "label": labels,
        "documents": np.bincount(listing.groups, minlength=count),
        "pages": pages,
        "key": np.bincount(listing.groups, weights=events, minlength=count) > 0,
        "round": rounds,
        "lead": [listing.ids[start] for start in starts.tolist()],
        "stage": [stages.get(number, "") for number in range(count)],
    }


def documents_of(listing: Listing, names: list[str], rounds: list[int]) -> Mapping[str, Any]:
    """Give the columns of `documents` for one history, in reading order.

    Args:
        listing: the papers in reading order.
        names: the names of its submissions.
        rounds: the round of each submission, -1 for none.
    """
    count = len(listing.ids)
    groups = listing.groups
    return {
        "history": [listing.key] * count,
        "id": listing.ids,
        "seq": np.arange(1, count + 1),
        "date": listing.days,
        "code": listing.codes,
        "description": listing.descriptions,
        "pages": listing.pages,
        "side": listing.sides,
        "category": listing.categories,
        "submission": [names[group] for group in groups.tolist()],
        "key": key_papers(listing),
        "paper": listing.papers,
        "round": np.where(listing.in_range, np.array(rounds, dtype=np.int64)[groups], -1) if count else groups,
        "in_range": listing.in_range,
    }
