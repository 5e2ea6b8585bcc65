"""What a Korean number can be: the rows of `kr_documents.csv`, and the readings made from them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices.native_words import Meaning, Right, Stage
from components.numbers.offices.office import UNCONFIRMED, application_reading, document_reading
from components.rule_tables import BY_BLANKS, EMPTY_IS_NONE, Flag, Row, load_csv

SAME_SHAPE = "Read as a publication; an application has the same shape: write “KR application” before it if it is one."
FIRST_NATIONAL_PHASE = 7_000_000
"""Applications numbered from here on are international ones in the national phase; no publication has such a number."""
LAST_SHORT_YEAR = 1998
"""Until then the offices exchanged numbers with two digits of the year: KR950012345B1."""
_STAGES: Mapping[Stage, tuple[Stage, ...]] = {"published": ("unexamined", "examined")}
"""The stages of documents that words leave open."""
TRADEMARKS = range(40, 50)
"""Codes of trademarks, service marks and the like."""


class KoreanDocument(Row):
    """A kind of document, by the right and by how far it has come (`kr_documents.csv`)."""

    code: str
    """Type of right before the number: 10 for patents."""
    right: Right
    stage: Stage
    letters: Annotated[tuple[str, ...], BY_BLANKS]
    """The letters of kind codes that mean it."""
    dated: Flag
    """Whether its number has a year."""
    first: int
    last: Annotated[int | None, EMPTY_IS_NONE]
    """First and last year, or number where it has no year; `None` if there is no end."""
    series: str
    """The series in `kinds.csv`; empty for applications."""
    kind: NumberKind
    told: str
    """What a user is told whose number lies outside."""
    source: str


class Digits(NamedTuple):
    """The parts of a number."""

    code: str
    """Type of right; empty where it is left out."""
    year: int | None
    serial: int


class Query(NamedTuple):
    """What was said about a number by the words before it and by its kind code."""

    meaning: Meaning
    kind_code: str


def document_rows(folder: Path = rules.FOLDER) -> tuple[KoreanDocument, ...]:
    """Return the rows of `kr_documents.csv`."""
    return load_csv(folder / "kr_documents.csv", KoreanDocument)


def fitting_rows(digits: Digits, query: Query) -> list[KoreanDocument]:
    """Return the documents that type of right, words and kind code allow, whatever their years are."""
    letter, stage = query.kind_code[:1], query.meaning.stage
    right = query.meaning.right or ("" if letter or digits.code else "patent")
    is_stage_known = stage != "" and not (stage == "registered" and digits.year is not None)
    return [
        row
        for row in document_rows()
        if row.dated == (digits.year is not None)
        and row.code == (digits.code or row.code)
        and row.right == (right or row.right)
        and (not is_stage_known or row.stage in _STAGES.get(stage, (stage,)))
        and (not letter or letter in row.letters)
    ]


def readings_of(digits: Digits, query: Query) -> tuple[Reading, ...]:
    """Return the readings of a number, published documents first."""
    rows = [row for row in fitting_rows(digits, query) if _is_within(row, digits)]
    return tuple(_reading(row, digits, query) for row in sorted(rows, key=lambda row: row.stage == "application"))


def _is_within(row: KoreanDocument, digits: Digits) -> bool:
    """Return whether a document can have such a year, or such a number without one."""
    value = digits.serial if digits.year is None else digits.year
    is_national_phase = digits.year is not None and digits.serial >= FIRST_NATIONAL_PHASE
    return row.first <= value <= (row.last or rules.LAST_YEAR) and (row.stage == "application" or not is_national_phase)


def _reading(row: KoreanDocument, digits: Digits, query: Query) -> Reading:
    """Return the reading of a number as one document."""
    serial = f"{digits.serial:07}"
    if row.stage == "application":
        return application_reading(row.kind, f"KR{row.code}-{digits.year}-{serial}", UNCONFIRMED)
    possible = rules.kind_codes("KR", row.series)
    code = "" if len(query.kind_code) == 1 else query.kind_code
    stem = f"KR{row.code}{digits.year or ''}{serial}"
    note = UNCONFIRMED if row.dated or row.right == "design" else ""
    reading = document_reading(row.kind, stem, code, possible, note)
    if digits.year is None or digits.year > LAST_SHORT_YEAR:
        return reading
    long_stem, short_stem = f"KR{row.code}{digits.year}", f"KR{digits.year % 100:02}"
    short = tuple(form.replace(long_stem, short_stem) for form in reading.request_forms)
    return replace(reading, request_forms=(*reading.request_forms, *short))
