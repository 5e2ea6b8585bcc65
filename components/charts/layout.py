"""Plotly's layout of the figure: its size and margins, its axes, its legend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.charts.geometry import WIDTH, Geometry
from components.charts.scene import Scene, Trace
from components.charts.theme import Theme
from components.words import MONTH_DAYS

_TALL: Final = 700
"""A plot taller than this (in pixels) does not fit on a screen and has a time axis above and below."""
_EDGE, _TICKS, _LINE, _LEGEND_ROW, _LEGEND_GAP = 10, 24, 18, 20, 8
"""Heights in pixels: outer edge, tick labels, line of text, row of the legend, space before the legend."""
_TICK_MONTHS: Final = (1, 2, 3, 6, 12, 24, 36, 60, 120)
"""Distances in months that two ticks may have."""
_MAX_TICKS: Final = 16
_GROUPS: Final = 12
"""Width of the bars of groups with the space beside them, in pixels."""
_OWN_TICKS: Final = {"tickmode": "auto"}
"""Plotly's default would put the ticks of the second axis near those of the first, a day beside the year."""


@dataclass(frozen=True, slots=True)
class PlotFrame:
    """The margins around the plot, in pixels, and what stands in them.

    The legend stands above several histories and below a single one. Plotly widens that margin by what the legend
    needs at the true width, so the margins here are those without a legend. If the legend needs fewer rows than
    expected, the plot gets the room.
    """

    several: bool
    """Whether there are several histories."""
    plot: float
    """Height of the plot."""
    zero: bool
    """Whether the line at position 0 is named above the plot."""
    note: bool
    """Whether there is a note below the plot."""

    @classmethod
    def of(cls, scene: Scene) -> "PlotFrame":
        """Return the margins for a scene."""
        return cls(
            several=len(scene.titles) > 1,
            plot=max(scene.geometry.height, 60.0),
            zero=scene.axis.months,
            note=bool(scene.footnote),
        )

    @property
    def axis_on_both_sides(self) -> bool:
        """Whether there is a time axis above and below the plot."""
        return self.plot > _TALL

    @property
    def above(self) -> int:
        """Height of the axis and the name of position 0 above the plot."""
        return (_TICKS if self.several or self.axis_on_both_sides else 0) + (_LINE if self.zero else 0)

    @property
    def below(self) -> int:
        """Height of the axis and the note below the plot."""
        return (_TICKS if not self.several or self.axis_on_both_sides else 0) + (_LINE if self.note else 0)

    @property
    def zero_shift(self) -> int:
        """Distance of the name of position 0 from the plot."""
        return _TICKS - 4 if self.several or self.axis_on_both_sides else 1

    @property
    def note_shift(self) -> int:
        """Distance of the note from the plot."""
        return self.below - _LINE + 2

    @property
    def top(self) -> int:
        """Upper margin without a legend; it has room for plotly's buttons."""
        return max(self.above + _EDGE, 34)

    @property
    def bottom(self) -> int:
        """Lower margin without a legend."""
        return max(self.below + _EDGE, 14)

    def height(self, legend_rows: int) -> int:
        """Return the height of the figure with a legend of so many rows."""
        legend = legend_rows * _LEGEND_ROW + _LEGEND_GAP
        return round(self.plot + self.top + self.bottom + legend)

    def legend(self, theme: Theme) -> dict[str, Any]:
        """Return plotly's settings for the legend, which stands beyond axis and note."""
        away = (self.above if self.several else self.below) + _LEGEND_GAP
        return {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": round(1 + away / self.plot, 4) if self.several else round(-away / self.plot, 4),
            "yanchor": "bottom" if self.several else "top",
            "font": {"size": 12, "color": theme.text},
            "bgcolor": "rgba(0,0,0,0)",
            "itemsizing": "trace",
            "tracegroupgap": 0,
        }


def legend_rows(traces: Sequence[Mapping[str, Any]]) -> int:
    """Return how many rows the legend of traces will have at the assumed width of the plot."""
    rows, used = 1, 0.0
    for trace in traces:
        if trace.get("showlegend", True):
            width = 50 + 6.1 * len(trace["name"])
            if used and used + width > WIDTH:
                rows, used = rows + 1, 0.0
            used += width
    return rows


