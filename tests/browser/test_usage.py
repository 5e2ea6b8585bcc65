"""The Usage page in a real browser: a charge in doubt is listed, closed with a note, and accounted for."""

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from components.desk import open_desk
from components.numbers import parse
from components.settings import Settings
from tests.browser.conftest import (
    TALL,
    calm,
    download,
    fits,
    keep_screenshot,
    open_page,
    settled,
    table_rows,
    tick_row,
    wait_until,
)
from tests.browser.test_axe import violations
from tests.conftest import App, AppStarter, Service
from tests.store.made import reservations

UNCERTAIN = "Your numbers that may have been charged, newest first"
LOOK_UPS = "Your look-ups, the last begun first"
NOTE = "=statement of 30 Nov, p. 2"
BROKEN, BROKEN_TOO, SOUND = "US9900001B2", "US9900005B2", "US9900002B2 US9900003B2 US9900004B2"

HEADINGS = ["H1", "H2", "H2", "H2", "H2", "H2", "H3"]
"""Usage: what may have been charged, caps, by day, look-ups, administration with the rows of the ledger."""
PARTS = ("May have been charged", "Caps by person", "Deletion")
"""Of the administration, besides the ledger that is shown first."""


@pytest.fixture(scope="module")
def account(
    tmp_path_factory: pytest.TempPathFactory, start_app: AppStarter, start_service: Callable[..., Service]
) -> tuple[App, Service]:
    """An app with a price and caps after three look-ups: of two a call broke on its way back, the last was sound."""
    service = start_service(synthetic=10)
    store = tmp_path_factory.mktemp("usage") / "data" / "store.db"
    settings = {"PATSNAP_BASE_URL": service.url, "PATSNAP_API_KEY": "sk-usage"}
    desk = open_desk(
        Settings(**{name.lower(): value for name, value in settings.items()}, review_store_url=f"sqlite:///{store}")
    )
    for numbers, fault in ((BROKEN, ["500:2"]), (BROKEN_TOO, ["500:2"]), (SOUND, [])):
        service.switch(inject=fault)
        assert desk.lookups.start(desk.lookups.plan(parse(numbers))).wait(30).ended
    # Somebody else, who was charged nothing: so that there is something to administer.
    desk.store.reserve(reservations("call-of-ada", "US1", user="ada@example.com"))
    desk.store.settle("call-of-ada", billed=[], rest="released")
    desk.close()
    app = start_app(store=store, REVIEW_PRICE="0.85 EUR", REVIEW_CAP_RUN="20", REVIEW_CAP_DAY="50", **settings)
    return app, service


def sum_of(page: Page, label: str) -> str:
    """Return one of the sums at the top of the page."""
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").inner_text()


def open_usage(page: Page, app: App) -> None:
    """Open the page and wait until its picture and tables are drawn."""
    open_page(page, f"{app.url}/usage")
    expect(page.locator(".js-plotly-plot .barlayer").first).to_be_attached()
    table_rows(page, LOOK_UPS)
    calm(page)


@pytest.mark.slow
def test_a_charge_in_doubt_is_closed_with_the_statement_and_stands_in_the_ledger(
    tab: Page, account: tuple[App, Service]
) -> None:
    """A call broke on its way back; Usage lists it; closed as not charged the count goes down, the CSV has the note."""
    app, service = account
    open_usage(tab, app)
    assert sum_of(tab, "Charged today") == "3 · 2.55 EUR"
    doubted = table_rows(tab, UNCERTAIN)
    assert {row["Number"] for row in doubted} == {BROKEN, BROKEN_TOO}
    assert sum_of(tab, "May have been charged") == f"{len(doubted)} · {len(doubted) * 0.85:.2f} EUR"
    tick_row(tab, 0, name=UNCERTAIN)
    tab.get_by_role("button", name="1 was not charged").click()
    question = tab.get_by_role("dialog")
    expect(question.get_by_text("This cannot be undone")).to_be_visible()
    question.get_by_label("By what do you know?").fill(NOTE)
    calm(tab)
    keep_screenshot(tab, "usage-closing")
    question.get_by_role("button", name="Close 1 as not charged").click()
    expect(tab.get_by_text("1 number closed as not charged")).to_be_visible()
    wait_until(
        tab,
        lambda: sum_of(tab, "May have been charged").startswith(f"{len(doubted) - 1} · "),
        lambda: sum_of(tab, "May have been charged"),
    )
    settled(tab)
    with download(tab, "Ledger as CSV").open(encoding="utf-8-sig", newline="") as file:
        ledger = list(csv.DictReader(file))
    (closed,) = (row for row in ledger if NOTE in row["note"])
    assert (closed["number"], closed["state"]) == (BROKEN_TOO, "released")
    assert closed["note"] == f"closed as not charged: local: {NOTE}"
    assert sum(float(row["amount"] or 0) for row in ledger) == 2.55
    assert service.billing()["total"] == 3

    tick_row(tab, 0, name=LOOK_UPS)
    expect(tab.get_by_text("3 (2.55 EUR) charged · 1 call")).to_be_visible()
    calm(tab)
    keep_screenshot(tab, "usage-look-up")


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        pytest.param("light", 1280, marks=pytest.mark.slow),
        pytest.param("light", 400, marks=pytest.mark.slow),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
    ],
)
def test_the_page_is_whole_and_readable_narrow_and_dark(
    tab: Page, account: tuple[App, Service], scheme: Literal["light", "dark"], width: int
) -> None:
    """With everything in it: nothing is cut off at 1,280 and 400 pixels, headings in order, nothing for axe."""
    app, _ = account
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": TALL["height"]})
    open_usage(tab, app)
    assert fits(tab)
    assert tab.locator("h1, h2, h3").evaluate_all("all => all.map((each) => each.tagName)") == HEADINGS
    if width == 1280:
        assert violations(tab) == []
    keep_screenshot(tab, f"usage-{scheme}-{width}")
    for part in PARTS if scheme == "light" else ():
        tab.get_by_role("radio", name=part).click()
        calm(tab)
        assert fits(tab), part
        if width == 1280:
            assert violations(tab) == [], part


@pytest.mark.slow
def test_times_are_those_of_the_persons_zone(browser: Browser, account: tuple[App, Service]) -> None:
    """In Tokyo, 9 hours ahead all year: the end of the UTC day, and each look-up, by the clock there."""
    app, _ = account
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    open_usage(page, app)
    expect(page.get_by_text("UTC day, until 09:00 your time")).to_be_visible()
    with closing(sqlite3.connect(app.store)) as seen:
        ((begun,),) = seen.execute("SELECT max(begun_at) FROM look_ups")
    local = datetime.fromisoformat(str(begun)).replace(tzinfo=None) + timedelta(hours=9)
    assert table_rows(page, LOOK_UPS)[0]["Begun (Tokyo time)"] == f"{local:%Y-%m-%d %H:%M:%S}+09:00"
    context.close()
