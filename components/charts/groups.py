"""The layer of groups: a coloured bar along the left edge beside the files of each group, and its name above them."""

from typing import Final

from components.charts.file_groups import DrawnGroup
from components.charts.scene import Annotation, Scene, Shape

_BAR: Final = 5
"""Width of the bar, in pixels."""
_NAME_SIZE: Final = 13


def group_bars(scene: Scene) -> list[Shape]:
    """Return the bar of each group, from its name down to its last lane; files in no group have none."""
    left = scene.geometry.left
    return [
        {
            "type": "rect", "layer": "above", "xref": "paper", "xsizemode": "pixel", "xanchor": 0,
            "x0": 2 - left, "x1": 2 + _BAR - left, "yref": "y", "y0": round(_name_top(scene, group), 1),
            "y1": round(_end(scene, group), 1), "fillcolor": scene.theme.of_group(group.colour), "line": {"width": 0},
        }
        for group in scene.groups
        if group.colour
    ]  # fmt: skip


def group_names(scene: Scene) -> list[Annotation]:
    """Return the name of each group, above its first file at the left edge."""
    left = scene.geometry.left
    return [
        {
            "text": f"<b>{group.title}</b>" if group.colour else group.title,
            "xref": "paper", "x": 0, "xanchor": "left", "xshift": 12 - left, "showarrow": False,
            "yref": "y", "y": round((_name_top(scene, group) + _top(scene, group.first)) / 2, 1), "yanchor": "middle",
            "font": {"size": _NAME_SIZE, "color": scene.theme.text if group.colour else scene.theme.muted},
        }
        for group in scene.groups
    ]  # fmt: skip


def _top(scene: Scene, history: int) -> float:
    """Return the height at which the title, or else the first lane, of a history begins."""
    first_lane = next(lane.top for lane in scene.geometry.lanes if lane.history == history)
    heading = scene.geometry.headings.get(history)
    return first_lane if heading is None else 2 * heading - first_lane


def _name_top(scene: Scene, group: DrawnGroup) -> float:
    """Return the height at which the row with the name of a group begins."""
    return _top(scene, group.first) - scene.geometry.room[group.first]


def _end(scene: Scene, group: DrawnGroup) -> float:
    """Return the lower edge of the last lane of a group."""
    return max(lane.end for lane in scene.geometry.lanes if lane.history == group.last)
