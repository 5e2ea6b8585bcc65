"""Germany: publications, patents and applications, which share one number."""

import re

from components.numbers import rules
from components.numbers.check_digits import de_check_digit
from components.numbers.model import NumberKind
from components.numbers.office import (
    FoundNumber,
    Hints,
    digits_of,
    found_number,
    kind_code_at,
    may_end,
    publication_reading,
    refused_number,
)

_NUMBER = re.compile(
    r"(?:[PG] ?)?(?:"
    r"0{0,6}(?P<long>[1-6]\d ?(?:19|20)\d\d ?\d{3} ?\d{3})"
    r"|0{0,6}(?P<middle>[1-6]\d\d ?\d\d ?\d{3})"
    r"|0{0,6}(?P<short>[1-9]\d ?\d\d ?\d{3}|[1-9] ?\d{3} ?\d{3}|\d,\d{3},\d{3})"
    r"|0{0,6}(?P<old>[1-9]\d{3,5})"
    r")(?!\d)(?: ?\. ?(?P<check>\d)(?!\d))?",
    re.IGNORECASE,
)
_ONE_NUMBER = "A German application and what is published of it bear one number; a published form is asked for."
_SERIES_BY_FIRST_DIGIT = {"1": "patent", "2": "20", "5": "50", "6": "60"}
"""Numbers of 1995 to 2003 by their first digit: today's series with the same kind codes."""


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a DE number behind "DE" or "German", without zero padding and check digit.

    A wrong check digit refuses a number of seven digits, whose rule is published; a longer one is understood with a
    note, because its rule is inferred (see `check_digits.de_check_digit`).
    """
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    shape = match.lastgroup if match.lastgroup != "check" else _shape(match)
    digits = digits_of(match[shape or "short"])
    check = match["check"] or ""
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if not may_end(text, end) or (shape == "old" and not (hints.alone or kind_code)):
        return None
    series = _series(shape or "", digits)
    if not series:
        return refused_number(end, f"German numbers do not begin with {digits[:2]}. Check the digits.")
    note = ""
    if check and len(digits) >= 7:
        expected = de_check_digit(digits)
        mismatch = f"The check digit of DE {digits} should be {expected.digit}, not {check}: a digit may be mistyped."
        if expected.digit not in ("", check):
            if expected.published:
                return refused_number(
                    end, f"{mismatch} Correct it, or leave the check digit off to ask for it all the same."
                )
            note = mismatch
    is_application = bool(check) or (hints.noun == "application" and not kind_code)
    kind = NumberKind.DE_APPLICATION if is_application else NumberKind.DE_PUBLICATION
    note = f"{note} {_ONE_NUMBER}".strip() if is_application else note
    return found_number(end, publication_reading(kind, f"DE{digits}", kind_code, office="DE", series=series, note=note))


def _shape(match: re.Match[str]) -> str:
    """Return the name of the group of the pattern that matched."""
    return next(name for name in ("long", "middle", "short", "old") if match[name])


def _series(shape: str, digits: str) -> str:
    """Return the series of the table of kind codes; empty if there is none that begins so."""
    if shape == "long":
        return digits[:2] if rules.kind_codes("DE", digits[:2]) else ""
    if shape == "middle":
        return _SERIES_BY_FIRST_DIGIT.get(digits[0], "")
    return "patent"
