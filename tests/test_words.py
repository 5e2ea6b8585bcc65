"""Days, moments, counts and lists read alike in every room."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from components import words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2018, 8, 31), "31 Aug 2018"),
        (datetime(2020, 5, 1, 23, 59, tzinfo=UTC), "1 May 2020"),
        (pd.Timestamp("1999-12-03"), "3 Dec 1999"),
        (pd.NaT, "–"),
        (None, "–"),
    ],
    ids=["date", "datetime", "timestamp", "not a time", "none"],
)
def test_a_day_cannot_be_taken_for_another(value: date | None, expected: str) -> None:
    """Day, month in letters, year, whatever the locale; what is not known is a dash."""
    assert words.day(value) == expected


def test_a_moment_names_its_time_zone() -> None:
    """Hours and minutes follow the day; a moment without a zone names none."""
    assert words.moment(datetime(2025, 6, 1, 12, 0, 30, tzinfo=UTC)) == "1 Jun 2025, 12:00 UTC"
    assert words.moment(datetime(2025, 6, 1, 7, 5, tzinfo=UTC).replace(tzinfo=None)) == "1 Jun 2025, 07:05"


@pytest.mark.parametrize(
    ("count", "noun", "expected"),
    [
        (1, "page", "1 page"),
        (0, "document", "0 documents"),
        (1050, "document", "1,050 documents"),
        (2, "history", "2 histories"),
        (3, "notice of allowance", "3 notices of allowance"),
        (2, "reply after final", "2 replies after final"),
        (2, "IDS", "2 IDSs"),
        (4, "day", "4 days"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, noun: str, expected: str) -> None:
    """The head of the noun alone takes the plural, and thousands are set apart."""
    assert words.counted(count, noun) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a and b", "c"], "a and b, and c"),
    ],
)
def test_a_list_ends_with_its_conjunction(members: list[str], expected: str) -> None:
    """A comma stands before the last member only where another member is a list itself."""
    assert words.listed(members) == expected
