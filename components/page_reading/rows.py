"""The rows in which words stand on a page, with the line that their letters stand on, and how large these are.

Boxes alone tell neither: that of "pay" ends lower than that of "hat", and that of an underlined word lower than that of
the same word without a line. So each box is corrected by its letters, and the words of a row decide together.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from components.page_texts import Box, Word

_DEEP: Final = frozenset("gjpqyQ()[]{}|/§ç@")
_LOW: Final = frozenset(",;")
_HIGH: Final = frozenset("bdfhkl()[]{}|/§!?\"'“”‘’&%$#@ß")
_MIDDLE: Final = frozenset("tij:;")
_ASCENT, _T_ASCENT, _X_HEIGHT, _DESCENT, _TAIL = 0.70, 0.63, 0.48, 0.21, 0.13
"""How far letters reach above the line that they stand on, and below it, in the size of the type; so in Times and
Arial, and nearly so in all other types in which papers are written."""
_FAR: Final = 2.5
"""Sizes of type between two words that stand in different columns, or cells of a table."""
_LEAST_EM: Final = 0.06
"""Inches: type of 4 points. What is smaller is no writing that was read."""
_MOST_EM: Final = 0.5


class Place(NamedTuple):
    """A word with its box in pixels, the text upright."""

    word: int
    """Its index on its page."""
    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: int
    """How sure the engine was of it, in per cent."""

    @property
    def middle(self) -> float:
        """Its middle column."""
        return (self.left + self.right) / 2


class Row(NamedTuple):
    """Words that stand beside one another."""

    places: tuple[Place, ...]
    """From the left to the right."""
    em: float
    """The size of their type, in pixels."""
    base: float
    """The line that their letters stand on, where it would meet the page's left edge."""
    slope: float
    """By how many pixels that line falls for each pixel to the right."""
    before: int | None
    """Index of the last word of the line that stands far before these; `None` where none does."""

    @property
    def confidence(self) -> float:
        """How sure the engine was of its words, each weighing as many letters as it has, in per cent."""
        letters = sum(len(place.text) for place in self.places)
        return sum(place.confidence * len(place.text) for place in self.places) / letters

    def base_at(self, column: float) -> float:
        """Return the row of pixels on which the letters stand at a column."""
        return self.base + self.slope * column


def quarter_of(words: Sequence[Word], width: int, height: int) -> int:
    """Return by how many quarters, clockwise, a page is turned so that most of its text is upright.

    Told from the order of its words: where the next word of a line stands to the left, the page stands on its head.
    """
    votes = [0.0] * 4
    for one, other in pairwise(words):
        if one.line != other.line:
            continue
        across = (other.box.left + other.box.right - one.box.left - one.box.right) * width / 2
        down = (other.box.top + other.box.bottom - one.box.top - one.box.bottom) * height / 2
        if abs(across) > 2 * abs(down):
            votes[0 if across > 0 else 2] += 1
        elif abs(down) > 2 * abs(across):
            votes[3 if down > 0 else 1] += 1
    return max(range(4), key=votes.__getitem__)


def rows_of(words: Sequence[Word], *, quarter: int, width: int, height: int, dpi: int) -> list[Row]:
    """Return the rows of a page's words.

    Args:
        words: of the page, their boxes those of the page as it is shown.
        quarter: by how many quarters, clockwise, it is turned to be upright.
        width: pixels of the page once it is upright.
        height: likewise.
        dpi: dots an inch.
    """
    lines: dict[int, list[Place]] = {}
    for index, word in enumerate(words):
        place = _place(index, word, quarter, width, height)
        if place is not None:
            lines.setdefault(word.line, []).append(place)
    slope = _slope([sorted(line, key=lambda place: place.left) for line in lines.values()])
    return [row for line in lines.values() for row in _rows(line, slope) if _LEAST_EM * dpi <= row.em <= _MOST_EM * dpi]


def _place(index: int, word: Word, quarter: int, width: int, height: int) -> Place | None:
    left, top, right, bottom = _turned(word.box, quarter)
    place = Place(index, word.text, left * width, top * height, right * width, bottom * height, word.confidence)
    wide, high = place.right - place.left, place.bottom - place.top
    # A dash, a line of a form that was read as one, and what runs across the others.
    if min(wide, high) < 1 or (len(word.text) >= 4 and high > 2 * wide):
        return None
    return place if any(letter.isalnum() for letter in word.text) or high > 0.35 * wide else None


def _turned(box: Box, quarter: int) -> Box:
    left, top, right, bottom = box
    for _ in range(quarter):  # a quarter clockwise: what is at the bottom comes to the left
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return Box(left, top, right, bottom)


def _reach(text: str) -> tuple[float, float]:
    """Return how far a word reaches above the line it stands on and below it, in sizes of type."""
    letters = [letter for letter in text if letter.isalnum() or letter in _DEEP or letter in _LOW]
    if any(letter in _HIGH or letter.isupper() or letter.isdigit() for letter in text):
        above = _ASCENT
    else:
        above = _T_ASCENT if any(letter in _MIDDLE for letter in text) else _X_HEIGHT
    deep = any(letter in _DEEP for letter in letters)
    return above, _DESCENT if deep else _TAIL if any(letter in _LOW for letter in letters) else 0.0


def _em(place: Place) -> float:
    above, below = _reach(place.text)
    return (place.bottom - place.top) / (above + below)


def _slope(lines: Sequence[Sequence[Place]]) -> float:
    """Return by how much the lines of a page fall: the median of what their words say."""
    said = []
    for line in lines:
        if len(line) < 4:
            continue
        bases = [place.bottom - _reach(place.text)[1] * _em(place) for place in line]
        third = max(len(line) // 3, 2)
        far = median(place.middle for place in line[-third:]) - median(place.middle for place in line[:third])
        if far > 4 * (line[0].bottom - line[0].top):
            said.append((median(bases[-third:]) - median(bases[:third])) / far)
    slope = median(said) if len(said) >= 3 else 0.0
    return slope if abs(slope) < math.tan(math.radians(8)) else 0.0


def _parts(line: Sequence[Place]) -> Iterator[list[Place]]:
    """Yield the words of a line in groups that stand close to one another."""
    ordered = sorted(line, key=lambda place: place.left)
    em = median(map(_em, ordered))
    part = ordered[:1]
    for place in ordered[1:]:
        if place.left - max(before.right for before in part) > _FAR * em:
            yield part
            part = []
        part.append(place)
    yield part


def _rows(line: Sequence[Place], slope: float) -> Iterator[Row]:
    before = None
    for part in _parts(line):
        yield _row(part, slope, before)
        before = part[-1].word


def _weighted(values: Sequence[tuple[float, int]]) -> float:
    """Return the median of values, each counting so many times."""
    return median(value for value, times in values for _ in range(times))


def _row(places: Sequence[Place], slope: float, before: int | None) -> Row:
    # A level box around a slanting word is higher than the word by what this falls.
    tilt = [abs(slope) * (place.right - place.left) for place in places]
    sizes = [max(_em(place) - rise / 0.8, 1.0) for place, rise in zip(places, tilt, strict=True)]
    em = _weighted([(size, len(place.text)) for size, place in zip(sizes, places, strict=True)])
    bases = [
        place.bottom - rise / 2 - _reach(place.text)[1] * em - slope * place.middle
        for place, rise in zip(places, tilt, strict=True)
    ]
    # An underlined word ends lower than it would, and never higher: of two halves the upper one is right.
    bases.sort()
    return Row(tuple(places), em, median(bases[: len(bases) // 2 + 1]), slope, before)
