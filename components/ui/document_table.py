"""The table of documents: in Patent Center's order of columns, newest first, each PDF one click away."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.ui.address import CHOSEN
from components.ui.filters import SIDE_LABELS, category_labels

_HEIGHT = 520


def newest_first(documents: pd.DataFrame) -> pd.DataFrame:
    """Sort by date, newest first and undated last; within a day an action stands before its attachments."""
    return documents.sort_values(
        ["date", "history", "seq"],
        ascending=[False, True, True],
        na_position="last",
        kind="stable",
        ignore_index=True,
    )


def draw_documents(documents: pd.DataFrame, *, numbers: dict[str, str], of: pd.DataFrame, told: int) -> None:
    """Draw the table and, above it, how much of the file it shows.

    Args:
        documents: the rows to show, sorted, with `link`.
        numbers: the display number of each history.
        of: all documents of the chosen histories.
        told: how many documents the service says there are.
    """
    words = completeness(documents, of=of, told=told)
    documents, originals = fold_versions(documents)
    if originals is not None:
        words += f" · {len(documents):,} papers, {int(originals.notna().sum()):,} with their originals"
    st.markdown(words)
    # The key follows the rows: a table keeps positions, not rows, when its data change.
    key = f"documents_{hash(tuple(documents['history'] + documents['id'])) & 0xFFFFFFFF:x}"
    ids = documents[["history", "id"]]
    st.dataframe(
        _columns(documents, numbers, originals),
        key=key,
        hide_index=True,
        placeholder="–",
        height=_HEIGHT if len(documents) > 13 else "content",
        on_select=lambda: _choose_row(key, ids),
        selection_mode="single-row",
        column_config=_config(several=len(numbers) > 1, versions=originals is not None),
        alt="Documents of the file history, newest first",
    )


def completeness(documents: pd.DataFrame, *, of: pd.DataFrame, told: int) -> str:
    """Say how much of the file is listed: documents listed, held and told, and their pages."""
    pages = int(documents["pages"].sum())
    held = len(of)
    words = f"**{held:,} of {told:,} documents**"
    if len(documents) != held:
        words = f"**{len(documents):,}** listed · {words}"
    words += f" · {pages:,} pages"
    unpaged = int((documents["pages"].fillna(0) == 0).sum())
    if unpaged:
        words += f" ({unpaged:,} documents without a page count)"
    return words


def fold_versions(documents: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Series[str] | None"]:
    """Give one row for each paper that is listed as original and translation, and the link of its other version.

    A version whose paper is not among the rows keeps a row of its own. Without any version the rows are as they were
    and the links are None.
    """
    versions = documents["paper"] != documents["id"]
    if not versions.any():
        return documents, None
    papers = documents["history"] + "|" + documents["paper"]
    folded = versions & papers.isin(documents["history"] + "|" + documents["id"])
    links = dict(zip(papers[folded], documents.loc[folded, "link"], strict=True))
    kept = documents[~folded].reset_index(drop=True)
    return kept, (kept["history"] + "|" + kept["id"]).map(links)


def _columns(documents: pd.DataFrame, numbers: dict[str, str], originals: "pd.Series[str] | None") -> pd.DataFrame:
    labels = category_labels()
    frame = pd.DataFrame(
        {
            "Date (sent/received)": documents["date"],
            "Code": documents["code"].str.strip(),
            "Description": documents["description"],
            "Category": documents["category"].astype(str).map(labels).fillna(documents["category"].astype(str)),
            "Side": documents["side"].astype(str).map(SIDE_LABELS),
            "Round": documents["round"],
            "Pages": documents["pages"],
            "PDF": documents["link"],
        }
    )
    if originals is not None:
        translated = frame["Description"].str.replace(r"\s*\(translated\)\s*$", "", case=False, regex=True)
        frame["Description"] = frame["Description"].where(originals.isna(), translated)
        frame["Original"] = originals
    if len(numbers) > 1:
        frame.insert(0, "Patent", documents["history"].map(numbers))
    return frame


def _config(*, several: bool, versions: bool) -> dict[str, ColumnConfig]:
    """Give the widths at which all columns, the PDFs above all, stand on a screen of 1,280 pixels."""
    config: dict[str, ColumnConfig] = {
        "Date (sent/received)": st.column_config.DateColumn(format="D MMM YYYY", width=145),
        "Code": st.column_config.TextColumn(width=88),
        "Description": st.column_config.TextColumn(width=(205 if several else 310) - (75 if versions else 0)),
        "Category": st.column_config.TextColumn(width=145 if several else 170),
        "Side": st.column_config.TextColumn(width=100),
        "Round": st.column_config.NumberColumn(
            format="%d", width=62, help="The round of the examination it belongs to"
        ),
        "Pages": st.column_config.NumberColumn(format="%d", width=62),
        "PDF": st.column_config.LinkColumn(display_text="Open PDF", width=88, help="Opens in a new tab"),
        "Original": st.column_config.LinkColumn(display_text="Original", width=80, help="In the original language"),
    }
    if several:
        config["Patent"] = st.column_config.TextColumn(width=128, pinned=True)
    return config


def _choose_row(key: str, ids: pd.DataFrame) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        st.session_state[CHOSEN] = (ids["history"].iloc[rows[0]], ids["id"].iloc[rows[0]])
    else:
        st.session_state[CHOSEN] = None
