"""The list of contents at the beginning of the one PDF: sections and documents with the pages on which they begin.

The page numbers in the list depend on how many pages the list itself takes, and that depends on its lines alone. So
`lay_out` puts the lines on pages first, and `draw_contents` writes them with their page numbers afterwards.
"""

import io
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from components.exports.pdf_text import BOLD, SANS, cut_to_width, draw_text, encodable, wrap_to_width

INK, GREY, RULE, ALERT = (HexColor(colour) for colour in ("#111827", "#5B6472", "#D1D5DB", "#9F1239"))
LEFT, RIGHT = 56.0, A4[0] - 56
_TOP, _BOTTOM = A4[1] - 96, 64.0
_SIZE, _LEADING = 8.5, 11.0
_CODE, _TITLE, _COUNT = LEFT + 62, LEFT + 144, RIGHT - 44
"""Left edges of the columns for codes and descriptions; page counts and page numbers end at `_COUNT` and `RIGHT`. Dates
begin at `LEFT`. In points, like all lengths here."""
_LINES: Final = 2
"""How many lines a description or a heading may take at most."""
_GAPS: Final = (16.0, 12.0, 3.0)
"""The space above a history, a section and a document."""
_SIZES: Final = (11.0, 9.0, _SIZE)
_KEEP: Final = 40.0
"""The space that must be left below a heading, so that it is not the last line of a page."""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the list; a long title takes more than one line of text."""

    level: int
    """0: a file history, 1: a section, 2: a document."""
    title: str
    start: int | None
    """The page on which it begins, where 0 is the first page of the first document; None if it is not included."""
    day: str = ""
    code: str = ""
    pages: int | None = None
    reason: str = ""
    """Why the document is not in the PDF; empty if it is."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its position on a page."""

    line: ContentsLine
    y: float
    """Baseline of its first line of text, in points from the bottom of the page."""
    texts: tuple[str, ...]


PagesOfLines = list[list[PlacedLine]]
"""The lines of each page."""


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A rectangle on a page that links to a page of the documents."""

    box: tuple[float, float, float, float]
    start: int


def lay_out(lines: list[ContentsLine]) -> PagesOfLines:
    """Return the lines distributed over pages; there is at least one page."""
    layout: PagesOfLines = [[]]
    y = _TOP
    for line in lines:
        texts = tuple(_text_lines(line))
        height = _LEADING * (len(texts) + bool(line.reason)) + _GAPS[line.level]
        if y - height - (0 if line.level == 2 else _KEEP) < _BOTTOM:
            layout.append([])
            y = _TOP
        gap = _GAPS[line.level] if layout[-1] else _GAPS[2]
        layout[-1].append(PlacedLine(line, y - gap - _SIZES[line.level], texts))
        y -= height - _GAPS[line.level] + gap
    return layout


def draw_contents(layout: PagesOfLines, *, heading: str, before: int) -> tuple[bytes, list[list[LinkArea]]]:
    """Draw the list of contents.

    Args:
        layout: The lines of each page.
        heading: Whose documents they are; written at the foot of each page.
        before: How many pages come before the list.

    Returns:
        A PDF, and for each of its pages the areas to be made links.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, invariant=1)
    heading = cut_to_width(encodable(heading), RIGHT - LEFT - 120, _SIZE)
    first = before + len(layout) + 1
    for number, lines in enumerate(layout, 1):
        _draw_frame(canvas, heading, number, len(layout), before + number)
        for placed in lines:
            _draw_line(canvas, placed, first)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), [[_area(placed) for placed in lines if placed.line.start is not None] for lines in layout]


def draw_footer(canvas: Canvas, left: str, page: int) -> None:
    """Draw the foot of a page: a text on the left and the page number on the right."""
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, 50, RIGHT, 50)
    canvas.setFillColor(GREY)
    draw_text(canvas, left, LEFT, 38, size=7.5)
    draw_text(canvas, f"{page:,}", RIGHT, 38, size=7.5, right=True)


def _text_lines(line: ContentsLine) -> list[str]:
    title = encodable(line.title)
    if line.level == 2:
        return wrap_to_width(title, _COUNT - 34 - _TITLE, _SIZE, lines=_LINES)
    return wrap_to_width(title, RIGHT - 44 - LEFT, _SIZES[line.level], lines=_LINES, font=BOLD)


def _draw_frame(canvas: Canvas, heading: str, number: int, count: int, page: int) -> None:
    canvas.setFillColor(INK)
    draw_text(canvas, "Contents" if number == 1 else "Contents, continued", LEFT, A4[1] - 64, size=14, font=BOLD)
    canvas.setFillColor(GREY)
    y = _TOP + 6
    for text, x, right in (
        ("Date", LEFT, False),
        ("Code", _CODE, False),
        ("Description", _TITLE, False),
        ("Pages", _COUNT, True),
        ("On page", RIGHT, True),
    ):
        draw_text(canvas, text, x, y, size=7.5, right=right)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y - 5, RIGHT, y - 5)
    draw_footer(canvas, f"{heading}  ·  Contents {number} of {count}", page)


def _draw_line(canvas: Canvas, placed: PlacedLine, first: int) -> None:
    line, size = placed.line, _SIZES[placed.line.level]
    font, x = (SANS, _TITLE) if line.level == 2 else (BOLD, LEFT)
    canvas.setFillColor(INK if line.start is not None else GREY)
    if line.level == 2:
        draw_text(canvas, line.day, LEFT, placed.y, size=size)
        draw_text(canvas, cut_to_width(encodable(line.code), _TITLE - _CODE - 6, size), _CODE, placed.y, size=size)
        if line.pages is not None:
            draw_text(canvas, f"{line.pages:,}", _COUNT, placed.y, size=size, right=True)
    if line.start is not None:
        draw_text(canvas, f"{first + line.start:,}", RIGHT, placed.y, size=size, font=font, right=True)
    for number, text in enumerate(placed.texts):
        draw_text(canvas, text, x, placed.y - number * _LEADING, size=size, font=font)
    if line.reason:
        canvas.setFillColor(ALERT)
        reason = cut_to_width(f"Missing: {encodable(line.reason)}", RIGHT - _TITLE, size)
        draw_text(canvas, reason, _TITLE, placed.y - len(placed.texts) * _LEADING, size=size)


def _area(placed: PlacedLine) -> LinkArea:
    size = _SIZES[placed.line.level]
    foot_of_text = placed.y - (len(placed.texts) - 1) * _LEADING - 3
    return LinkArea((LEFT, foot_of_text, RIGHT, placed.y + size), placed.line.start or 0)
