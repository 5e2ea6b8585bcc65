"""What a heading of a table says about its column, and which lines around a list are no numbers.

Words, headings and lines are the tables `heading_words.csv`, `headings.csv` and `asides.toml`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import model_validator

from components.numbers import rules
from components.numbers.text.leading import leading_words
from components.rule_tables import BY_BLANKS, EMPTY_IS_NONE, Row, load_csv, load_toml

_LONGEST = 80
"""Characters of a heading; what is longer is text."""
_MOST_OF_ASIDE = 3
"""Filled cells of a row around a list, at most."""
_INITIAL = re.compile(r"\b([A-Z])\.(?=[A-Z]\b)")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_PLURAL = re.compile(r"\((?:e?s|en)\)", re.IGNORECASE)
_EITHER = re.compile(r"\s*[/|&]\s*|\s+(?:or|and|oder|und|ou|et|o)\s+", re.IGNORECASE)
_NATIONAL_PART = re.compile(
    r"EP ?[-/_(–] ?(?P<state>[A-Z]{2})\)?|(?P<state_first>[A-Z]{2}) ?[-/_(–] ?(?:EP|European patent)\)?"
)
_TOKEN = re.compile(r"#|[^\W_]+")


class ColumnRole(StrEnum):
    """What the cells of a column hold, as its heading says."""

    GRANT = "grant"
    PUBLICATION = "publication"
    APPLICATION = "application"
    IDENTIFIER = "identifier"
    """A number of the patent or of the row: the cells tell which."""
    LINK = "link"
    OFFICE = "office"
    """The office of the number in another column."""
    KIND = "kind"
    """The kind code of the number in another column."""
    OTHERS = "others"
    """Numbers of other patents: of the family, cited, or claimed as priority."""
    NOTHING = "nothing"
    """No numbers of patents: dates, names, dockets, counts."""
    UNKNOWN = "unknown"


OWN_ROLES = (ColumnRole.GRANT, ColumnRole.PUBLICATION, ColumnRole.IDENTIFIER, ColumnRole.APPLICATION, ColumnRole.LINK)
"""The columns that may name the patent of a row, in the order in which they are preferred."""

_EITHER_ROLES = (ColumnRole.PUBLICATION, ColumnRole.APPLICATION, ColumnRole.UNKNOWN)
"""Roles of headings that may mean either of two."""


class HeadingRow(Row):
    """A heading in its plain words (`headings.csv`); the order of the words does not matter."""

    words: Annotated[tuple[str, ...], BY_BLANKS]
    role: ColumnRole
    source: str


class HeadingWord(Row):
    """A word of a heading (`heading_words.csv`): what it means, or what it says of the whole heading."""

    word: str
    means: Annotated[tuple[str, ...], BY_BLANKS]
    """The plain words that it stands for; none for a word that says nothing."""
    office: str
    """The office that it names, or empty."""
    role: Annotated[ColumnRole | None, EMPTY_IS_NONE]
    """The role of every heading that holds it, if it decides."""
    before: str
    """What stands before a bare number of such a column where it stands alone, or empty."""


class Aside(Row):
    """A line around a list that is no number (`asides.toml`)."""

    pattern: rules.Pattern
    example: str
    certain: bool = False
    """Whether digits in it are never the number of a patent in the list."""
    source: str

    @model_validator(mode="after")
    def _fills_its_example(self) -> Self:
        if self.pattern.groups:
            raise ValueError("The pattern has a group that captures. Write (?:…) instead.")
        if not re.fullmatch(self.pattern.pattern, self.example, re.IGNORECASE):
            raise ValueError("The pattern does not fill its example. Mend one of them.")
        return self


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says."""

    text: str
    role: ColumnRole = ColumnRole.UNKNOWN
    office: str = ""
    before: str = ""


def heading_rows(folder: Path = rules.FOLDER) -> tuple[HeadingRow, ...]:
    """Return the rows of `headings.csv`."""
    return load_csv(folder / "headings.csv", HeadingRow)


def heading_words(folder: Path = rules.FOLDER) -> tuple[HeadingWord, ...]:
    """Return the rows of `heading_words.csv`."""
    return load_csv(folder / "heading_words.csv", HeadingWord)


