"""The documents: reading lists, filters, order, grouping, ticks that outlast a filter, columns and totals."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    choose,
    download,
    expect_address,
    expect_rows,
    expect_taken,
    fetch_all,
    keep_screenshot,
    table_rows,
    taken,
    tick_row,
)
from tests.conftest import App, AppStarter

DATE = "Date (sent/received)"


@pytest.fixture(scope="module")
def app(start_app: AppStarter) -> App:
    """The app without an account."""
    return start_app()


@pytest.fixture
def review(tab: Page, app: App) -> Page:
    """The review of US 10,765,880 B2, 184 documents."""
    fetch_all(tab, app, "US10765880B2")
    expect_taken(tab, "184 documents listed")
    return tab


def test_each_reading_list_lists_what_it_names(review: Page) -> None:
    """Nine lists, each with its own count, said what they are for; Everything gives all back."""
    lists = review.get_by_role("radiogroup", name="Reading list").get_by_role("radio")
    labels = lists.all_inner_texts()
    assert labels == [
        "Everything", "Key papers", "Office actions", "Claims and remarks", "Prior art of record", "Interviews",
        "Estoppel", "Validity", "Allowance story",
    ]  # fmt: skip
    counts = {}
    for name in ("key", "actions", "claims", "art", "interviews", "estoppel", "validity", "allowance"):
        label = labels[len(counts) + 1]
        lists.filter(has_text=label).click()
        expect_address(review, list=name)
        expect(review.get_by_text(re.compile(f"^{label}: .+\\.$"))).to_be_visible()
        counts[label] = int(taken(review).split()[0])
        if name == "interviews":
            # One interview summary is listed, of 2020, and nothing else belongs to it.
            expect_rows(review, lambda rows: {row["Code"] for row in rows} <= {"EXIN", "INTV.SUM.EX", "INTV.SUM.APP"})
    assert all(0 < count < 184 for count in counts.values())
    assert counts["Interviews"] < counts["Office actions"] < counts["Validity"]
    assert counts["Interviews"] < counts["Allowance story"]
    keep_screenshot(review, "documents-reading-list")
    lists.filter(has_text="Everything").click()
    expect_address(review, list=None)
    expect_taken(review, "184 documents listed")


def test_filters_narrow_each_other_and_offer_counts(review: Page) -> None:
    """Codes with counts, category, side, round, dates and words; what none passes has a way back."""
    choose(review, "Document codes", "CTNF (2)")
    # Rejected non-finally on 25 October 2016 and on 12 April 2019.
    expect_taken(review, "2 documents listed")
    expect_rows(review, lambda rows: [row[DATE] for row in rows] == ["2019-04-12", "2016-10-25"])
    expect(review.get_by_text("2 listed · 184 of 184 documents")).to_be_visible()
    choose(review, "Round", "1 · Non-final rejection, 25 Oct 2016")
    expect_taken(review, "1 document listed")
    choose(review, "Side", "Applicant")
    review.get_by_role("button", name="Clear the filters").click()
    expect_address(review, codes=None, round=None, side=None)
    expect_taken(review, "184 documents listed")
    choose(review, "Category", "Petition decision")
    expect_taken(review, "3 documents listed")
    expect_rows(review, lambda rows: [row[DATE] for row in rows] == ["2019-03-21", "2018-10-02", "2018-10-02"])
    fields = review.get_by_test_id("stDateInputField").get_by_role("spinbutton")
    fields.nth(0).click()
    review.keyboard.type("20190101")
    fields.nth(3).click()
    review.keyboard.type("20191231")
    review.keyboard.press("Escape")
    expect_taken(review, "1 document listed")
    expect_rows(review, lambda rows: [row[DATE] for row in rows] == ["2019-03-21"])
    keep_screenshot(review, "documents-filtered")


def test_words_find_documents_while_they_are_typed(review: Page) -> None:
    """What is typed is found in descriptions in any case, and codes are found too."""
    find = review.get_by_label("Find in descriptions")
    find.press_sequentially("pETition", delay=20)
    expect_address(review, find="pETition")
    expect_rows(review, lambda rows: all("petition" in row["Description"].lower() for row in rows))
    find.fill("ctfr")
    expect_address(review, find="ctfr")
    expect_rows(review, lambda rows: {row["Code"] for row in rows} == {"CTFR"})


def test_documents_are_ordered_and_grouped(review: Page) -> None:
    """Newest first or as one reads a file; by submission or by round, the group named once."""
    dates = [row[DATE] for row in table_rows(review)]
    assert dates == sorted(dates, reverse=True)
    review.get_by_role("radio", name="Oldest first").click()
    expect_address(review, order="oldest")
    expect_rows(review, lambda rows: rows[0][DATE] == "2015-01-05")
    dates = [row[DATE] for row in table_rows(review)]
    assert dates == sorted(dates)
    review.get_by_role("radio", name="By round").click()
    expect_address(review, group="round")
    expect_rows(review, lambda rows: rows[0].get("Group", "").startswith("1 · Non-final rejection, 25 Oct 2016"))
    groups = [row["Group"] for row in table_rows(review) if row["Group"]]
    assert len(groups) == len(set(groups))
    review.get_by_role("radio", name="By submission").click()
    expect_address(review, group="submission")
    expect_rows(review, lambda rows: rows[0]["Group"].startswith("5 Jan 2015 · "))
    assert taken(review) == "184 documents listed"
    keep_screenshot(review, "documents-grouped")


def test_ticks_outlast_a_filter_that_hides_them(review: Page) -> None:
    """Two ticked rows are counted while they are hidden, still ticked afterwards, and just they are taken away."""
    before = table_rows(review)
    tick_row(review, 2)
    expect_taken(review, "1 document ticked")
    tick_row(review, 3)
    expect_taken(review, "2 documents ticked")
    assert "doc" not in review.url.partition("?")[2]  # a tick opens nothing
    choose(review, "Document codes", "CTNF")
    expect_address(review, codes="CTNF")
    expect(review.get_by_text("2 ticked", exact=True)).to_be_visible()
    expect_rows(review, lambda rows: len(rows) == 2 and not any(row["ticked"] for row in rows))
    tick_row(review, 0)
    expect_taken(review, "3 documents ticked")
    tick_row(review, 0)
    expect_taken(review, "2 documents ticked")
    review.get_by_label("Document codes").press("Backspace")
    expect_address(review, codes=None)
    expect_rows(review, lambda rows: [row["row"] for row in rows if row["ticked"]] == [2, 3])
    with download(review, "CSV").open(encoding="utf-8-sig", newline="") as file:
        found = [(row["doc_code"], row["date"]) for row in csv.DictReader(file)]
    assert found == [(row["Code"], row[DATE]) for row in before[2:4]]
    keep_screenshot(review, "documents-ticked")
    review.get_by_role("button", name="Untick all").click()
    expect_taken(review, "184 documents listed")
    expect_rows(review, lambda rows: not any(row["ticked"] for row in rows))


def test_a_column_can_be_hidden(review: Page) -> None:
    """What is hidden is gone from the table and named in the address, and comes back."""
    assert "Category" in table_rows(review)[0]
    review.get_by_test_id("stPopoverButton").filter(has_text="Columns").click()
    review.get_by_role("button", name="Category", exact=True).click()
    expect_address(review, hide="Category")
    expect_rows(review, lambda rows: "Category" not in rows[0])
    review.get_by_role("button", name="Category", exact=True).click()
    expect_address(review, hide=None)
    expect_rows(review, lambda rows: "Category" in rows[0])
