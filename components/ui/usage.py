"""The ledger with its totals."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.settings import Settings
from components.store import LedgerRow, Store

_CAPS = (("This look-up", "review_cap_run"), ("Today", "review_cap_day"), ("This month", "review_cap_month"))


def draw_usage(store: Store, settings: Settings, *, user: str) -> None:
    """Draw the totals and this user's rows of the ledger; nothing is asked of the service."""
    totals = store.totals()
    if settings.account == "sandbox":
        st.caption("In the sandbox charges are simulated.")
    with st.container(horizontal=True, gap="medium"):
        st.metric("Charged today", f"{totals.today.billed:,}", width="content")
        st.metric("Charged this month", f"{totals.month.billed:,}", width="content")
        st.metric("Charged ever", f"{totals.ever.billed:,}", width="content")
        st.metric("May have been charged", f"{totals.ever.uncertain:,}", width="content",
                  help="The call was sent and no answer arrived: only PatSnap's own statement can tell")  # fmt: skip
        st.metric("Under way", f"{totals.ever.reserved:,}", width="content")
    caps = [f"{label.lower()}: {getattr(settings, name):,}" for label, name in _CAPS
            if getattr(settings, name) is not None]  # fmt: skip
    st.caption(
        "Caps: " + ", ".join(caps) if caps else "No cap is set (REVIEW_CAP_RUN, REVIEW_CAP_DAY, REVIEW_CAP_MONTH)."
    )
    rows = store.ledger(user=user, current=True)
    if not rows:
        st.write("Nothing has been looked up yet.")
        return
    st.dataframe(
        _ledger_table(rows),
        hide_index=True,
        column_config={"Time (UTC)": st.column_config.DatetimeColumn(format="DD MMM YYYY, HH:mm:ss")},
        key="ledger",
        alt="Ledger: each patent charged or reserved, newest first",
    )
    st.download_button(
        "Ledger as CSV",
        data=lambda: _ledger_table(store.ledger(user=user)).to_csv(index=False).encode("utf-8-sig"),
        file_name="ledger.csv",
        mime="text/csv",
        key="ledger_csv",
        on_click="ignore",
    )


def _ledger_table(rows: Sequence[LedgerRow]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Time (UTC)": [row.at.replace(tzinfo=None) for row in rows],
            "Number": [row.number for row in rows],
            "State": [row.state for row in rows],
            "User": [row.user for row in rows],
            "Look-up": [row.run[:8] for row in rows],
            "Call": [row.request_id[:8] for row in rows],
            "Note": [row.note for row in rows],
        }
    )
