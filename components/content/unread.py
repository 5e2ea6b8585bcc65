"""The actions into which nobody has looked yet, as papers that say so: what is missing must never look like nothing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import pandas as pd

from components.content.paper_kinds import kind_of
from components.content.records import DatedContent, PaperContent, PaperKind
from components.histories import PaperRef

READ_OFFICES: Final = frozenset({"US"})
"""The offices whose papers are read by rules; those of others are searched only."""
NOT_BEGUN: Final = "It is not read inside yet."
DECIDING_KINDS: Final[frozenset[PaperKind]] = frozenset({"action", "advisory", "allowance"})
"""The kinds of papers that say how claims stand."""


def with_unread(
    papers: Sequence[DatedContent],
    documents: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    kinds: Collection[PaperKind] = DECIDING_KINDS,
) -> tuple[DatedContent, ...]:
    """Return papers with the actions that are listed and not among them, in the order of files and of reading.

    Args:
        papers: what the papers that were read say.
        documents: rows of the `documents` table, of offices whose papers are read inside.
        labels: what the categories of papers are called.
        kinds: of papers that are to be among them; the actions where nothing else is said.
    """
    read = {paper.paper for paper in papers}
    names = ("history", "id", "date", "code", "description", "category", "round", "seq")
    unread = [
        DatedContent(
            PaperRef(history, document),
            None if pd.isna(day) else day.date(),
            code.strip(),
            labels.get(category, category),
            None if pd.isna(number) else int(number),
            int(place),
            PaperContent(kind, "not read", NOT_BEGUN),
        )
        for history, document, day, code, description, category, number, place in zip(
            *(documents[name].tolist() for name in names), strict=True
        )
        if (kind := kind_of(code.strip(), description)) in kinds and PaperRef(history, document) not in read
    ]
    files = list(dict.fromkeys(each.paper.history for each in (*papers, *unread)))
    return tuple(sorted((*papers, *unread), key=lambda paper: (files.index(paper.paper.history), paper.place)))
