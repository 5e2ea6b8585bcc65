"""Reading pages: seconds a page, and memory. Run: `python -m tests.bench.bench_ocr speed | memory [--pages N]`.

`speed` reads pages that are made in the run, one after another and so many at once as there are cores: full pages of
text as scans (clean; askew and speckled), and the same as text. It does so with each engine that this machine has, and
with the scans of `../shared/data/papers` where they are there. The text layer and the making of a scan are part of it.

`memory` makes a scanned file of 500 pages and reads it whole, as many pages at once as there are cores. Printed is the
peak of the proportional set size (what a process takes, shared pages divided among those that share them) of this
process and all below it, over this process before it has begun; seen ten times a second. The aim is at most 300 MB.
"""

import argparse
import os
import platform
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from components.page_reading import PageReader
from components.page_reading.engines import find_engine
from components.page_reading.engines.engine import Engine, EngineReading, Scan
from components.page_texts import Box, PageText, Word
from components.settings import Settings
from tests.page_reading.made_papers import ACTION, picture_of, scan_pdf, text_pdf

PATIENCE = 600.0
CORES = os.cpu_count() or 1
FULL_PAGE = [*ACTION, "", *ACTION, "", *ACTION, "", *ACTION[:4]]
"""31 lines."""
MB = 1_000_000
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers"


