"""The words that come out of a process, as they are kept: bounded, and with places that lie on the page."""

import json
import math
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from components.page_reading.errors import NotRead
from components.page_texts import Box, Word

MAX_WORDS: Final = 20_000
"""Words of one page that are kept; a page of small print has some 1,500."""
MAX_LETTERS: Final = 200
"""Letters of one word that are kept; the longest that papers write, names of compounds, have fewer."""
_MAX_TEXT: Final = 400_000
"""Letters of one page that are kept."""
_MAX_BYTES: Final = 4_000_000
"""Bytes of a list of words that is looked at; what a process may send besides would fill the app's memory."""
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that are not seen and can break a line, turn it round, or cannot be written to a file."""


def words_from(data: bytes) -> tuple[Word, ...]:
    """Return the words that a process sent: a JSON list of text, left, top, right, bottom and line of each.

    Raises:
        NotRead: it sent something else.
    """
    if len(data) > _MAX_BYTES:
        raise NotRead("memory")
    try:
        rows = json.loads(data)
        return _kept(_word(row) for row in rows)
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise NotRead("broken page") from None


def words_of_engine(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words of an engine, as far as they can be kept."""
    return _kept(words)


def _word(row: list[Any]) -> Word:
    text, left, top, right, bottom, line = row
    if type(text) is not str or type(line) is not int:
        raise TypeError
    return Word(text, Box(*map(float, (left, top, right, bottom))), line, 100)


def _kept(words: Iterable[Word]) -> tuple[Word, ...]:
    kept: list[Word] = []
    lines: dict[int, int] = {}
    letters = 0
    for word in words:
        text = "".join(letter for letter in word.text if unicodedata.category(letter) not in _HIDDEN)
        text = "".join(text.split())[:MAX_LETTERS]
        letters += len(text)
        if len(kept) == MAX_WORDS or letters > _MAX_TEXT:
            break
        if text:
            line = lines.setdefault(word.line, len(lines))
            kept.append(Word(text, _on_page(word.box), line, min(max(word.confidence, 0), 100)))
    return tuple(kept)


def _on_page(box: Box) -> Box:
    left, top, right, bottom = (min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0 for share in box)
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
