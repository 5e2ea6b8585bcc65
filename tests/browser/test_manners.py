"""Nothing jumps: not while a page is drawn for the first time, nor by a click, outside a pane that opens."""

import re
from collections.abc import Callable, Collection

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PICTURE,
    calm,
    choose,
    choose_order,
    click_event,
    events,
    open_page,
    open_review,
    settled,
    table_rows,
    tick_row,
)
from tests.conftest import App, AppStarter
from tests.real_histories import numbers_of, seed_real, thirty_recordings

PATENT = {"patents": "US10765880B2"}
THREE = {"patents": "US10000000B2,EP1000000B1,JP6768620B2"}
STILL = 8
"""Pixels by which anything may move up or down."""
CALM = 0.1
"""The layout shift that a first load may have, as Chromium counts it: a share of the window."""
_ABOVE = frozenset({"intake", "heading", "glance", "timeline"})
_PARTS = _ABOVE | {"tabs", "controls", "documents"}
_TOPS = """() => Object.fromEntries([
    ...["intake", "heading", "glance", "timeline", "controls", "documents"].map((key) => [key, `.st-key-${key}`]),
    ["tabs", "[role=tablist]"],
].map(([name, selector]) => [name, document.querySelector(selector)?.getBoundingClientRect()])
    .filter(([, box]) => box && box.height > 0)
    .map(([name, box]) => [name, Math.round(box.top)]))"""
_WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
            const keyed = (node?.nodeType === 1 ? node : node?.parentElement)?.closest("[class*='st-key-']");
            const name = keyed ? [...keyed.classList].find((each) => each.startsWith("st-key-")) : node?.nodeName;
            return `${name} ${Math.round(previousRect.top)} to ${Math.round(currentRect.top)}`;
        });
        window.shifts.push([entry.value, moved]);
    }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def real(start_app: AppStarter, tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app that holds thirty real file histories."""
    store = tmp_path_factory.mktemp("thirty") / "data" / "store.db"
    seed_real(store, thirty_recordings())
    return start_app(store=store)


@pytest.fixture
def watched(tab: Page) -> Page:
    """A page of a small laptop in which all layout shifts are noted, those soon after an input too."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.add_init_script(_WATCH_SHIFTS)
    return tab


def expect_calm_load(page: Page) -> None:
    """Fail if what has been drawn so far moved too much on its way."""
    calm(page, frames=20)  # the browser tells of a shift some frames after it
    shifts: list[tuple[float, list[str]]] = page.evaluate("window.shifts")
    total = sum(value for value, _ in shifts)
    print(f"layout shift: {total:.3f}")  # noqa: T201 - a measure worth seeing
    assert shifts, "nothing was observed: Streamlit's own page shifts a little"
    assert total <= CALM, shifts


# How soon Streamlit takes the stylesheet in depends on how busy the machine is, so these three have a quiet one to
# themselves: `pytest -m slow`.


@pytest.mark.slow
def test_little_moves_while_the_empty_page_is_drawn(watched: Page, app: App) -> None:
    """Counted without the grace after input."""
    open_page(watched, app.url)
    expect_calm_load(watched)


@pytest.mark.slow
@pytest.mark.parametrize("parameters", [PATENT, THREE], ids=["one", "three"])
def test_little_moves_while_histories_are_drawn(watched: Page, app: App, parameters: dict[str, str]) -> None:
    """A link to one and to three files."""
    open_review(watched, app, parameters)
    table_rows(watched)
    expect_calm_load(watched)


@pytest.mark.slow
def test_little_moves_while_thirty_files_are_drawn(watched: Page, real: App) -> None:
    """A link to thirty files."""
    open_review(watched, real, {"patents": numbers_of(thirty_recordings())})
    expect_calm_load(watched)


@pytest.mark.slow
def test_nothing_moves_by_a_click(tab: Page, app: App) -> None:
    """Filter, tick, order, tabs, a chip taken off, the next paper and the one before; in a window without scrolling.

    What stands below a timeline that is asked for more lanes makes room for them.
    """
    open_review(tab, app, {"patents": "US10000000B2"})
    table_rows(tab)
    calm(tab)
    moved: dict[str, dict[str, int]] = {}

    def after(name: str, act: Callable[[], object], *, parts: Collection[str] = _PARTS) -> None:
        before: dict[str, int] = tab.evaluate(_TOPS)
        act()
        settled(tab)
        calm(tab)
        now: dict[str, int] = tab.evaluate(_TOPS)
        far = {
            part: now[part] - top
            for part, top in before.items()
            if part in parts and part in now and abs(now[part] - top) > STILL
        }
        if far:
            moved[name] = far

    def press(key: str) -> None:
        tab.locator(f".st-key-{key} button").click()

    after("filter", lambda: choose(tab, "Document codes", "IDS"))
    after("chip", tab.get_by_role("button", name="Code IDS").click)
    after("tick", lambda: tick_row(tab, 1))
    after("order", lambda: choose_order(tab, "Oldest first"))
    for name in ("Summary", "Rounds", "Findings", "Measures", "Open dates", "Documents"):
        label = tab.get_by_role("tab", name=re.compile(f"^{name}"))
        after(f"tab {name}", label.click)
    lanes = tab.get_by_text("All documents", exact=True)
    after("more lanes", lanes.click, parts=_ABOVE)
    after("fewer lanes", lanes.click, parts=_ABOVE)
    click_event(tab, "Non-final rejection")
    expect(tab.locator(PICTURE)).to_be_visible()
    after("next", lambda: press("next_document"))
    after("previous", lambda: press("previous_document"))
    assert events(tab).count() > 0
    assert moved == {}
