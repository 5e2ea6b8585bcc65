"""Tesseract's table of words (its output format TSV) as words with boxes."""

import math
from collections.abc import Iterator
from typing import Final

from components.page_texts import Box, Word

_WORD: Final = "5"
"""The level of a row that is a word; lower ones are its line, paragraph, block and page."""
_COLUMNS: Final = 12
_MOST_LETTERS: Final = 200
"""Of one word: nothing that is longer is one."""
_JUNK: Final = 30
"""Below this confidence, in per cent, a word without letters and digits is a smudge, a frame or part of a drawing."""
MOST_WORDS: Final = 20_000
"""Of one page; small print on A4 has 2,000."""


def words_in(table: bytes, *, width: int, height: int) -> tuple[Word, ...]:
    """Return the words of a page in reading order.

    Args:
        table: what Tesseract wrote.
        width: pixels of the picture that it read.
        height: likewise.
    """
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for place, box, confidence, text in _rows(table.decode("utf-8", "replace")):
        if confidence < _JUNK and not any(letter.isalnum() for letter in text):
            continue
        left, top, wide, high = box
        shares = (left / width, top / height, (left + wide) / width, (top + high) / height)
        line = lines.setdefault(place, len(lines))
        words.append(Word(text, Box(*(min(max(share, 0.0), 1.0) for share in shares)), line, confidence))
        if len(words) == MOST_WORDS:
            break
    return tuple(words)


def _rows(table: str) -> Iterator[tuple[tuple[str, ...], tuple[int, ...], int, str]]:
    """Yield line, box in pixels (left, top, width, height), confidence and text of each word; skip what is none."""
    for row in table.split("\n"):
        cells = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != _WORD:
            continue
        text = "".join(letter for letter in cells[11] if letter.isprintable()).strip()[:_MOST_LETTERS]
        try:
            box, confidence = tuple(map(int, cells[6:10])), float(cells[10])
        except ValueError:
            continue
        if text and math.isfinite(confidence) and confidence >= 0:
            yield tuple(cells[1:5]), box, min(round(confidence), 100), text
