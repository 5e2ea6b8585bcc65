"""European Patent Office: publications and applications."""

import re

from components.numbers import rules
from components.numbers.model import NumberKind
from components.numbers.offices import wo
from components.numbers.offices.check_digits import ep_check_digit
from components.numbers.offices.office import (
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
_EXCHANGE = re.compile(r"(?:19|20)(\d\d) ?0?(\d{6})(?!\d)")
_COUNTRY = re.compile(r"\(?\s?([A-Z]{2})\s?\)[\s-]{0,2}(?:Nos?\.?\s?)?(?=\d)", re.IGNORECASE)
_NO_OFFICE = "UK"
"""The code of a country in this form that is no code of an office."""
_INTERNATIONAL = re.compile(r"((?:19|20)\d\d)/(\d{6})(?!\d)")
"""No European number has a slash: what is left of PCT/EP2015/050123."""
_PUBLICATION = re.compile(rf"{GROUPED}(?!\d)|\d{{1,7}}(?!\d)|0\d{{7}}(?!\d)")
_OF_2000 = "An application of 2000, or a publication with zeros in front: choose one, or write the kind code."
_FIRST_YEAR = 1978
_FEWEST_IN_PROSE = 5
"""In running prose four digits without a kind code are a year."""
_LONGEST_PADDED = 8
"""Digits of an application: what is longer is filled up with zeros."""


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read an EP number behind "EP" or "European", also one of a country: `EP (UK) 2 458 380`."""
    country = _COUNTRY.match(text, start)
    if country is not None and (country[1].upper() in rules.offices() or country[1].upper() == _NO_OFFICE):
        start = country.end()
    international = _INTERNATIONAL.match(text, start)
    if international is not None and may_end(text, international.end()):
        return found_number(international.end(), wo.application_reading("EP", international[1], international[2]))
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
    if match is None:
        return None
    end = match.end()
    kind_code = ""
    if match[2] is None:
        kind_code, end = kind_code_at(text, end, alone=hints.alone)
    if kind_code not in ("", "A") or not may_end(text, end):
        return None
    digits = digits_of(match[1])
    found = read_application(digits, match[2] or "", end)
    if match[2] or not digits.startswith("00") or found is None:
        return found
    padded = publication_reading(
        NumberKind.EP_PUBLICATION, f"EP{int(digits):07}", "", office="EP", series="publication"
    )
    return found_number(end, *found.readings, padded, reason=_OF_2000)


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
    fewest = 4 if hints.alone or kind_code else _FEWEST_IN_PROSE
    few = len(digits) < fewest and not (kind_code and hints.alone)
    if not 0 < number < 10_000_000 or few or not may_end(text, end):
        return None
    return found_number(
        end,
        publication_reading(NumberKind.EP_PUBLICATION, f"EP{number:07}", kind_code, office="EP", series="publication"),
    )
