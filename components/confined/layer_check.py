"""Whether a page's text layer is the text of the page, or only a stamp, a header, or signs that stand for nothing."""

import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from components.confined.places import Places
from components.confined.text_layer import LaidWord, TextLayer

_RAW: Final = pypdfium2.raw
_MOST_GARBAGE: Final = 0.15
"""Up to which share of signs that stand for nothing a text is one."""
_VOWELS: Final = frozenset("aeiouyäöüàâéèêëîïôùûæøåáíóú")
_FEWEST_VOWELS: Final = 0.22
"""Below this share of vowels Latin letters are no language: English has 0.39, its letters moved on by three in the
alphabet 0.19, proteins by the letters of their amino acids 0.23."""
_LETTERS_FOR_VOWELS: Final = 200
_MARGIN: Final = 0.09
"""Share of the page's height at its head and foot in which stamps, headers and page numbers stand."""
_FEW_WORDS: Final = 30
_SOME_WORDS: Final = 3
_BARELY_COVERED: Final = 0.1
_COVERED: Final = 0.5
"""From which share of the page on its images may be the page itself."""
_NEARLY_ALL: Final = 0.85
_INK_SIDE: Final = 600
"""Pixels along the longer side of the small picture by which ink and words are compared."""
_GRID: Final = 200
"""Squares along each side by which it is measured how much of the page images cover."""
_MAX_IMAGES: Final = 5_000
_MAX_DEPTH: Final = 4
_FAR_OFF: Final = 100
"""Pages' widths beyond which a corner is not believed."""
_INK: Final = 48
"""By how many of 255 shades a pixel differs from the paper where something is on it."""
_FEWEST_INKED: Final = 3
"""Inked pixels, at a quarter of the size of a scan, below which there is nothing on it: specks alone have fewer."""


@dataclass(frozen=True)
class Images:
    """What images there are on a page."""

    cover: float
    """The share of the page that they cover."""
    densest: float
    """The most pixels for each point of the page that one of those has which cover much of it; 0 without any."""


def is_the_text(page: pypdfium2.PdfPage, layer: TextLayer, images: Images) -> bool:
    """Return whether the layer holds what is written on the page.

    Text behind a scan, which somebody else's engine has read, is taken where it lies where the ink is.

    Args:
        page: of PDFium.
        layer: its words.
        images: its images.
    """
    if not layer.words or not looks_like_text(layer):
        return False
    body = [word for word in layer.words if _MARGIN < (word.box[1] + word.box[3]) / 2 < 1 - _MARGIN]
    many = len(body) >= _FEW_WORDS
    if images.cover < _BARELY_COVERED and len(body) >= _SOME_WORDS:
        return True  # a drawing: its lines are ink that no text layer tells
    if images.cover < _COVERED:
        return many or _ink_under(page, layer.words) >= 0.3
    return (many and images.cover < _NEARLY_ALL) or _ink_under(page, layer.words) >= 0.5


def looks_like_text(layer: TextLayer) -> bool:
    """Return whether the signs stand for something."""
    if layer.garbage > _MOST_GARBAGE * layer.letters:
        return False
    latin = [letter for word in layer.words for letter in word.text.lower() if letter.isalpha() and letter < "\u0250"]
    vowels = sum(letter in _VOWELS for letter in latin)
    return len(latin) < _LETTERS_FOR_VOWELS or vowels >= _FEWEST_VOWELS * len(latin)


def _ink_under(page: pypdfium2.PdfPage, words: Sequence[LaidWord]) -> float:
    """Return the share of what is drawn on the page that lies where the words are; 1 where nothing is drawn."""
    scale = _INK_SIDE / max(page.get_size())
    picture = page.render(scale=scale, grayscale=True).to_pil()
    inked = _ink(picture)
    under = Image.new("L", picture.size)
    draw = ImageDraw.Draw(under)
    for word in words:
        left, top, right, bottom = (
            share * side for share, side in zip(word.box, (picture.width, picture.height) * 2, strict=True)
        )
        draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=255)
    whole = inked.histogram()[255]
    return ImageChops.multiply(inked, under).histogram()[255] / whole if whole else 1.0


def _ink(picture: Image.Image) -> Image.Image:
    """Return where a picture is not like its paper: white there, else black."""
    shades = picture.histogram()
    paper = shades.index(max(shades))
    return picture.point([255 if abs(shade - paper) > _INK else 0 for shade in range(256)])


def is_empty(scan: Image.Image) -> bool:
    """Return whether there is nothing on a scan but specks, each smaller than the thinnest stroke of a letter."""
    return _ink(scan.reduce(4)).histogram()[255] < _FEWEST_INKED


def images_of(page: pypdfium2.PdfPage) -> Images:
    """Return what images there are on a page, those in its forms included."""
    places = Places(page)
    covered = Image.new("L", (_GRID, _GRID))
    draw = ImageDraw.Draw(covered)
    densest = 0.0
    for image in _images(page):
        with suppress(pypdfium2.PdfiumError):
            corners = _corners(image)
            shown = [places.place(*corner) for corner in corners]
            if all(abs(value) < _FAR_OFF for place in shown for value in place):
                draw.polygon([(x * _GRID, y * _GRID) for x, y in shown], fill=255)
                across = max(math.dist(one, other) for one, other in pairwise(corners))
                if across > 0.5 * max(places.width, places.height):
                    densest = max(densest, max(image.get_px_size()) / across)
    return Images(covered.histogram()[-1] / _GRID**2, densest)


def _images(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    return islice(page.get_objects(filter=[_RAW.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH), _MAX_IMAGES)


def can_show_its_images(page: pypdfium2.PdfPage) -> bool:
    """Return whether all images of a page can be unpacked: where one cannot, a white page is not an empty one."""
    try:
        for image in _images(page):
            image.get_bitmap().close()
    except pypdfium2.PdfiumError:
        return False
    return True


def _corners(image: pypdfium2.PdfImage) -> list[tuple[float, float]]:
    """Return where the corners of an image lie, in the PDF's own units."""
    corners = list(image.get_quad_points())
    form = image.container
    while form is not None:
        matrix = form.get_matrix()
        corners = [matrix.on_point(*corner) for corner in corners]
        form = form.container
    return corners
