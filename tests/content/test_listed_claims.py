"""Lists of claims in the blanks of forms, as engines read them; what is meant was typed by hand."""

import pytest

from components.content.claim_lists import in_words
from components.content.form_pages.listed_claims import list_in


@pytest.mark.parametrize(
    ("blank", "claims"),
    [
        (" 1-27 ", "1-27"),
        ("138—147", "138-147"),
        ("1-_27", "1-27"),
        ("5_2", "52"),
        ("1-15 17 20 21 24-27 and 29-33", "1-15, 17, 20-21, 24-27, 29-33"),
        ("1-15 1724-27 and 29-60", "1-15, 17, 24-27, 29-60"),
        ("1-15, 1 7, 24-27, 63 and 64", "1-15, 17, 24-27, 63-64"),
        ("1-4, 6.8-10", "1-4, 6, 8-10"),
        ("1-1O", "1-10"),
        ("7-I9", "7-19"),
        ("l-20", "1-20"),
        ("1 through 5 and 8", "1-5, 8"),
        ("21-40 and 1-10", "1-10, 21-40"),
        ("31-\n40 and 42-44", "31-40, 42-44"),
        (" l ", "1"),
    ],
)
def test_a_list_is_read_through_what_an_engine_made_of_it(blank: str, claims: str) -> None:
    """Underlines, lost commas, broken numbers, letters for digits."""
    read = list_in(blank)
    assert read is not None
    assert (in_words(read.claims), read.is_clear) == (claims, True)


@pytest.mark.parametrize("blank", ["", " __ ", "_'", " - ", ".", "____.", "none", "N/A"])
def test_an_empty_blank_has_no_list(blank: str) -> None:
    """Also where an engine read the underline as something."""
    assert list_in(blank) is None


@pytest.mark.parametrize("blank", ["M", "ﬂ?", "***", "See Continuation Sheet", "1-7 Zand 9", "1-719", "1-"])
def test_a_list_that_cannot_be_read_is_not_clear(blank: str) -> None:
    """It is something, but nobody knows what."""
    read = list_in(blank)
    assert read is not None
    assert not read.is_clear


def test_a_hostile_blank_is_read_in_a_moment() -> None:
    """Many numbers without signs have many readings; only the likeliest are followed."""
    read = list_in("1 2 3 4 5 6 7 8 9 " * 40)
    assert read is not None
