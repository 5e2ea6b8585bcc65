"""The choice of columns: those that the table shows are ticked, and any of them can be taken away or asked for."""

from collections.abc import Iterable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from components.ui.review.columns import HIDEABLE, ColumnChoice, table_columns
from components.ui.review.table_rows import TableRows
from components.ui.seeded import seeded
from components.ui.state import HIDDEN_COLUMNS, SHOWN_COLUMNS, WANTED_COLUMNS


def draw_column_choice(
    rows: TableRows, *, whole: pd.DataFrame, numbers: Mapping[str, str], width: int, beside_reader: bool
) -> dict[str, int]:
    """Draw the choice and return the columns that the table shows, from left to right, with their widths in pixels.

    Args:
        rows: of the table.
        whole: all documents of the histories; columns do not follow what is listed of them.
        numbers: the display number of each history.
        width: of the table, in pixels.
        beside_reader: whether the reader takes a part of the window.
    """
    plan = partial(
        table_columns,
        tuple(map(str, rows.frame)),
        width=width,
        rows=len(rows.frame),
        most_rows=len(whole),
        fitted=_fitted(whole, numbers),
        beside_reader=beside_reader,
    )
    choice = _settled_choice()
    columns = plan(choice=choice)
    offered = [name for name in HIDEABLE if name in rows.frame]
    shown = [name for name in offered if name in columns]
    st.session_state[SHOWN_COLUMNS] = shown
    widget = seeded(SHOWN_COLUMNS, [])

    def choose() -> None:
        widget.keep()
        chosen = frozenset(st.session_state[SHOWN_COLUMNS])
        hidden = (choice.hidden | (frozenset(shown) - chosen)) - chosen
        by_itself = plan(choice=ColumnChoice(hidden))
        wanted = ((choice.wanted & chosen) | (chosen - frozenset(shown))) - by_itself.keys()
        st.session_state[HIDDEN_COLUMNS] = [name for name in HIDEABLE if name in hidden]
        st.session_state[WANTED_COLUMNS] = [name for name in HIDEABLE if name in wanted]

    st.pills("Columns shown", offered, selection_mode="multi", default=widget.value, key=widget.key, on_change=choose)
    if len(shown) < len(offered):
        st.caption("Beside these there is no room for more: the descriptions would be cut off.")
    return columns


def _fitted(whole: pd.DataFrame, numbers: Mapping[str, str]) -> dict[str, Iterable[str]]:
    """Return the words of the columns that are no wider than they need to be."""
    fitted: dict[str, Iterable[str]] = {"No.": [str(len(whole))], "Code": whole["code"].str.strip().unique()}
    return fitted | ({"Patent": numbers.values()} if len(numbers) > 1 else {})


def _settled_choice() -> ColumnChoice:
    """Return what is chosen; an address may have named columns that there are not."""
    for key in (HIDDEN_COLUMNS, WANTED_COLUMNS):
        held = st.session_state.get(key) or []
        if any(name not in HIDEABLE for name in held):
            st.session_state[key] = [name for name in held if name in HIDEABLE]
    hidden = frozenset(st.session_state.get(HIDDEN_COLUMNS) or ())
    return ColumnChoice(hidden, frozenset(st.session_state.get(WANTED_COLUMNS) or ()) - hidden)
