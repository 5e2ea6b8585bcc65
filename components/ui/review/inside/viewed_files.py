"""What every view of the papers draws of each file on the screen: its heading, its office, what is not read of it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.content.paper_kinds import kind_of
from components.content.records import DatedContent, PaperKind, Verdicts
from components.content.unread import READ_OFFICES
from components.desk import Desk
from components.histories import PaperRef
from components.ui.escape import escape_markdown
from components.ui.review.inside.not_read import draw_not_begun, other_office_in_words
from components.ui.review.inside.quotes import finding_key
from components.ui.review.reviewed import ReviewedHistories


@dataclass(frozen=True, slots=True)
class ViewedFile:
    """A file on the screen."""

    key: str
    """Of its history."""
    number: str
    """What it is called."""
    office: str
    papers: tuple[DatedContent, ...]
    """Its papers that are read, in reading order."""
    documents: pd.DataFrame
    """Its papers in which a view looks, read or not, as rows of the `documents` table."""


@dataclass(frozen=True, slots=True)
class ViewedFiles:
    """What a view of the papers draws, and for whom."""

    desk: Desk
    """Of the person's workspace."""
    papers: Sequence[DatedContent]
    """What the read papers say."""
    reviewed: ReviewedHistories
    """The chosen histories."""
    verdicts: Verdicts
    """The marks of their findings."""
    user: str
    """Who reads and marks."""
    under_way: Collection[PaperRef] = ()
    """Papers that are being read for this person."""

    @property
    def histories(self) -> pd.DataFrame:
        """The `histories` table of the files."""
        return self.reviewed.tables.histories

    def files(self, kinds: Collection[PaperKind]) -> Iterator[ViewedFile]:
        """Yield the files on the screen; `kinds` are the papers in which the view looks."""
        offices = dict(zip(self.histories["history"], self.histories["office"].astype(str), strict=True))
        for headline in self.reviewed.headlines:
            key = headline.key
            yield ViewedFile(
                key,
                self.reviewed.numbers[key],
                offices.get(key, ""),
                tuple(paper for paper in self.papers if paper.paper.history == key),
                of_kinds(self.reviewed.tables.documents, key, kinds),
            )


def of_kinds(documents: pd.DataFrame, history: str, kinds: Collection[PaperKind]) -> pd.DataFrame:
    """Return the rows of the documents of a file that are of some kinds.

    Args:
        documents: rows of the `documents` table.
        history: the key of the file's history.
        kinds: by what rules they are read.
    """
    rows = documents[documents["history"] == history]
    codes = zip(rows["code"], rows["description"], strict=True)
    is_of_kinds = [kind_of(str(code).strip(), str(words)) in kinds for code, words in codes]
    return rows[pd.Series(is_of_kinds, index=rows.index, dtype=bool)]


def draw_each_file(
    viewed: ViewedFiles,
    kinds: Collection[PaperKind],
    draw: Callable[[ViewedFile], None] | None = None,
    *,
    view: str,
    what: str = "paper",
) -> None:
    """Draw each file on the screen: its number, that its office is not read inside, what is not read of it, the rest.

    Args:
        viewed: what is drawn, and for whom.
        kinds: the papers in which the view looks.
        draw: draws what the view has of a file whose office is read; `None` where it has nothing file by file: then
            a file of which all is read is not named.
        view: the name of the view, for the keys.
        what: what the papers of these kinds are called: `action`.
    """
    files = list(viewed.files(kinds))
    for file in files:
        place = PaperRef(file.key, "")
        named = f"{file.number}: " if len(files) > 1 else ""
        with st.container(gap="xsmall", key=finding_key(f"{view}_of", place)):
            if draw is not None and named:
                st.markdown(f"**{escape_markdown(file.number)}**")
                named = ""
            if file.office not in READ_OFFICES:
                st.caption(escape_markdown(f"{named}{other_office_in_words(file.office)}"))
                continue
            draw_not_begun(
                viewed.desk,
                file.documents,
                viewed.histories,
                {paper.paper for paper in file.papers},
                what=what,
                of=named,
                key=finding_key(f"read_{view}", place),
                user=viewed.user,
                under_way=viewed.under_way,
            )
            if draw is not None:
                draw(file)
