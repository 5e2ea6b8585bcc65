"""The ticks of the time axis. They become finer where a reader zooms in, and each says by itself when it is."""

from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any, Final

from components.charts.axis import MONTH
from components.words import MONTH_DAYS

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of plotly's axis, which knows no zones
_HOUR, _QUARTER, _MINUTE = "%j%H", "%j%H%M", "%M"
"""What plotly writes at a whole month, at a quarter of one and below, before the texts below replace it."""
_QUARTERS: Final = 4
_MINUTES: Final = 60


def day_ticks() -> dict[str, Any]:
    """Return ticks on the calendar, as years, months or days in figures."""
    return {
        "type": "date",
        "tickformatstops": [
            {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
            {"dtickrange": [86_400_000 * 27, "M11"], "value": "%Y-%m"},
            {"dtickrange": ["M11", None], "value": "%Y"},
        ],
    }


def month_ticks(start: float, end: float) -> dict[str, Any]:
    """Return ticks on the axis of months: at years, months or quarters of a month, and below that at days of a month.

    Plotly takes months for hours of a calendar (see `MONTH`), so their texts are replaced: `18 mo`. It does so for the
    time shown only, and the axis cannot be moved beyond that.

    Args:
        start: first position shown, in days.
        end: last position shown.
    """
    shown = range(floor(start / MONTH_DAYS), ceil(end / MONTH_DAYS) + 1)
    texts = {f"{(_EPOCH + timedelta(hours=month)):{_HOUR}}": f"{month} mo" for month in shown}
    for month in shown:
        for quarter in range(_QUARTERS):
            moment = _EPOCH + timedelta(hours=month, minutes=quarter * _MINUTES // _QUARTERS)
            texts[f"{moment:{_QUARTER}}"] = f"{month + quarter / _QUARTERS:g} mo"
    for minute in range(_MINUTES):
        texts[f"{minute:02}"] = f"+{minute * MONTH_DAYS / _MINUTES:.0f} d"
    quarter_of_month = MONTH // _QUARTERS
    return {
        "type": "date",
        "minallowed": start / MONTH_DAYS * MONTH,
        "maxallowed": end / MONTH_DAYS * MONTH,
        "labelalias": texts,
        "tickformatstops": [
            {"dtickrange": [None, quarter_of_month - 1], "value": _MINUTE},
            {"dtickrange": [quarter_of_month - 1, MONTH - 1], "value": _QUARTER},
            {"dtickrange": [MONTH - 1, None], "value": _HOUR},
        ],
    }
