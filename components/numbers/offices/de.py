"""Germany: publications, patents and applications, which share one number."""

import re
from typing import NamedTuple

from components.numbers.offices import de_numbers
from components.numbers.offices.check_digits import de_check_digit
from components.numbers.offices.de_numbers import Query
from components.numbers.offices.native_words import Right, refusal_of, words_before
from components.numbers.offices.office import (
    FoundNumber,
    Hints,
    digits_of,
    found_number,
    kind_code_at,
    may_end,
    refused_number,
)

_LETTER = re.compile(r"([ABCDTU]\d?)[\s-]{1,3}(?=\d)", re.IGNORECASE)
_SERIES_LETTER = re.compile(r"([PG])\s?(?=\d)", re.IGNORECASE)
_RIGHT_OF_LETTER: dict[str, Right] = {"P": "patent", "G": "utility"}
_NUMBER = re.compile(
    r"(?:0{1,6}(?=\d{1,12}(?!\d|[ .,]\d{2})))?(?:"
    r"(?P<long>[1-7]\d[ -]?(?:19|20)\d\d[ -]?\d{3} ?\d{3})"
    r"|(?P<exchange>(?:19|20)\d\d\d{7,8})"
    r"|(?P<middle>[1-6]\d\d ?\d\d ?\d{3})"
    r"|(?P<short>[1-9]\d ?\d\d ?\d{3}|[1-9] ?\d{3} ?\d{3}|\d([,.])\d{3}\5\d{3})"
    r"|(?P<old>[1-9]\d{0,2}[ .]\d{3}|[1-9]\d{2,5})"
    r")(?!\d| \d{2,3}(?!\d))(?: ?\. ?(?P<check>\d)(?!\d))?"
)
BARE_LETTERS = r"[PG] ?\d\d ?\d\d ?\d{3}\.\d(?!\d)"
"""File numbers with the letter of their series, which no word and no code precedes: `P 31 30 619.5`."""
BARE_DIGITS = (
    r"[1-6]\d ?(?:19|20)\d\d ?\d{3} ?\d{3}\.\d(?!\d)|\d{2,3} \d\d \d{3}\.\d(?!\d)"
    r"|(?:1[01]|2[01]|[56]0) 20\d\d \d{3} \d{3}(?![\d.,/-]\d|\d)"
)
"""Those without it, in the office's own groups, the longest also without the check digit: `10 2007 004 488`."""
_BARE = re.compile(f"{BARE_LETTERS}|{BARE_DIGITS}")
_COULD_BE_OTHER = re.compile(r"\d\d \d\d \d{3}\.")
_TWO_YEARS = (
    "A file number of the office, or one that begins with the year, as databases exchange them: choose one, or write "
    "it with blanks: DE 20 2010 201 234."
)
_CONTRADICTION = "The words before this German number and the number itself contradict each other: leave off the words."
_DESIGN = "This is a registered design: the service's form for those of Germany is not known."
_FIRST_LONG_YEAR = 2000
"""Numbers of twelve digits, which show their year, were given from 2004 on."""
_LONGEST_OF_OLD_MODELS = 7
_NO_MODEL = (
    "DE {} is no utility model: these begin with 2 since 1995, with 20 or 21 since 2004. Check digits and kind code."
)
_LONGEST_OLD = 6
"""Numbers up to so many digits have no check digit."""
_MISTYPED = "a digit may be mistyped"
_LEAVE_OFF = "Correct it, or leave the check digit off to ask for it all the same."


