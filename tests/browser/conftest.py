"""A real Chromium for each test, and the few ways in which tests wait for a Streamlit page."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT, App

ARTIFACTS = ROOT / "artifacts"
BOX = "Patent, publication or application numbers"


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Start Debian's Chromium without a sandbox of its own (root has none) and without calling home."""
    return {
        "executable_path": chromium,
        "headless": True,
        "args": [
            "--no-sandbox",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A window as wide as a small laptop's."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page) -> Page:
    """A page with time enough for a cold start on a busy machine."""
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page


def settled(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=30_000)


def open_page(page: Page, url: str) -> None:
    """Open an address and wait until the page is drawn."""
    page.goto(url)
    page.wait_for_selector("[data-testid='stApp'][data-test-connection-state='CONNECTED']", timeout=30_000)
    settled(page)


def type_numbers(page: Page, text: str) -> None:
    """Put numbers into the box and let it take them."""
    box = page.get_by_label(BOX)
    box.fill(text)
    box.press("Control+Enter")
    settled(page)


def look_up_button(page: Page) -> Any:
    """The button that spends."""
    return page.get_by_role("button", name=re.compile("^Look up"))


def keep_screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page among the artefacts."""
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path


def events(page: Page) -> Locator:
    """The events on the timeline."""
    return page.locator(".js-plotly-plot .scatterlayer .point")


def click_event(page: Page, place: int) -> None:
    """Click an event where it is drawn: plotly listens on a layer above its points."""
    box = events(page).nth(place).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settled(page)


def click_cell(page: Page, *, row: int, column: str | None) -> None:
    """Click a link of the last table on the page, or without a column a row's selection box. The grid is a canvas."""
    page.wait_for_timeout(800)  # a table whose rows have changed is drawn anew
    grid = page.get_by_test_id("stDataFrame").last
    grid.scroll_into_view_if_needed()
    frame = grid.bounding_box()
    assert frame is not None
    # Header and rows are 35 pixels high; the selection box is leftmost and the links stand rightmost.
    y = frame["y"] + 36 + 35 * row + 17
    x = frame["x"] + (18 if column is None else frame["width"] - 55)
    page.mouse.move(x - 3, y)  # the grid opens a link only where the mouse has hovered
    page.wait_for_timeout(300)
    page.mouse.click(x, y)


def choose(page: Page, label: str, text: str) -> None:
    """Choose what a filter offers first for this text."""
    box = page.get_by_label(label)
    option = page.get_by_role("option").filter(has_text=text).first
    for _ in range(20):  # a list that is filled in the very moment of its drawing forgets what was typed
        box.fill(text)
        page.wait_for_timeout(500)
        if option.is_visible():
            break
    box.press("Enter")
    settled(page)
    box.press("Escape")
    settled(page)


def fetch_all(page: Page, app: App, numbers: str) -> None:
    """Open a page on these numbers and see to it that their histories are held and drawn."""
    open_page(page, f"{app.url}/?patents={numbers}")
    expect(look_up_button(page)).to_have_text(re.compile("charged|free"))
    if "charged" in look_up_button(page).inner_text():
        look_up_button(page).click()
    expect(look_up_button(page)).to_have_text(re.compile("free"))
    expect(events(page).first).to_be_attached()
    settled(page)
