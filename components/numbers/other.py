"""Every other office: office, letters and digits in capitals, without blanks and zero padding."""

import re

from components.numbers.model import NumberKind
from components.numbers.office import (
    GROUPED,
    FoundNumber,
    Hints,
    digits_of,
    document_reading,
    found_number,
    kind_code_at,
    may_end,
)

_NUMBER = re.compile(
    rf"([A-Za-z]{{0,2}})[ -]?((?:19|20)\d\d[ /-]\d{{5,7}}|{GROUPED}|\d{{3,13}})(?!\d)(?:-\d(?![\dA-Za-z]))?"
)
_COVERAGE = "It is not known whether the service covers this office: the result will tell, for each number."


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number behind the code of an office that has no module of its own.

    A hyphen and one digit at the end is a check digit (Brazil) and is dropped. In running prose six digits or a kind
    code are needed.
    """
    match = _NUMBER.match(text, start)
    if match is None or not hints.office:
        return None
    series, digits = match[1].upper(), digits_of(match[2])
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if not may_end(text, end) or not int(digits) or (len(digits) < (5 if hints.alone else 6) and not kind_code):
        return None
    stem = f"{hints.office}{series}{digits if series else digits.lstrip('0')}"
    note = _COVERAGE if kind_code else f"{_COVERAGE} No kind code was given; the service writes its numbers with one."
    return found_number(
        end, document_reading(NumberKind.OTHER, stem, kind_code, (kind_code,) if kind_code else (), note)
    )
