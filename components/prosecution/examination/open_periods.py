"""The answers that applicants still owe: the open rounds whose period is computed, with the days that are left."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Final

import pandas as pd

from components.prosecution.law.categories import Category
from components.prosecution.law.periods import USUAL, is_usual
from components.prosecution.law.set_periods import extension_rule_of, set_words_of
from components.prosecution.law.workdays import add_months
from components.prosecution.tables import DATE
from components.words import counted, day

COMPUTED_NOTICE: Final = "computed from document dates; not legal advice"

_COLUMNS: Final = {
    "history": "str",
    "round": "Int64",
    "action": "str",
    "label": "str",
    "opened": DATE,
    "owed": "str",
    "due": DATE,
    "last": DATE,
    "bar": DATE,
    "condition": "str",
    "otherwise": "str",
    "days_left": "Int64",
    "days_left_last": "Int64",
    "authority": "str",
    "usual": "bool",
    "proviso": "str",
    "words": "str",
}
_FAR_DAYS: Final = 1_000_000
"""More days than any period has: what has passed is sorted behind what has not."""
_NOTHING_AFTER: Final = frozenset({Category.ABANDONMENT.table_name, Category.REFUSAL.table_name})
"""What is final once the period for a remedy has passed, so that nothing is owed any more."""
_MOVED: Final = timedelta(days=7)
"""By how much a weekend with holidays may move a last day against the calendar."""


def open_periods(rounds: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return the open rounds of applicants with a computed period, the most urgent first.

    Args:
        rounds: the table of rounds, of one history or of many.
        today: the day from which days are counted.

    Returns:
        Columns `history`, `round`, `action` (document id), `label`, `opened`, `owed`, `due`, `last` (with every
        extension), `bar` (statutory, may be missing), `condition` (on what these days depend), `otherwise` (what
        follows if nothing comes), `days_left` (to `due`)
        and `days_left_last` (to `last`), both negative once past, `authority`, `usual` (whether the paper itself names
        its period, of which the dates have only the usual length), `proviso` (what usual dates leave out), and
        `words`: all that in a line, which says too that it is computed. Rounds without a computed period are left out,
        and so are those in which the Office must act, because it has none, and remedies whose last day has passed.
    """
    open_rounds = rounds[(rounds["outcome"] == "open") & rounds["due"].notna() & rounds["last"].notna()].copy()
    if open_rounds.empty:  # the usual case, and asked at every click
        return _nothing().copy()
    today_stamp = pd.Timestamp(today)
    final = open_rounds["kind"].astype("str").isin(_NOTHING_AFTER) & open_rounds["last"].lt(today_stamp)
    open_rounds = open_rounds[~final]
    for column, end in (("days_left", "due"), ("days_left_last", "last")):
        open_rounds[column] = (open_rounds[end] - today_stamp).dt.days
    open_rounds["usual"] = [is_usual(authority) for authority in open_rounds["authority"]]
    open_rounds["words"] = [
        _words(
            row["owed"],
            row["due"].date(),
            row["last"].date(),
            (row["condition"], row["otherwise"], row["proviso"]),
            today=today,
            authority=row["authority"],
        )
        for row in open_rounds.to_dict("records")
    ]
    open_rounds = open_rounds.sort_values(["due", "history", "round"], kind="stable")
    return open_rounds[list(_COLUMNS)].astype(_COLUMNS).reset_index(drop=True)


def by_urgency(due: pd.DataFrame) -> pd.DataFrame:
    """Return open periods with the day that comes next in each, the nearest first; those that have passed stand last.

    Args:
        due: `open_periods`.

    Returns:
        Its rows and columns, and `next` (the due day or, once that is past, the last day with every extension),
        `days_left_next` (to that day, negative once past) and `extended` (whether `next` presupposes an extension).
    """
    extended = due["days_left"].lt(0) & due["last"].gt(due["due"])
    rows = due.assign(
        next=due["last"].where(extended, due["due"]),
        days_left_next=due["days_left_last"].where(extended, due["days_left"]),
        extended=extended.astype(bool),
    )
    left = rows["days_left_next"].astype("int64")
    order = left.where(left >= 0, _FAR_DAYS - left)
    return rows.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


@cache
def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})


def _words(owed: str, due: date, last: date, remarks: Iterable[str], *, today: date, authority: str) -> str:
    verb = "due" if today <= due else "was due"
    parts = [f"{owed} {verb} {day(due)}"]
    parts += filter(None, (USUAL if is_usual(authority) else set_words_of(authority),))
    rule = extension_rule_of(authority)
    if rule:
        parts.append(f"extendable only under {rule}")
    elif last == due:
        parts.append("not extendable" if today <= due else "not extendable, and the day has passed")
    elif today <= last:
        parts.append(f"with {_months(due, last)} of extension until {day(last)}")
    else:
        parts.append(f"the last day with extensions, {day(last)}, has passed")
    return "; ".join((*parts, *filter(None, remarks), COMPUTED_NOTICE))


def _months(due: date, last: date) -> str:
    """Return by how many months a period can be extended: "3 months"."""
    months = 1
    while add_months(due, months) + _MOVED < last:
        months += 1
    return counted(months, "month")
