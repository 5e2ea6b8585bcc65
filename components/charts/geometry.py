"""The geometry of the timeline: its lanes, and a height for each marker so that none covers another.

Heights and offsets are CSS pixels, counted downwards. Widths are computed for a figure of `FIGURE_WIDTH` pixels that
shows the whole time; a wider figure, or one that is zoomed into, has more room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from components.charts.events import Events
from components.charts.text import text_width
from components.charts.theme import category_styles
from components.prosecution import LANES, OFFICE_LANES

FIGURE_WIDTH: Final = 1_180
"""Assumed width of the figure, in pixels: rather less than a window of 1,280 pixels leaves for it."""
NAME_SIZE: Final = 12
"""Size of the names on the left, in pixels."""
RIGHT: Final = 28
"""Margin on the right, in pixels: for the names of the sides, and for plotly's buttons below each other."""
COMPACT_FROM: Final = 7
"""From this many histories on the form is compact: two lanes each, the Office above, the applicant below."""
COMPACT_LANES: Final = ("Office", "Applicant")
_OF_OFFICE: Final = frozenset({*OFFICE_LANES, COMPACT_LANES[0]})
_HEADING: Final = 22
"""Height of the title above the lanes of a history, in pixels."""
_BESIDE_NAMES: Final = 16
"""Room on the left and right of the names, in pixels."""
_RIM: Final = 3.0
"""Room above and below all lanes of the compact form, whose markers are higher than its lanes, in pixels."""
_MAX_NAMES: Final = 220
"""Most room for the names, in pixels."""
_GROUPS: Final = 12
"""Width of the bars of groups with the space beside them, in pixels."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one form of the timeline, in pixels."""

    lane: int
    """Least height of a lane whose markers are not stacked."""
    high_lane: int
    """Height of such a lane where few lanes leave room."""
    plot: int
    """Height of a history up to which its lanes are higher than the least; beyond it, stacks are lower."""
    gap: int
    """Distance between two histories."""
    turns: float
    """Height of the bar between both sides that shows whose turn it was."""
    below: float
    """Distance from the middle of a marker down to the strip of its period."""
    step: int
    """Least distance in time between two markers on one level of a stack."""
    rise: int
    """Distance between two levels of a stack, with room for labels."""
    low_rise: int
    """The same where there is little room."""
    levels: int
    """How many markers of a lane may be stacked at one time."""


ONE: Final = Sizes(
    lane=22, high_lane=30, plot=220, gap=0, turns=11.0, below=9.0, step=13, rise=15, low_rise=11, levels=12
)  # fmt: skip
SEVERAL: Final = Sizes(
    lane=20, high_lane=24, plot=180, gap=8, turns=9.0, below=9.0, step=13, rise=15, low_rise=11, levels=12
)  # fmt: skip
COMPACT: Final = Sizes(
    lane=9, high_lane=9, plot=30, gap=4, turns=4.0, below=4.0, step=9, rise=8, low_rise=6, levels=3
)  # fmt: skip
"""With one history, with a few, and with many."""


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
    sizes: Sizes
    left: int
    """Margin on the left, for the names, in pixels."""
    start: float
    """First position shown on the time axis."""
    end: float
    """Last position shown on the time axis."""
    room: Mapping[int, float]
    """History → room above it for the name of its group; empty where no history is in a group."""

    @property
    def compact(self) -> bool:
        """Whether each history has two lanes only."""
        return self.sizes is COMPACT

    @property
    def width(self) -> int:
        """Assumed width of the plot."""
        return FIGURE_WIDTH - self.left - RIGHT

    @property
    def pixel(self) -> float:
        """How many days on the time axis are one pixel wide."""
        return (self.end - self.start) / self.width

    def pixels(self, position: float) -> float:
        """Return the distance of a position on the time axis from the left edge, in pixels."""
        return (position - self.start) / self.pixel


