"""European Patent Office: publications and applications."""

import re

from components.numbers import rules
from components.numbers.check_digits import ep_check_digit
from components.numbers.model import NumberKind
from components.numbers.office import (
    GROUPED,
    UNCONFIRMED,
    FoundNumber,
    Hints,
    application_reading,
    behind_padding,
    digits_of,
    found_number,
    kind_code_at,
    may_end,
    publication_reading,
    refused_number,
)

_APPLICATION = re.compile(r"(\d{2} ?\d{3} ?\d{3})(?: ?\. ?(\d))?(?!\d)")
_EXCHANGE = re.compile(r"(?:19|20)(\d\d)0?(\d{6})(?!\d)")
_PUBLICATION = re.compile(rf"{GROUPED}(?!\d)|\d{{1,7}}(?!\d)|0\d{{7}}(?!\d)")
_FIRST_YEAR = 1978
_LONGEST_PADDED = 8
"""Digits of an application: what is longer is filled up with zeros."""


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an EP number behind "EP" or "European"."""
    start = behind_padding(text, start, _LONGEST_PADDED)
    return _application(text, start, hints) or _exchange(text, start, hints) or _publication(text, start, hints)


def read_application(digits: str, check: str, end: int) -> FoundNumber | None:
    """Read eight digits as an application number; `None` if they do not begin with a year.

    A wrong check digit refuses the number: a look-up of a mistyped one would be charged.
    """
    if rules.full_year(digits[:2], _FIRST_YEAR) is None:
        return None
    expected = ep_check_digit(digits)
    if check and check != expected:
        return refused_number(
            end,
            f"The check digit of EP {digits} is {expected}, not {check}: a digit is mistyped. "
            "Correct it, or leave the check digit off to ask for it all the same.",
        )
    return found_number(end, application_reading(NumberKind.EP_APPLICATION, f"EP{digits}", UNCONFIRMED))


def _application(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an application with or without its check digit: `10173239.4`, `10 173 239`."""
    match = _APPLICATION.match(text, start)
    if match is None or match[1][0] == "0" == match[1][1]:
        return None
    end = match.end()
    kind_code = ""
    if match[2] is None:
        kind_code, end = kind_code_at(text, end, alone=hints.alone)
    if kind_code not in ("", "A") or not may_end(text, end):
        return None
    return read_application(digits_of(match[1]), match[2] or "", end)


def _exchange(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an application in the exchange format of the offices: `EP20100173239`, `EP2010173239`."""
    match = _EXCHANGE.match(text, start)
    if match is None:
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    return read_application(match[1] + match[2], "", end) if kind_code in ("", "A") and may_end(text, end) else None


def _publication(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a publication, at most seven digits, with padding zeros or without: `2 458 380 B1`."""
    match = _PUBLICATION.match(text, start)
    if match is None:
        return None
    digits = digits_of(match[0])
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    number = int(digits)
    few = len(digits) < 4 and not (kind_code and hints.alone)
    if not 0 < number < 10_000_000 or few or not may_end(text, end):
        return None
    return found_number(
        end,
        publication_reading(NumberKind.EP_PUBLICATION, f"EP{number:07}", kind_code, office="EP", series="publication"),
    )
