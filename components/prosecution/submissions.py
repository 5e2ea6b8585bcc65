"""What one side did on one day: the papers of a submission, named as a prosecutor names it.

An applicant's submission is everything received from it on one date, with that day's receipts and fee sheets; an
Office action is everything the Office sent on one date, with that day's internal papers. Several filings of one day
cannot be told apart, because the list of documents gives no time of day.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.prosecution.listing import Listing
from components.prosecution.vocabulary import SIDES, category_list, phrases_of

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


def submissions_of(listing: Listing, names: list[str]) -> Mapping[str, Any]:
    """Give the columns of `submissions` for one history, oldest first.

    Args:
        listing: the papers in reading order.
        names: the names of its submissions.
    """
    starts = first_of_group(listing)
    count = len(starts)
    found: list[set[int]] = [set() for _ in range(count)]
    for group, category in zip(listing.groups.tolist(), listing.categories.tolist(), strict=True):
        found[group].add(category)
    events = np.array([category.key for category in category_list()])[listing.categories]
    known = listing.pages > 0
    pages = np.bincount(listing.groups, weights=np.where(known, listing.pages, 0), minlength=count).astype(np.int64)
    pages[np.bincount(listing.groups, weights=known, minlength=count) == 0] = -1
    return {
        "history": [listing.history.name] * count,
        "submission": names,
        "date": listing.days[starts],
        "side": listing.group_sides[starts],
        "kind": listing.categories[starts],
        "label": [label_of(listing.office, frozenset(categories)) for categories in found],
        "documents": np.bincount(listing.groups, minlength=count),
        "pages": pages,
        "key": np.bincount(listing.groups, weights=events, minlength=count) > 0,
        "round": np.full(count, -1),
        "lead": [listing.ids[start] for start in starts.tolist()],
    }


@cache
def label_of(office: str, categories: frozenset[int]) -> str:
    """Say what a submission is, from the categories of its papers: "Amendment, RCE and IDS", "Final rejection".

    Only events and affidavits are named; a submission without any is named after its lead paper. An office's own word
    goes before the general one: an EPO "notice of allowance" is an "intention to grant".
    """
    own = phrases_of(office)
    members = [category_list()[place] for place in categories]
    lead = min(members, key=lambda category: category.lead)
    named = [member for member in members if member.phrase and (member.key or member.name == "affidavit")]
    named.sort(key=lambda category: category.say)
    phrases = list(dict.fromkeys(own.get(member.name, member.phrase) for member in named))
    if not lead.key:
        phrases = phrases or [lead.label]
    text = f"{', '.join(phrases[:-1])} and {phrases[-1]}" if len(phrases) > 1 else phrases[0]
    return text[:1].upper() + text[1:]


def documents_of(listing: Listing, names: list[str]) -> Mapping[str, Any]:
    """Give the columns of `documents` for one history, in reading order."""
    count = len(listing.ids)
    return {
        "history": [listing.history.name] * count,
        "id": listing.ids,
        "seq": np.arange(1, count + 1),
        "date": listing.days,
        "code": listing.codes,
        "description": listing.descriptions,
        "pages": listing.pages,
        "side": listing.sides,
        "category": listing.categories,
        "submission": [names[group] for group in listing.groups.tolist()],
        "key": key_papers(listing),
        "paper": listing.papers,
    }
