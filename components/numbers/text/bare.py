"""Numbers without an office: digits whose shape says what they are, and digits that a spreadsheet has changed."""

import re

from components.numbers import rules
from components.numbers.offices import cn, de, ep, jp, kr, other, us
from components.numbers.offices.office import FoundNumber, Hints, found_number, kind_code_at, may_end, refused_number

_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[Ee]\+?0{0,2}(\d{1,2})(?![\w.])")
_DOTTED = re.compile(r"(\d{7,13})\.(\d+)(?![\w.,])")
_GROUPED = re.compile(r"\d{1,2},\d{3},\d{3}(?!\d|,\d{3}(?!\d))")
_SOLID = re.compile(r"\d{7,8}(?!\d)")
_KOREAN = re.compile(r"[1-4]0-(?:\d{4}-)?\d{7}(?!\d)|[1-4]0(?:19|20)\d{9}(?!\d)")
_YEAR_SERIAL = re.compile(r"(19[7-9]\d|20\d\d)-(?:(\d{7})|\d{5,6})(?!\d)")
_SHORT_YEAR_SERIAL = re.compile(r"(?:19[7-9]\d|20\d\d)-\d{3,4}(?!\d)")
_FIRST_US_PUBLICATIONS = 2001
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MONEY = tuple("$€£¥")
_MONEY_REACH = 20
"""The sign of a currency stands within so many characters before its amount."""
_LOST = (
    "The spreadsheet has rounded this number and digits are lost. Format the column as text, enter the number again, "
    "then paste or upload it."
)
_SEVEN_DIGITS = (
    "Read as a patent number; if it is an application that lost the zero of its series, write it with a slash."
)


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number that no code and no word assigns to an office; see `office.Finder`."""
    national = de.find_bare(text, start, hints) or other.find_bare(text, start, hints)
    if national is not None:
        return national
    if hints.alone:
        special = _scientific(text, start) or cn.find_bare(text, start) or _dotted(text, start, hints)
        if special is not None:
            return special
    elif _DOTTED.match(text, start):
        result = _ep_application(text, start)
        return result if result is not None and result.readings else None
    if _KOREAN.match(text, start) and (hints.alone or text[start + 7 : start + 8] == "-"):
        return kr.find(text, start, hints)
    return (
        us.find(text, start, hints)
        or _year_serial(text, start, hints)
        or _grouped(text, start, hints)
        or _solid(text, start, hints)
    )


def _year_serial(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a year and a serial number with a hyphen, without an office: `2004-266582`.

    With six digits or fewer it is Japanese, and a publication or an application; seven digits behind the year have US
    and Korean numbers.
    """
    match = _YEAR_SERIAL.match(text, start)
    if match is None and not (hints.alone and _SHORT_YEAR_SERIAL.match(text, start)):
        return None
    if match is None or match[2] is None:
        return jp.find(text, start, Hints("JP", "", hints.alone))
    korean = kr.find(text, start, Hints("KR", "", hints.alone))
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if korean is None or korean.end != end or int(match[1]) < _FIRST_US_PUBLICATIONS:
        return korean
    american = us.publication_reading(match[1], match[2], kind_code)
    reason = f"{american.display_form} or a Korean number: choose one, or write its office."
    return found_number(end, american, *korean.readings, reason=reason)


def _is_compact_date(digits: str) -> bool:
    """Return whether eight digits are a calendar date written `yyyymmdd`."""
    return len(digits) == 8 and _DATE.fullmatch(digits) is not None


def _scientific(text: str, start: int) -> FoundNumber | None:
    """Read a number that a spreadsheet turned into `1.1205304E+7` or `1.12053040000E+07`; refuse it if digits are lost.

    It is exact if it shows all digits before the decimal point, and nothing but zeros behind it.
    """
    match = _SCIENTIFIC.match(text, start)
    if match is None:
        return None
    digits, length = match[1] + (match[2] or ""), int(match[3]) + 1
    if len(digits) < length or digits[length:].strip("0"):
        return refused_number(match.end(), _LOST)
    whole = find(digits[:length], 0, Hints())
    if whole is None or whole.end != length:
        return None
    return FoundNumber(match.end(), whole.readings, whole.reason)


def _ep_application(text: str, start: int) -> FoundNumber | None:
    """Read eight digits with a check digit as an EP application; a wrong check digit refuses it."""
    match = _DOTTED.match(text, start)
    if match is None or len(match[1]) != 8 or len(match[2]) != 1:
        return None
    return ep.read_application(match[1], match[2], match.end())


def _dotted(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read `10173239.4` (EP application) and `11205304.0` (a spreadsheet's decimal number), which may be both."""
    match = _DOTTED.match(text, start)
    if match is None:
        return None
    european = _ep_application(text, start)
    decimal = us.find(match[1], 0, hints) or _bare_digits(match[1], match.end()) if not match[2].strip("0") else None
    if european is None or decimal is None or not european.readings:
        result = decimal or european
        return None if result is None else FoundNumber(match.end(), result.readings, result.reason)
    reason = "An application number with its check digit, or a spreadsheet's decimal: choose one."
    return found_number(match.end(), *european.readings, *decimal.readings, reason=reason)


def _grouped(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read digits with commas, `11,205,304`; behind a sign of a currency they are money."""
    match = _GROUPED.match(text, start)
    if match is None or text[max(0, start - _MONEY_REACH) : start].rstrip().endswith(_MONEY):
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    digits = match[0].replace(",", "")
    return _us_number(digits, kind_code, end) if may_end(text, end) else None


def _solid(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read seven or eight digits without separators."""
    match = _SOLID.match(text, start)
    if match is None:
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    if not may_end(text, end) or (not hints.alone and not kind_code and _is_compact_date(match[0])):
        return None
    return _us_number(match[0], kind_code, end) if kind_code else _bare_digits(match[0], end)


def _us_number(digits: str, kind_code: str, end: int) -> FoundNumber | None:
    """Read a number with commas, or with a kind code that fits a US patent of that number."""
    number = int(digits)
    if kind_code and kind_code not in rules.kind_codes("US", "grant", number):
        return None
    if number > rules.HIGHEST_GRANT:
        return _application(digits, end)
    return found_number(end, us.grant_reading(number, kind_code)) if number else None


def _bare_digits(digits: str, end: int) -> FoundNumber | None:
    """Read seven or eight digits about which nothing else is known."""
    if len(digits) not in (7, 8) or not int(digits):
        return None
    number = int(digits)
    if len(digits) == 7:
        return found_number(end, us.grant_reading(number, note=_SEVEN_DIGITS)) if digits[0] != "0" else None
    if number > rules.HIGHEST_GRANT:
        return _application(digits, end)
    granted, application = us.grant_reading(number), us.application_reading(int(digits[:2]), digits[2:])
    if application is None:
        return found_number(end, granted)
    forms = f"{granted.display_form} or {application.display_form}"
    reason = f"A patent number or an application number: choose one, or write {forms}."
    return found_number(end, granted, application, reason=reason)


def _application(digits: str, end: int) -> FoundNumber | None:
    """Read eight digits as a US application without its slash."""
    result = us.application_reading(int(digits[:2]), digits[2:])
    return None if result is None else found_number(end, result)
