"""How a service behaves where its contract is open, as far as the fetches of a client have learned it."""

from dataclasses import dataclass, field
from threading import Event, Lock

from components.patsnap.limits import LimitLadder


@dataclass(slots=True)
class ServiceProfile:
    """What is known about the service at one base address; shared by all fetches of a client."""

    limit_ladder: LimitLadder
    """Finds the largest `limit` that is accepted."""
    batch: int
    """Most numbers in one call; it falls when answers are too large to be read."""
    one_by_one: Event = field(default_factory=Event)
    """Set once an answer shows that answers have room for one patent only, or share one `limit` among all."""
    empty_is_end: Event = field(default_factory=Event)
    """Set once an empty page was asked for again and stayed empty."""
    _lock: Lock = field(default_factory=Lock)

    def ask_for_less(self, numbers: int, limit: int) -> None:
        """Let later calls ask for less than one whose answer was too large: half the numbers, else fewer documents.

        Several calls of the same size may fail at the same moment; that halves the batch once.

        Args:
            numbers: how many numbers the call asked for.
            limit: how many documents of each.
        """
        if numbers == 1:
            self.limit_ladder.note_too_large(limit)
            return
        with self._lock:
            self.batch = min(self.batch, numbers // 2)
