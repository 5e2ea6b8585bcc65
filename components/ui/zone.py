"""The person's time zone, as the browser says it."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def visitor_zone() -> tzinfo:
    """Return the time zone of the visitor's browser; UTC where it says none that is known here."""
    try:
        name = st.context.timezone
        return ZoneInfo(name) if name and name != "UTC" else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the name comes from the browser and may be anything
        return UTC


def zone_label(zone: tzinfo) -> str:
    """Return what a column of times of this zone is labelled with: `UTC`, `Zurich time`, `Buenos Aires time`."""
    place = str(zone).rpartition("/")[2].replace("_", " ")
    return "UTC" if zone is UTC else f"{place} time"


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """Return the time of day of a moment in this zone: `01:00`."""
    return f"{moment.astimezone(zone):%H:%M}"
