"""The pictures of pages in the reader: turning, sizes, keys, what is said while one comes and where there is none."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from components.store import Store
from tests.browser.conftest import PICTURE, keep_screenshot, open_review, wait_until
from tests.conftest import App

PATENT = "US10765880B2"
REJECTION = "US14/412875 20161025-CTNF-1"
"""Of 8 pages, as the list of the file says; the paper after it, newest first, has one."""
DAMAGED = "US14/412875 20150105-SPEC-1"
"""A paper that no other test opens."""


def picture_of(page: Page, number: int) -> Locator:
    """The picture of a page of the rejection."""
    return page.locator(".pages").get_by_role("img", name=f"CTNF of 25 Oct 2016, page {number} of 8", exact=True)


def box(part: Locator) -> dict[str, float]:
    """Where a part stands in the window."""
    found = part.bounding_box()
    assert found is not None
    return dict(found)


def scrolled(page: Page) -> tuple[float, float]:
    """How far the picture is scrolled down, and how far it could be."""
    top, most = page.locator(".pages-view").evaluate("view => [view.scrollTop, view.scrollHeight - view.clientHeight]")
    return top, most


def widths(asked: list[str], number: int) -> list[int]:
    """The widths in which a page was asked for, in their order."""
    found = [re.search(rf"/pages/{number}\?width=(\d+)$", url) for url in asked]
    return [int(each[1]) for each in found if each]


@pytest.mark.slow
def test_pages_fill_their_room_and_the_next_one_is_ready(tab: Page, app: App) -> None:
    """One at a time, as wide as there is room; the next one is there before it is asked for."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_viewport_size({"width": 1440, "height": 900})
    open_review(tab, app, {"patents": PATENT, "doc": REJECTION})
    pages = tab.locator(".pages")
    expect(picture_of(tab, 1)).to_be_visible()
    wait_until(tab, lambda: bool(widths(asked, 2)), lambda: asked)
    assert widths(asked, 1) == widths(asked, 2) == [800]

    # It fills the pane from where it stands to the end of the window; the page is as wide as there is room.
    view, sheet = box(tab.locator(".pages-view")), box(picture_of(tab, 1))
    whole = box(pages)
    assert 870 <= whole["y"] + whole["height"] <= 900
    assert view["height"] >= 320
    assert view["width"] - 20 <= sheet["width"] <= view["width"]
    assert sheet["height"] / sheet["width"] == pytest.approx(842 / 595, rel=0.01)
    assert abs(sheet["y"] - view["y"]) <= 1
    for part in [
        *pages.get_by_role("button").all(),
        pages.get_by_label("Page", exact=True),
        *pages.get_by_role("link").all(),
    ]:
        size = box(part)
        assert min(size["width"], size["height"]) >= 24
    keep_screenshot(tab, "pages")

    # The next page comes without an answer of the app, from its top.
    tab.context.set_offline(True)
    tab.locator(".pages-view").evaluate("view => view.scrollTo(0, 400)")
    pages.get_by_role("button", name="Following page").click()
    expect(picture_of(tab, 2)).to_be_visible()
    assert scrolled(tab)[0] == 0
    tab.context.set_offline(False)


