"""The notice of allowance that stands, and how many interviews came before it."""

from collections.abc import Sequence
from datetime import date

from components.prosecution.examination.status import CategoryDays, listed_dates
from components.prosecution.law.categories import Category, category_set


def standing_allowances(listed_days: CategoryDays, issued: date | None) -> Sequence[date]:
    """Return the days of the notices of allowance after which nothing reopened the prosecution, oldest first.

    After an issue those count that came up to its day. What reopens is another action, an RCE or the withdrawal from
    issue (37 CFR 1.114, 1.313).

    Args:
        listed_days: the days of each category.
        issued: day of the issue that stands.
    """
    last = issued or date.max
    reopening = category_set("actions") | {Category.RCE, Category.WITHDRAWN_FROM_ISSUE}
    reopened = max(
        (day for category in reopening for day in listed_dates(listed_days, category) if day <= last),
        default=date.min,
    )
    return [day for day in listed_dates(listed_days, Category.ALLOWANCE) if reopened <= day <= last]


def interviews_before_allowance(listed_days: CategoryDays, issued: date | None) -> int:
    """Return on how many days up to the first notice of allowance that stands an interview is listed.

    Its own day counts: what was agreed on the telephone is often recorded with the notice (MPEP 713.04). Without a
    notice that stands all interviews count, undated ones as one more day; with one, an undated one is left out.

    Args:
        listed_days: the days of each category.
        issued: day of the issue that stands.
    """
    days = {
        day
        for category, of_category in listed_days.items()
        if "interviews" in category.facts.counts
        for day in of_category
    }
    standing = standing_allowances(listed_days, issued)
    if not standing:
        return len(days)
    return sum(day is not None and day <= standing[0] for day in days)
