"""The documents: found while one types, and ticked in a table that a filter then changes."""

import csv

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    choose,
    download,
    expect_address,
    expect_rows,
    expect_selection,
    keep_screenshot,
    open_review,
    table_rows,
    tick_row,
)
from tests.conftest import App

DATE = "Date (sent/received)"


@pytest.fixture
def review(tab: Page, app: App) -> Page:
    """The review of US 10,765,880 B2, 184 documents."""
    open_review(tab, app, {"patents": "US10765880B2"})
    expect_selection(tab, "184 documents listed")
    return tab


def test_words_find_documents_while_they_are_typed(review: Page) -> None:
    """What is typed is found in descriptions in any case, and codes are found too."""
    find = review.get_by_label("Find in descriptions")
    find.press_sequentially("pETition", delay=20)
    expect_address(review, find="pETition")
    expect_rows(review, lambda rows: all("petition" in row["Description"].lower() for row in rows))
    find.fill("ctfr")
    expect_address(review, find="ctfr")
    expect_rows(review, lambda rows: {row["Code"] for row in rows} == {"CTFR"})


@pytest.mark.slow
def test_ticks_outlast_a_filter_that_hides_them(review: Page) -> None:
    """Two ticked rows are counted while they are hidden, still ticked afterwards, and just they are taken away."""
    before = table_rows(review)
    tick_row(review, 2)
    expect_selection(review, "1 document ticked")
    tick_row(review, 3)
    expect_selection(review, "2 documents ticked")
    assert "doc" not in review.url.partition("?")[2]  # a tick opens nothing
    choose(review, "Document codes", "CTNF")
    expect_address(review, codes="CTNF")
    expect(review.get_by_text("2 ticked", exact=True)).to_be_visible()
    expect_rows(review, lambda rows: len(rows) == 2 and not any(row["ticked"] for row in rows))
    tick_row(review, 0)
    expect_selection(review, "3 documents ticked")
    tick_row(review, 0)
    expect_selection(review, "2 documents ticked")
    review.get_by_role("button", name="Code CTNF").click()
    expect_address(review, codes=None)
    expect_rows(review, lambda rows: [row["row"] for row in rows if row["ticked"]] == [2, 3])
    with download(review, "CSV").open(encoding="utf-8-sig", newline="") as file:
        found = [(row["doc_code"], row["date"]) for row in csv.DictReader(file)]
    assert found == [(row["Code"], row[DATE]) for row in before[2:4]]
    keep_screenshot(review, "documents-ticked")
    review.get_by_role("button", name="Untick all").click()
    expect_selection(review, "184 documents listed")
    expect_rows(review, lambda rows: not any(row["ticked"] for row in rows))
