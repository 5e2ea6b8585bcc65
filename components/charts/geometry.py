"""The geometry of the timeline: its lanes, and a height for each marker so that none covers another.

Heights and offsets are CSS pixels, counted downwards. Widths are computed for a plot of `WIDTH` pixels that shows the
whole time; a wider plot, or one that is zoomed into, has more room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from components.charts.events import Events
from components.charts.theme import category_styles
from components.prosecution import LANES, OFFICE_LANES

WIDTH: Final = 900
"""Assumed width of the plot, in pixels."""
STEP: Final = 13
"""Least distance between two markers that do not cover each other, in pixels."""
COMPACT_FROM: Final = 7
"""From this many histories on the form is compact: two lanes each, the Office above, the applicant below."""
COMPACT_LANES: Final = ("Office", "Applicant")
_OF_OFFICE: Final = frozenset({*OFFICE_LANES, COMPACT_LANES[0]})
_HEADING: Final = 30
"""Height of the title above the lanes of a history, in pixels."""
_ABOVE: Final = 16
"""Room above the first lane of the compact form for the label of today, in pixels."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one form of the timeline (full or compact), in pixels."""

    lane: int
    """Height of a lane whose markers are not stacked."""
    gap: int
    """Distance between two histories."""
    turns: float
    """Height of the bar between both sides that shows whose turn it was."""
    below: float
    """Distance from the middle of a marker down to the strip of its period."""
    levels: int
    """How many markers of a lane may be stacked at one time."""


FULL: Final = Sizes(lane=32, gap=14, turns=11.0, below=11.0, levels=12)
COMPACT: Final = Sizes(lane=17, gap=8, turns=7.0, below=5.0, levels=3)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of one history: a horizontal row for one kind of paper, or for one side in the compact form."""

    history: int
    name: str
    top: float
    height: float
    events: Sequence[int]
    """Indices of the events in it, by date."""
    offsets: Sequence[float]
    """Distance of each of these events from the middle of the lane."""

    @property
    def by_office(self) -> bool:
        """Whether it shows papers of the Office."""
        return self.name in _OF_OFFICE

    @property
    def centre(self) -> float:
        """The height of its middle."""
        return self.top + self.height / 2

    @property
    def end(self) -> float:
        """The height of its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where everything stands in a figure."""

    lanes: Sequence[Lane]
    """All lanes from top to bottom."""
    headings: Mapping[int, float]
    """History → height of the middle of its title; empty with one history and in the compact form."""
    middles: Mapping[int, float]
    """History → height of the line between the Office's lanes and the applicant's."""
    y: Sequence[float]
    """Height of each event."""
    height: float
    """Height of the whole plot."""
    compact: bool
    start: float
    """First position shown on the time axis."""
    end: float
    """Last position shown on the time axis."""
    room: Mapping[int, float]
    """History → room above it for the name of its group."""

    @property
    def sizes(self) -> Sizes:
        """The sizes of its form."""
        return COMPACT if self.compact else FULL

    def pixels(self, position: float) -> float:
        """Return the distance of a position on the time axis from the left edge, in pixels."""
        return _pixels(position, self.start, self.end)


def arrange_lanes(
    events: Events,
    *,
    histories: int,
    also_shown: Sequence[int],
    turns: bool = False,
    above: bool = False,
    room: Mapping[int, float] = MappingProxyType({}),
) -> Geometry:
    """Return the lanes of histories from top to bottom, with a height for every event.

    Args:
        events: the events to arrange.
        histories: how many histories are drawn.
        also_shown: positions that the time axis must reach, besides those of the events.
        turns: whether to leave room for the bar of turns between both sides of each history.
        above: whether to leave room above the first lane of the compact form.
        room: the room to leave above some histories for the names of their groups, by their index.
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
        top += (sizes.gap if history else 0) + room.get(history, 0)
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
    return Geometry(lanes, headings, middles, _heights(lanes, len(events)), top, compact, start, end, room)


def _time_shown(events: Events, also_shown: Sequence[int]) -> tuple[float, float]:
    """Return the first and last position of the time axis: at least 120 days, with a margin for the last label."""
    shown = [*events.position, *also_shown] if len(events) else [0]
    first, last = min(shown), max(shown)
    span = max(last - first, 120)
    return first - 0.025 * span, last + 0.075 * span


