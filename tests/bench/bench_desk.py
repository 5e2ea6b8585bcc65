"""How soon the Review page is drawn, beside bare Streamlit pages. Run: `python -m tests.bench.bench_desk [PART ...]`.

A real server of each page and a real browser (1280 × 800, software rendering) on this machine, which take turns within
one run, so that a busy machine slows both. The clock is the browser's. Parts:

`link`: a deep link to thirty real file histories, the browser's cache warm, beside the same page with one plain chart
of as many points in place of its timeline, and beside a page that has nothing but such a chart. `click`: the first
click on an example of the empty page, which looks it up in the sandbox, beside a click on the only button of a page
that draws one plain chart of as many points; nothing is cached or held, and the page was read for three seconds.
`paper`: opening a paper that is kept and was not drawn before, from the click on its event, no paper being open, to
the picture of its first page, less the floor: a click in an empty fragment.

Two moments are measured: *first*, the second frame after the first marker (or the picture) is in the document;
*settled*, the second frame after the last change of the document, the script having ended. `long` is the sum of the
browser's tasks over 50 ms, and `shift` that of all layout shifts, those soon after the input among them.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

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
"""Ratios of the times, ours to the other."""
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


class Desk(NamedTuple):
    """What the parts start from."""

    bare: Server
    """Of the page that has nothing but a chart, or a floor."""
    folder: Path
    """For the files of further servers."""
    store: str
    """Address of the store that holds the sandbox and the thirty file histories."""


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


def clicked(browser: Browser, url: str, click: Callable[[Page], None]) -> tuple[Times, int]:
    """Read a page in a browser without any cache, click, and return the times of the click and the points drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with tab_in(context) as page:
        page.goto(url)
        page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning'] button")
        page.wait_for_timeout(READ_FOR)
        page.evaluate("deskWatch.arm()")
        click(page)
        times, points = times_of(page), events(page).count()
    context.close()
    return times, points


def printed(name: str, runs: list[Times]) -> None:
    """Print medians and minima of a row."""
    cells = "".join(
        f"{statistics.median(run[what] for run in runs) / 1000:8.2f}{min(run[what] for run in runs) / 1000:7.2f}"
        for what in ("met", "settled", "long")
    )
    print(f"  {name:26s}{cells}{statistics.median(run['shift'] for run in runs):8.3f}", flush=True)  # noqa: T201


def compared(part: str, ours: list[Times], others: dict[str, list[Times]]) -> None:
    """Print all rows and how many times as long ours takes, by the medians and by the minima."""
    printed("ours", ours)
    for name, other in others.items():
        printed(name, other)
        for what, words in (("met", "first"), ("settled", "settled")):
            medians = [statistics.median(run[what] for run in runs) for runs in (ours, other)]
            minima = [min(run[what] for run in runs) for runs in (ours, other)]
            ratios = f"{medians[0] / medians[1]:.2f}, of minima {minima[0] / minima[1]:.2f}"
            print(f"  {words}: ours : {name} = {ratios} (aim {AIMS[part]})", flush=True)  # noqa: T201


def bench_link(browser: Browser, desk: Desk, *, repeats: int) -> None:
    """Deep link to thirty file histories, cache warm."""
    address = f"/?patents={numbers_of(thirty_recordings())}"
    with serve("app.py", desk.folder / "link", REVIEW_STORE_URL=desk.store) as ours:
        with tab_in(browser.new_context(viewport={"width": 1280, "height": 800})) as page:
            page.goto(ours.url + address)
            times_of(page)
            points = events(page).count()
            page.context.close()
        plain = {"REVIEW_STORE_URL": desk.store, "PLAIN_CHART": str(points)}
        with serve("app.py", desk.folder / "plain", **plain) as same:
            print(f"Deep link to 30 file histories, cache warm, {points:,} points")  # noqa: T201
            addresses = [ours.url + address, same.url + address, f"{desk.bare.url}/?chart={points}"]
            runs = _in_turn(browser, addresses, repeats=repeats)
    compared("link", runs[0], {"same, plain chart": runs[1], "nothing but the chart": runs[2]})


def _in_turn(browser: Browser, addresses: Sequence[str], *, repeats: int) -> list[list[Times]]:
    """Open addresses in turn so often, each in a browser of its own, and return the times of each."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 800}) for _ in addresses]
    runs: list[list[Times]] = [[] for _ in addresses]
    for turn in range(repeats + 2):  # the browser keeps compiled code from the second visit on
        for context, address, found in zip(contexts, addresses, runs, strict=True):
            times = opened(context, address)
            if turn > 1:
                found.append(times)
    for context in contexts:
        context.close()
    return runs


def bench_click(browser: Browser, desk: Desk, *, repeats: int) -> None:
    """First click on the empty page, whose example is not held."""
    store = desk.folder / "click" / "store.db"
    ours_found: list[Times] = []
    bare_found: list[Times] = []
    points = 0
    with serve("app.py", desk.folder / "click", REVIEW_STORE_URL=f"sqlite:///{store}") as ours:

        def click_example(page: Page) -> None:
            page.locator("[class*='st-key-example_'] button").first.click()

        def click_draw(page: Page) -> None:
            page.get_by_role("button", name="Draw").click()

        for turn in range(repeats + 1):
            times, drawn = clicked(browser, ours.url, click_example)
            points = points or drawn
            bare, _ = clicked(browser, f"{desk.bare.url}/?first={points}", click_draw)
            if turn:  # the first click of a server loads modules
                ours_found.append(times)
                bare_found.append(bare)
            forget_histories(store)
    print(f"First click on the empty page, nothing cached or held, {points:,} points")  # noqa: T201
    compared("click", ours_found, {"page with one chart": bare_found})


def forget_histories(store: Path) -> None:
    """Empty a store of file histories, so that the next look-up asks the sandbox again."""
    with closing(sqlite3.connect(store)) as database:
        for table in ("links", "aliases", "absences", "histories"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - the names above
        database.commit()


def bench_paper(browser: Browser, desk: Desk, *, repeats: int) -> None:
    """Kept papers opened by a click on their events, and the floor; the first of them warms up."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    floor: list[float] = []
    paper: list[Times] = []
    print("Opening a kept paper")  # noqa: T201
    with (
        serve("app.py", desk.folder / "paper", REVIEW_STORE_URL=desk.store) as ours,
        tab_in(context) as page,
        opened_floor(context, desk.bare) as empty,
    ):
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
        with serve("tests/bench/bare_page.py", folder / "bare") as bare:
            desk = Desk(bare, folder, f"sqlite:///{store}")
            print(f"Seconds: {'first':>19s}{'min':>7s}{'settled':>8s}{'min':>7s}{'long':>8s}{'min':>7s}{'shift':>8s}")  # noqa: T201
            for part in wanted:
                print(f"load average {os.getloadavg()[0]:.1f}")  # noqa: T201
                PARTS[part](browser, desk, repeats=repeats)
                print(f"load average {os.getloadavg()[0]:.1f}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
