"""What a client knows about the service at the moment, for whoever shows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServiceCondition:
    """Whether the service is there, and how fast it is called."""

    down_since: datetime | None
    """Since when calls fail because the service is down (UTC, aware); `None` if it is not."""
    tries_again_in: float | None
    """Seconds until a call may try again; `None` if the service is not down."""
    calls_a_second: float | None
    """The pace at present; `None` if it is not limited here."""
