"""The rows of a list on a page: what stands side by side, in whichever order an engine read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from components.content.records import Quote
from components.page_texts import Box, PageText, Word

_PART_OF_A_LINE: Final = 0.6
"""A word is of the row above while its middle is no farther below than so much of a line's height."""
_FRAME: Final = frozenset("|_-—[]{}!")
_OF_THE_FRAME: Final = re.compile(r"_?[|\[\]{}]+_?")
"""What the lines of a table are read as where they touch a word."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list."""

    words: tuple[int, ...]
    """Indexes of its words on their page, from left to right."""
    text: str
    """The words with a blank between them, lines of the table's frame left out."""
    starts: tuple[int, ...]
    """Where each word begins in the text."""

    def words_at(self, start: int, end: int) -> list[int]:
        """Return the indexes of the words that stand in a part of the text."""
        ends = [*self.starts[1:], len(self.text) + 1]
        return [
            index
            for index, begins, following in zip(self.words, self.starts, ends, strict=True)
            if begins < end and following - 1 > start
        ]

    def quote(self, page: PageText, words: Sequence[int]) -> Quote:
        """Return the line of the page in which words of this row stand."""
        line = page.words[words[0]].line
        here = [word for word in page.words if word.line == line]
        letters = sum(len(word.text) for word in here)
        return Quote(
            text=" ".join(word.text for word in here),
            page=page.page,
            boxes=_box_of(here),
            confidence=round(sum(word.confidence * len(word.text) for word in here) / max(letters, 1)),
        )


def rows_of(page: PageText) -> list[ListRow]:
    """Return the rows of a page from top to bottom; its lines where its words have no places, or it is turned."""
    if page.turned or not any(word.box.right > word.box.left for word in page.words):
        lines: dict[int, list[int]] = {}
        for index, word in enumerate(page.words):
            lines.setdefault(word.line, []).append(index)
        return [_row(page.words, line) for line in lines.values()]
    return [_row(page.words, sorted(row, key=lambda index: page.words[index].box.left)) for row in _by_height(page)]


def _by_height(page: PageText) -> list[list[int]]:
    """Return the words of a page by the height at which they stand."""
    middles = [(word.box.top + word.box.bottom) / 2 for word in page.words]
    height = median(word.box.bottom - word.box.top for word in page.words)
    rows: list[list[int]] = []
    last = 0.0
    for index in sorted(range(len(page.words)), key=middles.__getitem__):
        if rows and middles[index] - last <= height * _PART_OF_A_LINE:
            rows[-1].append(index)
        else:
            rows.append([index])
            last = middles[index]
    return rows


def _row(words: Sequence[Word], indexes: Sequence[int]) -> ListRow:
    kept = [index for index in indexes if not _FRAME.issuperset(words[index].text)]
    starts, texts, length = [], [], 0
    for index in kept:
        word = _OF_THE_FRAME.sub(" ", words[index].text).strip(" _").replace("\u2013", "-").replace("\u2014", "-")
        starts.append(length)
        texts.append(word)
        length += len(word) + 1
    return ListRow(tuple(kept), " ".join(texts), tuple(starts))


def _box_of(words: Sequence[Word]) -> tuple[Box, ...]:
    boxes = [word.box for word in words if word.box.right > word.box.left]
    if not boxes:
        return ()
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (Box(min(lefts), min(tops), max(rights), max(bottoms)),)
