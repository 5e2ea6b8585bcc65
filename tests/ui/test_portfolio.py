"""The Portfolio's way into Review, and how its rows are found."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.desk import Desk
from components.numbers import parse
from components.store import Headline
from components.ui.history_names import address_of
from components.ui.portfolio import _offer_review, _rows_matching
from components.ui.review.history_choice import MAX_AT_ONCE
from tests.store.made import history
from tests.ui.conftest import open_app
from tests.ui.test_facts import drawn_by
from tests.ui.test_pages import table


def headline(number: int) -> Headline:
    """A history that is held."""
    return Headline(
        key=f"US{number}", patent_number=f"US1000000{number}B2", apno="US14/000001", patent_id="", documents_held=1,
        documents_reported=1,
        complete=True, retrieved=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def offered(count: int) -> AppTest:
    """The button below the table, with so many rows ticked."""
    return drawn_by(_offer_review, [headline(number) for number in range(count)])


def test_nothing_opens_before_a_row_is_ticked() -> None:
    """The button stands there, to be seen, but cannot be pressed."""
    button = offered(0).button(key="open_in_review")
    assert (button.label, button.disabled) == ("Open in Review", True)


@pytest.mark.parametrize("count", [1, 3, MAX_AT_ONCE])
def test_the_ticked_rows_open_together(count: int) -> None:
    """The button says how many."""
    button = offered(count).button(key="open_in_review")
    assert (button.label, button.disabled) == (f"Open {count} in Review", False)


def test_more_than_review_draws_at_once_are_not_opened() -> None:
    """The page says how many to untick."""
    app = offered(MAX_AT_ONCE + 2)
    assert app.button(key="open_in_review").disabled
    assert [element.value for element in app.caption] == ["Review holds up to 30 file histories at once: untick 2."]


@pytest.mark.parametrize("words", ["11,205,304", "11205304", " us 11,205,304 b2 ", "14/706,838", "14706838", "grant"])
def test_a_row_is_found_by_number_or_status(words: str) -> None:
    """However a number is written; the row keeps its place, by which it is opened."""
    table = pd.DataFrame(
        {
            "Patent": ["EP 1 000 000 B1", "US 11,205,304 B2"],
            "Application": ["EP 99203729.1", "14/706,838"],
            "Status": ["Abandoned", "Granted"],
        }
    )
    assert _rows_matching(table, words, {}).index.tolist() == [1]
    assert len(_rows_matching(table, "  ", {})) == 2


def test_a_status_is_found_by_the_offices_word_and_by_the_class() -> None:
    """What the EPO deems withdrawn is found among the abandoned too."""
    table = pd.DataFrame({"Patent": [""], "Application": ["EP 99203729.1"], "Status": ["Deemed withdrawn"]})
    assert len(_rows_matching(table, "deemed", {"Deemed withdrawn": "Abandoned"})) == 1
    assert len(_rows_matching(table, "abandoned", {"Deemed withdrawn": "Abandoned"})) == 1


def test_an_address_tells_a_japanese_application_from_a_publication() -> None:
    """Both may have the same digits, so the application has its prefix."""
    held = Headline(
        key="JP", patent_number="", apno="JP2020-123456", patent_id="", documents_held=1,
        documents_reported=1, complete=True,
        retrieved=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert address_of(held) == "特願2020-123456"
    assert [number.reading.normalised for number in parse(address_of(held))] == ["JP2020-123456"]
    assert address_of(headline(1)) == "US10000001B2"


def test_a_publication_that_two_applications_claim_opens_each_by_its_own_number(desk: Desk) -> None:
    """Both stand in the Portfolio; the number leads to the one that was reported last."""
    for days, apno in enumerate(("US14/000001", "US14/000002")):
        desk.store.save(history(apno, "US11205304B2", "", days=days))
    rows = table(open_app("portfolio"), "Review")
    assert isinstance(rows, pd.DataFrame)
    assert rows.set_index("Application")["Review"].to_dict() == {
        "14/000,001": "/?patents=US14/000001",
        "14/000,002": "/?patents=US11205304B2",
    }
