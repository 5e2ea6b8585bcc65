"""Logging in with a browser, by the clicks that a person makes."""

from playwright.sync_api import Page

from tests.oidc.apps import GuardedApp
from tests.oidc.raw_client import LOG_IN


def log_in(page: Page, app: GuardedApp, name: str, *, at: str = "/") -> None:
    """Open a page of the app, click its log-in button, and the person's name at the provider."""
    page.goto(f"{app.url}{at}")
    page.get_by_text(LOG_IN, exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()
