"""What stands in the cells of the grid of grounds, in words that say by themselves what a colour would."""

from collections.abc import Mapping
from typing import Final

from components.content.grid.records import Cell, News

STATE_WORDS: Final[Mapping[str, str]] = {
    "rejected": "rejected",
    "objected": "objected to",
    "allowed": "allowed",
    "restricted": "restricted",
    "withdrawn": "withdrawn",
    "cancelled": "cancelled",
    "pending": "nothing said",
    "not pending": "not pending",
    "not known": "not known",
    "not read": "not read",
}
"""`CellState` → what stands in a cell that has no ground."""
_NEWS: Final[tuple[News, ...]] = ("new", "other references")


def lines_of_cell(cell: Cell) -> list[str]:
    """Return what stands in a cell, a line each: `103 · 112(b)`, `new: 112(b)`, `gone: 101`, `form differs`."""
    if cell.state == "not read":
        on_form = [f"form: {STATE_WORDS[label]}" for label in cell.labels if label in STATE_WORDS]
        return [STATE_WORDS[cell.state], *on_form]
    grounds = [label for label in cell.labels if label not in STATE_WORDS]
    also = [STATE_WORDS[label] for label in cell.labels if label in STATE_WORDS and label != cell.state]
    rejected = "rejected, no ground read" if cell.state == "rejected" else STATE_WORDS[cell.state]
    said = grounds if cell.state == "rejected" and grounds else [rejected]
    lines = [" · ".join([*said, *also])]
    for kind in _NEWS:
        found = [label for label in grounds if label in cell.news(kind)]
        if found:
            lines.append(kind if found == grounds else f"{kind}: {', '.join(found)}")
    if cell.fell_away:
        lines.append(f"gone: {', '.join(each.label for each in cell.fell_away)}")
    if cell.difference:
        lines.append("form differs")
    return lines
