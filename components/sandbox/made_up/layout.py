"""Sets the blocks of a made-up paper on pages: lines, tables, drawings, and what runs at the head of each page."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from reportlab.pdfbase import pdfmetrics

from components.sandbox.errors import RecordingsDamaged
from components.sandbox.made_up.markup import (
    Command,
    Figure,
    Line,
    Paragraph,
    Piece,
    Table,
    look_named,
    parse,
    words_of,
)
from components.sandbox.made_up.scanning import BOLD, REGULAR, measure
from components.sandbox.made_up.sheets import HEIGHT, WIDTH, Look, Run, Sheet, Stroke

BANNER: Final = "MADE-UP EXAMPLE - not a real application"
"""Stands at the head of every page."""
FOOTER: Final = "Made-up example, written for the sandbox: names, numbers and references are invented."
_LEFT, _RIGHT = 72.0, WIDTH - 72.0
_TOP, _BOTTOM = 58.0, HEIGHT - 52.0
_VERA_IS_WIDE = 0.87
"""Vera, in which scans are drawn, is wider than the fonts of text pages; it is set smaller so that lines agree."""
_CELL = 3.5
_KEPT_TOGETHER = 4
"""Lines for which a page must have room at a heading, so that none stands alone at its end."""
_BOXES = ("empty box", "ticked box")


@dataclass(slots=True)
class _Settings:
    size: float = 11.0
    leading: float = 1.35
    first: float = 0.0
    font: str = "sans"


@dataclass(slots=True)
class _Flow:
    """The pages of one paper while they are filled from the top down."""

    look: Look
    sheets: list[Sheet] = field(default_factory=list)
    y: float = _TOP
    settings: _Settings = field(default_factory=_Settings)
    running: dict[str, list[str]] = field(default_factory=dict)
    head: str = ""
    number: int = 1

    @property
    def sheet(self) -> Sheet:
        if not self.sheets:
            self.new_page()
        return self.sheets[-1]

    def font(self, bold: bool) -> tuple[str, float]:
        """Return name and size of the font."""
        size = self.settings.size
        if self.look != "text":
            return (BOLD if bold else REGULAR), size * _VERA_IS_WIDE
        if self.settings.font == "serif":
            return ("Times-Bold" if bold else "Times-Roman"), size
        return ("Helvetica-Bold" if bold else "Helvetica"), size

    def width(self, piece: Piece) -> float:
        """Return how much room a piece takes."""
        if piece.mark == "room":
            return 2 * self.settings.size
        return self.settings.size if piece.mark in _BOXES else self.length(piece.text, piece.bold)

    def length(self, text: str, bold: bool) -> float:
        """Return the length of a text as it will be written."""
        name, size = self.font(bold)
        return measure(text, name, size) if self.look != "text" else float(pdfmetrics.stringWidth(text, name, size))

    def space(self) -> float:
        """Return the width of a space."""
        return self.length(" ", bold=False)

    def new_page(self) -> None:
        """Begin a page with its banner, its footer and what runs at its head."""
        self.sheets.append(Sheet(self.look))
        before, self.settings = self.settings, _Settings(size=8.5)
        self._across(30.0, BANNER, bold=True)
        self._across(HEIGHT - 26.0, FOOTER, bold=False)
        self.settings = _Settings(size=10.0, font=before.font)
        self.y = _TOP
        for line in self.running.get(self.head, []):
            left, _, right = (part.strip() for part in line.replace("{page}", str(self.number)).partition("||"))
            self.place(words_of(left), _LEFT, self.y)
            self.place(words_of(right), _RIGHT - self._length(words_of(right)), self.y)
            self.y += 13.0
        self.y += 16.0
        self.settings = before
        self.number += 1

    def room_for(self, height: float) -> None:
        """Begin a page where the one that is being filled has less room than this."""
        if self.sheet and self.y + height > _BOTTOM:
            self.new_page()

    def paragraph(self, words: Line, *, left: float, right: float, first: float = 0.0, centred: bool = False) -> None:
        """Set words in lines."""
        step = self.settings.size * self.settings.leading
        for index, line in enumerate(self.lines(words, right - left, first)):
            self.room_for(step)
            x = (left + right - self._length(line)) / 2 if centred else left + (0.0 if index else first)
            self.place(line, x, self.y)
            self.y += step

    def lines(self, words: Line, width: float, first: float = 0.0) -> list[Line]:
        """Break words into lines of a width, the first of them shorter by `first`; parts of a word stay together."""
        lines: list[list[Piece]] = [[]]
        taken = first
        for word in _glued(words):
            length = sum(map(self.width, word))
            if lines[-1] and taken + self.space() + length > width:
                lines.append([])
                taken = 0.0
            taken += length + (self.space() if lines[-1] else 0.0)
            lines[-1] += word
        return [tuple(line) for line in lines]

    def _length(self, line: Line) -> float:
        spaces = sum(1 for piece in line[1:] if piece.spaced)
        return sum(map(self.width, line)) + self.space() * spaces

    def _across(self, y: float, text: str, *, bold: bool) -> None:
        """Place a text in the middle of the page."""
        words = words_of(text, bold=bold)
        self.place(words, (WIDTH - self._length(words)) / 2, y)

    def place(self, line: Line, x: float, y: float) -> None:
        """Place a line's words, its boxes and the strokes under and through its words."""
        sheet = self.sheets[-1]
        marks: list[tuple[Piece, float, float]] = []
        words: list[tuple[str, bool, float, float]] = []
        for index, piece in enumerate(line):
            gap = self.space() if index and piece.spaced else 0.0
            x += gap
            end = x + self.width(piece)
            if piece.mark == "room":
                pass
            elif piece.mark in _BOXES:
                _tick_box(sheet, x, y, self.settings.size, ticked=piece.mark == "ticked box")
            elif words and words[-1][1] == piece.bold and abs(words[-1][3] + gap - x) < 0.01:
                text, bold, start, _ = words[-1]
                words[-1] = (text + (" " if gap else "") + piece.text, bold, start, end)
            else:
                words.append((piece.text, piece.bold, x, end))
            if marks and marks[-1][0].mark == piece.mark:
                marks[-1] = (piece, marks[-1][1], end)
            else:
                marks.append((piece, x, end))
            x = end
        sheet.runs += [Run(start, y, text, *self.font(bold)) for text, bold, start, _ in words]
        sheet.strokes += _mark_strokes(marks, y, self.settings.size)


