"""How soon the Review page is drawn, beside bare Streamlit pages. Run: `python -m tests.bench.bench_desk [PART ...]`.

A real server of each page and a real browser (1280 × 800, software rendering) on this machine, which take turns within
one run, so that a busy machine slows both. The clock is the browser's. Parts:

`link`: a deep link to thirty real file histories, the browser's cache warm, beside a page with one plain chart of as
many points as ours has. `click`: the first click on an example of the empty page, beside a click on the only button of
a page that draws one plain chart of as many points; nothing is cached, and the page was read for three seconds.
`paper`: opening a paper that is kept and was not drawn before, from the click on its event, no paper being open, to
the picture of its first page, less the floor: a click in an empty fragment.

Two moments are measured: *first*, the second frame after the first marker (or the picture) is in the document;
*settled*, the second frame after the last change of the document, the script having ended. `long` is the sum
of the browser's tasks over 50 ms, and `shift` that of all layout shifts, those soon after the input among them.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from components.desk import open_desk
from components.settings import Settings
from tests.bench.bench_click import PATIENCE, Server, click_floor, opened_floor, serve
from tests.browser.conftest import click_event, events
from tests.conftest import find_chromium
from tests.real_histories import numbers_of, seed_real, thirty_recordings
from tests.seeding import seed

WATCH = Path(__file__).with_name("desk_watch.js")
AIMS = {"link": 1.3, "click": 1.5}
"""Ratios of the settled pages, ours to the bare one."""
PAPER_AIM = 0.5
"""Seconds over the floor."""
PICTURE = ".st-key-reader .pages-sheet[data-state='ready'] img"
PAPERS = (
    ("Application", 0, "20150105-TRNA-1"),
    ("Non-final rejection", 0, "20161025-CTNF-1"),
    ("Final rejection", 0, "20170809-CTFR-1"),
    ("Non-final rejection", 1, "20190412-CTNF-1"),
    ("Final rejection", 1, "20200117-CTFR-1"),
    ("Reply to non-final", 0, "20170425-A...-1"),
    ("Reply to non-final", 1, "20191014-A...-1"),
    ("Petition decision", 0, "20181002-PET.OP.DEC-1"),
    ("Abandonment", 0, "20180223-ABN-1"),
)
"""Papers of the example: the name of their kind in the legend, the index among these, and the id."""
READ_FOR = 3_000
"""Milliseconds for which an empty page is read before the first click."""
EXAMPLE, KEY = "US10765880B2", "US14/412875"
Times = dict[str, float]


@contextmanager
def tab_in(context: BrowserContext) -> Iterator[Page]:
    """A page in which times are watched from the start."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(path=WATCH)
    yield page
    page.close()


def times_of(page: Page) -> Times:
    """Wait until all is drawn and return the milliseconds."""
    page.wait_for_function("() => window.deskWatch?.quiet()", polling=100)
    times: Times = page.evaluate("deskWatch.times()")
    return times


def opened(context: BrowserContext, url: str) -> Times:
    """Open an address and return its times."""
    with tab_in(context) as page:
        page.goto(url, wait_until="commit")
        return times_of(page)


