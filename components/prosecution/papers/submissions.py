"""Submissions: the papers of one side and day, with a name and a label for each.

An applicant's submission is everything received from it on one date, with that day's receipts and fee sheets; an
Office action is everything the Office sent on one date, with that day's internal papers. Several filings of one day
cannot be distinguished, because the list of documents gives no time of day.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.categories import Category, per_category
from components.prosecution.law.dated_names import name_on
from components.prosecution.law.vocabulary import Side
from components.prosecution.papers.labels import label_of, named_by_title
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.prosecution.tables import dates

CategoryPapers = Mapping[Category, Sequence[int]]
"""The papers of a submission by category: their indices in the sorted documents, in reading order."""

_CATEGORIES: Final = tuple(Category)
_SLUGS: Final = tuple(side.table_name.replace(" ", "-") for side in Side)


def name_submissions(documents: SortedDocuments) -> list[str]:
    """Return a name for each submission, in order: `20180831-applicant`; without a date, the id of its document."""
    leads = documents.leads
    columns = (leads, documents.days[leads], documents.submission_sides[leads])
    return [
        f"{day}-{_SLUGS[side]}" if day else documents.ids[lead]
        for lead, day, side in zip(*(column.tolist() for column in columns), strict=True)
    ]


def key_papers(documents: SortedDocuments) -> NDArray[np.bool_]:
    """Return which papers are key papers: events, and the remarks, claims and affidavits that came with an event."""
    events = per_category(lambda facts: facts.key)[documents.categories]
    parts = per_category(lambda facts: facts.part)[documents.categories]
    eventful = np.zeros(len(documents.leads), dtype=bool)
    eventful[documents.submissions[events]] = True
    return events | (parts & eventful[documents.submissions]) if len(events) else events


def papers_of_submissions(documents: SortedDocuments) -> list[CategoryPapers]:
    """Return the papers of each submission by category, in order."""
    by_submission: list[dict[Category, list[int]]] = [{} for _ in range(len(documents.leads))]
    columns = documents.submissions.tolist(), documents.categories.tolist()
    for index, (submission, number) in enumerate(zip(*columns, strict=True)):
        papers, category = by_submission[submission], _CATEGORIES[number]
        if category in papers:
            papers[category].append(index)
        else:
            papers[category] = [index]
    return list[CategoryPapers](by_submission)


def label_submissions(documents: SortedDocuments, papers: Sequence[CategoryPapers]) -> list[str]:
    """Return what each submission is called, in order: "Amendment and RCE", "Final rejection".

    Args:
        documents: the papers in reading order.
        papers: those of each submission (`papers_of_submissions`).
    """
    days = dates(documents.days[documents.leads]).astype("datetime64[D]").tolist()
    return [
        name_on(documents.office, _label(documents, categories, lead), day)
        for categories, lead, day in zip(papers, documents.leads.tolist(), days, strict=True)
    ]


def _label(documents: SortedDocuments, papers: CategoryPapers, lead: int) -> str:
    return label_of(
        documents.office,
        frozenset(papers),
        documents.codes[lead],
        documents.descriptions[lead],
        _titles_beside(documents, papers),
    )


def _titles_beside(documents: SortedDocuments, papers: CategoryPapers) -> frozenset[tuple[Category, str]]:
    """Return the titles of the papers of a submission that are called by them."""
    return frozenset(
        (category, documents.descriptions[indices[0]])
        for category, indices in papers.items()
        if named_by_title(documents.office, category)
    )


def submission_columns(
    documents: SortedDocuments,
    names: Sequence[str],
    labels: Sequence[str],
    rounds: Sequence[int | None],
    stages: Mapping[int, str],
) -> Mapping[str, Any]:
    """Return the columns of `submissions` for one history, oldest first.

    Args:
        documents: the papers in reading order.
        names: the names of its submissions.
        labels: what they are called.
        rounds: the number of the round of each.
        stages: the stage under 37 CFR 1.97 of those with an information disclosure statement, by their number.
    """
    leads = documents.leads
    count = len(leads)
    events = per_category(lambda facts: facts.key)[documents.categories]
    known = documents.pages > 0
    weights = np.where(known, documents.pages, 0)
    pages = np.bincount(documents.submissions, weights=weights, minlength=count).astype(np.int64)
    pages[np.bincount(documents.submissions, weights=known, minlength=count) == 0] = -1
    return {
        "history": [documents.key] * count,
        "submission": names,
        "date": documents.days[leads],
        "side": documents.submission_sides[leads],
        "kind": documents.categories[leads],
        "label": labels,
        "documents": np.bincount(documents.submissions, minlength=count),
        "pages": pages,
        "key": np.bincount(documents.submissions, weights=events, minlength=count) > 0,
        "round": rounds,
        "lead": [documents.ids[lead] for lead in leads.tolist()],
        "stage": [stages.get(number, "") for number in range(count)],
    }


def document_columns(
    documents: SortedDocuments, names: Sequence[str], rounds: Sequence[int | None]
) -> Mapping[str, Any]:
    """Return the columns of `documents` for one history, in reading order.

    Args:
        documents: the papers in reading order.
        names: the names of its submissions.
        rounds: the number of the round of each submission.
    """
    count = len(documents.ids)
    submissions = documents.submissions
    numbers = np.array([-1 if number is None else number for number in rounds], dtype=np.int64)
    return {
        "history": [documents.key] * count,
        "id": documents.ids,
        "seq": np.arange(1, count + 1),
        "date": documents.days,
        "code": documents.codes,
        "description": documents.descriptions,
        "pages": documents.pages,
        "side": documents.sides,
        "category": documents.categories,
        "submission": [names[submission] for submission in submissions.tolist()],
        "key": key_papers(documents),
        "paper": documents.paper_ids,
        "round": np.where(documents.in_range, numbers[submissions], -1) if count else submissions,
        "in_range": documents.in_range,
    }
