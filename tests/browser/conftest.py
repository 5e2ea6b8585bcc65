"""A real Chromium for each test, and the few ways in which tests wait for a Streamlit page."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, ViewportSize, expect

from tests.conftest import ROOT, App

ARTIFACTS = ROOT / "artifacts"
BOX = "Patent, publication or application numbers"
TALL: ViewportSize = {"width": 1280, "height": 2600}
"""A window in which the whole review of one patent stands, so that a mouse reaches all of it without scrolling."""
_HEADER, _ROW = 36, 35
"""Heights in the table of documents, in pixels."""
_EVENT = """([name, place]) => {
    const panel = document.querySelector(".js-plotly-plot");
    const trace = panel.data.findIndex((each) => each.name === name);
    const { x, y } = panel.calcdata[trace][place];
    const box = panel.getBoundingClientRect();
    const { xaxis, yaxis } = panel._fullLayout;
    return [box.left + xaxis._offset + xaxis.c2p(x), box.top + yaxis._offset + yaxis.c2p(y)];
}"""
_ROWS = """table => {
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    return [...table.tBodies[0].rows].map((row) => {
        const cells = [...row.cells];
        return {
            row: Number(row.getAttribute("aria-rowindex")) - 2,
            marked: cells.some((cell) => cell.getAttribute("aria-selected") === "true"),
            ticked: row.getAttribute("aria-selected") === "true",
            ...Object.fromEntries(cells.map((cell, place) => [names[place], cell.textContent])),
        };
    });
}"""


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Start Debian's Chromium without a sandbox of its own (root has none) and without calling home."""
    return {
        "executable_path": chromium,
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
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


@pytest.fixture(scope="module")
def warm_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """A context for all tests of a module, so that the page's own scripts are loaded once."""
    context = browser.new_context(**browser_context_args)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def tab(warm_context: BrowserContext) -> Iterator[Page]:
    """A fresh page in that context, tall enough for the whole review; a new visit, since a visit lives in its page."""
    page = warm_context.new_page()
    page.set_viewport_size(TALL)
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield page
    page.close()


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


def click_event(page: Page, name: str, place: int = 0) -> None:
    """Click the event of a category, by its name in the legend and its place among its kind, where it is drawn."""
    x, y = event_at(page, name, place)
    page.mouse.move(x - 2, y)
    page.mouse.click(x, y)
    settled(page)


def event_at(page: Page, name: str, place: int = 0) -> tuple[float, float]:
    """Give where an event is drawn; plotly listens on a layer above its points, so they cannot be clicked as such."""
    expect(events(page).first).to_be_attached()
    page.locator(".js-plotly-plot").scroll_into_view_if_needed()
    x, y = page.evaluate(_EVENT, [name, place])
    return x, y


def legend_entry(page: Page, name: str) -> Locator:
    """The entry of the legend with this name."""
    return page.locator(".js-plotly-plot .legend .traces").filter(has_text=re.compile(f"^{re.escape(name)}$"))


def table_rows(page: Page, name: str = "Documents of the file history") -> list[dict[str, Any]]:
    """Give the rows of a table that are in sight, by their headers; the grid is a canvas with a table for readers.

    Beside the columns: `row` (from 0), `marked` (one of its cells is) and `ticked`.
    """
    table = page.get_by_role("region", name=name).locator("canvas table")
    expect(table.locator("tbody tr").first).to_be_attached()
    rows: list[dict[str, Any]] = table.evaluate(_ROWS)
    return rows


def expect_rows(page: Page, right: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Wait until the rows of the documents in sight are right: a canvas is drawn some time after its data came."""
    for _ in range(40):
        rows = table_rows(page)
        if rows and right(rows):
            return
        page.wait_for_timeout(250)
    assert right(table_rows(page)), table_rows(page)


def click_row(page: Page, row: int, *, across: float = 300) -> None:
    """Click a row of the documents as it stands in sight, this many pixels from the left: by default what it is."""
    page.wait_for_timeout(600)  # a table whose rows have changed is drawn anew
    grid = page.get_by_role("region", name="Documents of the file history")
    grid.scroll_into_view_if_needed()
    frame = grid.bounding_box()
    assert frame is not None
    x = frame["x"] + (across if across > 0 else frame["width"] + across)
    y = frame["y"] + _HEADER + _ROW * row + _ROW / 2
    page.mouse.move(x - 3, y)  # the grid opens a link only where the mouse has hovered
    page.wait_for_timeout(250)
    page.mouse.click(x, y)
    settled(page)


def tick_row(page: Page, row: int) -> None:
    """Tick or untick a row of the documents: its box is leftmost."""
    click_row(page, row, across=18)


def click_link(page: Page, row: int) -> None:
    """Click the rightmost link of a row of the documents."""
    click_row(page, row, across=-55)


def taken(page: Page) -> str:
    """Say what would be taken away: `184 documents listed`, `2 documents ticked`."""
    settled(page)
    words = page.get_by_text(re.compile("^Take away the")).inner_text()
    return words.removeprefix("Take away the ")


def expect_taken(page: Page, words: str) -> None:
    """Wait until just these documents would be taken away."""
    expect(page.get_by_text(f"Take away the {words}", exact=True)).to_be_visible()


def download(page: Page, label: str) -> Path:
    """Take the file that a button gives, under the name that it suggests."""
    with page.expect_download() as found:
        page.get_by_role("button", name=label, exact=True).click()
    return kept(found.value)


def kept(found: Download) -> Path:
    """Put a download into a folder of its own under the name that it suggests."""
    path = Path(found.path())
    folder = path.with_name(f"{path.name}-file")
    folder.mkdir(exist_ok=True)
    return path.rename(folder / found.suggested_filename)


def address(page: Page) -> dict[str, str]:
    """Give the parameters of the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def expect_address(page: Page, **parameters: str | None) -> None:
    """Wait until the address has these parameters; those that are None it must not have."""

    def wanted(url: str) -> bool:
        query = parse_qs(urlsplit(url).query)
        return all(query.get(name, [None])[0] == value for name, value in parameters.items())

    page.wait_for_url(wanted)
    settled(page)


def open_review(page: Page, app: App, parameters: Mapping[str, str]) -> None:
    """Open the review of histories that are held and wait until the timeline is drawn."""
    open_page(page, f"{app.url}/?{urlencode(parameters)}")
    expect(events(page).first).to_be_attached()
    settled(page)


def charged_ever(page: Page, app: App) -> int:
    """Give what has been charged so far, as the Usage page says in a tab of its own."""
    tab = page.context.new_page()
    try:
        open_page(tab, f"{app.url}/usage")
        value = tab.get_by_test_id("stMetric").filter(has_text="Charged ever").get_by_test_id("stMetricValue")
        return int(value.inner_text().replace(",", ""))
    finally:
        tab.close()


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
