"""What other processes do in the tests: real ones, started afresh, that share nothing but the database."""

import multiprocessing
import random
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from components.patsnap.pace import Pace
from components.store import CapReached, Caps, Store, files
from tests.store.made import history, reservations

AFRESH = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
"""Starts processes that have inherited nothing: no connection, no thread. A server of the system's that has imported
this module and nothing else forks them, where there is such a thing, since importing takes longer than the work."""
AFRESH.set_forkserver_preload([__name__])


def _run(work: Callable[..., Any], start: Barrier, answers: "Queue[Any]", index: int, arguments: Sequence[Any]) -> None:
    start.wait(60)
    try:
        answers.put((work(index, *arguments), None))
    except Exception as error:
        answers.put((None, repr(error)))
        raise


def in_processes(count: int, work: Callable[..., Any], *arguments: Any) -> list[Any]:
    """Run `work(index, *arguments)` in several processes that begin at the same moment, and give what each returned."""
    start, answers = AFRESH.Barrier(count), AFRESH.Queue()
    processes = [
        AFRESH.Process(target=_run, args=(work, start, answers, index, arguments), daemon=True)
        for index in range(count)
    ]
    for process in processes:
        process.start()
    given = []
    for _ in processes:
        answer, error = answers.get(timeout=600)
        assert error is None, error
        given.append(answer)
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    return given


def open_and_close(index: int, url: str) -> str:
    """Open the store and leave a fact in it, whose name is returned."""
    with Store.open(url, source="sandbox") as store:
        store.save_fact(f"process {index}", "here")
    return f"process {index}"


def make_fact(index: int, url: str) -> set[str]:
    """Ask for one fact from eight threads, and give all answers."""
    with Store.open(url, source="sandbox") as store, ThreadPoolExecutor(8) as pool:
        return set(pool.map(lambda thread: store.fact_or("key", lambda: f"{index}-{thread}"), range(8)))


def buy_each_once(index: int, url: str, numbers: Sequence[str]) -> list[str]:
    """Let eight threads want all the numbers, each in an order of its own, and give those that were bought here."""
    bought: list[str] = []

    def want(thread: int) -> None:
        holder = f"{index}-{thread}"
        wanted = list(numbers)
        random.Random(holder).shuffle(wanted)  # noqa: S311  # dice, not secrets
        while wanted:
            obtained = store.lease(wanted[:5], holder=holder)
            missing = sorted(obtained - store.resolve(obtained).keys())
            if missing:
                request = uuid.uuid4().hex
                store.reserve(reservations(request, *missing, run=holder))
                bought.extend(missing)  # here the service would be called
                histories = {number: history(f"app {number}", number, f"id {number}") for number in missing}
                store.settle(request, billed=missing, rest="released", histories=histories)
            store.release(obtained, holder=holder)
            held = store.resolve(wanted)
            wanted = [number for number in wanted if number not in held]
            if wanted and not obtained:
                time.sleep(0.01)

    with Store.open(url, source="sandbox") as store:
        _in_threads(8, want)
    return bought


def reserve_until_refused(index: int, url: str, caps: Caps) -> int:
    """Let eight threads reserve one to three numbers at a time until even one does not fit; give how many did."""
    reserved: list[int] = []

    def spend(thread: int) -> None:
        dice = random.Random(f"{index}-{thread}")  # noqa: S311  # dice, not secrets
        count = 3
        while count:
            numbers = [f"US{index}{thread}{offset}" for offset in range(count)]
            request = uuid.uuid4().hex
            try:
                store.reserve(reservations(request, *numbers, run="shared"))
            except CapReached:
                count -= 1
                continue
            reserved.append(count)
            # What is released may be reserved again; what is uncertain or billed may not.
            fate = dice.choice(["billed", "uncertain", "released", "left"])
            if fate == "released" and dice.random() < 0.5:
                store.settle(request, billed=(), rest="released")
                reserved.append(-count)
            elif fate == "uncertain":
                store.settle(request, billed=(), rest="uncertain")
            elif fate == "billed":
                store.settle(request, billed=numbers, rest="released")
            count = min(count, dice.randint(1, 3))

    with Store.open(url, source="sandbox", caps=caps) as store:
        _in_threads(8, spend)
    return sum(reserved)


def reserve_and_stay(url: str, ready: Connection) -> None:
    """Reserve two numbers, say so, and live until killed."""
    store = Store.open(url, source="sandbox")
    store.reserve(reservations("theirs", "US1", "US2"))
    ready.send("reserved")
    time.sleep(600)


def lease_and_stay(url: str, ready: Connection) -> None:
    """Lease a number, say so, and live until killed."""
    store = Store.open(url, source="sandbox")
    store.lease(["US1"], holder="theirs:1")
    ready.send("leased")
    time.sleep(600)


def lease_reserve_and_stay(url: str, ready: Connection) -> None:
    """Lease two numbers, reserve them, say so, and live until killed."""
    store = Store.open(url, source="sandbox")
    store.lease(["US1", "US2"], holder="theirs:1")
    store.reserve(reservations("theirs", "US1", "US2"), holder="theirs:1")
    ready.send("reserved")
    time.sleep(600)


def begin_look_up_and_stay(url: str, ready: Connection) -> None:
    """Begin a look-up, say so, and live until killed."""
    store = Store.open(url, source="sandbox")
    store.begin_look_up("theirs", user="ada", numbers=[("us 1", "US1")])
    ready.send("begun")
    time.sleep(600)


def hold_setup_lock(file: str, system: str, pipe: Connection) -> None:
    """Hold the lock on a store's file, say so, and release it when sent anything.

    Args:
        file: the store.
        system: what this process believes to run on from now on, as in `sys.platform`.
        pipe: the way to the test.
    """
    sys.platform = system
    with files.setup_lock(Path(file)):
        pipe.send("held")
        pipe.recv()
    pipe.send("ended")
    pipe.recv()


def _in_threads(count: int, work: Callable[[int], None]) -> None:
    start = threading.Barrier(count)

    def begin(thread: int) -> None:
        start.wait(60)
        work(thread)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(begin, range(count)))


def count_in_pace(_index: int, url: str, times: int) -> None:
    """Count on, so many times, in the text that all processes share."""
    with Store.open(url, source="sandbox") as store:
        for _ in range(times):
            store.change_pace(lambda state, _: str(int(state or 0) + 1))


def take_turns(_index: int, url: str, qps: float, count: int) -> list[float]:
    """Take so many turns of the pace that all processes share, four threads at once, and give when they were."""
    with Store.open(url, source="sandbox") as store, ThreadPoolExecutor(4) as pool:
        pace = Pace(qps, shared=store)
        return [future.result() / 1e6 for future in [pool.submit(pace.wait) for _ in range(count)]]
