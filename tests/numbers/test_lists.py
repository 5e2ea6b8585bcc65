"""Lists of grouped numbers, as they stand in letters and indented columns."""

import pytest

from components.numbers import Standing, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11,205,304; 11,205,305", ["US11205304", "US11205305"]),
        (" 11,205,304", ["US11205304"]),
        ("11,205,304, 11,205,305", ["US11205304", "US11205305"]),
        ("  11,205,304\n  11,205,305", ["US11205304", "US11205305"]),
        ("US7654322B2, 7,654,321", ["US7654322B2", "US7654321"]),
        ("U.S. Patent Nos. 7,654,321, 7,654,322, and 7,654,323", ["US7654321", "US7654322", "US7654323"]),
        ("9,876,543, 9,876,544 and 9,876,545", ["US9876543", "US9876544", "US9876545"]),
    ],
)
def test_grouped_numbers_are_understood_wherever_they_stand(text: str, expected: list[str]) -> None:
    """A blank before a number says nothing about it."""
    numbers = [number for number in parse(text) if number.standing is not Standing.AMBIGUOUS]
    ambiguous = [number for number in parse(text) if number.standing is Standing.AMBIGUOUS]
    read = [number.reading.normalised for number in numbers] + [
        reading.normalised for number in ambiguous for reading in number.readings if "/" not in reading.normalised
    ]
    assert sorted(read) == sorted(expected)


def test_a_sum_of_money_is_no_patent() -> None:
    """Prices stand in the same letters."""
    assert [number for number in parse("It cost $ 7,654,321 in all, and €9,876,543 more.") if number.readings] == []
