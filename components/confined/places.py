"""Where something of a PDF lies on the page as it is shown. Loaded in processes of their own only."""

import ctypes
import math
from typing import Final

import pypdfium2

_DEVICE: Final = 1_000_000
"""Units along each side of the page as it is shown, in which PDFium is asked for places."""

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Places:
    """From places in a PDF to places on the page as it is shown: cropped and turned."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.width, self.height = page.get_size()
        zero, right, up = (self._shown(page, *point) for point in ((0, 0), (1000, 0), (0, 1000)))
        self._zero = zero
        self._x = tuple((end - start) / 1000 for start, end in zip(zero, right, strict=True))
        self._y = tuple((end - start) / 1000 for start, end in zip(zero, up, strict=True))
        self.quarters = round(math.atan2(self._x[1] * self.height, self._x[0] * self.width) / (math.pi / 2)) % 4
        """By how many quarters, clockwise, the page is turned to be shown."""

    def _shown(self, page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pypdfium2.raw.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
        return across.value / _DEVICE, down.value / _DEVICE

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the shares of the page's width and height at which a point of the PDF lies."""
        return self._zero[0] + x * self._x[0] + y * self._y[0], self._zero[1] + x * self._x[1] + y * self._y[1]

    def box(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        """Return the shares of the page that a rectangle of the PDF takes."""
        (across, down), (other_across, other_down) = self.place(left, bottom), self.place(right, top)
        return min(across, other_across), min(down, other_down), max(across, other_across), max(down, other_down)

    def upright(self, box: Rectangle, turn: int) -> Rectangle:
        """Return a place in points of the page, turned by so many quarters clockwise."""
        left, top, right, bottom = (
            share * side for share, side in zip(box, (self.width, self.height) * 2, strict=True)
        )
        if turn == 1:
            return self.height - bottom, left, self.height - top, right
        if turn == 2:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if turn == 3:
            return top, self.width - right, bottom, self.width - left
        return left, top, right, bottom
