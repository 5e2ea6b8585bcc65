"""Escaping and breaking the texts of a figure. Plotly interprets some HTML, so foreign text is always escaped."""

import re
from collections.abc import Sequence
from typing import Final

_BREAKS: Final = re.compile(r"[\s\u2028\u2029]+")
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})

FONT: Final = "'Source Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
"""The font of figures: that of the page, so that widths of texts are known before they are drawn."""
_LETTER_WIDTHS: Final = {
    0.20: " ", 0.24: "|", 0.25: "',.:;ijl", 0.26: "I", 0.29: "!f", 0.30: "()[]{}", 0.31: "-", 0.34: "t", 0.35: "/\\r",
    0.42: "*?sz", 0.43: '"', 0.45: "x", 0.46: "c", 0.47: "vy", 0.48: "JY", 0.49: "FLk", 0.50: "0123456789#$+<=>^_aeg~",
    0.51: "VX", 0.53: "ES", 0.54: "ATZ`hou", 0.55: "bdnpq", 0.57: "CPR", 0.58: "K", 0.59: "B", 0.61: "&D", 0.62: "G",
    0.64: "U", 0.65: "HN", 0.66: "OQ", 0.72: "w", 0.73: "M", 0.79: "W", 0.82: "%", 0.83: "m", 0.85: "@", 0.95: "…",
}  # fmt: skip
"""Width in ems → letters of about this width, measured in a browser in the font of the page."""
_WIDTH_OF: Final = {letter: width for width, letters in _LETTER_WIDTHS.items() for letter in letters}
_WIDEST: Final = 1.0
"""Width of a letter that is not in the table, in ems."""


def text_width(text: str, size: float) -> float:
    """Return how wide a line of text is in the font of the page, in pixels.

    Args:
        text: the text; an escaped one is taken for a little wider than it is.
        size: the size of the font, in pixels.
    """
    return size * sum(_WIDTH_OF.get(letter, _WIDEST) for letter in text)


def escape_plotly(text: str, *, max_length: int = 160) -> str:
    """Return foreign text in a form that plotly shows literally.

    Control and direction characters are removed, white space becomes single blanks, text longer than `max_length`
    characters is cut and ends in an ellipsis, and `& < >` are escaped, so that neither tags nor entities take effect.
    `$` is escaped too, because plotly passes `$…$` to MathJax if the page has it.
    """
    ordinary = text.isascii() and text.isprintable() and "  " not in text
    clean = (text if ordinary else _INVISIBLE.sub("", _BREAKS.sub(" ", text))).strip()
    if len(clean) > max_length:
        clean = clean[: max_length - 1].rstrip() + "…"
    return clean.translate(_ENTITIES)


def wrap_text(text: str, *, width: int = 64) -> Sequence[str]:
    """Return text as lines of at most `width` characters, broken at blanks; a longer word is cut."""
    lines = []
    while len(text) > width:
        blank = text.rfind(" ", 0, width + 1)
        end, following = (blank, blank + 1) if blank > 0 else (width, width)
        lines.append(text[:end])
        text = text[following:]
    return [*lines, text]


def escaped_lines(text: str, *, width: int = 64, max_lines: int = 3) -> list[str]:
    """Return foreign text as at most `max_lines` escaped lines; if some of it is left out, the last ends in "…"."""
    lines = wrap_text(text[: 2 * max_lines * width].strip(), width=width)
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], f"{lines[max_lines - 1][: width - 1]}…"]
    return [escape_plotly(line) for line in lines]
