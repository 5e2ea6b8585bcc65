"""Check digits: the office's own test for a mistyped number.

If the rule is published, a wrong check digit refuses the number before it costs anything. If the rule was only inferred
from published examples (German numbers of 1995 and later), it gives a note; see `published` in `de_check_digit`.
"""

from typing import NamedTuple


class CheckDigit(NamedTuple):
    """The check digit that a number should have."""

    digit: str
    """`0` to `9` or `X`; empty where the rule names no digit for this number."""
    published: bool
    """Whether the rule itself is published, or was inferred from published numbers."""


def ep_check_digit(digits: str) -> str:
    """Return the check digit of an EP application number of eight digits.

    Weights 1, 2, 1, 2 … from the left; the digits of the products are summed; what is missing to the next multiple of
    ten is the check digit. Source: notice 3/83 of the President of the German Patent Office, which explains the
    European rule too; published examples 99403122.7, 10173239.4, 16839078.9.
    """
    total = 0
    for position, digit in enumerate(digits):
        product = int(digit) * (1 + position % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def cn_check_digit(digits: str) -> str:
    """Return the check digit of a CN application number of eight or twelve digits.

    Weights 2 to 9 and again from 2; the sum modulo 11 is the check digit, 10 is written X. Source: WIPO Handbook on
    Industrial Property Information, numbering of applications in China; published example 201510570472.5.
    """
    remainder = sum(int(digit) * (2 + position % 8) for position, digit in enumerate(digits)) % 11
    return "X" if remainder == 10 else str(remainder)


def de_check_digit(digits: str) -> CheckDigit:
    """Return the check digit of a DE application number of 7, 8 or 12 digits.

    Seven digits filed until 1980 (a patent beginning with 30 or less, a utility model with 80 or less): weights 1, 2, 3
    … from the right, sum modulo 10. Filed from 1981 to 1994: weights 2, 3, 4 … from the right; 11 less the sum modulo
    11. Source: notice 3/83 of the President of the German Patent Office (examples 30 25 842.5 and 31 30 619.5).

    For 8 digits (1995 to 2003) and 12 digits (2004 and later) the same rule, with the weights continued, fits the
    numbers printed in decisions of the Federal Patent Court: 103 60 860.5, 101 20 904.5, 10 2007 004 488.9, 10 2008 045
    672.1, 10 2008 013 670.0, 10 2014 019 864.2, 10 2014 019 354.3. The rule itself was not found.
    """
    old = len(digits) == 7
    if old and (int(digits[:2]) <= 30 or 50 < int(digits[:2]) <= 80):
        return CheckDigit(
            str(sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), 1)) % 10), published=True
        )
    remainder = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), 2)) % 11
    return CheckDigit("" if remainder == 1 else str(-remainder % 11), published=old)
