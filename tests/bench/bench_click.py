"""How soon a filter click is drawn in Chromium. Run: `python -m tests.bench.bench_click [repeats [documents]]`.

A real server of each page and a real browser (1280 × 900, software rendering) on this machine. The pages take turns
click by click, so that a busy machine slows all of them: ours, the naive page, and the *floor*, which is a click of a
button in an empty fragment. A click is the key that puts the filter of codes on (Enter on the code) or takes it off
(Backspace); it is drawn at the second frame after all of these: the script has ended, the table has the rows expected,
and neither table nor chart has changed any more. The floor is drawn at the second frame after its number of runs has
changed. The clock is the browser's. Beside it stands what the server's script took meanwhile, which a busy browser on
the same cores lengthens, with Streamlit's collecting of garbage where `runner.postScriptGC` is on; `bench_rerun`
measures the script alone.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from components.histories import FileHistory
from tests.bench.long_histories import CODE, fill_store, long_histories, numbers_of, write_csv
from tests.conftest import ROOT, find_chromium, free_port, serving

WATCH = Path(__file__).with_name("click_watch.js")
FLOOR_WATCH = Path(__file__).with_name("desk_watch.js")
AIMS = {1_000: 0.25, 10_000: 1.0}
"""Documents → seconds over the floor."""
NAIVE_AIM = 0.6
"""Of the naive page's time."""
SIZES = ((1_000, 1), (10_000, 1), (10_000, 30))
"""Documents in all, and in how many file histories."""
LABEL = "Document codes"
PATIENCE = 60_000
"""Milliseconds."""


@dataclass
class Clicks:
    """Seconds from the click to the picture, and milliseconds of the server's script, click by click."""

    seconds: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Server:
    """A running page."""

    url: str
    runs: Path

    def run_times(self) -> list[float]:
        """Give the milliseconds of each run of its script so far."""
        return [float(line.split()[0]) for line in self.runs.read_text(encoding="utf-8").splitlines()]


@contextmanager
def serve(script: str, folder: Path, **settings: str) -> Iterator[Server]:
    """Run the server of a page until the block ends."""
    folder.mkdir()
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", folder / "runs.txt")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PATSNAP_", "REVIEW_"))}
    env |= {"HOME": str(folder), **settings}
    command = [sys.executable, "-m", "tests.bench.timed_server", str(server.runs), script, "--server.port", str(port),
               "--server.address", "127.0.0.1"]  # fmt: skip
    with serving(command, f"{server.url}/_stcore/health", cwd=ROOT, env=env, log=folder / "log.txt"):
        yield server


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[Page]:
    """Open a page and wait until its chart and its table stand still."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(path=WATCH)
    page.goto(url)
    page.wait_for_selector(".js-plotly-plot .main-svg", state="attached")
    page.wait_for_selector("[data-testid='stDataFrame'] table", state="attached")
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']")
    page.wait_for_timeout(3000)
    yield page
    page.close()


@contextmanager
def opened_floor(browser: Browser | BrowserContext, server: Server) -> Iterator[Page]:
    """Open the page of the floor."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(path=FLOOR_WATCH)
    page.goto(f"{server.url}/?floor")
    page.get_by_role("button", name="Again").wait_for()
    yield page
    page.close()


def click_floor(page: Page) -> float:
    """Click the button of the empty fragment and return the seconds until its number of runs has changed."""
    page.bring_to_front()
    runs = int(page.get_by_text("Run ").inner_text().split()[1])
    page.evaluate("words => deskWatch.arm(['p', words])", f"Run {runs + 1}")
    page.get_by_role("button", name="Again").click()
    page.wait_for_function("() => deskWatch.quiet()", polling=100)
    return float(page.evaluate("deskWatch.times().met")) / 1000


def click_filter(page: Page, server: Server, histories: Sequence[FileHistory]) -> tuple[Clicks, Clicks]:
    """Put the filter on and take it off, and return both clicks."""
    page.bring_to_front()
    codes = [code.strip().upper() for history in histories for code in history.documents.code]
    on, off = Clicks(), Clicks()
    box = type_code(page)
    for kind, key, rows in ((on, "Enter", codes.count(CODE)), (off, "Backspace", len(codes))):
        before = len(server.run_times())
        page.evaluate("rows => clickWatch.arm(rows)", rows)
        box.press(key)
        page.wait_for_function("() => clickWatch.quiet()", polling=100)
        kind.seconds.append(page.evaluate("clickWatch.painted()") / 1000)
        kind.server.append(sum(server.run_times()[before:]))
    return on, off


