"""The timeline: what its events say, open, hide and select, and the picture that it gives."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    address,
    axis_box,
    calm,
    choose_list,
    click_event,
    close_popover,
    event_at,
    events,
    expect_address,
    expect_rows,
    expect_selection,
    keep_screenshot,
    legend_entry,
    open_popover,
    open_review,
    saved,
    selection_words,
)
from tests.conftest import App

PATENT = {"patents": "US10765880B2"}
ALL_TWELVE = (
    "US10765880B2,US8433457B2,US8620758B2,US10000000B2,US11646472B2,US20170071586A1,USRE41192E1,US10902286B2,"
    "US20030133974A1,EP1000000B1,JP6768620B2,JP7533889B2"
)
IN_THE_MIDDLE = 0.5


@pytest.fixture
def review(tab: Page, app: App) -> Page:
    """The review of US 10,765,880 B2."""
    open_review(tab, app, PATENT)
    return tab


def test_a_click_on_an_event_opens_its_paper_and_marks_its_row(review: Page) -> None:
    """The final rejection of 17 January 2020 stands in the reader, in the address and in the table."""
    click_event(review, "Final rejection", 1)
    expect_address(review, doc="US14/412875 20200117-CTFR-1")
    reader = review.locator(".st-key-reader")
    expect(reader.get_by_text("Final Rejection (CTFR)")).to_be_visible()
    expect(
        reader.get_by_text(re.compile(r"^17 Jan 2020 · Office · Final rejection · 12 pages · round 7"))
    ).to_be_visible()
    expect(reader.get_by_role("img", name="CTFR of 17 Jan 2020, page 1 of 12")).to_be_visible()
    expect_selection(review, "184 documents listed")  # a click filters nothing
    click_event(review, "Issue")
    expect_address(review, doc="US14/412875 20200819-ISSUE.NTF-1")
    expect_rows(review, lambda rows: [row["Code"] for row in rows if row["marked"]] == ["ISSUE.NTF"])
    keep_screenshot(review, "timeline-clicked")


def test_hovering_says_what_an_event_is_and_a_legend_entry_hides_it(review: Page) -> None:
    """Of the final rejection of 17 January 2020: code, day, pages, round, and what answered it after how many days.

    Two petitions were filed; without their entry there are two events fewer, and it brings them back.
    """
    x, y = event_at(review, "Final rejection", 1)
    review.mouse.move(x - 3, y)
    review.mouse.move(x, y, steps=3)
    box = review.locator(".js-plotly-plot .hoverlayer .hovertext")
    expect(box.first).to_be_attached()
    words = " ".join(box.all_text_contents())
    for part in ("CTFR", "17 Jan 2020", "12 pages", "91 days"):
        assert part in words
    assert "round 7" in words

    for outcome in ("Answered on time", "Answered with extension", "Unanswered"):
        expect(legend_entry(review, outcome)).to_have_count(1)
    before = events(review).count()
    legend_entry(review, "Petition").locator(".legendtoggle").click()
    expect(events(review)).to_have_count(before - 2)
    legend_entry(review, "Petition").locator(".legendtoggle").click()
    expect(events(review)).to_have_count(before)


@pytest.mark.slow
def test_all_documents_and_the_filters_decide_what_is_drawn(review: Page) -> None:
    """Key events by default; all papers, or what the filters let pass, by a switch each; the address says so."""
    before = events(review).count()
    review.get_by_text("All documents", exact=True).click()
    expect_address(review, show="all")
    expect(events(review).nth(2 * before)).to_be_attached()
    review.get_by_text("All documents", exact=True).click()
    expect_address(review, show=None)
    expect(events(review)).to_have_count(before)
    choose_list(review, "Interviews")
    expect_address(review, list="interviews")
    expect(events(review)).to_have_count(before)
    open_popover(review, "Timeline").get_by_text("Filter the timeline too", exact=True).click()
    expect_address(review, timeline="filtered")
    expect(events(review)).not_to_have_count(before)
    assert 0 < events(review).count() < before


@pytest.mark.slow
def test_the_axis_counts_months_on_demand(review: Page) -> None:
    """Months since filing, first action or allowance, or the calendar, which suits a single file; the same events."""
    before = events(review).count()
    review.get_by_role("button", name="Timeline", exact=True).click()
    for label, name in (
        ("Months since filing", "filed"),
        ("Months since first action", "first_action"),
        ("Months since allowance", "allowed"),
        ("Calendar", "calendar"),
        ("Automatic", None),
    ):
        axis_box(review).click()
        review.get_by_role("option", name=label, exact=True).click()
        expect_address(review, axis=name)
        expect(events(review)).to_have_count(before)
        ticks = review.locator(".js-plotly-plot .xtick").first
        expect(ticks).to_have_text(re.compile(r"^\d{4}" if name in ("calendar", None) else r"^[−-]?\d{1,3} mo$"))
    keep_screenshot(review, "timeline-axis")


@pytest.mark.slow
def test_a_box_lists_the_papers_of_its_events(review: Page) -> None:
    """A box over the left half leaves fewer rows; they come with their count, an address and a way back."""
    review.locator(".modebar-btn[data-title='Box Select']").click()
    calm(review)
    plot = review.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    assert plot is not None
    review.mouse.move(plot["x"] + 4, plot["y"] + 4)
    review.mouse.down()
    review.mouse.move(plot["x"] + plot["width"] * IN_THE_MIDDLE, plot["y"] + plot["height"] - 4, steps=5)
    review.mouse.up()
    chip = review.get_by_role("button", name=re.compile(r"^\d+ events selected ✕$"))
    expect(chip).to_be_visible()
    review.wait_for_url(re.compile("events="))
    selected = address(review)["events"].split(",")
    assert chip.inner_text() == f"{len(selected)} events selected ✕"
    assert selected[0].startswith("US14/412875 ")
    listed = int(selection_words(review).split()[0])
    assert len(selected) <= listed < 184
    # The axis runs from the filing in 2015 to the end of 2020 at least: nothing of the last years is in its left half.
    expect_rows(review, lambda rows: max(row["Date (sent/received)"][:4] for row in rows) < "2020")
    keep_screenshot(review, "timeline-box")
    chip.click()
    expect_address(review, events=None)
    expect_selection(review, "184 documents listed")


@pytest.mark.slow
def test_the_camera_saves_a_picture_in_the_format_chosen(review: Page) -> None:
    """SVG first, PNG after choosing it; each is what its name says."""
    camera = review.locator(".modebar-btn[data-title^='Download plot']")
    with review.expect_download() as found:
        camera.click()
    picture = saved(found.value)
    assert picture.suffix == ".svg"
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "Non-final rejection" in drawn
    open_popover(review, "Timeline").get_by_role("radio", name="PNG").click()
    close_popover(review)
    png = review.locator(".modebar-btn[data-title='Download plot as a PNG']")
    with review.expect_download() as found:
        png.click()
    picture = saved(found.value)
    assert picture.suffix == ".png"
    assert picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("scheme", ["dark"])
@pytest.mark.slow
def test_twelve_patents_stand_in_compact_lanes(tab: Page, app: App, scheme: str) -> None:
    """All of them are named and drawn in less than 45 pixels each; a click opens one's paper all the same."""
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.set_viewport_size({"width": 1920, "height": 3200})
    open_review(tab, app, {"patents": ALL_TWELVE})
    plot = tab.locator(".js-plotly-plot")
    expect(plot).to_be_visible()
    for number in ("US 10,765,880 B2", "US RE41,192 E1", "US 2003/0133974 A1", "EP 1 000 000 B1", "JP 7533889 B2"):
        expect(plot.get_by_text(number).first).to_be_attached()
    area = plot.locator(".nsewdrag").first.bounding_box()
    assert area is not None
    assert area["height"] < 45 * 12
    assert events(tab).count() > 12 * 8
    keep_screenshot(tab, f"timeline-twelve-{scheme}")
    if scheme == "light":
        click_event(tab, "Board decision")
        tab.wait_for_url(re.compile("doc="))
        assert address(tab)["doc"].startswith("US12/124027 ")
        expect(tab.locator(".st-key-reader").get_by_text("US 8,620,758 B2", exact=False).first).to_be_visible()


