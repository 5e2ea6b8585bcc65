"""The plain script, for hosts that start no ASGI app: everything but links to papers, and closed as orderly."""

import csv
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PICTURE,
    TALL,
    charged_ever,
    click_row,
    events,
    expect_rows,
    fetch_all,
    keep_screenshot,
    look_up_button,
    open_page,
    saved,
    settled,
    table_rows,
)
from tests.browser.entry_scripts import PLAIN_SCRIPT, started
from tests.conftest import App, Service
from tests.visiting import drawn, visit
from tests.waiting import until


@pytest.mark.slow
def test_the_plain_script_serves_from_another_folder(tmp_path: Path) -> None:
    """It finds its own modules and pages wherever it is started; each page sends what it is for."""
    with started(PLAIN_SCRIPT, tmp_path, cwd=tmp_path) as app:
        for page_name, words in (
            ("", "Patent, publication or application numbers"),
            ("portfolio", "No file history is held here yet"),
            ("usage", "May have been charged"),
            ("glossary", "Find a code or a word"),
        ):
            messages = visit(app.url, page_name)
            assert words in str(messages)
            assert "exception" not in {kind for kind, _ in drawn(messages)}
        assert "Traceback" not in app.log.read_text()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The plain script without an account, which holds nothing at first."""
    with started(PLAIN_SCRIPT, tmp_path_factory.mktemp("plain")) as app:
        yield app


def test_the_plain_script_serves_the_sandbox(page: Page, plain: App) -> None:
    """All four pages open; a look-up is drawn; that there are no links is said."""
    open_page(page, f"{plain.url}/usage")
    expect(page.get_by_text("May have been charged").first).to_be_visible()
    for name, words in (("Glossary", "Find a code or a word"), ("Portfolio", "No file history is held here yet")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_text(words).first).to_be_visible()
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("button", name=re.compile("^A simple grant")).click()
    expect(events(page).first).to_be_attached()
    settled(page)
    expect(page.get_by_text("real file histories, placeholder PDFs", exact=False)).to_be_visible()
    expect(page.get_by_text(re.compile("Started as a plain script: .*has links to them"))).to_be_visible()
    keep_screenshot(page, "plain_script")
    log = plain.log.read_text()
    assert "Traceback" not in log
    assert "ModuleNotFoundError" not in log


@pytest.mark.slow
def test_papers_come_from_their_bytes_and_nothing_links_to_them(page: Page, plain: App) -> None:
    """A click on "Open PDF" shows the paper beside the table; it, the files and the ZIP are saved; no link is dead."""
    page.set_viewport_size(TALL)
    fetch_all(page, plain, "EP1000000B1")
    expect_rows(page, lambda rows: rows[0]["PDF"] == "Open PDF")
    assert dead_links(page) == []
    with download_by_button(page, "CSV").open(encoding="utf-8-sig", newline="") as file:
        papers = list(csv.DictReader(file))
    assert {row["link"] for row in papers} == {""}
    book = load_workbook(download_by_button(page, "Excel"))
    assert [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []
    report = download_by_button(page, "Report").read_text(encoding="utf-8")
    assert not re.search(r"href=\"[^#\"]*documents", report)
    page.get_by_role("button", name="PDFs (zip)").click()
    with zipfile.ZipFile(download_by_button(page, re.compile(r"^Save .+ MB$"))) as archive:
        assert sum(name.endswith(".pdf") for name in archive.namelist()) == len(papers)
    click_row(page, next(row["row"] for row in table_rows(page) if row["Pages"] not in {"", "1"}), across=-55)
    reader = page.locator(".st-key-reader")
    expect(page.locator(PICTURE)).to_be_visible()
    first = page.locator(PICTURE).get_attribute("src")
    reader.get_by_role("button", name="Following page").click()
    expect(reader.get_by_role("img", name=re.compile(", page 2 of "))).to_be_visible()
    expect(page.locator(PICTURE)).not_to_have_attribute("src", str(first))
    assert download_by_button(page, "Download").read_bytes().startswith(b"%PDF-")
    assert dead_links(page) == []
    keep_screenshot(page, "plain_script_reader")


@pytest.mark.slow
def test_an_expired_paper_is_left_to_the_button_that_states_its_price(page: Page, tmp_path: Path) -> None:
    """The reader says so in place of the paper and spends nothing; after the refresh the paper opens."""
    with started(PLAIN_SCRIPT, tmp_path) as app:
        page.set_viewport_size(TALL)
        fetch_all(page, app, "JP6768620B2")
        with closing(sqlite3.connect(app.store)) as store:
            store.execute("UPDATE links SET expires = ?", ("2020-01-01 00:00:00.000000",))
            store.commit()
        click_row(page, 0)
        reader = page.locator(".st-key-reader")
        expect(reader.get_by_text("The link has expired: refresh the file history")).to_be_visible()
        assert charged_ever(app) == 1
        page.get_by_role("button", name=re.compile("^Refresh")).click()
        expect(page.locator(PICTURE)).to_be_visible()
        assert charged_ever(app) == 2


def dead_links(page: Page) -> list[str]:
    """Return the links of the page, and of its tables, to routes that a plain script does not have."""
    found = page.evaluate("() => [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))")
    cells = page.locator("canvas table").all_inner_texts()
    return [text for text in [*found, *cells] if text and ("/documents/" in text or "sign=" in text)]


def download_by_button(page: Page, label: str | re.Pattern[str]) -> Path:
    """Take the file that Streamlit's own download button gives."""
    exact = isinstance(label, str)
    with page.expect_download() as found:
        page.get_by_role("button", name=label, exact=exact).click()
    return saved(found.value)


@pytest.mark.slow
def test_stopping_the_plain_script_begins_no_further_call(
    page: Page, tmp_path: Path, start_service: Callable[..., Service]
) -> None:
    """The call under way still ends and is settled; what waited behind it is not bought, and the store is closed."""
    service = start_service(synthetic=20, latency=0.5, auth="api_key")
    settings = {
        "PATSNAP_API_KEY": "sk-plain",
        "PATSNAP_BASE_URL": service.url,
        "PATSNAP_BATCH": "1",
        "PATSNAP_WORKERS": "1",
    }
    numbers = "+".join(f"US{number}B2" for number in range(9_900_001, 9_900_021))
    with started(PLAIN_SCRIPT, tmp_path, **settings) as app:
        open_page(page, f"{app.url}/?patents={numbers}")
        expect(look_up_button(page)).to_have_text(re.compile("20 charged"))
        look_up_button(page).click()
        until(lambda: service.billing()["calls"], "the first call")
    billed = service.billing()["total"]
    assert isinstance(billed, int)
    assert 0 < billed < 20
    assert sorted(part.name for part in app.store.parent.iterdir()) == [
        "store.db",
        "store.db.identity",
        "store.db.lock",
    ]
    with closing(sqlite3.connect(app.store)) as seen:
        rows = seen.execute("SELECT number, state FROM ledger ORDER BY id").fetchall()
    assert list(dict(rows).values()) == ["billed"] * billed
