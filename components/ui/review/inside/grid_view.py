"""The grid of grounds of a file on the screen; a click on a cell opens its passage in the reader."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.charts import grounds_figure, plotly_config, unchecked
from components.content.grid.grid import Grid, grid_of
from components.content.records import DatedContent, Quote
from components.histories import PaperRef
from components.ui.app.browser_scripts import window_width
from components.ui.review.inside.quotes import finding_key, open_quote
from components.ui.review.opened import open_paper
from components.ui.review.pane import room_beside_reader
from components.ui.state import OPEN_PAPER, PICTURE_FORMAT, clicked_cell_key


def draw_grid(papers: Sequence[DatedContent], *, history: str, number: str) -> None:
    """Draw the grid of grounds of a file.

    Args:
        papers: what its papers say, those that are not read among them.
        history: its key.
        number: its number on the screen.
    """
    grid = grid_of(papers)
    if not grid.claims and not grid.illegible:  # the notes beside it say what is not read
        return
    key = finding_key("grid", PaperRef(history, ""))
    width = room_beside_reader(window_width(), reader_open=st.session_state.get(OPEN_PAPER) is not None)
    figure = grounds_figure(grid, dark=st.context.theme.type == "dark", width=width)
    is_wide = "width" in figure["layout"]
    with st.container(key=f"frame_{key}", gap=None):
        st.plotly_chart(
            unchecked(figure),
            width=int(figure["layout"]["width"]) if is_wide else "stretch",
            key=key,
            theme=None,
            on_select=lambda: _open_clicked(key, grid),
            selection_mode="points",
            config=plotly_config(st.session_state.get(PICTURE_FORMAT) or "svg", name=f"grounds_{number}"),
            alt=f"Grounds of rejection in {number}: claims down, actions across. The list below says the same.",
        )


def _open_clicked(key: str, grid: Grid) -> None:
    """Open what the cell says that was clicked; a click on the same cell again opens it again."""
    state = st.session_state
    points: Sequence[Mapping[str, Any]] = state.get(key, {}).get("selection", {}).get("points", ())
    data = points[0].get("customdata") if points else state.get(clicked_cell_key(key))
    target = target_of_cell(data, grid)
    if target is None:
        return
    state[clicked_cell_key(key)] = data
    paper, page, quote = target
    if quote is not None:
        open_quote(paper, quote)
    else:
        open_paper(paper, page)


def target_of_cell(data: object, grid: Grid) -> tuple[PaperRef, int | None, Quote | None] | None:
    """Return the paper, the page and the passage that a click on a cell opens; `None` where it opens none.

    Args:
        data: the `customdata` of the cell, which comes back from a browser.
        grid: the grid that was drawn.
    """
    if not isinstance(data, list) or len(data) < 3 or not isinstance(data[0], str):
        return None
    paper = PaperRef.parse(data[0])
    if paper is None:
        return None
    cells = [*grid.cells.values(), *(cell for cell in grid.illegible if cell is not None)]
    passages = {(finding.paper, finding.finding): finding.quote for cell in cells for finding in cell.findings}
    quote = passages.get((paper, str(data[2])))
    page = data[1] if isinstance(data[1], int) and data[1] > 0 else None
    return paper, page, quote