def test_pages_are_found_by_number_and_by_keys_at_any_size(tab: Page, app: App) -> None:
    """A size chosen stays, and is sharp; the next paper begins on its first page."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_viewport_size({"width": 1440, "height": 900})
    open_review(tab, app, {"patents": PATENT, "doc": REJECTION})
    pages = tab.locator(".pages")
    expect(picture_of(tab, 1)).to_be_visible()

    # By number; what is no page leads nowhere, and a number too great to the last.
    box_of_number = pages.get_by_label("Page", exact=True)
    for typed, number in (("7", 7), ("x", 7), ("99", 8)):
        box_of_number.fill(typed)
        box_of_number.press("Enter")
        expect(picture_of(tab, number)).to_be_visible()
        expect(box_of_number).to_have_value(str(number))
    expect(pages.get_by_role("button", name="Following page")).to_have_attribute("aria-disabled", "true")

    # By keys: to the page before at its end, and to the following one at its beginning.
    tab.locator(".pages-view").focus()
    tab.keyboard.press("PageUp")
    expect(picture_of(tab, 7)).to_be_visible()
    wait_until(tab, lambda: scrolled(tab)[0] >= scrolled(tab)[1] - 2 > 0, lambda: scrolled(tab))
    tab.keyboard.press("PageDown")
    expect(picture_of(tab, 8)).to_be_visible()
    wait_until(tab, lambda: scrolled(tab)[0] == 0, lambda: scrolled(tab))
    tab.keyboard.press("ArrowLeft")
    expect(picture_of(tab, 7)).to_be_visible()

    # Larger: sharper too, and still so in the next paper, which begins on its first page.
    before = box(picture_of(tab, 7))["width"]
    tab.keyboard.press("+")
    pages.get_by_role("button", name="Larger").click()
    wait_until(tab, lambda: box(picture_of(tab, 7))["width"] > 1.45 * before, lambda: before)
    wait_until(tab, lambda: widths(asked, 7)[-1] >= 1200, lambda: widths(asked, 7))
    tab.locator(".pages-view").focus()
    tab.keyboard.press("j")
    expect(pages.get_by_role("img", name=re.compile(", page 1 of "))).to_be_visible()
    expect(box_of_number).to_have_value("1")
    assert scrolled(tab)[0] == 0
    assert box(tab.locator(PICTURE))["width"] > 1.45 * before
    pages.get_by_role("button", name="Fit width").click()
    wait_until(tab, lambda: abs(box(tab.locator(PICTURE))["width"] - before) < 2, lambda: before)


@pytest.mark.slow
def test_what_comes_and_what_does_not_is_said(tab: Page, app: App) -> None:
    """No picture stands for another paper's; why one cannot be drawn is said, also where the app does not answer."""
    with Store.open(f"sqlite:///{app.store}", source="sandbox") as store:
        store.keep_pdf("US14/412875", DAMAGED.partition(" ")[2], b"%PDF-1.7\ndamaged")
    tab.set_viewport_size({"width": 1280, "height": 800})
    waiting: list[Route] = []
    tab.route("**/pages/3?*", lambda route: waiting.append(route))  # noqa: PLW0108 - it takes no builtin
    open_review(tab, app, {"patents": PATENT, "doc": REJECTION})
    pages, words = tab.locator(".pages"), tab.locator(".pages-words")
    expect(picture_of(tab, 1)).to_be_visible()
    number = pages.get_by_label("Page", exact=True)
    number.fill("3")
    number.press("Enter")
    expect(words.get_by_role("status")).to_have_text("Loading page 3 of 8")
    assert float(tab.locator(".pages-sheet img").evaluate("img => getComputedStyle(img).opacity")) < 0.5
    keep_screenshot(tab, "pages-loading")
    wait_until(tab, lambda: bool(waiting), lambda: waiting)
    waiting[0].abort()
    expect(words.get_by_role("heading", name="The app does not answer")).to_be_visible()
    expect(tab.locator(".pages-sheet img")).to_be_hidden()
    tab.unroute("**/pages/3?*")
    words.get_by_role("button", name="Try again").click()
    expect(picture_of(tab, 3)).to_be_visible()

    open_review(tab, app, {"patents": PATENT, "doc": DAMAGED})
    expect(words.get_by_role("heading", name="This page cannot be drawn")).to_be_visible()
    expect(words.get_by_text("This PDF is damaged")).to_be_visible()
    expect(tab.locator(".pages-sheet img")).to_be_hidden()
    expect(pages.get_by_role("link", name="Open PDF")).to_have_attribute("target", "_blank")
    keep_screenshot(tab, "pages-damaged")

    # The next paper is drawn; until it is, nothing of the one before is in sight.
    tab.route("**/pages/1?*", lambda route: waiting.append(route))  # noqa: PLW0108 - it takes no builtin
    tab.locator(".pages-view").focus()
    del waiting[:]
    tab.keyboard.press("k")
    tab.wait_for_url(lambda url: "SPEC" not in url)
    wait_until(tab, lambda: bool(waiting), lambda: waiting)
    expect(words.get_by_role("status")).to_have_text("Loading page 1")
    expect(tab.locator(".pages-sheet img")).to_be_hidden()
    expect(words.get_by_role("heading")).to_have_count(0)
    waiting[0].continue_()
    expect(tab.locator(PICTURE)).to_be_visible()
