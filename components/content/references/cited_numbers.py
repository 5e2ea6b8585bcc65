"""Numbers of patents and publications as lists and texts print them, in the form in which this app writes them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from components.numbers import NumbersError, Standing, parse

_KIND: Final = r"(?:[\s_-]{0,2}(?P<kind%s>[A-CEHPSTUY][1-9lIL]?)(?![A-Za-z0-9]))?"
_DIGIT: Final = r"[\dOolI|]"
_US: Final = (
    r"(?:\bU\.?\s?S\.?\s?(?:P?G?\s?-?\s?Pub\w*\.?|Pat(?:ent)?\b\.?)?\s?(?:Appl?\w*\.?\s)?(?:Pub\w*\.?\s?)?(?:Nos?\.?)?"
    r"[\s_-]{0,2})?"
)
_US_NUMBER: Final = re.compile(
    rf"""(?<![\d/.,-]){_US}(?:
        (?P<year>2[0Oo][0-4]\d)(?P<serial>\s?/\s?{_DIGIT}{{7}}|\s?[/\s-]?\s?[0O]{_DIGIT}{{6}}){_KIND % 1}
      | (?P<patent>[1-9]?{_DIGIT}[,.]\s?{_DIGIT}{{3}}[,.]\s?{_DIGIT}{{3}}|(?:1[0-3]|[2-9])\d{{6}}
          |(?:1[0-3]|[2-9])\d,?\d{{3}},?\d{{3}}){_KIND % 2}
      | (?P<other>\b(?:D|Des\.?|RE\.?|PP|H|T)\s?-?\s?\d{{2,3}}[,.]?\d{{3}}){_KIND % 3}
    )(?![\d/])""",
    re.VERBOSE,
)
_MISTAKEN: Final = tuple(map(set, ("06", "08", "17", "35", "38", "56", "58", "68", "69", "89")))
"""Digits that engines take for each other."""
_WHOLE: Final = re.compile(r"\d{1,2}(?:,\d{3}){2}|\d{4}/\d{7}")
"""A US number with all its digits and signs, which is cited as it is printed though this app knows none like it."""
_US_OLD: Final = re.compile(r"(?<![\d/.,-])(?:US[\s_-]{0,2})?(?P<patent>\d{3},\d{3}|[2-9]\d{5})(?![\d,/])")
"""Patents before 1911, only where a list of US patents is read."""
_OFFICES: Final = "EP|WO|JP|KR|DE|CN|GB|FR|CA|AU|TW|CH|SE|NL|RU|IT|ES|DD|SU|BR|NZ|DK|FI|NO|AT|BE|IL|SG|MX|HK|UK"
_SIGN_OF_A_KIND: Final = r"(?:\d\d\s(?=(?:19|20)\d\d\s\d{3}\s\d{3}(?!\d)))?"
"""The digits before the year of a German application, `10 2007 000 412`, which say what it is."""
_BODY: Final = (
    rf"{_SIGN_OF_A_KIND}(?:[HSh]\s?\d{{1,2}}\s?-\s?)?{_DIGIT}(?:[\d/,.OolI-]|\s(?=\d{{3}}\b)){{3,18}}{_DIGIT}"
)
_FOREIGN: Final = re.compile(
    rf"\b(?P<office>{_OFFICES})(?:\s?\(?(?:Pub\w*\.?|Pat\w*\.?|Appl?\w*\.?"
    rf"|Nos?\.?)\)?){{0,3}}[\s:_-]{{0,3}}(?P<body>{_BODY}){_KIND % 4}(?![\d/])"
)
_BARE: Final = re.compile(rf"(?<![\d/.,-])(?P<body>{_BODY}){_KIND % 5}(?![\d/])")
_PCT: Final = re.compile(r"\bPCT\s?/\s?[A-Z]{2}\s?\d{2,4}\s?/\s?\d{5,6}\b")
_WORDS_OF_OFFICES: Final = {
    "japan": "JP", "japanese": "JP", "epo": "EP", "europe": "EP", "european": "EP", "korea": "KR", "korean": "KR",
    "germany": "DE", "german": "DE", "china": "CN", "chinese": "CN", "united kingdom": "GB", "great britain": "GB",
    "british": "GB", "uk": "GB", "france": "FR", "french": "FR", "wipo": "WO", "pct": "WO", "international": "WO",
    "world": "WO", "canada": "CA", "canadian": "CA", "australia": "AU", "australian": "AU", "taiwan": "TW",
    "switzerland": "CH", "sweden": "SE", "netherlands": "NL", "russia": "RU", "soviet": "SU",
}  # fmt: skip
_WORDS: Final = re.compile(rf"\b(?:{'|'.join(_WORDS_OF_OFFICES)})\b|\b(?:{_OFFICES})\b", re.IGNORECASE)
_WORDS_IN_ROWS: Final = re.compile(
    rf"(?:{_WORDS.pattern})(?:\s(?:patent\s(?:office|organi[sz]ation)|republic))?", re.IGNORECASE
)
_DATE: Final = re.compile(r"\d{1,2}[/-]\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d-\d\d(?:-\d\d)?")
_AS_DIGITS: Final = str.maketrans("OolI|", "00111")
_FEWEST_DIGITS: Final = 5
_FEWEST_IN_PROSE: Final = 6
"""Elsewhere than in a list fewer digits are a postal code: CA 92660."""


class CitedNumber(NamedTuple):
    """A number in a text."""

    number: str
    """In the form of this app, `US 2015/0380679 A1`."""
    start: int
    end: int


def us_numbers_in(text: str, *, in_list: bool = False) -> Iterator[CitedNumber]:
    """Yield the numbers of US patents and publications in a text; application numbers are none.

    Args:
        text: of a row or a paragraph.
        in_list: whether it is a row of a list of US documents, in which also short numbers are patents.
    """
    for match in _US_NUMBER.finditer(text):
        kind = _kind(match["kind1"] or match["kind2"] or match["kind3"])
        body = match["patent"] or match["other"] or f"{match['year']}/{match['serial'].lstrip(' /-')}"
        body = body if match["other"] else body.translate(_AS_DIGITS).replace(" ", "")
        digits = re.sub(r"(?<=\d)\.(?=\d)", ",", body)
        number = written(f"US {digits} {kind}".strip()) or written(f"US {digits}")
        if not number and (in_list or kind) and _WHOLE.fullmatch(digits):
            number = f"US {digits} {kind}".strip()
        if number:
            yield CitedNumber(number, match.start() + _lead(match[0]), match.end())
            in_list = False
    if in_list:
        for match in _US_OLD.finditer(text):
            number = written(f"US {match['patent']}")
            if number:
                yield CitedNumber(number, match.start(), match.end())
                return


def foreign_numbers_in(text: str, *, in_list: bool = False) -> Iterator[CitedNumber]:
    """Yield the numbers of other offices' documents in a text.

    Args:
        text: of a row or a paragraph.
        in_list: whether it is a row of a list of foreign documents, in which the office may stand in another column.
    """
    found = False
    for match in _FOREIGN.finditer(text):
        number = _foreign(match["office"], match["body"], _kind(match["kind4"]))
        if number and (in_list or sum(map(str.isdigit, number)) >= _FEWEST_IN_PROSE):
            found = True
            yield CitedNumber(number, match.start(), match.end())
    for match in _PCT.finditer(text):
        found = True
        yield CitedNumber(" ".join(match[0].split()), match.start(), match.end())
    if in_list and not found:
        office = _office_in(text)
        for match in _BARE.finditer(text):
            number = "" if _DATE.fullmatch(match["body"]) else _foreign(office, match["body"], _kind(match["kind5"]))
            if number:
                yield CitedNumber(number, match.start(), match.end())
                return


@lru_cache(maxsize=4096)
def written(printed: str) -> str:
    """Return a printed number in the form of this app; empty if it is none, or could be several."""
    try:
        read = parse(printed)
    except NumbersError:
        return ""
    if len(read) != 1 or read[0].standing is not Standing.UNDERSTOOD:
        return ""
    return read[0].reading.display_form


@lru_cache(maxsize=4096)
def key_of(number: str) -> str:
    """Return a number without its kind code and signs, by which the same document is known in another list."""
    return re.sub(r"[^0-9A-Z]", "", re.sub(r"\s[A-Z]\d?$", "", number.upper()))


def are_one_number(one: str, other: str, *, as_read: bool = False) -> bool:
    """Return whether two numbers are of one document, whatever their kind codes.

    Args:
        one: a number.
        other: another.
        as_read: whether both bear one name, so that a single digit which engines mistake for another makes no other.
    """
    first, second = key_of(one), key_of(other)
    if first == second or not as_read or len(first) != len(second):
        return first == second
    differ = [{a, b} for a, b in zip(first, second, strict=True) if a != b]
    return len(differ) == 1 and differ[0] in _MISTAKEN


def _foreign(office: str, body: str, kind: str) -> str:
    """Return a foreign number in the form of this app, or as it is printed where this app reads none of that office."""
    digits = body.translate(_AS_DIGITS)
    if not office or sum(map(str.isdigit, digits)) < _FEWEST_DIGITS:
        return ""
    code = "GB" if office.upper() == "UK" else office.upper()
    plain = digits.strip(" ,.-/")
    number = written(f"{code} {plain} {kind}".strip()) or written(f"{code} {plain.replace(',', '')} {kind}".strip())
    return number or f"{code} {plain} {kind}".strip()


def without_offices(text: str) -> str:
    """Return a text with blanks in place of the names and codes of offices, so that what is left is a name."""
    return _WORDS_IN_ROWS.sub(lambda match: " " * len(match[0]), text)


def _office_in(text: str) -> str:
    """Return the office that a row names in one of its columns."""
    for match in _WORDS.finditer(text):
        word = match[0].lower()
        if word in _WORDS_OF_OFFICES:
            return _WORDS_OF_OFFICES[word]
        if match[0].isupper():
            return match[0]
    return ""


def _kind(printed: str | None) -> str:
    """Return a kind code, `A1` also where it was read as `Al`."""
    return (printed or "")[:1] + (printed or "")[1:].translate(_AS_DIGITS).replace("L", "1")


def _lead(printed: str) -> int:
    return len(printed) - len(printed.lstrip())
