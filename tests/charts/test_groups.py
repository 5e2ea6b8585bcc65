"""Groups of files on the timeline: a bar and a name for each, in the full form and in the compact one."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from components.charts import GROUP_COLOURS, FileGroup, group_by_history
from components.charts.theme import DARK, LIGHT
from components.prosecution import Tables
from tests.charts.figures import draw, notes
from tests.charts.test_view import contrast

FAMILY = ["US14/412875", "EP99203729", "JP2017-187096"]


def bars(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the bars along the left edge: shapes measured in pixels from the plot."""
    return [shape for shape in figure["layout"]["shapes"] if shape.get("xsizemode") == "pixel"]


def heights_of_names(figure: dict[str, Any]) -> dict[str, float]:
    """Return the height of each name on the left, of a lane or of a history."""
    axis = figure["layout"]["yaxis"]
    return dict(zip(axis["ticktext"], axis["tickvals"], strict=True))


def compact(tables: Tables, groups: list[FileGroup], **options: Any) -> dict[str, Any]:
    """Draw the family and nine other files in the compact form."""
    others = [name for name in tables.histories["history"] if name not in FAMILY][:9]
    return draw(tables, *FAMILY, *others, groups=groups, **options)


def test_a_group_has_its_name_and_a_bar_beside_its_files(real_tables: Tables) -> None:
    """The bar reaches from the name above the first title to the last lane, left of all names."""
    figure = draw(real_tables, *FAMILY, groups=[FileGroup("Widget family", "green", tuple(FAMILY[:2]))])
    (bar,) = bars(figure)
    titles = {note["text"]: note["y"] for note in figure["layout"]["annotations"]}
    named = titles["<b>Widget family</b>"]
    first, second, third = (titles[f"<b>{name}</b>"] for name in FAMILY)
    assert bar["y0"] < named < first < second < bar["y1"] < titles["Not in a group"] < third
    assert bar["fillcolor"] == GROUP_COLOURS["green"].light
    left = figure["layout"]["margin"]["l"]
    assert -left <= bar["x0"] < bar["x1"] < 12 - left


def test_the_compact_form_has_them_too(real_tables: Tables) -> None:
    """Twelve files: the bar stands beside the names of the group's files, and of no other."""
    group = FileGroup("Widget family", "green", tuple(FAMILY))
    figure = compact(real_tables, [group], dark=True)
    (bar,) = bars(figure)
    assert bar["fillcolor"] == GROUP_COLOURS["green"].dark
    beside = [name for name, height in heights_of_names(figure).items() if bar["y0"] <= height <= bar["y1"]]
    assert beside == FAMILY
    assert "<b>Widget family</b>" in notes(figure)


def test_without_groups_nothing_changes(real_tables: Tables) -> None:
    """Neither with none nor with groups of files that are not drawn."""
    plain = draw(real_tables, *FAMILY)
    assert draw(real_tables, *FAMILY, groups=[FileGroup("Elsewhere", "red", ("US99/999999",))]) == plain
    assert not bars(plain)


def test_only_the_names_of_groups_take_room(real_tables: Tables) -> None:
    """Two groups make a figure of twelve files higher by two names."""
    groups = [FileGroup("A", "red", tuple(FAMILY[:2])), FileGroup("B", "blue", tuple(FAMILY[2:]))]
    grouped = compact(real_tables, groups)["layout"]["height"]
    assert 0 < grouped - compact(real_tables, [])["layout"]["height"] <= 3 * 24


def test_a_hostile_name_is_only_text(real_tables: Tables) -> None:
    """Plotly would draw links and formulas."""
    name = "<a href='https://x'>$x$</a>\u202eabc"
    figure = draw(real_tables, *FAMILY, groups=[FileGroup(name, "red", (FAMILY[0],))])
    (note,) = [text for text in notes(figure) if "href" in text]
    assert note == "<b>&lt;a href='https://x'&gt;&#36;x&#36;&lt;/a&gt;abc</b>"


def test_the_figure_is_valid_and_survives_json(real_tables: Tables) -> None:
    """Plotly takes every property of bars and names."""
    figure = draw(real_tables, *FAMILY, groups=[FileGroup("Widget family", "brown", tuple(FAMILY))])
    go.Figure(figure)
    assert json.loads(json.dumps(figure["layout"])) == figure["layout"]


@pytest.mark.parametrize("name", sorted(GROUP_COLOURS))
def test_every_colour_stands_out_from_the_page(name: str) -> None:
    """At least 3 : 1 in both themes (WCAG 2.2, 1.4.11)."""
    assert contrast(GROUP_COLOURS[name].light, LIGHT.page) >= 3
    assert contrast(GROUP_COLOURS[name].dark, DARK.page) >= 3


def test_a_file_is_in_one_group_only() -> None:
    """The first one that names it."""
    groups = [FileGroup("A", "red", ("US1", "US2")), FileGroup("B", "blue", ("US2", "US3"))]
    assert {key: group.name for key, group in group_by_history(groups).items()} == {"US1": "A", "US2": "A", "US3": "B"}
