"""The plain script, for hosts that start no ASGI app: everything but the PDFs, and closed as orderly."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import events, keep_screenshot, look_up_button, open_page, settled
from tests.browser.entry_scripts import PLAIN_SCRIPT, started
from tests.conftest import Service
from tests.visiting import drawn, visit
from tests.waiting import until


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


def test_the_plain_script_serves_the_sandbox(page: Page, tmp_path: Path) -> None:
    """All four pages open; a look-up is drawn; where the PDFs are to be had is said."""
    with started(PLAIN_SCRIPT, tmp_path) as app:
        open_page(page, f"{app.url}/usage")
        expect(page.get_by_text("May have been charged").first).to_be_visible()
        for name, words in (("Glossary", "Find a code or a word"), ("Portfolio", "No file history is held here yet")):
            page.get_by_role("link", name=name, exact=True).click()
            expect(page.get_by_text(words).first).to_be_visible()
        page.get_by_role("link", name="Review", exact=True).click()
        page.get_by_role("button", name="US 10,765,880").click()
        expect(events(page).first).to_be_attached()
        settled(page)
        expect(page.get_by_text("no PatSnap account is connected")).to_be_visible()
        expect(page.get_by_text(re.compile("PDFs .* plain script. Start it with .*app.py"))).to_be_visible()
        keep_screenshot(page, "plain_script")
        log = app.log.read_text()
    assert "Traceback" not in log
    assert "ModuleNotFoundError" not in log


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
