"""Times in the zone of the person who looks."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def zone() -> tzinfo:
    """Return the time zone of the person's browser; UTC where it does not say."""
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def in_zone(value: datetime) -> datetime:
    """Return the same moment in the person's zone."""
    return value.astimezone(zone())
