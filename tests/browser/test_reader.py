"""The reader: a paper beside the table, the way to the next one, and papers that are kept or cannot be had."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import (
    choose_order,
    click_row,
    expect_address,
    expect_rows,
    fetch_all,
    keep_screenshot,
    open_review,
    paper_in_new_tab,
    saved,
    table_rows,
    wait_until,
)
from tests.conftest import App, AppStarter, Service

ServiceStarter = Callable[..., Service]
PATENT = "US10765880B2"
SHOWN = (200, "image/png")
REJECTION = "US14/412875 20161025-CTNF-1"


@pytest.fixture
def review(tab: Page, app: App) -> Page:
    """The review of US 10,765,880 B2 without a paper in the reader."""
    open_review(tab, app, {"patents": PATENT})
    return tab


def shown(page: Page) -> list[tuple[int, str]]:
    """Collect what the reader is answered from now on where it asks for the first page of a paper: status and kind."""
    answers: list[tuple[int, str]] = []

    def note(answer: Response) -> None:
        kind = answer.headers.get("content-type", "")
        if kind and re.search(r"/documents/[^/]+/pages/1$", answer.url.partition("?")[0]):
            answers.append((answer.status, kind))

    page.on("response", note)
    return answers


def expect_answers(page: Page, answers: list[tuple[int, str]], wanted: list[tuple[int, str]]) -> None:
    """Wait until the reader was answered just so."""
    wait_until(page, lambda: len(answers) >= len(wanted), lambda: answers)
    assert answers == wanted


def test_a_click_on_a_row_opens_its_paper_beside_the_table(review: Page) -> None:
    """The row is marked, the paper's facts are shown and its first page is shown; Close gives the whole table back."""
    answers = shown(review)
    row = table_rows(review)[3]
    click_row(review, 3)
    reader = review.locator(".st-key-reader")
    expect(reader.get_by_text(f"{row['Description']} ({row['Code']})")).to_be_visible()
    expect(reader.get_by_text("4 of 184 listed")).to_be_visible()
    expect_rows(review, lambda rows: [row["row"] for row in rows if row["marked"]] == [3])
    expect_answers(review, answers, [SHOWN])
    keep_screenshot(review, "reader")
    reader.get_by_role("button", name="Close").click()
    expect_address(review, doc=None)
    expect(reader).to_have_count(0)


def test_it_says_what_the_paper_is_and_gives_it_away(tab: Page, app: App) -> None:
    """Date, side, category, pages and round; in a tab of its own; as a file under the conventional name."""
    open_review(tab, app, {"patents": PATENT, "doc": REJECTION})
    reader = tab.locator(".st-key-reader")
    expect(reader.get_by_text("Non-Final Rejection (CTNF)")).to_be_visible()
    words = reader.get_by_text(re.compile(r"^25 Oct 2016 · Office · Non-final rejection · \d+ pages · round 1"))
    expect(words).to_contain_text("answered 25 Apr 2017 by Amendment after 182 days")
    with paper_in_new_tab(tab):
        reader.get_by_role("link", name="Open PDF").click()
    with tab.expect_download() as found:
        reader.get_by_role("link", name="Download").click()
    file = saved(found.value)
    assert re.fullmatch(rf"{PATENT}_2016-10-25_\d{{3}}_CTNF_non-final-rejection\.pdf", file.name)
    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_next_and_previous_follow_the_order_listed(tab: Page, app: App) -> None:
    """By button and by J and K, which mark the row; not while somebody writes a note."""
    open_review(tab, app, {"patents": PATENT, "codes": "CTNF,CTFR", "doc": "US14/412875 20200117-CTFR-1"})
    reader = tab.locator(".st-key-reader")
    reader.get_by_role("button", name="Next").click()
    expect_address(tab, doc="US14/412875 20190412-CTNF-1")
    expect(reader.get_by_text("Non-Final Rejection (CTNF)")).to_be_visible()
    tab.keyboard.press("j")
    expect_address(tab, doc="US14/412875 20170809-CTFR-1")
    expect(reader.get_by_text("3 of 4 listed")).to_be_visible()
    tab.keyboard.press("k")
    expect_address(tab, doc="US14/412875 20190412-CTNF-1")
    expect_rows(tab, lambda rows: [row["row"] for row in rows if row["marked"]] == [1])
    note = reader.get_by_label("Note")
    note.click()
    note.press_sequentially("jj")
    expect(note).to_have_value("jj")
    # What is pressed now is answered after those two, which would have led to the last of the four.
    note.fill("")
    note.press("Enter")
    choose_order(tab, "Oldest first")
    expect_address(tab, order="oldest", doc="US14/412875 20190412-CTNF-1")
    expect(reader.get_by_text("3 of 4 listed")).to_be_visible()


def let_links_expire(app: App) -> None:
    """Date back the end of all links that the store holds, as if their time were over."""
    with closing(sqlite3.connect(app.store)) as store:
        store.execute("UPDATE links SET expires = ?", ("2020-01-01 00:00:00.000000",))
        store.commit()


@pytest.mark.slow
def test_a_paper_once_opened_is_kept_and_others_say_why_they_do_not_open(
    tab: Page, start_app: AppStarter, start_service: ServiceStarter
) -> None:
    """After the links have died, the kept paper opens again and costs nothing; another one offers a refresh."""
    service = start_service()
    app = start_app(PATSNAP_BASE_URL=service.url, PATSNAP_PDF_ORIGINS=service.url, PATSNAP_API_KEY="sk-reader")
    fetch_all(tab, app, "JP6768620B2")
    answers = shown(tab)
    click_row(tab, 0)
    tab.wait_for_url(re.compile("doc="))
    expect_answers(tab, answers, [SHOWN])
    let_links_expire(app)
    tab.reload()
    expect_answers(tab, answers, [SHOWN, SHOWN])
    assert service.billing()["total"] == 1
    tab.get_by_role("button", name="Next").click()
    reader = tab.locator(".st-key-reader")
    expect(reader.get_by_role("heading")).to_have_text("The link to this document has expired")
    expect(reader.get_by_role("button", name="Refresh the links · 1 charged")).to_be_visible()
    keep_screenshot(tab, "reader-expired")
    assert service.billing()["total"] == 1
    reader.get_by_role("button", name="Refresh the links · 1 charged").click()
    expect_answers(tab, answers, [SHOWN, SHOWN, (200, "text/html; charset=utf-8"), SHOWN])
    assert service.billing()["total"] == 2
