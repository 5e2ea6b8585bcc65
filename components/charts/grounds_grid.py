"""The grid of grounds as a picture: claims down, actions across, and in each cell what the action says of the claims.

Nothing hangs on colour: what a cell's colour says stands in it in words. What is not known is hatched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.charts.scene import Annotation, Trace
from components.charts.text import FONT, escape_plotly, text_width
from components.charts.theme import CELL_STATES, DARK, LIGHT, CellStyle, Theme
from components.charts.words_of_cells import hover_of_cell
from components.content.grid.grid import Cell, Grid, GridAction
from components.content.grid.words import lines_of_cell
from components.words import day

_SIZE: Final = 11
_HEAD_SIZE: Final = 12
_LINE: Final = 15
"""Height of a line of text in a cell, in pixels."""
_PADDING: Final = 9
"""Room above and below the text of a cell together, in pixels."""
_LEAST_COLUMN: Final = 88
"""Width of the narrowest column, in pixels; a file with more actions than fit makes a wider figure."""
_GAP: Final = 3
"""Between two cells, in pixels."""
_LEGEND: Final = 64
"""Room for the legend below the grid, in pixels: two rows."""
_MOST_LEFT: Final = 150
_RIGHT: Final = 8
_NOT_LEGIBLE: Final = "Claims not legible"
_OTHER_FONTS: Final = 1.08
"""How much wider than in the font of the page a text may be."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the figure: claims that every action treats alike, or the grounds whose claims are not legible."""

    name: str
    cells: tuple[Cell | None, ...]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class _DrawnCell:
    """A cell with its place: a bar of the figure."""

    cell: Cell
    row: _Row
    column: int
    text: str
    hover: str
    data: list[object]


def grounds_figure(grid: Grid, *, dark: bool, width: int = 1_000) -> dict[str, Any]:
    """Return the grid of grounds of one file as a figure for `st.plotly_chart`: plain dicts and lists.

    Neighbouring claims that every action treats alike share a row. The figure is as high as its rows need, and wider
    than `width` where its actions need more: then its layout has a `width`, else it takes the room it gets.

    Args:
        grid: the result of `grid_of`.
        dark: whether to use the colours for a dark page.
        width: how wide the figure will be shown, in pixels.

    Returns:
        The `customdata` of a cell is a list: `"<history>|<document id>"` of the paper that a click opens, the page, the
        id of the finding (empty where the cell has none), and the claims.
    """
    theme = DARK if dark else LIGHT
    left = _left(grid)
    column = max((width - left - _RIGHT) / max(len(grid.actions), 1), _LEAST_COLUMN)
    heads = [_head(action, column) for action in grid.actions]
    rows = _rows(grid, column)
    cells = list(_drawn_cells(grid, rows, column))
    height = rows[-1].top + rows[-1].height if rows else 40.0
    traces = [
        _bars(style, [cell for cell in cells if cell.cell.state == state], theme, column)
        for state, style in CELL_STATES.items()
        if any(cell.cell.state == state for cell in cells)
    ]
    layout = _layout(theme, grid, heads, rows, left=left, height=height)
    if left + column * len(grid.actions) + _RIGHT > width + 1:
        layout |= {"width": round(left + column * len(grid.actions) + _RIGHT), "autosize": False}
    return {"data": traces, "layout": layout | {"annotations": _nothing(theme, grid)}}


def _left(grid: Grid) -> int:
    """Return how wide the names of the rows are, in pixels."""
    names = [claims.words for claims in grid.ranges()] + ([_NOT_LEGIBLE] if grid.illegible else []) + ["Claims"]
    widest = max(text_width(name, _HEAD_SIZE) for name in names) * _OTHER_FONTS
    return round(min(widest, _MOST_LEFT)) + 14


def _rows(grid: Grid, column: float) -> list[_Row]:
    named: list[tuple[str, tuple[Cell | None, ...]]] = [(claims.words, claims.cells) for claims in grid.ranges()]
    if grid.illegible:
        named.append((_NOT_LEGIBLE, grid.illegible))
    rows: list[_Row] = []
    top = 0.0
    for name, cells in named:
        most = max((len(_broken(lines_of_cell(cell), column)) for cell in cells if cell is not None), default=1)
        lines = max(most, len(_broken([name], _MOST_LEFT)))
        rows.append(_Row(name, cells, top, lines * _LINE + _PADDING))
        top += rows[-1].height
    return rows


def _drawn_cells(grid: Grid, rows: Sequence[_Row], column: float) -> Iterable[_DrawnCell]:
    for row in rows:
        for index, cell in enumerate(row.cells):
            if cell is None:
                continue
            action = grid.actions[index]
            first = cell.findings[0] if cell.findings else None
            lines = [escape_plotly(line) for line in _broken(lines_of_cell(cell), column)]
            paper = action.paper if first is None else first.paper
            yield _DrawnCell(
                cell,
                row,
                index,
                "<br>".join(lines),
                hover_of_cell(cell, action, row.name),
                [str(paper), max(first.page, 1) if first else 1, first.finding if first else "", row.name],
            )


