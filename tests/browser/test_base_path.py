"""An app that shares its host with others: below a base path, all that it links to stands below it too."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TALL, download, expect_answer, open_page, paper_in_new_tab
from tests.conftest import AppStarter
from tests.seeding import seed


@pytest.mark.slow
def test_below_a_base_path_papers_and_files_are_found(page: Page, start_app: AppStarter, tmp_path: Path) -> None:
    """Reader, new tab, a file taken away and the addresses in it; nothing of the app stands above its path."""
    store = tmp_path / "data" / "store.db"
    seed(store)
    app = start_app(store=store, STREAMLIT_SERVER_BASE_URL_PATH="review")
    page.set_viewport_size(TALL)
    with expect_answer(
        page, lambda got: re.fullmatch(r"/review/documents/[^/]+/pages/1", urlsplit(got.url).path) is not None
    ):
        open_page(page, f"{app.url}/review/?patents=JP6768620B2&doc=JP2017-187096+20200901-A01-1")
    with paper_in_new_tab(page, below="/review"):
        page.get_by_role("link", name="Open PDF").click()
    with download(page, "CSV").open(encoding="utf-8-sig", newline="") as file:
        links = [row["link"] for row in csv.DictReader(file)]
    assert all(link.startswith(f"{app.url}/review/documents/") for link in links)
    assert page.request.get(links[0]).body().startswith(b"%PDF-")
    hrefs = page.evaluate("() => [...document.querySelectorAll('a')].map((link) => new URL(link.href).pathname)")
    assert [path for path in hrefs if not path.startswith("/review/")] == []
    page.goto(f"{app.url}/review/documents/x")
    expect(page.get_by_role("link", name="Open in Review")).to_have_attribute("href", "/review/")
