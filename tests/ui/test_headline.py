"""What stands above a file history: above all whether newer papers may exist."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from components.store import Headline
from components.ui.facts_table import completeness_of, lists_are_whole
from components.ui.review.heading import is_stale, status_help


def retrieved_days_ago(days: int) -> Headline:
    """Make the line of a history that was retrieved some days ago."""
    retrieved = datetime.now(UTC) - timedelta(days=days, minutes=1)
    return Headline(
        key="US14706838",
        patent_number="US10765880B2",
        apno="US14706838",
        patent_id="",
        documents_held=1,
        documents_reported=1,
        complete=True,
        retrieved=retrieved,
    )


@pytest.mark.parametrize(
    ("status", "stale"),
    [("Granted", False), ("Abandoned", False), ("Refused", False), ("Allowed", True), ("Awaiting office", True)],
)
def test_only_open_files_age(status: str, stale: bool) -> None:
    """A week after it was retrieved an open file may have newer papers; a closed one does not age."""
    assert is_stale(retrieved_days_ago(7), status, fresh_days=7) is stale
    assert not is_stale(retrieved_days_ago(6), status, fresh_days=7)


def test_the_help_of_a_status_says_on_what_it_rests() -> None:
    """A number as the only evidence of a grant is told; a file without any decisive paper has no evidence."""
    facts = pd.Series(
        {
            "status": "Granted",
            "status_words": "Granted",
            "status_evidence": "by the number JP 6768620 B2",
            "status_doubt": "",
        }
    )
    assert "by the number JP 6768620 B2" in status_help(facts)
    facts["status_evidence"] = ""
    assert status_help(facts) == "The status is that of the last listed document"


def test_what_one_list_has_too_much_hides_nothing_that_another_lacks() -> None:
    """Twelve documents where ten are reported, and eight of ten: two are missing, and no list is called whole."""
    headlines = [
        replace(retrieved_days_ago(1), documents_held=12, documents_reported=10),
        replace(retrieved_days_ago(1), documents_held=8, documents_reported=10),
    ]
    assert completeness_of(headlines).words == "20 of 22 documents"
    assert not lists_are_whole(headlines)


def test_lists_are_whole_if_each_was_fetched_to_its_end() -> None:
    """As many documents as are reported do not make up for an end that was not reached."""
    assert lists_are_whole([retrieved_days_ago(1), retrieved_days_ago(2)])
    assert not lists_are_whole([retrieved_days_ago(1), replace(retrieved_days_ago(1), complete=False)])
