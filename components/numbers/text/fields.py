"""Numbers whose office or kind code stands in a field of its own: `US<TAB>7,654,321<TAB>B2`, `EP;2458380;B1`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from components.numbers import country_words, rules
from components.numbers.offices.office import FoundNumber, refused_number
from components.numbers.text import codes, recognition
from components.numbers.text.scan import Segment
from components.numbers.text.tokens import fills

_CODE = re.compile(r"[\s\"'(]*([A-Z]{1,2})[\s\"').:]*")
_KIND_CODE = re.compile(r"[\s\"'(]*([A-HIJKOPSTUYZ]\d{0,2})[\s\"')]*")
_NUMBER = re.compile(r"[\s\"'(]*([A-Z]{0,3}\d[\dA-Za-z ,./-]{2,40})[\s\"')]*")
_SERIES = ("D", "PP", "RE", "H", "T")
_NO_FORM = "Behind {} this is no number in a form that is known there. Check the digits and the office."
_TABLE = re.compile(r"[\t|;]")


@cache
def _field_of_code() -> re.Pattern[str]:
    """Return what finds a field that a code, a kind code or the name of a country fills."""
    return re.compile(
        rf"(?:^|[\t|;,])[ \"'(]{{0,3}}(?:(?-i:PCT|[A-Z](?:[A-Z]|\d{{0,2}}))|{country_words.pattern()})[ \"').:]{{0,3}}"
        r"(?=[\t|;,]|$)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Joined:
    """A number that is spread over neighbouring segments of a line."""

    first: int
    """Index of its first segment."""
    last: int
    """Index of its last segment."""
    number: FoundNumber
    """Where it ends says nothing: it was read from the joined text."""


def has_field_of_code(text: str) -> bool:
    """Return whether a line has several fields, of which one is filled by what may be a code or a kind code."""
    match = _field_of_code().search(text)
    return match is not None and match[0] != text


def joined_numbers(text: str, segments: Sequence[Segment]) -> list[Joined]:
    """Return the numbers of a line whose code or kind code is a segment of its own, in their order."""
    if len(segments) < 2:
        return []
    fields = [("" if segment.address else text[segment.start : segment.end]) for segment in segments]
    found, index = [], 0
    while index < len(fields):
        joined = _international_at(fields, index) or _code_behind(fields, index) or _joined_at(fields, index)
        if joined is not None:
            found.append(joined)
        index = joined.last + 1 if joined is not None else index + 1
    return found or _doubtful(text, fields)


def _joined_at(fields: Sequence[str], index: int) -> Joined | None:
    """Return the number that begins with a field: with the code of an office, or with the number itself."""
    code = _code(fields[index])
    place = index + bool(code)
    behind_kind_code = _behind_kind_code(fields, index) if code else None
    if behind_kind_code is not None:
        return behind_kind_code
    body = _NUMBER.fullmatch(fields[place]) if place < len(fields) else None
    if body is None or _names_office(body[1]):
        code, body = "", _NUMBER.fullmatch(fields[index])
        place = index
    if body is None:
        return None
    kind = _KIND_CODE.fullmatch(fields[place + 1]) if place + 1 < len(fields) else None
    for kind_code in dict.fromkeys((kind[1] if kind is not None else "", "")):
        number = _whole(f"{code}{body[1].strip()}{kind_code}") if code or kind_code else None
        if number is not None and code and index and _code(fields[index - 1]):
            number = _either(code, f"{body[1].strip()}{kind_code}", _whole(f"{body[1].strip()}{kind_code}"))
        if number is not None:
            return Joined(index, place + bool(kind_code), number)
    if not code or sum(map(str.isdigit, body[1])) < 5:
        return None
    return Joined(index, place, refused_number(0, _NO_FORM.format(code)))


def _behind_kind_code(fields: Sequence[str], index: int) -> Joined | None:
    """Return the number of the fields office, kind code and number, EP;B1;2458380; `None` if they are others."""
    if index + 2 >= len(fields):
        return None
    kind, body = _KIND_CODE.fullmatch(fields[index + 1]), _NUMBER.fullmatch(fields[index + 2])
    if kind is None or body is None or not kind[1][1:] or _names_office(body[1]):
        return None
    stem = f"{_code(fields[index])}{body[1].strip()}"
    number = _whole(f"{stem}{kind[1]}") or _whole(stem)
    return None if number is None else Joined(index, index + 2, number)


def _code_behind(fields: Sequence[str], index: int) -> Joined | None:
    """Return a number behind which the code of its office and its kind code stand: `2458380|EP|B1`."""
    body = _NUMBER.fullmatch(fields[index]) if index + 2 < len(fields) and not _names_office(fields[index]) else None
    if body is None:
        return None
    code, kind = _code(fields[index + 1]), _KIND_CODE.fullmatch(fields[index + 2])
    number = _whole(f"{code}{body[1].strip()}{kind[1]}") if code and kind is not None else None
    return None if number is None else Joined(index, index + 2, number)


def _international_at(fields: Sequence[str], index: int) -> Joined | None:
    """Return the international application that begins with a field "PCT": `PCT|US2004|011130`."""
    if fields[index].strip().upper() != "PCT":
        return None
    for last in range(min(index + 3, len(fields) - 1), index, -1):
        number = _whole("/".join(map(str.strip, fields[index : last + 1])))
        if number is not None:
            return Joined(index, last, number)
    return None


def _doubtful(text: str, fields: Sequence[str]) -> list[Joined]:
    """Return the only number of a row without its office, if the only code of the row stands elsewhere than before it.

    Such a code may be the number's, or an applicant's country: both are offered.
    """
    coded = [index for index, field in enumerate(fields) if _code(field)]
    bodies = [index for index, field in enumerate(fields) if _NUMBER.fullmatch(field) and not _names_office(field)]
    plain = [(index, number) for index in bodies if (number := _whole(fields[index].strip())) is not None]
    if len(coded) != 1 or len(plain) != 1 or not _TABLE.search(text):
        return []
    (index, number), code = plain[0], _code(fields[coded[0]])
    merged = _either(code, fields[index].strip(), number)
    return [Joined(index, index, merged)] if merged.readings != number.readings else []


def _either(code: str, body: str, plain: FoundNumber | None) -> FoundNumber:
    """Return a number that may be of an office or not, with both meanings."""
    coded = _whole(f"{code}{body}")
    both = [None if number is None else replace(number, end=0) for number in (coded, plain)]
    return codes.either(code, *both) or refused_number(0, _NO_FORM.format(code))


def _code(field: str) -> str:
    """Return the code of an office, written or by its country's name, or of a US series; empty for anything else."""
    match = _CODE.fullmatch(field)
    if match is None:
        return country_words.office_filling(field)
    return match[1] if match is not None and (match[1] in rules.offices() or match[1] in _SERIES) else ""


def _names_office(field: str) -> bool:
    """Return whether a field begins with the code of an office."""
    return field.strip()[:2].upper() in rules.offices()


def _whole(text: str) -> FoundNumber | None:
    """Read a number that fills a text; a refused one is none."""
    number = recognition.number_at(text, 0, alone=True)
    return number if number is not None and number.readings and fills(text, number.end) else None
