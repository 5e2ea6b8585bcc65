"""The empty page in a real browser: what is in sight, that nothing jumps, and how soon the first chart can be drawn."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    BOX,
    calm,
    events,
    keep_screenshot,
    look_up_button,
    open_page,
    type_numbers,
    wait_until,
)
from tests.conftest import App

PICTURE = "Timeline of the examination of"
LESSONS = "^(How a timeline is read|What was answered when|How the same steps look|Search the words)"
_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });"""
_CHART_CODE = """() => performance.getEntriesByType("resource")
    .filter((entry) => /\\/static\\/js\\/(PlotlyChart|DataFrame)\\.[^/]+\\.js$/.test(entry.name))
    .map((entry) => [new URL(entry.name).pathname, entry.responseStatus])"""


def in_sight(page: Page, what: Any) -> bool:
    """Whether the whole of an element is in the window without scrolling."""
    box = what.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return bool(box["y"] >= 0 and bottom <= size["height"] and right <= size["width"])


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_the_essentials_are_on_the_first_screen(tab: Page, empty: App, scheme: str) -> None:
    """At 1280 x 800: box, button with the price rule, picture, four examples with their lines; nothing has jumped."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.add_init_script(_SHIFTS)
    open_page(tab, empty.url)
    picture = tab.get_by_alt_text(re.compile(PICTURE))
    expect(picture).to_be_visible()
    calm(tab)
    examples = tab.locator("[class*='st-key-example_'] button")
    expect(examples).to_have_count(4)
    lessons = tab.get_by_text(
        re.compile("^(How a timeline is read|What was answered when|How the same steps look|Search the words)")
    )
    expect(lessons).to_have_count(4)
    price = tab.get_by_text(re.compile("is charged 1, and 1 more for each further"))
    seen = [tab.get_by_label(BOX), look_up_button(tab), price, picture, *examples.all(), *lessons.all()]
    assert [in_sight(tab, each) for each in seen] == [True] * len(seen)
    assert tab.evaluate("window.scrollY") == 0
    # Each line that says what an example teaches is one line.
    assert {round(each.bounding_box()["height"] / 24) for each in lessons.all()} == {1}  # type: ignore[index]
    assert picture.evaluate("image => image.naturalWidth / image.clientWidth") >= 2
    assert sum(tab.evaluate("window.shifts")) <= 0.1
    keep_screenshot(tab, f"first-use-{scheme}")


@pytest.mark.parametrize("size", [(390, 844), pytest.param((1920, 1080), marks=pytest.mark.slow)])
def test_no_width_cuts_anything_off(tab: Page, empty: App, size: tuple[int, int]) -> None:
    """Narrow and wide: no scrolling to the side, and what tells how an account is connected opens."""
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(tab, empty.url)
    expect(tab.get_by_alt_text(re.compile(PICTURE))).to_be_visible()
    tab.get_by_text("Connect a PatSnap account", exact=True).click()
    expect(tab.get_by_text("Start the app again.", exact=False)).to_be_visible()
    tab.get_by_text("Where your numbers go", exact=True).click()
    expect(tab.get_by_text("Nowhere.", exact=False)).to_be_visible()
    calm(tab)
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep_screenshot(tab, f"first-use-{size[0]}")


@pytest.mark.slow
def test_the_code_of_the_first_chart_is_there_before_it(tab: Page, empty: App) -> None:
    """It is fetched once while the page is read, and a click then fetches none of it; nothing else is asked outside."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    open_page(tab, empty.url)
    wait_until(tab, lambda: len(tab.evaluate(_CHART_CODE)) == 2, lambda: tab.evaluate(_CHART_CODE))
    before = tab.evaluate(_CHART_CODE)
    assert sorted(re.sub(r"\..*", "", path.rpartition("/")[2]) for path, _ in before) == ["DataFrame", "PlotlyChart"]
    assert {status for _, status in before} == {200}
    tab.get_by_role("button", name=re.compile("A simple grant")).click()
    expect(events(tab).first).to_be_attached()
    assert tab.evaluate(_CHART_CODE) == before
    assert [url for url in asked if not url.startswith((empty.url, "data:", "blob:"))] == []


@pytest.mark.slow
def test_what_the_sandbox_lacks_is_answered_with_what_it_holds(tab: Page, empty: App) -> None:
    """US 11,205,304 B2 is not covered; the thirteen numbers beside that are understood, all of them."""
    open_page(tab, empty.url)
    type_numbers(tab, "US 11,205,304 B2")
    expect(look_up_button(tab)).to_have_text("Look up 1 · 1 charged")
    look_up_button(tab).click()
    expect(tab.get_by_text("The sandbox holds the files of 13 applications", exact=False)).to_be_visible()
    held = tab.get_by_test_id("stCode").inner_text().strip()
    keep_screenshot(tab, "first-use-not-covered")
    type_numbers(tab, held)
    expect(tab.get_by_role("button", name=re.compile("^Look up 13 "))).to_be_visible()
