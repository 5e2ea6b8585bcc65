"""A real Chromium, one app that all tests look at, and the few ways in which tests wait for a Streamlit page.

Each worker starts one app on a store that holds all file histories of the sandbox. A test opens a page of its own in
it. What is kept for the user, ticks of papers read and notes, outlasts a test: a test that leaves any takes a file
history that no other test looks at for them. Tests about money, expiry, settings and the login start apps of their own.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import streamlit
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, Response, ViewportSize, expect
from playwright.sync_api import TimeoutError as Expired

from components.sandbox.made_up import made_up_history
from components.sandbox.recordings import recorded_histories
from components.store import Store
from tests.conftest import ROOT, App, starting_apps
from tests.seeding import seed

ARTIFACTS = ROOT / "artifacts"
BOX = "Patent, publication or application numbers"
TALL: ViewportSize = {"width": 1280, "height": 2600}
"""A window in which the whole review of one patent stands, so that a mouse reaches all of it without scrolling."""
PICTURE = ".st-key-reader .pages-sheet[data-state=ready] img"
"""The picture of a page in the reader, once it is there."""
DOCUMENTS = "Documents of the file history"
"""Name of the table of documents."""
_HEADER, _ROW = 36, 35
"""Heights in the table of documents, in pixels."""
_EVENT = """([name, index]) => {
    const panel = document.querySelector(".js-plotly-plot");
    const trace = panel.data.findIndex((each) => each.name === name);
    const { x, y } = panel.calcdata[trace][index];
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
            ...Object.fromEntries(cells.map((cell, index) => [names[index], cell.textContent])),
        };
    });
}"""

_CALM = """([frames, asked]) => {
    const boxes = [...document.querySelectorAll("[data-testid='stElementContainer'], canvas, iframe, .js-plotly-plot")]
        .map((part) => part.getBoundingClientRect())
        .map((box) => [box.left, box.top, box.width, box.height].map(Math.round).join());
    const tables = [...document.querySelectorAll("canvas table")].map((table) => table.outerHTML);
    const moving = document.getAnimations().filter((each) => each.playState === "running").length;
    const state = document.querySelector("[data-testid='stApp']").dataset.testScriptState;
    const now = [state, moving, ...boxes, ...tables].join(" ");
    const same = now === window.calm?.now && asked === window.calm.asked && !moving && state === "notRunning";
    window.calm = { now, asked, frames: same ? window.calm.frames + 1 : 0 };
    return window.calm.frames >= frames;
}"""
_TWO_FRAMES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
_OVER_LINK = """([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor === "pointer" """
_TICK = 18
"""Where the box of a row is, in pixels from the left of the table."""
_CLICKS, _SOON = 8, 5.0
"""How often a row is clicked that takes no click, and for how many seconds each time it may show that it has."""
_PATIENCE = 60.0
"""Seconds after which what a test waits for does not come any more, on a busy machine too."""
_TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
    const place = `${event.sourceFile}:${event.lineNumber}`;
    window.tellViolation(`${event.effectiveDirective} stopped ${event.blockedURI} at ${place}`);
});"""
_STREAMLIT_PAGE = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
_INLINE_SCRIPT_LINE = _STREAMLIT_PAGE[: _STREAMLIT_PAGE.index("<script>")].count("\n") + 1
_STOPPED_ON_PURPOSE = re.compile(
    rf"script-src-elem stopped inline at http://[^/]+/[^/]*:{_INLINE_SCRIPT_LINE}$"
    r"|script-src stopped wasm-eval at http://[^/]+/static/js/protobuf\.[^/]+\.js:1$"
)
"""Streamlit's own inline script, which only tells crawlers to wait, and WebAssembly for integers of 64 bits, for which
its library has another way."""


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app without an account, which holds all file histories of the sandbox and was charged for none."""
    store = tmp_path_factory.mktemp("seeded") / "data" / "store.db"
    seed(store)
    with starting_apps(tmp_path_factory) as start:
        yield start(store=store)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app without an account that holds nothing at first: the sandbox serves in its process.

    Whoever looks numbers up in it takes some that no other test expects not to be held.
    """
    with starting_apps(tmp_path_factory) as start:
        yield start()


@pytest.fixture(scope="session")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app without an engine, in which papers are read inside that have text of their own.

    It holds the made-up application, half of whose papers are scans, and files whose PDFs are placeholders.
    """
    store = tmp_path_factory.mktemp("inside") / "data" / "store.db"
    placeholders = {"US10902286B2", "US10765880B2", "EP1000000B1"}
    recorded = [each for each in recorded_histories() if each.patent_number in placeholders]
    seed(store, [*recorded, made_up_history()])
    with starting_apps(tmp_path_factory) as start:
        yield start(store=store, REVIEW_OCR="none")


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Start Debian's Chromium without a sandbox of its own (root has none) and without calling home.

    Debian's own flags ask for the graphics card to draw pages; where there is none, doing so in software takes a third
    more of the processor than drawing them directly.
    """
    return {
        "executable_path": chromium,
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-gpu-rasterization",
            "--enable-unsafe-swiftshader",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--process-per-site",
            # Pages of tests live for seconds: making their scripts faster costs more than it gives.
            "--js-flags=--no-opt --no-maglev --single-threaded-gc",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A window as wide as a small laptop's."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page) -> Page:
    """A page with time enough for a cold start on a busy machine."""
    page.set_default_timeout(_PATIENCE * 1000)
    expect.set_options(timeout=_PATIENCE * 1000)
    return page


@pytest.fixture(scope="session")
def warm_context(
    browser: Browser, browser_context_args: dict[str, Any], app: App
) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A context for all tests, so that the page's own scripts are loaded once, and what its policy stopped."""
    context = browser.new_context(**browser_context_args)
    # All tabs of an app share a process, as long as one of them is open: it does not compile the scripts again.
    context.new_page().goto(f"{app.url}/_stcore/health")
    violations: list[str] = []
    context.expose_function("tellViolation", lambda words: violations.append(words))  # noqa: PLW0108 - it takes no builtin
    context.add_init_script(_TELL_VIOLATIONS)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context, violations
    context.close()


@pytest.fixture
def tab(warm_context: tuple[BrowserContext, list[str]]) -> Iterator[Page]:
    """A fresh page in that context, tall enough for the whole review; a new visit, since a visit lives in its page.

    Afterwards the Content-Security-Policy must have stopped nothing that the app does.
    """
    context, violations = warm_context
    page = context.new_page()
    page.set_viewport_size(TALL)
    page.set_default_timeout(_PATIENCE * 1000)
    expect.set_options(timeout=_PATIENCE * 1000)
    yield page
    page.close()
    found = [words for words in violations if not _STOPPED_ON_PURPOSE.match(words)]
    violations.clear()
    assert found == []


def settled(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=_PATIENCE * 1000)


def calm(page: Page, *, frames: int = 6) -> None:
    """Wait until the script has ended, nothing moves and nothing has changed for some frames: all is drawn."""
    page.wait_for_function(_CALM, arg=[frames, secrets.token_hex(4)], polling="raf", timeout=_PATIENCE * 1000)


def wait_until(page: Page, right: Callable[[], bool], say: Callable[[], object]) -> None:
    """Wait until something outside the page is right; fail with what there is instead."""
    end = time.monotonic() + _PATIENCE
    while not right():
        assert time.monotonic() < end, say()
        page.wait_for_timeout(20)  # while it waits, Playwright takes in what the browser says


@contextmanager
def expect_answer(page: Page, right: Callable[[Response], bool]) -> Iterator[None]:
    """Wait until any tab of this browser was answered so, by the end of the block or after it."""
    with page.context.expect_event("response", right, timeout=_PATIENCE * 1000):
        yield


@contextmanager
def paper_in_new_tab(page: Page, *, below: str = "") -> Iterator[None]:
    """Wait until a tab that is opened in the block is given a paper: where it is, or the PDF itself if it is kept.

    Args:
        page: of the app.
        below: the base path of the app, if it has one.
    """

    def given(answer: Response) -> bool:
        path = urlsplit(answer.url).path
        pdf = answer.status == 200 and answer.headers.get("content-type") == "application/pdf"
        return re.fullmatch(rf"{below}/documents/[^/]+", path) is not None and (pdf or answer.status == 303)

    with expect_answer(page, given), page.context.expect_page(timeout=_PATIENCE * 1000) as opened:
        yield
    opened.value.close()


def open_page(page: Page, url: str) -> None:
    """Open an address and wait until the page is drawn."""
    page.goto(url)
    page.wait_for_selector("[data-testid='stApp'][data-test-connection-state='CONNECTED']", timeout=_PATIENCE * 1000)
    settled(page)


def type_numbers(page: Page, text: str) -> None:
    """Type numbers into the box and wait until the page has taken them."""
    box = page.get_by_label(BOX)
    box.fill(text)
    box.press("Control+Enter")
    settled(page)


def fits(page: Page) -> bool:
    """Return whether neither the page nor its main part scrolls sideways."""
    script = """() => [document.documentElement, document.querySelector("[data-testid='stMain']")]
        .every((part) => part.scrollWidth <= part.clientWidth)"""
    return bool(page.evaluate(script))


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


def click_event(page: Page, name: str, index: int = 0) -> None:
    """Click the event of a category, by its name in the legend and its index among its kind, where it is drawn."""
    x, y = event_at(page, name, index)
    page.mouse.move(x - 2, y)
    page.mouse.click(x, y)
    settled(page)


def event_at(page: Page, name: str, index: int = 0) -> tuple[float, float]:
    """Return where an event is drawn, in pixels of the window; its point lies below a layer that takes the clicks."""
    expect(events(page).first).to_be_attached()
    page.locator(".js-plotly-plot").scroll_into_view_if_needed()
    calm(page)
    x, y = page.evaluate(_EVENT, [name, index])
    return x, y


def legend_entry(page: Page, name: str) -> Locator:
    """The entry of the legend with this name."""
    return page.locator(".js-plotly-plot .legend .traces").filter(has_text=re.compile(f"^{re.escape(name)}$"))


def table_rows(page: Page, name: str = DOCUMENTS) -> list[dict[str, Any]]:
    """Return the rows of a table that are in sight, by their headers; the grid is a canvas with an accessible table.

    Beside the columns: `row` (from 0), `marked` (one of its cells is) and `ticked`.
    """
    table = page.get_by_role("region", name=name).locator("canvas table")
    expect(table.locator("tbody tr").first).to_be_attached()
    rows: list[dict[str, Any]] = table.evaluate(_ROWS)
    return rows


def expect_rows(page: Page, right: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Wait until the rows of the documents in sight are right: a canvas is drawn some time after its data came."""
    wait_until(page, lambda: bool(rows := table_rows(page)) and right(rows), lambda: table_rows(page))


def click_row(page: Page, row: int, *, across: float = 300, link: bool = False, name: str = DOCUMENTS) -> None:
    """Click a row of a table as it stands in sight, this many pixels from the left: by default what a document is.

    A grid whose rows have just been replaced may take no click yet, although all is drawn. So it is clicked until its
    own selection shows that it has, as a person would; a link is clicked once.
    """
    grid = page.get_by_role("region", name=name)
    grid.scroll_into_view_if_needed()
    ticking = across == _TICK
    was = table_rows(page, name)[row]["ticked"]
    for _ in range(_CLICKS):
        calm(page)
        frame = grid.bounding_box()
        assert frame is not None
        x = frame["x"] + (across if across > 0 else frame["width"] + across)
        y = frame["y"] + _HEADER + _ROW * row + _ROW / 2
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y)
        if link:  # the grid opens a link only where it has seen the mouse
            page.wait_for_function(_OVER_LINK, arg=[x, y])
        press(page, x, y)
        settled(page)
        if link or _comes(page, lambda: _took(page, row, name, was=was, ticking=ticking)):
            return
    pytest.fail(f"the table took no click on its row {row}")


def press(page: Page, x: float, y: float) -> None:
    """Click at a place of a grid, holding the mouse's button for two frames.

    A busy grid that has not yet drawn that it was pressed takes no notice of the button when it is let go at once.
    """
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_TWO_FRAMES)
    page.mouse.up()


def _took(page: Page, row: int, name: str, *, was: bool, ticking: bool) -> bool:
    """Return whether the table shows that a row was clicked: its tick has changed, or one of its cells is marked."""
    now = table_rows(page, name)[row]
    return now["ticked"] is not was if ticking else now["marked"]


def _comes(page: Page, right: Callable[[], bool]) -> bool:
    """Return whether something becomes right soon."""
    end = time.monotonic() + _SOON
    while time.monotonic() < end:
        if right():
            return True
        page.wait_for_timeout(20)
    return False


def tick_row(page: Page, row: int, *, name: str = DOCUMENTS) -> None:
    """Tick or untick a row of a table, by default that of the documents: its box is leftmost."""
    click_row(page, row, across=_TICK, name=name)


def click_link(page: Page, row: int) -> None:
    """Click the rightmost link of a row of the documents."""
    click_row(page, row, across=-55, link=True)


def selection_words(page: Page) -> str:
    """Return what would be taken away: `184 documents listed`, `2 documents ticked`."""
    settled(page)
    words = page.get_by_text(re.compile("^Take away the")).inner_text()
    return words.removeprefix("Take away the ")


def expect_selection(page: Page, words: str) -> None:
    """Wait until just these documents would be taken away."""
    expect(page.get_by_text(f"Take away the {words}", exact=True)).to_be_visible()


def download(page: Page, label: str) -> Path:
    """Take the file that a link of the app's own gives, under the name that it suggests."""
    with page.expect_download() as found:
        page.get_by_role("link", name=label, exact=True).click()
    return saved(found.value)


def saved(found: Download) -> Path:
    """Move a download into a folder of its own, under the name that it suggests."""
    path = Path(found.path())
    folder = path.with_name(f"{path.name}-file")
    folder.mkdir(exist_ok=True)
    return path.rename(folder / found.suggested_filename)


def address(page: Page) -> dict[str, str]:
    """Return the parameters of the address."""
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


def charged_ever(app: App) -> int:
    """Return what has been charged so far, or may have been, as the store's ledger says."""
    with Store.open(f"sqlite:///{app.store}", source="sandbox") as store:
        return store.totals().ever.used


def open_popover(page: Page, name: str) -> Locator:
    """Open what a button opens, unless it is open, and return it."""
    button = page.get_by_test_id("stPopoverButton").filter(has_text=re.compile(f"^{name}")).first
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    return body


def open_filters(page: Page) -> Locator:
    """Open the filters and return what holds them."""
    return open_popover(page, "Filters")


def axis_box(page: Page) -> Locator:
    """Open the options of the timeline and return the choice of its axis."""
    return open_popover(page, "Timeline").get_by_role("combobox", name="Axis")


def close_popover(page: Page) -> None:
    """Close what a button has opened, and a list of options that is open in it before."""
    body = page.get_by_test_id("stPopoverBody")
    for _ in range(2):
        if body.count():
            page.keyboard.press("Escape")
            calm(page)
    expect(body).to_have_count(0)


def choose(page: Page, label: str, text: str) -> None:
    """Choose what a filter offers first for this text."""
    open_filters(page)
    box = page.get_by_label(label)
    option = page.get_by_role("option").filter(has_text=text).first
    for patience in (1_000, 2_000, 30_000):  # a list that is filled in the very moment of its drawing forgets it
        box.fill(text)
        try:
            option.wait_for(timeout=patience)
        except Expired:
            if patience == 30_000:
                raise
        else:
            break
    box.press("Enter")
    settled(page)
    close_popover(page)


def choose_list(page: Page, name: str) -> None:
    """Choose a reading list."""
    page.get_by_label("Reading list").click()
    page.get_by_role("option", name=name, exact=True).click()
    settled(page)


def choose_order(page: Page, name: str) -> None:
    """Choose an order or a grouping."""
    open_popover(page, "Order").get_by_role("radio", name=name).click()
    settled(page)
    close_popover(page)


def fetch_all(page: Page, app: App, numbers: str) -> None:
    """Open a page on these numbers and see to it that their histories are held and drawn."""
    open_page(page, f"{app.url}/?patents={numbers}")
    expect(look_up_button(page).or_(events(page).first)).to_be_attached()
    if look_up_button(page).count():
        look_up_button(page).click()
    expect(events(page).first).to_be_attached()
    expect(look_up_button(page)).to_have_count(0)
    settled(page)
