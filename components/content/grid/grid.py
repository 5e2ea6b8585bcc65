"""The grid of grounds: claims × actions of one file, what each action says of each claim, and what changed between.

"Not read" and "not known" are states of their own: an empty place never stands for either.
"""

from collections.abc import Iterable, Sequence

from components.content.grid.columns import columns_of
from components.content.grid.records import (
    Cell,
    CellFinding,
    CellState,
    ClaimRange,
    FellAway,
    Grid,
    GridAction,
    News,
    Reply,
)
from components.content.records import DatedContent
from components.content.rejections.ground_labels import grounds_label, label_of_statute, short_label

__all__ = [
    "Cell",
    "CellFinding",
    "CellState",
    "ClaimRange",
    "FellAway",
    "Grid",
    "GridAction",
    "News",
    "Reply",
    "grid_of",
    "grounds_label",
    "label_of_statute",
    "short_label",
]


def grid_of(papers: Sequence[DatedContent]) -> Grid:
    """Return the grid of one file.

    Args:
        papers: what its papers say, in any order. An action that could not be read, or has not been read yet, is among
            them with the outcome "not read": its column says so. Papers of other kinds say when the applicant replied
            and which claims there are.
    """
    ordered = sorted(papers, key=lambda paper: paper.place)
    columns = columns_of(ordered)
    claims = sorted({claim for column in columns for claim in column.claims} | _claims_of_sets(ordered))
    cells: dict[tuple[int, int], Cell] = {}
    for index, column in enumerate(columns):
        for claim in claims:
            before = None if column.former is None else cells[claim, column.former]
            cells[claim, index] = column.compared(claim, before, columns)
    illegible = tuple(column.illegible() for column in columns)
    return Grid(
        history=ordered[0].paper.history if ordered else "",
        actions=tuple(column.action() for column in columns),
        claims=tuple(claims),
        cells=cells,
        illegible=illegible if any(cell is not None and cell.findings for cell in illegible) else (),
    )


def _claims_of_sets(papers: Iterable[DatedContent]) -> set[int]:
    sets = (paper.content.claims for paper in papers if paper.content.claims is not None)
    return {claim.number for each in sets for claim in each.claims}