def lay_out(text: str, look: Look) -> list[Sheet]:
    """Return the pages of a paper.

    Args:
        text: as `markup` describes.
        look: how its pages are written where it does not say so itself.

    Raises:
        RecordingsDamaged: the text has a command that is not known.
    """
    flow = _Flow(look)
    for block in parse(text):
        match block:
            case Paragraph():
                _lay_out_paragraph(flow, block)
            case Table():
                _lay_out_table(flow, block)
            case Figure():
                _lay_out_figure(flow, block)
            case Command():
                _do_command(flow, block)
    return flow.sheets


def _lay_out_paragraph(flow: _Flow, block: Paragraph) -> None:
    first = flow.settings.first if block.plain else 0.0
    if block.words and all(piece.bold for piece in block.words):
        flow.room_for(_KEPT_TOGETHER * flow.settings.size * flow.settings.leading)
    flow.paragraph(block.words, left=_LEFT + block.indent, right=_RIGHT, first=first, centred=block.centred)
    flow.y += flow.settings.size * 0.55


def _lay_out_table(flow: _Flow, block: Table) -> None:
    """Set the rows of a table; a row stays on one page."""
    total = sum(block.shares)
    edges = [_LEFT]
    for share in block.shares:
        edges.append(edges[-1] + (_RIGHT - _LEFT) * share / total)
    step = flow.settings.size * flow.settings.leading
    for row in block.rows:
        cells = [
            flow.lines(words, end - start - 2 * _CELL) if words else []
            for words, start, end in zip(row, edges, edges[1:], strict=False)
        ]
        height = max(len(lines) for lines in cells) * step + 2 * _CELL
        flow.room_for(height)
        top = flow.y - flow.settings.size
        for lines, start, end in zip(cells, edges, edges[1:], strict=False):
            if block.ruled:
                flow.sheet.box(start, top, end - start, height)
            for index, line in enumerate(lines):
                flow.place(line, start + _CELL, flow.y + _CELL + index * step)
        flow.y += height
    flow.y += flow.settings.size * 0.7


