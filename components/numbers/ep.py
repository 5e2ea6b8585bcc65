"""European Patent Office: publications and applications."""

import re

from components.numbers import rules
from components.numbers.checks import european
from components.numbers.model import Kind
from components.numbers.office import (
    GROUPED,
    UNCONFIRMED,
    Found,
    Hints,
    application,
    digits,
    ends,
    found,
    kind_at,
    published,
    refused,
)

_APPLICATION = re.compile(r"(\d{2} ?\d{3} ?\d{3})(?: ?\. ?(\d))?(?!\d)")
_EXCHANGE = re.compile(r"(?:19|20)(\d\d)0(\d{6})(?!\d)")
_PUBLICATION = re.compile(rf"{GROUPED}(?!\d)|\d{{1,7}}(?!\d)|0\d{{7}}(?!\d)")
_FIRST_YEAR = 1978


def find(text: str, start: int, hints: Hints) -> Found | None:
    """Read an EP number behind "EP" or "European"."""
    return _application(text, start, hints) or _exchange(text, start, hints) or _publication(text, start, hints)


def filed(plain: str, check: str, end: int) -> Found | None:
    """Read eight digits as an application number, or give `None` if they begin with no year.

    A wrong check digit refuses the number: a look-up of a mistyped one would be charged.
    """
    if rules.century(plain[:2], _FIRST_YEAR) is None:
        return None
    right = european(plain)
    if check and check != right:
        return refused(
            end,
            f"The check digit of EP {plain} is {right}, not {check}: a digit is mistyped. "
            "Correct it, or leave the check digit off to ask for it all the same.",
        )
    return found(end, application(Kind.EP_APPLICATION, f"EP{plain}", UNCONFIRMED))


def _application(text: str, start: int, hints: Hints) -> Found | None:
    match = _APPLICATION.match(text, start)
    if match is None or match[1][0] == "0" == match[1][1]:
        return None
    end = match.end()
    typed = ""
    if match[2] is None:
        typed, end = kind_at(text, end, listed=hints.listed)
    if typed not in ("", "A") or not ends(text, end):
        return None
    return filed(digits(match[1]), match[2] or "", end)


def _exchange(text: str, start: int, hints: Hints) -> Found | None:
    match = _EXCHANGE.match(text, start)
    if match is None:
        return None
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    return filed(match[1] + match[2], "", end) if typed in ("", "A") and ends(text, end) else None


def _publication(text: str, start: int, hints: Hints) -> Found | None:
    match = _PUBLICATION.match(text, start)
    if match is None:
        return None
    plain = digits(match[0])
    typed, end = kind_at(text, match.end(), listed=hints.listed)
    number = int(plain)
    few = len(plain) < 4 and not (typed and hints.listed)
    if not 0 < number < 10_000_000 or few or not ends(text, end):
        return None
    return found(end, published(Kind.EP_PUBLICATION, f"EP{number:07}", typed, office="EP", series="publication"))
