"""Japan: publications in Western, Showa and Heisei years, patents, applications, designs, utility models."""

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices import jp_documents, jp_eras, wo
from components.numbers.offices.jp_digits import Body, body_at, is_impossible_year
from components.numbers.offices.jp_documents import Query
from components.numbers.offices.jp_eras import EraYear
from components.numbers.offices.native_words import Meaning, first_signs, refusal_of, word_at
from components.numbers.offices.office import (
    UNCONFIRMED,
    FoundNumber,
    Hints,
    digits_of,
    document_reading,
    found_number,
    kind_code_at,
    may_end,
    refused_number,
)

_REPUBLISHED = re.compile(r"(?:WO\s?/?\s?)?(\d{4}|\d{2})\s?[/-]?\s?(\d{5,6})(?!\d)", re.IGNORECASE)
_WO = re.compile(r"WO[\s/]{0,2}", re.IGNORECASE)
_JP_WO = re.compile(r"\W?JP-?WO", re.IGNORECASE)
_ANY_DIGITS = re.compile(r"[A-Za-z平成昭和令\s.-]{0,9}\d[\d,./-]*(?<=\d)")
_OF_ANOTHER_COUNTRY = re.compile(r"(?:(?<!日本)国|[ァ-ヺ])(?:特許|実用新案|意匠|公開|出願)")
"""The words of any country, behind the name of one that is not known here: スイス国特許."""
_CLOSE = re.compile(r"\s?号(?:公報|明細書)?")
_REPEATED = re.compile(r"\s?\(P(?:\d{4}-\d{6}A|\d{7})\)")
_COUNTED = re.compile(r"\s?[年月日時分秒条項回万円個名歳図頁]")
"""Signs behind digits that count something else."""
_RELATED = re.compile(r"の?\s?類似")
_MOST_WORDS = 12
_FIRST_WO_YEAR = 1978
_WIDTH_OF_SERIAL = 6
_WIDTH_OF_YEAR_AND_SERIAL = 8
_FEWEST_WITHOUT_SIGN = 5
_FEWEST_JOINED = 7
_OF_A_YEAR = ("application", "published", "unexamined", "examined")
"""Stages whose documents are numbered by year."""
_SMALLEST_ALONE = 1_000_000
"""Numbers of patents have had seven digits since 1980 or so; shorter ones could be a year and a number."""
_SMALLEST_WITHOUT_WORDS = 10_000

_ERA_NOTE = "Read as a publication of the era's year; for the application write 特願 or “JP application”."
_PATENT_NOTE = "Read as a patent; a publication of the era's year is written with a hyphen: JP {}."
_SAME_SHAPE = "Publications and applications in Japan have the same shape: choose one, or write 特開 or 特願."
_SEVERAL = "These digits can be read in several ways: choose one, or write era and kind code: JP H05-012345 A."
_NO_YEAR = (
    "These digits are no year and serial number of a Japanese publication: its year is one of Showa (46 to 64), of "
    "Heisei (1 to 12) or a Western one. For an application, write the year first: JP application 1986-250000."
)
_UNKNOWN_KIND = "Kind code {} is none of a Japanese patent, utility model or design. Check it, or leave it off."
_UNKNOWN_COUNTRY = "The country before this number is not known here: write the code of its office before the number."
_RELATED_DESIGN = "A similar design (類似) is registered beside the main one: the service's form for it is not known."
_WHOSE = "Nothing says which office and which right: write 特許, or the office's code, before the number."
_NO_FORM = "Japanese numbers have a year and up to six digits, or seven digits without a year. Check the digits."
_TOO_LONG = "Japanese patents and registrations have at most seven digits. Check the digits."
_NO_SUCH_YEAR = "This era has no such year: Showa has the years 1 to 64, Heisei 1 to 31, Reiwa began in 2019."
_CONTRADICTION = "Words and kind code contradict each other: leave off the one that is wrong."
_OTHER_FILE = (
    "Applications for utility models and designs are counted apart from those for patents, and the service's form for "
    "them is not known. Write the number of the publication or of the registration."
)


