"""Plotly's layout of the figure: its size and margins, its axes, its legend."""

from dataclasses import dataclass
from typing import Any, Final

from components.charts.geometry import NAME_SIZE, RIGHT
from components.charts.legend import legend_height, legend_settings
from components.charts.scene import Scene, Trace
from components.charts.text import FONT, text_width
from components.charts.ticks import day_ticks, month_ticks

SILENT_HEAD: Final = "No paper for"
"""What stands above how long each file of the compact form has been silent, on the right."""
SMALL: Final = 11
"""Size of the labels of today, of position 0 and of silence."""
_TALL: Final = 700
"""A plot taller than this (in pixels) does not fit on a screen and has a time axis above and below."""
_EDGE, _TICKS, _LINE = 6, 22, 16
"""Heights in pixels: outer edge, tick labels, line of text."""
_MOST_LEGEND: Final = 0.19
"""Most of the height of a figure that the legend takes, as a share; a low figure is higher for it."""
_STANDOFF: Final = 4
"""Pixels between the labels of the axis above several histories and the plot, where the first row has labels too."""
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
    compact: bool
    plot: float
    """Height of the plot."""
    label: bool
    """Whether a line of text stands above the plot: the name of position 0, or a label of today."""
    note: bool
    """Whether there is a note below the plot."""
    silent: bool
    """Whether files have been silent for longer than the axis shows."""

    @classmethod
    def of(cls, scene: Scene) -> "PlotFrame":
        """Return the margins for a scene."""
        several, compact, today = len(scene.titles) > 1, scene.geometry.compact, scene.today
        at_top = (compact or not several) and bool(today.positions or today.silent)
        return cls(
            several=several,
            compact=compact,
            plot=max(scene.geometry.height, 60.0),
            label=scene.axis.months or at_top,
            note=bool(scene.footnote),
            silent=bool(today.silent),
        )

    @property
    def axis_on_both_sides(self) -> bool:
        """Whether there is a time axis above and below the plot."""
        return self.plot > _TALL

    @property
    def axis_above(self) -> bool:
        """Whether there is a time axis above the plot."""
        return self.several or self.axis_on_both_sides

    @property
    def above(self) -> int:
        """Height of the axis and the line of text above the plot."""
        return (self._ticks_above if self.axis_above else 0) + (_LINE if self.label else 0)

    @property
    def _ticks_above(self) -> int:
        return _TICKS + (_STANDOFF if self.several else 0)

    @property
    def below(self) -> int:
        """Height of the axis and the note below the plot."""
        return (_TICKS if not self.several or self.axis_on_both_sides else 0) + (_LINE if self.note else 0)

    @property
    def label_shift(self) -> int:
        """Distance of the line of text from the plot."""
        return self._ticks_above - 3 if self.axis_above else 1

    @property
    def note_shift(self) -> int:
        """Distance of the note from the plot."""
        return self.below - _LINE + 2

    @property
    def top(self) -> int:
        """Upper margin without a legend."""
        return self.above + _EDGE

    @property
    def bottom(self) -> int:
        """Lower margin without a legend."""
        return self.below + _EDGE

    @property
    def right(self) -> int:
        """Right margin."""
        return round(text_width(SILENT_HEAD, SMALL)) + 8 if self.compact and self.silent else RIGHT

    def height(self, legend_rows: int) -> int:
        """Return the height of the figure with a legend of so many rows."""
        legend = legend_height(legend_rows)
        return round(max(self.plot + self.top + self.bottom + legend, legend / _MOST_LEGEND))

    def legend_height(self) -> float:
        """Return the height of the legend's near edge, as a share of the plot's above its foot."""
        return 1 + self.above / self.plot if self.several else -self.below / self.plot


def plot_layout(scene: Scene, *, legend_rows: int) -> dict[str, Any]:
    """Return plotly's layout without shapes and annotations."""
    frame, theme, names = PlotFrame.of(scene), scene.theme, _names(scene)
    return {
        "height": frame.height(legend_rows),
        "margin": {"l": scene.geometry.left, "r": frame.right, "t": frame.top, "b": frame.bottom, "pad": 0},
        "paper_bgcolor": theme.page,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": theme.text},
        "hovermode": "closest",
        "hoverdistance": 12,
        "hoverlabel": {
            "align": "left",
            "bgcolor": theme.hover,
            "bordercolor": theme.divide,
            "font": {"size": 12, "color": theme.text},
        },
        "modebar": {"orientation": "v", "bgcolor": theme.page, "color": theme.muted, "activecolor": theme.text},
        "newselection": {"line": {"color": theme.text, "width": 1, "dash": "dot"}},
        "legend": legend_settings(theme, y=frame.legend_height(), above=frame.several),
        **_time_axes(scene, frame),
        "yaxis": {
            "type": "linear",
            "range": [frame.plot, 0],
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": [height for height, _ in names],
            "ticktext": [name for _, name in names],
            "tickfont": {"size": NAME_SIZE, "color": theme.text},
            "ticks": "",
            "ticklabelstandoff": 6,
            # Else plotly measures each label anew after placing every single one, to hide those outside the figure.
            "ticklabeloverflow": "allow",
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
        return [
            (round(lane.centre, 1), scene.words.lanes[lane.history].get(lane.name, lane.name))
            for lane in scene.geometry.lanes
        ]
    return [(middle, scene.titles[history]) for history, middle in scene.geometry.middles.items()]


def _time_axes(scene: Scene, frame: PlotFrame) -> dict[str, Any]:
    """Return plotly's settings for the time axis, and for the second one of a tall plot."""
    time_axis, geometry, theme = scene.axis, scene.geometry, scene.theme
    axis = {
        "range": [time_axis.coordinate(geometry.start), time_axis.coordinate(geometry.end)],
        "side": "top" if frame.several else "bottom",
        "tickfont": {"size": 12, "color": theme.muted},
        "ticks": "",
        "ticklabelstandoff": _STANDOFF if frame.several else 0,
        "showgrid": True,
        "gridcolor": theme.grid,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        **(month_ticks(geometry.start, geometry.end) if time_axis.months else day_ticks()),
    }
    if not frame.axis_on_both_sides:
        return {"xaxis": axis}
    other = {"matches": "x", "overlaying": "x", "anchor": "y", "showgrid": False} | _OWN_TICKS
    return {"xaxis": axis, "xaxis2": axis | other | {"side": "bottom" if frame.several else "top"}}
