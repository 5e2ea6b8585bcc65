"""A scan made easier to read: shadows are lit up, specks wiped off, and slanting lines laid level.

Tesseract itself reads lines that slant by up to 2 degrees; from 3 degrees it mixes them up.
"""

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from components.page_reading.engines.engine import Scan
from components.page_texts import Box, Word

_DARK: Final = 128
"""Below this tone a pixel is ink."""
_MOST_SLANT: Final = 6.0
"""Degrees to either side at which lines are looked for."""
_LEAST_SLANT: Final = 0.3
"""Degrees below which lines are left as they are."""
_ROUGH_DPI: Final = 75
"""Dots an inch at which lines are looked for."""
_CLEARER: Final = 1.1
"""By how much clearer lines must stand out once they are laid level; those of drawings do not."""
_SPECK_INCHES: Final = 0.0105
"""Width and height of the greatest speck: three pixels at 300 dots an inch; the dot of small print has four."""
_SPECKLED: Final = 200
"""Places of specks in a million pixels from which a page is wiped; clean scans of text have less than 60, those with
3,000 specks on a page 2,000 and more. Hatched drawings have as many, and lose nothing that is read."""

_BAND_ROWS: Final = 128
"""Rows of a page in which specks are looked for at a time, which bounds the memory that it takes."""

_PAPER_DPI: Final = 25
"""Dots an inch at which the tone of the paper is looked for."""
_PAPER_WINDOW: Final = 9
"""Width and height, in these dots, of the places of which the lightest tone is that of the paper: a third of an inch,
wider than any stroke of a letter."""
_WHITE_PAPER: Final = 225
"""From this tone on paper counts as white."""
_SHADED: Final = 0.02
"""Share of a page that is not white from which it is lit up."""
_DARKEST_PAPER: Final = 40
"""Paper is not taken for darker than this: what is black all over stays black."""

Grey = npt.NDArray[np.uint8]
"""Rows of tones, 0 for black."""
_Indices = npt.NDArray[np.intp]


def pixels_of(scan: Scan) -> Grey:
    """Return the tones of a scan, row by row."""
    return np.frombuffer(scan.pixels, np.uint8).reshape(scan.height, scan.width)


def scan_of(pixels: Grey, dpi: int) -> Scan:
    """Return a scan of these tones."""
    return Scan(pixels.tobytes(), pixels.shape[1], pixels.shape[0], dpi)


def at_dots(scan: Scan, dpi: int) -> Scan:
    """Return a scan with no more than so many dots an inch."""
    if scan.dpi <= dpi:
        return scan
    share = dpi / scan.dpi
    size = (max(round(scan.width * share), 1), max(round(scan.height * share), 1))
    image = Image.fromarray(pixels_of(scan)).resize(size, Image.Resampling.BOX)
    return Scan(image.tobytes(), image.width, image.height, dpi)


def lit_up(scan: Scan) -> Scan:
    """Return a scan whose paper is white all over, where shadows or a tint make it grey.

    Engines tell ink from paper by one tone for the whole page, and lose what stands in a shadow.
    """
    image = Image.fromarray(pixels_of(scan))
    step = max(round(scan.dpi / _PAPER_DPI), 1)
    paper = image.reduce(step).filter(ImageFilter.MaxFilter(_PAPER_WINDOW)).filter(ImageFilter.GaussianBlur(3))
    tones = np.asarray(paper)
    if (tones < _WHITE_PAPER).mean() < _SHADED:
        return scan
    light = np.asarray(paper.resize(image.size, Image.Resampling.BILINEAR))
    lit = pixels_of(scan).astype(np.uint16)
    lit *= 255
    lit //= np.maximum(light, _DARKEST_PAPER)
    return scan_of(np.minimum(lit, 255).astype(np.uint8), scan.dpi)


def without_specks(scan: Scan) -> Scan:
    """Return a scan without specks, which are small dark spots with nothing but white around them.

    A scan that has hardly any is returned as it is: some may be the dots of very small print.
    """
    pixels = pixels_of(scan)
    widest = max(round(_SPECK_INCHES * scan.dpi), 1)
    specks = [
        (size, rows, columns)
        for top in range(0, scan.height, _BAND_ROWS)
        for size, rows, columns in _specks_of_band(pixels, top, widest)
    ]
    if sum(len(rows) for _, rows, _ in specks) < _SPECKLED * pixels.size / 1_000_000:
        return scan
    wiped = pixels.copy()
    for size, rows, columns in specks:
        for down in range(size):
            for across in range(size):
                wiped[rows + down, columns + across] = 255
    return scan_of(wiped, scan.dpi)


