"""A laid-out page before it is written: text and strokes at their places, in points from the top left corner."""

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

WIDTH: Final = 612.0
HEIGHT: Final = 792.0
"""Letter, the size of the papers of US files."""

Look = Literal["text", "scan", "grey"]
"""How a page is written: with a text layer, or as a picture without one, in black and white or in grey."""


class Run(NamedTuple):
    """Words of one line that are written in one go."""

    x: float
    y: float
    """Of the base line."""
    text: str
    font: str
    size: float


class Stroke(NamedTuple):
    """A straight line: of a form, a drawing, or drawn under or through words."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.7


@dataclass(slots=True)
class Sheet:
    """One page."""

    look: Look
    runs: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, *, stroke: float = 0.7) -> None:
        """Draw a rectangle with its upper left corner at `x`, `y`."""
        right, bottom = x + width, y + height
        self.strokes += [
            Stroke(x, y, right, y, stroke),
            Stroke(right, y, right, bottom, stroke),
            Stroke(right, bottom, x, bottom, stroke),
            Stroke(x, bottom, x, y, stroke),
        ]