def type_code(page: Page) -> Locator:
    """Type the code, so that the next key chooses it, and return the box."""
    button = page.locator(".st-key-filters").get_by_test_id("stPopoverButton")
    if button.count() and button.get_attribute("aria-expanded") != "true":
        button.click()
    box = page.get_by_label(LABEL)
    option = page.get_by_role("option").filter(has_text=CODE).first
    for _ in range(20):  # a list that is filled in the very moment of its drawing forgets what was typed
        box.fill(CODE)
        page.wait_for_timeout(700)
        if option.is_visible():
            return box
    sys.exit(f"The filter does not offer {CODE}.")


def printed(label: str, clicks: tuple[Clicks, Clicks]) -> tuple[float, float]:
    """Print a row and give the median and the minimum of all clicks in seconds."""
    cells = "".join(
        f"{statistics.median(found.seconds):10.2f}{min(found.seconds):6.2f}{statistics.median(found.server):8.0f}"
        for found in clicks
    )
    both = [*clicks[0].seconds, *clicks[1].seconds]
    print(f"  {label:12s}{cells}{statistics.median(both):12.2f}{min(both):6.2f}", flush=True)  # noqa: T201
    return statistics.median(both), min(both)


def bench(browser: Browser, folder: Path, *, documents: int, files: int, repeats: int) -> None:
    """Print the rows of one size."""
    histories = long_histories(documents, files=files)
    of = "one file history" if files == 1 else f"{files} file histories"
    print(f"{documents:,} documents of {of}, load average {os.getloadavg()[0]:.1f}")  # noqa: T201
    csv = folder / "documents.csv"
    write_csv(csv, histories)
    store = fill_store(folder / "data" / "store.db", histories)
    with (
        serve("app.py", folder / "ours", REVIEW_STORE_URL=store) as our_server,
        serve("tests/bench/naive_page.py", folder / "naive", NAIVE_DOCUMENTS=str(csv)) as naive_server,
        serve("tests/bench/bare_page.py", folder / "bare") as bare_server,
        opened(browser, f"{our_server.url}/?patents={numbers_of(histories)}") as our_page,
        opened(browser, naive_server.url) as naive_page,
        opened_floor(browser, bare_server) as empty,
    ):
        pages = ((our_page, our_server), (naive_page, naive_server))
        found = [(Clicks(), Clicks()) for _ in pages]
        floor: list[float] = []
        for turn in range(repeats + 1):
            floor += [seconds for _ in range(2) if (seconds := click_floor(empty)) and turn]
            for (page, server), clicks in zip(pages, found, strict=True):
                for kind, click in zip(clicks, click_filter(page, server, histories), strict=True):
                    if turn:  # the first warms up
                        kind.seconds += click.seconds
                        kind.server += click.server
    lowest = statistics.median(floor), min(floor)
    print(f"  {'floor':60s}{'':12s}{lowest[0]:10.2f}{lowest[1]:6.2f}")  # noqa: T201
    ours, naive = printed("ours", found[0]), printed("naive", found[1])
    print(  # noqa: T201
        f"  over the floor {ours[0] - lowest[0]:.2f} s, by minima {ours[1] - lowest[1]:.2f} (aim {AIMS[documents]}); "
        f"ours : naive {ours[0] / naive[0]:.2f}, by minima {ours[1] / naive[1]:.2f} (aim {NAIVE_AIM}); "
        f"load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> None:
    """Print the numbers."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    sizes = [size for size in SIZES if len(sys.argv) < 3 or size[0] == int(sys.argv[2])]
    chromium = find_chromium()
    if chromium is None:
        sys.exit("This benchmark needs a Chromium on the PATH (Debian: apt-get install chromium).")
    print(f"Click of the filter {CODE} to picture, s, and server's script, ms; {repeats} on, {repeats} off")  # noqa: T201
    head = "".join(f"{what:>10s}{'min':>6s}{'server':>8s}" for what in ("on: med.", "off: med."))
    print(f"{'':14s}{head}{'both: med.':>12s}{'min':>6s}")  # noqa: T201
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        for documents, files in sizes:
            with tempfile.TemporaryDirectory() as folder:
                bench(browser, Path(folder), documents=documents, files=files, repeats=repeats)
        browser.close()


if __name__ == "__main__":
    main()
