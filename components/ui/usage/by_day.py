"""The picture by day: what was charged, and may have been, on each day (UTC)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from components.charts import PLOTLY_CONFIG, spend_by_day, unchecked
from components.settings import Price
from components.store import LedgerRow
from components.ui.usage.charges import in_brackets
from components.ui.usage.spending import Spending
from components.words import counted, day, listed

_SPANS: Final = {"30 days": 30, "90 days": 90, "a year": 365}
_MOST_NAMED: Final = 7
"""How many days the words of the picture name."""


def draw_by_day(spending: Spending, *, price: Price | None) -> None:
    """Draw the picture of the person's last days, and say the same in words."""
    st.header("Your charges by day (UTC)", anchor=False)
    span = st.segmented_control("Span", list(_SPANS), default="30 days", required=True, key="usage_span",
                                label_visibility="collapsed")  # fmt: skip
    days = charges_by_day(
        spending.rows, last=spending.now.astimezone(UTC).date(), days=_SPANS[span or "30 days"], price=price
    )
    words = days_in_words(days, price=price)
    st.plotly_chart(
        unchecked(spend_by_day(days, dark=st.context.theme.type == "dark")),
        key="usage_by_day",
        theme=None,
        config={**PLOTLY_CONFIG, "displayModeBar": False},
        alt=f"Bars: your charges by day. {words}",
    )
    st.caption(words)


def charges_by_day(rows: Iterable[LedgerRow], *, last: date, days: int, price: Price | None) -> pd.DataFrame:
    """Return a row for each of the last days: `day`, `charged`, `uncertain`, and `words` that say so.

    Args:
        rows: of the ledger, only the last one of each number of each call. A charge counts for the day (UTC) on which
            it was reserved, as it does for the caps.
        last: the last day.
        days: how many days.
        price: of a look-up, for the words.
    """
    counts = Counter((row.reserved_at.astimezone(UTC).date(), row.state) for row in rows)
    all_days = [last - timedelta(days=before) for before in reversed(range(days))]
    charged = [counts[each, "billed"] for each in all_days]
    uncertain = [counts[each, "uncertain"] for each in all_days]
    words = [
        f"{day(each)}: {_charges(sure, unsure, price)}"
        for each, sure, unsure in zip(all_days, charged, uncertain, strict=True)
    ]
    return pd.DataFrame({"day": all_days, "charged": charged, "uncertain": uncertain, "words": words})


def days_in_words(days: pd.DataFrame, *, price: Price | None) -> str:
    """Return what the picture shows, in a sentence: the sums, and the days on which most was spent."""
    all_days: list[date] = days["day"].tolist()
    spent = {each: int(both) for each, both in zip(all_days, days["charged"] + days["uncertain"], strict=True) if both}
    span = f"From {day(all_days[0])} to {day(all_days[-1])}"
    if not spent:
        return f"{span} nothing was charged."
    whole = f"{span}: {_charges(int(days['charged'].sum()), int(days['uncertain'].sum()), price)}"
    if len(spent) <= _MOST_NAMED:
        return f"{whole}, on {_named(spent)}."
    most = dict(sorted(spent.items(), key=lambda each: -each[1])[:3])
    return f"{whole}, on {counted(len(spent), 'day')}; most on {_named(most)}."


def _named(days: Mapping[date, int]) -> str:
    return listed([f"{day(each)} ({count:,})" for each, count in days.items()])


def _charges(charged: int, uncertain: int, price: Price | None) -> str:
    doubt = f", {in_brackets(uncertain, price)} may have been charged" if uncertain else ""
    return f"{in_brackets(charged, price)} charged{doubt}"
