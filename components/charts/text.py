"""Text that enters a figure: plotly reads a little HTML in it, so everything foreign is made plain first."""

import re
from collections.abc import Sequence
from typing import Final

_BREAKS: Final = re.compile(r"[\s\u2028\u2029]+")
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})


def escape_plotly(text: str, *, max_length: int = 160) -> str:
    """Make foreign text safe to show in a figure.

    Control and direction characters go, blanks and line breaks become single blanks, what is longer than `max_length`
    characters ends in an ellipsis, and `& < >` are escaped, so that neither tags nor entities take effect. `$` is
    escaped too, because plotly hands `$…$` to MathJax where a page has it.
    """
    ordinary = text.isascii() and text.isprintable() and "  " not in text
    clean = (text if ordinary else _INVISIBLE.sub("", _BREAKS.sub(" ", text))).strip()
    if len(clean) > max_length:
        clean = clean[: max_length - 1].rstrip() + "…"
    return clean.translate(_ENTITIES)


def wrap_text(text: str, *, width: int = 64) -> Sequence[str]:
    """Break plain text at blanks into lines of about `width` characters; a word that is longer is cut."""
    lines = []
    while len(text) > width:
        blank = text.rfind(" ", 0, width + 1)
        end, following = (blank, blank + 1) if blank > 0 else (width, width)
        lines.append(text[:end])
        text = text[following:]
    return [*lines, text]


def escaped_lines(text: str, *, width: int = 64, max_lines: int = 3) -> list[str]:
    """Break foreign text into at most `max_lines` lines, each escaped after it is broken; what is cut ends in "…"."""
    lines = wrap_text(text[: 2 * max_lines * width].strip(), width=width)
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], f"{lines[max_lines - 1][: width - 1]}…"]
    return [escape_plotly(line) for line in lines]
