"""Pages drawn with lines under and through their words, which are known from the drawing."""

import math
import re
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from components.page_reading.engines.engine import Scan
from components.page_texts import Box, Word, WordMark
from tests.page_reading.made_papers import FONT_FILE

WIDTH, HEIGHT = 8.5, 6.0
"""Of the page, in inches."""
_SIZE, _LEADING, _MARGIN = 11, 20, 54
"""In points."""
_DEPTH = {"u": -0.11, "s": 0.26}
"""How far above the line on which the letters stand a line is drawn, in sizes of the type."""
_SECOND = -0.22
"""Where the second of two lines under a word is."""
_THICK = 0.05
_KINDS = {"u": "underlined", "s": "struck"}
_PIECE = re.compile(r"<([us])>(.*?)</\1>|([^<]+)")


class MarkedPage(NamedTuple):
    """A drawn page: its picture, its words with the boxes of their ink, and what is marked of them."""

    scan: Scan
    words: list[Word]
    marks: list[WordMark]


class _Letters(NamedTuple):
    """A word as it is drawn: its text, where it begins and ends, and what is marked of it."""

    text: str
    left: float
    right: float
    base: float
    line: int
    marked: list[tuple[str, float, float]]


def marked_page(
    *lines: str,
    dpi: int = 300,
    slant: float = 0.0,
    turned: int = 0,
    fax: int = 0,
    tones: tuple[int, int] = (255, 0),
    double: bool = False,
    font: str = FONT_FILE,
) -> MarkedPage:
    """Draw a page.

    Args:
        lines: of text, in which `<u>…</u>` is underlined and `<s>…</s>` struck.
        dpi: dots an inch.
        slant: by how many degrees the lines fall to the right.
        turned: by how many degrees, clockwise, the page is turned.
        fax: sent by fax, which takes 204 dots an inch to the right and so many down, then drawn at `dpi`.
        tones: of the paper and of the ink.
        double: two lines under what is underlined.
        font: file of the type.
    """
    drawing = _Drawing(dpi, ImageFont.truetype(font, round(_SIZE * dpi / 72)), tones)
    for number, line in enumerate(lines):
        drawing.write(line, number, double=double)
    image = drawing.image
    if slant:
        image = image.rotate(-slant, Image.Resampling.BICUBIC, fillcolor=tones[0])
    if fax:
        sent = image.resize((round(WIDTH * 204), round(HEIGHT * fax)), Image.Resampling.BOX)
        image = sent.point(lambda tone: 255 if tone > 128 else 0).resize(image.size, Image.Resampling.BICUBIC)
    elif tones == (255, 0):
        image = image.point(lambda tone: 255 if tone > 127 else 0)
    boxes = [_box(word, drawing.type, image, slant, turned) for word in drawing.words]
    image = image.rotate(-turned, expand=True)
    scan = Scan(np.asarray(image).tobytes(), image.width, image.height, dpi)
    read = [Word(word.text, box, word.line, 90) for word, box in zip(drawing.words, boxes, strict=True)]
    return MarkedPage(scan, read, _marks(drawing.words))


class _Drawing:
    """A page while it is drawn."""

    def __init__(self, dpi: int, type_: ImageFont.FreeTypeFont, tones: tuple[int, int]) -> None:
        self.type = type_
        self.image = Image.new("L", (round(WIDTH * dpi), round(HEIGHT * dpi)), tones[0])
        self.words: list[_Letters] = []
        self._dot = dpi / 72
        self._draw = ImageDraw.Draw(self.image)
        self._ink = tones[1]

    def write(self, line: str, number: int, *, double: bool) -> None:
        """Write a line with its marks."""
        x, base = _MARGIN * self._dot, (_MARGIN + number * _LEADING) * self._dot
        goes_on = False
        for piece in _PIECE.finditer(line):
            kind, begins = piece[1] or "", x
            for part in re.findall(r"\s+|\S+", piece[2] or piece[3]):
                self._draw.text((x, base), part, fill=self._ink, font=self.type, anchor="ls")
                end = x + self.type.getlength(part)
                if not part.isspace():
                    before = self.words.pop() if goes_on else _Letters("", x, x, base, number, [])
                    marked = [*before.marked, *([(kind, x, end)] if kind else [])]
                    self.words.append(_Letters(before.text + part, before.left, end, base, number, marked))
                goes_on = not part.isspace()
                x = end
            for depth in [_DEPTH[kind], *([_SECOND] if double and kind == "u" else [])] if kind else []:
                thick = max(round(_THICK * self.type.size), 1)
                top = round(base - depth * self.type.size - thick / 2)
                self._draw.rectangle((round(begins), top, round(x) - 1, top + thick - 1), fill=self._ink)


def _box(word: _Letters, type_: ImageFont.FreeTypeFont, image: Image.Image, slant: float, turned: int) -> Box:
    left, top, right, bottom = type_.getbbox(word.text, anchor="ls")
    angle = math.radians(slant)
    x = word.left + (left + right) / 2 - image.width / 2
    y = word.base + (top + bottom) / 2 - image.height / 2
    across = x * math.cos(angle) - y * math.sin(angle) + image.width / 2
    down = x * math.sin(angle) + y * math.cos(angle) + image.height / 2
    half_wide, half_high = (right - left) / 2, (bottom - top) / 2 + (right - left) / 2 * abs(math.sin(angle))
    shares = ((across - half_wide) / image.width, (down - half_high) / image.height,
              (across + half_wide) / image.width, (down + half_high) / image.height)  # fmt: skip
    for _ in range(turned // 90):
        shares = (1 - shares[3], shares[0], 1 - shares[1], shares[2])
    return Box(*shares)


def _marks(words: list[_Letters]) -> list[WordMark]:
    return [
        WordMark(index, _KINDS[kind], (left - word.left) / (word.right - word.left),
                 (right - word.left) / (word.right - word.left))
        for index, word in enumerate(words)
        for kind, left, right in word.marked
    ]  # fmt: skip
