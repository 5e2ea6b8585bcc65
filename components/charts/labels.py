"""The labels beside markers: which events have one, and on which side, so that none covers anything."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from components.charts.scene import Scene
from components.charts.text import text_width
from components.charts.theme import category_styles

_DECISIVE: Final = frozenset(
    {"final_rejection", "refusal", "allowance", "issue", "grant_mention", "abandonment", "withdrawal"}
)
"""The categories that have labels in the compact form too."""
_SAID_BY_THE_MARKER: Final = frozenset({"allowed"})
"""What stands in an action that the name beside its marker says already."""
_MAX_LABELLED: Final = 150
"""A lane with more events than this has no labels: there would be no room."""
_SIZE, _COMPACT_SIZE = 11, 10
"""Sizes of labels in pixels."""
_LINE: Final = 1.36
"""Height of a line of text, in sizes of its font."""
_OTHER_FONTS: Final = 1.05
"""How much wider than in the font of the page a label may be."""
_AIR: Final = 2.0
"""Least distance of a label from other markers and labels at its sides, in pixels."""
_ROW: Final = 16
"""Height of the rows by which boxes are looked up, in pixels."""


def label_size(*, compact: bool) -> int:
    """Return the size of labels in pixels."""
    return _COMPACT_SIZE if compact else _SIZE


class Label(NamedTuple):
    """What is written beside a marker."""

    side: str
    """Where it stands, in plotly's words: `middle right` or `middle left`."""
    text: str
    """Escaped."""


def labels_of_events(scene: Scene) -> dict[int, Label]:
    """Return the label of each event that has one.

    A label is written only where it covers neither a marker nor another label. In the compact form, where room is
    scarce, only papers that decide an application have labels. Where an action was read inside, its label goes on with
    its grounds if there is room left once every label stands.

    Returns:
        Index of the event → its label.
    """
    compact, styles = scene.geometry.compact, category_styles()
    named = _names(scene, compact=compact)
    reaches = [style.reach(compact=compact) for style in styles]
    away = [style.size(compact=compact) / 1.6 + 1 for style in styles]  # where plotly puts a text beside a marker
    half = label_size(compact=compact) * _LINE / 2
    taken = _Boxes()
    markers = []
    for category, position, y in zip(scene.events.category, scene.events.position, scene.geometry.y, strict=True):
        x, (aside, up) = scene.geometry.pixels(position), reaches[category]
        markers.append(_Box(x - aside, x + aside, y - up, y + up))
        taken.add(markers[-1])
    placed: dict[int, tuple[Label, _Box]] = {}
    for lane in scene.geometry.lanes:
        for event in lane.events if len(lane.events) <= _MAX_LABELLED else ():
            category, marker = scene.events.category[event], markers[event]
            name = named[scene.events.history[event]][category]
            if not name:
                continue
            length = _OTHER_FONTS * _width(name, label_size(compact=compact))
            x, y = (marker.left + marker.right) / 2, scene.geometry.y[event]
            right = _Box(x + away[category], x + away[category] + length, y - half, y + half)
            left = _Box(x - away[category] - length, x - away[category], y - half, y + half)
            for side, box in (("middle right", right), ("middle left", left)):
                if box.left >= 0 and box.right <= scene.geometry.width and taken.leave_room(box, beside=marker):
                    taken.add(box)
                    placed[event] = (Label(side, name), box)
                    break
    if compact:
        return {event: label for event, (label, _) in placed.items()}
    grounds = scene.events.grounds
    return {
        event: _with_grounds(scene, label, grounds.get(event, ""), box, markers[event], taken)
        for event, (label, box) in placed.items()
    }


def _with_grounds(  # noqa: PLR0917 - what is drawn, and where
    scene: Scene, label: Label, grounds: str, box: "_Box", marker: "_Box", taken: "_Boxes"
) -> Label:
    """Return the label of an event with its grounds behind the name, on either side, if that covers nothing."""
    if not grounds or grounds in _SAID_BY_THE_MARKER:
        return label
    text = f"{label.text} \u00b7 {grounds}"
    length = _OTHER_FONTS * _width(text, label_size(compact=False))
    away = box.left - marker.right if label.side == "middle right" else marker.left - box.right
    right = _Box(marker.right + away, marker.right + away + length, box.top, box.end)
    left = _Box(marker.left - away - length, marker.left - away, box.top, box.end)
    added = {
        "middle right": right._replace(left=box.right) if label.side == "middle right" else right,
        "middle left": left._replace(right=box.left) if label.side == "middle left" else left,
    }
    for side in (label.side, "middle left" if label.side == "middle right" else "middle right"):
        wanted = added[side]
        beside = box if side == label.side else marker
        if wanted.left >= 0 and wanted.right <= scene.geometry.width and taken.leave_room(wanted, beside=beside):
            taken.add(wanted)
            return Label(side, text)
    return label


def _names(scene: Scene, *, compact: bool) -> list[Sequence[str]]:
    """Return what may be written beside a marker of each category, for each history."""
    if not compact:
        return list(scene.words.shorts)
    decisive = [style.name in _DECISIVE for style in category_styles()]
    return [
        [name if decides else "" for name, decides in zip(shorts, decisive, strict=True)]
        for shorts in scene.words.shorts
    ]


_width: Final = lru_cache(maxsize=1_024)(text_width)
"""`text_width`, remembered: the labels are the same few words."""


class _Box(NamedTuple):
    """Where a marker or a label stands, in pixels."""

    left: float
    right: float
    top: float
    end: float


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Boxes by the rows that they touch, each row from left to right."""

    rows: defaultdict[int, list[_Box]] = field(default_factory=lambda: defaultdict(list))
    widest: list[float] = field(default_factory=lambda: [0.0])
    """The width of the widest, in a list because the record is frozen."""

    def add(self, box: _Box) -> None:
        """Take a place."""
        self.widest[0] = max(self.widest[0], box.right - box.left)
        for row in range(int(box.top // _ROW), int(box.end // _ROW) + 1):
            insort(self.rows[row], box)

    def leave_room(self, box: _Box, *, beside: _Box) -> bool:
        """Return whether no box covers any of this one, except the one beside which it stands."""
        for row in range(int(box.top // _ROW), int(box.end // _ROW) + 1):
            boxes = self.rows[row]
            for index in range(bisect_left(boxes, (box.left - self.widest[0] - _AIR,)), len(boxes)):
                other = boxes[index]
                if other.left >= box.right + _AIR:
                    break
                if (
                    other is not beside
                    and other.right > box.left - _AIR
                    and other.top < box.end
                    and other.end > box.top
                ):
                    return False
        return True
