"""Where things stand: rows, their heights, and places for markers that do not cover each other.

Heights and offsets are CSS pixels. Widths are reckoned for a plot of `WIDTH` pixels showing the whole time; a wider
plot, or one zoomed into, has more room.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from components.charts.events import Events
from components.charts.style import styles
from components.prosecution import LANES, OFFICE_LANES

WIDTH: Final = 900
STEP: Final = 13
"""Distance at which two markers are told apart."""
LANE, HEADING, GAP = 32, 30, 14
COMPACT_ROW, COMPACT_GAP = 17, 8
TURNS, TURNS_COMPACT = 11.0, 7.0
"""Heights of the bar between both sides that says whose turn it was."""
_ABOVE: Final = 16
"""Room above the first row when compact, for a label that belongs to it."""
COMPACT_FROM: Final = 7
"""From this many histories on, each has two rows only: the Office above, the applicant below."""
SIDES: Final = ("Office", "Applicant")
BELOW: Final = 11.0
"""From the middle of a marker down to the strip of its period, and to the line of what nothing answered."""
BELOW_COMPACT: Final = 5.0


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
    middles: dict[int, float]
    """History → the line between the Office's rows and the applicant's."""
    y: list[float]
    """Place of each event."""
    height: float
    compact: bool
    start: float
    end: float
    """The time shown, in the clock's days."""

    def pixels(self, place: float) -> float:
        """Turn a place in time into pixels from the left."""
        return (place - self.start) / (self.end - self.start) * WIDTH


def plan(events: Events, *, histories: int, reaching: Sequence[int], turns: bool = False, above: bool = False) -> Plan:
    """Lay out the rows of histories and place every event in its row.

    Args:
        events: the events.
        histories: how many histories there are.
        reaching: places in time to be shown besides those of the events.
        turns: leave room for a bar between both sides of each history.
        above: leave room above the first row.
    """
    shown = [*events.place, *reaching] if len(events) else [0]
    first, last = min(shown), max(shown)
    span = max(last - first, 120)
    compact = histories >= COMPACT_FROM
    start, end = first - 0.025 * span, last + 0.075 * span
    rows = _rows(events, histories, compact=compact)
    places = [(place - start) / (end - start) * WIDTH for place in events.place]
    y, headings, middles = [0.0] * len(events), {}, {}
    between = (TURNS_COMPACT if compact else TURNS) if turns else 0.0
    top = float(_ABOVE) if above and compact else 0.0
    for history, members in groupby(rows, key=lambda row: row.history):
        if history:
            top += COMPACT_GAP if compact else GAP
        if histories > 1 and not compact:
            headings[history] = top + HEADING / 2
            top += HEADING
        sides: tuple[list[Row], list[Row]] = ([], [])
        for row in members:
            sides[not row.by_office].append(row)
        top = _stack(sides[0], top, places, y, compact=compact)
        middles[history] = round(top + between / 2, 1)
        top = _stack(sides[1], top + between, places, y, compact=compact)
    return Plan(rows, headings, middles, y, top, compact, start, end)


def _stack(rows: Sequence[Row], top: float, places: Sequence[float], y: list[float], *, compact: bool) -> float:
    """Put rows below each other from a height on, place their events in `y`, and give where they end."""
    for row in rows:
        offsets = _offsets(row, places, most=3 if compact else 12)
        reach = max(map(abs, offsets), default=0.0)
        row.top, row.height = top, (COMPACT_ROW if compact else LANE) + 2 * reach
        centre = row.centre
        heights = {offset: round(centre + offset, 1) for offset in set(offsets)}
        for event, offset in zip(row.events, offsets, strict=True):
            y[event] = heights[offset]
        top += row.height
    return top


def _rows(events: Events, histories: int, *, compact: bool) -> list[Row]:
    """Make the rows: two for each history when compact, else its lanes that have events."""
    placed: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    if compact:
        lanes = [SIDES[not by_office] for by_office in events.by_office]
    else:
        lane_of = [style.lane for style in styles()]
        lanes = [lane_of[category] for category in events.category]
    for place, event in zip(zip(events.history, lanes, strict=True), range(len(lanes)), strict=True):
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
            slots.append(_put(ends, here, most))
        last = here
    return offsets + _spread(slots, len(ends))


def _put(ends: list[float], here: float, most: int) -> int:
    """Use the first level that is free at a place, else a new one, else the one unused for longest; say which."""
    before = here - STEP
    for slot, end in enumerate(ends):
        if end <= before:
            ends[slot] = here
            return slot
    if len(ends) < most:
        ends.append(here)
        return len(ends) - 1
    slot = ends.index(min(ends))
    ends[slot] = here
    return slot


def _spread(slots: Sequence[int], levels: int) -> list[float]:
    heights = [(level - (levels - 1) / 2) * STEP for level in range(levels)]
    return [heights[slot] for slot in slots]
