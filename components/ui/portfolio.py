"""All histories held, with their headline facts, from which some are opened in Review."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

import pandas as pd
import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import claimed_by_others
from components.prosecution import open_periods, status_classes
from components.store import Headline
from components.ui.app.base_path import base_path
from components.ui.escape import escape_markdown
from components.ui.facts_table import MORE_COLUMNS_NOTE, completeness_of, facts_columns, facts_table
from components.ui.history_names import address_of
from components.ui.portfolio_inside import (
    READ_COLUMN,
    column_config_of_inside,
    columns_of_inside,
    draw_inside_all,
    open_clicked_hit,
    read_by_file,
)
from components.ui.review.history_choice import MAX_AT_ONCE

_REVIEW = "../../pages/review.py"


def draw_portfolio(desk: Desk, person: Person) -> None:
    """Draw the table of all histories held, and what is read inside their papers; nothing is asked of the service.

    Args:
        desk: of the person's workspace.
        person: who reads and searches.
    """
    store = desk.store
    open_clicked_hit()
    headlines = store.headlines()
    if not headlines:
        st.write("No file history is held here yet. Look some up on the Review page; they are kept and listed here.")
        st.page_link(_REVIEW, label="Go to Review")
        return
    held = desk.tables.of(headlines)
    for damage in held.damaged:
        st.error(escape_markdown(damage))
    if not held.headlines:
        return
    due = open_periods(held.tables.rounds, datetime.now(UTC).date())
    table = facts_table(held.headlines, held.tables.histories, due)
    claimed = claimed_by_others(store, held.headlines)
    read = desk.fulltext.papers()
    if read:
        place = list(table.columns).index("Documents") + 1
        table.insert(place, READ_COLUMN, read_by_file(held.headlines, read))
        for offset, (name, values) in enumerate(columns_of_inside(desk, held, read).items(), start=1):
            table.insert(place + offset, name, values)
    table["Review"] = [
        f"{base_path()}/?patents={quote(address_of(headline, claimed=claimed))}" for headline in held.headlines
    ]
    table = _rows_matching(
        table,
        st.text_input("Find a number or a status", key="portfolio_find", type="search", live="300ms"),
        status_classes(held.tables.histories),
    )
    st.caption(f"{len(table):,} of {len(headlines):,} file histories · in all {completeness_of(headlines).words} held")
    ticked = _draw_table(table, held.tables.histories)
    chosen = [held.headlines[index] for index in ticked]
    _offer_review(chosen, claimed=claimed)
    st.caption(f"Tick rows to open them together, or to read their papers inside. {MORE_COLUMNS_NOTE}")
    draw_inside_all(desk, held, chosen, person=person)


def _rows_matching(table: pd.DataFrame, find: str | None, classes: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows that contain the words; blanks, commas and slashes within numbers do not matter.

    A status is found by the office's own word and by the common one, of which `classes` has those that differ.
    """
    wanted = (find or "").strip().casefold()
    if not wanted:
        return table
    text = (table["Patent"] + " " + table["Application"] + " " + table["Status"]).str.casefold()
    text += " " + table["Status"].map(lambda word: classes.get(word, "")).str.casefold()
    bare = text.str.replace(r"[\s,/]", "", regex=True)
    return table[text.str.contains(wanted, regex=False) | bare.str.contains(wanted, regex=False)]


def _draw_table(table: pd.DataFrame, histories: pd.DataFrame) -> list[int]:
    """Draw the table and return the rows ticked, as indices among all histories."""
    link = st.column_config.LinkColumn(display_text="Review", width=76, help="Opens in a new tab")
    # A key for each set of rows: when its data change, a table keeps the positions of ticks, not their rows.
    event = st.dataframe(
        table,
        hide_index=True,
        column_config=facts_columns(histories) | column_config_of_inside() | {"Review": link},
        key=f"portfolio_{hash(tuple(table['Review'])) & 0xFFFFFFFF:x}",
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="–",
        alt="All file histories held, with their headline facts",
    )
    return [int(table.index[row]) for row in event["selection"]["rows"] if row < len(table)]


def _offer_review(headlines: list[Headline], *, claimed: Collection[str] = ()) -> None:
    """Offer to open the ticked histories in Review, at most as many as it draws at once."""
    count = len(headlines)
    words = "Open in Review" if not count else f"Open {count:,} in Review"
    too_many = count > MAX_AT_ONCE
    addresses = ",".join(address_of(headline, claimed=claimed) for headline in headlines)
    if st.button(words, key="open_in_review", type="primary", disabled=not count or too_many):
        st.switch_page(_REVIEW, query_params={"patents": addresses})
    if too_many:
        st.caption(f"Review holds up to {MAX_AT_ONCE} file histories at once: untick {count - MAX_AT_ONCE:,}.")
