"""Which requests for continued examination the list shows not to be proper, and of which it leaves that open.

An RCE can be filed only when prosecution is closed, before the issue, and not in every file (37 CFR 1.114(a), (b) and
(e); MPEP 706.07(h)). What comes after an abandonment that stands is told with it (`abandonments`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from components.prosecution.examination.abandonments import Abandonment
from components.prosecution.law.categories import Category
from components.prosecution.law.no_rce import no_rce_in
from components.prosecution.papers.daily_acts import Act
from components.words import day as day_in_words

_OPENING: Final = frozenset({Category.NON_FINAL_REJECTION, Category.RESTRICTION, Category.ACTION_WITHDRAWN})
"""After these prosecution is open again."""
_CLOSING: Final = frozenset(
    {
        Category.FINAL_REJECTION,
        Category.QUAYLE,
        Category.ALLOWANCE,
        Category.FURTHER_ALLOWANCE,
        Category.CORRECTED_ALLOWANCE,
        Category.NOTICE_OF_APPEAL,
        Category.APPEAL_BRIEF,
        Category.EXAMINERS_ANSWER,
        Category.BOARD_DECISION,
        Category.COMMUNICATION,
        Category.OTHER_OFFICE_ACTION,
    }
)
"""After these prosecution is closed, or may be: an appeal, a final action, a notice of allowance or an action that
otherwise closes it (37 CFR 1.114(b)); of the last two a list does not show what they say."""


class ImproperRce(NamedTuple):
    """An RCE that may not be proper."""

    why: str
    """Why, in words that go on after "was filed"."""
    shown: bool
    """Whether the list shows it, so that it is not counted; else it is only in doubt."""


def improper_rces(
    office: str, number: str, rces: Sequence[date], listed: Mapping[Category, Sequence[date]], issued: date | None
) -> dict[date, ImproperRce]:
    """Return the RCEs that are not proper as far as the list shows, by day.

    Args:
        office: two letters; only the US has such a rule here.
        number: application or control number.
        rces: the days of the RCEs, without continued prosecution applications and conditional RCEs.
        listed: the days of each category.
        issued: day of the issue that stands.
    """
    if office != "US":
        return {}
    barred = no_rce_in(office, number)
    if barred is not None:
        return {day: ImproperRce(f"in {barred.what}, in which none can be ({barred.source})", True) for day in rces}
    judged = {day: _after_issue(day, issued) or _while_open(day, listed) for day in rces}
    return {day: improper for day, improper in judged.items() if improper is not None}


def rces_in_an_abandoned_application(acts: Sequence[Act], abandonments: Sequence[Abandonment]) -> frozenset[date]:
    """Return the days of RCEs that revive nothing: without a petition, or with one that was refused (MPEP 706.07(h)).

    Args:
        acts: what happened, oldest first.
        abandonments: each abandonment with what became of it.
    """
    days = {act.day for abandonment in abandonments if not abandonment.is_undone for act in abandonment.rces}
    for abandonment in abandonments[-1:]:
        if abandonment.fate == "refused":
            days |= {act.day for act in acts if act.day > abandonment.notice.day and Category.RCE in act.papers}
    return frozenset(days)


def _after_issue(day: date, issued: date | None) -> ImproperRce | None:
    if issued is None or day <= issued:
        return None
    return ImproperRce(f"after the issue notification of {day_in_words(issued)} (37 CFR 1.114(a))", True)


def _while_open(day: date, listed: Mapping[Category, Sequence[date]]) -> ImproperRce | None:
    """Return whether prosecution was open when an RCE was filed; on the day of an action the list does not show it."""
    opened = _last(_OPENING, listed, day, with_day=False)
    closed = _last(_CLOSING, listed, day, with_day=True)
    if closed is not None and (opened is None or closed >= opened):
        return None
    if opened is None:
        return ImproperRce("before any action that closes prosecution is listed (37 CFR 1.114(a))", False)
    return ImproperRce(
        f"after the Office paper of {day_in_words(opened)}, when prosecution was open (37 CFR 1.114)", True
    )


def _last(
    categories: frozenset[Category], listed: Mapping[Category, Sequence[date]], until: date, *, with_day: bool
) -> date | None:
    days = (day for category in categories for day in listed.get(category, ()))
    return max((day for day in days if day < until or (with_day and day == until)), default=None)
