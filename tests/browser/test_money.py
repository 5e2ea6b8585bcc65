"""What is paid, in a real browser against a service in another process that counts what it charges."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    BOX,
    click_link,
    events,
    expect_answer,
    fetch_all,
    keep_screenshot,
    look_up_button,
    open_page,
    settled,
    type_numbers,
    wait_until,
)
from tests.conftest import App, AppStarter, Service

ServiceStarter = Callable[..., Service]
THIRTY = "\n".join(f"US{number}B2" for number in range(9_900_001, 9_900_031))
API_KEY = {"PATSNAP_API_KEY": "sk-browser"}
CREDENTIALS = {"PATSNAP_CLIENT_ID": "sandbox", "PATSNAP_CLIENT_SECRET": "sandbox-secret"}


def start(start_app: AppStarter, service: Service, **settings: str) -> App:
    """Start an app whose account is at this service."""
    return start_app(PATSNAP_BASE_URL=service.url, PATSNAP_PDF_ORIGINS=service.url, **settings)


def charged_by(service: Service) -> int:
    """Return what a service has charged so far."""
    total = service.billing()["total"]
    assert isinstance(total, int)
    return total


@pytest.fixture(scope="module")
def account(start_app: AppStarter, start_service: ServiceStarter) -> tuple[App, Service]:
    """An app with client credentials, and its service. Each test looks up a number of its own."""
    service = start_service(auth="oauth")
    return start(start_app, service, **CREDENTIALS), service


def test_an_account_reads_a_file_and_opens_a_pdf(tab: Page, account: tuple[App, Service]) -> None:
    """No banner of the sandbox; one charge; the PDF comes from the service's own origin."""
    app, service = account
    before = charged_by(service)
    open_page(tab, app.url)
    expect(tab.get_by_label(BOX)).to_be_visible()
    expect(tab.get_by_text("real file histories, placeholder PDFs")).to_have_count(0)
    type_numbers(tab, "EP1000000B1")
    expect(look_up_button(tab)).to_have_text("Look up 1 · 1 charged")
    look_up_button(tab).click()
    expect(tab.get_by_text("32 of 32 documents").first).to_be_visible()
    assert charged_by(service) == before + 1

    settled(tab)
    with expect_answer(tab, lambda got: got.status == 200 and got.url.startswith(f"{service.url}/documents/")):
        click_link(tab, 0)
    assert charged_by(service) == before + 1
    secrets = ("sandbox-secret", "q-signature")
    log = app.log.read_text()
    assert [secret for secret in secrets if secret in log or secret in tab.content()] == []


@pytest.mark.slow
def test_thirty_patents_take_one_click_and_one_confirmation(
    tab: Page, start_app: AppStarter, start_service: ServiceStarter
) -> None:
    """Two calls at the most, each patent charged once, whatever is clicked, reloaded or opened meanwhile."""
    service = start_service(synthetic=30, synthetic_documents=12, latency=0.7)
    app = start(start_app, service, PATSNAP_WORKERS="1", **API_KEY)
    open_page(tab, app.url)
    type_numbers(tab, THIRTY)
    expect(look_up_button(tab)).to_have_text("Look up 30 · 30 charged")
    look_up_button(tab).click()
    assert service.billing()["calls"] == 0
    tab.get_by_role("button", name="Charge 30").click()
    expect(tab.get_by_text(re.compile(r"of 30 done"))).to_be_visible()
    keep_screenshot(tab, "review-progress")
    tab.get_by_text("All documents").first.click()  # a click while calls are under way
    other = tab.context.new_page()
    open_page(other, f"{app.url}/usage")
    tab.reload()
    other.close()
    wait_until(tab, lambda: service.billing()["total"] == 30, service.billing)
    # Whoever comes now is told that all is held: the look-up has ended, and with it its calls.
    open_page(tab, app.url)
    type_numbers(tab, THIRTY)
    expect(look_up_button(tab)).to_have_text("Look up 30 · free")
    bill = service.billing()
    assert bill["total"] == 30
    assert bill["calls"] <= 2
    assert set(bill["by_number"].values()) == {1}

    look_up_button(tab).click()
    settled(tab)
    expect(events(tab).first).to_be_attached()
    keep_screenshot(tab, "review-thirty")
    assert service.billing() == bill


@pytest.mark.slow
def test_an_expired_link_offers_a_refresh_that_costs_one_look_up(tab: Page, account: tuple[App, Service]) -> None:
    """The link is dead when it arrives; the page says so; one click renews it, and nothing else is charged."""
    app, service = account
    before = charged_by(service)
    service.switch(link_lifetime=0)
    fetch_all(tab, app, "JP6768620B2")
    with tab.context.expect_page() as opened:
        click_link(tab, 0)
    notice = opened.value
    expect(notice.get_by_role("heading")).to_have_text("The link to this document has expired")
    keep_screenshot(notice, "link-expired")
    assert charged_by(service) == before + 1
    service.switch(link_lifetime=3600)
    with notice.expect_response(lambda answer: answer.url.startswith(service.url) and answer.status == 200):
        notice.get_by_role("button", name="Refresh the links · 1 charged").click()
    assert charged_by(service) == before + 2


def test_a_failing_account_keeps_what_arrived_and_resumes(
    tab: Page, start_app: AppStarter, start_service: ServiceStarter
) -> None:
    """The balance runs out after the first call; Resume charges only the rest."""
    service = start_service(synthetic=20, synthetic_documents=10, inject="67200005:1:1")
    app = start(start_app, service, PATSNAP_WORKERS="1", PATSNAP_BATCH="10", **API_KEY)
    open_page(tab, app.url)
    type_numbers(tab, "\n".join(THIRTY.split()[:20]))
    expect(look_up_button(tab)).to_have_text("Look up 20 · 20 charged")
    look_up_button(tab).click()
    expect(tab.get_by_role("button", name="Resume")).to_be_visible()
    assert service.billing()["total"] == 10
    keep_screenshot(tab, "review-halted")
    tab.get_by_role("button", name="Resume").click()
    expect(tab.get_by_role("tab", name="Documents 200")).to_be_visible()  # all twenty are shown
    expect(look_up_button(tab)).to_have_count(0)  # and nothing is left to buy
    bill = service.billing()
    assert bill["total"] == 20
    assert set(bill["by_number"].values()) == {1}
