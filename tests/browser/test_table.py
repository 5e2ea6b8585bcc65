"""The table of documents and the row of controls above it, measured in the browser's own pixels."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    DOCUMENTS,
    calm,
    choose,
    click_row,
    close_popover,
    expect_address,
    expect_rows,
    expect_selection,
    keep_screenshot,
    open_filters,
    open_popover,
    open_review,
    press,
    settled,
    table_rows,
    tick_row,
)
from tests.conftest import App
from tests.real_histories import real_recordings

PATENT = {"patents": "US10765880B2"}
SEVERAL = {"patents": "US10000000B2,EP1000000B1,JP6768620B2"}
REJECTION = {"doc": "US14/412875 20190412-CTNF-1"}
VIEWS = {
    "one": PATENT,
    "one-grouped": PATENT | {"group": "submission"},
    "one-reader": PATENT | REJECTION,
    "one-reader-few": PATENT | REJECTION | {"codes": "CTNF,CTFR"},
    "several": SEVERAL,
    "several-reader": SEVERAL | {"doc": "JP2017-187096 20200721-A131-1"},
}
MOST_CUT = 0.06
"""Share of the titles of an office that may be cut off in a window of 1,280 pixels."""
PADDING = 16
"""Left and right of the words of a cell together, in pixels, as the grid draws them."""
_BUTTONS_APPEARED = """() => {
    const buttons = document.querySelector(".st-key-documents .stElementToolbar");
    return buttons !== null && getComputedStyle(buttons).opacity === "1" && buttons.getAnimations().length === 0;
}"""
_OVER_GRID = """([x, y]) => document.elementFromPoint(x, y).classList.contains("dvn-scroller")"""
_IN_SIGHT = 15
"""Rows of a long table that are in sight."""
_GRID = """region => {
    const canvas = region.querySelector("canvas");
    let fibre = canvas[Object.keys(canvas).find((name) => name.startsWith("__reactFiber"))];
    const drawn = (part) => Array.isArray(part?.memoizedProps?.mappedColumns ?? part?.memoizedProps?.columns)
        && (part.memoizedProps.mappedColumns ?? part.memoizedProps.columns).every((each) => each.width > 0);
    while (fibre && !drawn(fibre)) fibre = fibre.return;
    const columns = fibre.memoizedProps.mappedColumns ?? fibre.memoizedProps.columns;
    const scroller = region.querySelector(".dvn-scroller");
    return {
        columns: columns.map((each) => [each.title, each.width]),
        room: region.clientWidth,
        scrolls: scroller.scrollWidth - scroller.clientWidth,
        top: scroller.scrollTop,
    };
}"""
_WIDTHS = """titles => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = '400 14px "Source Sans", sans-serif';
    return titles.map((title) => pen.measureText(title).width);
}"""
"""In the letters of Streamlit's grid: its theme's small text, 14 pixels."""


def grid(page: Page) -> dict[str, Any]:
    """Return the columns of the table as they are drawn, its room, and how far it can scroll sideways and has down."""
    region = page.get_by_role("region", name=DOCUMENTS)
    table_rows(page)
    calm(page)
    found: dict[str, Any] = region.evaluate(_GRID)
    return found


def expect_filled(page: Page, name: str) -> int:
    """See that the columns fill the table without scrolling, the description with two fifths; return its width."""
    found = grid(page)
    widths = dict(found["columns"])
    assert found["scrolls"] <= 0, (name, found)
    assert -1 <= found["room"] - sum(width for _, width in found["columns"]) <= 1, (name, found)
    assert widths["Description"] >= 0.4 * found["room"], (name, found)
    return int(widths["Description"])


def rows_of_controls(page: Page) -> int:
    """Return in how many rows the controls stand, by the middles of what is drawn."""
    middles = page.locator(".st-key-controls > *").evaluate_all(
        """all => all.map((each) => each.getBoundingClientRect()).filter((box) => box.width > 4)
            .map((box) => Math.round((box.top + box.height / 2) / 12))"""
    )
    return len(set(middles))


@pytest.mark.parametrize(
    ("width", "names"),
    [
        (1280, ("one-grouped", "one-reader-few", "several-reader")),
        pytest.param(1280, ("one-reader",), marks=pytest.mark.slow),
        pytest.param(1440, tuple(VIEWS), marks=pytest.mark.slow),
        pytest.param(1920, tuple(VIEWS), marks=pytest.mark.slow),
    ],
)
def test_the_description_has_the_rest_of_the_table(tab: Page, app: App, width: int, names: tuple[str, ...]) -> None:
    """One file and several, grouped or not, with the reader or not: nothing scrolls sideways and no gap is left."""
    tab.set_viewport_size({"width": width, "height": 900})
    for name in names:
        view = VIEWS[name]
        open_review(tab, app, view)
        expect_filled(tab, name)
        assert rows_of_controls(tab) <= (2 if "codes" in view else 1), name  # chips may take another
        keep_screenshot(tab, f"table-{name}-{width}")


@pytest.mark.slow
def test_titles_are_rarely_cut_off(tab: Page, app: App) -> None:
    """At 1,280 pixels without the reader, with one file and with three: measured over all real histories by office."""
    recordings = real_recordings()
    tab.set_viewport_size({"width": 1280, "height": 900})
    rooms = []
    for name in ("one", "several"):
        open_review(tab, app, VIEWS[name])
        rooms.append(expect_filled(tab, name))
        assert rows_of_controls(tab) == 1, name
    for office in sorted({recording.office for recording in recordings}):
        titles = [each.description for found in recordings if found.office == office for each in found.documents]
        widths = tab.evaluate(_WIDTHS, titles)
        for room in rooms:
            share = sum(width > room - PADDING for width in widths) / len(widths)
            print(f"{office}: {share:.1%} of {len(titles):,} titles are cut off at {room} pixels")  # noqa: T201
            assert share <= MOST_CUT, (office, room)


@pytest.mark.slow
def test_the_open_row_carries_a_mark_and_keeps_its_place(tab: Page, app: App) -> None:
    """The mark follows from paper to paper; ticks and the place scrolled to stay."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    open_review(tab, app, PATENT)
    tick_row(tab, 1)
    expect_selection(tab, "1 document ticked")
    region = tab.get_by_role("region", name=DOCUMENTS)
    region.hover()
    tab.mouse.wheel(0, 1400)
    calm(tab)
    tab.wait_for_function("() => document.querySelector('.dvn-scroller') !== null")
    before = grid(tab)["top"]
    assert before > 300
    first = table_rows(tab)[0]["row"]
    box = region.bounding_box()
    assert box is not None
    press(tab, box["x"] + 420, box["y"] + 36 + 35 * 4.5)
    expect(tab.locator(".st-key-reader")).to_be_visible()
    settled(tab)
    expect_rows(tab, lambda rows: sum(row["▶"] == "▶" for row in rows) == 1)
    marked = next(row["row"] for row in table_rows(tab) if row["▶"])
    assert marked >= first
    assert abs(grid(tab)["top"] - before) <= 2
    keep_screenshot(tab, "table-open-row")
    tab.locator(".st-key-reader").get_by_role("button", name="Next").click()
    expect_rows(tab, lambda rows: [row["row"] for row in rows if row["▶"]] == [marked + 1])
    assert abs(grid(tab)["top"] - before) <= 2
    expect_selection(tab, "1 document ticked")


