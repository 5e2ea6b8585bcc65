"""Which papers are ticked and open in the table of documents, kept as references.

Streamlit keeps the positions of ticked rows, which mean other papers as soon as a filter changes. So the positions are
computed again from the references whenever the rows change.
"""

from collections.abc import Collection, Sequence
from typing import Final

import streamlit as st

from components.histories import PaperRef
from components.ui.review.opened import open_paper
from components.ui.state import DOCUMENT_TABLE, OPEN_PAPER, TABLE_COLUMNS, TICKED

LINK_COLUMNS: Final = frozenset({"PDF", "Original"})
OPENING_NOTHING: Final = frozenset({"Open"}) | LINK_COLUMNS
"""Columns in which a click opens no paper in the reader: links open a tab, and the keyboard enters the table in its
first column."""
Cell = tuple[int, str]
"""Position of the row and name of the column."""


def ticked_papers() -> frozenset[PaperRef]:
    """Return the papers that are ticked, whether the filters let them pass or not."""
    ticked_now: frozenset[PaperRef] = st.session_state.get(TICKED, frozenset())
    return ticked_now


def untick_all() -> None:
    """Untick all papers, listed or not."""
    st.session_state[TICKED] = frozenset()


def positions_of(listed: Sequence[PaperRef], papers: Collection[PaperRef]) -> list[int]:
    """Return the positions of these papers among those listed; papers that are not listed have none."""
    return [row for row, paper in enumerate(listed) if paper in papers] if papers else []


def ticked_after(
    before: Collection[PaperRef], listed: Sequence[PaperRef], rows: Collection[int]
) -> frozenset[PaperRef]:
    """Return the papers that are ticked after a click in the table.

    Args:
        before: the papers ticked before; those that the table does not list stay ticked.
        listed: the papers that the table lists, in its order.
        rows: the positions that are ticked in the table now.
    """
    ticked_here = {listed[row] for row in rows if row < len(listed)}
    return (frozenset(before) - frozenset(listed)) | ticked_here


def paper_to_open(
    listed: Sequence[PaperRef], cells: Collection[Cell], *, opening_nothing: Collection[str] = OPENING_NOTHING
) -> PaperRef | None:
    """Return the paper that a click on a cell opens, if it opens one."""
    opened = [listed[row] for row, column in cells if row < len(listed) and column not in opening_nothing]
    return opened[-1] if opened else None


def cells_to_highlight(
    cells: Sequence[Cell],
    *,
    open_row: int | None,
    columns: Sequence[str],
    opening_nothing: Collection[str] = OPENING_NOTHING,
) -> list[Cell]:
    """Return the cells to highlight: the present ones if they are on the row of the open paper, else one on that row.

    Args:
        cells: the cells highlighted at present.
        open_row: the row of the document in the reader, if it is listed.
        columns: the columns shown, in their order.
        opening_nothing: the columns in which a click opens nothing.
    """
    wanted = [] if open_row is None or not columns else [(open_row, _highlighted_column(columns))]
    may_stay = open_row is None and all(column in opening_nothing for _, column in cells)
    if may_stay or [row for row, _ in cells] == [row for row, _ in wanted]:
        return list(cells)
    return wanted


def restore_selection(listed: Sequence[PaperRef], columns: list[str], *, opening_nothing: Collection[str]) -> None:
    """Tick and highlight the rows of the papers that are ticked and open, wherever they stand in the table now."""
    rows = positions_of(listed, ticked_papers())
    opened = st.session_state.get(OPEN_PAPER)
    current = st.session_state.get(DOCUMENT_TABLE, {}).get("selection", {})
    cells = [(cell[0], cell[1]) for cell in current.get("cells", ())]
    open_row = listed.index(opened) if opened in listed else None
    wanted = cells_to_highlight(cells, open_row=open_row, columns=columns, opening_nothing=opening_nothing)
    # The grid keeps the position of a highlighted column, which is another one when the columns shown change. It takes
    # the new columns after the selection that comes with them: so the next run says it again.
    before: list[list[str]] = st.session_state.get(TABLE_COLUMNS, [])
    moved = bool(wanted) and any(each != columns for each in before)
    st.session_state[TABLE_COLUMNS] = [*before, columns][-2:]
    if sorted(current.get("rows", ())) != rows or cells != wanted or moved:
        st.session_state[DOCUMENT_TABLE] = {"selection": {"rows": rows, "columns": [], "cells": wanted}}


def _highlighted_column(columns: Sequence[str]) -> str:
    return "Description" if "Description" in columns else columns[0]


def keep_selection(listed: Sequence[PaperRef], *, opening_nothing: Collection[str]) -> None:
    """Save what was ticked and clicked in the table as references to papers."""
    selection = st.session_state[DOCUMENT_TABLE]["selection"]
    st.session_state[TICKED] = ticked_after(ticked_papers(), listed, selection["rows"])
    cells = [(cell[0], cell[1]) for cell in selection["cells"]]
    opened = paper_to_open(listed, cells, opening_nothing=opening_nothing)
    if opened is not None:
        open_paper(opened)
