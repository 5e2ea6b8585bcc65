"""The timeline of every real file history, measured in a browser: its height, its legend, its labels, its ticks.

The figures are drawn by plotly's own script on a bare page, as wide as a window of 1,280 pixels leaves them and in the
font of the app's pages; so many histories are drawn in seconds.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit
from playwright.sync_api import Browser, Page
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

from components.charts import timeline
from components.prosecution import Tables, read_histories
from tests.browser.conftest import keep_screenshot
from tests.real_histories import real_recordings
from tests.seeding import history_of

TODAY = date(2026, 11, 26)
WIDTH, BESIDE_READER = 1_200, 720
"""Widths of the figure in pixels: in a window of 1,280, and where the reader leaves about half of it."""
_PAGE = """<!doctype html><meta charset="utf-8">
<style>
@font-face { font-family: "Source Sans"; src: url(data:font/woff2;base64,FONT); font-weight: 200 900; }
body { margin: 0; font-family: "Source Sans"; }
</style>
<div id="chart">&nbsp;</div>"""
_DRAW = """async ([figure, width]) => {
    await document.fonts.load("11px 'Source Sans'");
    await Plotly.newPlot("chart", figure.data, { ...figure.layout, width }, { displayModeBar: false });
}"""
_MEASURE = """() => {
    const chart = document.getElementById("chart");
    const box = (element) => element.getBoundingClientRect();
    // Boxes that only touch, or share a sliver that rounding makes, do not cover each other.
    const covers = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.5;
    const labels = [], markers = [];
    for (const trace of chart.querySelectorAll(".scatterlayer .trace")) {
        const points = [...trace.querySelectorAll(".point")];
        const texts = [...trace.querySelectorAll(".textpoint")];
        points.forEach((point, at) => {
            markers.push(box(point));
            const text = texts[at]?.querySelector("text");
            if (text?.textContent.trim()) labels.push({ text: text.textContent, box: box(text), own: markers.at(-1) });
        });
    }
    const notes = [...chart.querySelectorAll(".annotation-text, .xtick text")]
        .map((each) => ({ text: each.textContent, box: box(each) }));
    const all = [...labels, ...notes];
    const covered = [];
    all.forEach((one, at) => {
        for (const other of all.slice(0, at)) {
            if (covers(one.box, other.box)) covered.push(`${one.text} on ${other.text}`);
        }
        for (const marker of markers) {
            if (marker !== one.own && covers(one.box, marker)) covered.push(`${one.text} on a marker`);
        }
    });
    const plot = box(chart.querySelector(".nsewdrag")), legend = chart.querySelector(".legend .bg");
    return {
        height: chart._fullLayout.height, plot: plot.height, legend: legend ? box(legend).height : 0,
        labels: labels.length, events: markers.length, covered,
        cut: labels.filter((each) => each.box.right > plot.right + 0.5 || each.box.left < plot.left - 0.5).length,
    };
}"""
_TICKS = """() => [...document.querySelectorAll(".xtick text")].map((each) => each.textContent)"""


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The tables of all real file histories."""
    return read_histories([history_of(recording) for recording in real_recordings()])


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Iterator[Page]:
    """A page with plotly's script and nothing else."""
    page = browser.new_page(viewport={"width": 1_280, "height": 800})
    [font] = (Path(streamlit.__file__).parent / "static" / "static" / "media").glob("SourceSansVF-Upright*.woff2")
    page.set_content(_PAGE.replace("FONT", base64.b64encode(font.read_bytes()).decode()))
    page.add_script_tag(content=get_plotlyjs())
    yield page
    page.close()


@pytest.fixture
def measured(bare: Page, tables: Tables) -> Callable[..., dict[str, Any]]:
    """Draw histories and return what the browser measures."""

    def draw(*order: str, width: int = WIDTH, **options: Any) -> dict[str, Any]:
        figure = timeline(
            tables.documents, order=order, titles={}, dark=False, rounds=tables.rounds, turns=tables.turns,
            histories=tables.histories, today=TODAY, **options,
        )  # fmt: skip
        bare.evaluate(_DRAW, [json.loads(to_json_plotly(figure)), width])
        found: dict[str, Any] = bare.evaluate(_MEASURE)
        return found

    return draw


