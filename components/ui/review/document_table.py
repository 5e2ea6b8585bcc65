"""The table of documents, its columns in Patent Center's order; a click on a row opens the paper in the reader."""

from typing import Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.prosecution import Completeness, category_labels, extent_of
from components.ui.review.arrangement import ArrangedDocuments
from components.ui.review.filters import SIDE_LABELS
from components.ui.review.paper_refs import refs_of
from components.ui.review.table_selection import (
    LINK_COLUMNS,
    OPENING_NOTHING,
    keep_selection,
    restore_selection,
)
from components.ui.state import DOCUMENT_TABLE, HIDDEN_COLUMNS
from components.words import counted

HIDEABLE_COLUMNS: Final = (
    "Date (sent/received)", "Code", "Description", "Category", "Side", "Round", "Pages", "PDF", "Original", "Read",
    "Note",
)  # fmt: skip
"""The columns that can be hidden, in their order; some are there only where they have something to show."""
_BESIDE_READER: Final = frozenset({"No.", "Patent", "Group", "Date (sent/received)", "Code", "Description", "Read"})
_SAID_BY_GROUPS: Final = frozenset({"Category", "Side"})
"""Hidden where documents are grouped: the group says the same and takes the room."""
_OPEN: Final = "Open PDF"
_HEIGHT: Final = 520
READER_HEIGHT: Final = 800


def draw_document_table(arranged: ArrangedDocuments, *, numbers: dict[str, str], beside_reader: bool) -> None:
    """Draw the table.

    Args:
        arranged: the rows to show, with `link`, `read` and `note`. Without links a click on "Open PDF" opens the paper
            in the reader, as a click anywhere in its row does.
        numbers: the display number of each history.
        beside_reader: whether the reader takes half of the width.
    """
    linked = bool((arranged.documents["link"] != "").any())
    documents, originals, groups = _with_versions_folded(arranged, linked=linked)
    listed = refs_of(documents)
    table = _table(documents, numbers, originals, groups)
    hidden = set(st.session_state.get(HIDDEN_COLUMNS) or ())
    if groups is not None:
        hidden |= _SAID_BY_GROUPS | ({"Date (sent/received)"} if beside_reader else set())
    order = [name for name in map(str, table) if name not in hidden and (not beside_reader or name in _BESIDE_READER)]
    opening_nothing = OPENING_NOTHING if linked else OPENING_NOTHING - LINK_COLUMNS
    restore_selection(listed, order, opening_nothing=opening_nothing)
    st.dataframe(
        table,
        key=DOCUMENT_TABLE,
        hide_index=True,
        placeholder="–",
        height=READER_HEIGHT if beside_reader else _HEIGHT if len(table) > 13 else "content",
        on_select=lambda: keep_selection(listed, opening_nothing=opening_nothing),
        selection_mode=["multi-row", "single-cell"],
        column_order=order,
        column_config=_column_config(
            several=len(numbers) > 1, versions=originals is not None, narrow=beside_reader, linked=linked
        ),
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


def fold_versions(documents: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Series[str] | None"]:
    """Put the two versions of a paper, original and translation, into one row.

    A version whose other version is not among the rows keeps a row of its own.

    Returns:
        The rows, and for each the link of its other version, missing where it has none. Where no paper has two
        versions, the rows unchanged and `None`.
    """
    versions = documents["paper"] != documents["id"]
    if not versions.any():
        return documents, None
    listed = set(refs_of(documents))
    folded = versions & pd.Series([paper in listed for paper in refs_of(documents, "paper")], index=documents.index)
    links = dict(zip(refs_of(documents[folded], "paper"), documents.loc[folded, "link"], strict=True))
    kept = documents[~folded]
    return kept, pd.Series([links.get(paper) for paper in refs_of(kept)], index=kept.index, dtype="str")


def _with_versions_folded(
    arranged: ArrangedDocuments, *, linked: bool
) -> "tuple[pd.DataFrame, pd.Series[str] | None, pd.Series[str] | None]":
    """Return the rows with the versions of a paper folded, the links of their originals, and their groups.

    Without links each version keeps a row of its own, to be opened by it.
    """
    documents, originals = fold_versions(arranged.documents) if linked else (arranged.documents, None)
    groups = None if arranged.groups is None else arranged.groups[documents.index]
    return documents, originals, groups


def _table(
    documents: pd.DataFrame,
    numbers: dict[str, str],
    originals: "pd.Series[str] | None",
    groups: "pd.Series[str] | None",
) -> pd.DataFrame:
    """Return the table for the screen, each column under its heading."""
    labels = category_labels()
    frame = pd.DataFrame(
        {
            "Date (sent/received)": documents["date"],
            "Code": documents["code"].str.strip(),
            "Description": documents["description"],
            "Category": documents["category"].cat.rename_categories(dict(labels)),
            "Side": documents["side"].cat.rename_categories(SIDE_LABELS),
            "Round": documents["round"],
            "Pages": documents["pages"],
            "PDF": documents["link"].where(documents["link"] != "", _OPEN),
        }
    )
    if originals is not None:
        translated = frame["Description"].str.replace(r"\s*\(translated\)\s*$", "", case=False, regex=True)
        frame["Description"] = frame["Description"].where(originals.isna(), translated)
        frame["Original"] = originals
    if documents["read"].any():
        frame["Read"] = documents["read"]
    if (documents["note"] != "").any():
        frame["Note"] = documents["note"].str.replace("\n", " ")
    frame.insert(0, "No.", range(1, len(frame) + 1))
    if groups is not None:
        # Only the first row of a group names it, as in an outline.
        again = (groups == groups.shift()) & (documents["history"] == documents["history"].shift())
        frame.insert(1, "Group", groups.mask(again, ""))
    if len(numbers) > 1:
        frame.insert(1, "Patent", documents["history"].map(numbers))
    return frame


def _column_config(*, several: bool, versions: bool, narrow: bool, linked: bool) -> dict[str, ColumnConfig]:
    """Return the widths at which all columns, above all the PDFs, fit on a screen of 1,280 pixels."""
    description = 235 if narrow else 195 if several else 305
    config: dict[str, ColumnConfig] = {
        "No.": st.column_config.NumberColumn(format="%d", width=48, help="Place in this list", pinned=True),
        "Date (sent/received)": st.column_config.DateColumn(format="D MMM YYYY", width=145),
        "Code": st.column_config.TextColumn(width=88),
        "Description": st.column_config.TextColumn(width=description - (75 if versions and not narrow else 0)),
        "Category": st.column_config.TextColumn(width=145 if several else 170),
        "Side": st.column_config.TextColumn(width=100),
        "Round": st.column_config.NumberColumn(
            format="%d", width=62, help="The round of the examination it belongs to"
        ),
        "Pages": st.column_config.NumberColumn(format="localized", width=62),
        "PDF": st.column_config.LinkColumn(display_text=_OPEN, width=88, help="Opens in a new tab")
        if linked
        else st.column_config.TextColumn(width=88, help="Opens beside the table"),
        "Original": st.column_config.LinkColumn(display_text="Original", width=80, help="In the original language"),
        "Read": st.column_config.CheckboxColumn(width=62, help="Ticked as read by you"),
        "Note": st.column_config.TextColumn(width=180, help="Your note"),
        "Group": st.column_config.TextColumn(width=170 if narrow else 240, pinned=True),
    }
    if several:
        config["Patent"] = st.column_config.TextColumn(width=128, pinned=True)
    return config
