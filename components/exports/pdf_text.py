"""Text on PDF pages made here: which font it needs, how wide it is, and how it is cut or wrapped to a width.

Latin text is set in Helvetica, which every PDF viewer has. Other text is set in a font for one East Asian script, which
viewers provide as well; no font is embedded. A character that the font lacks becomes a question mark.
"""

from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from components.exports.cells import visible_text

SANS: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"
_LATIN: Final = "cp1252"
_EAST_ASIAN: Final = (
    ("cp932", "HeiseiKakuGo-W5"),
    ("cp949", "HYGothic-Medium"),
    ("gbk", "STSong-Light"),
    ("big5", "MSung-Light"),
)
"""Character sets and their fonts: Japanese, Korean, simplified and traditional Chinese."""
_MAX_CHARACTERS: Final = 600
"""How many characters of a text are used at most; no field on a page has room for more."""
_ELLIPSIS: Final = "…"

for _, _font in _EAST_ASIAN:
    pdfmetrics.registerFont(UnicodeCIDFont(_font))


def visible_line(text: str) -> str:
    """Return a text on one line, without invisible characters and those that change the direction of writing."""
    return visible_text(text[:_MAX_CHARACTERS])


def encodable(text: str) -> str:
    """Return a text on one line, with a question mark for each character that its font lacks."""
    kept = visible_line(text)
    encoding = _encoding(kept)
    return kept.encode(encoding, "replace").decode(encoding)


def font_of(text: str, font: str = SANS) -> str:
    """Return the font for a text: `font` if the text is Latin, else the font of its script."""
    encoding = _encoding(text)
    return font if encoding == _LATIN else dict(_EAST_ASIAN)[encoding]


def width_of(text: str, size: float, font: str = SANS) -> float:
    """Return the width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font_of(text, font), size))


def cut_to_width(text: str, width: float, size: float, font: str = SANS) -> str:
    """Return a text cut to a width in points, with an ellipsis if anything was cut."""
    if width_of(text, size, font) <= width:
        return text
    room = width - width_of(_ELLIPSIS, size, font_of(text, font))
    return text[: _fitting(text, room, size, font)].rstrip() + _ELLIPSIS


def wrap_to_width(text: str, width: float, size: float, *, lines: int, font: str = SANS) -> list[str]:
    """Return a text broken into lines of a width in points, between words where possible; the last line is cut."""
    wrapped: list[str] = []
    rest = text
    while len(wrapped) + 1 < lines and width_of(rest, size, font) > width:
        end = max(_fitting(rest, width, size, font), 1)
        blank = rest.rfind(" ", 0, end + 1)
        end = blank if blank > 0 else end
        wrapped.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*wrapped, cut_to_width(rest, width, size, font)]


def draw_text(
    canvas: Canvas, text: str, x: float, y: float, *, size: float, font: str = SANS, right: bool = False
) -> None:
    """Draw a text on its baseline from `x` on, or up to `x` if `right`."""
    canvas.setFont(font_of(text, font), size)
    (canvas.drawRightString if right else canvas.drawString)(x, y, text)


def _fitting(text: str, width: float, size: float, font: str) -> int:
    """Return how many characters from the beginning of a text fit into a width."""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if width_of(text[:middle], size, font_of(text, font)) <= width:
            least = middle
        else:
            most = middle - 1
    return least


def _encoding(text: str) -> str:
    """Return the first character set that has every character of a text, else the one that lacks the fewest."""
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