def _lay_out_figure(flow: _Flow, block: Figure) -> None:
    """Draw a figure; its numbers are points from its own upper left corner."""
    flow.room_for(block.height)
    left, top = _LEFT, flow.y
    for command in block.commands:
        name, *rest = command.split(maxsplit=3) if command.startswith("label") else command.split()
        if name == "label":
            flow.place(words_of(rest[2]), left + float(rest[0]), top + float(rest[1]))
            continue
        numbers = [float(number) for number in rest]
        if name == "box":
            flow.sheet.box(left + numbers[0], top + numbers[1], numbers[2], numbers[3], stroke=1.0)
        elif name == "circle":
            flow.sheet.strokes += _circle(left + numbers[0], top + numbers[1], numbers[2])
        else:
            x1, y1, x2, y2 = numbers[:4]
            flow.sheet.strokes.append(Stroke(left + x1, top + y1, left + x2, top + y2, 1.0))
    flow.y += block.height


def _do_command(flow: _Flow, block: Command) -> None:
    """Do what a single line asks for."""
    done = _COMMANDS.get(block.name)
    if done is None:
        raise RecordingsDamaged(f"A made-up paper has the command %{block.name}, which is not known.")
    done(flow, block.rest)


def _page(flow: _Flow, rest: str) -> None:
    name, _, first = rest.partition(" ")
    flow.head, flow.number = name, int(first or flow.number)
    flow.new_page()


def _set(flow: _Flow, rest: str) -> None:
    for setting in rest.split():
        name, _, value = setting.partition("=")
        setattr(flow.settings, name, value if name == "font" else float(value))


def _run(flow: _Flow, rest: str) -> None:
    name, _, line = rest.partition(" ")
    flow.running.setdefault(name, []).append(line)


def _change_look(flow: _Flow, rest: str) -> None:
    flow.look = look_named(rest)


def _rule(flow: _Flow, rest: str) -> None:
    del rest
    flow.room_for(12.0)
    flow.sheet.strokes.append(Stroke(_LEFT, flow.y - 4.0, _RIGHT, flow.y - 4.0, 1.0))
    flow.y += 10.0


def _gap(flow: _Flow, rest: str) -> None:
    flow.y += float(rest)


_COMMANDS: Final[dict[str, Callable[[_Flow, str], None]]] = {
    "page": _page,
    "set": _set,
    "running": _run,
    "look": _change_look,
    "rule": _rule,
    "gap": _gap,
}


def _glued(words: Line) -> list[list[Piece]]:
    """Return the words, each with all its parts."""
    glued: list[list[Piece]] = []
    for piece in words:
        if piece.spaced or not glued:
            glued.append([])
        glued[-1].append(piece)
    return glued


def _mark_strokes(marks: Sequence[tuple[Piece, float, float]], y: float, size: float) -> list[Stroke]:
    """Return the strokes under added words and through deleted ones."""
    heights = {"added": y + size * 0.16, "deleted": y - size * 0.27}
    return [
        Stroke(start, heights[piece.mark], end, heights[piece.mark], 0.9)
        for piece, start, end in marks
        if piece.mark in heights
    ]


def _tick_box(sheet: Sheet, x: float, y: float, size: float, *, ticked: bool) -> None:
    """Draw a box of a form, with a cross if it is ticked."""
    side = size * 0.72
    sheet.box(x, y - side, side, side)
    if ticked:
        sheet.strokes += [Stroke(x, y - side, x + side, y, 1.1), Stroke(x, y, x + side, y - side, 1.1)]


def _circle(x: float, y: float, radius: float) -> list[Stroke]:
    """Return a circle as short strokes."""
    points = [(x + radius * math.cos(a * math.tau / 40), y + radius * math.sin(a * math.tau / 40)) for a in range(41)]
    return [Stroke(*start, *end, 1.0) for start, end in pairwise(points)]
