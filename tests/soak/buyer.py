"""A process that looks up a list with the shipped defaults, until it is ended from outside."""

import multiprocessing
import os
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from components.desk import Desk, open_desk
from components.lookups import Progress
from components.numbers import parse
from components.settings import Settings

AFRESH = multiprocessing.get_context("forkserver")
"""Starts processes that have inherited nothing; a server that has imported this module forks them."""
AFRESH.set_forkserver_preload([__name__])


def open_shipped(base_url: str, store_url: str, **settings: object) -> Desk:
    """Open a desk with the shipped defaults, but for the settings that are given, and with an account."""
    account = {"patsnap_api_key": "sk-test", "patsnap_base_url": base_url}
    return open_desk(Settings(**account, review_store_url=store_url, **settings))


def start_buyer(base_url: str, store_url: str, typed: list[str], *, seed: float) -> tuple[BaseProcess, Connection]:
    """Start a process that looks these numbers up once it is told to `go`.

    It says `opened`, `begun` and at last how its look-up ended.
    """
    here, there = AFRESH.Pipe()
    process = AFRESH.Process(target=_look_up, args=(base_url, store_url, typed, seed, there), daemon=True)
    process.start()
    there.close()
    return process, here


def start_sessions(
    base_url: str, store_url: str, names: list[tuple[str, ...]], *, sessions: int, seed: float, **settings: object
) -> tuple[BaseProcess, Connection]:
    """Start a process in which several sessions look the same applications up, each by its own names and order.

    It says `opened`, and at last how many numbers its sessions did not get, by state.
    """
    here, there = AFRESH.Pipe()
    arguments = (base_url, store_url, names, sessions, seed, settings, there)
    process = AFRESH.Process(target=_hold_sessions, args=arguments, daemon=True)
    process.start()
    there.close()
    return process, here


def kill(process: BaseProcess) -> None:
    """End a process as a power cut does, if it still runs."""
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.join(30)


def _look_up(base_url: str, store_url: str, typed: list[str], seed: float, pipe: Connection) -> None:
    """Look the numbers up in a random order; SIGTERM closes the desk as the app does when it is deployed anew."""
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    desk = open_shipped(base_url, store_url)
    pipe.send("opened")
    pipe.recv()
    numbers = list(typed)
    random.Random(seed).shuffle(numbers)  # noqa: S311 - dice, not secrets
    job = desk.lookups.start(desk.lookups.plan(parse("\n".join(numbers))))
    pipe.send("begun")
    while not job.ended and not ending.wait(0.01):
        pass
    desk.close()
    progress: Progress = job.snapshot()
    pipe.send((progress.state, progress.message, progress.charged, progress.uncertain))


def _hold_sessions(  # noqa: PLR0917 - as `Process` hands them on
    base_url: str,
    store_url: str,
    names: list[tuple[str, ...]],
    sessions: int,
    seed: float,
    settings: dict[str, object],
    pipe: Connection,
) -> None:
    """Let sessions look up, at the same moment, one name of each application."""
    desk = open_shipped(base_url, store_url, **settings)
    pipe.send("opened")
    start = threading.Barrier(sessions)

    def look_up(session: int) -> Counter[str]:
        dice = random.Random(f"{seed} {session}")  # noqa: S311 - dice, not secrets
        typed = [dice.choice(known) for known in names]
        dice.shuffle(typed)
        start.wait(60)
        job = desk.lookups.start(desk.lookups.plan(parse("\n".join(typed))))
        return Counter(outcome.state for outcome in job.wait(120).outcomes if outcome.state not in {"held", "fetched"})

    with ThreadPoolExecutor(sessions) as pool:
        missed = sum(pool.map(look_up, range(sessions)), Counter[str]())
    desk.close()
    pipe.send(missed)