def keys(tables: Tables) -> list[str]:
    """Return the keys of all histories."""
    return list(tables.histories["history"])


@pytest.mark.slow
def test_one_file_fits_with_a_small_legend_and_clear_labels(
    tables: Tables, measured: Callable[..., dict[str, Any]]
) -> None:
    """At most 320 pixels, of which the legend takes less than a fifth; no label covers anything, and most are there."""
    found = {history: measured(history) for history in keys(tables)}
    assert len(found) > 50
    assert {history: one["height"] for history, one in found.items() if one["height"] > 320} == {}
    assert {history: one["legend"] for history, one in found.items() if one["legend"] >= 0.2 * one["height"]} == {}
    assert {history: one["covered"] for history, one in found.items() if one["covered"] or one["cut"]} == {}
    assert sum(one["labels"] for one in found.values()) > 0.88 * sum(one["events"] for one in found.values())


@pytest.mark.slow
def test_all_documents_have_clear_labels_too(tables: Tables, measured: Callable[..., dict[str, Any]]) -> None:
    """Every fifth history, with all its papers."""
    for history in keys(tables)[::5]:
        one = measured(history, all_documents=True)
        assert (one["covered"], one["cut"]) == ([], 0), history
        assert one["legend"] < 0.2 * one["height"], history


@pytest.mark.slow
def test_the_plot_keeps_its_height_beside_the_reader(measured: Callable[..., dict[str, Any]]) -> None:
    """Its legend takes more rows there; the lanes keep at least 60 % of their height."""
    for history in ("US14/412875", "US14/643719", "US12/124027", "EP10007106"):
        assert measured(history, width=BESIDE_READER)["plot"] >= 0.6 * measured(history)["plot"]


@pytest.mark.parametrize("axis", ["calendar", "months"])
@pytest.mark.slow
def test_several_files_are_low(tables: Tables, bare: Page, measured: Callable[..., dict[str, Any]], axis: str) -> None:
    """Thirty need half of the 2,500 pixels that two rows each once took, three offices less than 700."""
    thirty = measured(*keys(tables)[:30], axis=axis)
    bare.set_viewport_size({"width": 1_280, "height": 1_400})
    keep_screenshot(bare, f"timeline-thirty-{axis}")
    assert thirty["height"] <= 1_280
    assert (thirty["covered"], thirty["cut"]) == ([], 0)
    three = measured("US14/643719", "EP99203729", "JP2017-187096", axis=axis)
    keep_screenshot(bare, f"timeline-three-{axis}")
    assert three["height"] < 700
    assert (three["covered"], three["cut"]) == ([], 0)


@pytest.mark.parametrize(
    ("axis", "texts"),
    [
        ("calendar", [r"\d{4}", r"\d{4}-\d\d", r"\d{4}-\d\d-\d\d"]),
        ("months", [r"\d*[02468] mo", r"\d+ mo", r"\d+(\.\d+)? mo"]),
    ],
)
@pytest.mark.slow
def test_ticks_refine_where_a_reader_zooms(
    bare: Page, measured: Callable[..., dict[str, Any]], axis: str, texts: list[str]
) -> None:
    """Dragging over a part of the axis, twice: finer ticks, each of which says by itself when it is."""
    measured("US14/412875", axis=axis)
    ticks = [bare.evaluate(_TICKS)]
    for _ in range(2):
        box = bare.locator(".nsewdrag").first.bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        bare.mouse.move(box["x"] + 0.2 * box["width"], y)
        bare.mouse.down()
        bare.mouse.move(box["x"] + 0.35 * box["width"], y, steps=5)
        bare.mouse.up()
        bare.wait_for_function(f"(before) => ({_TICKS})().join() !== before", arg=",".join(ticks[-1]))
        ticks.append(bare.evaluate(_TICKS))
    for shown, text in zip(ticks, texts, strict=True):
        assert len(set(shown)) == len(shown) >= 4
        assert all(re.fullmatch(text, each) for each in shown), shown
