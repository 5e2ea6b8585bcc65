"""Notes and ticks: kept for the user, there after a reload and in what is taken away, never in the address."""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    choose,
    download,
    expect_address,
    expect_rows,
    expect_taken,
    fetch_all,
    keep_screenshot,
    open_review,
    settled,
    tick_row,
)
from tests.conftest import App, AppStarter

PATENT = "US10765880B2"
FINAL = "US14/412875 20170809-CTFR-1"
NOTE = "=never answered; see § 1.137 (überprüfen)"


@pytest.fixture(scope="module")
def app(start_app: AppStarter) -> App:
    """The app without an account: one local user."""
    return start_app()


def rows_of(file: Path) -> list[dict[str, str]]:
    """Read a CSV."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_note_and_a_tick_are_kept_and_taken_away_but_not_in_the_address(tab: Page, app: App) -> None:
    """After a reload and in CSV and Excel; a visit without them has no such columns."""
    fetch_all(tab, app, PATENT)
    expect_taken(tab, "184 documents listed")
    assert not {"read", "note"} & set(rows_of(download(tab, "CSV"))[0])
    open_review(tab, app, {"patents": PATENT, "doc": FINAL})
    reader = tab.locator(".st-key-reader")
    reader.get_by_label("Note").fill(NOTE)
    reader.get_by_label("Note").press("Enter")
    settled(tab)
    reader.locator("label").filter(has=tab.get_by_role("checkbox", name="Read")).click()
    settled(tab)
    expect(reader.get_by_role("checkbox", name="Read")).to_be_checked()
    tab.wait_for_timeout(500)
    assert "never" not in tab.url
    assert "read" not in tab.url

    tab.reload()
    expect(reader.get_by_label("Note")).to_have_value(NOTE)
    expect(reader.get_by_role("checkbox", name="Read")).to_be_checked()
    keep_screenshot(tab, "notes")
    reader.get_by_role("button", name="Close").click()
    expect_address(tab, doc=None)
    marked = [row for row in rows_of(download(tab, "CSV")) if row["read"] or row["note"]]
    assert [(row["doc_code"], row["date"], row["read"]) for row in marked] == [("CTFR", "2017-08-09", "yes")]
    assert marked[0]["note"].lstrip("'") == NOTE
    assert not marked[0]["note"].startswith("=")
    sheet = load_workbook(download(tab, "Excel"))["Documents"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "Note" in row)
    found = [row for row in rows if row[head.index("Note")] == NOTE]
    assert [row[head.index("Read")] for row in found] == ["yes"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_ticked_rows_are_marked_as_read_together(tab: Page, app: App) -> None:
    """Two rows at once, and back; the table shows it and a reload keeps it."""
    fetch_all(tab, app, PATENT)
    choose(tab, "Document codes", "CTNF")
    expect_taken(tab, "2 documents listed")
    tick_row(tab, 0)
    expect_taken(tab, "1 document ticked")
    tick_row(tab, 1)
    expect_taken(tab, "2 documents ticked")
    tab.get_by_role("button", name="Mark as read", exact=True).click()
    expect_rows(tab, lambda rows: [row.get("Read", "").lower() for row in rows] == ["true", "true"])
    tab.reload()
    expect_taken(tab, "2 documents listed")
    expect_rows(tab, lambda rows: [row.get("Read", "").lower() for row in rows] == ["true", "true"])
    assert [row["read"] for row in rows_of(download(tab, "CSV"))] == ["yes", "yes"]
    tick_row(tab, 1)
    expect_taken(tab, "1 document ticked")
    tab.get_by_role("button", name="Mark as unread", exact=True).click()
    expect_rows(tab, lambda rows: [row.get("Read", "").lower() for row in rows] == ["true", "false"])
    assert not re.search("read|tick", tab.url)