def _bars(style: CellStyle, cells: Sequence[_DrawnCell], theme: Theme, column: float) -> Trace:
    """Return the cells of one state as bars: unlike the cells of a heat map they can be clicked on and hatched."""
    marker: dict[str, Any] = {"color": style.fill(theme), "line": {"width": 1, "color": style.edge(theme)}}
    if style.hatch:
        marker["pattern"] = {
            "shape": style.hatch, "fgcolor": style.edge(theme), "bgcolor": style.fill(theme),
            "size": 10, "solidity": 0.08,
        }  # fmt: skip
    gap = _GAP / column
    return {
        "type": "bar",
        "orientation": "h",
        "name": style.name,
        "base": [round(cell.column + gap / 2, 4) for cell in cells],
        "x": [round(1 - gap, 4)] * len(cells),
        "y": [cell.row.top + cell.row.height / 2 for cell in cells],
        "width": [cell.row.height - _GAP for cell in cells],
        "text": [cell.text for cell in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": _SIZE, "color": theme.text},
        "hovertext": [cell.hover for cell in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [cell.data for cell in cells],
        "marker": marker,
        # A cell that was clicked leaves the others as they are; plotly would let their texts fade.
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": theme.text}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": theme.text}},
    }


def _head(action: GridAction, column: float) -> str:
    """Return what stands above a column: the name of the action, its day, and its round."""
    name = _broken([action.name], column, size=_HEAD_SIZE)
    shown = [f"<b>{escape_plotly(line)}</b>" for line in name[:3]]
    return "<br>".join([*shown, day(action.day), *([f"round {action.round}"] if action.round else [])])


def _layout(
    theme: Theme, grid: Grid, heads: Sequence[str], rows: Sequence[_Row], *, left: int, height: float
) -> dict[str, Any]:
    above = max((head.count("<br>") + 1 for head in heads), default=1) * _LINE + 12
    return {
        "height": round(height) + above + _LEGEND,
        "barmode": "overlay",
        "dragmode": False,
        "clickmode": "event+select",
        "hovermode": "closest",
        "uirevision": escape_plotly(grid.history),
        "paper_bgcolor": theme.page,
        "plot_bgcolor": theme.page,
        "font": {"family": FONT, "color": theme.text, "size": _HEAD_SIZE},
        "margin": {"l": left, "r": _RIGHT, "t": above, "b": _LEGEND, "pad": 0},
        "showlegend": True,
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": round(-10 / max(height, 1), 4), "yanchor": "top",
            "itemclick": False, "itemdoubleclick": False, "traceorder": "normal",
        },
        "hoverlabel": {"bgcolor": theme.hover, "font": {"color": theme.text, "family": FONT}, "align": "left"},
        "xaxis": {
            "side": "top", "range": [0, max(len(grid.actions), 1)], "fixedrange": True, "showgrid": False,
            "zeroline": False, "ticks": "", "tickmode": "array", "tickangle": 0,
            "tickvals": [index + 0.5 for index in range(len(heads))], "ticktext": list(heads),
            "tickfont": {"size": _HEAD_SIZE},
        },
        "yaxis": {
            "range": [height, 0], "fixedrange": True, "showgrid": False, "zeroline": False, "ticks": "",
            "tickmode": "array", "tickvals": [row.top + row.height / 2 for row in rows],
            "ticktext": ["<br>".join(escape_plotly(line) for line in _broken([row.name], _MOST_LEFT)) for row in rows],
            "tickfont": {"size": _HEAD_SIZE},
        },
    }  # fmt: skip


def _nothing(theme: Theme, grid: Grid) -> list[Annotation]:
    """Return a note where there is nothing to draw."""
    if grid.actions and grid.claims:
        return []
    text = "No action of this file has been read" if not grid.actions else "No action names a claim that could be read"
    return [
        {
            "text": text, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False,
            "font": {"color": theme.muted, "size": _HEAD_SIZE},
        }
    ]  # fmt: skip


def _broken(lines: Iterable[str], column: float, *, size: int = _SIZE) -> list[str]:
    """Return lines that fit into a column, broken at blanks."""
    room = (column - _GAP - 6) / _OTHER_FONTS
    broken: list[str] = []
    for line in lines:
        current = ""
        for word in line.split(" "):
            longer = f"{current} {word}" if current else word
            if current and text_width(longer, size) > room:
                broken.append(current)
                current = word
            else:
                current = longer
        broken.append(current)
    return broken
