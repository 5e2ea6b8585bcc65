"""What is ticked and open in the table of documents, kept as references and put back after each change of the rows.

Streamlit keeps positions, which mean other documents as soon as a filter changes.
"""

from collections.abc import Collection, Sequence
from typing import Final

import streamlit as st

from components.histories import PaperRef
from components.ui.state import CHOSEN, TABLE, TICKED

_OPENS_NOTHING: Final = frozenset({"No.", "PDF", "Original"})
"""Links open the paper in a tab; and whoever comes to the table by the keyboard stands on its first cell, unasked."""
Cell = tuple[int, str]
"""Row and column of the table."""


def ticked() -> frozenset[PaperRef]:
    """Give the documents that are ticked, whether the filters let them pass or not."""
    marked: frozenset[PaperRef] = st.session_state.get(TICKED, frozenset())
    return marked


def rows_of(ids: Sequence[PaperRef], names: Collection[PaperRef]) -> list[int]:
    """Give the rows on which these documents stand; those that are not listed stand on none."""
    return [row for row, name in enumerate(ids) if name in names] if names else []


def ticked_after(ticks: Collection[PaperRef], ids: Sequence[PaperRef], rows: Collection[int]) -> frozenset[PaperRef]:
    """Give what is ticked once just these rows of the table are: what the table does not list stays ticked."""
    here = {ids[row] for row in rows if row < len(ids)}
    return (frozenset(ticks) - frozenset(ids)) | here


def chosen_after(ids: Sequence[PaperRef], cells: Collection[Cell]) -> PaperRef | None:
    """Give the document that a click on a cell opens, if it opens one."""
    opened = [ids[row] for row, column in cells if row < len(ids) and column not in _OPENS_NOTHING]
    return opened[-1] if opened else None


def cells_after(cells: Sequence[Cell], *, chosen: int | None, columns: Sequence[str]) -> list[Cell]:
    """Give the cells to mark: those that are, where they stand on the row of the chosen document; else one there.

    Args:
        cells: those marked at present.
        chosen: the row of the document in the reader, if it is listed.
        columns: the columns shown, in their order.
    """
    wanted = [] if chosen is None or not columns else [(chosen, _marked_column(columns))]
    stands_idle = chosen is None and all(column in _OPENS_NOTHING for _, column in cells)
    if stands_idle or [row for row, _ in cells] == [row for row, _ in wanted]:
        return list(cells)
    return wanted


def hold_selection(ids: Sequence[PaperRef], columns: Sequence[str]) -> None:
    """Let the table tick and mark the rows of the documents that are ticked and chosen, wherever they stand now."""
    rows = rows_of(ids, ticked())
    chosen = st.session_state.get(CHOSEN)
    held = st.session_state.get(TABLE, {}).get("selection", {})
    cells = [(cell[0], cell[1]) for cell in held.get("cells", ())]
    wanted = cells_after(cells, chosen=ids.index(chosen) if chosen in ids else None, columns=columns)
    if sorted(held.get("rows", ())) != rows or cells != wanted:
        st.session_state[TABLE] = {"selection": {"rows": rows, "columns": [], "cells": wanted}}


def _marked_column(columns: Sequence[str]) -> str:
    return "Description" if "Description" in columns else columns[0]


def take_selection(ids: Sequence[PaperRef]) -> None:
    """Keep what was ticked and clicked as ids."""
    selection = st.session_state[TABLE]["selection"]
    st.session_state[TICKED] = ticked_after(ticked(), ids, selection["rows"])
    opened = chosen_after(ids, [(cell[0], cell[1]) for cell in selection["cells"]])
    if opened is not None:
        st.session_state[CHOSEN] = opened
