"""The main job in a real browser: paste, look up, read the timeline, filter, open the PDF."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    calm,
    choose,
    click_link,
    events,
    keep_screenshot,
    look_up_button,
    open_page,
    open_review,
    paper_in_new_tab,
    type_numbers,
    wait_until,
)
from tests.conftest import App


def test_from_numbers_to_a_pdf(tab: Page, empty: App) -> None:
    """Paste, look up, timeline, filter, and the PDF in a tab of its own."""
    open_page(tab, empty.url)
    type_numbers(tab, "US 10,765,880 B2")
    expect(look_up_button(tab)).to_have_text("Look up 1 · 1 charged")
    look_up_button(tab).click()
    expect(tab.get_by_text("184 of 184 documents").first).to_be_visible()
    expect(events(tab).first).to_be_attached()
    assert events(tab).count() > 15
    expect(look_up_button(tab)).to_have_count(0)  # nothing is left to buy

    choose(tab, "Document codes", "CTNF")
    # 14/412,875 was rejected non-finally twice: on 25 October 2016 and on 12 April 2019.
    expect(tab.get_by_text("2 of 184 listed")).to_be_visible()
    assert "codes=CTNF" in tab.url
    keep_screenshot(tab, "review-filtered")
    calm(tab)  # the picture of the whole page draws the table anew

    with (
        tab.context.expect_event(
            "response", lambda answer: answer.status == 200 and "/sandbox/documents/" in answer.url
        ) as found,
        paper_in_new_tab(tab),
    ):
        click_link(tab, 0)
    assert tab.request.get(found.value.url).body().startswith(b"%PDF-")


def test_three_offices_stand_on_one_axis(tab: Page, empty: App) -> None:
    """The example on the empty page loads US, EP and JP and draws them under each other."""
    open_page(tab, empty.url)
    tab.get_by_role("button", name=re.compile("US, EP and JP")).click()
    expect(tab.get_by_text("110 of 110 documents").first).to_be_visible()
    for number in ("US 10,902,286 B2", "EP 1 000 000 B1", "JP 6768620 B2"):
        expect(tab.locator(".js-plotly-plot").get_by_text(number).first).to_be_attached()
    keep_screenshot(tab, "review-three-offices")


def test_typing_shows_the_price_without_leaving_the_box(tab: Page, app: App) -> None:
    """What is typed is classified after a short pause."""
    open_page(tab, app.url)
    box = tab.get_by_label("Patent, publication or application numbers")
    box.press_sequentially("US12124027, cn101234567a", delay=15)
    expect(tab.get_by_text("China is not covered", exact=False)).to_be_visible()
    expect(box).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1920)])
def test_the_page_is_kept_as_a_picture(tab: Page, app: App, scheme: str, width: int) -> None:
    """Light and dark, on a laptop and on a large screen: for people to look at; nothing is cut off to the right."""
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.set_viewport_size({"width": width, "height": 1700})
    open_review(tab, app, {"patents": "US10765880B2"})
    calm(tab)
    assert keep_screenshot(tab, f"review-{scheme}-{width}").stat().st_size > 20_000
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.slow
def test_an_uploaded_list_outlasts_a_look_at_another_page(tab: Page, empty: App, tmp_path: Path) -> None:
    """Two of its four numbers are understood, and it is still there after a visit to the glossary."""
    file = tmp_path / "docket.csv"
    file.write_text("Docket,Patent\nA-1,US 8433457 B2\nA-2,CN101234567A\nA-3,17/248024\nA-4,11646472\n")
    open_page(tab, empty.url)
    tab.locator("input[type=file]").set_input_files(file)
    expect(tab.get_by_text("4 numbers")).to_be_visible()
    expect(look_up_button(tab)).to_have_text("Look up 2 · 1 to 2 charged")
    tab.get_by_role("link", name="Glossary").click()
    expect(tab.get_by_label("Find a code or a word")).to_be_visible()
    tab.get_by_role("link", name="Review").click()
    expect(tab.get_by_text("docket.csv")).to_be_visible()
    expect(look_up_button(tab)).to_have_text("Look up 2 · 1 to 2 charged")
    tab.get_by_role("button", name="Remove the list").click()
    expect(look_up_button(tab)).to_have_text("Look up")


@pytest.mark.slow
def test_actions_are_joined_to_their_answers(tab: Page, app: App) -> None:
    """The timeline links what answers what, the summary says what was not answered, and it leads to its papers."""
    tab.set_viewport_size({"width": 1280, "height": 2200})
    open_review(tab, app, {"patents": "US10765880B2"})
    legend = tab.locator(".js-plotly-plot .legend")
    for outcome in ("Answered on time", "Answered with extension", "Unanswered"):
        expect(legend.get_by_text(outcome, exact=True)).to_be_attached()
    tab.get_by_role("tab", name="Summary").click()
    expect(tab.get_by_text("No reply to the final rejection of 9 Aug 2017")).to_be_visible()
    keep_screenshot(tab, "review-summary")
    with tab.context.expect_page() as opened:
        tab.get_by_role("link", name="CTFR").first.click(modifiers=["Control"])
    # Chromium does not tell of a tab behind this one that its viewer has loaded.
    behind = opened.value
    wait_until(tab, lambda: re.search(r"/documents/[^/]+\.pdf\?", behind.url) is not None, lambda: behind.url)
    behind.close()


@pytest.mark.slow
def test_a_translation_and_its_original_are_one_row(tab: Page, app: App) -> None:
    """JP 6768620 B2: the paper opens in either language from the same row."""
    tab.set_viewport_size({"width": 1280, "height": 1900})
    open_review(tab, app, {"patents": "JP6768620B2"})
    expect(tab.get_by_text("24 of 24 documents").first).to_be_visible()
    keep_screenshot(tab, "review-japanese")
    calm(tab)
    with paper_in_new_tab(tab):
        click_link(tab, 0)
