"""Answers, and charges, that the store could not take: kept in memory until it is well again."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from components.histories import FileHistory
from components.patsnap import Call
from components.store import UncertainCharge


@dataclass(frozen=True, slots=True)
class UnsavedAnswer:
    """What became of one call, when the store could not take it."""

    call: Call
    run: str
    user: str
    billed: tuple[str, ...]
    """The numbers that were charged."""
    rest: Literal["released", "uncertain"]
    """What became of the call's other numbers."""
    histories: Mapping[str, FileHistory] = field(repr=False)
    """What has arrived, by the number asked for."""
    holder: str
    """Who leased the numbers; the leases last until the answer is saved, so that nobody buys it again meanwhile."""
    on_saved: Callable[[Mapping[str, str]], None] = field(repr=False, compare=False)
    """Is told the key of each history once all is saved, by the number asked for."""
    note: str = ""
    """Why it was not charged, or may have been, in words for the user; empty where there was an answer."""
    arrived: datetime = field(default_factory=lambda: datetime.now(UTC))


class UnsavedAnswers:
    """The unsaved answers of one process; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: dict[str, UnsavedAnswer] = {}

    def add(self, answer: UnsavedAnswer) -> None:
        """Keep an answer."""
        with self._lock:
            self._answers[answer.call.request_id] = answer

    def remove(self, answer: UnsavedAnswer) -> None:
        """Forget an answer that is saved now."""
        with self._lock:
            self._answers.pop(answer.call.request_id, None)

    def all(self, *, user: str | None = None) -> list[UnsavedAnswer]:
        """Return the answers, the first first: one person's, or all."""
        with self._lock:
            return [answer for answer in self._answers.values() if user is None or answer.user == user]

    def names(self) -> set[str]:
        """Return all names of what is kept here: bought already, whatever the store says."""
        answers = self.all()
        histories = [history for answer in answers for history in answer.histories.values()]
        own = {name for history in histories for name in (history.apno, history.patent_number) if name}
        return own.union(*(answer.billed for answer in answers))

    def uncertain(self) -> dict[str, UncertainCharge]:
        """Return the numbers that may have been charged, which the store could not be told yet.

        The ledger has no row of it, so that whoever agrees to buy again is asked once more when it has.
        """
        return {
            number: UncertainCharge(count=1, last_at=answer.arrived, last_row=0)
            for answer in self.all()
            if answer.rest == "uncertain"
            for number in set(answer.call.numbers) - set(answer.billed)
        }
