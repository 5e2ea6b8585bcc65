"""Text on pages of our own: which font can set it, how long it is, and how it is cut to a width.

Latin text is set in Helvetica, which every PDF viewer has. Other text is set in the font of one East Asian script that
viewers bring along; none is embedded. What no font has becomes a question mark.
"""

import re
import unicodedata
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from components.exports.cells import strip_xml_invalid

SANS: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"
_LATIN: Final = "cp1252"
_EAST_ASIAN: Final = (
    ("cp932", "HeiseiKakuGo-W5"),
    ("cp949", "HYGothic-Medium"),
    ("gbk", "STSong-Light"),
    ("big5", "MSung-Light"),
)
"""Fonts and the char sets that they have: Japanese, Korean, simplified and traditional Chinese."""
_MOST: Final = 600
"""How many characters of a text are looked at; more fit into no place on a page."""
_ELLIPSIS: Final = "…"

for _, _font in _EAST_ASIAN:
    pdfmetrics.registerFont(UnicodeCIDFont(_font))


def visible_line(text: str) -> str:
    """Put a text on one line, without the characters that are not seen or turn the direction of reading."""
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text[:_MOST])
    kept = "".join(char for char in strip_xml_invalid(kept) if unicodedata.category(char) not in ("Cf", "Co", "Cn"))
    return re.sub(r"\s+", " ", kept).strip()


def encodable(text: str) -> str:
    """Put a text on one line, as far as one font can set it."""
    kept = visible_line(text)
    encoding = _encoding(kept)
    return kept.encode(encoding, "replace").decode(encoding)


def font_of(text: str, font: str = SANS) -> str:
    """Give the font that sets a text, `font` if it can."""
    encoding = _encoding(text)
    return font if encoding == _LATIN else dict(_EAST_ASIAN)[encoding]


def width_of(text: str, size: float, font: str = SANS) -> float:
    """Give the width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font_of(text, font), size))


def cut_text(text: str, width: float, size: float, font: str = SANS) -> str:
    """Cut a text to a width; an ellipsis says so."""
    if width_of(text, size, font) <= width:
        return text
    room = width - width_of(_ELLIPSIS, size, font_of(text, font))
    return text[: _fitting(text, room, size, font)].rstrip() + _ELLIPSIS


def wrap_text(text: str, width: float, size: float, *, lines: int, font: str = SANS) -> list[str]:
    """Break a text into lines of a width, between words where there are any; what is left over is cut."""
    found: list[str] = []
    rest = text
    while len(found) + 1 < lines and width_of(rest, size, font) > width:
        end = max(_fitting(rest, width, size, font), 1)
        blank = rest.rfind(" ", 0, end + 1)
        end = blank if blank > 0 else end
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, cut_text(rest, width, size, font)]


def draw_text(
    canvas: Canvas, text: str, x: float, y: float, *, size: float, font: str = SANS, right: bool = False
) -> None:
    """Write a line at a place, which is its end if `right`."""
    canvas.setFont(font_of(text, font), size)
    (canvas.drawRightString if right else canvas.drawString)(x, y, text)


def _fitting(text: str, width: float, size: float, font: str) -> int:
    """Give how many characters from the beginning fit into a width."""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if width_of(text[:middle], size, font_of(text, font)) <= width:
            least = middle
        else:
            most = middle - 1
    return least


def _encoding(text: str) -> str:
    """Give the first char set that has every char, else the one that lacks the fewest."""
    fewest, best = len(text) + 1, _LATIN
    for encoding in (_LATIN, *(encoding for encoding, _ in _EAST_ASIAN)):
        lacking = sum(not _has(encoding, char) for char in text)
        if lacking == 0:
            return encoding
        if lacking < fewest:
            fewest, best = lacking, encoding
    return best


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
