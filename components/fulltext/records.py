"""What this room hands on: what a reading would take, how far it is, and what a search found."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from components.histories import PaperRef
from components.page_texts import ReadPaper

ReadingState = Literal["running", "stopping", "stopped", "ended"]


class PaperToRead(NamedTuple):
    """A paper as the lists have it."""

    ref: PaperRef
    pages: int | None
    """How many pages the office says that it has; `None` where it says nothing."""
    office: str
    """Two letters, which say what languages it may be in."""


@dataclass(frozen=True, slots=True)
class ReadingOffer:
    """What it would take to read some papers. Nothing of it is charged."""

    papers: tuple[PaperToRead, ...]
    """Those that are left to read and can be had: kept, or behind a living link."""
    pages: int
    """Their pages that are left, as far as lists or PDFs say."""
    seconds: float
    """About how long they take, from what the last pages took on this machine."""
    read_before: int
    """Papers among those asked for that are read already."""
    without_link: tuple[PaperToRead, ...]
    """Papers left to read whose PDF is not kept and whose link has expired: a refresh brings new links."""


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far a reading is."""

    state: ReadingState
    papers_done: int
    """Papers read to their end, or found to be unreadable."""
    papers: int
    pages_done: int
    """Pages read, empty or failed since it began."""
    pages: int
    """Pages that are to be read in all, as far as is known by now."""
    seconds_left: float | None
    """About how long the rest takes; `None` before the first page."""
    now: tuple[PaperRef, ...]
    """What is being read."""
    problems: tuple[tuple[PaperRef, str], ...]
    """Papers that could not be read, or not to their end, and why, in words for the user."""
    message: str = ""
    """Why it stopped by itself, in words for the user; empty if it did not."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {"stopped", "ended"}

    @property
    def can_resume(self) -> bool:
        """Whether it ended before everything was read."""
        return self.state == "stopped" and self.papers_done < self.papers


class Piece(NamedTuple):
    """A part of a line that is shown with a hit; joined, the pieces are the line with its blanks."""

    text: str
    marked: bool
    """Whether it is what was searched for."""


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page on which something was found."""

    page: int
    line: tuple[Piece, ...]
    """The line around the most telling place, as it was read; empty where a paper has more such pages than are looked
    into."""
    places: int
    """How many places of the page match; 0 where it was not looked into."""
    confidence: int | None
    """Of the page, in per cent; `None` for a text layer, and where it was not looked into."""


@dataclass(frozen=True, slots=True)
class PaperHits:
    """A paper in which something was found."""

    ref: PaperRef
    code: str
    description: str
    day: date | None
    hits: tuple[PageHit, ...]
    """Its pages, the first first."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, by paper, in the order of the files and the days of their papers."""

    papers: tuple[PaperHits, ...]
    pages: int
    """On how many pages something was found, of the papers shown and of those that are not."""
    more_papers: int
    """Papers with hits that are not among `papers`, because there are too many."""
    searched: int
    """How many papers that are read, in part at least, were searched."""
    at_least: bool = False
    """Whether there are more pages than were counted."""


ReadPapers = dict[PaperRef, ReadPaper]
"""How far papers are read; those of which nothing is read are left out."""
