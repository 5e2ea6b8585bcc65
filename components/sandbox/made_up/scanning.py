"""Draws a laid-out page as a scanner would give it: a picture, a little askew and speckled, without any text layer.

A picture depends on its page and its seed alone, so the same paper gives the same bytes on one machine.
"""

import random
from functools import cache
from pathlib import Path
from typing import Final

import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFont

from components.sandbox.made_up.sheets import HEIGHT, WIDTH, Sheet

DPI: Final = 200
_SCALE = DPI / 72
REGULAR: Final = "Vera"
BOLD: Final = "VeraBd"
"""The fonts of scans: they come with reportlab, so they are at hand everywhere."""
_SPECKS, _HOLES_IN_LETTERS = 260, 900
_TILE = 256


def scan(sheet: Sheet, *, seed: int, skew: float, turned: bool = False) -> Image.Image:
    """Return the picture of a page.

    Args:
        sheet: the page; its look says whether the picture is black and white (mode 1) or grey (mode L).
        seed: decides where specks lie.
        skew: degrees by which the page lay askew.
        turned: whether it lay on its side.
    """
    size = (round(WIDTH * _SCALE), round(HEIGHT * _SCALE))
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    for stroke in sheet.strokes:
        ends = [coordinate * _SCALE for coordinate in stroke[:4]]
        draw.line(ends, fill=0, width=max(2, round(stroke.width * _SCALE)))
    for run in sheet.runs:
        font = _font(run.font, round(run.size * _SCALE))
        draw.text((round(run.x * _SCALE), round(run.y * _SCALE)), run.text, fill=0, font=font, anchor="ls")
    picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    chance = random.Random(seed)  # noqa: S311 - specks, no secrets
    picture = _greyed(picture, chance) if sheet.look == "grey" else _speckled(picture, chance)
    return picture.transpose(Image.Transpose.ROTATE_90) if turned else picture


def measure(text: str, font: str, size: float) -> float:
    """Return the length in points of a text as it is drawn: with whole pixels, which differ from the exact length."""
    return _font(font, round(size * _SCALE)).getlength(text) / _SCALE


def _speckled(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Return the picture in black and white, with specks on the paper and small holes in letters."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for colour, count in ((0, _SPECKS), (255, _HOLES_IN_LETTERS)):
        for _ in range(count):
            x, y, side = chance.randrange(width), chance.randrange(height), chance.choice((0, 0, 0, 1, 1, 2))
            draw.rectangle((x, y, x + side, y + side), fill=colour)
    _streak(draw, width, height, chance)
    return picture.point(_black_or_white, mode="1")


def _streak(draw: ImageDraw.ImageDraw, width: int, height: int, chance: random.Random) -> None:
    """Draw, on one page in three, the broken line that dust on the glass leaves along the way of the paper."""
    if chance.randrange(3):
        return
    x, y = chance.randrange(width), 0
    while y < height:
        y += chance.randrange(20, 300)
        draw.line((x, y, x, y + chance.randrange(4, 40)), fill=0)


def _greyed(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Return the picture in grey: paper that is not white, ink that is not black, and the grain of a sensor."""
    grain = Image.frombytes("L", (_TILE, _TILE), bytes(value % 20 for value in chance.randbytes(_TILE * _TILE)))
    everywhere = Image.new("L", picture.size)
    for x in range(0, picture.width, _TILE):
        for y in range(0, picture.height, _TILE):
            everywhere.paste(grain, (x, y))
    return ImageChops.subtract(picture.point(_faded), everywhere)


_black_or_white = [255 if value > 140 else 0 for value in range(256)]
_faded = [60 + value * 180 // 255 for value in range(256)]


@cache
def _font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size."""
    file = Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"
    return ImageFont.truetype(file, pixels, layout_engine=ImageFont.Layout.BASIC)
