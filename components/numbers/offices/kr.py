"""Korea: applications, publications, patents, utility models and designs."""

import re
from dataclasses import replace

from components.numbers import rules
from components.numbers.model import Reading
from components.numbers.offices import kr_documents, wo
from components.numbers.offices.kr_documents import Digits, Query
from components.numbers.offices.native_words import refusal_of, words_before
from components.numbers.offices.office import (
    FoundNumber,
    Hints,
    behind_padding,
    found_number,
    kind_code_at,
    may_end,
    refused_number,
)

_LETTER = re.compile(r"([ABUY]\d?)[\s-]{1,3}(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?P<code>\d\d)\s?-\s?(?P<year>(?:19|20)\d\d)\s?-\s?(?P<serial>\d{1,7})"
    r"|(?P<code_joined>[1-4]\d)[\s-]?(?P<year_joined>(?:19|20)\d\d)[\s-]?(?P<serial_joined>\d{7})"
    r"|(?P<code_registered>[1-4]0)(?P<serial_registered>\d{7})0000"
    r"|(?P<year_alone>(?:19|20)\d\d)\s?[-/]\s?(?P<serial_of_year>\d{1,7})"
    r"|(?P<year_solid>(?:19|20)\d\d)(?P<serial_solid>\d{6,7})"
    r"|(?P<first>\d\d)\s?-\s?(?P<serial_behind>\d{1,7})"
    r"|(?P<first_apart>[1-4]0) (?P<serial_apart>\d{7})"
    r"|0*(?P<first_solid>[1-9]\d)(?P<serial_of_nine>\d{7})"
    r"|(?P<short_year>[5-9]\d)(?P<serial_of_year_joined>\d{5,6})"
    r"|(?P<number>\d{1,7}))(?!\d)"
)
_INTERNATIONAL = re.compile(r"((?:19|20)\d\d)/(0\d{5})")
_WITHOUT_PCT = "A Korean number without its first zero, or an international application without its PCT: choose one."
_CLOSE = re.compile(r"\s?호")
_SUFFIX = re.compile(r"-(?:\d{4}|\d\d-\d\d)(?![\d-])")
"""The running number of a right within its registration: 10-1234567-0000, in KIPRIS without hyphens."""
_SYLLABLE = re.compile(r"[가-힣]")
_FIRST_SHORT_YEAR = 50
"""Two digits from here on are a year; below they are a type of right."""
_FEWEST_DIGITS = 7
_LONGEST_PADDED = 9
"""Digits of a patent with the type of right: what is longer and begins with a zero is filled up."""
_FEWEST_WITHOUT_SIGN = 5
"""A number without type of right, year and kind code has so many digits, or 호 behind it."""
_COUNTED = re.compile(r"\s?[년월일시분초조항회원개명세도쪽]")
"""Signs behind digits that count something else."""
_MORE = "Applications, publications and examined publications of these years have the same shape: choose one."
_UNKNOWN_COUNTRY = (
    "The country before this number is not known here: write the code of its office, or 10- if it is Korean."
)
_CONTRADICTION = "Words, type of right and kind code contradict each other: leave off what is wrong."
_NO_RIGHT = "Korean numbers begin with 10 (patents), 20 (utility models), 30 (designs) or a year, not with {}."


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a KR number behind "KR", "Korean" or Korean words, or one in the shape 10-2015-0124192.

    The exchange format of the offices drops the leading 10 of a publication; it is added again.
    """
    meaning, position = words_before(text, start, "KR")
    position = behind_padding(text, position, _LONGEST_PADDED)
    letter = _LETTER.match(text, position)
    match = _NUMBER.match(text, letter.end() if letter is not None else position)
    digits = _digits_of(match) if match is not None else None
    if match is None or digits is None:
        return None
    kind_code, end = _ending(text, match.end(), digits, hints)
    kind_code = kind_code or (letter[1].upper() if letter is not None else "")
    says_something = bool(kind_code or meaning.stage or meaning.right or digits.code or digits.year)
    closed = _CLOSE.match(text, match.end()) is not None or bool(digits.code or digits.year or kind_code)
    if _COUNTED.match(text, match.end()) or not (closed or len(match[0]) >= _FEWEST_WITHOUT_SIGN):
        return None
    if not may_end(text, end) or not digits.serial or not (says_something or len(match[0]) >= _FEWEST_DIGITS):
        return None
    names_country = start > 0 and _SYLLABLE.match(text, start - 1) is not None and position > start
    if names_country and not (digits.code or digits.year):
        return refused_number(end, _UNKNOWN_COUNTRY)
    found = _read(digits, Query(meaning.with_english(text, start, hints.noun), kind_code), end)
    says_which = bool(kind_code or meaning.stage or meaning.right or hints.noun)
    return found if says_which else _or_international(match[0], found)


def _or_international(written: str, found: FoundNumber) -> FoundNumber:
    """Return a number, asked about if it is written as PCT/KR2010/001234 without its PCT; Korea's have seven digits."""
    match = _INTERNATIONAL.fullmatch(written)
    if match is None or not found.readings:
        return found
    return found_number(
        found.end, *found.readings, wo.application_reading("KR", match[1], match[2]), reason=_WITHOUT_PCT
    )


