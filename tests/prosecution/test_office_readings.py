"""What is read at each office and how sure that is: told once, in the README, on the page and in the report alike."""

from pathlib import Path

import pytest

from components.prosecution import office_reading, office_readings
from components.prosecution.law.pairings import Pairing
from components.prosecution.law.rule_files import ANY_OFFICE, read_rule_table
from components.prosecution.law.titles import DescriptionWords

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_shows_the_table():
    """A row of the README for each row of the table, in its order and its words."""
    rows = [f"| {row.name} | {row.read} | {row.sure} |" for row in office_readings()]
    shown = README.read_text(encoding="utf-8").partition("| office | what is read | how sure that is |\n")[2]
    assert shown.splitlines()[1 : len(rows) + 2] == [*rows, ""]


def test_each_office_whose_papers_are_paired_says_how_sure_that_is():
    """An office with rules of its own has a row of its own; the last row is for all others."""
    paired = {row.office for row in read_rule_table("pairings.csv", Pairing)}
    assert paired <= {row.office for row in office_readings()}
    assert office_readings()[-1].office == ANY_OFFICE


@pytest.mark.parametrize("office", ["KR", "TW", "DE", "FR", "GB", "AU", "CA", "BR", ""])
def test_an_office_without_a_confirmed_list_is_called_unconfirmed(office: str):
    """No real list of these offices, as the service gives it, was found."""
    assert office_reading(office).note == "papers read by title, unconfirmed"
    assert "unconfirmed" in office_reading(office).sure


def test_where_nothing_is_in_doubt_nothing_is_said_beside_the_status():
    """The USPTO's codes are compared with its own logs."""
    assert office_reading("US").note == ""


def test_what_is_said_on_the_page_has_no_marks_of_markdown():
    """The page shows note, reading and surety as they stand."""
    said = "".join(f"{row.note}{row.in_words}" for row in office_readings())
    assert set("*_`[]<>#$|\\:") & set(said) == {":"}


def test_titles_of_one_office_say_where_they_are_from():
    """A title kept for offices without their own code list names its source, or says that it is unconfirmed."""
    offices = frozenset({"KR", "TW", "DE", "FR", "GB", "AU", "CA"})
    rows = [
        row
        for row in read_rule_table("description_words.csv", DescriptionWords)
        if row.offices and row.offices <= offices
    ]
    vague = {row.words for row in rows if row.source == f"title of the paper in {row.language}"}
    assert vague == set()
