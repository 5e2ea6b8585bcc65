"""How soon a filter click is drawn in Chromium. Run: `python -m tests.bench.bench_click [repeats [documents]]`.

A real server and a real browser (1280 × 900, software rendering) on this machine. A click is the key that puts the
filter of codes on (Enter on the code) or takes it off (Backspace); it is drawn at the second frame after all of these:
the script has ended, the table has the rows expected, and neither table nor chart has changed any more. The clock is
the browser's. Beside it stands what the server's script took meanwhile, which a busy browser on the same cores
lengthens, with Streamlit's collecting of garbage where `runner.postScriptGC` is on; `bench_rerun` measures the script
alone. The naive page is drawn by the same browser, one server after the other.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from components.histories import FileHistory
from tests.bench.long_histories import CODE, fill_store, long_histories, numbers_of, write_csv
from tests.conftest import ROOT, find_chromium, free_port, serving

WATCH = Path(__file__).with_name("click_watch.js")
AIMS = {1_000: 0.5, 10_000: 1.3}
"""Documents → seconds in the default view."""
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


def click_filter(
    page: Page, server: Server, histories: Sequence[FileHistory], *, repeats: int
) -> tuple[Clicks, Clicks]:
    """Put the filter on and take it off so often, after once to warm up, and give both kinds of click."""
    codes = [code.strip().upper() for history in histories for code in history.documents.code]
    box = page.get_by_label(LABEL)
    on, off = Clicks(), Clicks()
    for turn in range(repeats + 1):
        type_code(page)
        for kind, key, rows in ((on, "Enter", codes.count(CODE)), (off, "Backspace", len(codes))):
            before = len(server.run_times())
            page.evaluate("rows => clickWatch.arm(rows)", rows)
            box.press(key)
            page.wait_for_function("clickWatch.quiet()")
            if turn:
                kind.seconds.append(page.evaluate("clickWatch.painted()") / 1000)
                kind.server.append(sum(server.run_times()[before:]))
            box.press("Escape")
            page.wait_for_timeout(300)
    return on, off


def type_code(page: Page) -> None:
    """Type the code, so that the next key chooses it."""
    box = page.get_by_label(LABEL)
    option = page.get_by_role("option").filter(has_text=CODE).first
    for _ in range(20):  # a list that is filled in the very moment of its drawing forgets what was typed
        box.fill(CODE)
        page.wait_for_timeout(700)
        if option.is_visible():
            return
    sys.exit(f"The filter does not offer {CODE}.")


def printed(label: str, clicks: tuple[Clicks, Clicks], *, aim: float | None = None) -> float:
    """Print a row and give the median of all clicks in seconds."""
    cells = "".join(
        f"{statistics.median(found.seconds):10.2f}{min(found.seconds):6.2f}{statistics.median(found.server):8.0f}"
        for found in clicks
    )
    median = statistics.median([*clicks[0].seconds, *clicks[1].seconds])
    wanted = "" if aim is None else f"{aim:5.1f}"
    print(f"  {label:32s}{cells}{median:12.2f}{wanted}", flush=True)  # noqa: T201
    return median


def bench(browser: Browser, folder: Path, *, documents: int, files: int, repeats: int) -> None:
    """Print the rows of one size."""
    histories = long_histories(documents, files=files)
    of = "one file history" if files == 1 else f"{files} file histories"
    print(f"{documents:,} documents of {of}")  # noqa: T201
    csv = folder / "documents.csv"
    write_csv(csv, histories)
    with serve(
        "app.py", folder / "ours", REVIEW_STORE_URL=fill_store(folder / "data" / "store.db", histories)
    ) as server:
        address = f"{server.url}/?patents={numbers_of(histories)}"
        with opened(browser, address) as page:
            clicks = click_filter(page, server, histories, repeats=repeats)
            ours = printed("key events", clicks, aim=AIMS[documents])
        with opened(browser, f"{address}&timeline=filtered") as page:
            printed("timeline filtered too", click_filter(page, server, histories, repeats=repeats))
    with (
        serve("tests/bench/naive_page.py", folder / "naive", NAIVE_DOCUMENTS=str(csv)) as server,
        opened(browser, server.url) as page,
    ):
        naive = printed("naive page", click_filter(page, server, histories, repeats=repeats))
    print(f"  naive : ours = {naive / ours:.1f}")  # noqa: T201


def main() -> None:
    """Print the numbers."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    sizes = [size for size in SIZES if len(sys.argv) < 3 or size[0] == int(sys.argv[2])]
    chromium = find_chromium()
    if chromium is None:
        sys.exit("This benchmark needs a Chromium on the PATH (Debian: apt-get install chromium).")
    print(f"Click of the filter {CODE} to picture, s, and server's script, ms; {repeats} on, {repeats} off")  # noqa: T201
    head = "".join(f"{what:>10s}{'min':>6s}{'server':>8s}" for what in ("on: med.", "off: med."))
    print(f"{'':34s}{head}{'both: med.':>12s}{'aim':>5s}")  # noqa: T201
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
