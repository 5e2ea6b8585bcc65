"""The legend: which traces have an entry in it, how many rows they take, and plotly's settings for it.

Plotly puts the entries of one row beside each other, each as wide as its name, only where the legend is one of groups;
else all would be as wide as the widest.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from components.charts.scene import Trace
from components.charts.text import text_width
from components.charts.theme import Theme

ROW, EDGES = 19, 10
"""Height of a row, and of what plotly puts above and below all rows, in pixels."""
_SIZE: Final = 11
"""Size of the names, in pixels."""
_NARROWER: Final = -2
"""How much less room than plotly's own there is left of each name, in pixels."""
_BESIDE: Final = 46 + _NARROWER
"""Width of an entry besides its name, in pixels: sample and gaps."""
_RANK: Final = 1_000
"""Rank of an entry that has no other: plotly's default."""
_MAX_ROWS: Final = 2
"""How many rows a legend may have before entries that say nothing new are left out."""


def with_entries(traces: Sequence[Trace], width: float) -> list[Trace]:
    """Return traces with what the legend needs to know of each.

    Where all entries would take more than two rows, the kinds of papers that stand only once and have a label beside
    their marker get none: the label says as much.

    Args:
        traces: the traces in the order of the figure.
        width: assumed width of the legend, in pixels.
    """
    crowded = legend_rows(traces, width) > _MAX_ROWS
    return [trace | {"showlegend": False} if crowded and _says_itself(trace) else trace for trace in traces]


def legend_rows(traces: Sequence[Mapping[str, Any]], width: float) -> int:
    """Return how many rows the legend of traces takes at a width in pixels; none without an entry."""
    rows, used = 0, 0.0
    for trace in sorted(traces, key=lambda trace: trace.get("legendrank", _RANK)):
        if trace.get("showlegend", True):
            entry = _BESIDE + text_width(trace["name"], _SIZE)
            if not rows or used + entry > width:
                rows, used = rows + 1, 0.0
            used += entry
    return rows


def legend_height(rows: int) -> int:
    """Return the height of a legend in pixels."""
    return rows * ROW + EDGES if rows else 0


def legend_settings(theme: Theme, *, y: float, above: bool) -> dict[str, Any]:
    """Return plotly's settings for the legend.

    Args:
        theme: the colours.
        y: the height of the edge that is near the plot, as a share of the plot's height above its foot.
        above: whether the legend stands above the plot, else below it.
    """
    return {
        "orientation": "h",
        "traceorder": "grouped",
        "x": 0,
        "xanchor": "left",
        "y": round(y, 4),
        "yanchor": "bottom" if above else "top",
        "font": {"size": _SIZE, "color": theme.text},
        "bgcolor": "rgba(0,0,0,0)",
        "itemsizing": "trace",
        "indentation": _NARROWER,
        "tracegroupgap": 0,
    }


def _says_itself(trace: Mapping[str, Any]) -> bool:
    """Return whether a trace is a single paper with a label."""
    texts = trace.get("text", ())
    return len(texts) == 1 and bool(texts[0])
