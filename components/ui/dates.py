"""Dates as they stand on the screen: never ambiguous between countries."""

from datetime import UTC, datetime

import pandas as pd


def day(value: object) -> str:
    """Give a date as `31 Aug 2018`, a missing one as an en dash."""
    stamp = pd.Timestamp(value)  # type: ignore[arg-type]
    return "–" if pd.isna(stamp) else f"{stamp.day} {stamp:%b %Y}"


def age(retrieved: datetime, *, now: datetime | None = None) -> str:
    """Give how long ago something was retrieved: `just now`, `5 minutes ago`, `3 days ago`."""
    seconds = ((now or datetime.now(UTC)) - retrieved).total_seconds()
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // length)
        if count >= 1:
            return f"{count:,} {unit}{'s' if count > 1 else ''} ago"
    return "just now"
