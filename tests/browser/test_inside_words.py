"""What papers say in their own words, in the browser: a quote opens its page, and references are one table."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PICTURE, address, calm, fits, settled
from tests.browser.test_inside_findings import read_made_up
from tests.conftest import App


@pytest.mark.slow
def test_a_quote_opens_its_page_and_references_stand_in_a_table(tab: Page, inside: App) -> None:
    """The argument of a reply, by the ground that it answers; both views also fit a small screen."""
    read_made_up(tab, inside)
    part = tab.locator(".st-key-inside_tab")
    part.get_by_role("radio", name="In their own words", exact=True).click()
    quote = part.locator("[class*=st-key-finding_]").filter(has_text="does not disclose each and every element").first
    expect(quote).to_contain_text("answers 102(a)(1)")
    quote.get_by_role("button", name="p. 1").click()
    reader = tab.locator(".st-key-reader")
    expect(tab.locator(PICTURE)).to_be_visible()
    expect(reader.locator(".pages-passage").first).to_be_visible()
    assert address(tab)["view"] == "words"
    part.get_by_role("radio", name="References", exact=True).click()
    expect(part.get_by_text("Tick references to see where they are cited")).to_be_visible()
    settled(tab)
    tab.set_viewport_size({"width": 390, "height": 1400})
    calm(tab)
    assert fits(tab)
