"""Every other office: what was typed in capitals, without blanks and zero padding."""

import re

from components.numbers.model import Kind
from components.numbers.office import GROUPED, Found, Hints, digits, document, ends, found, kind_at

_NUMBER = re.compile(
    rf"([A-Za-z]{{0,2}})[ -]?((?:19|20)\d\d[ /-]\d{{5,7}}|{GROUPED}|\d{{3,13}})(?!\d)(?:-\d(?![\dA-Za-z]))?"
)
_COVERAGE = "It is not known whether the service covers this office: the result will tell, for each number."


def find(text: str, start: int, hints: Hints) -> Found | None:
    """Read a number behind the code of an office that has no family of its own.

    A hyphen and one digit at the end is a check digit (Brazil) and is dropped. In running prose six digits or a kind
    code are needed.
    """
    match = _NUMBER.match(text, start)
    if match is None or not hints.office:
        return None
    series, plain = match[1].upper(), digits(match[2])
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    if not ends(text, end) or not int(plain) or (len(plain) < (5 if hints.listed else 6) and not typed):
        return None
    stem = f"{hints.office}{series}{plain if series else plain.lstrip('0')}"
    note = _COVERAGE if typed else f"{_COVERAGE} No kind code was given; the service writes its numbers with one."
    return found(end, document(Kind.OTHER, stem, typed, (typed,) if typed else (), note))
