"""How close look-ups come to the rate of an account, and how many calls are refused.

Run: `python -m tests.bench.bench_rate [--qps 5 10 20] [--unknown] [--calls 200] [--workers 8]
[--simulate 200]`.

A server on a real socket counts calls in one of three ways and refuses what is too fast, in turn with HTTP 429 and with
the code 67200002. With jitter, each call is counted up to 200 ms after it was sent, at random (100 ms sooner or later
than others). Real clients, in one process or in three that share a store, ask for one patent in each call and write
every call to the ledger of that store. The elapsed time, from the first call to the last answer, is divided by the
bound: calls / QPS. A process's start is not counted; its first
connection and its first statements are.
"""

import argparse
import itertools
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from components.histories import FileHistory
from components.patsnap import Call, CallOutcome, Client
from components.settings import Settings
from components.store import Reservation, Store
from tests.patsnap.rate_limits import FixedWindows, RateLimit, SlidingWindow, TokenBucket
from tests.patsnap.rate_simulation import look_up as simulated_look_up
from tests.patsnap.service import Asked, Reply, Server, document, entry, envelope, refusal
from tests.store.postgres import running_server
from tests.store.workers import AFRESH, in_processes

LATENCY = 0.1
"""Seconds that an answer takes."""
LIMITS: dict[str, Callable[[float], RateLimit]] = {
    "fixed windows": FixedWindows,
    "sliding windows": SlidingWindow,
    "token bucket": TokenBucket,
    "bucket of one": partial(TokenBucket, capacity=1),
}
NewStore = Callable[[], str]
"""Gives the address of an empty store."""


class CountingService:
    """Answers calls within a limit, refuses the others, and counts both."""

    def __init__(self, limit: RateLimit, *, jitter: float) -> None:
        self.served = self.refused = 0
        self._limit = limit
        self._jitter = jitter
        self._refusals = itertools.cycle([refusal(67200002), Reply(status=429)])
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Reply:
        """Answer one call."""
        time.sleep(random.uniform(0, 2 * self._jitter))  # noqa: S311 - dice, not secrets
        with self._lock:
            if not self._limit.admits(time.monotonic()):
                self.refused += 1
                return next(self._refusals)
            self.served += 1
        return Reply(envelope([entry(number, [document(1)]) for number in asked.numbers]), delay=LATENCY)


class Ledger:
    """A spend hook that writes to the store what the app writes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check(self) -> None:
        """Never end a wait."""

    def reserve(self, call: Call) -> None:
        """Reserve the call."""
        self._store.reserve(
            [Reservation(request_id=call.request_id, number=name, user="", run="") for name in call.numbers]
        )

    def goes_on(self, number: str) -> bool:
        """Want every page."""
        return bool(number)

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Settle the call and keep what it brought."""
        histories: dict[str, FileHistory] = dict(outcome.histories)
        self._store.settle(call.request_id, billed=outcome.billed, rest="released", histories=histories)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is measured."""

    kind: str
    qps: float
    known: bool
    jitter: float
    processes: int
    calls: int
    workers: int


def look_up(index: int, plan: Plan, base: str, store_url: str, ready: Barrier) -> tuple[float, float]:
    """Make this process's part of the calls; give when it began and ended, by the clock of the machine."""
    settings = Settings(
        patsnap_base_url=base,
        patsnap_api_key="sk-bench",
        patsnap_qps=plan.qps if plan.known else None,
        patsnap_workers=plan.workers,
    )
    numbers = [f"US{1_000_000 + call}" for call in range(index, plan.calls, plan.processes)]
    with Store.open(store_url, source=base) as store, ThreadPoolExecutor(plan.workers) as pool:
        client = Client.from_settings(settings, shared_pace=store)
        fetch = partial(client.fetch, spend_hook=Ledger(store))
        ready.wait(60)
        begun = time.monotonic()
        found = list(pool.map(fetch, [[number] for number in numbers]))
        ended = time.monotonic()
        client.close()
    failed = [failure for result in found for failure in result.failed.values()]
    if failed:
        print(f"{len(failed)} calls failed: {failed[0]}")  # noqa: T201
    return begun, ended


