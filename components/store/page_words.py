"""The words of a page as they are kept: columns, compressed; places to a ten-thousandth of the page."""

import zlib
from collections.abc import Sequence
from typing import Any, Final

import orjson

from components.page_texts import Box, Word
from components.store import storable

_STEPS: Final = 10_000
"""A page is so many steps wide, and as many high: finer than the dots of a scan."""
_LARGEST: Final = 64 * 1024 * 1024
"""Most bytes of the words of a page; what claims to be more is damaged."""


class WordsDamaged(ValueError):
    """What is kept are not the words of a page."""


def pack(words: Sequence[Word]) -> bytes:
    """Return words as they are kept."""
    columns = {
        "text": [storable.text(word.text) for word in words],
        "box": [round(share * _STEPS) for word in words for share in word.box],
        "line": [word.line for word in words],
        "confidence": [word.confidence for word in words],
    }
    return zlib.compress(orjson.dumps(columns))


def unpack(data: bytes) -> tuple[Word, ...]:
    """Return the words that `pack` made into bytes.

    Raises:
        WordsDamaged: it made none of these.
    """
    try:
        return tuple(_words(orjson.loads(_decompressed(data))))
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
