"""The text that a PDF itself holds for a page, word by word. Loaded in processes of their own only."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

import pypdfium2

from components.confined.places import Places, Rectangle

_RAW: Final = pypdfium2.raw
MAX_LETTERS: Final = 200_000
"""Letters of one page that are looked at; a page of small print has some 8,000."""
MAX_WORDS: Final = 20_000
"""Words of one page that are kept."""
_HYPHEN: Final = 0x02
"""What PDFium tells for a hyphen at the end of a line where the word goes on in the next."""
_SOFT_HYPHEN: Final = 0xAD
_LIGATURES: Final = range(0xFB00, 0xFB07)
_REPLACEMENT: Final = 0xFFFD
_GARBAGE: Final = frozenset({"Co", "Cn", "Cs", "Cc"})
"""Kinds of characters that no text has: for private use, not assigned, halves, controls."""


class LaidWord(NamedTuple):
    """A word of the text layer."""

    text: str
    box: Rectangle
    """As shares of the page as it is shown."""
    line: int
    """Counted from 0 in reading order."""


@dataclass
class TextLayer:
    """What was found on one page."""

    words: list[LaidWord] = field(default_factory=list)
    letters: int = 0
    """Characters that are no spaces."""
    garbage: int = 0
    """Those of them that stand for nothing, or that the PDF does not say what they stand for."""
    turned: int = 0
    """By how many degrees clockwise the page is to be turned so that most of its text stands upright."""


class _Letter(NamedTuple):
    text: str
    box: Rectangle
    """As shares of the page as it is shown."""
    upright: Rectangle
    """The room that its font gives it, in points of the page turned so that the letter stands upright."""
    turn: int
    """By how many quarters, clockwise, that is."""


def text_layer_of(page: pypdfium2.PdfPage) -> TextLayer:
    """Return the words of a page of PDFium, in reading order, with their places on the page as it is shown."""
    layer = TextLayer()
    text = page.get_textpage()
    try:
        words = _words(list(_letters(text, Places(page), layer)))
    finally:
        text.close()
    lines = _in_reading_order(_lines(words))
    for number, line in enumerate(lines):
        layer.words.extend(LaidWord(word.text, word.box, number) for word in line)
    del layer.words[MAX_WORDS:]
    turns = [word.turn for word in words for _ in word.text]
    layer.turned = 90 * max(range(4), key=turns.count)
    return layer


def _letters(text: pypdfium2.PdfTextPage, place: Places, layer: TextLayer) -> Iterator[_Letter | None]:
    """Yield the letters of a page, and `None` where a word ends."""
    for index in range(min(_RAW.FPDFText_CountChars(text), MAX_LETTERS)):
        code = _RAW.FPDFText_GetUnicode(text, index)
        hyphen = _RAW.FPDFText_IsHyphen(text, index) == 1
        if not hyphen and _ends_word(code):
            yield None
            continue
        written = "-" if hyphen else _written(code)
        layer.letters += 1
        if written == chr(_REPLACEMENT) or _RAW.FPDFText_HasUnicodeMapError(text, index) == 1:
            layer.garbage += 1
        found = _places(text, index, place)
        if not written or found is None:
            continue
        turn = -(place.quarters + _quarters(text, index)) % 4
        yield _Letter(written, found[0], place.upright(found[1], turn), turn)


def _places(text: pypdfium2.PdfTextPage, index: int, place: Places) -> tuple[Rectangle, Rectangle] | None:
    """Return where a letter's strokes lie, and the room that its font gives it; `None` where that cannot be said."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not _RAW.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return None
    strokes = place.box(left.value, bottom.value, right.value, top.value)
    room = _RAW.FS_RECTF()
    if not _RAW.FPDFText_GetLooseCharBox(text, index, room):
        return None
    loose = place.box(room.left, room.bottom, room.right, room.top)
    return (strokes, loose) if all(map(math.isfinite, (*strokes, *loose))) else None


def _quarters(text: pypdfium2.PdfTextPage, index: int) -> int:
    """Return by how many quarters, clockwise on the unturned page, a letter lies."""
    angle = _RAW.FPDFText_GetCharAngle(text, index)
    return round(angle / (math.pi / 2)) % 4 if angle > 0 and math.isfinite(angle) else 0