class _Head(NamedTuple):
    """What stands before the digits, and where they begin."""

    query: Query
    start: int


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a DE number behind "DE" or "German", without zero padding and check digit.

    A wrong check digit refuses a number of seven digits, whose rule is published; a longer one is understood with a
    note, because its rule is inferred (see `check_digits.de_check_digit`).
    """
    head = _head_at(text, start, hints)
    match = _NUMBER.match(text, head.start)
    if match is None:
        return None
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    meaning, letter = head.query.meaning, head.query.kind_code
    says_something = bool(kind_code or letter or meaning.right or meaning.stage)
    if not may_end(text, end) or (match["old"] and not (hints.alone or says_something)):
        return None
    check = match["check"] or ""
    is_application = bool(check or match["exchange"]) or (head.query.is_application and not kind_code)
    return _read(_numbers_in(match), Query(meaning, kind_code or letter, is_application), check, end)


def is_patent(text: str, start: int, hints: Hints) -> bool:
    """Return whether the number that begins at `start` is of a patent or its application; utility models bear a U."""
    found = find(text, start, hints)
    forms = [form for reading in found.readings for form in reading.request_forms] if found is not None else []
    return bool(forms) and not any("U" in form for form in forms)


def find_bare(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a German file number without its country, in the office's own groups and with its check digit.

    Without the letter of the series, seven digits are read only alone and where the check digit is right.
    """
    is_weak = _COULD_BE_OTHER.match(text, start) is not None
    if _BARE.match(text, start) is None or (is_weak and not hints.alone):
        return None
    result = find(text, start, hints)
    if result is None or not result.readings:
        return None if is_weak else result
    mistyped = next((reading.note for reading in result.readings if _MISTYPED in reading.note), "")
    told = mistyped.split(de_numbers.ONE_NUMBER)[0].strip()
    return refused_number(result.end, f"Read as a German file number. {told}") if mistyped else result


def _head_at(text: str, start: int, hints: Hints) -> _Head:
    """Read the words and letters before a number."""
    meaning, position = words_before(text, start, "DE")
    letter = _LETTER.match(text, position)
    position = letter.end() if letter is not None else position
    series = _SERIES_LETTER.match(text, position)
    position = series.end() if series is not None else position
    if series is not None:
        meaning = meaning._replace(right=_RIGHT_OF_LETTER[series[1].upper()])
    is_application = series is not None or meaning.stage == "application" or hints.noun == "application"
    kind_code = letter[1].upper() if letter is not None else ""
    return _Head(Query(meaning, kind_code, is_application), position)


def _numbers_in(match: re.Match[str]) -> list[str]:
    """Return the numbers that the digits can be: the office's form, and that in which databases exchange it."""
    shape = next(name for name in ("long", "exchange", "middle", "short", "old") if match[name])
    digits = digits_of(match[shape])
    is_solid = digits == match[shape]
    other = de_numbers.exchanged(digits) if is_solid and len(digits) in (11, 12) and digits[:2] in ("19", "20") else ""
    is_own = shape != "exchange" and (shape != "long" or int(digits[2:6]) >= _FIRST_LONG_YEAR)
    own = digits if is_own else ""
    return list(dict.fromkeys(number for number in (own, other) if number))


def _read(numbers: list[str], query: Query, check: str, end: int) -> FoundNumber | None:
    """Read a number with what was said about it; of two, one that names no document is left out."""
    if not numbers:
        return None
    if check:
        numbers = numbers[:1]  # the form in which databases exchange numbers has no check digit
    results = [_read_one(digits, query, check, end) for digits in numbers]
    readings = [reading for result in results for reading in result.readings]
    if len(readings) < 2 or query.kind_code:
        return next((result for result in results if result.readings), results[0])
    return found_number(end, *readings, reason=_TWO_YEARS)


def _read_one(digits: str, query: Query, check: str, end: int) -> FoundNumber:
    """Read digits as one number."""
    span = de_numbers.span_of(digits, query)
    if span is None:
        return refused_number(end, _reason_of(digits))
    if query.kind_code[:1] == "U" and span.right == "patent" and len(digits) > _LONGEST_OF_OLD_MODELS:
        return refused_number(end, _NO_MODEL.format(digits))
    refusal = _DESIGN if span.right == "design" else refusal_of(span.right)
    if refusal:
        return refused_number(end, refusal)
    note = ""
    expected = de_check_digit(digits)
    if check and len(digits) > _LONGEST_OLD and expected.digit not in ("", check):
        note = f"The check digit of DE {digits} should be {expected.digit}, not {check}: {_MISTYPED}."
        if expected.published:
            return refused_number(end, f"{note} {_LEAVE_OFF}")
    return found_number(end, de_numbers.reading_of(digits, span, query, note))


def _reason_of(digits: str) -> str:
    """Return why digits are no German number that the words before them allow."""
    if de_numbers.spans_of(digits):
        return _CONTRADICTION
    return f"German numbers of {len(digits)} digits do not begin with {digits[:2]}. Check the digits."
