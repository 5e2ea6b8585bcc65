"""Where things stand: rows, their heights, and places for markers that do not cover each other.

Heights and offsets are CSS pixels. Widths are reckoned for a plot of `WIDTH` pixels showing the whole time; a wider
plot, or one zoomed into, has more room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from components.charts.events import Events
from components.charts.theme import styles
from components.prosecution import LANES, OFFICE_LANES

WIDTH: Final = 900
STEP: Final = 13
"""Distance at which two markers are told apart."""
COMPACT_FROM: Final = 7
"""From this many histories on, each has two rows only: the Office above, the applicant below."""
SIDES: Final = ("Office", "Applicant")
_OF_OFFICE: Final = frozenset({*OFFICE_LANES, SIDES[0]})
_HEADING: Final = 30
"""Height of the title above the lanes of a history."""
_ABOVE: Final = 16
"""Room above the first row when compact, for a label that belongs to it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of a form of the timeline."""

    row: int
    """Height of a row whose markers are not stacked."""
    gap: int
    """Between two histories."""
    turns: float
    """Height of the bar between both sides that says whose turn it was."""
    below: float
    """From the middle of a marker down to the strip of its period, and to the line of what nothing answered."""
    levels: int
    """How many markers may be stacked in a row."""


FULL: Final = Sizes(row=32, gap=14, turns=11.0, below=11.0, levels=12)
COMPACT: Final = Sizes(row=17, gap=8, turns=7.0, below=5.0, levels=3)


@dataclass(frozen=True, slots=True)
class Row:
    """A lane of one history."""

    history: int
    name: str
    top: float
    height: float
    events: Sequence[int]
    """The events in it, by date."""
    offsets: Sequence[float]
    """The distance of each event from the middle of the row."""

    @property
    def by_office(self) -> bool:
        """Whether it shows what the Office sent."""
        return self.name in _OF_OFFICE

    @property
    def centre(self) -> float:
        """The middle of the row."""
        return self.top + self.height / 2

    @property
    def end(self) -> float:
        """The lower edge of the row."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Plan:
    """A figure's geometry."""

    rows: Sequence[Row]
    headings: Mapping[int, float]
    """History → middle of its heading; empty with one history, and when compact."""
    middles: Mapping[int, float]
    """History → the line between the Office's rows and the applicant's."""
    y: Sequence[float]
    """Place of each event."""
    height: float
    compact: bool
    start: float
    end: float
    """The time shown, in the clock's days."""

    @property
    def sizes(self) -> Sizes:
        """The sizes of the form."""
        return COMPACT if self.compact else FULL

    def pixels(self, place: float) -> float:
        """Turn a place in time into pixels from the left."""
        return _pixels(place, self.start, self.end)


def plan(events: Events, *, histories: int, reaching: Sequence[int], turns: bool = False, above: bool = False) -> Plan:
    """Lay out the rows of histories and place every event in its row.

    Args:
        events: the events.
        histories: how many histories there are.
        reaching: places in time to be shown besides those of the events.
        turns: leave room for a bar between both sides of each history.
        above: leave room above the first row.
    """
    compact = histories >= COMPACT_FROM
    sizes = COMPACT if compact else FULL
    start, end = _time_shown(events, reaching)
    places = [_pixels(place, start, end) for place in events.place]
    headed = histories > 1 and not compact
    between = sizes.turns if turns else 0.0
    top = float(_ABOVE) if above and compact else 0.0
    rows: list[Row] = []
    headings, middles = {}, {}
    for history, lanes in enumerate(_lanes(events, histories, compact=compact)):
        top += sizes.gap if history else 0
        if headed:
            headings[history] = top + _HEADING / 2
            top += _HEADING
        office = _stack(history, _of_side(lanes, by_office=True), top, places, sizes)
        top = office[-1].end if office else top
        middles[history] = round(top + between / 2, 1)
        top += between
        applicant = _stack(history, _of_side(lanes, by_office=False), top, places, sizes)
        top = applicant[-1].end if applicant else top
        rows += [*office, *applicant]
    return Plan(rows, headings, middles, _heights(rows, len(events)), top, compact, start, end)


def _time_shown(events: Events, reaching: Sequence[int]) -> tuple[float, float]:
    """Return the first and the last place in time that is shown, with room for the last label."""
    shown = [*events.place, *reaching] if len(events) else [0]
    first, last = min(shown), max(shown)
    span = max(last - first, 120)
    return first - 0.025 * span, last + 0.075 * span


def _pixels(place: float, start: float, end: float) -> float:
    return (place - start) / (end - start) * WIDTH


def _lanes(events: Events, histories: int, *, compact: bool) -> list[dict[str, list[int]]]:
    """Return the lanes of each history from top to bottom, with the events in each.

    They are two when compact, else those that have events.
    """
    names = SIDES if compact else LANES
    lanes: list[dict[str, list[int]]] = [{name: [] for name in names} for _ in range(histories)]
    for event, (history, name) in enumerate(zip(events.history, _lane_of_each(events, compact=compact), strict=True)):
        lanes[history][name].append(event)
    if compact:
        return lanes
    return [{name: members for name, members in each.items() if members} or {LANES[0]: []} for each in lanes]


def _lane_of_each(events: Events, *, compact: bool) -> list[str]:
    if compact:
        return [SIDES[not by_office] for by_office in events.by_office]
    lane_of = [style.lane for style in styles()]
    return [lane_of[category] for category in events.category]


def _of_side(lanes: Mapping[str, Sequence[int]], *, by_office: bool) -> dict[str, Sequence[int]]:
    return {name: events for name, events in lanes.items() if (name in _OF_OFFICE) == by_office}


def _stack(
    history: int, lanes: Mapping[str, Sequence[int]], top: float, places: Sequence[float], sizes: Sizes
) -> list[Row]:
    """Return the rows of lanes, below each other from a height on."""
    rows: list[Row] = []
    for name, events in lanes.items():
        offsets = _offsets(events, places, most=sizes.levels)
        reach = max(map(abs, offsets), default=0.0)
        rows.append(Row(history, name, top, sizes.row + 2 * reach, events, offsets))
        top = rows[-1].end
    return rows


def _heights(rows: Sequence[Row], events: int) -> list[float]:
    """Return the height at which each event stands."""
    y = [0.0] * events
    for row in rows:
        heights = {offset: round(row.centre + offset, 1) for offset in set(row.offsets)}
        for event, offset in zip(row.events, row.offsets, strict=True):
            y[event] = heights[offset]
    return y


def _offsets(events: Sequence[int], places: Sequence[float], *, most: int) -> list[float]:
    """Give each event of a row its distance from the row's middle: events that would touch are stacked.

    Args:
        events: the events of the row, by date.
        places: the place of each event of the figure, in pixels from the left.
        most: how many levels a stack may have.
    """
    offsets: list[float] = []
    slots: list[int] = []
    ends: list[float] = []
    last = float("-inf")
    for event in events:
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
