"""The room's rule tables (`tables/`): kind codes, US series codes, Japanese eras, offices, words and addresses.

Each class describes a row of one table; each function returns what the recognition of numbers asks of it. A table is
read when it is first needed.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, model_validator

from components.numbers.model import NumberKind
from components.rule_tables import BY_BLANKS, EMPTY_IS_NONE, Row, load_csv, load_toml

FOLDER: Final = Path(__file__).resolve().parent / "tables"
HIGHEST_GRANT = 12_999_999
"""No US patent number above this is expected yet (12.5 million were reached in 2025): raise it as grants grow.
A bare number of eight digits above it can only be an application."""
LAST_YEAR = 2099
"""No year above is read as one; which years have not come is said in `offices.years_to_come`."""
_LAST_OF_THIS_CENTURY = 49
"""Two-digit years up to this one belong to this century."""

UsSeries = Literal["grant", "publication", "D", "PP", "RE", "H", "T", "X", "RX", "AI", "B"]
"""How US documents are numbered: utility patents, publications, and the series with letters."""
Noun = Literal["", "patent", "publication", "application", "design", "plant", "reissue"]


def _compiled(cell: object) -> object:
    """Compile the regular expression of a cell."""
    if not isinstance(cell, str):
        return cell
    try:
        return re.compile(cell)
    except re.error as error:
        raise ValueError(f"It is no regular expression ({error}).") from None


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
"""A cell that holds a regular expression."""


class KindCodes(Row):
    """The kind codes of one span of numbers of a series (`kinds.csv`)."""

    office: str
    series: str
    first: int
    last: Annotated[int | None, EMPTY_IS_NONE]
    """Last number of the span; `None` if it has no end yet."""
    kinds: Annotated[tuple[str, ...], BY_BLANKS]
    """Likeliest first."""
    source: str


class UsKind(Row):
    """What kind codes of US documents mean in some series, for numbers from `first` to `last` (`us_kinds.csv`)."""

    kinds: Annotated[tuple[str, ...], BY_BLANKS]
    marks: Literal["patent", "certificate", "publication"]
    """A patent or what is numbered like one; a certificate that bears the number of a patent; a publication."""
    series: Annotated[tuple[UsSeries, ...], BY_BLANKS]
    first: int
    last: Annotated[int | None, EMPTY_IS_NONE]
    """Last number, or one that the series will not reach for years; `None` without such a limit."""
    meaning: str
    source: str

    def covers(self, number: int) -> bool:
        """Return whether a number lies within the row's numbers."""
        return self.first <= number and (self.last is None or number <= self.last)


class SeriesCodes(Row):
    """Series codes of US applications that mean the same (`us_series.csv`)."""

    first: int
    last: int
    kind: NumberKind
    note: str
    source: str


class FilingYears(Row):
    """The years in which US applications of a series were filed (`us_filing_years.csv`)."""

    series: int
    first: int
    last: int
    source: str


class Era(Row):
    """A Japanese era (`eras.csv`): year n of it is `before + n`."""

    letter: str
    sign: str
    before: int
    first: int
    last: Annotated[int | None, EMPTY_IS_NONE]
    """Its last year; `None` while it lasts."""
    numbered: int
    """The last of its years that numbers of publications bear; 0 if none does."""
    names: Annotated[tuple[str, ...], BY_BLANKS]
    """Its names written out, besides letter and sign."""
    digit: str
    """The digit for the era before year and serial number in some databases; empty if there is none."""
    source: str


class Office(Row):
    """A patent office by its code of WIPO standard ST.3 (`offices.csv`)."""

    code: str
    name: str
    word_in: Annotated[tuple[str, ...], BY_BLANKS]
    """Languages (ISO 639-1, and Latin) in which the code is also a common word or abbreviation."""


class LeadingWord(Row):
    """What a word before a number says about it (`words.toml`); office and noun may be empty."""

    pattern: Pattern
    office: str = ""
    noun: Noun = ""
    usual: bool = False
    """Whether its office is meant only where no other word names one: a Patentschrift may be European."""
    example: str

    @model_validator(mode="after")
    def _recognises_its_example(self) -> Self:
        if self.pattern.groups:
            raise ValueError("The pattern has a group that captures. Write (?:…) instead.")
        if not re.search(self.pattern.pattern, f"{self.example} 1", re.IGNORECASE):
            raise ValueError("The pattern does not recognise its example. Mend one of them.")
        return self


class DatabaseAddress(Row):
    """Where the number stands in an address of a patent database (`urls.toml`).

    The groups of the pattern, joined, are the number; an empty host stands for any other.
    """

    host: str = ""
    pattern: Pattern
    own_number: bool = False
    """Whether what the pattern finds is the database's own number, which only looks like an office's."""
    office: str = ""
    noun: Noun = ""
    example: str

    @model_validator(mode="after")
    def _has_a_group(self) -> Self:
        if not self.pattern.groups:
            raise ValueError("The pattern has no group for the number. Add one.")
        return self


def kind_code_rows(folder: Path = FOLDER) -> tuple[KindCodes, ...]:
    """Return the rows of `kinds.csv`."""
    return load_csv(folder / "kinds.csv", KindCodes)


