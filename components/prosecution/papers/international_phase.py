"""Papers of the international phase in the list of an office that an international application entered.

Such a list begins with papers of the receiving Office and of the international authorities. What was filed there is
neither the filing at this office nor an amendment before it (`international_papers.csv`).
"""

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.categories import CategoryCell
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import Row


class InternationalPaper(Row):
    """What a paper is if it is older than the entry into the national phase: one row of `international_papers.csv`."""

    office: Filled
    entry: CategoryCell
    category: CategoryCell
    becomes: CategoryCell
    source: Filled


def with_international_phase(office: str, days: NDArray[np.int64], categories: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return categories in which the papers before the entry into the national phase are those of that phase.

    Args:
        office: two letters, or none.
        days: the day of each paper as `yyyymmdd`, 0 for none.
        categories: parallel to `days`.

    Returns:
        The same where no entry is listed with a day.

    Raises:
        RuleTableBroken: `international_papers.csv` cannot be used.
    """
    corrected = categories
    for row in read_rule_table("international_papers.csv", InternationalPaper):
        entered = days[(categories == row.entry) & (days > 0)] if row.office == office else days[:0]
        if len(entered):
            before = (categories == row.category) & (days > 0) & (days < entered.min())
            corrected = np.where(before, np.int16(row.becomes), corrected)
    return corrected
