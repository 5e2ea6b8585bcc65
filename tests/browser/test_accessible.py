"""Reachable by keyboard, and asking no foreign host; what axe finds and what is cut off stand in `test_axe`."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    address,
    calm,
    click_event,
    events,
    expect_address,
    expect_answer,
    expect_selection,
    look_up_button,
    open_page,
    open_review,
    table_rows,
)
from tests.conftest import App

PATENT = {"patents": "US10765880B2"}


def test_a_whole_visit_asks_no_foreign_host(tab: Page, app: App) -> None:
    """Which patents somebody reads is nobody else's business: neither requests nor sockets, on any page."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("websocket", lambda socket: asked.append(socket.url.replace("ws://", "http://", 1)))
    open_review(tab, app, PATENT)
    with expect_answer(tab, lambda answer: "/pages/1" in answer.url):
        click_event(tab, "Final rejection")
    calm(tab)
    for name in ("Portfolio", "Usage", "Glossary"):
        tab.get_by_role("link", name=name).click()
        expect(tab.get_by_role("heading", name=name, level=1)).to_be_visible()
        calm(tab)
    own = (app.url, f"blob:{app.url}", "data:")
    assert any("_stcore/stream" in url for url in asked)
    assert any("/pages/1" in url for url in asked)
    assert [url for url in asked if not url.startswith(own)] == []


def test_headings_are_in_order_and_what_is_focused_has_a_name(tab: Page, app: App) -> None:
    """No heading skips a level; Tab goes through the page, and each stop is visible and says what it is."""
    open_review(tab, app, PATENT)
    table_rows(tab)
    levels = tab.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map((each) => Number(each.tagName[1]))")
    assert levels
    assert all(after - before <= 1 for before, after in pairwise(levels))
    stops: list[str] = []
    nameless: list[str] = []
    for _ in range(120):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(_STOP)
        if stop is None:
            break
        stops.append(stop["name"])
        # The scrolling part of Streamlit's tables has no name; Chromium makes it a stop because it scrolls.
        if (not stop["name"] or not stop["seen"]) and "dvn-scroller" not in stop["html"]:
            nameless.append(stop["html"])
    focused = " | ".join(stops)
    wanted = ("Add numbers", "All documents", "Timeline", "Copy link", "Documents", "Reading list", "Filters", "CSV")
    for name in wanted:
        assert name in focused, name
    assert nameless == []


_STOP = """() => {
    const each = document.activeElement;
    if (!each || each === document.body) return null;
    const text = (id) => document.getElementById(id)?.textContent ?? "";
    const labelled = (each.getAttribute("aria-labelledby") ?? "").split(" ").map(text).join(" ");
    const labels = [...(each.labels ?? [])].map((label) => label.textContent).join(" ");
    const group = each.getAttribute("role") === "radio" ? each.parentElement.getAttribute("aria-label") : "";
    const names = [group, each.getAttribute("aria-label"), labelled, labels, each.textContent, each.title];
    const named = names.filter((name) => name && name.trim()).join(" ");
    const box = (each.closest("label, canvas") ?? each).getBoundingClientRect();
    return { name: named.trim(), seen: box.width > 0 && box.height > 0, html: each.outerHTML.slice(0, 200) };
}"""


@pytest.mark.slow
def test_the_table_is_read_by_keyboard(tab: Page, app: App) -> None:
    """From the last button before it Tab leads into the table; an arrow to a paper's cell opens it, the next too."""
    open_review(tab, app, PATENT)
    table_rows(tab)
    tab.get_by_test_id("stPopoverButton").filter(has_text="Columns").focus()
    for _ in range(4):
        tab.keyboard.press("Tab")
    tab.wait_for_function("() => document.activeElement.tagName === 'CANVAS'")
    calm(tab)
    assert "doc" not in address(tab)
    tab.keyboard.press("ArrowRight")
    expect_address(tab, doc="US14/412875 20221122-N570-1")
    for paper in ("20221122-N570-2", "20221115-TRAN.LET-1"):
        calm(tab)
        tab.keyboard.press("ArrowDown")
        expect_address(tab, doc=f"US14/412875 {paper}")


def test_empty_states_and_errors_say_what_to_do(tab: Page, app: App) -> None:
    """An empty page offers examples; what is not understood is named with its reason; no button pretends."""
    open_page(tab, app.url)
    expect(tab.get_by_role("button", name="A simple grant")).to_be_visible()
    expect(look_up_button(tab)).to_be_visible()
    open_page(tab, f"{app.url}/?patents=CN101234567A")
    expect(tab.get_by_text("China is not covered", exact=False)).to_be_visible()
    open_review(tab, app, PATENT)
    tab.get_by_label("Find in descriptions").fill("no such words")
    expect(tab.get_by_role("button", name="Clear the filters: no document passes them")).to_be_visible()
    expect(tab.get_by_role("button", name="CSV", exact=True)).to_be_disabled()
    tab.get_by_role("button", name="Clear the filters: no document passes them").click()
    expect_selection(tab, "184 documents listed")
    expect(events(tab).first).to_be_attached()
