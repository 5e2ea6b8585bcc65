"""The digits of a Japanese number: a year and a serial number, with or without an era, or a number without a year."""

import re
from functools import cache
from typing import NamedTuple

from components.numbers import rules
from components.numbers.offices import jp_eras
from components.numbers.offices.jp_documents import Dated
from components.numbers.offices.jp_eras import EraYear
from components.numbers.offices.office import digits_of

_SERIAL = re.compile(r"(\d{1,6}|\d{1,3},\d{3})(?!\d)")
_REGISTERED = re.compile(r"(\d([ ,.])\d{3}\2\d{3}(?!\2\d{3}(?!\d))|\d{2,14})(?!\d)")
_WITH_DIGIT_OF_ERA = 9
_FEWEST_JOINED = 7
"""Year and serial number without anything between them have at least so many digits."""


class Body(NamedTuple):
    """The digits: what they can be, and where they end."""

    end: int
    choices: tuple[Dated, ...] = ()
    number: int = 0
    """The value of the digits where they can be a number without a year; 0 where they cannot."""
    width: int = 0
    """How many digits were written, with the zeros in front."""
    joined: bool = False
    """Whether year and serial number stand together without the name of an era."""
    by_era: bool = False
    """Whether an era is named."""
    exchange: bool = False
    """Whether it is an application in the exchange format of the offices."""


def body_at(text: str, start: int, year: EraYear | None, *, is_application: bool) -> Body | None:
    """Return the digits that begin at a position, or `None`.

    Args:
        text: cleaned text.
        start: where the digits, or the name of an era, begin.
        year: the year that stood before them with 年.
        is_application: whether the words before them say so; applications bear years that publications do not.
    """
    if year is None:
        return _dashed_body(text, start) or _era_body(text, start, is_application) or _solid_body(text, start)
    match = _SERIAL.match(text, start)
    return None if match is None else Body(match.end(), (Dated(year, digits_of(match[1])),))


def is_impossible_year(text: str, start: int) -> bool:
    """Return whether an era and a year stand there, and the era has no such year: `H32-123456`."""
    match = _dashed().match(text, start)
    return match is not None and bool(match["era"]) and not _years(match["era"], match["year"])


@cache
def _dashed() -> re.Pattern[str]:
    """Return what recognises a year and a serial number with a hyphen or slash: `2015-123456`, `Hei 11-123456`."""
    return re.compile(
        rf"(?:(?P<era>{jp_eras.era_names()})[.\s-]{{0,2}})?(?P<year>\d{{4}}|\d{{1,2}}|元)"
        r"(?:\s?\((?:19|20)\d\d\))?(?:\s?[-/]\s?|(?<=\d{4})\s(?=\d{6}))"
        r"(?P<serial>\d{1,6})(?!\d)",
        re.IGNORECASE,
    )


@cache
def _era_joined() -> re.Pattern[str]:
    """Return what recognises an era, a year and a serial number without separators: `H11123456`, padded or not."""
    return re.compile(rf"0{{0,6}}(?P<era>{jp_eras.era_names()})\s?(?P<digits>\d{{3,8}})(?!\d)", re.IGNORECASE)


def _dashed_body(text: str, start: int) -> Body | None:
    """Read a year and a serial number with something between them."""
    match = _dashed().match(text, start)
    if match is None or not int(match["serial"]):
        return None
    choices = tuple(Dated(year, match["serial"]) for year in _years(match["era"] or "", match["year"]))
    return Body(match.end(), choices, by_era=bool(match["era"])) if choices else None


def _years(era: str, year: str) -> list[EraYear]:
    """Return the years that a year with or without an era can be."""
    if era:
        named = jp_eras.year_of_era(era, year) if len(year) <= 2 else None
        return [named] if named is not None else []
    if len(year) == 4:
        western = jp_eras.western_year(year)
        return [western] if western is not None else []
    return jp_eras.years_without_era(year)


def _era_body(text: str, start: int, is_application: bool) -> Body | None:
    """Read an era, a year and a serial number without separators; the office writes years of two digits."""
    match = _era_joined().match(text, start)
    if match is None:
        return None
    digits = match["digits"]
    if not match["era"].isascii() and len(digits) < _FEWEST_JOINED:
        return None
    choices = []
    for width in (2, 1):
        year, serial = jp_eras.year_of_era(match["era"], digits[:width]), digits[width:]
        if year is not None and 1 <= len(serial) <= 6 and int(serial):
            choices.append(Dated(year, serial))
    usual = [choice for choice in choices if choice.year.numbered or is_application] or choices
    return Body(match.end(), tuple(usual[:1]), by_era=True) if usual else None


def _solid_body(text: str, start: int) -> Body | None:
    """Read digits without separators: a year and a serial number, a number without a year, or either."""
    match = _REGISTERED.match(text, start)
    digits = digits_of(match[1]).lstrip("0") if match is not None else ""
    if match is None or not digits:
        return None
    grouped = match[2] is not None
    padded = len(digits) < len(match[1]) and not grouped
    year = jp_eras.western_year(digits[:4]) if len(digits) >= 8 and digits[:2] in ("19", "20") else None
    if year is not None and len(digits) >= 9:
        exchange = len(digits) == 11 and digits[4] == "0"
        serial = digits[4:]
        fits = exchange or len(digits) <= 10
        return Body(match.end(), (Dated(year, serial),), exchange=exchange) if fits and int(serial) else None
    if len(digits) == _WITH_DIGIT_OF_ERA and not padded:
        return _digit_body(digits, match.end())
    if len(digits) > 8:
        return None
    choices = (
        [] if grouped or len(match[1]) < _FEWEST_JOINED else _splits(digits, whole_width=len(match[1]) if padded else 0)
    )
    if year is not None:
        choices.append(Dated(year, digits[4:]))
    number = int(digits) if len(digits) <= 7 else 0
    return Body(match.end(), tuple(choices), number, len(match[1]), joined=True)


def _digit_body(digits: str, end: int) -> Body | None:
    """Read a digit for the era, two digits of the year and six of the serial number: `363123456`, `411068462`."""
    era = next((row.letter for row in rules.era_rows() if row.digit == digits[0]), "")
    year = jp_eras.year_of_era(era, digits[1:3]) if era else None
    if year is None or not year.numbered or not int(digits[3:]):
        return None
    return Body(end, (Dated(year, digits[3:]),), by_era=True)


def _splits(digits: str, *, whole_width: int) -> list[Dated]:
    """Return the ways to divide digits into a year without its era and a serial number.

    Databases that pad write two digits of the year and six of the serial number.
    """
    widths = (2, 1) if not whole_width else (max(len(digits) - 6, 0),)
    return [
        Dated(year, digits[width:])
        for width in widths
        if width and 1 <= len(digits) - width <= 6 and int(digits[width:])
        for year in jp_eras.years_without_era(digits[:width])
    ]
