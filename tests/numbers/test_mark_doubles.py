"""Doubles, choosing, and joining lists."""

import pytest

from components.numbers import NotACandidate, NotSettled, Standing, choose, mark_doubles, parse

SAME = [
    ("US10000000B2", "us10000000"),
    ("10,000,000", "US 10,000,000 B2"),
    ("US20150123456A1", "2015/0123456"),
    ("US2015123456A1", "US 2015/0123456 A9"),
    ("EP2458380A1", "EP 2 458 380 B1"),
    ("EP10173239.4", "EP20100173239"),
    ("WO 2004/050828", "WO0450828"),
    ("14/706,838", "US201514706838A"),
    ("KR20150124192A", "10-2015-0124192"),
    ("DE 10 2004 002 000 A1", "DE102004002000B4"),
    ("JP H11-68462", "JP1999068462A"),
    ("USD1055174S1", "D1,055,174"),
    ("USRE39998E1", "RE 39,998 E"),
]
DIFFERENT = [
    ("US14/706838", "US15/706838"),
    ("US7654321B2", "USD765432S1"),
    ("JP1996012345A", "JP1996012345B2"),
    ("EP2458380B1", "GB2458380B"),
    ("KR102750114B1", "KR1020150124192A"),
    ("DE102004002000A1", "DE602004002000T2"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_two_spellings_of_one_number_are_doubled(first, second):
    """The later one is doubled, points to the first and says so."""
    one, two = parse(f"{first}\n{second}")
    assert (one.standing, two.standing, two.double_of) == (Standing.UNDERSTOOD, Standing.DOUBLED, 0)
    assert "item 1" in two.reason
    assert first in two.reason


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_two_numbers_are_not_doubled(first, second):
    """Numbers of different series, offices or kinds stay apart."""
    assert [number.standing for number in parse(f"{first}\n{second}")] == [Standing.UNDERSTOOD] * 2


def test_the_place_of_the_first_counts_every_item():
    """Refused and ambiguous items count for the place."""
    assert parse("foo\n11205304\nUS7654321B2\nfoo\nUS7654321")[4].double_of == 2


def test_joined_lists_are_marked_again():
    """Doubles across the box and an upload are found, and a mark that no longer holds is cleared."""
    box, upload = parse("US7654321B2\nUS7654321"), parse("EP2458380B1\n7,654,321")
    joined = mark_doubles([*box, *upload])
    assert [number.double_of for number in joined] == [None, 0, None, 0]
    assert [number.standing for number in mark_doubles(joined[1:])] == [
        Standing.UNDERSTOOD,
        Standing.UNDERSTOOD,
        Standing.DOUBLED,
    ]


def test_a_choice_settles_an_ambiguous_number():
    """The chosen reading is the only one, and doubles are found after it."""
    numbers = parse("11/205,304\n11205304")
    assert numbers[1].standing is Standing.AMBIGUOUS
    chosen = choose(numbers[1], "US11/205304")
    assert (chosen.standing, chosen.reading.normalised, chosen.typed) == (
        Standing.UNDERSTOOD,
        "US11/205304",
        "11205304",
    )
    assert mark_doubles([numbers[0], chosen])[1].double_of == 0


def test_a_choice_must_be_a_candidate():
    """Any other form is an error that names the candidates."""
    (number,) = parse("11205304")
    with pytest.raises(NotACandidate, match="US11/205304"):
        choose(number, "US7654321B2")


@pytest.mark.parametrize("typed", ["11205304", "CN101234567A"])
def test_the_one_reading_of_an_unsettled_number_is_an_error(typed):
    """Nothing is guessed: an ambiguous or refused number has no single reading."""
    (number,) = parse(typed)
    with pytest.raises(NotSettled):
        _ = number.reading
