"""How sure a reading is stands beside the status of each history."""

import pandas as pd
import pytest

from components.ui.review.office_note import office_help, with_office_note


@pytest.mark.parametrize(
    ("office", "shown"),
    [
        ("US", "as of 1 Jan 2020"),
        ("JP", "as of 1 Jan 2020 · papers read by code and title"),
        ("KR", "as of 1 Jan 2020 · papers read by title, unconfirmed"),
        ("BR", "as of 1 Jan 2020 · papers read by title, unconfirmed"),
    ],
)
def test_a_doubt_about_an_office_is_seen_beside_the_status(office: str, shown: str) -> None:
    """Nothing is added where the codes were compared with the office's own logs."""
    assert with_office_note("as of 1 Jan 2020", pd.Series({"office": office})) == shown


def test_the_help_says_what_is_read_and_how_sure_that_is() -> None:
    """The words are those of the README's table."""
    told = office_help(pd.Series({"office": "KR"}))
    assert told.startswith("How papers are read here: notices, opinions, amendments, refusal, re-examination")
    assert "it is unconfirmed" in told
