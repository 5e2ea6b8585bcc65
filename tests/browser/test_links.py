"""Links: the address holds the whole view, Back goes through it, and nothing in it spends."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    TALL,
    address,
    axis_box,
    charged_ever,
    choose,
    choose_list,
    choose_order,
    click_row,
    close_popover,
    event_at,
    events,
    expect_address,
    expect_rows,
    expect_selection,
    keep_screenshot,
    look_up_button,
    open_filters,
    open_page,
    open_popover,
    open_review,
    selection_words,
    settled,
    table_rows,
)
from tests.conftest import App

VIEW = {
    "patents": "US10765880B2",
    "side": "office",
    "category": "final_rejection,non_final_rejection,allowance",
    "round": "6,7,8",
    "from": "2019-01-01",
    "to": "2020-06-30",
    "find": "o",
    "list": "validity",
    "group": "round",
    "order": "oldest",
    "hide": "Side",
    "show": "all",
    "axis": "filed",
    "timeline": "filtered",
    "doc": "US14/412875 20200117-CTFR-1",
}


def view_of(page: Page) -> dict[str, Any]:
    """Everything of a view that can be seen."""
    axis = axis_box(page).input_value()
    close_popover(page)
    return {
        "address": address(page),
        "selection": selection_words(page),
        "rows": [(row["Code"], row["marked"]) for row in table_rows(page)],
        "events": events(page).count(),
        "axis": axis,
        "chosen": page.locator(".st-key-controls button").all_inner_texts(),
        "list": page.get_by_label("Reading list").input_value(),
        "find": page.get_by_label("Find in descriptions").input_value(),
        "reader": page.locator(".st-key-reader").inner_text(),
    }


def test_a_copied_link_gives_a_colleague_the_same_view_and_charges_nothing(
    tab: Page, app: App, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    """Numbers, filters, list, order, group, switches, axis and paper; in a browser that has never been here."""
    open_review(tab, app, VIEW)
    expect_selection(tab, "3 documents listed")
    expect_rows(tab, lambda rows: [row["Code"] for row in rows] == ["CTNF", "CTFR", "NOA"])
    expect_rows(tab, lambda rows: [row["marked"] for row in rows] == [False, True, False])
    assert address(tab) == VIEW
    button = tab.get_by_role("button", name="Copy link")
    button.click()
    expect(tab.get_by_role("button", name="Copied")).to_be_visible()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == tab.url
    mine = view_of(tab)
    keep_screenshot(tab, "links-mine")

    context = browser.new_context(**browser_context_args)
    colleague = context.new_page()
    colleague.set_viewport_size(TALL)
    open_page(colleague, copied)
    expect(events(colleague).first).to_be_attached()
    expect_selection(colleague, "3 documents listed")
    expect_rows(colleague, lambda rows: [row["marked"] for row in rows] == [False, True, False])
    expect(look_up_button(colleague)).to_have_count(0)
    assert view_of(colleague) == mine
    keep_screenshot(colleague, "links-colleague")
    context.close()
    assert charged_ever(app) == 0


@pytest.mark.slow
def test_back_goes_through_the_views_and_forward_returns(tab: Page, app: App) -> None:
    """A filter, a list, an order and a paper are taken back one by one."""
    open_review(tab, app, {"patents": VIEW["patents"]})
    expect_selection(tab, "184 documents listed")
    choose(tab, "Document codes", "CTNF")
    expect_address(tab, codes="CTNF")
    choose_list(tab, "Office actions")
    expect_address(tab, codes="CTNF", list="actions")
    choose_order(tab, "Oldest first")
    expect_address(tab, order="oldest")
    expect_rows(tab, lambda rows: [row["Date (sent/received)"] for row in rows] == ["2016-10-25", "2019-04-12"])
    click_row(tab, 1)
    expect_address(tab, doc="US14/412875 20190412-CTNF-1")
    reader = tab.locator(".st-key-reader")
    expect(reader).to_be_visible()

    tab.go_back()
    expect_address(tab, doc=None, order="oldest")
    expect(reader).to_have_count(0)
    tab.go_back()
    expect_address(tab, order=None, list="actions")
    expect(open_popover(tab, "Order").get_by_role("radio", name="Newest first")).to_be_checked()
    close_popover(tab)
    tab.go_back()
    expect_address(tab, list=None, codes="CTNF")
    expect(tab.get_by_label("Reading list")).to_have_value("Everything")
    expect_selection(tab, "2 documents listed")
    tab.go_back()
    expect_address(tab, codes=None)
    expect_selection(tab, "184 documents listed")
    expect(open_filters(tab).get_by_text("CTNF")).to_have_count(0)
    close_popover(tab)
    tab.go_forward()
    expect_address(tab, codes="CTNF")
    expect_selection(tab, "2 documents listed")


@pytest.mark.slow
def test_the_address_remembers_events_that_a_box_selected(tab: Page, app: App) -> None:
    """Whoever opens it sees the papers of the same events, and how to see all again."""
    open_review(tab, app, {"patents": VIEW["patents"]})
    first = event_at(tab, "Non-final rejection", 0)
    tab.locator(".modebar-btn[data-title='Box Select']").click()
    tab.mouse.move(first[0] - 14, first[1] - 9)
    tab.mouse.down()
    tab.mouse.move(first[0] + 14, first[1] + 9, steps=5)
    tab.mouse.up()
    expect_address(tab, events="US14/412875 20161025-CTNF-1")
    listed = selection_words(tab)
    open_review(tab, app, address(tab))
    chip = tab.get_by_role("button", name="1 event selected")
    expect(chip).to_be_visible()
    assert selection_words(tab) == listed
    assert not re.match("184 ", listed)
    chip.click()
    settled(tab)
    expect_selection(tab, "184 documents listed")
