"""Glance, click, read: what stands on the first screen, and where a paper opens, measured in pixels of the window."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from components.sandbox.recordings import RecordedHistory
from tests.browser.conftest import (
    BOX,
    calm,
    click_event,
    click_row,
    event_at,
    expect_address,
    expect_selection,
    keep_screenshot,
    look_up_button,
    open_review,
    settled,
    table_rows,
)
from tests.conftest import App, AppStarter
from tests.real_histories import numbers_of, real_recordings, seed_real, thirty_recordings
from tests.us_words import US_WORDS

SMALL: ViewportSize = {"width": 1280, "height": 800}
MIDDLE: ViewportSize = {"width": 1440, "height": 900}
LARGE: ViewportSize = {"width": 1920, "height": 1080}
PATENT = {"patents": "US10765880B2"}
SEVERAL = {"patents": "US10000000B2,EP1000000B1,JP6768620B2"}
_STILL = 8
"""Pixels by which what was clicked may move."""
_FIVE_ROWS = 36 + 5 * 35
_SCROLLED = "document.querySelector(\"[data-testid='stMain']\").scrollTop"


@pytest.fixture(scope="module")
def real(start_app: AppStarter, tmp_path_factory: pytest.TempPathFactory, shared_data: object) -> App:
    """An app that holds those of the real file histories beside the checkout that are looked at here."""
    assert shared_data is not None
    store = tmp_path_factory.mktemp("real") / "data" / "store.db"
    seed_real(store, {each.apno: each for each in [*of_all_kinds(), *thirty_recordings()]}.values())
    return start_app(store=store)


def of_all_kinds() -> list[RecordedHistory]:
    """Return the longest real file history, the shortest of Europe or Japan, a middle one, and two more from there."""
    by_size = sorted(real_recordings(), key=lambda recording: len(recording.documents))
    abroad = [recording for recording in by_size if recording.apno.startswith(("EP", "JP"))]
    return [by_size[-1], abroad[0], by_size[len(by_size) // 2], *abroad[1:3]]


def place(page: Page, key: str) -> dict[str, float]:
    """Where the element with this key stands in the window."""
    found = page.locator(f".st-key-{key}").bounding_box()
    assert found is not None, key
    return {"top": found["y"], "bottom": found["y"] + found["height"], "left": found["x"], "width": found["width"]}


def end_of(part: Locator) -> float:
    """Where a part of the page ends, in pixels from the top of the window."""
    found = part.bounding_box()
    assert found is not None
    return found["y"] + found["height"]


def test_the_first_screen_holds_what_is_read_at_a_glance(tab: Page, app: App) -> None:
    """At 1280 x 800 number, status, milestones, counts and the whole timeline; at 1440 x 900 five rows of the table."""
    tab.set_viewport_size(SMALL)
    open_review(tab, app, PATENT)
    table_rows(tab)
    calm(tab)
    for words in ("US 10,765,880 B2 · 14/412,875", "Granted", "Issue notification", "3 IDSs"):
        expect(tab.get_by_text(words).first).to_be_in_viewport(ratio=1)
    assert place(tab, "timeline")["bottom"] <= SMALL["height"]
    assert end_of(tab.locator(".js-plotly-plot .legend")) <= SMALL["height"]
    keep_screenshot(tab, "desk-1280")
    tab.set_viewport_size(MIDDLE)
    calm(tab)
    assert place(tab, "documents")["top"] + _FIVE_ROWS <= MIDDLE["height"]
    keep_screenshot(tab, "desk-1440")
    assert tab.evaluate(_SCROLLED) == 0


@pytest.mark.slow
def test_a_real_file_fits_on_the_first_screen(tab: Page, real: App) -> None:
    """Files of several sizes and offices: the whole timeline at 1280 x 800, five rows at 1440 x 900."""
    late = {}
    for recording in of_all_kinds():
        number = numbers_of([recording])
        tab.set_viewport_size(SMALL)
        open_review(tab, real, {"patents": number})
        calm(tab)
        timeline = place(tab, "timeline")["bottom"]
        tab.set_viewport_size(MIDDLE)
        calm(tab)
        late[number] = (timeline <= SMALL["height"], place(tab, "documents")["top"] + _FIVE_ROWS <= MIDDLE["height"])
    assert len(late) >= 4
    assert late == dict.fromkeys(late, (True, True))


@pytest.mark.parametrize("window", [SMALL, pytest.param(LARGE, marks=pytest.mark.slow)], ids=["1280", "1920"])
def test_a_clicked_event_stays_and_its_paper_stands_beside_it(tab: Page, app: App, window: ViewportSize) -> None:
    """The reader takes the right half, as high as the window; the event keeps its height, and so after Close."""
    tab.set_viewport_size(window)
    open_review(tab, app, PATENT)
    _, clicked = event_at(tab, "Final rejection")
    before = place(tab, "timeline")
    click_event(tab, "Final rejection")
    expect(tab.locator(".st-key-reader")).to_be_visible()
    expect(tab.get_by_role("img", name=re.compile("page 1"))).to_be_in_viewport(ratio=0.3)
    calm(tab)
    reader = place(tab, "reader")
    assert (reader["top"], reader["bottom"]) == (0, window["height"])
    assert abs(reader["left"] - window["width"] / 2) <= 1
    _, now = event_at(tab, "Final rejection")
    assert abs(now - clicked) <= _STILL
    keep_screenshot(tab, f"desk-reader-{window['width']}")
    tab.evaluate("document.querySelector(\"[data-testid='stMain']\").scrollBy(0, 200)")
    calm(tab)
    assert place(tab, "reader") == reader
    tab.evaluate("document.querySelector(\"[data-testid='stMain']\").scrollBy(0, -200)")
    tab.get_by_role("button", name="Close").click()
    expect(tab.locator(".st-key-reader")).to_have_count(0)
    calm(tab)
    after = place(tab, "timeline")
    assert abs(after["top"] - before["top"]) <= _STILL
    assert after["width"] == before["width"]


@pytest.mark.slow
def test_a_clicked_row_stays_while_one_reads_on(tab: Page, app: App) -> None:
    """The table does not move when its row opens a paper, at the next paper, at another width and at the end."""
    tab.set_viewport_size(SMALL)
    open_review(tab, app, PATENT)
    table_rows(tab)
    tab.locator(".st-key-documents").evaluate("part => part.scrollIntoView({ block: 'end' })")
    calm(tab)
    before = place(tab, "documents")["top"]
    click_row(tab, 3)
    expect(tab.locator(".st-key-reader")).to_be_visible()
    calm(tab)
    assert abs(place(tab, "documents")["top"] - before) <= _STILL
    for key in ("j", "j", "k"):
        opened = tab.locator(".st-key-reader").inner_text()
        tab.keyboard.press(key)
        tab.wait_for_function(
            "text => document.querySelector('.st-key-reader').innerText !== text", arg=opened, polling="raf"
        )
        calm(tab)
        assert abs(place(tab, "documents")["top"] - before) <= _STILL
        assert place(tab, "reader")["top"] == 0
    widths = set()
    for _ in range(3):
        widths.add(round(place(tab, "reader")["width"] / SMALL["width"], 2))
        tab.get_by_role("button", name="Width", exact=True).click()
        settled(tab)
        calm(tab)
        assert abs(place(tab, "documents")["top"] - before) <= _STILL
    assert len(widths) == 3
    tab.keyboard.press("x")
    expect(tab.locator(".st-key-reader")).to_have_count(0)
    calm(tab)
    assert abs(place(tab, "documents")["top"] - before) <= _STILL


def _summary_link(page: Page) -> Locator:
    return page.locator(".st-key-summary_words a").nth(3)


def _finding_link(page: Page) -> Locator:
    return page.locator(".st-key-findings_words a").first


@pytest.mark.parametrize(
    ("parameters", "name", "link"),
    [
        (PATENT, "Summary", _summary_link),
        pytest.param({"patents": "JP6768620B2"}, "Findings", _finding_link, marks=pytest.mark.slow),
    ],
    ids=["summary", "finding"],
)
def test_a_link_of_the_words_opens_its_paper_in_the_reader(
    tab: Page, app: App, parameters: dict[str, str], name: str, link: Callable[[Page], Locator]
) -> None:
    """It stays where it was clicked; no other tab is opened."""
    tab.set_viewport_size(SMALL)
    open_review(tab, app, parameters)
    calm(tab)
    tab.get_by_role("tab", name=re.compile(name)).click()
    clicked = link(tab)
    clicked.scroll_into_view_if_needed()
    calm(tab)
    before = clicked.bounding_box()
    tabs = len(tab.context.pages)
    clicked.click()
    expect(tab.locator(".st-key-reader")).to_be_visible()
    calm(tab)
    after = clicked.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) <= _STILL
    assert len(tab.context.pages) == tabs


def test_in_a_small_window_the_reader_is_a_sheet_below_what_was_clicked(tab: Page, app: App) -> None:
    """At 900 x 700 it covers the lower part; the event that was clicked stands above it."""
    tab.set_viewport_size({"width": 900, "height": 700})
    open_review(tab, app, PATENT)
    click_event(tab, "Final rejection")
    expect(tab.locator(".st-key-reader")).to_be_visible()
    calm(tab)
    sheet = place(tab, "reader")
    assert (sheet["left"], sheet["width"], sheet["bottom"]) == (0, 900, 700)
    where = tab.evaluate(
        """() => {
            const ring = document.querySelector(".st-key-timeline").getBoundingClientRect();
            return [ring.top, ring.bottom];
        }"""
    )
    assert where[0] < sheet["top"]


@pytest.mark.slow
def test_numbers_are_one_line_once_histories_are_shown(tab: Page, app: App) -> None:
    """Chips take a number off the page; the box is behind "Add numbers", the price where there is something to buy."""
    tab.set_viewport_size(SMALL)
    open_review(tab, app, SEVERAL)
    expect(tab.get_by_label(BOX)).to_have_count(0)
    expect(look_up_button(tab)).to_have_count(0)
    line = place(tab, "intake")
    assert line["bottom"] - line["top"] <= 44
    tab.locator(".st-key-intake").get_by_role("button", name="EP 1 000 000 B1").click()
    expect_address(tab, patents="US10000000B2,JP6768620B2")
    tab.get_by_role("button", name="Add numbers").click()
    box = tab.get_by_label(BOX)
    expect(box).to_have_value("US10000000B2\nJP6768620B2")
    box.fill("US10000000B2\nJP6768620B2\nUS7654321B2\nCN101234567A")
    expect(look_up_button(tab)).to_have_text("Look up 3 · 1 charged")
    expect(look_up_button(tab)).to_be_in_viewport(ratio=1)
    expect(tab.get_by_text("not looked up").first).to_be_visible()


@pytest.mark.slow
def test_eight_numbers_at_most_and_a_count_that_opens(tab: Page, real: App) -> None:
    """Thirty files: the line stays one line, and the others can be taken off behind their count."""
    tab.set_viewport_size(SMALL)
    open_review(tab, real, {"patents": numbers_of(thirty_recordings())})
    line = place(tab, "intake")
    assert line["bottom"] - line["top"] <= 44
    chips = tab.locator(".st-key-intake [class*='st-key-remove_number_']")
    shown = chips.count()
    assert 1 <= shown <= 8
    tab.get_by_role("button", name=f"and {30 - shown} more").click()
    expect(tab.locator(".st-key-intake_more [class*='st-key-remove_number_']")).to_have_count(30 - shown)


def test_what_is_said_of_a_file_stands_in_tabs_with_its_counts(tab: Page, app: App) -> None:
    """The documents first; sentences, rounds, findings and open dates are counted on the labels."""
    open_review(tab, app, PATENT)
    expect_selection(tab, "184 documents listed")
    names = tab.get_by_role("tab").all_inner_texts()
    assert names[0] == "Documents 184"
    assert names[1] == "Inside 0"
    assert names[5] == "Measures"
    tab.get_by_role("tab", name=re.compile("Summary")).click()
    sentences = tab.locator(".st-key-summary_words li")
    expect(sentences.first).to_be_visible()
    assert names[2] == f"Summary {sentences.count()}"
    tab.get_by_role("tab", name=re.compile("Rounds")).click()
    rounds = tab.get_by_role("region", name=re.compile("^Rounds of the examination"))
    expect(rounds).to_be_visible()
    assert names[3] == f"Rounds {len(table_rows(tab, 'Rounds of the examination'))}"


@pytest.mark.slow
def test_a_european_file_is_shown_in_the_words_of_the_epo(tab: Page, real: App) -> None:
    """EP 17191704: deemed withdrawn 2020, further processing allowed, deemed withdrawn again; no word of the US."""
    tab.set_viewport_size(SMALL)
    open_review(tab, real, {"patents": "EP17191704"})
    main = tab.get_by_test_id("stMain")
    expect(tab.locator(".st-key-heading").get_by_text("Deemed withdrawn", exact=True).first).to_be_visible()
    milestones = tab.get_by_role("list", name="Milestones").get_by_role("listitem")
    assert [" ".join(text.split()) for text in milestones.all_inner_texts()] == [
        "Filed 18 Sep 2017",
        "First action 7 Jun 2019",
        "Deemed withdrawn 20 May 2021",
    ]
    titles = [row["Description"] for row in table_rows(tab)]
    drawn = tab.locator(".js-plotly-plot")
    for name in ("Communications", "Grant or loss of rights", "Requests and extensions"):
        expect(drawn.get_by_text(name, exact=True)).to_be_visible()
    keep_screenshot(tab, "european-file")
    for name in ("Documents", "Summary", "Rounds", "Findings", "Measures", "Open dates"):
        tab.get_by_role("tab", name=re.compile(f"^{name}")).click()
        settled(tab)
        shown = main.inner_text()
        for title in titles:
            shown = shown.replace(str(title), "")
        assert US_WORDS.findall(shown) == [], name
