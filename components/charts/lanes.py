"""Where things stand: rows, their heights, and places for markers and labels that do not cover each other.

Heights and offsets are CSS pixels. Widths are reckoned for a plot of `WIDTH` pixels showing the whole time; a wider
plot, or one zoomed into, has more room.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from components.charts.events import Events, styles
from components.prosecution import LANES, OFFICE_LANES

WIDTH: Final = 900
STEP: Final = 13
"""Distance at which two markers are told apart."""
LETTER: Final = 5.3
"""Width of a letter of a label."""
LANE, HEADING, GAP = 32, 30, 14
COMPACT_ROW, COMPACT_GAP = 17, 8
COMPACT_FROM: Final = 7
"""From this many histories on, each has two rows only: the Office above, the applicant below."""
SIDES: Final = ("Office", "Applicant")
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


def plan(events: Events, *, histories: int) -> Plan:
    """Lay out the rows of `histories` histories and place every event in its row."""
    first, last = (min(events.day), max(events.day)) if len(events) else (0, 0)
    span = max(last - first, 120)
    laid = Plan([], {}, [0.0] * len(events), 0.0, histories >= COMPACT_FROM, first - 0.025 * span, last + 0.075 * span)
    rows = _rows(events, histories, compact=laid.compact)
    offsets = {id(row): _offsets(row, events, laid) for row in rows}
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
        for event, offset in zip(row.events, offsets[id(row)], strict=True):
            laid.y[event] = round(row.centre + offset, 1)
        top += row.height
    return Plan(rows, headings, laid.y, top, laid.compact, laid.start, laid.end)


def _rows(events: Events, histories: int, *, compact: bool) -> list[Row]:
    """Make the rows: two for each history when compact, else its lanes that have events."""
    placed: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for event, (history, category) in enumerate(zip(events.history, events.category, strict=True)):
        side = SIDES[not events.by_office[event]]
        placed[history, side if compact else styles()[category].lane].append(event)
    names = SIDES if compact else LANES
    rows = []
    for history in range(histories):
        kept = [name for name in names if compact or placed[history, name]] or ["Office actions"]
        rows += [Row(history, name, name in (*OFFICE_LANES, SIDES[0]), events=placed[history, name]) for name in kept]
    return rows


def _offsets(row: Row, events: Events, laid: Plan) -> list[float]:
    """Give each event of a row its distance from the row's middle: events that would touch are stacked."""
    offsets: list[float] = []
    slots: list[int] = []
    ends: list[float] = []
    last = float("-inf")
    most = 3 if laid.compact else 12
    for event in row.events:
        here = laid.pixels(events.day[event])
        if here - last >= STEP:  # nothing near: a new stack begins
            offsets += _spread(slots, len(ends))
            slots, ends = [], []
        slot = _free_slot(ends, here - STEP, most)
        if slot == len(ends):
            ends.append(here)
        ends[slot] = here
        slots.append(slot)
        last = here
    return offsets + _spread(slots, len(ends))


def _free_slot(ends: Sequence[float], before: float, most: int) -> int:
    """Give the first level that was last used before a place, else a new one, else the one unused for longest."""
    for slot, end in enumerate(ends):
        if end <= before:
            return slot
    return len(ends) if len(ends) < most else ends.index(min(ends))


def _spread(slots: Sequence[int], levels: int) -> list[float]:
    return [(slot - (levels - 1) / 2) * STEP for slot in slots]


def labels(events: Events, laid: Plan) -> dict[int, str]:
    """Say which events carry a label, and on which side of the marker: `middle right` or `middle left`.

    A label is written only where it covers neither a marker nor another label.
    """
    found: dict[int, str] = {}
    if laid.compact:
        return found
    for row in laid.rows:
        if len(row.events) > MOST_LABELLED:
            continue
        taken = [
            (laid.pixels(events.day[event]) - 7, laid.pixels(events.day[event]) + 7, laid.y[event])
            for event in row.events
        ]
        for event in row.events:
            text = styles()[events.category[event]].short
            here, height = laid.pixels(events.day[event]), laid.y[event]
            width = 8 + LETTER * len(text)
            for side, left in (("middle right", here + 7.5), ("middle left", here - 7.5 - width)):
                fits = left >= 0 and left + width <= WIDTH
                if (
                    text
                    and fits
                    and not any(
                        begin < left + width and end > left and abs(height - other) < STEP - 1
                        for begin, end, other in taken
                    )
                ):
                    found[event] = side
                    taken.append((left, left + width, height))
                    break
    return found
