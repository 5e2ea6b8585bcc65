"""How the service is doing, as far as the calls of this process tell."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServiceCondition:
    """How the service is doing at one instant."""

    down_since: datetime | None = None
    """Since when calls fail because the service is down (UTC); `None` if it is not."""
    tries_again_in: float | None = None
    """Seconds until one call tries again."""
    calls_a_second: float | None = None
    """The rate of calls at present; `None` if they are not limited here."""
