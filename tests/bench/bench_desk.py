"""How soon the Review page is drawn, beside bare Streamlit pages. Run: `python -m tests.bench.bench_desk [PART ...]`.

A real server of each page and a real browser (1280 × 800, software rendering) on this machine, which take turns within
one run, so that a busy machine slows both. The clock is the browser's. Parts:

`link`: a deep link to thirty real file histories, the browser's cache warm, beside a page with one plain chart of as
many points as ours has. `click`: the first click on an example of the empty page, beside a click on the only button of
a page that draws one plain chart of as many points; nothing is cached, and the page was read for three seconds.
`paper`: opening a paper that is kept, from the click on its event to its page, less the floor: a click in an empty
fragment.

Two moments are measured: *first*, the second frame after the first marker (or the page of the paper) is in the
document; *settled*, the second frame after the last change of the document, the script having ended. `long` is the sum
of the browser's tasks over 50 ms, and `shift` that of all layout shifts, those soon after the input among them.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.bench_click import PATIENCE, Server, serve
from tests.browser.conftest import click_event, events
from tests.conftest import find_chromium
from tests.real_histories import numbers_of, seed_real, thirty_recordings
from tests.seeding import seed

WATCH = Path(__file__).with_name("desk_watch.js")
AIMS = {"link": 1.3, "click": 1.5}
"""Ratios of the settled pages, ours to the bare one."""
PAPER_AIM = 0.5
"""Seconds over the floor."""
PICTURE = ".st-key-reader iframe, .st-key-reader img"
READ_FOR = 3_000
"""Milliseconds for which an empty page is read before the first click."""
EXAMPLE = "US10765880B2"
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
    """A kept paper opened by a click on its event, and the floor."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    floor: list[Times] = []
    paper: list[Times] = []
    print("Opening a kept paper")  # noqa: T201
    with tab_in(context) as page, tab_in(context) as empty:
        empty.goto(f"{bare.url}/?floor")
        empty.get_by_role("button", name="Again").wait_for()
        page.goto(f"{ours.url}/?patents={EXAMPLE}")
        times_of(page)
        for turn in range(2 * (repeats + 1)):
            empty.bring_to_front()
            runs = int(empty.get_by_text("Run ").inner_text().split()[1])
            empty.evaluate("words => deskWatch.arm(['p', words])", f"Run {runs + 1}")
            empty.get_by_role("button", name="Again").click()
            floor.append(times_of(empty))
            page.bring_to_front()
            page.evaluate("selector => deskWatch.arm(selector)", "#nothing yet")
            page.evaluate("watchPicture => deskWatch.arm(watchPicture)", PICTURE)
            click_event(page, "Non-final rejection", turn % 2)
            paper.append(times_of(page))
    context.close()
    printed("ours", paper[2:])
    printed("floor", floor[2:])
    over = statistics.median(run["met"] for run in paper[2:]) - statistics.median(run["met"] for run in floor[2:])
    print(f"  over the floor: {over / 1000:.2f} s (aim {PAPER_AIM})", flush=True)  # noqa: T201


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
