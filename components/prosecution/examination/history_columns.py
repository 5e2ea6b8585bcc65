"""The row of an application in the table `histories`: its dates, its counts, and how much of it is listed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np

from components.prosecution.examination.improper_rces import improper_rces
from components.prosecution.examination.interviews import interviews_before_allowance
from components.prosecution.examination.measures import OFFICES_APPEALED_BEFORE_ISSUE
from components.prosecution.examination.status import CategoryDays, StatusAndDates, listed_dates
from components.prosecution.law.categories import Category, category_set, per_category
from components.prosecution.law.codes import normalise_code, uncounted_codes_of
from components.prosecution.law.grants import issue_paper_name
from components.prosecution.law.phrases import labels_of, own_words_of
from components.prosecution.law.vocabulary import COUNT_COLUMNS, STATUSES, CountName
from components.prosecution.papers.plausible_dates import as_date, as_number
from components.prosecution.papers.sorted_documents import SortedDocuments


def history_columns(
    documents: SortedDocuments,
    listed_days: CategoryDays,
    status_and_dates: StatusAndDates,
    measures: Mapping[str, Any],
    void_rces: Collection[date] = (),
) -> Mapping[str, Any]:
    """Return the row of `histories` for one application, each value as a column of one.

    Undated papers of a category count as one date. Papers out of range are counted in `out_of_range` alone.

    Args:
        documents: the papers in reading order.
        listed_days: the days of each category.
        status_and_dates: filing, end and status.
        measures: further columns (`measures_of`).
        void_rces: the days of RCEs after an abandonment that stands.
    """
    firsts = [day for category in category_set("first_actions") for day in listed_dates(listed_days, category)]
    history = documents.history
    row = {
        "history": documents.key,
        "patent_number": history.patent_number,
        "office": documents.office,
        "status": STATUSES.index(status_and_dates.status),
        "status_words": status_and_dates.words,
        "status_evidence": status_and_dates.evidence,
        "status_doubt": status_and_dates.doubt,
        "filed": status_and_dates.filed,
        "entered": status_and_dates.entered,
        "first_action": min(firsts, default=None),
        "allowed": allowance_that_stands(listed_days, status_and_dates.issued),
        "issued": status_and_dates.issued,
        "issued_by": _issued_by(documents.office, listed_days, status_and_dates.issued),
        "abandoned": status_and_dates.abandoned,
        "refused": status_and_dates.refused,
        **_counts(documents, listed_days, status_and_dates.issued, void_rces),
        "interviews_before_allowance": interviews_before_allowance(listed_days, status_and_dates.issued),
        **measures,
        "post_grant": _after_issue(documents, status_and_dates.issued),
        "documents_held": history.documents_held,
        "documents_told": history.documents_reported,
        "complete": history.complete,
        "undated": int((documents.days <= 0).sum()),
        "unclassified": int((documents.categories == Category.UNCLASSIFIED).sum()),
        "pages": int(documents.pages[documents.pages > 0].sum()),
        "out_of_range": int((~documents.in_range).sum()),
        "first_document": status_and_dates.first,
        "last_document": status_and_dates.last,
        "retrieved": history.retrieved,
    }
    return {name: [value] for name, value in row.items()}


def allowance_that_stands(listed_days: CategoryDays, issued: date | None) -> date | None:
    """Return the day of the last allowance; `None` if prosecution was reopened after it and no patent issued.

    Args:
        listed_days: the days of each category.
        issued: day of the issue that stands.
    """
    allowed = max(listed_dates(listed_days, Category.ALLOWANCE), default=None)
    if allowed is None or issued is not None:
        return allowed
    reopening = category_set("actions") | {Category.RCE, Category.WITHDRAWN_FROM_ISSUE}
    reopened = any(day > allowed for category in reopening for day in listed_dates(listed_days, category))
    return None if reopened else allowed


def _issued_by(office: str, listed_days: CategoryDays, issued: date | None) -> str:
    """Return what the paper is called whose day is that of the issue, at an office that also lists a mention of it."""
    if issued is None or Category.GRANT_MENTION not in own_words_of(office):
        return ""
    mentioned = issued in listed_dates(listed_days, Category.GRANT_MENTION)
    return labels_of(office)[Category.GRANT_MENTION] if mentioned else issue_paper_name(office)


def _counts(
    documents: SortedDocuments, listed_days: CategoryDays, issued: date | None, void_rces: Collection[date]
) -> dict[str, int]:
    """Return how many distinct dates each count of `COUNT_COLUMNS` has."""
    days_of: dict[str, set[date | None]] = {count: set() for count in COUNT_COLUMNS}
    for category, days in listed_days.items():
        for count in category.facts.counts:
            days_of[count].update(days)
    totals = {count: len(days) for count, days in days_of.items()}
    for left_out, codes in uncounted_codes_of(documents.office).items():
        totals[left_out] -= _days_left_out(documents, left_out, codes)
    if issued is not None and documents.office in OFFICES_APPEALED_BEFORE_ISSUE:
        totals["appeals"] -= sum(day > issued for day in listed_dates(listed_days, Category.NOTICE_OF_APPEAL))
    totals["rces"] -= _improper_rces(documents, listed_days, issued, void_rces)
    return totals


def _improper_rces(
    documents: SortedDocuments, listed_days: CategoryDays, issued: date | None, void_rces: Collection[date]
) -> int:
    """Return how many RCEs were filed without effect, as the list shows: improper, or in an abandoned application."""
    if Category.RCE not in listed_days:
        return 0
    uncounted = uncounted_codes_of(documents.office).get("rces", frozenset())
    indices = np.flatnonzero((documents.categories == Category.RCE) & documents.in_range & (documents.days > 0))
    numbers = {
        int(documents.days[index])
        for index in indices.tolist()
        if normalise_code(documents.codes[index]) not in uncounted
    }
    filed = [as_date(number) for number in sorted(numbers)]
    listed = {category: listed_dates(listed_days, category) for category in listed_days}
    judged = improper_rces(documents.office, documents.history.apno, filed, listed, issued)
    shown = {day for day, improper in judged.items() if improper.shown}
    return len(shown | set(filed).intersection(void_rces))


def _days_left_out(documents: SortedDocuments, count: CountName, codes: frozenset[str]) -> int:
    """Return on how many days all papers of a count are of codes that it leaves out."""
    counts = per_category(lambda facts: count in facts.counts)[documents.categories] & documents.in_range
    indices = np.flatnonzero(counts).tolist()
    counted = {int(documents.days[index]) for index in indices if normalise_code(documents.codes[index]) not in codes}
    return len({int(documents.days[index]) for index in indices} - counted)


def _after_issue(documents: SortedDocuments, issued: date | None) -> int:
    if issued is None:
        return 0
    return int(((documents.days > as_number(issued)) & (documents.categories != Category.ISSUE)).sum())
