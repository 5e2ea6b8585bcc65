"""The records: a word with its place, a page with its words, and how far a paper was read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple

PageOutcome = Literal["read", "empty", "failed"]
"""What became of a page: it has words; it was looked at and has none; it could not be read."""
BAD_CONFIDENCE: Final = 70
"""Below this confidence of an engine, in per cent, a page is said to be badly legible."""


class Box(NamedTuple):
    """A place on a page: shares of its width and height, from 0 at the left and at the top to 1."""

    left: float
    top: float
    right: float
    bottom: float


class Word(NamedTuple):
    """A word as it stands on a page."""

    text: str
    box: Box
    line: int
    """The line in which it stands, counted from 0 in reading order."""
    confidence: int
    """How sure the engine was, in per cent; 100 where the PDF itself says it."""


class WordMark(NamedTuple):
    """A line under a word or through it, as amended claims have them, read from the picture of the page.

    A struck stretch without width, from 1 to 1 or from 0 to 0, is where the engine read nothing of what is struck:
    behind this word, or before it where it begins its line.
    """

    word: int
    """Index of the word on its page."""
    kind: Literal["underlined", "struck"]
    left: float = 0.0
    """Where in the word it begins and ends: shares of the word's width, 0 to 1 for the whole word."""
    right: float = 1.0


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on one page."""

    page: int
    """Its number, from 1."""
    outcome: PageOutcome
    engine: str
    """What read it: `text layer`, or an engine with its version, `Tesseract 5.3.0`; empty where none came to it."""
    languages: str = ""
    """The engine's languages, `eng` or `deu+eng`; empty for a text layer."""
    words: tuple[Word, ...] = ()
    """In reading order."""
    turned: int = 0
    """By how many degrees, clockwise, the page was turned to be read: 0, 90, 180 or 270. Boxes are those of the page as
    it is shown, unturned."""
    problem: str = ""
    """Why it could not be read, in words for the user."""
    marks: tuple[WordMark, ...] | None = None
    """The lines under and through its words; `None` where its picture was not looked at for them."""

    @property
    def confidence(self) -> int | None:
        """The engine's confidence in per cent, each word weighing as many letters as it has; `None` without words."""
        letters = sum(len(word.text) for word in self.words)
        return round(sum(word.confidence * len(word.text) for word in self.words) / letters) if letters else None

    @property
    def lines(self) -> list[str]:
        """The text, line by line."""
        lines: dict[int, list[str]] = {}
        for word in self.words:
            lines.setdefault(word.line, []).append(word.text)
        return [" ".join(words) for words in lines.values()]


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """How far a paper was read, and by what."""

    sha256: str
    """Of its PDF, in hexadecimal digits."""
    pages: int
    """Pages of the PDF; 0 where it could not be opened."""
    read: int = 0
    """Pages with words."""
    empty: int = 0
    """Pages that were looked at and have no words."""
    failed: int = 0
    """Pages that could not be read."""
    engines: tuple[str, ...] = ()
    """What read its pages, each named once."""
    languages: tuple[str, ...] = ()
    confidence: int | None = None
    """Mean of its pages with words that an engine read, in per cent; `None` where there are none."""
    bad_pages: tuple[int, ...] = ()
    """Numbers of the pages whose confidence is below `BAD_CONFIDENCE`."""
    problem: str = ""
    """Why the PDF as a whole could not be read, in words for the user: a password, say."""
    read_at: datetime | None = field(default=None)
    """When its last page was read (UTC, aware); `None` before the first."""

    @property
    def done(self) -> int:
        """Pages that need not be looked at again."""
        return self.read + self.empty + self.failed

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to read."""
        return bool(self.problem) or self.done >= self.pages
