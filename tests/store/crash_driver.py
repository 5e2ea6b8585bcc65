"""Fork writers, kill each at a random instant, and print what they had been told was done.

Run as `python -m tests.store.crash_driver write|open URL ROUNDS SEED`. Forked, so that two hundred do not take minutes.
"""

import json
import os
import random
import select
import signal
import sys
import time
from typing import NoReturn

from components.store import Store
from tests.store.made import history, reservations


def buy(store: Store, round_: int, call: int) -> str:
    """Reserve and settle one call of three numbers, and give its id."""
    request = f"{round_}-{call}"
    numbers = [f"US{request}-{index}" for index in range(3)]
    store.reserve(reservations(request, *numbers))
    answers = {number: history(f"app {number}", number, "", count=call % 9) for number in numbers}
    store.settle(request, billed=numbers, rest="released", histories=answers)
    return request


def write(store: Store, round_: int, pipe: int) -> NoReturn:
    """Buy for ever, and tell of each call that was settled."""
    call = 0
    while True:
        call += 1
        os.write(pipe, f"{buy(store, round_, call)}\n".encode())


def only_open(url: str, round_: int, pipe: int) -> NoReturn:
    """Make a new store in a folder of its own, and wait for the end."""
    Store.open(url.format(round_), source="sandbox")
    os.write(pipe, b"opened\n")
    while True:
        time.sleep(60)


def main() -> None:
    """Do what the command line says."""
    kind, url, rounds, seed = sys.argv[1:]
    dice = random.Random(seed)  # noqa: S311  # dice, not secrets
    said: list[str] = []
    store = None
    if kind == "write":
        # Forked with all statements compiled, but without a connection: those are made by each child anew.
        store = Store.open(url, source="sandbox")
        said.append(buy(store, -1, 1))
        store.close()
    for round_ in range(int(rounds)):
        hears, pipe = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hears)
            try:
                if store is not None:
                    write(store, round_, pipe)
                only_open(url, round_, pipe)
            finally:
                os._exit(3)  # only an error comes here
        os.close(pipe)
        if dice.random() < 0.5:
            select.select([hears], [], [], 30)  # until it has done something; the others are killed before or while
        time.sleep(dice.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"round {round_} ended by itself: {status}"
        with os.fdopen(hears) as heard:
            said += [line.strip() for line in heard if line.endswith("\n")]
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