def main() -> None:
    """Measure what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=("speed", "memory"))
    options.add_argument("--pages", type=int, default=500, help="of the scanned file whose memory is measured")
    options.add_argument("--read", type=int, default=500, help="so many of them are read, from all over the file")
    options.add_argument("--stand-in", action="store_true", help="in place of an engine: memory of all but the engine")
    options.add_argument("--each", type=int, default=8, help="pages of each kind that are made for the speed")
    chosen = options.parse_args()
    say(f"{CORES} cores, {platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    if chosen.what == "speed":
        report_speed(chosen.each)
    else:
        report_memory(chosen.pages, chosen.read, StandIn() if chosen.stand_in else find_engine(Settings()))
    say(f"load at the end {os.getloadavg()[0]:.1f}")


def report_speed(pages: int) -> None:
    """Print the seconds a page, of each kind and by each engine."""
    kinds: dict[str, Callable[[], bytes]] = {
        "text": lambda: text_pdf(*[FULL_PAGE] * pages),
        "scans": lambda: scan_pdf(*[FULL_PAGE] * pages),
        "scans askew and speckled": lambda: scan_pdf(*[FULL_PAGE] * pages, skew=1.5, speckle=0.001),
    }
    kinds |= {file.name: file.read_bytes for file in sorted(SHARED.glob("us_*/*")) if file.suffix.lower() == ".pdf"}
    for engine in engines():
        say(f"\n{engine.name}, {', '.join(sorted(engine.languages))}")
        with closing(PageReader(engine, page_seconds=PATIENCE, engine_seconds=PATIENCE)) as reader:
            for kind, make in kinds.items():
                pdf = make()
                alone, _ = read_whole(reader, f"{kind} alone", pdf, at_once=1)
                together, texts = read_whole(reader, kind, pdf, at_once=CORES)
                words = sum(len(text.words) for text in texts)
                say(f"  {kind}: {len(texts)} pages, {words} words: {alone / len(texts):.2f} s a page, "
                    f"{together / len(texts):.2f} with {CORES} at once")  # fmt: skip


def engines() -> Iterator[Engine]:
    """Yield the engines of this machine, each once."""
    known = set()
    for choice in ("", "rapidocr"):
        with suppress(Exception):
            engine = find_engine(Settings(review_ocr=choice))
            if engine is not None and engine.name not in known:
                known.add(engine.name)
                yield engine


def read_whole(reader: PageReader, paper: str, pdf: bytes, *, at_once: int) -> tuple[float, Sequence[PageText]]:
    """Return how long a file takes, and its pages."""
    pages = reader.pages(paper, lambda: pdf)
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        numbers = range(1, pages + 1)
        texts = list(pool.map(lambda page: reader.read(paper, lambda: pdf, page, languages=("eng",)), numbers))
    return time.perf_counter() - began, texts


class StandIn:
    """Finds 400 words on every page at once."""

    name = "stand-in for an engine"
    languages = frozenset({"eng"})

    def read(self, scan: Scan, *, languages: Sequence[str], seconds: float) -> EngineReading:  # noqa: ARG002
        """Find them."""
        box = Box(0.1, 0.1, 0.2, 0.2)
        return EngineReading(tuple(Word(f"word{number}", box, number // 10, 90) for number in range(400)), "eng")

    def close(self) -> None:
        """Do nothing."""


def report_memory(pages: int, some: int, engine: Engine | None) -> None:
    """Print the peak of memory of reading pages of a scanned file."""
    if engine is None:
        sys.exit("no engine is installed")
    with tempfile.TemporaryDirectory() as folder, closing(PageReader(engine, engine_seconds=PATIENCE)) as reader:
        file = Path(folder) / "scan.pdf"
        write_scan(file, pages)
        base = memory_of(os.getpid())
        with Watch() as watch, ThreadPoolExecutor(CORES) as pool:
            paper = str(file)
            count = reader.pages(paper, file.read_bytes)
            began = time.perf_counter()
            numbers = range(1, count + 1, max(1, count // some))
            outcomes = list(pool.map(lambda page: read_one(reader, file, page).outcome, numbers))
            seconds = time.perf_counter() - began
        say(f"{engine.name}: {count} pages, {file.stat().st_size / MB:.1f} MB; {outcomes.count('read')} read in "
            f"{seconds:.0f} s, {seconds / len(outcomes):.2f} a page")  # fmt: skip
    own, below = watch.own / MB, watch.below / MB
    say(f"  base {base / MB:.0f} MB; at the peak {watch.most / MB:.0f} MB: {(watch.most - base) / MB:.0f} MB over it")
    say(f"  by itself: this process at most {own:.0f} MB, those below it at most {below:.0f} MB")


def read_one(reader: PageReader, file: Path, page: int) -> PageText:
    """Return a page."""
    return reader.read(str(file), file.read_bytes, page, languages=("eng",))


def write_scan(file: Path, pages: int) -> None:
    """Write a scanned file in a process of its own: black and white, packed as fax is, ten pages again and again.

    Two of ten are full of text and the others a quarter full, so that the run takes minutes and not an hour.
    """
    if (child := os.fork()) == 0:
        texts = [[*(ACTION if number % 5 else FULL_PAGE), f"page {number}"] for number in range(10)]
        pictures = [picture_of(lines, skew=0.3 * (len(lines) % 4), speckle=0.0005) for lines in texts]
        rest = (pictures[number % 10] for number in range(1, pages))
        pictures[0].save(file, "PDF", resolution=300, save_all=True, append_images=rest)
        os._exit(0)
    os.waitpid(child, 0)


class Watch:
    """Looks at the memory of this process and all below it until it is left."""

    def __init__(self) -> None:
        self.most = self.own = self.below = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            own = memory_of(os.getpid())
            below = sum(memory_of(pid) for pid in children_of(os.getpid()))
            self.most = max(self.most, own + below)
            self.own, self.below = max(self.own, own), max(self.below, below)


def memory_of(pid: int) -> int:
    """Return the proportional set size of a process in bytes; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def children_of(pid: int) -> set[int]:
    """Return the processes below a process."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    below: set[int] = set()
    while new := {child for child, parent in parents.items() if parent in below | {pid}} - below:
        below |= new
    return below


def say(words: str) -> None:
    """Print a line at once."""
    print(words, flush=True)  # noqa: T201 - a benchmark says what it measured


if __name__ == "__main__":
    main()
