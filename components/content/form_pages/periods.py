"""The period for reply that a paper sets, as its form and its text say it."""

import re
from dataclasses import replace
from typing import Final

from components.content.form_pages.misreadings import as_read
from components.content.records import ReplyPeriod, finding_id
from components.content.text import ReadText

_SET: Final = re.compile(
    rf"""(?:A\s+{as_read("shortened statutory")}\s+)?{as_read("period")}\s*
        (?:{as_read("for")}\s+(?:{as_read("reply")}|{as_read("response")})\b(?:(?!period)[\w\s()]){{0,60}}?)?
        \b{as_read("set to expire")}\s*
        (?P<number>[^\s(]{{0,14}}\s?(?:\([^)\n]{{1,5}}\))?)\s*[-_]{{0,3}}
        (?P<unit>M\s?{as_read("onth")}|DAY)\w{{0,2}}\s?(?:[({{\[]\s?[s5$]?\s?[)}}\]])?
        (?P<rest>[\s,]{{0,4}}OR\s+(?:{as_read("thirty")}|30)\s*(?:[({{\[]\s?\w{{2,3}}\s?[)}}\]])?\s*DAY)?""",
    re.VERBOSE | re.IGNORECASE,
)
_IN_WORDS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "thirty": 30, "sixty": 60}
_MOST_MONTHS: Final = 6
"""35 U.S.C. 133: no period for reply is longer than six months."""
UNSURE: Final = 50
"""Confidence in per cent of a digit that was read as a letter, or as different ones in several places."""
_LIKE_A_DIGIT: Final = str.maketrans("lI|iO", "11110")


def reply_period_in(text: ReadText) -> ReplyPeriod | None:
    """Return the period for reply that a paper sets; its months are `None` where the digit cannot be read.

    Where it stands in several places, the first that can be read is taken; it is a guess where they differ.
    """
    periods = reply_periods_in(text)
    legible = [period for period in periods if period.months is not None or period.days is not None]
    months = [period for period in legible if period.months is not None]
    found = next(iter(months or legible or periods), None)
    if found is not None and len({period.months for period in months}) > 1:
        return replace(found, confidence=min(found.confidence, UNSURE))
    return found


def reply_periods_in(text: ReadText) -> list[ReplyPeriod]:
    """Return the period for reply in each place of a paper that sets one, in the order of its pages."""
    return [_period(text, found) for found in _SET.finditer(text.text)]


def _period(text: ReadText, found: re.Match[str]) -> ReplyPeriod:
    number = _number(found["number"])
    is_days = found["unit"].upper().startswith("DAY")
    quote = text.quote(*found.span())
    months = None if is_days or number is None or number > _MOST_MONTHS else number
    days = number if is_days else 30 if found["rest"] and months is not None else None
    length = [f"{count} {unit}" for count, unit in ((months, "months"), (days, "days")) if count is not None]
    name = finding_id("reply period", *length)  # with its length: a mark of another one is no mark of this one
    return ReplyPeriod(name, months, days, quote, min(quote.confidence, _confidence(text, found)))


def _confidence(text: ReadText, found: re.Match[str]) -> int:
    """Return how sure the number itself is: a due day rests on one digit, whatever surrounds it."""
    words = text.words_at(*found.span("number"))
    sure = min((text.pages[page].words[word].confidence for page, word in words), default=0)
    is_plain = any(digit.isdigit() for digit in found["number"]) or any(
        word in found["number"].lower() for word in _IN_WORDS
    )
    return sure if is_plain else min(sure, UNSURE)


def _number(printed: str) -> int | None:
    """Return a number that stands there in digits or in words, `THREE (3)`; `None` where it is none."""
    word = re.match(r"[a-z]+", printed.strip(" -_"), re.IGNORECASE)
    if word and word[0].lower() in _IN_WORDS:
        return _IN_WORDS[word[0].lower()]
    digits = re.sub(r"[\s()_.-]", "", printed).translate(_LIKE_A_DIGIT)
    return int(digits) if re.fullmatch(r"0?[1-9]\d?", digits) and digits.isascii() else None
