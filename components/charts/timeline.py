"""The timeline: what happened when, a lane for each kind of paper, the Office above and the applicant below."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from components.charts.answers import rounds_of
from components.charts.decor import notes_of, shapes_of
from components.charts.events import Events, events_of
from components.charts.ground import DARK, LIGHT, Ground
from components.charts.lanes import Plan, plan
from components.charts.links import links_of
from components.charts.periods import periods_of, reach
from components.charts.text import plain
from components.charts.traces import kind_of, template_of, traces_of

CONFIG: Final[Mapping[str, Any]] = {
    "scrollZoom": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "timeline"},
}
"""How plotly should show the figure: dragging zooms in time, a double click shows all again, the wheel is left to
the page, and nothing is sent anywhere."""

_EPOCH: Final = date(1970, 1, 1)
_TOP, _BOTTOM, _LEGEND_ROW, _LEGEND_WIDTH = 34, 40, 20, 1000


def timeline(
    documents: pd.DataFrame,
    *,
    order: Sequence[str],
    titles: Mapping[str, str],
    dark: bool,
    marked: Collection[str] = (),
    all_documents: bool = False,
    rounds: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Draw file histories as swim lanes on one axis of time.

    Each category is one trace (a legend entry that can be switched off), each history, date and category one marker.
    One history shows its lanes; several show theirs under their titles; from seven on each history has two rows, what
    came from the Office above what came from the applicant.

    Args:
        documents: rows of the `documents` table of one or more histories, filtered as you like.
        order: the histories to draw, from top to bottom; others are left out.
        titles: what each history is called; a history without a title is called by its key.
        dark: for a dark ground rather than a white one. The figure itself is transparent.
        marked: documents to ring, as `<history>|<document id>` or as bare document ids.
        all_documents: draw every document rather than the key events only.
        rounds: rows of the `rounds` table of these histories, in any order: each action is joined to its answer, and
            fewer than seven histories show the time it was due in. Without any, events stand alone.

    Returns:
        A figure as plain dicts and lists, heights as typed arrays, for `st.plotly_chart` or
        `plotly.graph_objects.Figure`. The same input gives the same bytes, whatever the order of the rows. A point's
        `customdata` is `"<history>|<document id>"` of its lead paper. Documents without a date, or with one far
        outside their file's time, cannot be drawn and are counted in a note.
    """
    ground = DARK if dark else LIGHT
    order = list(dict.fromkeys(order))
    told = rounds_of(rounds, order)
    events = events_of(documents, order=order, titles=titles, marked=marked, rounds=told, all_documents=all_documents)
    laid = plan(events, histories=len(order), until=reach(events, told))
    kind = kind_of(events)
    links = links_of(events, told, laid, dark=dark, kind=kind)
    periods = [] if laid.compact else periods_of(events, told, laid, ground, kind=kind)
    data = [*periods, *links, *traces_of(events, laid, ground, dark=dark)]
    shown = [plain(titles.get(key, key), longest=44) for key in order]
    layout = _layout(events, laid, ground, shown, order, legend_rows=_legend_rows(data))
    return {"data": data, "layout": layout | {"template": template_of(ground, kind=kind)}}


def _layout(
    events: Events, laid: Plan, ground: Ground, titles: Sequence[str], order: Sequence[str], *, legend_rows: int
) -> dict[str, Any]:
    several = len(order) > 1
    top = _TOP + (legend_rows * _LEGEND_ROW + 12 if several else 0)
    bottom = 30 if several else _BOTTOM + legend_rows * _LEGEND_ROW
    height = max(laid.height, 60.0)
    names = _names(laid, titles)
    return {
        "height": round(height + top + bottom),
        "margin": {"l": _left(names), "r": 30, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12, "color": ground.text},
        "hovermode": "closest",
        "hoverdistance": 12,
        "hoverlabel": {
            "align": "left",
            "bgcolor": ground.hover,
            "bordercolor": ground.divide,
            "font": {"size": 12, "color": ground.text},
        },
        "dragmode": "zoom",
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": ground.muted, "activecolor": ground.text},
        "uirevision": plain("|".join(order), longest=4_000),
        "showlegend": bool(len(events)),
        "legend": _legend(ground, several=several, height=height),
        "xaxis": _time_axis(laid, ground, several=several),
        "yaxis": {
            "type": "linear",
            "range": [height + 6, -4],  # a marker in the last row is not cut in half
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": [place for place, _ in names],
            "ticktext": [name for _, name in names],
            "tickfont": {"size": 12, "color": ground.text},
            "ticks": "",
            "ticklabelstandoff": 6,
            "showgrid": False,
            "zeroline": False,
            "showline": False,
        },
        "shapes": shapes_of(events, laid, ground),
        "annotations": notes_of(events, laid, ground, titles, several=several),
    }


def _names(laid: Plan, titles: Sequence[str]) -> list[tuple[float, str]]:
    """Give the names on the left: lanes, or the histories' titles when each has only two rows."""
    if not laid.compact:
        return [(round(row.centre, 1), row.name) for row in laid.rows]
    middles = [(row.history, row.top + row.height) for row in laid.rows if row.by_office]
    return [(round(middle, 1), titles[history]) for history, middle in middles]


def _left(names: Sequence[tuple[float, str]]) -> int:
    return round(20 + 6.6 * min(max((len(name) for _, name in names), default=10), 46))


def _legend_rows(traces: Sequence[Mapping[str, Any]]) -> int:
    """Reckon the rows of a legend under a plot of the usual width: columns are as wide as the longest name."""
    names = [trace["name"] for trace in traces if trace.get("showlegend", True)]
    columns = max(1, int(_LEGEND_WIDTH // (46 + 6.4 * max((len(name) for name in names), default=1))))
    return max(1, -(-len(names) // columns))


def _legend(ground: Ground, *, several: bool, height: float) -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": round(1 + 28 / height, 4) if several else round(-30 / height, 4),
        "yanchor": "bottom" if several else "top",
        "font": {"size": 12, "color": ground.text},
        "bgcolor": "rgba(0,0,0,0)",
        "itemsizing": "trace",
        "tracegroupgap": 0,
    }


def _time_axis(laid: Plan, ground: Ground, *, several: bool) -> dict[str, Any]:
    return {
        "type": "date",
        "range": [_iso(laid.start), _iso(laid.end)],
        "side": "top" if several else "bottom",
        "tickformatstops": [
            {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
            {"dtickrange": [86_400_000 * 27, "M11"], "value": "%Y-%m"},
            {"dtickrange": ["M11", None], "value": "%Y"},
        ],
        "tickfont": {"size": 12, "color": ground.muted},
        "ticks": "",
        "showgrid": True,
        "gridcolor": ground.grid,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
    }


def _iso(day: float) -> str:
    return (_EPOCH + timedelta(days=round(day))).isoformat()