def us_kind_rows(folder: Path = FOLDER) -> tuple[UsKind, ...]:
    """Return the rows of `us_kinds.csv`."""
    return load_csv(folder / "us_kinds.csv", UsKind)


def series_rows(folder: Path = FOLDER) -> tuple[SeriesCodes, ...]:
    """Return the rows of `us_series.csv`."""
    return load_csv(folder / "us_series.csv", SeriesCodes)


def filing_year_rows(folder: Path = FOLDER) -> tuple[FilingYears, ...]:
    """Return the rows of `us_filing_years.csv`."""
    return load_csv(folder / "us_filing_years.csv", FilingYears)


def era_rows(folder: Path = FOLDER) -> tuple[Era, ...]:
    """Return the rows of `eras.csv`."""
    return load_csv(folder / "eras.csv", Era)


def office_rows(folder: Path = FOLDER) -> tuple[Office, ...]:
    """Return the rows of `offices.csv`."""
    return load_csv(folder / "offices.csv", Office)


def word_rows(folder: Path = FOLDER) -> tuple[LeadingWord, ...]:
    """Return the rows of `words.toml`."""
    return load_toml(folder / "words.toml", "word", LeadingWord)


def address_rows(folder: Path = FOLDER) -> tuple[DatabaseAddress, ...]:
    """Return the addresses of patent databases, in the order in which they are tried."""
    return load_toml(folder / "urls.toml", "url", DatabaseAddress)


@cache
def _kind_codes_by_series() -> dict[tuple[str, str], list[KindCodes]]:
    """Return the rows of `kinds.csv` by office and series."""
    table: dict[tuple[str, str], list[KindCodes]] = {}
    for row in kind_code_rows():
        table.setdefault((row.office, row.series), []).append(row)
    return table


def kind_codes(office: str, series: str, number: int = 1) -> tuple[str, ...]:
    """Return the kind codes that a number of a series can have, likeliest first; empty if the table has none."""
    for row in _kind_codes_by_series().get((office, series), ()):
        if row.first <= number and (row.last is None or number <= row.last):
            return row.kinds
    return ()


@cache
def us_kinds() -> dict[str, tuple[UsKind, ...]]:
    """Return the meanings of each kind code of US documents."""
    rows = us_kind_rows()
    codes = {code for row in rows for code in row.kinds}
    return {code: tuple(row for row in rows if code in row.kinds) for code in codes}


def us_kind(kind_code: str, series: str, number: int) -> UsKind | None:
    """Return what a kind code means behind a number of a series; `None` if it cannot stand there."""
    rows = us_kinds().get(kind_code, ())
    return next((row for row in rows if series in row.series and row.covers(number)), None)


def us_series_reaches(series: str, number: int) -> bool:
    """Return whether a series of US patents has, or will have for years to come, a number."""
    rows = (row for rows in us_kinds().values() for row in rows if row.marks == "patent" and series in row.series)
    return any(row.covers(number) for row in rows)


@cache
def us_series() -> dict[int, SeriesCodes]:
    """Return the series codes of US applications that are in use."""
    return {code: row for row in series_rows() for code in range(row.first, row.last + 1)}


@cache
def us_series_of_year(year: int) -> tuple[int, ...]:
    """Return the series of the US applications filed in a year, as far as the EPO left the series out (until 2010)."""
    return tuple(row.series for row in filing_year_rows() if row.first <= year <= row.last)


@cache
def eras() -> dict[str, Era]:
    """Return the Japanese eras by all their names in small letters: letter, sign, and written out."""
    return {name.lower(): row for row in era_rows() for name in (row.letter, row.sign, *row.names)}


@cache
def offices() -> dict[str, str]:
    """Return the names of the offices by their codes."""
    return {row.code: row.name for row in office_rows()}


@cache
def code_words(language: str = "") -> frozenset[str]:
    """Return the codes that are also words of a language, or of any."""
    return frozenset(row.code for row in office_rows() if row.word_in and (not language or language in row.word_in))


@cache
def leading_words() -> tuple[re.Pattern[str], tuple[LeadingWord, ...]]:
    """Return what recognises the words before a number.

    Returns:
        One pattern that matches any of the words, and the rows of the table. The pattern has a group for each row: the
        row of the match `m` is `rows[m.lastindex - 1]`.
    """
    rows = word_rows()
    return re.compile("|".join(f"({row.pattern.pattern})" for row in rows), re.IGNORECASE), rows


@cache
def native_signs() -> frozenset[str]:
    """Return the Japanese signs with which words before a number begin: those of countries, such as 米国."""
    patterns = (row.pattern.pattern for row in word_rows())
    return frozenset(sign for pattern in patterns for sign in re.findall(r"(?:^|[(|:])([⺀-힣])", pattern))


def full_year(year: str, first: int) -> int | None:
    """Return the four-digit year of a two- or four-digit one, or `None` outside `first` to `LAST_YEAR`."""
    value = int(year)
    if len(year) == 2:
        value += 1900 if value > _LAST_OF_THIS_CENTURY else 2000
    return value if first <= value <= LAST_YEAR else None