def plot_layout(scene: Scene, *, legend_rows: int) -> dict[str, Any]:
    """Return plotly's layout without shapes and annotations."""
    frame, theme, names = PlotFrame.of(scene), scene.theme, _names(scene)
    return {
        "height": frame.height(legend_rows),
        "margin": {"l": left_margin(scene), "r": 30, "t": frame.top, "b": frame.bottom, "pad": 0},
        "paper_bgcolor": theme.page,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12, "color": theme.text},
        "hovermode": "closest",
        "hoverdistance": 12,
        "hoverlabel": {
            "align": "left",
            "bgcolor": theme.hover,
            "bordercolor": theme.divide,
            "font": {"size": 12, "color": theme.text},
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.text},
        "newselection": {"line": {"color": theme.text, "width": 1, "dash": "dot"}},
        "legend": frame.legend(theme),
        **_time_axes(scene, frame),
        "yaxis": {
            "type": "linear",
            "range": [frame.plot + 6, -4],  # a marker in the last row is not cut in half
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": [height for height, _ in names],
            "ticktext": [name for _, name in names],
            "tickfont": {"size": 12, "color": theme.text},
            "ticks": "",
            "ticklabelstandoff": 6,
            "showgrid": False,
            "zeroline": False,
            "showline": False,
        },
    }


def second_axis(scene: Scene) -> list[Trace]:
    """Return an empty trace, without which plotly would not draw the second time axis."""
    if not PlotFrame.of(scene).axis_on_both_sides:
        return []
    return [
        {
            "type": scene.trace_type, "mode": "lines", "name": "", "x": [None], "y": [None], "xaxis": "x2",
            "hoverinfo": "skip", "showlegend": False,
        }
    ]  # fmt: skip


def _names(scene: Scene) -> list[tuple[float, str]]:
    """Return (height, name) on the left edge: of the lanes, or of the histories in the compact form."""
    if not scene.geometry.compact:
        return [(round(lane.centre, 1), lane.name) for lane in scene.geometry.lanes]
    return [(middle, scene.titles[history]) for history, middle in scene.geometry.middles.items()]


def left_margin(scene: Scene) -> int:
    """Return the width that the longest name on the left needs, and the bars of groups beside it, in pixels."""
    names = _names(scene)
    bars = _GROUPS if scene.groups else 0
    return bars + round(20 + 6.6 * min(max((len(name) for _, name in names), default=10), 46))


def _time_axes(scene: Scene, frame: PlotFrame) -> dict[str, Any]:
    """Return plotly's settings for the time axis, and for the second one of a tall plot."""
    time_axis, geometry, theme = scene.axis, scene.geometry, scene.theme
    axis = {
        "range": [time_axis.coordinate(geometry.start), time_axis.coordinate(geometry.end)],
        "side": "top" if frame.several else "bottom",
        "tickfont": {"size": 12, "color": theme.muted},
        "ticks": "",
        "showgrid": True,
        "gridcolor": theme.grid,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        **(_month_ticks(geometry) if time_axis.months else _day_ticks()),
    }
    if not frame.axis_on_both_sides:
        return {"xaxis": axis}
    other = {"matches": "x", "overlaying": "x", "anchor": "y", "showgrid": False} | (
        {} if time_axis.months else _OWN_TICKS
    )
    return {"xaxis": axis, "xaxis2": axis | other | {"side": "bottom" if frame.several else "top"}}


def _day_ticks() -> dict[str, Any]:
    """Return ticks on the calendar, as years, months or days in figures."""
    return {
        "type": "date",
        "tickformatstops": [
            {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
            {"dtickrange": [86_400_000 * 27, "M11"], "value": "%Y-%m"},
            {"dtickrange": ["M11", None], "value": "%Y"},
        ],
    }


def _month_ticks(geometry: Geometry) -> dict[str, Any]:
    """Return ticks at whole years, or at parts of a year where little time is shown."""
    span = (geometry.end - geometry.start) / MONTH_DAYS
    step = next((step for step in _TICK_MONTHS if span / step <= _MAX_TICKS), _TICK_MONTHS[-1])
    return {
        "type": "linear",
        "tickmode": "linear",
        "tick0": 0,
        "dtick": step,
        "ticksuffix": " mo",
        "showticksuffix": "last",
    }