def _digits_of(match: re.Match[str]) -> Digits | None:
    """Return the parts of a number; `None` if the year is impossible."""
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    code = next((value for name, value in parts.items() if name.startswith("code")), "")
    year = next((value for name, value in parts.items() if name.startswith("year")), "")
    serial = int(next(value for name, value in parts.items() if name.startswith(("serial", "number"))))
    first = parts.get("first") or parts.get("first_apart") or parts.get("first_solid") or parts.get("short_year") or ""
    if first and int(first) >= _FIRST_SHORT_YEAR:
        return Digits("", 1900 + int(first), serial)
    if year and int(year) > rules.LAST_YEAR:
        return None
    return Digits(code or first, int(year) if year else None, serial)


def _ending(text: str, end: int, digits: Digits, hints: Hints) -> tuple[str, int]:
    """Return the kind code behind a number, and where it ends with what is written after it."""
    suffix = _SUFFIX.match(text, end) if digits.year is None else None
    closing = _CLOSE.match(text, suffix.end() if suffix is not None else end)
    end = closing.end() if closing is not None else suffix.end() if suffix is not None else end
    kind_code, end = kind_code_at(text, end, alone=hints.alone)
    closing = _CLOSE.match(text, end)
    return kind_code, closing.end() if closing is not None else end


def _read(digits: Digits, query: Query, end: int) -> FoundNumber:
    """Read the parts of a number with what was said about it."""
    is_trademark = digits.code.isdecimal() and int(digits.code) in kr_documents.TRADEMARKS
    refusal = refusal_of("trademark" if is_trademark else query.meaning.right)
    if refusal:
        return refused_number(end, refusal)
    if digits.code and digits.code not in {row.code for row in kr_documents.document_rows()}:
        return refused_number(end, _NO_RIGHT.format(digits.code))
    if digits.year is not None and digits.serial >= kr_documents.FIRST_NATIONAL_PHASE and query.kind_code[:1] == "A":
        query = Query(query.meaning, "")
    readings = kr_documents.readings_of(digits, query)
    if not readings:
        told = next((row.told for row in kr_documents.fitting_rows(digits, query)), _CONTRADICTION)
        return refused_number(end, told)
    return _chosen(digits, query, readings, end)


def _chosen(digits: Digits, query: Query, readings: tuple[Reading, ...], end: int) -> FoundNumber:
    """Return a number with one reading, or with all of an old one that nothing was said about.

    A publication and an application of one number are different files. The service's own form of a publication has the
    shape of both, so a number of today is read as that, with a note.
    """
    is_old = digits.year is not None and digits.year <= kr_documents.LAST_SHORT_YEAR
    if len(readings) == 1 or is_old:
        return found_number(end, *readings, reason=_MORE if len(readings) > 1 else "")
    note = "" if query.kind_code or query.meaning.stage else kr_documents.SAME_SHAPE
    return found_number(end, replace(readings[0], note=f"{readings[0].note} {note}".strip()))
