"""A cold look-up: speed and memory. Run: `python -m tests.bench.bench_look_up [speed|slow|memory] [--repeats N]`.

`speed` looks up 100 patents of 100 documents at a service with 50 ms of latency and prints, all in the same run and
at the same service (`prepared_service.py`, a process of its own):

* the look-up from the typed numbers to the end of its job, on a new store each time: in a new process (its first
  look-up) and repeated in one process;
* a plain loop of `httpx.post`, one call a patent, limit 1,000, no session;
* the latency bound: rounds of calls that are needed, times the latency;
* the CPU of the work that cannot be avoided, with this project's own reader and store: the same bodies, already
  received, read one after another and saved in one transaction, by one thread.

The aims: the loop takes at least 60 times as long as the look-up, and the look-up is over the bound by at most 1.5
times that CPU. Each is printed for an answer as it is and for one that is compressed. `slow` is the same at 5 s, where
the loop is extrapolated from three calls. `memory` looks up 100 patents of 5,000 documents and prints the peak of
resident memory over that of the opened, idle desk; the aim is at most 300 MB.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from components.desk import Desk, open_desk
from components.numbers import parse
from components.patsnap.envelope import read_answer
from components.patsnap.paging import PagedHistory
from components.patsnap.parsed_answer import match_entries, parse_answer, read_pages
from components.settings import Settings
from components.store import Store
from tests.bench.prepared_service import patent_number

PATENTS = 100
BATCH = 25
MB = 1024 * 1024
_KEY = "sk-bench"
_PATH = "/advanced-patent-data/overseas-patent-documents"


def main() -> None:
    """Run the parts that are asked for."""
    options = argparse.ArgumentParser()
    options.add_argument("part", nargs="*", default=["speed"])
    options.add_argument("--repeats", type=int, default=7)
    chosen = options.parse_args()
    say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    match chosen.part:
        case ["speed"]:
            for compressed in (False, True):
                report_speed(latency=0.05, compressed=compressed, repeats=chosen.repeats, loop_calls=PATENTS)
        case ["slow"]:
            report_speed(latency=5.0, compressed=False, repeats=min(3, chosen.repeats), loop_calls=3)
        case ["memory"]:
            report_memory(documents=5000)
        case ["look-up", address]:
            print(json.dumps(look_up(address)))  # noqa: T201 - read by `in_new_process`
        case ["reference", address]:
            print(json.dumps(read_and_save(address)))  # noqa: T201
        case _:
            options.error("speed, slow or memory")
    say(f"load at the end {os.getloadavg()[0]:.2f}")


def report_speed(*, latency: float, compressed: bool, repeats: int, loop_calls: int) -> None:
    """Measure and print the ratios for one service, all in turn, so that what else the machine does meets all."""
    first, later, references, loop = [], [], [], []
    with service(100, latency=latency, compressed=compressed) as address:
        look_up(address)
        for _ in range(repeats):
            first.append(in_new_process("look-up", address))
            references.append(in_new_process("reference", address))
            loop += timed_loop(address, math.ceil(loop_calls / repeats))
            later.append(look_up(address))
    bound = latency  # four calls at once by eight workers: one round
    whole_loop = statistics.mean(loop) * PATENTS
    say(f"\n{latency * 1000:,.0f} ms, {'gzip' if compressed else 'identity'}; bound {bound * 1000:,.0f} ms")
    say(f"  loop of httpx.post, from {len(loop)} calls: {whole_loop:.2f} s")
    for label, runs, name in (("first in a process", first, "first"), ("later in a process", later, "later")):
        walls = [run["wall"] for run in runs]
        costs = [reference[name] for reference in references]
        say(f"  {label}: read and saved in one transaction, CPU {in_words(costs)}")
        say(f"    look-up {in_words(walls)}, CPU {in_words([run['cpu'] for run in runs])}")
        for kind, wall, cost in (
            ("minima", min(walls), min(costs)),
            ("medians", statistics.median(walls), statistics.median(costs)),
        ):
            ratio = f"the loop takes {whole_loop / wall:.1f} ×"
            say(f"    {kind}: {ratio}; over the bound by {(wall - bound) / cost:.2f} × that CPU")


def report_memory(*, documents: int) -> None:
    """Measure and print peak memory and time of a look-up of long file histories."""
    with service(documents, latency=0.05, compressed=False) as address:
        run = in_new_process("look-up", address)
    say(f"\n{PATENTS} × {documents:,} documents: {run['wall']:.1f} s, CPU {run['cpu']:.1f} s")
    idle, peak = run["idle"] / MB, run["peak"] / MB
    say(f"  idle {idle:.0f} MB, peak {peak:.0f} MB: {peak - idle:.0f} MB over it")


def look_up(address: str) -> dict[str, float]:
    """Look all patents up on a new store; return seconds, CPU seconds, and bytes resident before and at the peak."""
    with desk(address) as opened:
        typed = "\n".join(patent_number(index) for index in range(PATENTS))
        idle = resident("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # begin a new peak
        start, used = time.perf_counter(), time.process_time()
        job = opened.lookups.start(opened.lookups.plan(parse(typed)))
        progress = job.wait()
        wall, cpu = time.perf_counter() - start, time.process_time() - used
        peak = resident("VmHWM")
        if progress.state != "finished" or progress.charged < PATENTS:
            raise RuntimeError(f"{progress.state} {progress.message} {progress.charged}")
        if len(opened.store.headlines()) != PATENTS:
            raise RuntimeError("not all of them are held")
    return {"wall": wall, "cpu": cpu, "idle": idle, "peak": peak}


def read_and_save(address: str) -> dict[str, float]:
    """Read the bodies of the same answers and save them in one transaction; return CPU seconds of the process.

    Returns:
        `first`, what it takes at first, and `later`, the minimum of three more times.
    """
    numbers = [patent_number(index) for index in range(PATENTS)]
    batches = [tuple(numbers[start : start + BATCH]) for start in range(0, PATENTS, BATCH)]
    bodies = [ask(address, batch).content for batch in batches]
    seconds = []
    for _ in range(4):
        with desk(address) as opened:
            used = time.process_time()
            save(opened.store, batches, bodies)
            seconds.append(time.process_time() - used)
            if len(opened.store.headlines()) != PATENTS:
                raise RuntimeError("not all of them are held")
    return {"first": seconds[0], "later": min(seconds[1:])}


def save(store: Store, batches: Sequence[tuple[str, ...]], bodies: Sequence[bytes]) -> None:
    """Read all answers, then save what they brought in one transaction."""
    histories = {}
    for batch, body in zip(batches, bodies, strict=True):
        envelope = read_answer(body)
        matching = match_entries(envelope, batch, "patent_number")
        paged: dict[str, PagedHistory] = {}
        sizes = read_pages(batch, matching, paged, limit=1000, retrieved=datetime.now(UTC))
        answer = parse_answer(batch, matching, sizes, paged, limit=1000, is_single=envelope.is_single)
        histories.update(answer.histories)
    store.settle("reference", billed=(), rest="released", histories=histories)


def timed_loop(address: str, calls: int) -> Iterator[float]:
    """Yield the seconds of each call of a plain loop."""
    for index in range(calls):
        start = time.perf_counter()
        ask(address, (patent_number(index),)).json()
        yield time.perf_counter() - start


def ask(address: str, numbers: Sequence[str]) -> httpx.Response:
    """Ask as a script would: a connection for each call."""
    body = {"patent_number": ",".join(numbers), "limit": 1000}
    return httpx.post(address + _PATH, json=body, headers={"Authorization": f"Bearer {_KEY}"}, timeout=60)


@contextmanager
def desk(address: str) -> Iterator[Desk]:
    """Open a desk with a new store, as the app does."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o700)
        opened = open_desk(
            Settings(patsnap_api_key=_KEY, patsnap_base_url=address, review_store_url=f"sqlite:///{folder}/store.db")
        )
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def service(documents: int, *, latency: float, compressed: bool) -> Iterator[str]:
    """Start the service in a process of its own; yield its base address."""
    command = [sys.executable, "-m", "tests.bench.prepared_service", "--patents", str(PATENTS)]
    command += ["--documents", str(documents), "--latency", str(latency), "--batch", str(BATCH)]
    command += ["--gzip"] * compressed
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


def in_new_process(part: str, address: str) -> dict[str, float]:
    """Measure a part in a new process."""
    command = [sys.executable, "-m", "tests.bench.bench_look_up", part, address]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(output)
    return measured


def resident(name: str) -> int:
    """Return the bytes of resident memory now (`VmRSS`) or at their peak (`VmHWM`); 0 outside Linux."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(name + ":"))


def in_words(seconds: Sequence[float]) -> str:
    """Return minimum and median in milliseconds."""
    return f"min {min(seconds) * 1000:,.0f} ms, median {statistics.median(seconds) * 1000:,.0f} ms"


def say(words: str) -> None:
    """Print a line."""
    if sys.argv[1:2] not in (["look-up"], ["reference"]):
        print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
