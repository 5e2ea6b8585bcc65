"""The years in Japanese numbers: Western ones, and those of the eras Showa, Heisei and Reiwa (`eras.csv`)."""

import re
from functools import cache
from typing import Final, Literal, NamedTuple

from components.numbers import rules

ERAS: Final = ("S", "H")
"""The eras in which a year without the name of its era is read."""
_DIGITS = "〇一二三四五六七八九"
_KANJI = re.compile(rf"(?:([{_DIGITS[1:]}])?(十))?([{_DIGITS[1:]}])?")
_FIRST_WESTERN = 1900


class EraYear(NamedTuple):
    """A year as it was written: the Western year, and what was written of its era."""

    western: int
    written: Literal["western", "era", "bare"]
    """As a Western year, as a year of a named era, or as a year of an era that was not named."""
    numbered: bool
    """Whether publications bear this year of the era in their numbers; always, of a Western year."""


@cache
def era_names() -> str:
    """Return the pattern of the name of an era, longest names first."""
    return "|".join(sorted(rules.eras(), key=len, reverse=True))


@cache
def _spelled_year() -> re.Pattern[str]:
    """Return what recognises a year with 年 behind it: 令和2年, 昭和元年, 平成十一年, 2004年."""
    return re.compile(
        rf"(?:(?P<era>{era_names()})\s?(?P<year>\d{{1,2}}|元|[十{_DIGITS}]{{1,3}})|(?P<western>(?:19|20)\d\d))\s?年"
        r"(?:\s?\(\d{4}年?\))?\s?",
        re.IGNORECASE,
    )


def spelled_year_at(text: str, position: int) -> tuple[EraYear | None, int] | None:
    """Read a year that 年 follows.

    Returns:
        The year (`None` if the era has no such year) and where it ends; `None` where none stands.
    """
    match = _spelled_year().match(text, position)
    if match is None:
        return None
    if match["western"]:
        return EraYear(int(match["western"]), "western", numbered=True), match.end()
    return year_of_era(match["era"], match["year"]), match.end()


def year_of_era(era: str, year: str) -> EraYear | None:
    """Return a year of a named era, written in digits, as 元 or in kanji; `None` if the era has no such year."""
    row, value = rules.eras()[era.lower()], _value(year)
    if not row.first <= value <= (row.last or value) or row.before + value > rules.LAST_YEAR:
        return None
    return EraYear(row.before + value, "era", numbered=value <= row.numbered)


def years_without_era(year: str) -> list[EraYear]:
    """Return what a year of one or two digits, or 元, can be without its era: a year that publications bore."""
    value = _value(year)
    rows = (rules.eras()[letter.lower()] for letter in ERAS)
    return [EraYear(row.before + value, "bare", numbered=True) for row in rows if 1 <= value <= row.numbered]


def western_year(year: str) -> EraYear | None:
    """Return a Western year of four digits; `None` if it is none."""
    value = int(year)
    return EraYear(value, "western", numbered=True) if _FIRST_WESTERN <= value <= rules.LAST_YEAR else None


def _value(year: str) -> int:
    """Return the value of a year in digits, as 元 (the first) or in kanji up to 99; 0 if it is none."""
    if year == "元":
        return 1
    if year.isdecimal():
        return int(year)
    if "十" not in year:
        return int("".join(str(_DIGITS.find(sign)) for sign in year)) if set(year) <= set(_DIGITS) else 0
    match = _KANJI.fullmatch(year)
    if match is None:
        return 0
    return 10 * (_DIGITS.index(match[1]) if match[1] else 1) + (_DIGITS.index(match[3]) if match[3] else 0)
