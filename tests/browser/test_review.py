"""The main job in a real browser: paste, look up, read the timeline, filter, open the PDF."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    choose,
    click_link,
    events,
    fetch_all,
    keep_screenshot,
    look_up_button,
    open_page,
    settled,
    type_numbers,
)
from tests.conftest import App, AppStarter


@pytest.fixture(scope="module")
def app(start_app: AppStarter) -> App:
    """The app without an account: the sandbox serves in its process."""
    return start_app()


def test_from_numbers_to_a_pdf(page: Page, app: App) -> None:
    """Paste, look up, timeline, filter, and the PDF in a tab of its own."""
    open_page(page, app.url)
    type_numbers(page, "US 10,765,880 B2")
    expect(look_up_button(page)).to_have_text("Look up 1 · 1 charged")
    look_up_button(page).click()
    expect(page.get_by_text("184 of 184 documents").first).to_be_visible()
    expect(events(page).first).to_be_attached()
    assert events(page).count() > 15
    expect(look_up_button(page)).to_have_text("Look up 1 · free")

    choose(page, "Document codes", "CTNF")
    # 14/412,875 was rejected non-finally twice: on 25 October 2016 and on 12 April 2019.
    expect(page.get_by_text("2 listed")).to_be_visible()
    assert "codes=CTNF" in page.url
    keep_screenshot(page, "review-filtered")

    answers = []
    page.context.on("response", lambda answer: answers.append((answer.status, answer.url)))
    with page.context.expect_page() as opened:
        click_link(page, 0)
    opened.value.wait_for_timeout(1500)
    assert any(status == 303 and "/documents/" in url for status, url in answers)
    document = next(url for status, url in answers if status == 200 and "/sandbox/documents/" in url)
    assert page.request.get(document).body().startswith(b"%PDF-")


def test_a_deep_link_draws_what_is_held_and_buys_nothing(page: Page, app: App) -> None:
    """A colleague who opens the address sees the same view; what is not held waits for a click."""
    fetch_all(page, app, "US10765880B2")
    open_page(page, f"{app.url}/?patents=US10765880B2,US12999999B2&codes=CTFR&from=2017-01-01&to=2018-12-31&show=all")
    expect(look_up_button(page)).to_have_text("Look up 2 · 1 charged")
    expect(page.get_by_text("1 listed")).to_be_visible()
    expect(
        page.get_by_role("switch", name="All documents").or_(page.get_by_label("All documents")).first
    ).to_be_checked()
    keep_screenshot(page, "review-deep-link")


def test_back_returns_to_the_view_before(page: Page, app: App) -> None:
    """A filter that was set is gone after Back."""
    fetch_all(page, app, "US10765880B2")
    choose(page, "Document codes", "CTNF")
    expect(page.get_by_text("2 listed")).to_be_visible()
    page.wait_for_url(re.compile("codes=CTNF"))
    page.go_back()
    expect(page.get_by_text("2 listed")).to_have_count(0)
    assert "codes=" not in page.url


def test_three_offices_stand_on_one_axis(page: Page, app: App) -> None:
    """The example on the empty page loads US, EP and JP and draws them under each other."""
    open_page(page, app.url)
    page.get_by_role("button", name=re.compile("US, EP and JP")).click()
    expect(page.get_by_text("131 of 131 documents").first).to_be_visible()
    for number in ("US 10,000,000 B2", "EP 1 000 000 B1", "JP 6768620 B2"):
        expect(page.locator(".js-plotly-plot").get_by_text(number).first).to_be_attached()
    keep_screenshot(page, "review-three-offices")


def test_typing_shows_the_price_without_leaving_the_box(page: Page, app: App) -> None:
    """What is typed is told apart after a short pause."""
    open_page(page, app.url)
    box = page.get_by_label("Patent, publication or application numbers")
    box.press_sequentially("US12124027, cn101234567a", delay=15)
    expect(page.get_by_text("China is not covered", exact=False)).to_be_visible()
    expect(box).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 1920])
def test_the_page_is_kept_as_a_picture(page: Page, app: App, scheme: str, width: int) -> None:
    """Light and dark, on a laptop and on a large screen: for people to look at; nothing is cut off to the right."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 1700})
    fetch_all(page, app, "US10765880B2")
    expect(events(page).first).to_be_attached()
    page.wait_for_timeout(800)
    assert keep_screenshot(page, f"review-{scheme}-{width}").stat().st_size > 20_000
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_uploaded_list_outlasts_a_look_at_another_page(page: Page, app: App, tmp_path: Path) -> None:
    """Two of its four numbers are understood, and it is still there after a visit to the glossary."""
    file = tmp_path / "docket.csv"
    file.write_text("Docket,Patent\nA-1,US 8433457 B2\nA-2,CN101234567A\nA-3,17/248024\nA-4,11646472\n")
    open_page(page, app.url)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("4 numbers")).to_be_visible()
    expect(look_up_button(page)).to_have_text("Look up 2 · 2 charged")
    page.get_by_role("link", name="Glossary").click()
    expect(page.get_by_label("Find a code or a word")).to_be_visible()
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_text("docket.csv")).to_be_visible()
    expect(look_up_button(page)).to_have_text("Look up 2 · 2 charged")
    page.get_by_role("button", name="Remove the list").click()
    expect(look_up_button(page)).to_have_text("Look up")


def test_actions_are_joined_to_their_answers(page: Page, app: App) -> None:
    """The timeline links what answers what, the rounds stand in a table, and the summary leads to its papers."""
    page.set_viewport_size({"width": 1280, "height": 2200})
    fetch_all(page, app, "US10765880B2")
    legend = page.locator(".js-plotly-plot .legend")
    for outcome in ("Answered on time", "Answered with extension", "Unanswered"):
        expect(legend.get_by_text(outcome, exact=True)).to_be_attached()
    page.get_by_text("Rounds: 8 actions").click()
    settled(page)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)
    expect(page.get_by_text("No reply to the final rejection of 9 Aug 2017")).to_be_visible()
    keep_screenshot(page, "review-rounds")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="CTFR").first.click()
    opened.value.wait_for_url(re.compile("/sandbox/documents/|about:blank|\\.pdf"))


def test_a_translation_and_its_original_are_one_row(page: Page, app: App) -> None:
    """JP 6768620 B2: the paper opens in either language from the same row."""
    page.set_viewport_size({"width": 1280, "height": 1900})
    fetch_all(page, app, "JP6768620B2")
    expect(page.get_by_text("24 of 24 documents").first).to_be_visible()
    keep_screenshot(page, "review-japanese")
    answers: list[int] = []
    page.context.on("response", lambda answer: answers.append(answer.status) if "/documents/" in answer.url else None)
    with page.context.expect_page() as opened:
        click_link(page, 0)
    opened.value.wait_for_timeout(1500)
    assert 303 in answers
