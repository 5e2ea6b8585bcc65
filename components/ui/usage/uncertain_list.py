"""The person's uncertain charges: listed, selected, and closed as charged or as not charged, with a note."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

import pandas as pd
import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import MayNotDecide
from components.settings import Price
from components.store import LedgerRow, StoreError
from components.ui.app.guard import guarded_dialog
from components.ui.asked import ask_for
from components.ui.escape import escape_markdown
from components.ui.state import CLOSING_NOTE, CLOSING_REPORT
from components.ui.usage.charges import in_brackets
from components.ui.usage.everybody import Everybody
from components.ui.usage.look_up_list import time_column
from components.ui.usage.spending import Spending
from components.words import counted

LONGEST_NOTE = 300
"""Characters of a note; it names an invoice or a statement."""
_AS = {True: "charged", False: "not charged"}


def draw_uncertain(spending: Spending, *, person: Person, price: Price | None, zone: tzinfo) -> None:
    """Draw the open uncertain charges and the buttons that close those selected; say what was closed last."""
    closed, report = st.session_state.pop(CLOSING_REPORT, (False, ""))
    rows = spending.uncertain
    if not rows and not report:
        return
    st.header("What may have been charged", anchor=False)
    if report:
        (st.success if closed else st.error)(escape_markdown(report))
    if not rows:
        st.write("Nothing of yours is open any more.")
        return
    st.write(
        f"Of {counted(len(rows), 'number')} of yours no usable answer arrived, so only PatSnap's invoice or usage "
        "statement can tell whether they were charged. They count against the caps and are not bought again without a "
        "question. Select those that you have found out about and close them."
    )
    may_decide = person.may_spend or person.may_administer
    if not may_decide:
        st.caption("You may not decide about them any more: ask an administrator (REVIEW_ADMIN) to do so.")
    draw_closing_buttons(rows, may_decide=may_decide, price=price, zone=zone)


def draw_in_doubt(everybody: Everybody, *, price: Price | None, zone: tzinfo) -> None:
    """Draw the open uncertain charges of others, and the buttons with which an administrator closes those selected."""
    rows = everybody.in_doubt
    if rows:
        st.write(
            f"Of {counted(len(rows), 'number')} of others no usable answer arrived. Whoever made these charges closes "
            "them, or you do by PatSnap's invoice or usage statement."
        )
        draw_closing_buttons(rows, may_decide=True, price=price, zone=zone, of_others=True)
    else:
        st.write("Nothing of others is in doubt that you can decide about.")
    if everybody.in_doubt_elsewhere:
        st.caption(
            f"{everybody.in_doubt_elsewhere:,} more in workspaces that you are not in: whoever made these charges, or "
            "an administrator in that workspace, decides about them by their numbers."
        )


def draw_closing_buttons(
    rows: Sequence[LedgerRow], *, may_decide: bool, price: Price | None, zone: tzinfo, of_others: bool = False
) -> None:
    """Draw charges in doubt as a table, and the buttons that close those selected.

    Args:
        rows: the charges.
        may_decide: whether the person may close them.
        price: of a look-up.
        zone: the person's time zone.
        of_others: whether they are others', whose names then stand beside them.
    """
    chosen = _draw_table(rows, zone=zone, of_others=of_others)
    before = "others_" * of_others
    with st.container(horizontal=True, vertical_alignment="center"):
        for charged in (True, False):
            asked = st.button(
                f"{len(chosen):,} {'was' if len(chosen) == 1 else 'were'} {_AS[charged]}"
                if chosen
                else f"These were {_AS[charged]}",
                key=f"{before}close_{'charged' if charged else 'not_charged'}",
                disabled=not (chosen and may_decide),
            )
            if asked:
                guarded_dialog(f"Close {len(chosen):,} as {_AS[charged]}?")(_draw_closing)(
                    chosen, charged=charged, price=price
                )
        if chosen and price:
            st.caption(f"{len(chosen):,} selected: {price.of(len(chosen))}")


def _draw_table(rows: Sequence[LedgerRow], *, zone: tzinfo, of_others: bool) -> list[LedgerRow]:
    """Draw the table and return the rows that are selected."""
    table = pd.DataFrame(
        {
            "Asked": [row.reserved_at.astimezone(zone) for row in rows],
            **({"Person": [row.user for row in rows]} if of_others else {}),
            "Number": [row.number for row in rows],
            "Why": [row.note for row in rows],
            "Look-up": [row.run[:8] for row in rows],
            "Request id": [row.request_id for row in rows],
        }
    )
    # A key for each set of rows: when its data change, a table keeps the positions of ticks, not their rows.
    shown = hash(tuple((row.request_id, row.number) for row in rows)) & 0xFFFFFFFF
    event = st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Asked": time_column("Asked", zone),
            "Why": st.column_config.TextColumn(width="large"),
            "Look-up": st.column_config.TextColumn(help="The first characters of its id, as in the ledger"),
        },
        key=f"{'others' if of_others else 'usage'}_uncertain_{shown:x}",
        on_select="rerun",
        selection_mode="multi-row",
        alt=f"{'Others’' if of_others else 'Your'} numbers that may have been charged, newest first",
    )
    return [rows[index] for index in event["selection"]["rows"] if index < len(rows)]


def _draw_closing(rows: Sequence[LedgerRow], *, charged: bool, price: Price | None) -> None:
    """Draw the confirmation, and close the charges once it is given."""
    numbers = list(dict.fromkeys(row.number for row in rows))
    shown = ", ".join(numbers[:10]) + (f" and {len(numbers) - 10:,} more" if len(numbers) > 10 else "")
    st.markdown(f"**{in_brackets(len(rows), price)}**: {escape_markdown(shown)}")
    st.write(
        "They then count as spent for good."
        if charged
        else "They then count as not spent, free their room under the caps, and can be looked up again."
    )
    st.write("**This cannot be undone**: rows are only ever added to the ledger.")
    st.text_input(
        "By what do you know? (invoice, statement)",
        key=CLOSING_NOTE,
        max_chars=LONGEST_NOTE,
        placeholder="Invoice 2026-11, line 4",
    )
    with st.container(horizontal=True):
        confirmed = st.button(
            f"Close {len(rows):,} as {_AS[charged]}",
            type="primary",
            key="confirm_closing",
            on_click=partial(_ask_to_close, rows, charged=charged),
        )
        if st.button("Cancel", key="cancel_closing"):
            st.rerun()
    if confirmed and CLOSING_REPORT in st.session_state:
        st.error(escape_markdown(st.session_state.pop(CLOSING_REPORT)[1]))
    elif confirmed:
        st.rerun()


def _ask_to_close(rows: Sequence[LedgerRow], *, charged: bool) -> None:
    """Have charges closed, unless their note is missing."""
    note = str(st.session_state.get(CLOSING_NOTE) or "").strip()
    if note:
        ask_for(partial(_close, rows, charged, note))
    else:
        words = "Nothing was closed yet: name the invoice or the statement, which whoever checks the ledger needs."
        st.session_state[CLOSING_REPORT] = (False, words)


def _close(rows: Sequence[LedgerRow], charged: bool, note: str, desk: Desk, person: Person) -> None:
    """Close charges, unless this person may not or the store fails; the note stays until it works."""
    try:
        closed = desk.lookups.close_uncertain(rows, charged=charged, note=note, user=person)
    except (MayNotDecide, StoreError) as error:
        st.session_state[CLOSING_NOTE] = note
        st.session_state[CLOSING_REPORT] = (False, f"Nothing was closed. {error}")
        return
    st.session_state[CLOSING_REPORT] = (True, closing_in_words(closed, len(rows), charged=charged, note=note))


def closing_in_words(closed: int, asked: int, *, charged: bool, note: str) -> str:
    """Return what a closing did; others may have closed some of the same charges meanwhile."""
    words = f"{counted(closed, 'number')} closed as {_AS[charged]}, with the note “{note}”."
    if closed < asked:
        words += f" {asked - closed:,} had been decided before and stay as they are."
    return words
