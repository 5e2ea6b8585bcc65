"""Escaping and breaking the texts of a figure. Plotly interprets some HTML, so foreign text is always escaped."""

import re
from collections.abc import Sequence
from typing import Final

_BREAKS: Final = re.compile(r"[\s\u2028\u2029]+")
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})


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
