"""What axe finds by the rules of WCAG 2.2, levels A and AA, in every state of every page: nothing.

No rule is off and no element is left out, so this covers what Streamlit draws around the pages too.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PICTURE,
    calm,
    close_popover,
    fits,
    keep_screenshot,
    open_page,
    open_review,
    settled,
    table_rows,
    type_numbers,
)
from tests.conftest import App

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATENT = {"patents": "US10765880B2"}
SEVERAL = {"patents": "US10765880B2,US10000000B2,EP1000000B1,JP6768620B2"}
READING = PATENT | {"doc": "US14/412875 20161025-CTNF-1"}
REFUSED = "US10765880B2\nCN101234567A\nsome words\nUS 7,654,321 B2\nUS10765880B2"
"""Held, not covered, no number, to be charged, and doubled."""

Found = Iterator[tuple[str, list[str]]]
Look = Callable[[Page, App], Found]


def violations(page: Page) -> list[str]:
    """Return what violates a rule: its name, the target and its HTML."""
    calm(page)
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
    answer = Axe().run(page, options=options).response
    passed = {rule["id"] for rule in answer["passes"]}
    assert {"color-contrast", "target-size", "aria-valid-attr-value"} <= passed, "axe did not examine these pages"
    found: list[dict[str, Any]] = answer["violations"]
    return [f"{rule['id']}: {node['target']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def on_the_empty_page(page: Page, app: App) -> Found:
    """Nothing typed, and numbers of every kind."""
    open_page(page, app.url)
    yield "empty", violations(page)
    type_numbers(page, REFUSED)
    expect(page.get_by_text("not looked up").first).to_be_visible()
    yield "refused", violations(page)


def on_one_file(page: Page, app: App) -> Found:
    """Each tab."""
    open_review(page, app, PATENT)
    table_rows(page)
    yield "one file", violations(page)
    for name in page.get_by_role("tab").all_inner_texts()[1:]:
        page.get_by_role("tab", name=re.compile(f"^{name}")).click()
        settled(page)
        yield name, violations(page)


def on_what_a_button_opens(page: Page, app: App) -> Found:
    """What each button opens beside one file."""
    open_review(page, app, PATENT)
    table_rows(page)
    buttons = page.get_by_test_id("stPopoverButton").filter(visible=True)
    for index in range(buttons.count()):
        buttons.nth(index).click()
        settled(page)
        page.mouse.move(0, 0)  # the button's own hint would fade in and out over what was opened
        calm(page)
        yield f"opened by button {index}", violations(page)
        close_popover(page)


def with_the_reader(page: Page, app: App) -> Found:
    """A paper open, and then the filters too."""
    open_review(page, app, READING)
    expect(page.locator(PICTURE)).to_be_visible()
    yield "reader", violations(page)
    page.get_by_test_id("stPopoverButton").filter(has_text="Filters").click()
    settled(page)
    yield "reader and filters", violations(page)


def on_the_others(page: Page, app: App) -> Found:
    """Several files; Portfolio, Usage and Glossary."""
    open_review(page, app, SEVERAL)
    yield "several files", violations(page)
    for name in ("portfolio", "usage", "glossary"):
        open_page(page, f"{app.url}/{name}")
        yield name, violations(page)


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_in_any_state(tab: Page, app: App, scheme: Literal["light", "dark"]) -> None:
    """By all rules of levels A and AA; nor is anything cut off to the right at 1,280 pixels."""
    looks = (on_the_empty_page, on_one_file, with_the_reader, on_the_others)
    assert len(expect_nothing(tab, app, scheme, looks)) >= 14


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_a_button_opens(tab: Page, app: App, scheme: Literal["light", "dark"]) -> None:
    """By the same rules; the filters are looked at beside the reader too."""
    assert len(expect_nothing(tab, app, scheme, (on_what_a_button_opens,))) >= 3


def expect_nothing(page: Page, app: App, scheme: Literal["light", "dark"], looks: tuple[Look, ...]) -> list[str]:
    """Fail if anything is wrong in a state; return the names of all states looked at."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 800})
    found: dict[str, list[str]] = {}
    for look in looks:
        for state, wrong in look(page, app):
            found[state] = wrong if fits(page) else [*wrong, "the page scrolls sideways"]
        keep_screenshot(page, f"axe-{look.__name__}-{scheme}")
    assert {state: wrong for state, wrong in found.items() if wrong} == {}
    return list(found)
