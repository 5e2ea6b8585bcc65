"""The worker that reads pages of PDFs: their text layer, or else a scan. Loaded in processes of their own only."""

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import pypdfium2
from PIL import Image

from components.confined.amended_claims import lines_of
from components.confined.bounds import MAX_SCAN, MAX_SIDE
from components.confined.layer_check import can_show_its_images, images_of, is_empty, is_the_text
from components.confined.papers import OpenPaper, Unreadable
from components.confined.text_layer import TextLayer, text_layer_of

_DPI: Final = 300
"""Dots an inch of a scan, at which offices scan papers."""
_USUAL_SIDES: Final = (360.0, 1440.0)
"""Points of the longer side of a page that has the size of paper. Others say nothing of how large their letters are."""
_SIDE_OF_OTHERS: Final = 3300
"""Pixels of the longer side of a page that has no size of paper, unless it is an image with its own pixels."""
_LARGEST_SIDE_OF_IMAGES: Final = 5000


class Worker:
    """Reads pages of the PDF that it was given last."""

    def __init__(self) -> None:
        Image.preinit()  # nothing can be loaded later
        self._paper = OpenPaper()

    def answer(self, order: Mapping[str, Any], data: bytes) -> tuple[dict[str, int | str], bytes]:
        """Return what is told of a page, and its words or its scan.

        Args:
            order: `do` (`pages`, `read`, or `draw`: its picture, whatever text it holds), `page` (from 1), `new`
                (whether a PDF comes with it, or the one before is meant).
            data: the new PDF.
        """
        try:
            if order["new"]:
                self._paper.open(data)
            facts: dict[str, int | str] = {"pages": self._paper.pages}
            if order["do"] == "pages":
                return facts, b""
            return self._read(int(order["page"]), drawn=order["do"] == "draw")
        except Unreadable as error:
            return {"problem": str(error)}, b""
        except (MemoryError, RecursionError):
            return {"problem": "memory"}, b""

    def _read(self, number: int, *, drawn: bool) -> tuple[dict[str, int | str], bytes]:
        page = self._with_forms(number)
        try:
            if not all(math.isfinite(side) and side > 0 for side in page.get_size()):
                raise Unreadable("broken page")
            images = images_of(page)
            if not drawn and is_the_text(page, layer := text_layer_of(page), images):
                lines = lines_of(self._paper, page, number, has_images=images.cover > 0)
                return {"kind": "words", "turned": layer.turned, "lines": lines}, _packed(layer)
            return _scan(page, images.densest)
        except pypdfium2.PdfiumError:
            raise Unreadable("broken page") from None
        finally:
            page.close()

    def _with_forms(self, number: int) -> pypdfium2.PdfPage:
        """Return a page whose form fields and notes are part of it, as they are part of what is seen."""
        page = self._paper.page(number)
        if pypdfium2.raw.FPDFPage_GetAnnotCount(page) > 0:
            with suppress(pypdfium2.PdfiumError, RuntimeError):
                page.flatten()
            page.close()
            page = self._paper.page(number)
        return page


def _packed(layer: TextLayer) -> bytes:
    return json.dumps(
        [[word.text, *(round(share, 5) for share in word.box), word.line] for word in layer.words]
    ).encode()


def _scan(page: pypdfium2.PdfPage, densest: float) -> tuple[dict[str, int | str], bytes]:
    scale = scale_for(*page.get_size(), densest=densest)
    picture = page.render(scale=scale, grayscale=True, optimize_mode="print").to_pil()
    if is_empty(picture):
        if not can_show_its_images(page):
            raise Unreadable("broken page")
        return {"kind": "empty"}, b""
    longer = max(page.get_size())
    usual = _USUAL_SIDES[0] <= longer <= _USUAL_SIDES[1]
    dpi = round(scale * 72) if usual else _DPI
    return {"kind": "scan", "width": picture.width, "height": picture.height, "dpi": dpi}, picture.tobytes()


def scale_for(width: float, height: float, *, densest: float) -> float:
    """Return the pixels for each point of a page, within what one scan may have.

    Args:
        width: of the page, in points.
        height: of the page, in points.
        densest: pixels for each point of the image that covers it, 0 without one.
    """
    longer = max(width, height)
    scale = _DPI / 72
    if not _USUAL_SIDES[0] <= longer <= _USUAL_SIDES[1]:
        side = min(densest * longer, _LARGEST_SIDE_OF_IMAGES) or _SIDE_OF_OTHERS
        scale = side / longer
    # A hair less, or a page whose pixels come out even has a row more than the image that fills it, and is blurred.
    return min(scale, math.sqrt(MAX_SCAN / width / height), MAX_SIDE / longer) * (1 - 1e-9)