@dataclass(frozen=True)
class Measured:
    """What came of one run."""

    elapsed: float
    served: int
    refused: int


def run(plan: Plan, store_url: str) -> Measured:
    """Run one service and its clients."""
    service = CountingService(LIMITS[plan.kind](plan.qps), jitter=plan.jitter)
    with Server(service).running() as server:
        times = in_processes(plan.processes, look_up, plan, server.base, store_url, AFRESH.Barrier(plan.processes))
    elapsed = max(ended for _, ended in times) - min(begun for begun, _ in times)
    return Measured(elapsed, service.served, service.refused)


@contextmanager
def stores() -> Iterator[dict[str, NewStore]]:
    """Give the ways to make stores."""
    with tempfile.TemporaryDirectory() as folder, running_server() as postgres:
        names = itertools.count()
        yield {
            "SQLite": lambda: f"sqlite:///{Path(folder) / str(next(names)) / 'store.db'}",
            "PostgreSQL": lambda: postgres.url(postgres.schema()),
        }


def bench(qps: float, *, known: bool, calls: int, workers: int, kinds: Sequence[str]) -> None:
    """Print the rows of one rate."""
    with stores() as new_store:
        for (processes, store), jitter in itertools.product(
            [(1, "SQLite"), (3, "SQLite"), (3, "PostgreSQL")], [0.0, 0.1]
        ):
            for kind in kinds:
                plan = Plan(
                    kind=kind, qps=qps, known=known, jitter=jitter, processes=processes, calls=calls, workers=workers
                )
                found = run(plan, new_store[store]())
                figures = (found.elapsed / (found.served / qps), 100 * found.refused / found.served)
                how = f"{processes}, {store}"
                print_row(qps, known=known, kind=kind, jitter=jitter, how=how, calls=found.served, found=figures)


def simulate(qps: float, *, known: bool, calls: int, workers: int, runs: int) -> None:
    """Print the rows of one rate in simulated time: means of so many runs, against all kinds of services."""
    for kind, jitter in itertools.product(LIMITS, [0.0, 0.1]):
        outcomes = [
            simulated_look_up(
                LIMITS[kind](qps), qps if known else None, calls=calls, jitter=jitter, workers=workers, seed=seed
            )
            for seed in range(runs)
        ]
        elapsed = statistics.fmean(outcome.seconds for outcome in outcomes) / (calls / qps)
        refused = 100 * statistics.fmean(outcome.refused for outcome in outcomes) / calls
        print_row(qps, known=known, kind=kind, jitter=jitter, how="simulated", calls=calls, found=(elapsed, refused))


def print_row(
    qps: float, *, known: bool, kind: str, jitter: float, how: str, calls: int, found: tuple[float, float]
) -> None:
    """Print one row: elapsed time over the bound, and how many of a hundred calls were refused."""
    rate = f"{qps:g}" if known else f"{qps:g}, not known"
    delays = "± 100 ms" if jitter else "none"
    print(f"| {rate} | {kind} | {delays} | {how} | {calls} | {found[0]:.3f} | {found[1]:.1f} |", flush=True)  # noqa: T201


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--qps", type=float, nargs="+", default=[5.0, 10.0, 20.0])
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--workers", type=int, default=8, help="of each process")
    parser.add_argument("--unknown", action="store_true", help="the rate is not configured")
    parser.add_argument("--kinds", nargs="+", default=list(LIMITS)[:3])
    parser.add_argument("--simulate", type=int, metavar="RUNS", help="in simulated time, means of so many runs")
    chosen = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201
    print("| QPS | service counts by | jitter | processes, store | calls | elapsed / bound | refused, % |")  # noqa: T201
    print("| --- | --- | --- | --- | --- | --- | --- |")  # noqa: T201
    for qps in chosen.qps:
        same = {"known": not chosen.unknown, "calls": chosen.calls, "workers": chosen.workers}
        if chosen.simulate:
            simulate(qps, **same, runs=chosen.simulate)
        else:
            bench(qps, **same, kinds=chosen.kinds)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