def asides(folder: Path = rules.FOLDER) -> tuple[Aside, ...]:
    """Return the rows of `asides.toml`."""
    return load_toml(folder / "asides.toml", "aside", Aside)


@cache
def _roles() -> dict[frozenset[str], ColumnRole]:
    return {frozenset(row.words): row.role for row in heading_rows()}


@cache
def _words() -> dict[str, HeadingWord]:
    return {row.word: row for row in heading_words()}


@lru_cache(maxsize=10_000)
def heading_of(cell: str) -> Heading:
    """Return what a cell says as the heading of a column; its role is `UNKNOWN` if it is none that is known."""
    text = " ".join(cell.split())
    if not text or len(text) > _LONGEST:
        return Heading(text[:_LONGEST])
    heading = _heading(text)
    roles = {_heading(part).role for part in _EITHER.split(text)} if heading.role in _EITHER_ROLES else set()
    if ColumnRole.APPLICATION in roles and roles.intersection({ColumnRole.GRANT, ColumnRole.PUBLICATION}):
        return replace(heading, role=ColumnRole.IDENTIFIER)  # "Patent/Application No."
    return heading


def _heading(text: str) -> Heading:
    """Return what the words of a heading say together."""
    office = before = ""
    plain: set[str] = set()
    vetoes: list[ColumnRole] = []
    for token in _tokens(text):
        word = _words().get(token.casefold())
        if word is not None:
            plain.update(word.means)
            office, before = word.office or office, word.before or before
            vetoes += [word.role] if word.role else []
        elif len(token) == 2 and token.isupper() and token in rules.offices():
            office = token
        else:
            plain.add(token.casefold())
    role = vetoes[0] if vetoes else _roles().get(frozenset(plain), ColumnRole.UNKNOWN)
    return Heading(text, role, office, before)


def _tokens(text: str) -> list[str]:
    """Return the words of a heading, `publicationNumber` and `publication_number` as two."""
    text = _PLURAL.sub("", unicodedata.normalize("NFKC", text))
    return _TOKEN.findall(_JOINED.sub(" ", _INITIAL.sub(r"\1", text)).replace("_", " "))


@cache
def _office_names() -> dict[str, str]:
    return {name.casefold(): code for code, name in rules.offices().items()}


def is_office(cell: str) -> bool:
    """Return whether a cell holds nothing but an office: its code, its name, or a word for it."""
    text = cell.strip()
    if len(text) == 2:
        return text.upper() in rules.offices()
    word = _words().get(text.casefold())
    return text.casefold() in _office_names() or (word is not None and word.office != "") or bool(parts_of_europe(text))


@lru_cache(maxsize=1_000)
def parts_of_europe(cell: str) -> str:
    """Return the state of `EP-FR` or `DE (EP)`, the national part of a European patent; empty if it is none."""
    codes = _NATIONAL_PART.fullmatch(cell.strip()[:_LONGEST])
    state = (codes["state"] or codes["state_first"]) if codes is not None else ""
    return state if state in rules.offices() and state != "EP" else ""


@lru_cache(maxsize=1_000)
def office_named(cell: str) -> str:
    """Return the code of the office that a cell names by its code or its name, or an empty text."""
    text = cell.strip()[:_LONGEST]
    if text.upper() in rules.offices():
        return text.upper()
    if parts_of_europe(text):
        return "EP"
    named = _office_names().get(text.casefold()) or heading_of(text).office
    if named:
        return named
    position, office, _ = leading_words(text, 0)
    return office if position == len(text) else ""


@cache
def _aside_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what fills any aside, and what fills a certain one."""
    patterns = (
        "|".join(row.pattern.pattern for row in asides()),
        "|".join(row.pattern.pattern for row in asides() if row.certain),
    )
    every, certain = (re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns)
    return every, certain


def is_aside(row: Sequence[str], *, certain: bool = False) -> bool:
    """Return whether a row stands around a list rather than in it.

    Args:
        row: its cells.
        certain: whether only those rows count of which no digits can be a number of the list.
    """
    cells = [cell for cell in row if cell]
    if not 0 < len(cells) <= _MOST_OF_ASIDE:
        return False
    return _aside_patterns()[certain].fullmatch(" ".join(cells).strip()) is not None
