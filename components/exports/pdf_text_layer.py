"""Text behind the picture of a scanned page: it cannot be seen, but a viewer finds, marks and copies its words.

The words stand where the engine read them, one line below the other, in a font without shapes (`text_font`). They are
written in shares of the page as it is shown: one matrix turns and moves them to wherever the page's own boxes and its
turn put that, and the axes of a page that was turned to be read are those of its text.
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Final, NamedTuple

from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from components.exports.pdf_text import visible_line
from components.exports.text_font import CHARACTER_WIDTH, TextFont
from components.page_texts import PageText, Word

FONT_NAME: Final = "/ReadText"
"""Under which the resources of a page have the font."""
_SIDE: Final = 10_000
"""Units of the longer side of a page: whole numbers are short, and exact to a fiftieth of a millimetre."""
_AXES: Final = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}
"""By how far a page was turned clockwise to be read → where its lines run on the page as it is shown."""
_STEEPEST: Final = 0.15
"""What rises more over its length is no skewed line of text."""
_OUT_OF_LINE: Final = (-0.3, 1.3)
_TALLER: Final = 2.0
"""A word whose middle is outside of this share of its line's height, or that is so much taller, stands for itself."""


class PageFrame(NamedTuple):
    """What of a page is shown, in its own units, and by how many degrees it is turned clockwise to be shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height as it is shown."""
        sides = self.right - self.left, self.top - self.bottom
        return sides if self.turn % 180 == 0 else (sides[1], sides[0])


class _Place(NamedTuple):
    """Where a word stands: along its line and above its foot, in units."""

    begin: float
    end: float
    foot: float
    head: float


@dataclass(frozen=True, slots=True)
class _Line:
    """The line on which words stand: `foot` where `along` is 0, and how much it rises from there."""

    foot: float
    rise: float
    height: float

    def holds(self, place: _Place) -> bool:
        """Return whether a word stands on this line, however tall its letters are."""
        middle = (place.foot + place.head) / 2 - self.foot - self.rise * (place.begin + place.end) / 2
        least, most = (share * self.height for share in _OUT_OF_LINE)
        return least <= middle <= most and place.head - place.foot <= _TALLER * self.height


