"""Numbers without an office: digits that are known by their shape, and what a spreadsheet made of them."""

import re

from components.numbers import cn, ep, kr, rules, us
from components.numbers.office import Found, Hints, ends, found, kind_at, refused

_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[Ee]\+?(\d{1,2})(?![\w.])")
_DOTTED = re.compile(r"(\d{7,13})\.(\d+)(?![\w.,])")
_GROUPED = re.compile(r"\d{1,2},\d{3},\d{3}(?!\d|,\d{3}(?!\d))")
_SOLID = re.compile(r"\d{7,8}(?!\d)")
_KOREAN = re.compile(r"[12]0-(?:\d{4}-)?\d{7}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MONEY = "$€£¥"
_LOST = (
    "The spreadsheet has rounded this number and digits are lost. Format the column as text, enter the number again, "
    "then paste or upload it."
)
_SEVEN = "Read as a patent number; if it is an application that lost the zero of its series, write it with a slash."


def find(text: str, start: int, hints: Hints) -> Found | None:
    """Read a number that no code and no word assigns to an office."""
    if hints.listed:
        special = _scientific(text, start) or cn.find_bare(text, start) or _dotted(text, start, hints)
        if special is not None:
            return special
    elif _DOTTED.match(text, start):
        made = _european(text, start)
        return made if made is not None and made.readings else None
    if _KOREAN.match(text, start) and (hints.listed or text[start + 7 : start + 8] == "-"):
        return kr.find(text, start, hints)
    return us.find(text, start, hints) or _grouped(text, start, hints) or _solid(text, start, hints)


def is_date(plain: str) -> bool:
    """Tell whether eight digits are a calendar date written `yyyymmdd`."""
    return len(plain) == 8 and _DATE.fullmatch(plain) is not None


def _scientific(text: str, start: int) -> Found | None:
    match = _SCIENTIFIC.match(text, start)
    if match is None:
        return None
    plain = match[1] + (match[2] or "")
    if len(plain) != int(match[3]) + 1:
        return refused(match.end(), _LOST)
    return _plain(plain, match.end())


def _european(text: str, start: int) -> Found | None:
    """Read eight digits with a check digit as an EP application, refused if the check digit is wrong."""
    match = _DOTTED.match(text, start)
    if match is None or len(match[1]) != 8 or len(match[2]) != 1:
        return None
    return ep.filed(match[1], match[2], match.end())


def _dotted(text: str, start: int, hints: Hints) -> Found | None:
    """Read `10173239.4` (EP application) and `11205304.0` (a spreadsheet's float), which may be both."""
    match = _DOTTED.match(text, start)
    if match is None:
        return None
    european = _european(text, start)
    whole = us.find(match[1], 0, hints) or _plain(match[1], match.end()) if not match[2].strip("0") else None
    if european is None or whole is None or not european.readings:
        made = whole or european
        return None if made is None else Found(match.end(), made.readings, made.reason)
    reason = "An application number with its check digit, or a spreadsheet's decimal: choose one."
    return found(match.end(), *european.readings, *whole.readings, reason=reason)


def _grouped(text: str, start: int, hints: Hints) -> Found | None:
    match = _GROUPED.match(text, start)
    before = text[:start].rstrip()
    if match is None or (before and before[-1] in _MONEY):
        return None
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    plain = match[0].replace(",", "")
    return _kinded(plain, typed, end) if ends(text, end) else None


def _solid(text: str, start: int, hints: Hints) -> Found | None:
    match = _SOLID.match(text, start)
    if match is None:
        return None
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    if not ends(text, end) or (not hints.listed and not typed and is_date(match[0])):
        return None
    return _kinded(match[0], typed, end) if typed else _plain(match[0], end)


def _kinded(plain: str, typed: str, end: int) -> Found | None:
    """Read a number with commas, or with a kind code that fits a US patent of that number."""
    number = int(plain)
    if typed and typed not in rules.kinds("US", "grant", number):
        return None
    if number > rules.HIGHEST_GRANT:
        return _filed(plain, end)
    return found(end, us.grant(number, typed)) if number else None


def _plain(plain: str, end: int) -> Found | None:
    """Read seven or eight digits that nothing explains."""
    if len(plain) not in (7, 8) or not int(plain):
        return None
    number = int(plain)
    if len(plain) == 7:
        return found(end, us.grant(number, note=_SEVEN)) if plain[0] != "0" else None
    if number > rules.HIGHEST_GRANT:
        return _filed(plain, end)
    granted, filed = us.grant(number), us.filed(int(plain[:2]), plain[2:])
    if filed is None:
        return found(end, granted)
    reason = f"A patent number or an application number: choose one, or write {granted.shown} or {filed.shown}."
    return found(end, granted, filed, reason=reason)


def _filed(plain: str, end: int) -> Found | None:
    made = us.filed(int(plain[:2]), plain[2:])
    return None if made is None else found(end, made)
