"""What papers say, in the browser: the grid of grounds, its passages, flags, claims, marks, and what is not read."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PICTURE, address, calm, fits, keep_screenshot, open_page, settled
from tests.conftest import App

MADE_UP, EUROPEAN = "US20209999016A1", "EP1000000B1"
READ_ALL = re.compile(r"^Read inside \d+ papers")


def click_cell(page: Page, grid: Locator, words: str) -> None:
    """Click the cell of a grid that says this; a layer of plotly's takes the clicks."""
    calm(page)
    box = grid.locator(".bars .point").filter(has_text=re.compile(f"^{words}$")).first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    settled(page)


def test_grounds_are_read_drawn_and_opened_at_their_sentence(tab: Page, inside: App) -> None:
    """The final action has text of its own; the first action and the notice are scans, and stay "not read"."""
    open_page(tab, f"{inside.url}/?patents={MADE_UP},{EUROPEAN}&view=grounds")
    part = tab.locator(".st-key-inside_tab")
    expect(part.get_by_text("3 actions not read inside yet, so what stands there is not known.")).to_be_visible()
    expect(part.get_by_text("Not read inside: there are no rules yet for papers of this office (EP)")).to_be_visible()
    part.get_by_role("button", name="Read inside 3 papers").click()
    expect(part.get_by_text("2 actions not read inside yet, so what stands there is not known.")).to_be_visible()
    grid = part.locator("[class*=st-key-frame_grid_]")
    expect(grid.locator(".bars .point").filter(has_text="not read").first).to_be_visible()
    click_cell(tab, grid, "103")
    reader = tab.locator(".st-key-reader")
    expect(reader.get_by_text("(CTFR)")).to_be_visible()
    expect(tab.locator(PICTURE)).to_be_visible()
    expect(reader.locator(".pages-passage").first).to_be_visible()
    opened = address(tab)
    assert (opened["doc"], opened["page"], opened["view"]) == ("US99/999016 20210428-CTFR-1", "3", "grounds")
    assert re.fullmatch(r"(\d+(\.\d+){3},?)+", opened["marked"])
    keep_screenshot(tab, "inside-grounds")


def test_a_flag_is_marked_and_a_claim_followed_through_its_rounds(tab: Page, inside: App) -> None:
    """The form of the final action rejects claim 4, and its text does not; a mark is kept, and taken back.

    Claim 1 stands beside the ground that it met, from the claims as filed to the last reply; also on a small screen.
    """
    read_made_up(tab, inside)
    flag = tab.locator("[class*=st-key-finding_]").filter(has_text="Form and body differ").first
    expect(flag).to_contain_text("claim 4")
    expect(flag).to_contain_text("Claim(s) 1-4 and 6-11 is/are rejected.")
    flag.get_by_role("button", name="Wrong").click()
    expect(flag).to_contain_text("marked wrong by you")
    expect(flag.locator("del").first).to_be_visible()
    tab.reload()
    flag.get_by_role("button", name="Take back").click()
    expect(flag.get_by_role("button", name="Right")).to_be_visible()
    expect(flag.locator("del")).to_have_count(0)
    part = tab.locator(".st-key-inside_tab")
    part.get_by_role("radio", name="Claims", exact=True).click()
    expect(part.get_by_text("Claims of 12 Mar 2019").first).to_be_visible()
    expect(part.get_by_text("Claims of 26 Jul 2021").first).to_be_visible()
    expect(part.locator("ins").filter(has_text="ambient humidity sensor").first).to_be_visible()
    expect(part.get_by_text("Final rejection of 28 Apr 2021").first).to_be_visible()
    assert address(tab)["view"] == "claims"
    tab.set_viewport_size({"width": 390, "height": 1400})
    calm(tab)
    assert fits(tab)


def read_made_up(page: Page, app: App) -> None:
    """Open the grounds of the made-up application once its papers are read that have text of their own."""
    open_page(page, f"{app.url}/?patents={MADE_UP}&view=grounds")
    begin = page.locator(".st-key-read_inside_button").get_by_role("button")
    expect(begin).to_be_visible()
    if begin.is_enabled():
        begin.click()
        expect(page.get_by_role("button", name="Dismiss")).to_be_visible()
    settled(page)