class _Head(NamedTuple):
    """What stands before the digits."""

    meaning: Meaning
    letter: str
    """The kind code before the number: A in JP-A, B2 in JP-B2."""
    year: EraYear | None
    end: int
    is_impossible: bool
    """Whether a year was written that its era does not have."""


@cache
def signs() -> frozenset[str]:
    """Return the signs, other than Latin letters, with which a Japanese number can begin."""
    return first_signs("JP") | {name[0] for name in rules.eras() if not name.isascii()}


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a JP number behind "JP" or "Japanese", or behind 特開, 特許, 平成 and the like."""
    head = _head_at(text, start, hints)
    reason = _reason_before_digits(text, start, head)
    if reason:
        digits = _ANY_DIGITS.match(text, head.end)
        return refused_number(digits.end(), reason) if digits is not None else None
    if head.meaning.right == "international":
        code = _WO.match(text, head.end)
        start = code.end() if code is not None else head.end
        return wo.find(text, start, Hints("WO", "publication", hints.alone))
    result = _republication(text, start, head, hints) or _document(text, start, head, hints)
    return result or _not_of_another_office(text, head)


def _not_of_another_office(text: str, head: _Head) -> FoundNumber | None:
    """Refuse digits that no number has behind 特願, 特開 and the like, so that they are not read without them."""
    match = _ANY_DIGITS.match(text, head.end) if head.meaning.right and head.meaning.stage else None
    if match is None or len(digits_of(match[0])) < _FEWEST_JOINED or _COUNTED.match(text, match.end()):
        return None
    return refused_number(match.end(), _NO_FORM)


def _document(text: str, start: int, head: _Head, hints: Hints) -> FoundNumber | None:
    """Read the digits behind the words, unless they are something else."""
    body = body_at(text, head.end, head.year, is_application=head.meaning.stage == "application")
    if body is None or head.meaning.stage == "republication":
        return None
    kind_code, end = _ending(text, body, hints)
    if _is_something_else(text, start, head, body):
        return refused_number(end, _WHOSE) if body.number >= _SMALLEST_ALONE and may_end(text, end) else None
    if _RELATED.match(text, end):
        return refused_number(end, _RELATED_DESIGN)
    return _read(body, head, kind_code, hints, end) if may_end(text, end) else None


def _is_something_else(text: str, start: int, head: _Head, body: Body) -> bool:
    """Return whether digits in a Japanese text are no number of a file: a date, an article of a law, a court's number.

    Without "JP" something must say that it is one, and a short number without a year has 号 behind it.
    """
    says_nothing = not (head.meaning.right or head.meaning.stage)
    if _COUNTED.match(text, body.end) or (says_nothing and head.year is not None):
        return True
    is_short = body.number != 0 and body.width < _FEWEST_WITHOUT_SIGN and _CLOSE.match(text, body.end) is None
    if text[start : start + 1].isascii():
        return is_short and head.end > start and not head.letter
    return is_short or (says_nothing and not head.letter and not body.by_era)


def _reason_before_digits(text: str, start: int, head: _Head) -> str:
    """Return why a number is refused for what stands before its digits; empty if it is not."""
    if _OF_ANOTHER_COUNTRY.match(text, max(0, start - 1)):
        return _UNKNOWN_COUNTRY
    is_impossible = head.is_impossible or is_impossible_year(text, head.end)
    return _NO_SUCH_YEAR if is_impossible else ""


def _head_at(text: str, start: int, hints: Hints) -> _Head:
    """Read the words, a year with 年 and the letter of a kind code."""
    meaning, letter, position, is_impossible = Meaning(), "", start, False
    year: EraYear | None = None
    for _ in range(_MOST_WORDS):
        word = word_at(text, position, "JP")
        spelled = None if word is not None else jp_eras.spelled_year_at(text, position)
        prefix = None if word is not None or spelled is not None or letter else _letter().match(text, position)
        if word is not None:
            meaning, position = meaning.with_word(word[0]), word[1]
        elif spelled is not None:
            year, position = spelled
            is_impossible = is_impossible or year is None
        elif prefix is not None:
            letter, position = (prefix[1] + (prefix[2] or "")).upper().replace("D", "S"), prefix.end()
        else:
            break
    return _Head(meaning.with_english(text, start, hints.noun), letter, year, position, is_impossible)


@cache
def _letter() -> re.Pattern[str]:
    """Return what recognises a kind code before the number: JP-A-63-123456, JP-B2-2745362, JPA 2004-266582."""
    number = rf"(?:(?:{jp_eras.era_names()})\.?[\s-]?)?(?:\d|元)"
    return re.compile(
        rf"([ABCDUY])(?:([1245])?[\s-]{{1,3}}(?={number})|(?=(?:{jp_eras.era_names()})\.?[\s-]?\d|\d{{7}}|\d{{2,4}}-))",
        re.IGNORECASE,
    )


def _ending(text: str, body: Body, hints: Hints) -> tuple[str, int]:
    """Return the kind code behind a number, before or behind 号, and where all ends.

    Gazettes print a number once more in brackets, with its Western year: 特開平11-68462(P1999-068462A).
    """
    closing = _CLOSE.match(text, body.end)
    kind_code, end = kind_code_at(text, closing.end() if closing is not None else body.end, alone=hints.alone)
    closing = _CLOSE.match(text, end)
    end = closing.end() if closing is not None else end
    repeated = _REPEATED.match(text, end)
    same = {f"{choice.year.western}{int(choice.serial):06}" for choice in body.choices} | {str(body.number)}
    return kind_code, repeated.end() if repeated is not None and digits_of(repeated[0]) in same else end


def _republication(text: str, start: int, head: _Head, hints: Hints) -> FoundNumber | None:
    """Read the re-publication of an international application in Japanese: 再表2006/095001, JPWO2006095001A1."""
    match = _REPUBLISHED.match(text, head.end)
    behind_code = head.end == start and _JP_WO.match(text, max(0, start - 3)) is not None
    named = head.meaning.stage == "republication" or behind_code
    if match is None or not named:
        return None
    year = rules.full_year(match[1], _FIRST_WO_YEAR)
    kind_code, end = _ending(text, Body(match.end()), hints)
    if year is None or not int(match[2]) or not may_end(text, end):
        return None
    stem, possible = f"JPWO{year}{match[2]:0>6}", rules.kind_codes("JP", "republication")
    kind_code = "" if kind_code == "A" else kind_code
    return found_number(end, document_reading(NumberKind.JP_KOKAI, stem, kind_code, possible, UNCONFIRMED))


def _read(body: Body, head: _Head, kind_code: str, hints: Hints, end: int) -> FoundNumber | None:
    """Read digits with all that stands before and behind them."""
    meaning = head.meaning
    refusal = refusal_of(meaning.right) or _refusal_of_file(body, meaning)
    if refusal:
        return refused_number(end, refusal)
    if head.letter and kind_code and head.letter[0] != kind_code[0]:
        return refused_number(end, _CONTRADICTION)
    if body.exchange:
        meaning, kind_code = Meaning("patent", "application"), ""
    query = Query(meaning, kind_code or head.letter)
    if body.joined and not body.number and meaning.right and query.says_no_year:
        return refused_number(end, _TOO_LONG)
    is_dated = meaning.stage in _OF_A_YEAR or query.letter in ("A", "T")
    if not body.number or is_dated:
        return _read_dated(body, query, end)
    return _read_number(body, query, hints, end)


def _refusal_of_file(body: Body, meaning: Meaning) -> str:
    """Return why an application for a utility model or design is refused; empty if it is none."""
    is_application = meaning.stage == "application" or (meaning.right == "design" and not body.number)
    return _OTHER_FILE if meaning.right in ("utility", "design") and is_application else ""


def _read_dated(body: Body, query: Query, end: int) -> FoundNumber:
    """Read a number by year: a publication, an application, or either."""
    readings = jp_documents.dated_readings(body.choices, query, strictly=_is_loose(body, query))
    if not readings:
        no_year = _NO_YEAR if body.joined and all(choice.year.written == "bare" for choice in body.choices) else ""
        return refused_number(end, no_year or jp_documents.series_refusal(query) or _CONTRADICTION)
    by_era = not body.joined and all(choice.year.written != "western" for choice in body.choices)
    if by_era and query.says_nothing:
        note = _ERA_NOTE if readings[0].field == "patent_number" else ""
        return found_number(end, replace(readings[0], note=f"{readings[0].note} {note}".strip()))
    if len(readings) == 1:
        readings += _alternatives(readings[0], body, query)
    is_one_number = len({digits_of(reading.normalised)[:10] for reading in readings}) == 1
    return found_number(end, *readings, reason="" if len(readings) == 1 else _SAME_SHAPE if is_one_number else _SEVERAL)


def _is_loose(body: Body, query: Query) -> bool:
    """Return whether words and digits leave several documents open, so that only likely serial numbers are taken."""
    may_be_old = len(body.choices) > 1 and (query.meaning.stage == "examined" or query.letter in ("B", "Y"))
    return may_be_old or body.joined or query.meaning.stage == "published"


def _alternatives(reading: Reading, body: Body, query: Query) -> tuple[Reading, ...]:
    """Return what else a number could be that reads as one publication, but is written as those are not.

    That is a kind code behind a year that publications do not bear, and seven digits divided into two and five.
    """
    if any(not choice.year.numbered for choice in body.choices):
        said = bool(query.meaning.stage)
        application = Query(Meaning("patent", "application"), "")
        return () if said else jp_documents.dated_readings(body.choices, application, strictly=False)
    divided = str(body.number)[-_WIDTH_OF_SERIAL:] != reading.normalised[6:12]
    if body.number >= _SMALLEST_ALONE and divided and query.meaning.stage != "application":
        return jp_documents.register_readings(body.number, Query(Meaning("patent"), ""))
    return ()


def _read_number(body: Body, query: Query, hints: Hints, end: int) -> FoundNumber | None:
    """Read a number that can be one without a year: a patent, or a registered design or utility model."""
    registered = jp_documents.register_readings(body.number, query)
    says_so = query.meaning.stage == "registered" or bool(query.meaning.right) or hints.noun == "patent"
    if not (query.kind_code or says_so) and body.number < _SMALLEST_WITHOUT_WORDS:
        return None
    by_year = () if says_so else jp_documents.dated_readings(body.choices, query, strictly=True)
    if registered and by_year and _is_own_form(body, query):
        note = "" if query.kind_code else _note_of_year(body, by_year)
        by_year = ()
        registered = tuple(replace(reading, note=f"{reading.note} {note}".strip()) for reading in registered)
    readings = (*registered, *by_year)
    if not readings:
        return refused_number(end, jp_documents.register_refusal(query) or _UNKNOWN_KIND.format(query.kind_code))
    return found_number(end, *readings, reason=_SEVERAL if len(readings) > 1 else "")


def _is_own_form(body: Body, query: Query) -> bool:
    """Return whether the digits stand as the office writes a number without a year, rather than a year and a number.

    Those are seven digits; eight digits with a zero in front can be a year of two digits. Behind a single letter B or Y
    some databases write either.
    """
    usual_width = body.number >= _SMALLEST_ALONE and body.width != _WIDTH_OF_YEAR_AND_SERIAL
    return usual_width and (len(query.kind_code) != 1 or query.letter == "U")


def _note_of_year(body: Body, by_year: tuple[Reading, ...]) -> str:
    """Return the note that seven digits could be a publication of the year with their first digit; empty if not."""
    year, serial = str(body.number)[:-_WIDTH_OF_SERIAL], str(body.number)[-_WIDTH_OF_SERIAL:]
    is_whole = any(reading.normalised[6:12] == serial for reading in by_year)
    return _PATENT_NOTE.format(f"{year}-{serial}") if is_whole else ""