@pytest.mark.slow
def test_files_of_different_decades_are_drawn_in_months_unless_asked_otherwise(tab: Page, app: App) -> None:
    """The page says so and offers the calendar; the choice stands in the address. One file has the calendar."""
    ticks = tab.locator(".js-plotly-plot .xtick")
    said = tab.get_by_text("each is drawn in months since its filing")
    open_review(tab, app, {"patents": "US10000000B2,EP1000000B1,JP6768620B2"})
    expect(said).to_be_visible()
    expect(ticks.first).to_have_text(re.compile(" mo$"))
    keep_screenshot(tab, "timeline-three-offices")
    tab.get_by_role("button", name="Show the calendar").click()
    expect_address(tab, axis="calendar")
    expect(ticks.first).to_have_text(re.compile(r"^\d{4}$"))
    expect(said).to_have_count(0)
    open_review(tab, app, PATENT)
    expect(ticks.first).to_have_text(re.compile(r"^\d{4}$"))
    expect(said).to_have_count(0)


@pytest.mark.slow
def test_several_patents_are_aligned_at_an_event(tab: Page, app: App) -> None:
    """Three patents from their first actions on: the address says so and nothing is lost."""
    numbers = "US10000000B2,EP1000000B1,JP6768620B2"
    open_review(tab, app, {"patents": numbers})
    before = events(tab).count()
    open_review(tab, app, {"patents": numbers, "axis": "first_action"})
    tab.get_by_role("button", name="Timeline", exact=True).click()
    expect(tab.get_by_label("Axis")).to_have_value("Months since first action")
    expect(events(tab)).to_have_count(before)
    keep_screenshot(tab, "timeline-aligned")
