"""What a German number is, by the span of numbers in which it lies (`de_numbers.csv`), and its readings."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices.native_words import Meaning, Right, Stage
from components.numbers.offices.office import document_reading
from components.rule_tables import Row, load_csv

ONE_NUMBER = "A German application and what is published of it bear one number; a published form is asked for."
_LETTERS: dict[Stage, tuple[str, ...]] = {"unexamined": ("A",), "examined": ("B",), "registered": ("C", "B")}
"""The letters of kind codes that Offenlegungsschrift, Auslegeschrift and Patentschrift mean, likeliest first."""
_KNOWN = ("A", "B", "C", "D", "T", "U")
"""The letters of German kind codes: with another, those that the number can have are tried too."""
_LAST_WITHOUT_SERIES = 1994
_FIRST_OF_TODAY = 2004
_EXCHANGED = ("10", "11", "20", "21", "50", "60")
_FEWEST = 6


class GermanSpan(Row):
    """A span of German numbers that mean the same (`de_numbers.csv`)."""

    digits: int
    """How many digits its numbers have; six stands for six or fewer."""
    first: int
    last: int
    right: Right
    series: str
    """The series in `kinds.csv`; empty where such numbers are refused."""
    source: str


class Query(NamedTuple):
    """What was said about a number by the words before it and by its kind code."""

    meaning: Meaning
    kind_code: str
    is_application: bool


def span_rows(folder: Path = rules.FOLDER) -> tuple[GermanSpan, ...]:
    """Return the rows of `de_numbers.csv`; of two that hold a number, the first decides."""
    return load_csv(folder / "de_numbers.csv", GermanSpan)


def spans_of(digits: str) -> list[GermanSpan]:
    """Return the spans in which a number lies."""
    count, number = max(len(digits), _FEWEST), int(digits)
    return [row for row in span_rows() if row.digits == count and row.first <= number <= row.last]


def span_of(digits: str, query: Query) -> GermanSpan | None:
    """Return the span of a number that the words allow, or `None`; U decides where models are counted apart."""
    spans = [row for row in spans_of(digits) if row.right == (query.meaning.right or row.right)]
    utility = [row for row in spans if row.right == "utility" and query.kind_code[:1] == "U"]
    return next(iter([*utility, *spans]), None)


def reading_of(digits: str, span: GermanSpan, query: Query, note: str) -> Reading:
    """Return the reading of a number with the kind codes that its span, words and kind code allow."""
    possible = rules.kind_codes("DE", span.series)
    letters = (query.kind_code,) if len(query.kind_code) == 1 else _LETTERS.get(query.meaning.stage, ())
    possible = _fitting(possible, letters) or possible
    kind_code = "" if len(query.kind_code) == 1 and _fitting(possible, letters) else query.kind_code
    kind = NumberKind.DE_APPLICATION if query.is_application else NumberKind.DE_PUBLICATION
    note = f"{note} {ONE_NUMBER}".strip() if query.is_application else note
    return document_reading(kind, f"DE{digits}", kind_code, (kind_code,) if kind_code[:1] in _KNOWN else possible, note)


def _fitting(possible: tuple[str, ...], letters: Iterable[str]) -> tuple[str, ...]:
    """Return the kind codes with the first of some letters that any has."""
    for letter in letters:
        found = tuple(code for code in possible if code.startswith(letter))
        if found:
            return found
    return ()


def exchanged(digits: str) -> str:
    """Return the office's form of an application in the exchange form of the offices; empty if it is none.

    That form begins with the year: `19813106419` for 31 06 419, `19961030877` for 196 30 877, `200710004488` for
    10 2007 004 488, or without its zero `20071004488`.
    """
    year, rest = int(digits[:4]), digits[4:]
    if year <= _LAST_WITHOUT_SERIES:
        is_of_year = len(rest) == 7 and year % 100 in (int(rest[:2]) + 50, int(rest[:2]))
        return rest if is_of_year else ""
    if rest[:2] not in _EXCHANGED or year > rules.LAST_YEAR:
        return ""
    if year >= _FIRST_OF_TODAY:
        return f"{rest[:2]}{year}{rest[2:]:0>6}"
    return f"{rest[0]}{year % 100:02}{rest[2:]}" if len(rest) == 7 and rest[1] == "0" else ""
