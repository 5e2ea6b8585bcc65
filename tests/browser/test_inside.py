"""Inside the papers: read, search, open a hit at its page; stop and resume; reload in mid-run; without an engine."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import address, expect_address, keep_screenshot, open_page, settled
from tests.conftest import App

SHORT, LONG = "US10902286B2", "US10765880B2"


def open_inside(page: Page, app: App, **address: Any) -> Locator:
    """Open the tab of a file history, and return it."""
    query = "&".join(f"{name}={value}" for name, value in address.items())
    open_page(page, f"{app.url}/?{query}")
    page.get_by_role("tab", name=re.compile("^Inside")).click()
    settled(page)
    return page.locator(".st-key-inside_tab")


def test_a_paper_is_read_found_and_opened_at_its_page(tab: Page, inside: App) -> None:
    """Without an engine, too: its absence is said, and PDFs with text of their own are read."""
    part = open_inside(tab, inside, patents=SHORT)
    expect(part.get_by_text("No engine that reads scans is installed")).to_be_visible()
    expect(part.get_by_text("none is read yet")).to_be_visible()
    part.get_by_role("button", name=re.compile(r"^Read inside \d+ papers")).click()
    expect(part.get_by_text(re.compile(r"^All \d+ are read already"))).to_be_visible()
    settled(tab)
    part.get_by_role("searchbox", name="Search inside").fill('"Non-Final Rejection" code:CTNF')
    expect(part.locator("mark").first).to_be_visible()
    expect(part.get_by_text("are not read yet", exact=False)).to_be_visible()
    hit = part.locator("a.inside-hit").nth(1)
    expect(hit).to_contain_text("p. 2")
    hit.click()
    expect(tab.locator(".st-key-reader").get_by_text("(CTNF)")).to_be_visible()
    expect_address(tab, doc="US16/123456 20200327-CTNF-1", inside='"Non-Final Rejection" code:CTNF')
    assert address(tab)["page"] == "2"
    expect(hit).to_have_attribute("aria-current", "true")
    keep_screenshot(tab, "inside-hit")


@pytest.mark.slow
def test_a_reading_is_stopped_found_again_after_a_reload_and_resumed(tab: Page, inside: App) -> None:
    """What was read by then stays read; the rest is read on a click."""
    part = open_inside(tab, inside, patents=LONG)
    part.get_by_role("combobox", name="Papers to read inside").click()
    tab.get_by_role("option", name="All papers (184)").click()
    part.get_by_role("button", name=re.compile(r"^Read inside 184 papers · 1,050 pages")).click()
    expect(part.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    tab.reload()
    stop = tab.locator(".st-key-inside_tab").get_by_role("button", name="Stop", exact=True)
    stop.click()
    resume = tab.locator(".st-key-inside_tab").get_by_role("button", name=re.compile("^Resume"))
    expect(resume).to_be_visible()
    resume.click()
    expect(stop).to_be_visible()
    stop.click()
    expect(resume).to_be_visible()