def _pixels(position: float, start: float, end: float) -> float:
    """Return the distance of a position from the left edge, in pixels."""
    return (position - start) / (end - start) * WIDTH


def _members(events: Events, histories: int, *, compact: bool) -> list[dict[str, list[int]]]:
    """Return for each history the names of its lanes from top to bottom, with the events in each.

    The compact form has two lanes a history, the full form those with events, or the first one if there are none.
    """
    names = COMPACT_LANES if compact else LANES
    lanes: list[dict[str, list[int]]] = [{name: [] for name in names} for _ in range(histories)]
    for event, (history, name) in enumerate(zip(events.history, _lane_names(events, compact=compact), strict=True)):
        lanes[history][name].append(event)
    if compact:
        return lanes
    return [
        {name: members for name, members in lanes_of_history.items() if members} or {LANES[0]: []}
        for lanes_of_history in lanes
    ]


def _lane_names(events: Events, *, compact: bool) -> list[str]:
    """Return the name of the lane of each event."""
    if compact:
        return [COMPACT_LANES[not by_office] for by_office in events.by_office]
    lane_of = [style.lane for style in category_styles()]
    return [lane_of[category] for category in events.category]


def _of_side(members: Mapping[str, Sequence[int]], *, by_office: bool) -> dict[str, Sequence[int]]:
    """Return the lanes of one side with their events."""
    return {name: events for name, events in members.items() if (name in _OF_OFFICE) == by_office}


def _stack(
    history: int, members: Mapping[str, Sequence[int]], top: float, pixels: Sequence[float], sizes: Sizes
) -> list[Lane]:
    """Return the lanes of one side of a history, below each other from the height `top` on."""
    lanes: list[Lane] = []
    for name, events in members.items():
        offsets = _offsets(events, pixels, max_levels=sizes.levels)
        reach = max(map(abs, offsets), default=0.0)
        lanes.append(Lane(history, name, top, sizes.lane + 2 * reach, events, offsets))
        top = lanes[-1].end
    return lanes


def _heights(lanes: Sequence[Lane], events: int) -> list[float]:
    """Return the height of each event."""
    y = [0.0] * events
    for lane in lanes:
        heights = {offset: round(lane.centre + offset, 1) for offset in set(lane.offsets)}
        for event, offset in zip(lane.events, lane.offsets, strict=True):
            y[event] = heights[offset]
    return y


def _offsets(events: Sequence[int], pixels: Sequence[float], *, max_levels: int) -> list[float]:
    """Return the distance of each event of a lane from the middle of the lane. Events that would touch are stacked.

    Args:
        events: indices of the events of the lane, by date.
        pixels: the distance of every event of the figure from the left edge.
        max_levels: how many levels a stack may have.
    """
    offsets: list[float] = []
    slots: list[int] = []
    ends: list[float] = []
    last = float("-inf")
    for event in events:
        x = pixels[event]
        if x - last >= STEP:  # nothing near: a new stack begins
            offsets += _level_offsets(slots, len(ends))
            slots, ends = [0], [x]
        else:
            slots.append(_free_level(ends, x, max_levels))
        last = x
    return offsets + _level_offsets(slots, len(ends))


def _free_level(ends: list[float], x: float, max_levels: int) -> int:
    """Return the level of a stack for a marker, and note in `ends` that the level is occupied up to it.

    It is the first level that is free there, else a new one, else the one that has been free for longest.
    """
    before = x - STEP
    for slot, end in enumerate(ends):
        if end <= before:
            ends[slot] = x
            return slot
    if len(ends) < max_levels:
        ends.append(x)
        return len(ends) - 1
    slot = ends.index(min(ends))
    ends[slot] = x
    return slot


def _level_offsets(slots: Sequence[int], levels: int) -> list[float]:
    """Return the distance from the middle of the lane for markers on the given levels of a stack."""
    heights = [(level - (levels - 1) / 2) * STEP for level in range(levels)]
    return [heights[slot] for slot in slots]