def clicked(browser: Browser, url: str, click: Callable[[Page], None]) -> Times:
    """Read a page in a browser without any cache, click, and return the times of the click."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with tab_in(context) as page:
        page.goto(url)
        page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning'] button")
        page.wait_for_timeout(READ_FOR)
        page.evaluate("deskWatch.arm()")
        click(page)
        times = times_of(page)
    context.close()
    return times


def printed(name: str, runs: list[Times]) -> None:
    """Print medians and minima of a row."""
    cells = "".join(
        f"{statistics.median(run[what] for run in runs) / 1000:8.2f}{min(run[what] for run in runs) / 1000:7.2f}"
        for what in ("met", "settled", "long")
    )
    print(f"  {name:26s}{cells}{statistics.median(run['shift'] for run in runs):8.3f}", flush=True)  # noqa: T201


def compared(part: str, ours: list[Times], bare: list[Times]) -> None:
    """Print both rows and how many times as long ours takes, by the medians and by the minima."""
    printed("ours", ours)
    printed("bare", bare)
    for what, words in (("met", "first"), ("settled", "settled")):
        medians = [statistics.median(run[what] for run in runs) for runs in (ours, bare)]
        minima = [min(run[what] for run in runs) for runs in (ours, bare)]
        ratios = f"{medians[0] / medians[1]:.2f}, of minima {minima[0] / minima[1]:.2f}"
        print(f"  {words}: ours : bare = {ratios} (aim {AIMS[part]})", flush=True)  # noqa: T201


def bench_link(browser: Browser, ours: Server, bare: Server, *, repeats: int) -> None:
    """Deep link to thirty file histories, cache warm."""
    address = f"{ours.url}/?patents={numbers_of(thirty_recordings())}"
    contexts = [browser.new_context(viewport={"width": 1280, "height": 800}) for _ in range(2)]
    with tab_in(contexts[0]) as page:
        page.goto(address)
        times_of(page)
        points = events(page).count()
    addresses = [address, f"{bare.url}/?chart={points}"]
    print(f"Deep link to 30 file histories, cache warm, {points:,} points")  # noqa: T201
    runs: list[list[Times]] = [[], []]
    for turn in range(repeats + 2):  # the browser keeps compiled code from the second visit on
        for which in (0, 1):
            times = opened(contexts[which], addresses[which])
            if turn > 1:
                runs[which].append(times)
    for context in contexts:
        context.close()
    compared("link", *runs)


def bench_click(browser: Browser, ours: Server, bare: Server, *, repeats: int) -> None:
    """First click on the empty page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with tab_in(context) as page:
        page.goto(f"{ours.url}/?patents={EXAMPLE}")
        times_of(page)
        points = events(page).count()
    context.close()
    print(f"First click on the empty page, nothing cached, {points:,} points")  # noqa: T201
    runs: list[list[Times]] = [[], []]
    for _ in range(repeats):
        runs[0].append(
            clicked(browser, ours.url, lambda page: page.locator("[class*='st-key-example_'] button").first.click())
        )
        runs[1].append(
            clicked(
                browser, f"{bare.url}/?first={points}", lambda page: page.get_by_role("button", name="Draw").click()
            )
        )
    compared("click", *runs)


def bench_paper(browser: Browser, ours: Server, bare: Server, *, repeats: int) -> None:
    """Kept papers opened by a click on their events, and the floor; the first of them warms up."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    floor: list[float] = []
    paper: list[Times] = []
    print("Opening a kept paper")  # noqa: T201
    with tab_in(context) as page, opened_floor(context, bare) as empty:
        page.goto(f"{ours.url}/?patents={EXAMPLE}")
        times_of(page)
        for name, index, _ in PAPERS[: repeats + 1]:
            floor += [click_floor(empty) for _ in range(2)]
            page.bring_to_front()
            page.evaluate("picture => deskWatch.arm(picture)", PICTURE)
            click_event(page, name, index)
            paper.append(times_of(page))
            page.get_by_role("button", name="Close").click()
            page.locator(".st-key-reader").wait_for(state="detached")
    context.close()
    printed("ours", paper[1:])
    met = [run["met"] / 1000 for run in paper[1:]]
    print(f"  {'floor':26s}{statistics.median(floor[2:]):8.2f}{min(floor[2:]):7.2f}")  # noqa: T201
    over = statistics.median(met) - statistics.median(floor[2:])
    print(f"  over the floor: {over:.2f} s, by minima {min(met) - min(floor[2:]):.2f} (aim {PAPER_AIM})", flush=True)  # noqa: T201


def keep_papers(store: str) -> None:
    """Keep the papers that are opened, as if somebody had opened them before."""
    with closing(open_desk(Settings(review_store_url=store))) as desk:
        for _, _, paper in PAPERS:
            desk.documents.pdf(KEY, paper)


PARTS: dict[str, Any] = {"link": bench_link, "click": bench_click, "paper": bench_paper}


def main() -> None:
    """Print the numbers."""
    wanted = [part for part in PARTS if part in sys.argv] or list(PARTS)
    repeats = next((int(word) for word in sys.argv[1:] if word.isdigit()), 5)
    chromium = find_chromium()
    if chromium is None:
        sys.exit("This benchmark needs a Chromium on the PATH (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        store = folder / "data" / "store.db"
        seed(store)
        seed_real(store, thirty_recordings())
        keep_papers(f"sqlite:///{store}")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-gpu-rasterization"]
        )
        with (
            serve("app.py", folder / "ours", REVIEW_STORE_URL=f"sqlite:///{store}") as ours,
            serve("tests/bench/bare_page.py", folder / "bare") as bare,
        ):
            print(f"Seconds: {'first':>19s}{'min':>7s}{'settled':>8s}{'min':>7s}{'long':>8s}{'min':>7s}{'shift':>8s}")  # noqa: T201
            for part in wanted:
                print(f"load average {os.getloadavg()[0]:.1f}")  # noqa: T201
                PARTS[part](browser, ours, bare, repeats=repeats)
                print(f"load average {os.getloadavg()[0]:.1f}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
