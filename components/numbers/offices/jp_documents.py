"""What a Japanese number can be: rows of documents numbered by year and of registers, and the readings made from them.

A number by year is one of `jp_series.csv` (applications, unexamined and examined publications), a number without a year
one of `jp_registers.csv` (patents, registered utility models and designs).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices.jp_eras import EraYear
from components.numbers.offices.native_words import Meaning, Right, Stage
from components.numbers.offices.office import UNCONFIRMED, application_reading, document_reading
from components.rule_tables import BY_BLANKS, EMPTY_IS_NONE, Row, load_csv

_REGISTERED_AS_TYPED = "Japanese patents of this age are held by the service under an unconfirmed form."
_ONLY_REGISTERED = ("C",)
"""The kind codes of patents without a gazette of their own."""
_WESTERN = "Numbers of publications bear Western years since 2000; the year of the era was converted."
_IN_PAPERS = "Publications do not bear this year of the era: read as an application."


class JapaneseSeries(Row):
    """Documents that are numbered anew each year (`jp_series.csv`)."""

    right: Right
    stage: Stage
    codes: Annotated[tuple[str, ...], BY_BLANKS]
    """The kind codes that mean it; `B*` stands for B with and without any digit."""
    first: int
    last: Annotated[int | None, EMPTY_IS_NONE]
    """First and last Western year; `None` if they have no end."""
    most: int
    """No year had more numbers; decides only where a number could be split or dated in two ways."""
    series: str
    """The series in `kinds.csv`; empty for applications."""
    kind: NumberKind
    told: str
    """What a user is told whose number lies outside the years."""
    source: str


class JapaneseRegister(Row):
    """Documents that are numbered through (`jp_registers.csv`)."""

    right: Right
    letters: Annotated[tuple[str, ...], BY_BLANKS]
    first: int
    last: Annotated[int | None, EMPTY_IS_NONE]
    series: str
    kind: NumberKind
    told: str
    """What a user is told whose number has no document of its own, or does not exist."""
    source: str


class Dated(NamedTuple):
    """A year and a serial number that digits can mean."""

    year: EraYear
    serial: str


class Query(NamedTuple):
    """What was said about a number by the words before it and by its kind code."""

    meaning: Meaning
    kind_code: str

    @property
    def letter(self) -> str:
        """The letter of the kind code, or nothing."""
        return self.kind_code[:1]

    @property
    def says_no_year(self) -> bool:
        """Whether nothing says that a document numbered by year is meant."""
        return not self.kind_code and self.meaning.stage in ("", "registered")

    @property
    def says_nothing(self) -> bool:
        """Whether neither words nor a kind code say which document of a file is meant."""
        return not self.kind_code and not self.meaning.stage


def series_rows(folder: Path = rules.FOLDER) -> tuple[JapaneseSeries, ...]:
    """Return the rows of `jp_series.csv`."""
    return load_csv(folder / "jp_series.csv", JapaneseSeries)


def register_rows(folder: Path = rules.FOLDER) -> tuple[JapaneseRegister, ...]:
    """Return the rows of `jp_registers.csv`."""
    return load_csv(folder / "jp_registers.csv", JapaneseRegister)


def fitting_series(query: Query) -> list[JapaneseSeries]:
    """Return the rows that words and kind code allow; without either, those of patents before grant."""
    right, stage = query.meaning.right or ("" if query.letter else "patent"), query.meaning.stage
    return [
        row
        for row in series_rows()
        if row.right == (right or row.right)
        and _is_of_stage(row, stage)
        and (_has_code(row, query) if query.kind_code else row.stage != "examined" or _may_be_examined(right, stage))
    ]


def _is_of_stage(row: JapaneseSeries, stage: Stage) -> bool:
    """Return whether a document is what words say; what is called a patent and bears a year is an examined one."""
    if stage == "published":
        return row.stage in ("unexamined", "examined")
    return stage in ("", row.stage) or (stage == "registered" and row.stage == "examined")


def _has_code(row: JapaneseSeries, query: Query) -> bool:
    """Return whether a kind code can be that of a document."""
    return query.kind_code in row.codes or f"{query.letter}*" in row.codes


def _may_be_examined(right: Right, stage: Stage) -> bool:
    """Return whether an examined publication is among the readings of words alone."""
    return stage in ("published", "examined", "registered") or (right == "utility" and not stage)


def dated_readings(choices: Iterable[Dated], query: Query, *, strictly: bool) -> tuple[Reading, ...]:
    """Return the readings of a number by year, publications first.

    Args:
        choices: how its digits can be divided into year and serial number.
        query: what was said about it.
        strictly: whether only serial numbers that a year can have had are taken.
    """
    readings: dict[str, Reading] = {}
    for choice, row in _fitting(choices, query, strictly=strictly):
        reading = dated_reading(choice, row, query)
        readings.setdefault(reading.normalised, reading)
    return tuple(sorted(readings.values(), key=lambda reading: reading.field == "apno"))


def _fitting(choices: Iterable[Dated], query: Query, *, strictly: bool) -> Iterator[tuple[Dated, JapaneseSeries]]:
    """Yield the ways in which a number by year can be a document."""
    rows = fitting_series(query)
    for choice in choices:
        for row in rows:
            in_time = row.first <= choice.year.western <= (row.last or choice.year.western)
            unusual = row.stage != "application" and query.says_nothing and not choice.year.numbered
            if in_time and not unusual and 0 < int(choice.serial) <= (row.most if strictly else 999_999):
                yield choice, row


def dated_reading(choice: Dated, row: JapaneseSeries, query: Query) -> Reading:
    """Return the reading of one year and serial number as one document."""
    year, serial = choice.year, f"{int(choice.serial):06}"
    if row.stage == "application":
        note = UNCONFIRMED if year.numbered or query.meaning.stage else f"{UNCONFIRMED} {_IN_PAPERS}"
        return application_reading(row.kind, f"JP{year.western}-{serial}", note)
    note = "" if year.numbered else _WESTERN
    possible = rules.kind_codes("JP", row.series)
    return document_reading(row.kind, f"JP{year.western}{serial}", _code(query.kind_code, possible), possible, note)


def register_readings(number: int, query: Query) -> tuple[Reading, ...]:
    """Return the readings of a number without a year; a patent unless words or kind code say otherwise."""
    readings = []
    for row in _fitting_registers(query):
        possible = rules.kind_codes("JP", row.series, number)
        has_document = bool(possible) and not (query.letter == "B" and possible == _ONLY_REGISTERED)
        if has_document and row.first <= number <= (row.last or number):
            note = _REGISTERED_AS_TYPED if possible == _ONLY_REGISTERED else ""
            code = _code(query.kind_code, possible)
            readings.append(document_reading(row.kind, f"JP{number}", code, possible, note))
    return tuple(readings)


def register_refusal(query: Query) -> str:
    """Return what to say of a number without a year that no register has; empty if there is nothing to say."""
    return next((row.told for row in _fitting_registers(query)), "")


def series_refusal(query: Query) -> str:
    """Return what to say of a number whose year its series does not have; empty if there is nothing to say."""
    return next((row.told for row in fitting_series(query)), "")


def _fitting_registers(query: Query) -> list[JapaneseRegister]:
    """Return the registers that words and kind code allow."""
    right = query.meaning.right
    if query.letter:
        return [row for row in register_rows() if query.letter in row.letters and row.right == (right or row.right)]
    right = right or ("" if query.meaning.stage == "registered" else "patent")
    return [row for row in register_rows() if row.right == (right or row.right)]


def _code(typed: str, possible: tuple[str, ...]) -> str:
    """Return the kind code to ask with: a letter alone, and those that databases add, are the office's own.

    A is printed as A1, and a translated international application (kohyo) as T, by some databases; the office has one
    kind of unexamined publication.
    """
    only_letter = len(typed) == 1 and any(code.startswith(typed) for code in possible)
    return "" if only_letter or (possible == ("A",) and typed[:1] in ("A", "T")) else typed