def _ends_word(code: int) -> bool:
    return code in {0, 0x200B} or (code <= 0x10FFFF and chr(code).isspace())


def _written(code: int) -> str:
    """Return what is kept of a character: letters for a ligature, nothing for what cannot be seen."""
    if code in _LIGATURES:
        return unicodedata.normalize("NFKC", chr(code))
    if code in {_HYPHEN, _SOFT_HYPHEN, 0xFFFE}:
        return "-" if code != _SOFT_HYPHEN else ""
    if code > 0x10FFFF:
        return chr(_REPLACEMENT)
    kind = unicodedata.category(chr(code))
    if kind in _GARBAGE:
        return chr(_REPLACEMENT)
    return "" if kind == "Cf" else chr(code)


@dataclass
class _Word:
    text: str
    box: Rectangle
    upright: Rectangle
    turn: int

    def goes_on_with(self, letter: _Letter) -> bool:
        """Return whether a letter that follows without a space belongs to this word."""
        _, top, right, bottom = self.upright
        height = max(bottom - top, 1e-6)
        middle = (letter.upright[1] + letter.upright[3]) / 2
        near = top - 0.1 * height <= middle <= bottom + 0.1 * height
        taller = max(height, letter.upright[3] - letter.upright[1])
        gap = letter.upright[0] - right
        return self.turn == letter.turn and near and -3 * taller < gap < 1.0 * taller + 1

    def take(self, letter: _Letter) -> None:
        """Add a letter."""
        self.text += letter.text
        self.box = _around(self.box, letter.box)
        self.upright = _around(self.upright, letter.upright)


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _words(letters: list[_Letter | None]) -> list[_Word]:
    words: list[_Word] = []
    word: _Word | None = None
    for letter in letters:
        if letter is None:
            word = None
        elif word is not None and word.goes_on_with(letter):
            word.take(letter)
        else:
            word = _Word(letter.text, letter.box, letter.upright, letter.turn)
            words.append(word)
    for each in words:
        each.text = unicodedata.normalize("NFC", each.text)
    return words


_Line = list[_Word]


def _lines(words: list[_Word]) -> list[_Line]:
    """Return the words line by line, in the order in which the PDF has them."""
    lines: list[_Line] = []
    for word in words:
        if lines and _same_line(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _same_line(before: _Word, word: _Word) -> bool:
    """Return whether a word follows another one to its right, at the same height."""
    if before.turn != word.turn:
        return False
    shared = min(before.upright[3], word.upright[3]) - max(before.upright[1], word.upright[1])
    lower = min(before.upright[3] - before.upright[1], word.upright[3] - word.upright[1])
    return shared > 0.3 * lower and word.upright[0] >= before.upright[2] - 2


def _in_reading_order(lines: list[_Line]) -> list[_Line]:
    """Return the lines as they are read: as the PDF has them, unless that leads up and down the page."""
    places = [_around(line[0].upright, line[-1].upright) for line in lines]
    back = sum(later[3] < earlier[1] for earlier, later in pairwise(places))
    if back <= max(3, len(lines) // 10):
        return lines
    order = sorted(range(len(lines)), key=lambda index: (lines[index][0].turn, places[index][1], places[index][0]))
    return _joined([lines[index] for index in order])


def _joined(lines: list[_Line]) -> list[_Line]:
    """Return sorted lines with those that stand side by side made one."""
    rows: list[_Line] = []
    for line in lines:
        if rows and _level(rows[-1][0], line[0]):
            rows[-1].extend(line)
        else:
            rows.append([*line])
    for row in rows:
        row.sort(key=lambda word: word.upright[0])
    return rows


def _level(one: _Word, other: _Word) -> bool:
    shared = min(one.upright[3], other.upright[3]) - max(one.upright[1], other.upright[1])
    lower = min(one.upright[3] - one.upright[1], other.upright[3] - other.upright[1])
    return one.turn == other.turn and shared > 0.5 * lower
