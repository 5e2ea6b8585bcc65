"""The words of a page and the lines under and through them as they are kept: columns, compressed.

Places are kept to a ten-thousandth of the page, and of the word.
"""

import zlib
from collections.abc import Sequence
from typing import Any, Final, Literal

import orjson

from components.page_texts import Box, Word, WordMark
from components.store import storable

_STEPS: Final = 10_000
"""A page is so many steps wide, and as many high: finer than the dots of a scan."""
_LARGEST: Final = 64 * 1024 * 1024
"""Most bytes of the words of a page; what claims to be more is damaged."""


class WordsDamaged(ValueError):
    """What is kept are not the words of a page."""


def pack(words: Sequence[Word], marks: Sequence[WordMark] | None = None) -> bytes:
    """Return words and their marks as they are kept; no marks (`None`) means that nobody looked for any."""
    columns: dict[str, list[Any]] = {
        "text": [storable.text(word.text) for word in words],
        "box": [round(share * _STEPS) for word in words for share in word.box],
        "line": [word.line for word in words],
        "confidence": [word.confidence for word in words],
    }
    if marks is not None:
        columns["marks"] = [
            [mark.word, mark.kind, round(mark.left * _STEPS), round(mark.right * _STEPS)] for mark in marks
        ]
    return zlib.compress(orjson.dumps(columns))


def unpack(data: bytes) -> tuple[tuple[Word, ...], tuple[WordMark, ...] | None]:
    """Return the words, and the marks, that `pack` made into bytes.

    Raises:
        WordsDamaged: it made none of these.
    """
    try:
        columns = orjson.loads(_decompressed(data))
        words = tuple(_words(columns))
        return words, _marks(columns["marks"], len(words)) if "marks" in columns else None
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError):
        raise WordsDamaged from None


def _decompressed(data: bytes) -> bytes:
    """Return bytes as they were before they were compressed, unless they are far too many."""
    stream = zlib.decompressobj()
    plain = stream.decompress(data, _LARGEST)
    if not stream.eof:
        raise WordsDamaged
    return plain


def _words(columns: dict[str, list[Any]]) -> list[Word]:
    shares = [step / _STEPS for step in columns["box"]]
    boxes = [Box(*shares[start : start + 4]) for start in range(0, len(shares), 4)]
    rows = zip(columns["text"], boxes, columns["line"], columns["confidence"], strict=True)
    return [Word(str(text), box, int(line), int(confidence)) for text, box, line, confidence in rows]


def _marks(rows: list[tuple[int, str, int, int]], words: int) -> tuple[WordMark, ...]:
    """Return marks; one of a word that is not there, or that begins behind its end, is damage."""
    marks = tuple(WordMark(int(word), _kind(kind), left / _STEPS, right / _STEPS) for word, kind, left, right in rows)
    if any(not (0 <= mark.word < words and 0 <= mark.left <= mark.right <= 1) for mark in marks):
        raise WordsDamaged
    return marks


def _kind(name: str) -> Literal["underlined", "struck"]:
    if name == "underlined":
        return "underlined"
    if name == "struck":
        return "struck"
    raise WordsDamaged
