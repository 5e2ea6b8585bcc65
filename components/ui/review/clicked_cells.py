"""Tables whose cells open papers in the reader, as those of the documents do: rounds, open dates."""

from collections.abc import Mapping

import streamlit as st

from components.histories import PaperRef
from components.ui.review.opened import open_paper
from components.ui.review.table_selection import Cell
from components.ui.state import OPEN_PAPER

PapersOfCells = Mapping[Cell, PaperRef]
"""Cell of a table → the paper that a click on it opens; a click on any other cell opens none."""


def forget_other_papers(key: str, papers: PapersOfCells) -> None:
    """Take the mark off each cell whose paper is not in the reader. Call before the table is drawn.

    A click on a cell that is still marked would only take its mark off, and open nothing.

    Args:
        key: of the table.
        papers: the papers of its cells.
    """
    cells = _cells(key)
    opened = st.session_state.get(OPEN_PAPER)
    kept = [cell for cell in cells if opened is not None and papers.get(cell) == opened]
    if kept != cells:
        st.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": kept}}


def open_clicked_paper(key: str, papers: PapersOfCells) -> None:
    """Open the paper of the cell that was clicked, if it has one; for `on_select` of a table."""
    opened = [papers[cell] for cell in _cells(key) if cell in papers]
    if opened:
        open_paper(opened[-1])


def _cells(key: str) -> list[Cell]:
    """Return the cells that are marked in a table."""
    selection = st.session_state.get(key, {}).get("selection", {})
    return [(cell[0], cell[1]) for cell in selection.get("cells", ())]
