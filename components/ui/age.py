"""How long ago something was."""

from datetime import UTC, datetime

from components.words import counted


def age(retrieved: datetime, *, now: datetime | None = None) -> str:
    """Return how long ago something was retrieved: `just now`, `5 minutes ago`, `3 days ago`."""
    seconds = ((now or datetime.now(UTC)) - retrieved).total_seconds()
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // length)
        if count >= 1:
            return f"{counted(count, unit)} ago"
    return "just now"