def _specks_of_band(pixels: Grey, top: int, widest: int) -> list[tuple[int, _Indices, _Indices]]:
    """Return sizes, rows and columns of the specks that begin in a band of a page.

    Args:
        pixels: of the page.
        top: first row of the band.
        widest: width and height of the greatest speck in pixels.
    """
    height, width = pixels.shape
    # With a margin for the ring around a speck, and for specks that reach below the band; white outside the page.
    first, last = max(top - 1, 0), min(top + _BAND_ROWS + widest, height)
    dark = np.zeros((_BAND_ROWS + widest + 1, width + 2), np.bool_)
    start = first - (top - 1)
    dark[start : start + last - first, 1:-1] = pixels[first:last] < _DARK
    sums = _sums(dark)
    found = []
    for size in range(1, widest + 1):
        rows, columns = _specks(sums, size)
        inside = (rows < _BAND_ROWS) & (rows + top + size <= height)
        found.append((size, rows[inside] + top, columns[inside]))
    return found


def _sums(dark: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """Return how many pixels are dark above and to the left of each corner."""
    sums = np.zeros((dark.shape[0] + 1, dark.shape[1] + 1), np.int32)
    np.cumsum(dark, axis=0, dtype=np.int32, out=sums[1:, 1:])
    np.cumsum(sums, axis=1, out=sums)
    return sums


def _specks(sums: npt.NDArray[np.int32], size: int) -> tuple[_Indices, _Indices]:
    """Return where a square of this size holds ink, and the ring of pixels around it none.

    Returns:
        Row and column of the ring's first corner, which are those of the speck on a page without the margin.
    """
    ring = size + 2
    outer = sums[ring:, ring:] - sums[:-ring, ring:] - sums[ring:, :-ring] + sums[:-ring, :-ring]
    rows, columns = np.nonzero((outer > 0) & (outer <= size * size))
    ends = (rows + 1 + size, columns + 1 + size)
    inner = sums[ends] - sums[rows + 1, ends[1]] - sums[ends[0], columns + 1] + sums[rows + 1, columns + 1]
    alone = inner == outer[rows, columns]
    return rows[alone], columns[alone]


def slant_of(scan: Scan) -> float:
    """Return by how many degrees the lines of a scan fall to the right; negative where they rise, 0 where level.

    At the right angle the ink of a page of text falls into the fewest rows.
    """
    image = Image.fromarray(pixels_of(scan))
    share = min(_ROUGH_DPI / scan.dpi, 1.0)
    small = image.resize(
        (max(round(image.width * share), 1), max(round(image.height * share), 1)), Image.Resampling.BOX
    )
    rows, columns = np.nonzero(np.asarray(small) < 200)
    if not len(rows):
        return 0.0

    def clearness(degrees: float) -> float:
        level = rows - columns * math.tan(math.radians(degrees))
        counts = np.bincount((level - level.min()).astype(np.intp)).astype(np.float64)
        return float(np.square(np.diff(counts)).sum())

    best = max(np.arange(-_MOST_SLANT, _MOST_SLANT + 0.25, 0.5), key=clearness)
    best = float(max(np.arange(best - 0.5, best + 0.55, 0.1), key=clearness))
    clear = clearness(best) > _CLEARER * clearness(0.0)
    return best if clear and abs(best) >= _LEAST_SLANT else 0.0


def levelled(scan: Scan, slant: float) -> Scan:
    """Return a scan turned about its middle so that lines that fall by so many degrees are level."""
    image = Image.fromarray(pixels_of(scan)).rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return replace(scan, pixels=image.tobytes())


def slanted(word: Word, slant: float, *, width: int, height: int) -> Word:
    """Return a word of a levelled scan with its box on the scan as it was: the least box around the slanting one."""
    angle = math.radians(slant)
    corners: list[tuple[float, float]] = []
    for x, y in ((word.box.left, word.box.top), (word.box.right, word.box.bottom)):
        corners.append(((x - 0.5) * width, (y - 0.5) * height))
    (left, top), (right, bottom) = corners
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    across = middle_x * math.cos(angle) - middle_y * math.sin(angle)
    down = middle_x * math.sin(angle) + middle_y * math.cos(angle)
    half_wide = (right - left) / 2 * math.cos(angle)
    half_high = (bottom - top) / 2 + (right - left) / 2 * abs(math.sin(angle))
    shares = ((across - half_wide) / width, (down - half_high) / height, (across + half_wide) / width,
              (down + half_high) / height)  # fmt: skip
    return word._replace(box=Box(*(min(max(share + 0.5, 0.0), 1.0) for share in shares)))


def turned_scan(scan: Scan, degrees: int) -> Scan:
    """Return a scan turned clockwise by 0, 90, 180 or 270 degrees."""
    turned: Any = np.rot90(pixels_of(scan), -degrees // 90)
    return scan_of(turned, scan.dpi)


def unturned(word: Word, degrees: int) -> Word:
    """Return a word of a scan that was turned clockwise by so many degrees with its box on the scan as it was."""
    left, top, right, bottom = word.box
    for _ in range(degrees // 90):  # a quarter back: what is at the right came from the top
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return word._replace(box=Box(left, top, right, bottom))
