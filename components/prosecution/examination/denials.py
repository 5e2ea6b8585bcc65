"""What a petition leaves open of a denied reexamination.

A requester may ask within one month that the Director review the denial of reexamination, which is final only when that
was refused (37 CFR 1.515(c); MPEP 2248).
"""

from collections.abc import Sequence
from typing import Final

from components.prosecution.law.categories import Category
from components.prosecution.law.codes import normalise_code, stem_of
from components.prosecution.law.workdays import add_months, next_working_day
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.sorted_documents import SortedDocuments
from components.words import day

_REVIEW: Final = "RXRPET"
"""The code of a petition for review of a denial, whatever the list calls the denial."""
_DENIAL: Final = "RXREXD"
_RULE: Final = "37 CFR 1.515(c)"


def doubt_about_denial(documents: SortedDocuments, acts: Sequence[Act], last: Act) -> str:
    """Return whether a petition may undo the end of a reexamination, as a clause; empty if none is listed.

    Args:
        documents: the papers in reading order.
        acts: what happened, oldest first.
        last: the act on which the status rests.
    """
    if Category.REEXAMINATION_ENDED not in last.papers:
        return ""
    denied = _has_code(documents, last, Category.REEXAMINATION_ENDED, _DENIAL)
    for act in acts:
        if act.day < last.day or Category.PETITION not in act.papers:
            continue
        if denied or _has_code(documents, act, Category.PETITION, _REVIEW):
            if act.day > next_working_day(add_months(last.day, 1)):
                return f"the petition of {day(act.day)} came after the month for the review of a denial ({_RULE})"
            return f"unless the petition of {day(act.day)} for review of the denial is granted ({_RULE}; MPEP 2248)"
    return ""


def _has_code(documents: SortedDocuments, act: Act, category: Category, stem: str) -> bool:
    return any(stem_of(normalise_code(documents.codes[index])) == stem for index in act.papers[category])
