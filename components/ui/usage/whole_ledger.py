"""The ledger of everybody: what each person and each workspace has spent, the rows to filter, and all of it as CSV."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, tzinfo
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.access import Person
from components.settings import Price
from components.store import LedgerRow, Store
from components.ui.take_away import offer_file
from components.ui.usage.charges import STATE_IN_WORDS
from components.ui.usage.csv_files import ledger_csv
from components.ui.usage.everybody import Everybody, Spent, for_eyes_of, spent, workspace_in_words
from components.ui.usage.look_up_list import time_column
from components.words import counted

MOST_ROWS = 5_000
"""Rows that the table shows; the file has all of them."""
_SPENT = {
    "Today": "today",
    "This month": "month",
    "Ever": "ever",
    "Uncertain": "uncertain",
    "Under way": "under_way",
}
"""Columns of sums, with the fields of `Spent`; what was charged stands in money, too."""
_IN_MONEY = ("Ever",)


def draw_whole_ledger(store: Store, everybody: Everybody, *, price: Price | None, zone: tzinfo) -> None:
    """Draw who has spent what, the rows that pass the filters, and the file."""
    _draw_sums("Person", everybody, lambda row: row.user, price=price)
    if len(everybody.workspaces) > 1:
        _draw_sums("Workspace", everybody, lambda row: workspace_in_words(row.workspace), price=price)
    st.subheader("Rows of the ledger", anchor=False)
    rows = _filtered(everybody)
    st.dataframe(
        everybodys_table(rows[:MOST_ROWS], zone=zone, workspaces=len(everybody.workspaces) > 1),
        hide_index=True,
        column_config={
            "Reserved": time_column("Reserved", zone, seconds=True),
            "Look-up": st.column_config.TextColumn(help="The first characters of its id"),
            "Note": st.column_config.TextColumn(width="large"),
        },
        placeholder="",
        key="everybodys_rows",
        alt="Everybody's rows of the ledger that pass the filters, newest first",
    )
    words = f"{len(rows):,} of {counted(len(everybody.rows), 'row')}"
    if len(rows) > MOST_ROWS:
        words += f"; the table shows the newest {MOST_ROWS:,}"
    st.caption(f"{words}. Each is the last state of one number of one call.")
    if len(everybody.workspaces) > 1:
        st.caption("Of workspaces that you are not in, the ledger tells who spent how much and when, but no number.")
    offer_file(
        "Whole ledger as CSV",
        data=partial(_whole_csv, store, everybody.administrator, price),
        file_name="whole-ledger.csv",
        mime="text/csv",
        key="whole_ledger_csv",
        words="Every row of everybody: each change of state of each number of each call, whatever the filters. "
        "Times are UTC.",
    )


def _whole_csv(store: Store, administrator: Person, price: Price | None) -> bytes:
    """Return the file; nothing to a page that was left open after its session has ended."""
    if administrator.session and store.session_ended(administrator.session):
        return b""
    return ledger_csv(for_eyes_of(administrator, store.whole_ledger()), price=price, with_workspace=True)


def _draw_sums(what: str, everybody: Everybody, key: Callable[[LedgerRow], str], *, price: Price | None) -> None:
    """Draw what each person, or each workspace, has spent; who has spent most first."""
    rows_of: dict[str, list[LedgerRow]] = {}
    for row in everybody.rows:
        rows_of.setdefault(key(row), []).append(row)
    sums = {name: spent(rows, now=everybody.now) for name, rows in rows_of.items()}
    if not sums:
        st.write("Nothing has been looked up yet.")
        return
    ordered = dict(sorted(sums.items(), key=lambda each: (-each[1].ever, each[0])))
    st.dataframe(
        sums_table(what, ordered, price=price),
        hide_index=True,
        column_config=_sum_columns(price),
        key=f"everybodys_sums_{what.lower()}",
        alt=f"What each {what.lower()} has spent, today, this month and ever",
    )


def sums_table(what: str, sums: dict[str, Spent], *, price: Price | None) -> pd.DataFrame:
    """Return a row for each person or workspace; with a price, a column of money follows what was charged ever."""
    table: dict[str, list[object]] = {what: list(sums)}
    for label, field in _SPENT.items():
        counts = [int(getattr(each, field)) for each in sums.values()]
        table[label] = list(counts)
        if price and label in _IN_MONEY:
            table[f"{label} in money"] = [float(price.amount * count) for count in counts]
    return pd.DataFrame(table)


def _sum_columns(price: Price | None) -> dict[str, ColumnConfig]:
    columns: dict[str, ColumnConfig] = {
        label: st.column_config.NumberColumn(format="localized", width=90) for label in _SPENT
    }
    for label in _IN_MONEY if price else ():
        if price:
            columns[f"{label} in money"] = st.column_config.NumberColumn(
                price.currency, format=f"%.{price.decimals}f", width=90
            )
    return columns


def everybodys_table(rows: Sequence[LedgerRow], *, zone: tzinfo, workspaces: bool) -> pd.DataFrame:
    """Return rows of the ledger as a table for the screen, in their order; with their workspaces if there are any."""
    where = {"Workspace": [workspace_in_words(row.workspace) for row in rows]} if workspaces else {}
    return pd.DataFrame(
        {
            "Reserved": [row.reserved_at.astimezone(zone) for row in rows],
            "Person": [row.user for row in rows],
            **where,
            "Number": [row.number for row in rows],
            "State": [STATE_IN_WORDS[row.state] for row in rows],
            "Look-up": [row.run[:8] for row in rows],
            "Note": [row.note for row in rows],
            "Request id": [row.request_id for row in rows],
        }
    )


def _filtered(everybody: Everybody) -> list[LedgerRow]:
    """Draw the filters and return the rows that pass all of them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        people = st.multiselect("Person", everybody.people, key="ledger_people", placeholder="Everybody", width=230)
        states = st.multiselect(
            "State", list(STATE_IN_WORDS), format_func=STATE_IN_WORDS.__getitem__, key="ledger_states",
            placeholder="Any", width=190,
        )  # fmt: skip
        workspaces: list[str] = []
        if len(everybody.workspaces) > 1:
            workspaces = st.multiselect(
                "Workspace", everybody.workspaces, format_func=workspace_in_words, key="ledger_workspaces",
                placeholder="Any", width=170,
            )  # fmt: skip
        days = st.date_input("Days (UTC)", value=[], key="ledger_days", format="YYYY-MM-DD", width=250)
        text = st.text_input("Number, look-up or request id", key="ledger_text", placeholder="Any", width=210)
    return [
        row
        for row in everybody.rows
        if (not people or row.user in people)
        and (not states or row.state in states)
        and (not workspaces or row.workspace in workspaces)
        and _is_within(row, days)
        and _is_named(row, text)
    ]


def _is_within(row: LedgerRow, days: object) -> bool:
    """Return whether a row was reserved between two days (UTC), or on one; with no day chosen, whenever that was."""
    chosen = [each for each in days if isinstance(each, date)] if isinstance(days, tuple) else []
    return not chosen or chosen[0] <= row.reserved_at.astimezone(UTC).date() <= chosen[-1]


def _is_named(row: LedgerRow, text: str) -> bool:
    """Return whether a text is part of a number, or begins the id of a look-up or of a call."""
    wanted = text.strip().casefold()
    return (
        wanted in row.number.casefold()
        or row.run.casefold().startswith(wanted)
        or row.request_id.casefold().startswith(wanted)
    )
