"""Germany: publications, patents and applications, which bear one number."""

import re

from components.numbers import rules
from components.numbers.checks import german
from components.numbers.model import Kind
from components.numbers.office import Found, Hints, digits, ends, found, kind_at, published, refused

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
_MIDDLE = {"1": "patent", "2": "20", "5": "50", "6": "60"}
"""Numbers of 1995 to 2003 by their first digit: the series of today with the same kind codes."""


def find(text: str, start: int, hints: Hints) -> Found | None:
    """Read a DE number behind "DE" or "German". Zero padding and the check digit are off.

    A wrong check digit refuses a number of seven digits, whose rule is published; a longer one is understood with a
    note, because its rule is inferred (see `checks.german`).
    """
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    shape = match.lastgroup if match.lastgroup != "check" else _shape(match)
    plain = digits(match[shape or "short"])
    check = match["check"] or ""
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    if not ends(text, end) or (shape == "old" and not (hints.listed or typed)):
        return None
    series = _series(shape or "", plain)
    if not series:
        return refused(end, f"German numbers do not begin with {plain[:2]}. Check the digits.")
    note = ""
    if check and len(plain) >= 7:
        right = german(plain)
        wrong = f"The check digit of DE {plain} should be {right.digit}, not {check}: a digit may be mistyped."
        if right.digit not in ("", check):
            if right.published:
                return refused(end, f"{wrong} Correct it, or leave the check digit off to ask for it all the same.")
            note = wrong
    filed = bool(check) or (hints.what == "application" and not typed)
    kind = Kind.DE_APPLICATION if filed else Kind.DE_PUBLICATION
    note = f"{note} {_ONE_NUMBER}".strip() if filed else note
    return found(end, published(kind, f"DE{plain}", typed, office="DE", series=series, note=note))


def _shape(match: re.Match[str]) -> str:
    return next(name for name in ("long", "middle", "short", "old") if match[name])


def _series(shape: str, plain: str) -> str:
    if shape == "long":
        return plain[:2] if rules.kinds("DE", plain[:2]) else ""
    if shape == "middle":
        return _MIDDLE.get(plain[0], "")
    return "patent"
