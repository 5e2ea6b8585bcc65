"""By keyboard: the strip that walks the timeline, the rings over it, and where the focus is after each answer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import (
    address,
    calm,
    click_event,
    click_row,
    event_at,
    expect_address,
    keep_screenshot,
    legend_entry,
    open_review,
    settled,
    wait_until,
)
from tests.conftest import App

PATENT = {"patents": "US10765880B2"}
SEVERAL = {"patents": "US10765880B2,EP1000000B1,JP6768620B2"}
NEAR = 2.0
"""How far a ring may lie from its event, in pixels."""
_RINGS = """() => [...document.querySelectorAll(".timeline-ring")].map((ring) => {
    const box = ring.getBoundingClientRect();
    const name = ring.classList.contains("open") ? "open" : "walked";
    return [name, ring.dataset.event, box.left + box.width / 2, box.top + box.height / 2];
})"""
_FOCUS = """() => {
    const part = document.activeElement;
    const keyed = part.closest('[class*="st-key-"]');
    const key = keyed && [...keyed.classList].find((name) => name.startsWith("st-key-"));
    return [part.tagName, key];
}"""
_OVERFLOW = """() => {
    const main = document.querySelector("[data-testid='stMain']");
    return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
}"""


def strip(page: Page) -> Locator:
    """The strip that walks the events."""
    return page.get_by_role("slider", name="Events on the timeline")


def rings(page: Page) -> dict[str, tuple[str, float, float]]:
    """Return the rings over the timeline: `open` or `walked` → the event, and its middle in pixels of the window."""
    return {name: (event, x, y) for name, event, x, y in page.evaluate(_RINGS)}


def expect_ring(page: Page, name: str, category: str, index: int = 0) -> None:
    """Wait until a ring lies round the event of a category, where the chart draws it."""
    x, y = event_at(page, category, index)

    def right() -> bool:
        ring = rings(page).get(name)
        return ring is not None and abs(ring[1] - x) <= NEAR and abs(ring[2] - y) <= NEAR

    wait_until(page, right, lambda: (rings(page), x, y))


def focus(page: Page) -> list[Any]:
    """Return the tag of what has the focus, and the key of the container around it."""
    calm(page)
    found: list[Any] = page.evaluate(_FOCUS)
    return found


@pytest.fixture
def review(tab: Page, app: App) -> Page:
    """The review of US 10,765,880 B2, in a window in which it need not be scrolled sideways."""
    open_review(tab, app, PATENT)
    return tab


def test_one_stop_beside_the_timeline_walks_its_events_and_opens_them(review: Page) -> None:
    """From the last switch Tab leads to it; it says and rings each event; Enter opens it and the walk goes on."""
    review.get_by_role("button", name="Copy link").focus()
    review.keyboard.press("Tab")
    expect(strip(review)).to_be_focused()
    expect(strip(review)).to_have_text("1 of 26 · 5 Jan 2015 · Preliminary amendment · US 10,765,880 B2")
    expect_ring(review, "walked", "Preliminary amendment")
    days = []
    for _ in range(25):
        review.keyboard.press("ArrowRight")
        days.append(strip(review).inner_text().split(" · ")[0])
    assert days == [f"{number} of 26" for number in range(2, 27)]
    expect(strip(review)).to_have_attribute("aria-valuenow", "26")
    expect_ring(review, "walked", "Issue")
    review.keyboard.press("ArrowRight")  # there is none after the last
    expect(strip(review)).to_have_text(re.compile("^26 of 26 · 19 Aug 2020 · Issue"))
    review.keyboard.press("PageDown")  # a year back: the last event of a year ago or before
    expect(strip(review)).to_have_text(re.compile(r"· 12 Apr 2019 · Non-final rejection ·"))
    expect(strip(review)).to_have_attribute(
        "aria-valuetext", re.compile(r"^12 Apr 2019, Non-final rejection, Non-Final Rejection \(CTNF\), .*14 of 26$")
    )
    review.keyboard.press("Enter")
    expect_address(review, doc="US14/412875 20190412-CTNF-1")
    expect(review.locator(".st-key-reader").get_by_text("Non-Final Rejection (CTNF)")).to_be_visible()
    expect(strip(review)).to_be_focused()
    expect_ring(review, "open", "Non-final rejection", 1)
    keep_screenshot(review, "keyboard-open")
    review.keyboard.press("ArrowRight")
    expect_ring(review, "walked", "Reply to non-final", 1)
    expect_ring(review, "open", "Non-final rejection", 1)
    review.keyboard.press("Space")
    expect_address(review, doc="US14/412875 20191014-A...-1")


@pytest.mark.slow
def test_rings_follow_zoom_pan_width_and_legend(tab: Page, app: App) -> None:
    """They lie on their events however the chart is drawn; what is not in sight has none and says so."""
    open_review(tab, app, PATENT | {"doc": "US14/412875 20191014-REM-1"})  # remarks: ringed is the reply they belong to
    expect_ring(tab, "open", "Reply to non-final", 1)
    area = tab.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    assert area is not None
    tab.mouse.move(area["x"] + area["width"] * 0.55, area["y"] + 40)
    tab.mouse.down()
    tab.mouse.move(area["x"] + area["width"] * 0.95, area["y"] + 60, steps=5)
    tab.mouse.up()
    expect_ring(tab, "open", "Reply to non-final", 1)
    strip(tab).focus()
    tab.keyboard.press("Home")
    expect(strip(tab)).to_have_text(re.compile(r"^1 of 26 .*outside the part that is zoomed$"))
    assert set(rings(tab)) == {"open"}
    tab.locator(".modebar-btn[data-title='Pan']").click()
    tab.mouse.move(area["x"] + 200, area["y"] + 40)
    tab.mouse.down()
    tab.mouse.move(area["x"] + 230, area["y"] + 40, steps=3)
    expect_ring(tab, "open", "Reply to non-final", 1)  # while it is dragged
    tab.mouse.up()
    tab.set_viewport_size({"width": 1500, "height": 1600})
    expect_ring(tab, "open", "Reply to non-final", 1)
    legend_entry(tab, "Reply to non-final").locator(".legendtoggle").click()
    wait_until(tab, lambda: rings(tab) == {}, lambda: rings(tab))
    strip(tab).focus()
    expect(strip(tab)).to_have_text(re.compile("^1 of 24 "))  # two replies are hidden
    legend_entry(tab, "Reply to non-final").locator(".legendtoggle").click()
    wait_until(tab, lambda: "open" in rings(tab), lambda: rings(tab))
    expect_ring(tab, "open", "Reply to non-final", 1)
    tab.locator(".st-key-reader").get_by_role("button", name="Close").click()
    wait_until(tab, lambda: "open" not in rings(tab), lambda: rings(tab))


@pytest.mark.slow
def test_a_click_rings_its_event_dims_none_and_works_again(review: Page) -> None:
    """Plotly takes a second click on an event for a wish to select nothing; its paper opens all the same."""
    click_event(review, "Final rejection", 1)
    expect_address(review, doc="US14/412875 20200117-CTFR-1")
    expect_ring(review, "open", "Final rejection", 1)
    dimmed = "() => [...document.querySelectorAll('.point')].filter((one) => getComputedStyle(one).opacity < 1).length"
    assert review.evaluate(dimmed) == 0
    review.locator(".st-key-reader").get_by_role("button", name="Close").click()
    expect_address(review, doc=None)
    click_event(review, "Final rejection", 1)
    expect_address(review, doc="US14/412875 20200117-CTFR-1")
    review.keyboard.press("ArrowLeft")  # the strip goes on from what was clicked
    expect(strip(review)).to_have_text(re.compile("^17 of 26 "))


@pytest.mark.slow
def test_several_files_are_walked_by_date_and_up_and_down(tab: Page, app: App) -> None:
    """Right leads to the next event of any file; Down to the nearest of the file below, and into view."""
    tab.set_viewport_size({"width": 1280, "height": 700})
    open_review(tab, app, SEVERAL | {"axis": "filed"})
    strip(tab).focus()
    tab.keyboard.press("End")
    for number in ("US 10,765,880 B2", "EP 1 000 000 B1", "JP 6768620 B2"):
        tab.keyboard.press("ArrowUp" if number.startswith("US") else "ArrowDown")
        for _ in range(2):
            if number.startswith("US"):
                tab.keyboard.press("ArrowUp")
        expect(strip(tab)).to_have_text(re.compile(f"· {re.escape(number)}$"))
        expect(strip(tab)).to_be_in_viewport(ratio=1)
        expect(tab.locator(".timeline-ring.walked")).to_be_in_viewport(ratio=1)
    keep_screenshot(tab, "keyboard-several")


def test_the_focus_is_never_lost(review: Page) -> None:
    """Opened from strip or table and closed by key or button, the reader gives the focus back to where it was."""
    close = review.locator(".st-key-reader").get_by_role("button", name="Close")
    strip(review).focus()
    review.keyboard.press("Enter")
    expect(close).to_be_visible()
    assert focus(review) == ["DIV", "st-key-timeline_strip"]
    review.locator(".st-key-reader").get_by_role("button", name="Width", exact=True).click()
    assert focus(review) == ["BUTTON", "st-key-reader_width_button"]
    close.click()
    expect(close).to_have_count(0)
    assert focus(review) == ["DIV", "st-key-timeline_strip"]
    review.keyboard.press("Enter")
    expect(close).to_be_visible()
    review.keyboard.press("x")
    expect(close).to_have_count(0)
    assert focus(review) == ["DIV", "st-key-timeline_strip"]
    click_row(review, 3)
    expect(close).to_be_visible()
    assert focus(review)[1] == "st-key-documents"
    close.focus()
    review.keyboard.press("Enter")
    expect(close).to_have_count(0)
    assert focus(review)[1] == "st-key-documents"
    review.get_by_label("Find in descriptions").fill("no such words")
    clear = review.get_by_role("button", name="Clear the filters: no document passes them")
    clear.focus()
    review.keyboard.press("Enter")
    expect(clear).to_have_count(0)
    assert focus(review)[0] not in {"BODY", "HTML"}


@pytest.mark.parametrize("width", [pytest.param(640, marks=pytest.mark.slow), 390])
def test_a_narrow_window_scrolls_in_one_direction_alone(tab: Page, app: App, width: int) -> None:
    """640 pixels are a window of 1,280 at 200 %: nothing is cut off at the right, with the reader and without."""
    tab.set_viewport_size({"width": width, "height": 800})
    open_review(tab, app, PATENT)
    calm(tab)
    assert tab.evaluate(_OVERFLOW) <= 0
    strip(tab).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("doc="))
    settled(tab)
    calm(tab)
    assert tab.evaluate(_OVERFLOW) <= 0
    assert "doc" in address(tab)
    keep_screenshot(tab, f"narrow-{width}")
    close = tab.locator(".st-key-reader").get_by_role("button", name="Close")
    expect(close).to_be_in_viewport(ratio=1)
    close.click()
    expect(close).to_have_count(0)
    assert focus(tab) == ["DIV", "st-key-timeline_strip"]


@pytest.mark.slow
def test_nothing_moves_for_whoever_asked_for_that(tab: Page, app: App) -> None:
    """With `prefers-reduced-motion` nothing of the page is animated while a paper opens and closes."""
    tab.emulate_media(reduced_motion="reduce")
    open_review(tab, app, PATENT)
    tab.evaluate(
        """() => {
            window.moved = [];
            document.addEventListener("transitionrun", ({ target, propertyName }) => {
                if (target.closest(".st-key-page")) window.moved.push(`${propertyName} of ${target.className}`);
            });
        }"""
    )
    strip(tab).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("doc="))
    expect(tab.get_by_role("button", name="Close")).to_be_visible()
    calm(tab)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("x")
    expect_address(tab, doc=None)
    calm(tab)
    assert tab.evaluate("() => window.moved") == []
