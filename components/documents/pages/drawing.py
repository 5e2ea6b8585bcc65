"""Drawing pages of PDFs in processes of their own, which are bounded in time and ended where they take too long."""

import os
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from components.confined.bounds import MAX_PAGES
from components.confined.processes import NoAnswer, Processes
from components.documents.errors import NotDrawn, WhyNotDrawn

SECONDS: Final = 10.0
"""How long one picture may take; most take a tenth of a second."""
PROCESSES: Final = min(max(os.cpu_count() or 1, 2), 4)
"""How many pages are drawn at the same time at the most: two on the smallest machine, so that one that takes its time
holds up nobody else."""
_KEPT_IDLE: Final = 2
"""How many processes stay when there is nothing to draw; each holds the paper that it drew last."""
_WAIT_SECONDS: Final = 2 * SECONDS
"""How long a page waits for a process that is free."""
_BEGINS: Final = MappingProxyType({"png": b"\x89PNG\r\n", "jpeg": b"\xff\xd8\xff"})


class Picture(NamedTuple):
    """A page as a picture."""

    data: bytes
    kind: str
    """`png` or `jpeg`."""
    pages: int
    """How many pages the paper has, as far as they are drawn."""


class Drawing:
    """Draws pages; used by all threads of one process and for all its workspaces.

    Args:
        seconds: how long one picture may take.
        processes: how many are drawn at the same time.
    """

    def __init__(self, *, seconds: float = SECONDS, processes: int = PROCESSES) -> None:
        self._seconds = seconds
        self._processes = Processes("page_drawer", most=processes, kept_idle=_KEPT_IDLE, wait_seconds=_WAIT_SECONDS)

    def warm_up(self) -> None:
        """Start a process, if there is none, so that the first picture need not wait for it."""
        self._processes.warm_up()

    def draw(self, paper: str, pdf: Callable[[], bytes], page: int, width: int) -> Picture:
        """Return a page as a picture.

        Args:
            paper: stands for the PDF, and for no other one: a process that has it open is not given it again.
            pdf: returns its bytes.
            page: its number, from 1.
            width: pixels that the picture is wide, unless it would have too many of them.

        Raises:
            NotDrawn: there is no picture; says why and what to do.
        """
        try:
            answer = self._processes.ask(paper, pdf, {"page": page, "width": width}, seconds=self._seconds)
        except NoAnswer as failure:
            raise NotDrawn(failure.kind) from None
        return _picture(*answer)

    def close(self) -> None:
        """End all processes, also those that draw."""
        self._processes.close()


def _picture(facts: dict[str, Any], data: bytes) -> Picture:
    """Return the picture that a process answered with; its word is not taken for what it sends.

    Raises:
        NotDrawn: it sent none.
    """
    pages = facts.get("pages")
    pages = pages if isinstance(pages, int) and 0 <= pages <= MAX_PAGES else 0
    kind = str(facts.get("kind"))
    if kind in _BEGINS and data.startswith(_BEGINS[kind]) and pages:
        return Picture(data, kind, pages)
    problem = facts.get("problem")
    known: tuple[WhyNotDrawn, ...] = ("password", "no pages", "broken page", "no such page", "memory")
    raise NotDrawn(next((why for why in known if why == problem), "broken"), pages=pages)
