"""Names beside markers, where there is room for them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from components.charts.events import Events
from components.charts.lanes import STEP, WIDTH, Plan, Row
from components.charts.style import styles

DECISIVE: Final = frozenset({"final_rejection", "refusal", "allowance", "issue", "abandonment", "withdrawal"})
"""The categories that are named in the compact form too."""
_MARKER: Final = 7
"""Half the width of a marker; a label begins at `_REACH` from its middle."""
_REACH: Final = 7.5
_LETTER: Final = 5.3
"""Width of a letter of a label."""
_MOST_LABELLED: Final = 150
"""A row with more events than this is not labelled: there would be no room."""


def labels(events: Events, laid: Plan) -> dict[int, str]:
    """Say which events carry a label, and on which side of the marker: `middle right` or `middle left`.

    A label is written only where it covers neither a marker nor another label. In the compact form, where room is
    scarce, only what decides an application is named.
    """
    found: dict[int, str] = {}
    named = [style.short if not laid.compact or style.name in DECISIVE else "" for style in styles()]
    for row in laid.rows:
        if len(row.events) <= _MOST_LABELLED:
            _label(row, events, laid, named, found)
    return found


def _label(row: Row, events: Events, laid: Plan, named: Sequence[str], found: dict[int, str]) -> None:
    """Find the labels of a row. Its events stand by date, so that only the nearest need looking at."""
    places = [laid.pixels(events.place[event]) for event in row.events]
    heights = [laid.y[event] for event in row.events]
    written: list[tuple[float, float, float]] = []
    for event, here, height in zip(row.events, places, heights, strict=True):
        text = named[events.category[event]]
        if not text:
            continue
        width = 8 + _LETTER * len(text)
        for side, left in (("middle right", here + _REACH), ("middle left", here - _REACH - width)):
            right = left + width
            near = range(bisect_right(places, left - _MARKER), bisect_left(places, right + _MARKER))
            if (
                left >= 0
                and right <= WIDTH
                and not any(abs(height - heights[place]) < STEP - 1 for place in near)
                and not any(
                    begin < right and end > left and abs(height - other) < STEP - 1 for begin, end, other in written
                )
            ):
                found[event] = side
                written.append((left, right, height))
                break
