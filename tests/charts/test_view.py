"""How the figure is shown: what can be selected, saved and read, on a light and on a dark theme."""

import json
import re
from typing import Any

import plotly.graph_objects as go
import pytest

from components.charts import PLOTLY_CONFIG, plotly_config
from components.charts.theme import DARK, LIGHT, OUTCOMES, Theme
from components.prosecution import Tables
from tests.charts.figures import draw
from tests.charts.hand import ONE


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (WCAG 2.1)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def over(colour: str, background: str) -> str:
    """Lay `rgba(…)` over a theme."""
    *parts, opacity = (float(number) for number in re.findall(r"[\d.]+", colour))
    below = [int(background[start : start + 2], 16) for start in (1, 3, 5)]
    mixed = (round(part * opacity + base * (1 - opacity)) for part, base in zip(parts, below, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


THEMES = pytest.mark.parametrize(("theme", "dark"), [(LIGHT, False), (DARK, True)], ids=["light", "dark"])


def colours(value: Any) -> list[tuple[str, str]]:
    """Return (kind, colour) of every text of a layout or a template."""
    found = []
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("font", "tickfont", "textfont") and "color" in inner:
                found.append((name, inner["color"]))
            found += colours(inner)
    elif isinstance(value, list):
        for inner in value:
            found += colours(inner)
    return found


@THEMES
def test_every_text_can_be_read(real_tables: Tables, theme: Theme, dark: bool):
    """Lane names, labels, ticks, titles and notes have the 4.5 of WCAG AA, on bands too."""
    order = real_tables.histories["history"].tolist()
    for count in (1, 5, 43):
        layout = draw(real_tables, *order[:count], dark=dark)["layout"]
        found = colours(layout)
        assert {name for name, _ in found} == {"font", "tickfont", "textfont"}
        for behind in (layout["paper_bgcolor"], over(theme.band, layout["paper_bgcolor"])):
            assert min(contrast(colour, behind) for _, colour in found) >= 4.5
        label = layout["hoverlabel"]
        assert contrast(label["font"]["color"], label["bgcolor"]) >= 4.5


@THEMES
def test_every_line_and_bar_can_be_seen(theme: Theme, dark: bool):
    """Outcomes, times to answer, turns and today have the 3 that WCAG 2.1 (1.4.11) asks of graphics."""
    lines = [line.dark if dark else line.light for line in OUTCOMES.values()]
    others = [theme.period, theme.office, theme.applicant, theme.today]
    for colour in lines + others:
        assert contrast(colour, theme.page) >= 3, colour
        assert contrast(colour, over(theme.band, theme.page)) >= 2.8, colour


def test_dragging_zooms(real_tables: Tables):
    """Selecting with a box is on the bar of buttons too; the lasso is not."""
    assert draw(real_tables, ONE)["layout"]["dragmode"] == "zoom"
    assert set(PLOTLY_CONFIG["modeBarButtonsToRemove"]) == {"lasso2d", "autoScale2d"}


@pytest.mark.parametrize("histories", [1, 5, 43])
def test_a_box_selects_events_alone(real_tables: Tables, histories: int):
    """Plotly selects markers and texts: whatever is no event is neither, and every event leads to its paper."""
    order = real_tables.histories["history"].tolist()[:histories]
    figure = draw(real_tables, *order, rounds=real_tables.rounds, turns=real_tables.turns)
    decor = [trace for trace in figure["data"] if "customdata" not in trace]
    assert len(decor) >= 3
    assert all(trace["mode"] == "lines" and trace["hoverinfo"] == "skip" for trace in decor)
    events = [trace for trace in figure["data"] if "customdata" in trace]
    assert [len(trace["customdata"]) for trace in events] == [len(trace["x"]) for trace in events]
    assert {lead.split("|")[0] for trace in events for lead in trace["customdata"]} == set(order)


def test_a_selection_dims_the_other_events_and_no_line(real_tables: Tables):
    """Events not in the box fade to 0.35; their labels stay readable."""
    layout = draw(real_tables, ONE)["layout"]
    (common,) = layout["template"]["data"]["scatter"]
    assert common["unselected"]["marker"]["opacity"] == 0.35
    assert common["unselected"]["textfont"]["color"] == common["textfont"]["color"]
    go.Figure(layout=layout)


@pytest.mark.parametrize("image", ["svg", "png"])
def test_the_camera_saves_the_format_asked_for(image: str):
    """A PNG is saved at two pixels for each one; the name keeps what every file system takes."""
    config = plotly_config(image, name="timeline_US 10,765,880 B2/../x")
    options = config["toImageButtonOptions"]
    assert (options["format"], options.get("scale")) == (image, 2 if image == "png" else None)
    assert options["filename"] == "timeline_US10765880B2..x"
    assert {name for name in PLOTLY_CONFIG if config[name] != PLOTLY_CONFIG[name]} == {"toImageButtonOptions"}
    assert json.loads(json.dumps(config)) == config


@pytest.mark.parametrize(("name", "file"), [("", "timeline"), ("/…", "timeline"), ("a" * 400, "a" * 120)])
def test_a_picture_always_has_a_name(name: str, file: str):
    """Whatever the titles are."""
    assert plotly_config("svg", name=name)["toImageButtonOptions"]["filename"] == file


def test_changing_one_config_changes_no_other():
    """Each call gives a config of its own."""
    plotly_config("png", name="x")["modeBarButtonsToRemove"].append("zoom2d")
    assert "zoom2d" not in PLOTLY_CONFIG["modeBarButtonsToRemove"]
    assert "zoom2d" not in plotly_config("png", name="x")["modeBarButtonsToRemove"]


@pytest.mark.parametrize("axis", ["calendar", "months"])
def test_a_tall_figure_has_its_axis_above_and_below(real_tables: Tables, axis: str):
    """More than a screen: both show the same time and move together; a low figure has one."""
    order = real_tables.histories["history"].tolist()[3:33]
    options = {"axis": axis, "histories": real_tables.histories}
    tall = draw(real_tables, *order, **options)
    layout = tall["layout"]
    assert {layout["xaxis"]["side"], layout["xaxis2"]["side"]} == {"top", "bottom"}
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    assert layout["xaxis2"]["matches"] == "x"
    assert any(trace.get("xaxis") == "x2" for trace in tall["data"])
    low = draw(real_tables, ONE, **options)
    assert "xaxis2" not in low["layout"]
    assert not any(trace.get("xaxis") for trace in low["data"])


def test_a_zoom_is_kept_only_on_the_same_axis(real_tables: Tables):
    """Months are no dates: what was zoomed into on one axis is forgotten on another."""
    options = {"histories": real_tables.histories}
    views = [{}, {"axis": "months"}, {"axis": "months", "align": "allowed"}]
    revisions = [draw(real_tables, ONE, **options, **view)["layout"]["uirevision"] for view in views]
    assert len(set(revisions)) == 3


def test_what_decides_is_named_in_the_compact_form(real_tables: Tables):
    """Allowances, issues, abandonments and finals, where there is room; nothing else."""
    order = real_tables.histories["history"].tolist()[3:33]
    figure = draw(real_tables, *order)
    labelled = {trace["name"]: set(trace["text"]) - {""} for trace in figure["data"] if "text" in trace}
    assert set(labelled) <= {"Final rejection", "Decision of refusal", "Allowance", "Issue", "Abandonment"}
    assert {"Allowance", "Issue", "Abandonment"} <= set(labelled)
    assert labelled["Abandonment"] == {"Abandoned"}
