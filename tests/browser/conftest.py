"""A real Chromium for each test, and the few ways in which tests wait for a Streamlit page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT

ARTIFACTS = ROOT / "artifacts"
BOX = "Patent, publication or application numbers"


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Start Debian's Chromium without a sandbox of its own (root has none) and without calling home."""
    return {
        "executable_path": chromium,
        "headless": True,
        "args": [
            "--no-sandbox",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A window as wide as a small laptop's."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page with time enough for a cold start on a busy machine."""
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield page


def settled(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=30_000)


def open_page(page: Page, url: str) -> None:
    """Open an address and wait until the page is drawn."""
    page.goto(url)
    page.wait_for_selector("[data-testid='stApp'][data-test-connection-state='CONNECTED']", timeout=30_000)
    settled(page)


def type_numbers(page: Page, text: str) -> None:
    """Put numbers into the box and let it take them."""
    box = page.get_by_label(BOX)
    box.fill(text)
    box.press("Control+Enter")
    settled(page)


def look_up_button(page: Page) -> Any:
    """The button that spends."""
    return page.get_by_role("button", name=re.compile("^Look up"))


def keep_screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page among the artefacts."""
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
