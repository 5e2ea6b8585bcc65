"""Which papers are meant: those to be read inside, what they are called, and how far some of them are read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from components.fulltext import PaperToRead
from components.histories import PaperRef
from components.page_texts import ReadPaper
from components.prosecution import in_reading_list, in_reading_order, reading_lists
from components.ui.address import EVERYTHING
from components.ui.review.paper_refs import refs_of
from components.words import counted, day

TICKED_PAPERS: Final = "ticked"
"""The choice of the papers that are ticked; every other choice is the name of a reading list."""
KEY_PAPERS: Final = "key"
"""The reading list that is offered first where nothing is ticked."""


def choices_to_read(documents: pd.DataFrame, ticked: Collection[PaperRef]) -> dict[str, pd.DataFrame]:
    """Return what can be chosen to be read inside: the documents ticked, and those of each reading list, by name.

    A choice without a document is left out.

    Args:
        documents: all documents of the chosen histories.
        ticked: the papers ticked, in these histories or in others.
    """
    choices = {}
    if ticked:
        choices[TICKED_PAPERS] = documents[[paper in ticked for paper in refs_of(documents)]]
    for offered in _key_papers_first(each.name for each in reading_lists()):
        choices[offered] = documents[in_reading_list(documents, offered)]
    return {name: rows for name, rows in choices.items() if len(rows)}


def _key_papers_first(names: Iterable[str]) -> list[str]:
    """Return the names of reading lists: key papers first, all papers last."""
    return sorted(names, key=lambda name: (name == EVERYTHING, name != KEY_PAPERS))


def choice_in_words(name: str, documents: int) -> str:
    """Return what a choice is called, with how many documents it has: `Key papers (12)`."""
    labels = {each.name: each.label for each in reading_lists()}
    labels |= {TICKED_PAPERS: "Ticked", EVERYTHING: "All papers"}
    return f"{labels[name]} ({documents:,})"


def papers_to_read(documents: pd.DataFrame, histories: pd.DataFrame) -> list[PaperToRead]:
    """Return documents as the papers that are to be read, in reading order.

    Args:
        documents: rows of the `documents` table.
        histories: the `histories` table of their histories.
    """
    offices = dict(zip(histories["history"], histories["office"].astype(str), strict=True))
    rows = in_reading_order(documents)
    pages = [int(count) if pd.notna(count) and count > 0 else None for count in rows["pages"]]
    return [
        PaperToRead(paper, count, offices.get(paper.history, ""))
        for paper, count in zip(refs_of(rows), pages, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class PaperNames:
    """What papers are called in a line: `Final Rejection of 17 Jan 2020`."""

    documents: pd.DataFrame
    """Rows of the `documents` table."""
    numbers: Mapping[str, str]
    """The display number of each history."""

    def name(self, paper: PaperRef) -> str:
        """Return the name of a paper, with the number of its file where there are several; it is not escaped."""
        rows = self.documents[(self.documents["id"] == paper.document) & (self.documents["history"] == paper.history)]
        words = paper.document
        if not rows.empty:
            row = rows.iloc[0]
            words = f"{str(row['description']).strip() or str(row['code']).strip()} of {day(row['date'])}"
        number = self.numbers.get(paper.history, paper.history) if len(self.numbers) > 1 else ""
        return f"{number}: {words}" if number else words


def is_read(paper: ReadPaper) -> bool:
    """Return whether something of a paper was read, or found to be empty, so that a search looks at it."""
    return paper.read + paper.empty > 0


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far some papers are read inside."""

    papers: int
    """How many they are."""
    read: int
    """Those of which something is read."""
    in_part: int
    """Those of them that have pages left."""
    unreadable: int
    """Those of which nothing can be read."""
    failed_pages: int
    """Pages that could not be read, of papers of which something is."""

    @property
    def left(self) -> int:
        """Papers that nobody has looked into yet."""
        return max(self.papers - self.read - self.unreadable, 0)

    @property
    def gaps(self) -> list[str]:
        """What was not looked at, in words; nothing where all is read."""
        words = [
            (self.left, f"{self.left:,} {'is' if self.left == 1 else 'are'} not read yet"),
            (self.in_part, f"{self.in_part:,} {'is' if self.in_part == 1 else 'are'} read in part"),
            (self.unreadable, f"{self.unreadable:,} cannot be read"),
            (self.failed_pages, f"{counted(self.failed_pages, 'page')} could not be read"),
        ]
        return [text for count, text in words if count]


def how_far(papers: int, read: Iterable[ReadPaper]) -> HowFar:
    """Return how far papers are read.

    Args:
        papers: how many they are.
        read: what is read of them.
    """
    known = list(read)
    looked_into = [paper for paper in known if is_read(paper)]
    return HowFar(
        papers=papers,
        read=len(looked_into),
        in_part=sum(not paper.is_whole for paper in looked_into),
        unreadable=sum(not is_read(paper) and (bool(paper.problem) or paper.failed > 0) for paper in known),
        failed_pages=sum(paper.failed for paper in looked_into),
    )


def time_in_words(seconds: float) -> str:
    """Return about how long something takes: `a few seconds`, `about 40 s`, `about 3 min`, `about 2 h`."""
    if seconds < 8:
        return "a few seconds"
    if seconds < 90:
        return f"about {round(seconds / 10) * 10 or 10} s"
    if seconds < 5_400:
        return f"about {round(seconds / 60)} min"
    return f"about {round(seconds / 3_600)} h"
