"""The sums: spent today, this month and ever, open and saved; and how far the caps are used up."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import streamlit as st

from components.lookups import LOCAL_USER
from components.settings import Price
from components.store import CapKind, CapUse
from components.ui.usage.charges import money_in_brackets, with_money
from components.ui.usage.spending import Spending
from components.ui.zone import clock_time
from components.words import day

_CAP_LABELS: Final[dict[CapKind, str]] = {
    "run": "One look-up",
    "day": "Today (UTC)",
    "month": "This month (UTC)",
    "person": "You today (UTC)",
}
_UNCERTAIN_HELP: Final = (
    "The call was sent and no usable answer arrived: only PatSnap's own statement can tell. They count against the "
    "caps until they are closed as not charged."
)


def draw_totals(spending: Spending, *, price: Price | None, zone: tzinfo) -> None:
    """Draw what was spent by everybody and by this person; days and months are UTC, as those of the caps."""
    midnight, month_end = _ends_of_day_and_month(spending.now)
    shared = spending.is_shared or spending.user != LOCAL_USER
    everybody, own = spending.everybody, spending.own
    with st.grid(3, min_column_width=200 if price else 150, gap="medium"):
        for label, all_count, own_count, note in (
            (
                "Charged today",
                everybody.today.billed,
                own.today.billed,
                f"UTC day, until {clock_time(midnight, zone)} your time",
            ),
            (
                "Charged this month",
                everybody.month.billed,
                own.month.billed,
                f"UTC month, until {day(month_end.astimezone(zone))}, {clock_time(month_end, zone)} your time",
            ),
            ("Charged ever", everybody.ever.billed, own.ever.billed, ""),
            ("May have been charged", everybody.ever.uncertain, own.ever.uncertain, "open: nobody has decided yet"),
            ("Under way", everybody.ever.reserved, own.ever.reserved, "reserved for calls that have not ended"),
        ):
            notes = [f"yours: {with_money(own_count, price)}"] if shared else []
            _draw_sum(label, with_money(all_count, price), [*notes, note], help=_help_of(label))
        _draw_sum(
            "Saved by what was held",
            with_money(spending.held, price),
            ["numbers of yours that were served without a charge"],
        )
    if shared:
        st.caption(
            "These sums are everybody's, with yours below them; what was saved is yours alone. Look-ups, ledger and "
            "picture below are yours: of others, only administrators see which numbers you look up."
        )


def _draw_sum(label: str, value: str, notes: list[str], *, help: str | None = None) -> None:  # noqa: A002 - Streamlit's
    with st.container(gap=None):
        st.metric(label, value, help=help)
        for note in filter(None, notes):
            st.caption(note)


def _help_of(label: str) -> str | None:
    return _UNCERTAIN_HELP if label == "May have been charged" else None


def draw_caps(spending: Spending, *, price: Price | None, zone: tzinfo) -> None:
    """Draw how far each cap is used up and what is left of it."""
    st.header("Caps", anchor=False)
    if not spending.caps:
        st.write(
            "No cap is set. `REVIEW_CAP_RUN`, `REVIEW_CAP_DAY` and `REVIEW_CAP_MONTH` limit what one look-up, a day "
            "and a month may charge."
        )
        return
    for use in spending.caps:
        if use.cap == "run":
            st.write(f"{_CAP_LABELS[use.cap]}: at most **{use.limit:,}**{money_in_brackets(use.limit, price)}.")
        else:
            share = min(1.0, use.used / use.limit) if use.limit else 1.0
            st.progress(share, text=cap_in_words(use, price=price, zone=zone))
    own = any(use.cap == "person" for use in spending.caps)
    st.caption(
        f"Caps hold for everybody together{', but that of yours, which an administrator has set' * own}. What is under "
        "way and what may have been charged counts, too."
    )


def cap_in_words(use: CapUse, *, price: Price | None, zone: tzinfo) -> str:
    """Return how far the cap of a day or a month is used up: `Today (UTC): 12 of 100 used, **88** left, …`."""
    left = f"**{use.left:,}**{money_in_brackets(use.left, price)} left"
    words = f"{_CAP_LABELS[use.cap]}: {use.used:,} of {use.limit:,} used, {left}"
    if use.resets is None:
        return words
    return f"{words}, until {day(use.resets.astimezone(zone))}, {clock_time(use.resets, zone)} your time"


def _ends_of_day_and_month(now: datetime) -> tuple[datetime, datetime]:
    """Return when this day and this month (UTC) end."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1), (midnight.replace(day=1) + timedelta(days=31)).replace(day=1)
