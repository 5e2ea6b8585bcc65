"""Papers that the Office found improper, so that they do not count as what they were filed as: `refusals.csv`.

An RCE without a submission or its fee, or in an application whose prosecution is not closed, is improper and does not
stop the period for reply (37 CFR 1.114, MPEP 706.07(h)). A list shows it by a notice, or by the code of a paper.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from components.prosecution.law.categories import Category, CategoryCell, category_set
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row


class Refusal(Row):
    """By which code or words a paper says that an earlier one was improper: one row of `refusals.csv`."""

    office: Filled
    category: CategoryCell
    """What was filed."""
    by: CategoryCell
    """The category of the paper that refuses it."""
    code: str
    """Its code, as the tables spell it; empty: any code of the category."""
    words: str
    """Words of its description, in lower case; empty: whatever it says."""
    becomes: CategoryCell
    """What the refused paper is."""
    source: Filled

    @model_validator(mode="after")
    def _says_something(self) -> "Refusal":
        if not (self.code or self.words):
            raise ValueError("It names neither a code nor words. Write one of them.")
        return self

    def fits(self, code: str, description: str) -> bool:
        """Return whether a paper of the refusing category refuses."""
        return self.code in ("", normalise_code(code)) and self.words in description.casefold()


@cache
def refusals_of(office: str) -> tuple[Refusal, ...]:
    """Return the rules of an office; none for an office without rows.

    Raises:
        RuleTableBroken: a row names an unknown category, or neither a code nor words.
    """
    return tuple(row for row in read_rule_table("refusals.csv", Refusal) if row.office == office)


def without_refused_papers(
    office: str,
    days: NDArray[np.int64],
    categories: NDArray[np.int16],
    codes: Sequence[str],
    descriptions: Sequence[str],
) -> NDArray[np.int16]:
    """Return the categories of papers, with those that the Office refused as what they are then.

    A refusal is of all such papers that wait for the Office on its day: those since its last action or refusal.

    Args:
        office: two letters.
        days: `yyyymmdd`, 0 without a plausible date.
        categories: the `Category` of each paper.
        codes: document codes as delivered.
        descriptions: their descriptions.
    """
    rules = [rule for rule in refusals_of(office) if ((categories == rule.category) & (days > 0)).any()]
    refused = categories.copy()
    steps = np.isin(categories, list(category_set("actions") | {Category.ALLOWANCE})) & (days > 0)
    for rule in rules:
        for day in _days_of(rule, days, categories, codes, descriptions):
            since = days[steps & (days <= day)].max(initial=0)
            waiting = (categories == rule.category) & (days > since) & (days <= day)
            refused[waiting] = rule.becomes
    return refused


def _days_of(
    rule: Refusal,
    days: NDArray[np.int64],
    categories: NDArray[np.int16],
    codes: Sequence[str],
    descriptions: Sequence[str],
) -> Iterator[int]:
    """Yield the days of the papers that refuse by a rule."""
    for index in np.flatnonzero((categories == rule.by) & (days > 0)).tolist():
        if rule.fits(codes[index], descriptions[index]):
            yield int(days[index])