def arrange_lanes(
    events: Events,
    *,
    titles: Sequence[str],
    shown: tuple[float, float],
    turns: bool,
    room: Mapping[int, float],
    lane_names: Sequence[Mapping[str, str]] = (),
) -> Geometry:
    """Return the lanes of histories from top to bottom, with a height for every event.

    Args:
        events: the events to arrange.
        titles: the title of each history that is drawn, escaped.
        shown: first and last position of the time axis.
        turns: whether to leave room for the bar of turns between both sides of each history.
        room: the room to leave above some histories for the names of their groups, by their index.
        lane_names: what the lanes of each history are called on the left; without it by their own names.
    """
    histories = len(titles)
    sizes = COMPACT if histories >= COMPACT_FROM else SEVERAL if histories > 1 else ONE
    compact = sizes is COMPACT
    members = _members(events, histories, compact=compact)
    called = lane_names or [{}] * histories
    on_left = [own.get(name, name) for own, names in zip(called, members, strict=True) for name in names]
    left = _left_margin(titles if compact else on_left, groups=bool(room))
    geometry = Geometry([], {}, {}, [], 0.0, sizes, left, *shown, room)
    pixels = [geometry.pixels(position) for position in events.position]
    stacks = [{name: _stacked(of_lane, pixels, sizes) for name, of_lane in names.items()} for names in members]
    between = sizes.turns if turns else 0.0
    height, rise = _lane_height(stacks, between, sizes)
    rim = _RIM if compact else 0.0
    top = rim
    lanes: list[Lane] = []
    headings, middles = {}, {}
    for history, names in enumerate(members):
        top += (sizes.gap if history else 0) + room.get(history, 0.0)
        if sizes is SEVERAL:
            headings[history] = top + _HEADING / 2
            top += _HEADING
        for by_office in (True, False):
            if not by_office:
                middles[history] = round(top + between / 2, 1)
                top += between
            for name, of_lane in names.items():
                if (name in _OF_OFFICE) == by_office:
                    stacked = [level * rise for level in stacks[history][name]]
                    reach = max(map(abs, stacked), default=0.0)
                    lanes.append(Lane(history, name, top, height + 2 * reach, of_lane, stacked))
                    top = lanes[-1].end
    return Geometry(lanes, headings, middles, _heights(lanes, len(events)), top + rim, sizes, left, *shown, room)


def _left_margin(names: Sequence[str], *, groups: bool) -> int:
    """Return the width that the longest name on the left needs, and the bars of groups beside it, in pixels."""
    widest = max((text_width(name, NAME_SIZE) for name in names), default=0.0)
    return round((_GROUPS if groups else 0) + _BESIDE_NAMES + min(max(widest, 40.0), _MAX_NAMES))


def _lane_height(stacks: Sequence[Mapping[str, Sequence[float]]], between: float, sizes: Sizes) -> tuple[float, float]:
    """Return the height of lanes whose markers are not stacked, and the distance between levels of a stack.

    Lanes are higher, and stacks are not lower, where one history does not take more room than it should.
    """
    lanes = [stacked for of_history in stacks for stacked in of_history.values()]
    room = (sizes.plot - between) * len(stacks) - len(lanes) * sizes.lane
    levels = sum(2 * max(map(abs, stacked), default=0.0) for stacked in lanes)
    rise = min(max(room // levels, sizes.low_rise), sizes.rise) if levels else sizes.rise
    more = (room - levels * rise) // len(lanes) if lanes else 0
    return min(max(sizes.lane + more, sizes.lane), sizes.high_lane), rise


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


def _heights(lanes: Sequence[Lane], events: int) -> list[float]:
    """Return the height of each event."""
    y = [0.0] * events
    for lane in lanes:
        heights = {offset: round(lane.centre + offset, 1) for offset in set(lane.offsets)}
        for event, offset in zip(lane.events, lane.offsets, strict=True):
            y[event] = heights[offset]
    return y


def _stacked(events: Sequence[int], pixels: Sequence[float], sizes: Sizes) -> list[float]:
    """Return the level of each event of a lane, counted from its middle. Events that would touch are stacked.

    Args:
        events: indices of the events of the lane, by date.
        pixels: the distance of every event of the figure from the left edge.
        sizes: how far apart markers stand, and how many may be stacked.
    """
    levels: list[float] = []
    slots: list[int] = []
    ends: list[float] = []
    last = float("-inf")
    for event in events:
        x = pixels[event]
        if x - last >= sizes.step:  # nothing near: a new stack begins
            levels += _from_middle(slots, len(ends))
            slots, ends = [0], [x]
        else:
            slots.append(_free_level(ends, x, sizes))
        last = x
    return levels + _from_middle(slots, len(ends))


def _free_level(ends: list[float], x: float, sizes: Sizes) -> int:
    """Return the level of a stack for a marker, and note in `ends` that the level is occupied up to it.

    It is the first level that is free there, else a new one, else the one that has been free for longest.
    """
    before = x - sizes.step
    for slot, end in enumerate(ends):
        if end <= before:
            ends[slot] = x
            return slot
    if len(ends) < sizes.levels:
        ends.append(x)
        return len(ends) - 1
    slot = ends.index(min(ends))
    ends[slot] = x
    return slot


def _from_middle(slots: Sequence[int], levels: int) -> list[float]:
    """Return levels of a stack, counted from its middle."""
    return [slot - (levels - 1) / 2 for slot in slots]
