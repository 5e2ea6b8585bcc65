"""The lines of a file that is text already: in stretches, each underlined, struck through or neither."""

from typing import Literal, NamedTuple

Mark = Literal["", "underlined", "struck"]


class Stretch(NamedTuple):
    """A part of a line that is written in one way."""

    text: str
    mark: Mark = ""


Line = tuple[Stretch, ...]
"""A line, or a paragraph of a file that leaves the breaking of lines to whoever shows it."""
