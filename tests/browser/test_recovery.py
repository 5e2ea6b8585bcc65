"""What goes wrong while something is paid for, in a real browser: asked about, kept, offered again."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOX, events, keep_screenshot, look_up_button, open_page, settled, type_numbers
from tests.conftest import ROOT, AppStarter, Service
from tests.waiting import until

ServiceStarter = Callable[..., Service]
NUMBERS = [f"US{number}B2" for number in range(9_900_001, 9_900_004)]


def account_at(service: Service) -> dict[str, str]:
    """The settings of an account at this service, with one call at a time."""
    return {
        "PATSNAP_API_KEY": "sk-browser", "PATSNAP_BASE_URL": service.url, "PATSNAP_PDF_ORIGINS": service.url,
        "PATSNAP_WORKERS": "1",
    }  # fmt: skip


def test_what_may_have_been_charged_is_bought_again_by_its_own_button_only(
    tab: Page, start_app: AppStarter, start_service: ServiceStarter
) -> None:
    """A broken call leaves two in doubt; the usual button leaves them alone, the other one says what it risks."""
    service = start_service(synthetic=40, synthetic_documents=3, inject="500:1")
    app = start_app(**account_at(service), PATSNAP_BATCH="2")
    open_page(tab, app.url)
    type_numbers(tab, "\n".join(NUMBERS[:3]))
    expect(look_up_button(tab)).to_have_text("Look up 3 · 3 charged")
    look_up_button(tab).click()
    again = tab.get_by_role("button", name="Buy 2 again · 2 charged")
    expect(again).to_be_visible(timeout=30_000)
    settled(tab)  # until then the button of before stands there too
    expect(tab.get_by_text("2 may have been charged already on")).to_be_visible()
    expect(look_up_button(tab)).to_have_text("Look up 1 · free")
    keep_screenshot(tab, "uncertain")
    assert service.billing()["total"] == 1
    again.click()
    expect(again).to_have_count(0, timeout=30_000)
    expect(look_up_button(tab)).to_have_count(0)  # all are held
    expect(events(tab).first).to_be_attached()
    assert service.billing()["total"] == 3
    assert service.billing()["calls"] == 2 + 2


@pytest.mark.slow
def test_a_look_up_that_was_killed_is_offered_again(
    tab: Page, start_app: AppStarter, start_service: ServiceStarter, tmp_path: Path
) -> None:
    """With what is held, what is in doubt and the price of the rest; one click brings the rest."""
    service = start_service(synthetic=60, synthetic_documents=1, latency=0.5)
    store = tmp_path / "data" / "store.db"
    command = [
        sys.executable,
        "-m",
        "tests.lookups.buyer",
        service.url,
        f"sqlite:///{store}",
        "1",
        "9900001",
        "60",
        "1",
    ]
    buyer = subprocess.Popen(command, cwd=ROOT)
    until(lambda: service.billing()["calls"] >= 2 or buyer.poll() is not None, "the second call")
    buyer.kill()
    buyer.wait()
    app = start_app(store=store, **account_at(service), REVIEW_CONFIRM_ABOVE="100")
    open_page(tab, app.url)
    offered = tab.get_by_text(re.compile(r"the look-up of 60 numbers begun on .* did not end"))
    expect(offered).to_be_visible(timeout=15_000)
    settled(tab)
    keep_screenshot(tab, "interrupted")
    button = tab.get_by_role("button", name=re.compile(r"Take up \d+ · \d+ charged"))
    rest = int(re.search(r"\d+", button.inner_text())[0])  # type: ignore[index]
    charged = service.billing()["total"]
    button.click()
    expect(tab.get_by_label(BOX)).to_have_value(re.compile("US9900060B2"))
    expect(offered).to_have_count(0, timeout=30_000)
    until(lambda: service.billing()["total"] >= charged + rest, "the rest")
    assert max(service.billing()["by_number"].values()) == 1


@pytest.mark.slow
def test_an_answer_that_cannot_be_saved_is_told_kept_and_offered(
    tab: Page, start_app: AppStarter, start_service: ServiceStarter, tmp_path: Path
) -> None:
    """The store is locked while two answers arrive: two charged, a download, and all saved once it is free."""
    service = start_service(synthetic=40, synthetic_documents=3, latency=1.5)
    store = tmp_path / "data" / "store.db"
    app = start_app(**account_at(service), REVIEW_STORE_URL=f"sqlite:///{store}?timeout=1")
    open_page(tab, app.url)
    type_numbers(tab, "\n".join(NUMBERS[:2]))
    expect(look_up_button(tab)).to_have_text("Look up 2 · 2 charged")
    look_up_button(tab).click()
    until(lambda: service.billing()["calls"] == 1, "the call")
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        download = tab.get_by_role("link", name="Download 2 not saved yet")
        expect(download).to_be_visible(timeout=30_000)
        expect(tab.get_by_text("This look-up has charged 2.")).to_be_visible()
        expect(tab.get_by_text("Nothing was charged")).to_have_count(0)
        settled(tab)
        keep_screenshot(tab, "unsaved")
        with tab.expect_download() as downloaded:
            download.click()
        assert b"US9900002B2" in Path(downloaded.value.path()).read_bytes()
        other.execute("ROLLBACK")
    expect(download).to_have_count(0, timeout=40_000)
    expect(tab.get_by_text("Last look-up: 2 of 2 done · 2 charged")).to_be_visible()
    expect(look_up_button(tab)).to_have_count(0)  # all are held
    expect(events(tab).first).to_be_attached()
    assert service.billing()["total"] == 2