def text_layer(page: PageText, frame: PageFrame, font: TextFont) -> StreamObject | None:
    """Return what draws the words of a page, all of them invisible; `None` where there are none.

    Args:
        page: What was read on it.
        frame: Of the page on which it is drawn.
        font: In which; learns which characters are needed.
    """
    width, height = frame.shown
    scale = max(width, height) / _SIDE
    units = width / scale, height / scale
    drawn = [
        part
        for _, words in groupby(page.words, key=lambda word: word.line)
        for part in _drawn_line(list(words), units, page.turned % 360 // 90 * 90, font)
    ]
    if not drawn:
        return None
    matrix = " ".join(_number(value) for value in _matrix(frame, scale))
    stream = DecodedStreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    text = f"q {matrix} cm BT 3 Tr\n{''.join(drawn)}ET Q\n"
    stream.set_data(zlib.compress(text.encode("ascii"), 9))
    return stream


def _matrix(frame: PageFrame, scale: float) -> tuple[float, ...]:
    """Return the matrix from units of the page as it is shown, from its left and its bottom, to the page's own."""
    left, bottom, right, top, turn = frame
    return {
        0: (scale, 0, 0, scale, left, bottom),
        90: (0, scale, -scale, 0, right, bottom),
        180: (-scale, 0, 0, -scale, right, top),
        270: (0, -scale, scale, 0, left, top),
    }[turn]


def _drawn_line(words: Sequence[Word], units: tuple[float, float], turned: int, font: TextFont) -> Iterator[str]:
    """Yield what draws the words of one line.

    Each ends with a blank, so that no viewer joins it with the next one; besides, PDFium (Chrome) takes no notice of a
    text of one character whose shape is empty.
    """
    placed = _runs(
        (text, place)
        for word in words
        if (text := visible_line(word.text)) and (place := _place(word, units, turned)) is not None
    )
    if not placed:
        return
    line = _line_of([place for _, place in placed])
    now: _Line | None = None
    begun, moved = 0.0, 0
    for text, place in placed:
        own = line if line.holds(place) else _Line(place.foot, 0.0, place.head - place.foot)
        slant = math.hypot(1, own.rise)
        if own is not now:
            yield _begun(own, place.begin, turned)
            now, begun, moved = own, place.begin, 0
        else:
            by = round((place.begin - begun) * slant) - moved
            yield f"{by} 0 Td "
            moved += by
        stretch = 100 * (place.end - place.begin) * slant / (len(text) * CHARACTER_WIDTH / 1000 * round(own.height))
        yield f"{stretch:.1f} Tz <{font.encoded(text + ' ')}> Tj\n"


def _runs(words: Iterable[tuple[str, _Place]]) -> list[tuple[str, _Place]]:
    """Return words with those made one that follow each other without a blank, as Chinese and Japanese ones do."""
    runs: list[tuple[str, _Place]] = []
    for text, place in words:
        before, end = runs[-1] if runs else ("", place)
        near = place.begin - end.end < end.head - end.foot
        if before and near and place.begin >= end.begin and _is_ideographic(before[-1]) and _is_ideographic(text[0]):
            sides = end.begin, max(place.end, end.end), min(place.foot, end.foot), max(place.head, end.head)
            runs[-1] = before + text, _Place(*sides)
        else:
            runs.append((text, place))
    return runs


def _begun(line: _Line, along: float, turned: int) -> str:
    """Return what puts the pen on a line, with its height and its direction."""
    right, up = _AXES[turned]
    foot = line.foot + line.rise * along
    length = math.hypot(1, line.rise)
    cos, sin = 1 / length, line.rise / length
    # The line's direction and its upright in the axes of the text, then on the page.
    matrix = (right * cos - up * sin, up * cos + right * sin, -up * cos - right * sin, right * cos - up * sin)
    x, y = right * along - up * foot, up * along + right * foot
    turn = " ".join(_number(value) for value in matrix)
    return f"{FONT_NAME} {round(line.height)} Tf {turn} {round(x)} {round(y)} Tm "


def _place(word: Word, units: tuple[float, float], turned: int) -> _Place | None:
    """Return where a word stands in the axes of the text; `None` for one that has no place on the page."""
    if not all(math.isfinite(side) for side in word.box):
        return None
    left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in word.box)
    xs = left * units[0], right * units[0]
    ys = (1 - bottom) * units[1], (1 - top) * units[1]
    to_right, to_up = _AXES[turned]
    begin, end = sorted(to_right * x + to_up * y for x, y in zip(xs, ys, strict=True))
    foot, head = sorted(to_right * y - to_up * x for x, y in zip(xs, ys, strict=True))
    return _Place(begin, end, foot, head) if end - begin >= 1 and head - foot >= 1 else None


def _line_of(places: Sequence[_Place]) -> _Line:
    """Return the line on which most of these words stand; skewed as far as their feet say."""
    tall = median(place.head - place.foot for place in places)
    body = [place for place in places if tall / 2 <= place.head - place.foot <= _TALLER * tall]
    rise = _rise([((place.begin + place.end) / 2, place.foot) for place in body])
    risen = [rise * (place.begin + place.end) / 2 for place in body]
    foot = median(place.foot - up for place, up in zip(body, risen, strict=True))
    head = median(place.head - up for place, up in zip(body, risen, strict=True))
    # The box of a skewed word is higher than its letters by what it rises from its begin to its end.
    wide = median(place.end - place.begin for place in body)
    return _Line(foot + abs(rise) * wide / 2, rise, max(head - foot - abs(rise) * wide, 1.0))


def _rise(feet: Sequence[tuple[float, float]]) -> float:
    """Return how much the feet of words rise over their line: the slope of the straight line nearest to them."""
    if len(feet) < 3:
        return 0.0
    middle, level = (sum(values) / len(feet) for values in zip(*feet, strict=True))
    spread = sum((along - middle) ** 2 for along, _ in feet)
    rise = sum((along - middle) * (foot - level) for along, foot in feet) / spread if spread else 0.0
    return rise if abs(rise) <= _STEEPEST else 0.0


def _is_ideographic(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\uffef" or character >= "\U00020000"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
