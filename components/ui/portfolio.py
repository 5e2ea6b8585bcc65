"""All histories held, with their headline facts and a link to Review."""

from urllib.parse import quote

import streamlit as st

from components.lookups import Desk
from components.ui.escape import plain
from components.ui.headline import facts_columns, facts_table
from components.ui.reading import show


def draw_portfolio(desk: Desk) -> None:
    """Draw the table of all histories held; nothing is asked of the service."""
    lines = desk.store.headlines()
    if not lines:
        st.write("No file history is held here yet. Look some up on the Review page; they are kept and listed here.")
        st.page_link("../../pages/review.py", label="Go to Review")
        return
    shown = show(desk, [line.key for line in lines])
    for damage in shown.damaged:
        st.error(plain(damage))
    if not shown.headlines:
        return
    table = facts_table(shown.headlines, shown.histories)
    table.insert(0, "Review", [f"/?patents={quote(line.patent_number or line.apno)}" for line in shown.headlines])
    find = st.text_input("Find a number or a status", key="portfolio_find", type="search", live="300ms")
    if find and find.strip():
        wanted = find.strip().casefold()
        text = (table["Patent"] + " " + table["Application"] + " " + table["Status"]).str.casefold()
        bare = text.str.replace(r"[\s,/]", "", regex=True)
        table = table[text.str.contains(wanted, regex=False) | bare.str.contains(wanted, regex=False)]
    documents, told = (sum(getattr(line, name) for line in lines) for name in ("held", "told"))
    st.caption(f"{len(table):,} of {len(lines):,} file histories · in all {documents:,} of {told:,} documents held")
    st.dataframe(
        table,
        hide_index=True,
        column_config=facts_columns() | {"Review": st.column_config.LinkColumn(display_text="Review", width="small")},
        key="portfolio",
        placeholder="–",
        alt="All file histories held, with their headline facts",
    )
