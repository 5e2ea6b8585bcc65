"""The period that a paper itself sets goes before the usual one of the tables; what a computed date rests on, in words.

Where 35 USC 133 bounds the period, the Office sets a shorter one in each action, and a list of documents does not show
it: `periods.csv` has what is usual. The statute's six months and the five months of 37 CFR 1.136(a)(1) bound what is
set as they bound what is usual. Other periods are the law's own, whatever a form page says of another reply.
"""

import re
from typing import Final

from components.histories import SetPeriod
from components.prosecution.law.periods import USUAL, Period, is_usual, rules_of_extension
from components.words import counted

SET_IN_PAPER: Final = "as set in the paper"
"""How the authority of a period begins that was read in the paper itself."""
COMPUTED: Final = "computed"
_MOST_EXTENDED: Final = 5
"""Months by which 37 CFR 1.136(a)(1) extends a period at most."""
_MOST_DAYS: Final = 183
"""No paper sets more days: six months."""
_SHORTEST_MONTH: Final = 28
_USUALLY: Final = re.compile(r" \(usual period, the \w+ sets it\)|; usual period, the \w+ sets it(?=\))")
"""What an authority says of a period of which the table has the usual length."""


def with_set_period(period: Period, said: SetPeriod | None) -> Period:
    """Return a period as the paper sets it, or as it is usually set where nothing was read that can be meant.

    Args:
        period: what the tables have for the paper.
        said: what the paper says; `None` where that was not read.
    """
    if said is None or not _is_set_by_paper(period) or not _can_be_meant(period, said):
        return period
    said = _without_shorter_days(said)
    of_paper = f"{SET_IN_PAPER}, page {said.page}"
    if (said.months, said.days) != (period.months, period.days):
        of_paper += f" ({_length(said.months, said.days)}, not the usual {_length(period.months, period.days)})"
    return period.model_copy(
        update={
            "months": said.months,
            "days": said.days,
            "extendable_months": _extension(period, said),
            "usual": False,
            "authority": f"{of_paper}; {_without_usual(period.authority)}",
        }
    )


def basis_of(authority: str) -> str:
    """Return on what the dates of a round rest: `computed`, `usual, …`, or `computed, as set in the paper, page 2`.

    Args:
        authority: of the round.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    if is_usual(authority):
        return USUAL
    said = set_words_of(authority)
    return f"{COMPUTED}, {said}" if said else COMPUTED


def set_words_of(authority: str) -> str:
    """Return what an authority says of the paper that sets the period itself; empty for a period of the tables."""
    return authority.partition("; ")[0] if authority.startswith(SET_IN_PAPER) else ""


def extension_rule_of(authority: str) -> str:
    """Return the rule under which alone a period of an authority can be extended; empty where there is none.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    rules = rules_of_extension()
    if not authority.startswith(SET_IN_PAPER):
        return rules.get(authority, "")
    of_table = authority.partition("; ")[2]
    return next((rule for name, rule in rules.items() if _without_usual(name) == of_table), "")


def _is_set_by_paper(period: Period) -> bool:
    """Return whether the paper sets the period itself: a shortened statutory one, or one that the table calls usual."""
    return period.is_computed and period.office == "US" and (period.bar_months is not None or period.usual)


def _can_be_meant(period: Period, said: SetPeriod) -> bool:
    months, days = said.months, said.days
    if months is None and days is None:
        return False
    most = period.bar_months or 6
    return (months is None or 0 < months <= most) and (days is None or 0 < days <= _MOST_DAYS)


def _without_shorter_days(said: SetPeriod) -> SetPeriod:
    """Return a period without days that its months always outlast: "3 months or thirty days, whichever is longer"."""
    outlasted = said.months is not None and said.days is not None and said.days <= said.months * _SHORTEST_MONTH
    return said._replace(days=None) if outlasted else said


def _extension(period: Period, said: SetPeriod) -> int:
    """Return by how many months a set period can be extended: up to the bar, which moves with nothing."""
    if period.extension_rule or period.bar_months is None:
        return period.extension
    return min(_MOST_EXTENDED, period.bar_months - (said.months or 0))


def _without_usual(authority: str) -> str:
    """Return an authority without the words that its period is only usual."""
    return _USUALLY.sub("", authority)


def _length(months: int | None, days: int | None) -> str:
    """Return how long a period is: `3 months`, `1 month or 30 days`."""
    parts = [counted(count, noun) for count, noun in ((months, "month"), (days, "day")) if count is not None]
    return " or ".join(parts)
