"""Short names of grounds and of what an action did, for cells of a grid, for the timeline and for tables."""

import re
from typing import Final

from components.content.records import Ground, PaperContent

NOT_READ: Final = "not read"
_PARAGRAPH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_BY_PARAGRAPH: Final = re.compile(r"(\d{3})\W{1,3}(first|second|third|fourth|fifth|sixth)\b(?:\s+paragraph)?\s*")
_OTHER_NAMES: Final = {
    "nonstatutory double patenting": "double patenting",
    "obviousness-type double patenting": "double patenting",
    "statutory double patenting": "statutory double patenting",
}
"""Grounds that have no number of a statute → what they are called for short."""
_STATES: Final = (
    ("rejected", "rejected, no ground read"),
    ("objected", "objected to"),
    ("allowed", "allowed"),
    ("restricted", "restriction"),
)
"""What an action without a ground is called by what it says of claims, the first that fits."""


def short_label(ground: Ground) -> str:
    """Return what a ground is called in a cell: `103`, `112(b)`, `112 ¶ 2`, `double patenting`."""
    return label_of_statute(ground.statute)


def label_of_statute(statute: str) -> str:
    """Return what a ground under a statute, written as in `Ground.statute`, is called in a cell."""
    name = statute.strip()
    paragraph = _BY_PARAGRAPH.fullmatch(name)
    if paragraph:
        return f"{paragraph[1]} ¶ {_PARAGRAPH[paragraph[2]]}"
    return _OTHER_NAMES.get(name.lower(), name)


def grounds_label(content: PaperContent) -> str:
    """Return the grounds of an action in one line: `103 · 112(b)`.

    An action without one is called by what it says of claims, `allowed` or `objected to`; an action that could not be
    read is `not read`, and is never empty. Papers of other kinds have no label.
    """
    if content.kind not in ("action", "advisory", "allowance"):
        return ""
    if content.outcome == NOT_READ:
        return NOT_READ
    if content.grounds:
        return " · ".join(dict.fromkeys(short_label(ground) for ground in content.grounds))
    if content.kind == "allowance":
        return "allowed"
    said = next((words for kind, words in _STATES if any(each.kind == kind for each in content.statuses)), "")
    return said or ("no ground read" if content.kind == "action" else "")
