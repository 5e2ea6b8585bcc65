"""Dividing text into lines and segments, with one spelling of blanks, dashes and digits.

All other modules work on this cleaned text; `TypedLine.typed` returns what was typed.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from components.words import shortened

_ZERO_WIDTH = frozenset("\u00ad\u180e\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10)))
)
_SPELLINGS = str.maketrans(
    {
        "\u2044": "/",
        "\u2215": "/",
        "\u2212": "-",
        "\u30fc": "-",
        "、": ",",
        "‚": ",",
        "。": ".",
        "“": '"',
        "”": '"',
        "„": '"',
        "’": "'",
        "‘": "'",
    }
)
_ZERO_WIDTH_MARK = re.compile(f"[{''.join(sorted(_ZERO_WIDTH))}]")
_FILLED = re.compile(r"\S")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_URL = re.compile(
    r"(?:https?://|(?<![a-z0-9.-])(?:www\.|(?:[a-z][a-z0-9-]{0,40}\.){1,5}(?:com|org|int|gov|net)/))[^\s<>\"']+",
    re.IGNORECASE,
)
_URL_SIGN = re.compile(r"/|www\.", re.IGNORECASE)
"""Every address has one of these."""
_URL_NEXT = re.compile(r"(?<![,;|])[,;|]+(?=https?:)", re.IGNORECASE)
LONGEST_TYPED = 300
"""In characters; what was typed for a longer item is shown cut. The longest numbers with words before them have 100."""
_SEPARATOR = re.compile(
    r"[;|\t]+"
    r"|(?<!\d),+"  # no digit before it
    r"|,(?!\d{3}(?!\d))"  # not a group of three behind it
    r"|(?<=\d{4}),"  # more than three digits before it
    r"|(?<=\d,\d{3},\d{3}),(?!\d{3}(?![\d,]))"  # a third comma begins another number, 7,654,321,7,654,322; or a sum
    r"|(?<=/\d{3},\d{3}),"  # 14/706,838,706,839
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line: an address, or what stands between two separators."""

    start: int
    end: int
    address: bool
    cell: bool
    """Whether a tab stands beside it, so that it is a cell of a pasted table."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of what was typed."""

    text: str
    """The line with one spelling for digits, dashes and blanks."""
    original: str
    removed: tuple[int, ...]
    """Before which position of `text` each zero-width mark of `original` was left out, in order."""
    apart: bool = False
    """Whether a blank line stands before it."""

    def typed(self, start: int, end: int) -> str:
        """Return what was typed between two positions of `text`, without blanks around it and cut if it is long."""
        if start >= end:
            return ""
        typed = self.original[self._original_position(start) : self._original_position(end - 1) + 1].strip()
        return shortened(typed, LONGEST_TYPED)

    def _original_position(self, position: int) -> int:
        """Return the position in `original` of a character of `text`."""
        return position + bisect_right(self.removed, position)

    def segments(self) -> Iterator[Segment]:
        """Yield the segments of the line in order; blank ones are left out."""
        position = 0
        for match in _URL.finditer(self.text) if _URL_SIGN.search(self.text) else ():
            yield from self._split(position, match.start())
            yield from self._addresses(match.start(), match.end())
            position = match.end()
        yield from self._split(position, len(self.text))

    def _addresses(self, start: int, end: int) -> Iterator[Segment]:
        """Yield the addresses in a stretch without blanks; several may be joined by commas."""
        position = start
        for match in _URL_NEXT.finditer(self.text, start, end):
            yield Segment(position, match.start(), address=True, cell=False)
            position = match.end()
        trimmed = len(self.text[position:end].rstrip(".,;:)]}>|"))
        yield Segment(position, position + trimmed, address=True, cell=False)

    def _split(self, start: int, end: int) -> Iterator[Segment]:
        """Yield the segments of a stretch that holds no address."""
        position, separator = start, ""
        for match in _SEPARATOR.finditer(self.text, start, end):
            yield from self._segment(position, match.start(), cell="\t" in (separator[-1:], match[0][0]))
            position, separator = match.end(), match[0]
        yield from self._segment(position, end, cell=separator[-1:] == "\t")

    def _segment(self, start: int, end: int, *, cell: bool) -> Iterator[Segment]:
        """Yield one segment, unless it is blank."""
        if _FILLED.search(self.text, start, end):
            yield Segment(start, end, address=False, cell=cell)


def lines(text: str) -> Iterator[TypedLine]:
    """Yield the lines of a text that are not blank, cleaned."""
    end = 0
    for match in _LINE.finditer(text):
        if not match[0].isspace():
            line = clean(match[0])
            yield replace(line, apart=True) if text.count("\n", end, match.start()) > 1 else line
            end = match.end()


def clean(line: str) -> TypedLine:
    """Return a line with one spelling of digits, dashes, blanks and commas, and without zero-width marks."""
    if line.isascii():
        return TypedLine(line, line, ())
    text = line.translate({ord(char): _plain_spelling(char) for char in set(line) if ord(char) > 127})
    if len(text) == len(line):
        return TypedLine(text, line, ())
    marks = (match.start() for match in _ZERO_WIDTH_MARK.finditer(line))
    return TypedLine(text, line, tuple(mark - earlier for earlier, mark in enumerate(marks)))


@lru_cache(maxsize=10_000)
def _plain_spelling(char: str) -> str:
    """Return the plain spelling of one character: one character, or none for a zero-width mark."""
    if char in _ZERO_WIDTH:
        return ""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    return char.translate(_SPELLINGS)
