"""The inside of a process of its own: takes orders and answers each, until the app closes it or dies.

`processes` starts it, and ends it where it takes too long. Nothing is loaded here but this room and what its workers
need: what a hostile PDF may reach is this process alone, which was given no secret, and a page.
"""

import importlib
import os
import queue
import sys
import threading
from collections.abc import Mapping
from typing import IO, Any, Protocol

from components.confined.bounds import MAX_MEMORY
from components.confined.limits import confine_to_fonts, limit_this_process
from components.confined.messages import Facts, read_message, write_message


class Worker(Protocol):
    """What answers orders; a worker's module has one of this name."""

    def answer(self, order: Mapping[str, Any], data: bytes) -> tuple[Facts, bytes]:
        """Return facts and bytes."""


def answers_of_this_process() -> IO[bytes]:
    """Return the standard output, and lead what libraries print elsewhere: it would break the messages."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return answers


def _take_orders(orders: "queue.SimpleQueue[tuple[dict[str, Any], bytes]]") -> None:
    """Hand on orders, and end the process at once when no more can come, whatever is being done."""
    while True:
        try:
            orders.put(read_message(sys.stdin.buffer))
        except (EOFError, OSError):
            os._exit(0)


def main(name: str) -> None:
    """Answer orders until there are no more.

    Args:
        name: of the worker's module, in this room.
    """
    answers = answers_of_this_process()
    module = importlib.import_module(f"components.confined.{name}")
    worker: Worker = module.Worker()
    confine_to_fonts()  # before there is another thread, which it would not hold for
    orders: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_take_orders, args=(orders,), daemon=True).start()
    limit_this_process(MAX_MEMORY)
    write_message(answers, {"ready": 1}, b"")
    while True:
        write_message(answers, *worker.answer(*orders.get()))