@pytest.mark.slow
def test_enter_opens_a_cell_with_the_whole_title(tab: Page, app: App) -> None:
    """A title that its cell cuts off beside the reader is whole in what Enter opens."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    open_review(tab, app, PATENT)
    title = "Communication - Re:  Power of Attorney (PTOL-308)"
    click_row(tab, 0, across=420)
    expect(tab.locator(".st-key-reader")).to_be_visible()
    calm(tab)
    tab.keyboard.press("Enter")
    overlay = tab.locator("[id^='gdg-overlay'] textarea")
    expect(overlay).to_have_value(title)
    assert overlay.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    keep_screenshot(tab, "table-whole-title")
    tab.keyboard.press("Escape")
    expect(overlay).to_have_count(0)


@pytest.mark.slow
def test_each_chip_removes_its_own_filter(tab: Page, app: App) -> None:
    """Filters are set behind their button, which stays open and tells how many; a chip takes one away, for good."""
    open_review(tab, app, PATENT)
    filters = open_filters(tab)
    choose(tab, "Document codes", "CTNF")
    choose(tab, "Side", "Office")
    expect(tab.get_by_test_id("stPopoverButton").filter(has_text="Filters · 2")).to_be_visible()
    expect(tab.get_by_text("2 of 184 listed")).to_be_visible()
    keep_screenshot(tab, "table-chips")
    tab.get_by_role("button", name="Side Office").click()
    expect_address(tab, codes="CTNF", side=None)
    tab.get_by_role("button", name="Code CTNF").click()
    expect_address(tab, codes=None, side=None)
    expect_selection(tab, "184 documents listed")
    # What was chosen behind the button is gone there, too, and no later click brings it back.
    expect_rows(tab, lambda rows: len(rows) > 5)
    click_row(tab, 2)
    expect_address(tab, codes=None, side=None, doc="US14/412875 20221115-TRAN.LET-1")
    expect(open_filters(tab).get_by_text("CTNF")).to_have_count(0)
    close_popover(tab)
    expect(filters).to_have_count(0)


@pytest.mark.slow
def test_columns_are_asked_for_and_hidden(tab: Page, app: App) -> None:
    """A column that has no room is shown for who asks; the description keeps its share."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    open_review(tab, app, PATENT)
    columns = open_popover(tab, "Columns")
    columns.get_by_role("button", name="Category").click()
    expect_address(tab, **{"with": "Category"})
    columns.get_by_role("button", name="Round").click()
    settled(tab)
    close_popover(tab)
    names = [title for title, _ in grid(tab)["columns"]]
    assert "Category" in names
    expect_filled(tab, "category")


def test_the_grids_own_buttons_cover_no_link(tab: Page, app: App) -> None:
    """Once they have appeared under the mouse, every link in sight can still be clicked."""
    open_review(tab, app, PATENT)
    rows = tab.get_by_role("region", name=DOCUMENTS)
    frame = rows.bounding_box()
    assert frame is not None
    links = [[frame["x"] + frame["width"] - 55, frame["y"] + 36 + 35 * row + 17] for row in range(_IN_SIGHT)]
    tab.mouse.move(*links[0])
    tab.wait_for_function(_BUTTONS_APPEARED)
    assert [tab.evaluate(_OVER_GRID, link) for link in links] == [True] * _IN_SIGHT
