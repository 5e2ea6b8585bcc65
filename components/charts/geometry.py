"""Where things stand: rows, their heights, and places for markers that do not cover each other.

Heights and offsets are CSS pixels. Widths are reckoned for a plot of `WIDTH` pixels showing the whole time; a wider
plot, or one zoomed into, has more room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from components.charts.events import Events
from components.charts.theme import category_styles
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

    lane: int
    """Height of a row whose markers are not stacked."""
    gap: int
    """Between two histories."""
    turns: float
    """Height of the bar between both sides that says whose turn it was."""
    below: float
    """From the middle of a marker down to the strip of its period, and to the line of what nothing answered."""
    levels: int
    """How many markers may be stacked in a row."""


FULL: Final = Sizes(lane=32, gap=14, turns=11.0, below=11.0, levels=12)
COMPACT: Final = Sizes(lane=17, gap=8, turns=7.0, below=5.0, levels=3)


@dataclass(frozen=True, slots=True)
class Lane:
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
class Geometry:
    """A figure's geometry."""

    lanes: Sequence[Lane]
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
    """The time shown, in the axis's days."""

    @property
    def sizes(self) -> Sizes:
        """The sizes of the form."""
        return COMPACT if self.compact else FULL

    def pixels(self, position: float) -> float:
        """Turn a place in time into pixels from the left."""
        return _pixels(position, self.start, self.end)


def arrange(
    events: Events, *, histories: int, also_shown: Sequence[int], turns: bool = False, above: bool = False
) -> Geometry:
    """Lay out the rows of histories and place every event in its row.

    Args:
        events: the events.
        histories: how many histories there are.
        also_shown: places in time to be shown besides those of the events.
        turns: leave room for a bar between both sides of each history.
        above: leave room above the first row.
    """
    compact = histories >= COMPACT_FROM
    sizes = COMPACT if compact else FULL
    start, end = _time_shown(events, also_shown)
    pixels = [_pixels(position, start, end) for position in events.position]
    headed = histories > 1 and not compact
    between = sizes.turns if turns else 0.0
    top = float(_ABOVE) if above and compact else 0.0
    lanes: list[Lane] = []
    headings, middles = {}, {}
    for history, members in enumerate(_members(events, histories, compact=compact)):
        top += sizes.gap if history else 0
        if headed:
            headings[history] = top + _HEADING / 2
            top += _HEADING
        office = _stack(history, _of_side(members, by_office=True), top, pixels, sizes)
        top = office[-1].end if office else top
        middles[history] = round(top + between / 2, 1)
        top += between
        applicant = _stack(history, _of_side(members, by_office=False), top, pixels, sizes)
        top = applicant[-1].end if applicant else top
        lanes += [*office, *applicant]
    return Geometry(lanes, headings, middles, _heights(lanes, len(events)), top, compact, start, end)


def _time_shown(events: Events, also_shown: Sequence[int]) -> tuple[float, float]:
    """Return the first and the last place in time that is shown, with room for the last label."""
    shown = [*events.position, *also_shown] if len(events) else [0]
    first, last = min(shown), max(shown)
    span = max(last - first, 120)
    return first - 0.025 * span, last + 0.075 * span


def _pixels(position: float, start: float, end: float) -> float:
    return (position - start) / (end - start) * WIDTH


def _members(events: Events, histories: int, *, compact: bool) -> list[dict[str, list[int]]]:
    """Return the lanes of each history from top to bottom, with the events in each.

    They are two when compact, else those that have events.
    """
    names = SIDES if compact else LANES
    lanes: list[dict[str, list[int]]] = [{name: [] for name in names} for _ in range(histories)]
    for event, (history, name) in enumerate(zip(events.history, _lane_names(events, compact=compact), strict=True)):
        lanes[history][name].append(event)
    if compact:
        return lanes
    return [{name: members for name, members in each.items() if members} or {LANES[0]: []} for each in lanes]


def _lane_names(events: Events, *, compact: bool) -> list[str]:
    if compact:
        return [SIDES[not by_office] for by_office in events.by_office]
    lane_of = [style.lane for style in category_styles()]
    return [lane_of[category] for category in events.category]


def _of_side(members: Mapping[str, Sequence[int]], *, by_office: bool) -> dict[str, Sequence[int]]:
    return {name: events for name, events in members.items() if (name in _OF_OFFICE) == by_office}


def _stack(
    history: int, members: Mapping[str, Sequence[int]], top: float, pixels: Sequence[float], sizes: Sizes
) -> list[Lane]:
    """Return the rows of lanes, below each other from a height on."""
    lanes: list[Lane] = []
    for name, events in members.items():
        offsets = _offsets(events, pixels, max_levels=sizes.levels)
        reach = max(map(abs, offsets), default=0.0)
        lanes.append(Lane(history, name, top, sizes.lane + 2 * reach, events, offsets))
        top = lanes[-1].end
    return lanes


def _heights(lanes: Sequence[Lane], events: int) -> list[float]:
    """Return the height at which each event stands."""
    y = [0.0] * events
    for lane in lanes:
        heights = {offset: round(lane.centre + offset, 1) for offset in set(lane.offsets)}
        for event, offset in zip(lane.events, lane.offsets, strict=True):
            y[event] = heights[offset]
    return y


def _offsets(events: Sequence[int], pixels: Sequence[float], *, max_levels: int) -> list[float]:
    """Give each event of a row its distance from the row's middle: events that would touch are stacked.

    Args:
        events: the events of the row, by date.
        pixels: the place of each event of the figure, in pixels from the left.
        max_levels: how many levels a stack may have.
    """
    offsets: list[float] = []
    slots: list[int] = []
    ends: list[float] = []
    last = float("-inf")
    for event in events:
        here = pixels[event]
        if here - last >= STEP:  # nothing near: a new stack begins
            offsets += _level_offsets(slots, len(ends))
            slots, ends = [0], [here]
        else:
            slots.append(_free_level(ends, here, max_levels))
        last = here
    return offsets + _level_offsets(slots, len(ends))


def _free_level(ends: list[float], here: float, max_levels: int) -> int:
    """Use the first level that is free at a place, else a new one, else the one unused for longest; say which."""
    before = here - STEP
    for slot, end in enumerate(ends):
        if end <= before:
            ends[slot] = here
            return slot
    if len(ends) < max_levels:
        ends.append(here)
        return len(ends) - 1
    slot = ends.index(min(ends))
    ends[slot] = here
    return slot


def _level_offsets(slots: Sequence[int], levels: int) -> list[float]:
    heights = [(level - (levels - 1) / 2) * STEP for level in range(levels)]
    return [heights[slot] for slot in slots]
