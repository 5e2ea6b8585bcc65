"""Groups of file histories, such as a family over several offices: their names, their colours, their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from components.charts.text import escape_plotly


class GroupColour(NamedTuple):
    """A colour in both themes, each with a contrast of at least 3 : 1 to the page (WCAG 2.2, 1.4.11)."""

    light: str
    dark: str


GROUP_COLOURS: Final[Mapping[str, GroupColour]] = {
    "blue": GroupColour("#1d5fa8", "#7fb2e5"),
    "orange": GroupColour("#c25700", "#f5a35b"),
    "green": GroupColour("#2e7d32", "#81c784"),
    "purple": GroupColour("#7b3fa0", "#c9a0f0"),
    "red": GroupColour("#b3261e", "#ff8a80"),
    "brown": GroupColour("#795548", "#c8a99a"),
}
"""Name of a colour → the colour, in the order in which new groups take them."""
NO_GROUP: Final = "Not in a group"
"""What stands above the files below all groups."""
_ROOM: Final = 22
"""Height of the name above the files of a group, in pixels."""
LONGEST_GROUP_NAME: Final = 40
"""Characters of the name of a group."""


@dataclass(frozen=True, slots=True)
class FileGroup:
    """File histories that a user has put together."""

    name: str
    colour: str
    """One of `GROUP_COLOURS`."""
    histories: tuple[str, ...]
    """The keys of its histories; some need not be drawn."""


class DrawnGroup(NamedTuple):
    """A run of histories of one group, or of none, in a figure."""

    title: str
    """Its name, escaped."""
    colour: GroupColour | None
    """`None` for files that are in no group."""
    first: int
    """Index of its first history, from top to bottom."""
    last: int


def group_by_history(groups: Sequence[FileGroup]) -> dict[str, FileGroup]:
    """Return the group of each history that is in one, by its key; the first of several counts."""
    of: dict[str, FileGroup] = {}
    for group in groups:
        for history in group.histories:
            of.setdefault(history, group)
    return of


def drawn_groups(groups: Sequence[FileGroup], histories: Sequence[str]) -> list[DrawnGroup]:
    """Return the groups as they are drawn; none if no history is in one.

    Args:
        groups: the groups, of which some may have no history that is drawn.
        histories: the histories that are drawn, from top to bottom.
    """
    group_of = group_by_history(groups)
    runs: list[tuple[FileGroup | None, int]] = []
    for index, history in enumerate(histories):
        group = group_of.get(history)
        if not runs or runs[-1][0] != group:
            runs.append((group, index))
    if all(group is None for group, _ in runs):
        return []
    ends = [first - 1 for _, first in runs[1:]] + [len(histories) - 1]
    return [
        DrawnGroup(escape_plotly(group.name, max_length=LONGEST_GROUP_NAME), GROUP_COLOURS[group.colour], first, last)
        if group
        else DrawnGroup(NO_GROUP, None, first, last)
        for (group, first), last in zip(runs, ends, strict=True)
    ]


def room_for_names(groups: Sequence[DrawnGroup]) -> dict[int, float]:
    """Return the height that the name of a group needs above its first history, by the index of that history."""
    return {group.first: float(_ROOM) for group in groups}
