"""Numbers that a spreadsheet wrote with an exponent: exact where every digit is shown, refused where one is lost."""

import pytest

from components.numbers import Standing, parse


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("1.1205304E+07", "11205304"),
        ("1.1205304E+7", "11205304"),
        ("1.1205304E7", "11205304"),
        ("1.1205304e+07", "11205304"),
        ("1.1205304E+007", "11205304"),
        ("1.12053040E+07", "11205304"),
        ("1.12053040000E+07", "11205304"),
        ("7.654321E+06", "7654321"),
        ("7.654321000E+06", "7654321"),
        ("1.1205300E+07", "11205300"),
        ("2.0150123456E+10", "20150123456"),
        ("2.01501234560000E+10", "20150123456"),
        ("1.4706838E+07", "14706838"),
        ("'1.1205304E+07", "11205304"),
    ],
)
def test_an_exact_number_is_read_as_its_digits(typed: str, digits: str) -> None:
    """1.1205304 × 10^7 is 11205304: what is read is what the digits alone would be."""
    (number,), (plain,) = parse(typed), parse(digits)
    assert number.readings == plain.readings
    assert number.standing is plain.standing


@pytest.mark.parametrize(
    "typed",
    ["1.12053E+07", "1.1E+07", "1E+07", "1.120530E+07", "1.12053045E+07", "2.0150E+10", "2.01501E+10", "7.65432E+06",
     "1.12053040001E+07"],
)  # fmt: skip
def test_a_number_that_lost_digits_is_refused(typed: str) -> None:
    """`1.1E+07` may be eleven million or anything near it; a digit behind the decimal point belongs to no number."""
    (number,) = parse(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert "Format the column as text" in number.reason
