"""Each look-up of the person: a row in a table, and on selection its numbers, its calls and its rows in the ledger."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.numbers import display_form
from components.settings import Price
from components.store import LedgerRow, Store, StoreError
from components.ui.escape import escape_markdown
from components.ui.take_away import offer_file
from components.ui.usage.charges import STATE_IN_WORDS, in_brackets
from components.ui.usage.csv_files import ledger_csv, look_ups_csv
from components.ui.usage.look_up_facts import LookUpFacts
from components.ui.usage.spending import Spending
from components.ui.zone import zone_label
from components.words import counted, moment

_WHY = "Why, and what to do"
_COUNTS = ("Charged", "Uncertain", "Held")
"""Columns of counts that are shown in money, too."""


def draw_look_ups(store: Store, spending: Spending, *, price: Price | None, zone: tzinfo) -> None:
    """Draw the person's look-ups, the one selected in full, and the files to take away."""
    st.header("Your look-ups", anchor=False)
    if not spending.look_ups:
        st.write("Nothing has been looked up yet.")
        return
    chosen = _draw_table(spending.look_ups, price=price, zone=zone)
    if chosen is None:
        st.caption("Select a look-up by the box on its left to see its numbers, its calls and its rows in the ledger.")
    else:
        _draw_look_up(store, chosen, user=spending.user, price=price, zone=zone)
    with st.container(horizontal=True):
        offer_file(
            "Look-ups as CSV",
            data=partial(look_ups_csv, spending.look_ups, price=price),
            file_name="look-ups.csv",
            mime="text/csv",
            key="look_ups_csv",
        )
        offer_file(
            "Ledger as CSV",
            data=partial(_whole_ledger, store, spending.user, price),
            file_name="ledger.csv",
            mime="text/csv",
            key="ledger_csv",
            words="Every row of yours: each change of state of each number of each call. Times are UTC.",
        )


def _whole_ledger(store: Store, user: str, price: Price | None) -> bytes:
    return ledger_csv(store.ledger(user=user), price=price)


def _draw_table(look_ups: Sequence[LookUpFacts], *, price: Price | None, zone: tzinfo) -> LookUpFacts | None:
    """Draw the table and return the look-up that is selected."""
    # A key for each set of rows: when its data change, a table keeps the positions of ticks, not their rows.
    runs = hash(tuple(look_up.run for look_up in look_ups)) & 0xFFFFFFFF
    event = st.dataframe(
        look_up_table(look_ups, price=price, zone=zone),
        hide_index=True,
        column_config=_columns(price, zone),
        key=f"usage_look_ups_{runs:x}",
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        alt="Your look-ups, the last begun first",
    )
    rows = event["selection"]["rows"]
    return look_ups[rows[0]] if rows and rows[0] < len(look_ups) else None


def look_up_table(look_ups: Sequence[LookUpFacts], *, price: Price | None, zone: tzinfo) -> pd.DataFrame:
    """Return a row for each look-up; with a price, a column of money follows each count of charges."""
    table: dict[str, list[object]] = {
        "Begun": [look_up.begun.astimezone(zone) for look_up in look_ups],
        "Outcome": [f"{look_up.outcome} (refresh)" if look_up.refresh else look_up.outcome for look_up in look_ups],
        "Numbers": [len(look_up.numbers) for look_up in look_ups],
    }
    for name in _COUNTS:
        counts = [int(getattr(look_up, name.lower())) for look_up in look_ups]
        table[name] = list(counts)
        if price:
            table[f"{name} in money"] = [float(price.amount * count) for count in counts]
    table["Calls"] = [look_up.calls for look_up in look_ups]
    table[_WHY] = [look_up.message for look_up in look_ups]
    return pd.DataFrame(table)


