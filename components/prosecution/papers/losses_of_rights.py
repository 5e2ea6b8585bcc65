"""Notices of a loss of rights whose title does not say which right was lost.

The same title stands over the loss of a priority and of the whole application (Rule 112(1) EPC). That it was the
application is shown by what follows before the Office goes on: a request to undo the loss, or the closing of the file.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from components.prosecution.law.abandonment_papers import effect_of
from components.prosecution.law.categories import Category, per_category

_SHOWING: Final = frozenset({Category.PETITION, Category.FILE_CLOSED})
"""What shows that the loss before it was of the whole application."""


def with_total_losses(
    office: str,
    days: NDArray[np.int64],
    categories: NDArray[np.int16],
    codes: Sequence[str],
    titles: Sequence[str],
) -> NDArray[np.int16]:
    """Return categories in which a notice that does not say what was lost is a loss of the application if that shows.

    Args:
        office: two letters, or none.
        days: the day of each paper as `yyyymmdd`, 0 for none.
        categories: parallel to `days`.
        codes: parallel to `days`.
        titles: parallel to `days`.

    Raises:
        RuleTableBroken: `abandonment_papers.csv` cannot be used.
    """
    bare = [
        index
        for index in np.flatnonzero((categories == Category.PARTIAL_LOSS) & (days > 0)).tolist()
        if effect_of(office, Category.PARTIAL_LOSS, codes[index], titles[index]) == "unsaid"
    ]
    if not bare:
        return categories
    deciding = per_category(lambda facts: facts.revives or facts.category in _SHOWING)[categories]
    corrected = categories.copy()
    for index in bare:
        later = deciding & (days > days[index])
        first = categories[later & (days == days[later].min())] if later.any() else days[:0]
        if np.isin(first, list(_SHOWING)).any():
            corrected[index] = Category.ABANDONMENT
    return corrected
