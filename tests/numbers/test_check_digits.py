"""Check digits, against numbers that offices and courts have printed."""

import pytest

from components.numbers import Standing, parse
from components.numbers.offices import check_digits

# DPMA notice 3/83; Federal Patent Court 20 W (pat) 76/13 and 28/13, 15 W (pat) 33/08, 20 W (pat) 10/19,
# 23 W (pat) 10/18, 19 W (pat) 4/12, 20 W (pat) 22/15, 7 W (pat) 12/15.
GERMAN = ["3025842.5", "3130619.5", "10360860.5", "10120904.5", "102007004488.9", "102008045672.1", "102008013670.0"]
GERMAN += ["102014019864.2", "102014019354.3", "102007050844.3", "102014012282.4", "102012019863.9"]


@pytest.mark.parametrize("number", ["99403122.7", "10173239.4", "16839078.9"])
def test_european_check_digits(number):
    """The European rule gives the printed digit."""
    digits, check = number.split(".")
    assert check_digits.ep_check_digit(digits) == check


@pytest.mark.parametrize("number", GERMAN)
def test_german_check_digits(number):
    """The German rules give the printed digit, for filings before 1981, until 1994, until 2003 and since."""
    digits, check = number.split(".")
    assert check_digits.de_check_digit(digits).digit == check


def test_chinese_check_digits():
    """The Chinese rule gives the printed digit; ten is written X."""
    assert check_digits.cn_check_digit("201510570472") == "5"
    assert check_digits.cn_check_digit("00000005") == "1"  # 5 * 9 = 45 = 4 * 11 + 1
    assert check_digits.cn_check_digit("00000050") == "7"  # 5 * 8 = 40 = 3 * 11 + 7
    assert check_digits.cn_check_digit("50000000") == "X"  # 5 * 2 = 10


def test_a_wrong_european_check_digit_is_refused():
    """A mistyped number would be charged: it is refused, and the right digit is told."""
    for typed in ("EP10173239.5", "10173239.5", "EP 10 173 239.5", "European application 10173239.5"):
        (number,) = parse(typed)
        assert number.standing is Standing.REFUSED
        assert "is 4, not 5" in number.reason


def test_a_wrong_german_check_digit_is_refused_where_the_rule_is_published():
    """Seven digits: the published rule decides."""
    (number,) = parse("DE 31 30 619.4")
    assert number.standing is Standing.REFUSED
    assert "should be 5, not 4" in number.reason


def test_a_wrong_german_check_digit_is_noted_where_the_rule_is_inferred():
    """Twelve digits: understood, with a note that names the digit."""
    (number,) = parse("DE 10 2007 004 488.8")
    assert number.standing is Standing.UNDERSTOOD
    assert "should be 9, not 8" in number.reading.note


def test_a_right_german_check_digit_is_dropped_silently():
    """The number is the application's and its publications'."""
    (number,) = parse("DE 10 2007 004 488.9")
    assert number.reading.normalised == "DE102007004488"
    assert "check digit" not in number.reading.note


def test_a_wrong_chinese_check_digit_is_told_with_the_refusal():
    """China is refused anyway; the mistyped digit is told for the user's own list."""
    (number,) = parse("CN201510570472.4")
    assert number.standing is Standing.REFUSED
    assert "should be 5, not 4" in number.reason
