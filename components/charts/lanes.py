"""Where things stand: rows, their heights, and places for markers and labels that do not cover each other.

Heights and offsets are CSS pixels. Widths are reckoned for a plot of `WIDTH` pixels showing the whole time; a wider
plot, or one zoomed into, has more room.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from components.charts.events import Events
from components.charts.style import styles
from components.prosecution import LANES, OFFICE_LANES

WIDTH: Final = 900
STEP: Final = 13
"""Distance at which two markers are told apart."""
_MARKER: Final = 7
"""Half the width of a marker; a label begins at `_REACH` from its middle."""
_REACH: Final = 7.5
LETTER: Final = 5.3
"""Width of a letter of a label."""
LANE, HEADING, GAP = 32, 30, 14
COMPACT_ROW, COMPACT_GAP = 17, 8
COMPACT_FROM: Final = 7
"""From this many histories on, each has two rows only: the Office above, the applicant below."""
SIDES: Final = ("Office", "Applicant")
BELOW: Final = 11.0
"""From the middle of a marker down to the strip of its period, and to the line of what nothing answered."""
BELOW_COMPACT: Final = 5.0
_EPOCH: Final = date(1970, 1, 1).toordinal()
MOST_LABELLED: Final = 150
"""A row with more events than this is not labelled: there would be no room."""


@dataclass(slots=True)
class Row:
    """A lane of one history."""

    history: int
    name: str
    by_office: bool
    top: float = 0.0
    height: float = 0.0
    events: list[int] = field(default_factory=list)

    @property
    def centre(self) -> float:
        """The middle of the row."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Plan:
    """A figure's geometry."""

    rows: list[Row]
    headings: dict[int, float]
    """History → middle of its heading; empty with one history, and when compact."""
    y: list[float]
    """Place of each event."""
    height: float
    compact: bool
    start: float
    end: float
    """The time shown, in days since 1970-01-01."""

    def pixels(self, day: float) -> float:
        """Turn a day into pixels from the left."""
        return (day - self.start) / (self.end - self.start) * WIDTH


def days_of(day: str) -> int:
    """Turn `2018-08-31` into days since 1970-01-01."""
    return date.fromisoformat(day).toordinal() - _EPOCH


def plan(events: Events, *, histories: int, until: int) -> Plan:
    """Lay out the rows of `histories` histories, with room in time until a day, and place every event in its row."""
    first, last = (min(events.day), max(*events.day, until)) if len(events) else (0, 0)
    span = max(last - first, 120)
    laid = Plan([], {}, [0.0] * len(events), 0.0, histories >= COMPACT_FROM, first - 0.025 * span, last + 0.075 * span)
    rows = _rows(events, histories, compact=laid.compact)
    places = [laid.pixels(day) for day in events.day]
    offsets = {id(row): _offsets(row, places, most=3 if laid.compact else 12) for row in rows}
    top, before, headings = 0.0, -1, {}
    for row in rows:
        if row.history != before:
            if before >= 0:
                top += COMPACT_GAP if laid.compact else GAP
            if histories > 1 and not laid.compact:
                headings[row.history] = top + HEADING / 2
                top += HEADING
        before = row.history
        reach = max((abs(offset) for offset in offsets[id(row)]), default=0.0)
        row.top, row.height = top, (COMPACT_ROW if laid.compact else LANE) + 2 * reach
        centre = row.centre
        for event, offset in zip(row.events, offsets[id(row)], strict=True):
            laid.y[event] = round(centre + offset, 1)
        top += row.height
    return Plan(rows, headings, laid.y, top, laid.compact, laid.start, laid.end)


def _rows(events: Events, histories: int, *, compact: bool) -> list[Row]:
    """Make the rows: two for each history when compact, else its lanes that have events."""
    placed: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    if compact:
        lanes = [SIDES[not by_office] for by_office in events.by_office]
    else:
        lane_of = [style.lane for style in styles()]
        lanes = [lane_of[category] for category in events.category]
    for event, place in enumerate(zip(events.history, lanes, strict=True)):
        placed[place].append(event)
    names = SIDES if compact else LANES
    rows = []
    for history in range(histories):
        kept = [name for name in names if compact or placed[history, name]] or ["Office actions"]
        rows += [Row(history, name, name in (*OFFICE_LANES, SIDES[0]), events=placed[history, name]) for name in kept]
    return rows


def _offsets(row: Row, places: Sequence[float], *, most: int) -> list[float]:
    """Give each event of a row its distance from the row's middle: events that would touch are stacked.

    Args:
        row: the row.
        places: the place of each event of the figure, in pixels from the left.
        most: how many levels a stack may have.
    """
    offsets: list[float] = []
    slots: list[int] = []
    ends: list[float] = []
    last = float("-inf")
    for event in row.events:
        here = places[event]
        if here - last >= STEP:  # nothing near: a new stack begins
            offsets += _spread(slots, len(ends))
            slots, ends = [0], [here]
        else:
            slot = _free_slot(ends, here - STEP, most)
            if slot == len(ends):
                ends.append(here)
            ends[slot] = here
            slots.append(slot)
        last = here
    return offsets + _spread(slots, len(ends))


def _free_slot(ends: Sequence[float], before: float, most: int) -> int:
    """Give the first level that was last used before a place, else a new one, else the one unused for longest."""
    oldest = min(ends)
    if oldest > before:
        return len(ends) if len(ends) < most else ends.index(oldest)
    for slot, end in enumerate(ends):
        if end <= before:
            return slot
    return len(ends)


def _spread(slots: Sequence[int], levels: int) -> list[float]:
    heights = [(level - (levels - 1) / 2) * STEP for level in range(levels)]
    return [heights[slot] for slot in slots]


def labels(events: Events, laid: Plan) -> dict[int, str]:
    """Say which events carry a label, and on which side of the marker: `middle right` or `middle left`.

    A label is written only where it covers neither a marker nor another label.
    """
    found: dict[int, str] = {}
    for row in laid.rows:
        if not laid.compact and len(row.events) <= MOST_LABELLED:
            _label(row, events, laid, found)
    return found


def _label(row: Row, events: Events, laid: Plan, found: dict[int, str]) -> None:
    """Find the labels of a row. Its events stand by date, so that only the nearest need looking at."""
    places = [laid.pixels(events.day[event]) for event in row.events]
    heights = [laid.y[event] for event in row.events]
    written: list[tuple[float, float, float]] = []
    for event, here, height in zip(row.events, places, heights, strict=True):
        text = styles()[events.category[event]].short
        if not text:
            continue
        width = 8 + LETTER * len(text)
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
