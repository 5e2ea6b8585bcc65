"""Notes and ticks: kept for the user, there after a reload and in what is taken away, never in the address."""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    download,
    expect_address,
    expect_rows,
    expect_selection,
    keep_screenshot,
    open_review,
    settled,
    tick_row,
)
from tests.conftest import App

NOTED = "US8620758B2"
FINAL = "US12/124027 20091124-CTFR-1"
TICKED = "US8433457B2"
"""No other test looks at the marks of these two."""
NOTE = "=never answered; see § 1.137 (überprüfen)"


def rows_of(file: Path) -> list[dict[str, str]]:
    """Read a CSV."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.slow
def test_a_note_and_a_tick_are_kept_and_taken_away_but_not_in_the_address(tab: Page, app: App) -> None:
    """After a reload and in CSV and Excel; a visit without them has no such columns."""
    open_review(tab, app, {"patents": NOTED})
    expect_selection(tab, "78 documents listed")
    assert not {"read", "note"} & set(rows_of(download(tab, "CSV"))[0])
    open_review(tab, app, {"patents": NOTED, "doc": FINAL})
    reader = tab.locator(".st-key-reader")
    reader.get_by_label("Note").fill(NOTE)
    reader.get_by_label("Note").press("Enter")
    settled(tab)
    reader.locator("label").filter(has=tab.get_by_role("checkbox", name="Read")).click()
    settled(tab)
    expect(reader.get_by_role("checkbox", name="Read")).to_be_checked()

    tab.reload()
    expect(reader.get_by_label("Note")).to_have_value(NOTE)
    expect(reader.get_by_role("checkbox", name="Read")).to_be_checked()
    keep_screenshot(tab, "notes")
    reader.get_by_role("button", name="Close").click()
    expect_address(tab, doc=None)
    assert "never" not in tab.url
    assert "read" not in tab.url
    marked = [row for row in rows_of(download(tab, "CSV")) if row["read"] or row["note"]]
    assert [(row["doc_code"], row["date"], row["read"]) for row in marked] == [("CTFR", "2009-11-24", "yes")]
    assert marked[0]["note"].lstrip("'") == NOTE
    assert not marked[0]["note"].startswith("=")
    sheet = load_workbook(download(tab, "Excel"))["Documents"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "Note" in row)
    found = [row for row in rows if row[head.index("Note")] == NOTE]
    assert [row[head.index("Read")] for row in found] == ["yes"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.slow
def test_ticked_rows_are_marked_as_read_together(tab: Page, app: App) -> None:
    """Two rows at once, and back; the table shows it and a reload keeps it."""
    open_review(tab, app, {"patents": TICKED, "codes": "NOA,CTRS"})
    expect_selection(tab, "2 documents listed")
    tick_row(tab, 0)
    expect_selection(tab, "1 document ticked")
    tick_row(tab, 1)
    expect_selection(tab, "2 documents ticked")
    tab.get_by_role("button", name="Mark as read", exact=True).click()
    expect_rows(tab, lambda rows: [row.get("Read", "").lower() for row in rows] == ["true", "true"])
    tab.reload()
    expect_selection(tab, "2 documents listed")
    expect_rows(tab, lambda rows: [row.get("Read", "").lower() for row in rows] == ["true", "true"])
    assert [row["read"] for row in rows_of(download(tab, "CSV"))] == ["yes", "yes"]
    tick_row(tab, 1)
    expect_selection(tab, "1 document ticked")
    tab.get_by_role("button", name="Mark as unread", exact=True).click()
    expect_rows(tab, lambda rows: [row.get("Read", "").lower() for row in rows] == ["true", "false"])
    assert not re.search("read|tick", tab.url)
