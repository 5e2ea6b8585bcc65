"""Numbers with their office behind them, as forms list foreign documents: `2458380 EP B1 2019-01-02 Siemens AG`."""

import re
from dataclasses import replace

from components.numbers import rules
from components.numbers.offices.office import FoundNumber, refused_number
from components.numbers.text import codes, recognition

_DATE = (
    r"\d{4}[-/.]\d\d?(?:[-/.]\d\d?)?(?!\d)|\d\d?[-/.](?:\d\d?|[A-Z][a-z]{2})[-/.]\d\d(?:\d\d)?(?!\d)|\d\d?[-/.]\d{4}(?!\d)"
    r"|\d\d? [A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.? \d"
)
_ROW = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3}){1,2}|\d{1,2} \d{3} \d{3}|\d{4}[/-]\d{5,7}|\d{5,13}) (?P<code>[A-Z]{2})"
    rf"(?: (?P<kind>[A-CEHPSTUY]\d?(?= (?:{_DATE})|$)|[A-CEHPSTUY]\d(?=[ ,.;)]))| (?={_DATE}))"
)
"""Source: USPTO, form PTO/SB/08a (foreign documents: number, country code, kind code, date, name).

A single letter is a kind code only before a date: in "7,654,321 IN A METHOD" it is a word."""
_NO_FORM = "Before {} this is no number in a form that is known there. Check the digits and the office."


def find(text: str, start: int) -> FoundNumber | None:
    """Read digits behind which the code of an office stands, and a kind code or a date; `None` where they do not.

    Without a kind code, the code may mean something else: both are offered. With one, digits in no form of that office
    are refused.

    Args:
        text: cleaned text.
        start: where the digits begin.
    """
    match = _ROW.match(text, start)
    if match is None or match["code"] not in rules.offices():
        return None
    code, number, kind_code = match["code"], match["number"], match["kind"] or ""
    coded = _whole(f"{code}{number}{kind_code}")
    end = match.end("kind") if kind_code else match.end("code")
    if kind_code:
        return replace(coded, end=end) if coded is not None else refused_number(end, _NO_FORM.format(code))
    both = [None if found is None else replace(found, end=end) for found in (coded, _whole(number))]
    return codes.either(code, *both)


def _whole(text: str) -> FoundNumber | None:
    """Read a number that fills a text; a refused one is none."""
    found = recognition.number_at(text, 0, alone=True)
    return found if found is not None and found.readings and found.end == len(text) else None
