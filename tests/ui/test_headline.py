"""What stands above a file history: above all whether newer papers may exist."""

from datetime import UTC, datetime, timedelta

import pytest

from components.store import Headline
from components.ui.headline import is_stale


def held(days: int) -> Headline:
    """Make the line of a history that was retrieved some days ago."""
    retrieved = datetime.now(UTC) - timedelta(days=days, minutes=1)
    return Headline(
        key="US14706838",
        patent_number="US10765880B2",
        apno="US14706838",
        patent_id="",
        held=1,
        told=1,
        complete=True,
        retrieved=retrieved,
    )


@pytest.mark.parametrize(
    ("status", "stale"),
    [("Granted", False), ("Abandoned", False), ("Refused", False), ("Allowed", True), ("Awaiting office", True)],
)
def test_only_open_files_age(status: str, stale: bool) -> None:
    """A week after it was retrieved an open file may have newer papers; a closed one does not age."""
    assert is_stale(held(7), status, fresh_days=7) is stale
    assert not is_stale(held(6), status, fresh_days=7)
