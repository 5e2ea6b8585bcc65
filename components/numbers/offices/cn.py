"""China: recognised in every form and always refused, because the service does not hold it."""

import re

from components.numbers.offices.check_digits import cn_check_digit
from components.numbers.offices.office import FoundNumber, Hints, digits_of, kind_code_at, may_end, refused_number

_NUMBER = re.compile(r"(\d[\d ]{5,13}\d|\d{4,15})(?: ?\. ?([\dXx]))?(?![\d.])")
_BARE = re.compile(r"((?:19|20)\d{2}[1-9]\d{7})\.([\dXx])(?![\dA-Za-z])")
REASON = (
    "China is not covered: the service holds file histories of offices outside China only. Nothing is asked, nothing "
    "is charged. A family member elsewhere (US, EP, JP …) can be looked up instead."
)


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a CN number behind "CN", "ZL" or "Chinese"; always refused."""
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    end = match.end()
    if match[2] is None:
        _, end = kind_code_at(text, end, alone=hints.alone)
    if not may_end(text, end):
        return None
    digits, check = digits_of(match[1]), (match[2] or "").upper()
    mistyped = check and len(digits) in (8, 12) and check != cn_check_digit(digits)
    note = f" (Its check digit should be {cn_check_digit(digits)}, not {check}.)" if mistyped else ""
    return refused_number(end, REASON + note)


def find_bare(text: str, start: int) -> FoundNumber | None:
    """Read a CN application number without its country code; only a correct check digit makes it one."""
    match = _BARE.match(text, start)
    if match is None or match[2].upper() != cn_check_digit(match[1]):
        return None
    return refused_number(match.end(), REASON)
