"""The worker that draws pages of PDFs. Loaded in processes of their own only; `documents` asks them."""

import io
import math
from collections.abc import Mapping
from typing import Any, Final

from PIL import Image, ImageChops

from components.confined.bounds import MAX_PIXELS, MAX_SIDE
from components.confined.papers import OpenPaper, Unreadable

_COLOUR_NOISE: Final = 12
"""By how much the channels of a pixel may differ on a page without colour: compression of a scan alone does that."""
_TONES: Final = 16
"""Shades of grey that are kept of a page of text and lines."""
_MOST_HALFTONES: Final = 0.2
"""Up to which share of pixels between black and white a page is one of text and lines, and not of photographs."""
_BLACK, _WHITE = 64, 192
_JPEG_QUALITY: Final = 85


class Worker:
    """Draws pages of the PDF that it was given last."""

    def __init__(self) -> None:
        Image.preinit()  # nothing can be loaded later
        self._paper = OpenPaper()

    def answer(self, order: Mapping[str, Any], data: bytes) -> tuple[dict[str, int | str], bytes]:
        """Return what is told of a page, and its picture.

        Args:
            order: `page` (from 1), `width` (pixels), `new` (whether a PDF comes with it, or the one before is meant).
            data: the new PDF.
        """
        pages = 0
        try:
            if order["new"]:
                self._paper.open(data)
            pages = self._paper.pages
            kind, picture = self._picture(int(order["page"]), int(order["width"]))
        except Unreadable as error:
            return {"problem": str(error), "pages": pages}, b""
        except MemoryError:
            return {"problem": "memory", "pages": pages}, b""
        return {"kind": kind, "pages": pages}, picture

    def _picture(self, number: int, width: int) -> tuple[str, bytes]:
        page = self._paper.page(number)
        try:
            bitmap = page.render(scale=scale_for(*page.get_size(), width=width), rev_byteorder=True)
            return self._encoded(bitmap.to_pil())
        finally:
            page.close()

    def _encoded(self, image: Image.Image) -> tuple[str, bytes]:
        """Return a PNG of a page of text and lines, and a JPEG of one with colour or photographs.

        Of 1,200 pixels' width a scanned page of text took 15 ms and 160 kB as a PNG of 16 shades, 3 ms and 290 kB as a
        JPEG with shadows around its letters, 45 ms and 210 kB as WebP.
        """
        red, green, blue = image.split()
        differences = [ImageChops.difference(red, other).histogram() for other in (green, blue)]
        coloured = any(sum(counts[_COLOUR_NOISE:]) for counts in differences)
        file = io.BytesIO()
        if coloured or sum(red.histogram()[_BLACK:_WHITE]) > _MOST_HALFTONES * image.width * image.height:
            (image if coloured else red).save(file, "JPEG", quality=_JPEG_QUALITY)
            return "jpeg", file.getvalue()
        step = 255 // (_TONES - 1)
        shades = red.point([(tone + step // 2) // step for tone in range(256)])
        packed = Image.frombytes("P", shades.size, shades.tobytes())
        packed.putpalette([tone * step for tone in range(_TONES) for _ in range(3)])
        packed.save(file, "PNG", bits=4, compress_level=1)
        return "png", file.getvalue()


def scale_for(page_width: float, page_height: float, *, width: int) -> float:
    """Return the pixels for each point of a page that is to be `width` pixels wide, within what one picture may have.

    Raises:
        Unreadable: the page has no size.
    """
    sizes = (page_width, page_height)
    if not all(math.isfinite(size) and size > 0 for size in sizes):
        raise Unreadable("broken page")
    most = math.sqrt(MAX_PIXELS / page_width / page_height)
    return min(width / page_width, most, MAX_SIDE / max(sizes))
