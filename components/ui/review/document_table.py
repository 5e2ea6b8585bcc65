"""The table of documents, its columns in Patent Center's order; a click on a row opens the paper in the reader."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.prosecution import Completeness, extent_of
from components.ui.review.columns import DATE, LARGEST_NARROW
from components.ui.review.table_rows import OPEN_MARK, OPEN_PDF, TableRows, fold_versions
from components.ui.review.table_selection import LINK_COLUMNS, OPENING_NOTHING, keep_selection, restore_selection
from components.ui.state import DOCUMENT_TABLE
from components.words import counted

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

_SIDE_MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"Office": "Off", "Applicant": "App", "Third party": "3rd", "Internal": "Int", "Unclassified": "?"}
)
_ROW: Final = 35
"""Height of a row in pixels; that of the headings is one more."""
_MOST_ROWS_IN_SIGHT: Final = 15
"""More scroll within the table, so that it is never higher than the window of a laptop."""
_MOST_STYLED_ROWS: Final = 200
"""A longer table has no lighter rows: they cost some 0.15 ms each on every click."""
_LIGHTER: Final = MappingProxyType({"light": "#566070", "dark": "#98a3b3"})
"""Colour of the words of papers that were read, with a contrast of 6:1 and more to the table, by the theme."""


def draw_document_table(rows: TableRows, columns: Mapping[str, int], *, width: int) -> None:
    """Draw the table.

    Args:
        rows: what it shows.
        columns: those shown, from left to right, each with its width in pixels.
        width: of the table, in pixels.
    """
    opening_nothing = OPENING_NOTHING if rows.linked else OPENING_NOTHING - LINK_COLUMNS
    restore_selection(rows.listed, list(columns), opening_nothing=opening_nothing)
    st.dataframe(
        _with_read_ones_lighter(rows),
        key=DOCUMENT_TABLE,
        hide_index=True,
        placeholder="–",
        height=_ROW * min(max(len(rows.frame), 1), _MOST_ROWS_IN_SIGHT) + _ROW + 3,
        on_select=lambda: keep_selection(rows.listed, opening_nothing=opening_nothing),
        selection_mode=["multi-row", "single-cell"],
        column_order=list(columns),
        column_config=_column_config(columns, narrow=width <= LARGEST_NARROW, linked=rows.linked),
        alt="Documents of the file history. Click a row to read it, tick rows to take them away.",
    )


def completeness_markdown(listed: pd.DataFrame, *, whole: pd.DataFrame, reported: int) -> str:
    """Return how much of the file is listed, as markdown: documents listed, held and reported, and their pages."""
    extent = extent_of(listed)
    words = f"**{Completeness(len(whole), reported).words}**"
    if extent.documents != len(whole):
        words = f"**{extent.documents:,}** listed · {words}"
    words += f" · {counted(extent.pages, 'page')}"
    if extent.without_page_count:
        words += f" ({counted(extent.without_page_count, 'document')} without a page count)"
    papers, originals = fold_versions(listed)
    if originals is not None:
        words += f" · {counted(len(papers), 'paper')}, {int(originals.notna().sum()):,} with their originals"
    return words


def _with_read_ones_lighter(rows: TableRows) -> "pd.DataFrame | Styler":
    """Return the rows, those of papers that were read with lighter words."""
    read = rows.documents["read"].to_numpy(dtype=bool)
    if len(read) > _MOST_STYLED_ROWS or not read.any():
        return rows.frame
    lighter = f"color: {_LIGHTER['dark' if st.context.theme.type == 'dark' else 'light']}"
    styles = np.where(read[:, None], lighter, "")
    frame = rows.frame.reset_index(drop=True)
    return frame.style.apply(lambda cells: np.broadcast_to(styles, cells.shape), axis=None)


def _column_config(columns: Mapping[str, int], *, narrow: bool, linked: bool) -> dict[str, ColumnConfig]:
    """Return how each column is drawn; none is pinned, since pinned ones have paler words."""
    config = st.column_config
    link = config.LinkColumn(display_text=OPEN_PDF, help="Opens in a new tab")
    sides = ", ".join(f"{mark}: {side}" for side, mark in _SIDE_MARKS.items())
    kinds: dict[str, ColumnConfig] = {
        "Open": config.TextColumn(OPEN_MARK, help=f"{OPEN_MARK} stands before the paper in the reader"),
        "No.": config.NumberColumn(format="%d", help="Place in this list"),
        DATE: config.DateColumn("Sent/received" if narrow else DATE, format="D MMM YYYY"),
        "Side": config.SelectboxColumn(
            options=list(_SIDE_MARKS), format_func=lambda side: _SIDE_MARKS[str(side)], help=sides
        ),
        "Round": config.NumberColumn(format="%d", help="The round of the examination it belongs to"),
        "Pages": config.NumberColumn(format="localized"),
        "PDF": link if linked else config.TextColumn(help="Opens in the reader"),
        "Original": config.LinkColumn(display_text="Original", help="In the original language"),
        "Read": config.CheckboxColumn(help="Ticked as read by you"),
        "Note": config.TextColumn(help="Your note"),
    }
    return {name: {**kinds.get(name, config.TextColumn()), "width": width} for name, width in columns.items()}
