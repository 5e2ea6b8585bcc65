"""The rows of the table of documents, as they stand on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from components.histories import PaperRef
from components.prosecution import category_labels
from components.ui.review.arrangement import ArrangedDocuments
from components.ui.review.columns import DATE
from components.ui.review.filters import SIDE_LABELS
from components.ui.review.paper_refs import refs_of

OPEN_PDF: Final = "Open PDF"
OPEN_MARK: Final = "▶"
"""Stands before the paper that is in the reader."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """What the table shows: a row for each paper."""

    documents: pd.DataFrame
    """The document of each row; a translation stands for its original, too."""
    frame: pd.DataFrame
    """A column for each of `columns.ORDER` that has something to show, by its heading."""
    listed: tuple[PaperRef, ...]
    """The paper of each row."""
    linked: bool
    """Whether PDFs have links. Without, a click on "Open PDF" opens the paper in the reader, as one on its row does."""


def rows_of_table(
    arranged: ArrangedDocuments,
    numbers: Mapping[str, str],
    *,
    offices: frozenset[str] = frozenset(),
    opened: PaperRef | None = None,
) -> TableRows:
    """Return the rows of the table.

    Args:
        arranged: the documents listed, with `link`, `read` and `note`.
        numbers: the display number of each history.
        offices: those of the histories, whose words for categories are used.
        opened: the paper in the reader.
    """
    linked = bool((arranged.documents["link"] != "").any())
    # Without links each version keeps a row of its own, to be opened by it.
    documents, originals = fold_versions(arranged.documents) if linked else (arranged.documents, None)
    groups = None if arranged.groups is None else arranged.groups[documents.index]
    listed = tuple(refs_of(documents))
    frame = _frame(documents, originals, category_labels(offices))
    frame.insert(0, "No.", range(1, len(frame) + 1))
    if groups is not None:
        # Only the first row of a group names it, as in an outline.
        again = (groups == groups.shift()) & (documents["history"] == documents["history"].shift())
        frame.insert(1, "Group", groups.mask(again, ""))
    if len(numbers) > 1:
        frame.insert(1, "Patent", documents["history"].map(numbers))
    marks = [""] * len(frame)
    if opened in listed:
        marks[listed.index(opened)] = OPEN_MARK
    frame.insert(0, "Open", marks)
    return TableRows(documents, frame, listed, linked)


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


def _frame(documents: pd.DataFrame, originals: "pd.Series[str] | None", labels: Mapping[str, str]) -> pd.DataFrame:
    """Return what the table says of the documents themselves, each column under its heading."""
    frame = pd.DataFrame(
        {
            DATE: documents["date"],
            "Code": documents["code"].str.strip(),
            "Description": documents["description"],
            "Category": _renamed(documents["category"], labels),
            "Side": documents["side"].cat.rename_categories(dict(SIDE_LABELS)),
            "Round": documents["round"],
            "Pages": documents["pages"],
            "PDF": documents["link"].where(documents["link"] != "", OPEN_PDF),
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
    return frame


def _renamed(categories: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    """Return categories by their labels, of which two may have the same one, in the order of the categories."""
    own = [labels[name] for name in categories.cat.categories]
    distinct = list(dict.fromkeys(own))
    if len(distinct) == len(own):
        return categories.cat.rename_categories(dict(labels))
    return pd.Series(
        pd.Categorical(categories.map(labels), categories=distinct, ordered=True),
        index=categories.index,
        name=categories.name,
    )