def _columns(price: Price | None, zone: tzinfo) -> dict[str, ColumnConfig]:
    columns: dict[str, ColumnConfig] = {
        "Begun": time_column("Begun", zone),
        "Outcome": st.column_config.TextColumn(width=110),
        _WHY: st.column_config.TextColumn(width="large"),
    }
    for name in ("Numbers", *_COUNTS, "Calls"):
        columns[name] = st.column_config.NumberColumn(format="localized", width=82)
        if price and name in _COUNTS:
            columns[f"{name} in money"] = st.column_config.NumberColumn(
                price.currency, format=f"%.{price.decimals}f", width=82, help=f"{name}, at {price.of(1)} a look-up"
            )
    return columns


def time_column(name: str, zone: tzinfo, *, seconds: bool = False) -> ColumnConfig:
    """Return the configuration of a column of times, which says of which zone they are."""
    return st.column_config.DatetimeColumn(
        f"{name} ({zone_label(zone)})",
        format="D MMM YYYY, HH:mm:ss" if seconds else "D MMM YYYY, HH:mm",
        timezone=str(zone),
        width=190,
    )


def _draw_look_up(store: Store, look_up: LookUpFacts, *, user: str, price: Price | None, zone: tzinfo) -> None:
    """Draw all that is known of one look-up."""
    with st.container(border=True):
        st.markdown(
            f"**{'Refresh' if look_up.refresh else 'Look-up'} of {moment(look_up.begun.astimezone(zone))}**: "
            f"{_costs(look_up, price)}"
        )
        if look_up.message:
            st.markdown(escape_markdown(look_up.message))
        st.caption(
            f"Look-up {escape_markdown(look_up.run)} · {escape_markdown(look_up.outcome)}{_ended(look_up, zone)}"
        )
        with st.expander(f"{counted(len(look_up.numbers), 'number')}"):
            st.dataframe(_numbers_table(look_up), hide_index=True, alt="The numbers of this look-up")
        try:
            rows = [row for row in store.ledger(user=user) if row.run == look_up.run]
        except StoreError as error:
            st.error(escape_markdown(error))
            return
        note = st.column_config.TextColumn(width="large")
        st.dataframe(
            ledger_table(rows, zone=zone),
            hide_index=True,
            column_config={"Time": time_column("Time", zone, seconds=True), "Note": note},
            placeholder="",
            alt="The calls of this look-up with their request ids: its rows in the ledger, newest first",
        )
        st.caption("Each change of state of each number is a row of its own; rows are only ever added.")


def _costs(look_up: LookUpFacts, price: Price | None) -> str:
    words = [
        f"{in_brackets(look_up.charged, price)} charged",
        f"{in_brackets(look_up.uncertain, price)} may have been charged" if look_up.uncertain else "",
        f"{in_brackets(look_up.under_way, price)} under way" if look_up.under_way else "",
        f"{in_brackets(look_up.held, price)} held and free" if look_up.held else "",
        counted(look_up.calls, "call"),
    ]
    return " · ".join(filter(None, words))


def _ended(look_up: LookUpFacts, zone: tzinfo) -> str:
    return f" {moment(look_up.ended.astimezone(zone))}" if look_up.ended else ""


def _numbers_table(look_up: LookUpFacts) -> pd.DataFrame:
    if look_up.refresh:
        return pd.DataFrame({"File history": [display_form(key) for key, _ in look_up.numbers]})
    typed, read = zip(*look_up.numbers, strict=True) if look_up.numbers else ((), ())
    return pd.DataFrame({"Typed": typed, "Read as": [display_form(name) for name in read]})


def ledger_table(rows: Sequence[LedgerRow], *, zone: tzinfo) -> pd.DataFrame:
    """Return rows of the ledger as a table for the screen, in their order."""
    return pd.DataFrame(
        {
            "Time": [row.at.astimezone(zone) for row in rows],
            "Number": [row.number for row in rows],
            "State": [STATE_IN_WORDS[row.state] for row in rows],
            "Note": [row.note for row in rows],
            "Request id": [row.request_id for row in rows],
        }
    )
