"""Papers that were filed on a condition: the RCE and the petition that come with a quick path IDS.

After payment of the issue fee an IDS can be filed with a petition to withdraw from issue and an RCE, of which the RCE
is processed only if the examiner finds that prosecution must be reopened (QPIDS, 77 FR 27443). Until then, and where a
corrected notice of allowability or the issue follows, they reopen nothing. The rules are in `conditional_papers.csv`.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import PositiveInt

from components.prosecution.law.categories import Category, CategoryCell, SomeCategories
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.prosecution.tables import dates
from components.rule_tables import Flag, Row

_REOPENING_CODE: Final = "Q.DEC"
_REOPENING_WORDS: Final = ("qpids", "quick path")
"""How a list names the decision on such a request that reopens prosecution; other withdrawals from issue do not say so,
because the granted petition is one."""

Days = NDArray[np.datetime64]


class ConditionalPaper(Row):
    """A category that counts only if prosecution is reopened after a request: one row of `conditional_papers.csv`."""

    office: Filled
    request: CategoryCell
    needs: SomeCategories
    """What must be listed no later for the request to be one: before payment of the issue fee there is none."""
    category: CategoryCell
    within_days: PositiveInt
    """How many days before or after the request papers that come with it may be listed."""
    until_decided: Flag
    """Whether it is for papers from the request until what shows that prosecution was not reopened, rather than for
    those that come with the request."""
    becomes: CategoryCell
    """What the paper is as long as prosecution is not reopened."""
    reopened_by: SomeCategories
    """What reopens prosecution if nothing of `decided_by` came before."""
    decided_by: SomeCategories
    """What shows that prosecution was not reopened."""
    source: Filled


class _Request(NamedTuple):
    day: np.datetime64
    until: np.datetime64
    """The day of the next request, at which what follows is about that one."""


@cache
def conditional_papers_of(office: str) -> tuple[ConditionalPaper, ...]:
    """Return the rules of an office; none for an office without rows.

    Raises:
        RuleTableBroken: a row names an unknown category, or needs or says nothing.
    """
    return tuple(row for row in read_rule_table("conditional_papers.csv", ConditionalPaper) if row.office == office)


def with_conditional_papers(
    office: str,
    days: NDArray[np.int64],
    categories: NDArray[np.int16],
    codes: Sequence[str],
    descriptions: Sequence[str],
) -> NDArray[np.int16]:
    """Return the categories of papers, with those that were filed on a condition that did not occur, or not yet.

    Args:
        office: two letters.
        days: `yyyymmdd`, 0 without a plausible date.
        categories: the `Category` of each paper.
        codes: document codes as delivered.
        descriptions: their descriptions.
    """
    rules = conditional_papers_of(office)
    if not np.isin(categories[days > 0], [rule.request for rule in rules]).any():
        return categories
    calendar = dates(days)
    reopening = _reopening(categories, codes, descriptions)
    conditional = categories.copy()
    for rule in rules:
        for request in _requests(calendar, categories, rule):
            decided = _day_of_decision(request, rule, calendar, categories, reopening)
            if decided is None:
                continue
            day, apart = request.day, np.timedelta64(rule.within_days, "D")
            first, last = (day, decided) if rule.until_decided else (day - apart, day + apart)
            affected = (categories == rule.category) & ~reopening & (calendar >= first) & (calendar <= last)
            if not (rule.until_decided and np.isnat(decided)):
                conditional[affected] = rule.becomes
    return conditional


def _requests(calendar: Days, categories: NDArray[np.int16], rule: ConditionalPaper) -> list[_Request]:
    """Return the requests, oldest first; one that is listed on several days is one request."""
    needed = calendar[np.isin(categories, list(rule.needs)) & ~np.isnat(calendar)]
    listed = np.unique(calendar[(categories == rule.request) & ~np.isnat(calendar)])
    listed = listed[listed >= needed.min()] if len(needed) else needed
    if not len(listed):
        return []
    apart = np.diff(listed, prepend=listed[:1] - np.timedelta64(rule.within_days + 1, "D"))
    days = listed[apart > np.timedelta64(rule.within_days, "D")]
    ends = [*days[1:], np.datetime64("9999-12-31")]
    return [_Request(day, until) for day, until in zip(days, ends, strict=True)]


def _reopening(categories: NDArray[np.int16], codes: Sequence[str], descriptions: Sequence[str]) -> NDArray[np.bool_]:
    """Return which papers are decisions that reopen prosecution after such a request."""
    reopening = np.zeros(len(categories), dtype=np.bool_)
    for index in np.flatnonzero(categories == Category.WITHDRAWN_FROM_ISSUE).tolist():
        text = descriptions[index].casefold()
        named = any(words in text for words in _REOPENING_WORDS)
        reopening[index] = named or codes[index].strip().upper().startswith(_REOPENING_CODE)
    return reopening


def _day_of_decision(
    request: _Request,
    rule: ConditionalPaper,
    calendar: Days,
    categories: NDArray[np.int16],
    reopening: NDArray[np.bool_],
) -> np.datetime64 | None:
    """Return when it was shown that prosecution is not reopened after a request.

    Returns:
        `NaT` where nothing shows it yet; `None` if prosecution was reopened: by a decision on the request, or by an
        action before any notice.
    """
    later = (calendar > request.day) & (calendar <= request.until)
    if (later & reopening).any():
        return None
    acted = calendar[later & np.isin(categories, list(rule.reopened_by))]
    decided = calendar[later & np.isin(categories, list(rule.decided_by))]
    first: np.datetime64 = decided.min() if len(decided) else np.datetime64("NaT")
    if len(acted) and (np.isnat(first) or acted.min() <= first):
        return None
    return first
