"""How a service behaves where its contract is open, as far as the fetches of a client have learned it."""

from dataclasses import dataclass, field
from threading import Event

from components.patsnap.limits import LimitLadder


@dataclass(frozen=True, slots=True)
class ServiceProfile:
    """What is known about the service at one base address; shared by all fetches of a client."""

    limit_ladder: LimitLadder
    """Finds the largest `limit` that is accepted."""
    batch: int
    """Numbers in one call."""
    one_by_one: Event = field(default_factory=Event)
    """Set once an answer shows that answers have room for one patent only, or share one `limit` among all."""
    empty_is_end: Event = field(default_factory=Event)
    """Set once an empty page was asked for again and stayed empty."""
