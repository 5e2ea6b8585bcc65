"""What was spent on each day as bars: charged filled, uncertain hatched above it, so that nothing hangs on colour."""

from typing import Any, Final

import pandas as pd

from components.charts.text import escape_plotly
from components.charts.theme import DARK, LIGHT, Theme

_HEIGHT: Final = 220
_MAX_TICK_STEP: Final = 1_000_000
_FIRST_STEPS: Final = (1, 2, 5)


def spend_by_day(days: pd.DataFrame, *, dark: bool) -> dict[str, Any]:
    """Return the charges of each day as a figure for `st.plotly_chart`: plain dicts and lists.

    Args:
        days: a row for each day in order, days without charges too: `day` (a date), `charged` and `uncertain` (counts),
            and `words`, what the day's bar says when it is pointed at.
        dark: whether to use the colours for a dark page.
    """
    theme = DARK if dark else LIGHT
    dates = [f"{day:%Y-%m-%d}" for day in days["day"]]
    words = [escape_plotly(text, max_length=300) for text in days["words"]]
    hatched = {"shape": "/", "fgcolor": theme.uncertain, "bgcolor": theme.page, "size": 6, "solidity": 0.4}
    traces = [
        _bars("Charged", dates, days["charged"], words, {"color": theme.charged, "line": {"width": 0}}),
        _bars(
            "May have been charged",
            dates,
            days["uncertain"],
            words,
            {"color": theme.uncertain, "line": {"width": 1, "color": theme.uncertain}, "pattern": hatched},
        ),
    ]
    most = int((days["charged"] + days["uncertain"]).max()) if len(days) else 0
    return {"data": traces, "layout": _layout(theme, most=most)}


def _bars(
    name: str, dates: list[str], counts: "pd.Series[Any]", words: list[str], marker: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": dates,
        "y": [int(count) or None for count in counts],  # the outline of a bar is drawn even where it has no height
        "hovertext": words,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": marker,
    }


def _layout(theme: Theme, *, most: int) -> dict[str, Any]:
    return {
        "height": _HEIGHT,
        "barmode": "stack",
        "bargap": 0.25,
        "dragmode": False,
        "paper_bgcolor": theme.page,
        "plot_bgcolor": theme.page,
        "font": {"color": theme.text, "size": 12},
        "margin": {"l": 44, "r": 8, "t": 30, "b": 28},
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "xanchor": "left",
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        "hoverlabel": {"bgcolor": theme.hover, "font": {"color": theme.text}},
        "xaxis": {
            "type": "date",
            "fixedrange": True,
            "showgrid": False,
            "tickfont": {"color": theme.muted},
            "nticks": 8,
            "tickformat": "%-d %b",
            "linecolor": theme.divide,
            "showline": True,
        },
        "yaxis": {
            "fixedrange": True,
            "rangemode": "tozero",
            "range": [0, max(most, 1) * 1.08],
            "dtick": _tick_step(most),
            "tickformat": ",d",
            "tickfont": {"color": theme.muted},
            "gridcolor": theme.grid,
            "zeroline": False,
        },
    }


def _tick_step(most: int) -> int:
    """Return the distance of two ticks, a whole number since nobody is charged a half: at most five ticks up to it."""
    tens = 1
    while tens < _MAX_TICK_STEP:
        for first in _FIRST_STEPS:
            if first * tens * 5 >= most:
                return first * tens
        tens *= 10
    return _MAX_TICK_STEP
