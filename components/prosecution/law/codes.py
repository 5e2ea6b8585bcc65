"""Document codes: how they are spelled, and what paper each one names.

| file | one row is |
|---|---|
| `us.csv`, `ep.csv`, `jp.csv` | a document code of that office |
| `shared_codes.csv` | a code under which an office lists several kinds of paper, distinguished by the description |
| `code_prefixes.csv` | how a family of codes begins, for codes that are in no list |
| `code_statuses.csv` | a code after which an application stands otherwise than after other papers of its category |
| `lead_codes.csv` | a code that leads among papers of one kind and day |
| `uncounted_codes.csv` | a code whose papers a count of their category leaves out |
| `reassignments.csv` | a category that is read as another one if a third is of the same day |
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Final, Literal

import pandas as pd
from pydantic import BeforeValidator, NonNegativeInt

from components.prosecution.law.categories import Category, CategoryCell, CategoryOrNone
from components.prosecution.law.rule_files import DayOrNone, Filled, read_rule_table
from components.prosecution.law.vocabulary import OFFICES, CountName, Side, Status
from components.rule_tables import BY_SEMICOLONS, Flag, Row, refuse_repetition

MAX_CACHED_LENGTH: Final = 400
"""Codes and descriptions longer than this, which no office writes, are read but not cached, so that memory stays
bounded."""

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VERSION: Final = re.compile(r"-(?:JP|KR|CN|TW)$")
_VERSION_WORDS: Final = re.compile(r"\s*\((?:original|translated)\)\s*$", re.IGNORECASE)
_SEPARATORS_OF_REPETITION: Final = frozenset({" ", ",", ";", ", ", "; ", " ,", " ;", " , ", " ; "})

Direction = Literal["out", "in", "third", "internal", ""]
"""Which way a paper went, as the tables of codes write it."""
SIDE_OF_DIRECTION: Final[Mapping[Direction, Side]] = {
    "out": Side.OFFICE,
    "in": Side.APPLICANT,
    "third": Side.THIRD_PARTY,
    "internal": Side.INTERNAL,
    "": Side.UNCLASSIFIED,
}


@dataclass(frozen=True, slots=True)
class Classification:
    """What a paper is and who it is from."""

    category: Category
    side: Side


UNKNOWN: Final = Classification(Category.UNCLASSIFIED, Side.UNCLASSIFIED)


class ClassifyingRow(Row):
    """A row of a table by which papers are classified."""

    category: CategoryCell
    direction: Direction

    @property
    def classification(self) -> Classification:
        """What a paper is to which the row applies."""
        return Classification(self.category, SIDE_OF_DIRECTION[self.direction])


class DocumentCode(ClassifyingRow):
    """A document code of an office: one row of `us.csv`, `ep.csv` or `jp.csv`."""

    code: Filled
    name: Filled
    other_names: str
    source: Filled
    times_seen: NonNegativeInt


class SharedCode(ClassifyingRow):
    """One of several kinds of paper under the same code: one row of `shared_codes.csv`."""

    office: Filled
    code: Filled
    words: Filled
    """Words of the description, in lower case, by which this kind of paper differs from others of the code."""
    source: Filled


class CodePrefix(ClassifyingRow):
    """How a family of codes begins: one row of `code_prefixes.csv`."""

    office: Filled
    prefix: Filled
    before_digit: Flag
    """Whether a digit may follow: `A74` begins `A7421`, but form 2001 has nothing to do with a `200103`."""
    source: Filled


class LeadCode(Row):
    """A code that leads among papers of one kind and day: one row of `lead_codes.csv`."""

    office: Filled
    code: Filled
    source: Filled


class CodeStatus(Row):
    """A code after which an application stands otherwise than its category says: one row of `code_statuses.csv`."""

    office: Filled
    code: Filled
    about: CategoryOrNone
    """Where the paper answers one of this category, which changes no status: the application stands as before it."""
    status: Status
    source: Filled


class UncountedCode(Row):
    """A code whose papers a count of their category leaves out: one row of `uncounted_codes.csv`."""

    office: Filled
    code: Filled
    count: CountName
    short: Filled
    """What the paper is called in a line about an examination, where its category is called otherwise."""
    source: Filled


class Reassignment(Row):
    """A category that is read as `becomes` beside another one, or until a day: one row of `reassignments.csv`."""

    office: Filled
    category: CategoryCell
    words: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """Words of the titles that it is for, in lower case; empty: every title of the category."""
    until: DayOrNone
    """The last day for whose papers it holds; `None`: those of every day."""
    beside: CategoryOrNone
    """The category of another paper of the same day; `None`: whatever else is of the day."""
    becomes: CategoryCell
    reason: Filled
    source: Filled

    def is_for(self, title: str) -> bool:
        """Return whether it is for a paper of its category, by the title of the paper."""
        return not self.words or any(words in title.casefold() for words in self.words)


def normalise_code(code: str) -> str:
    """Return a code as the tables spell it: upper case, full-width letters narrowed, single blanks inside, none around.

    Dots, slashes and underscores are part of a code (`A...`, `XT/`, `AP_DK_M`) and stay. A cell that holds the same
    code twice (`CTNF CTNF`, `CTNF,CTNF`) holds that code; one that holds two different codes is left as it is.
    """
    return _normalise(code) if len(code) <= MAX_CACHED_LENGTH else _normalise.__wrapped__(code)


@lru_cache(maxsize=8_192)
def _normalise(code: str) -> str:
    name = plain_text(code).upper()
    if " " not in name and "," not in name and ";" not in name:
        return name
    for gap in (1, 2, 3):
        half = (len(name) - gap) // 2
        if half > 0 and name[:half] == name[half + gap :] and name[half : half + gap] in _SEPARATORS_OF_REPETITION:
            return name[:half]
    return name


def plain_text(text: str) -> str:
    """Return a text with full-width letters narrowed, invisible characters removed and single blanks between words."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def base_code(code: str) -> str:
    """Return the code of which `A131-JP`, the original beside a translation, is a version; else the code itself."""
    return without_version(normalise_code(code))


def without_version(code: str) -> str:
    """Return a normalised code without the ending that marks an original (`A131-JP`)."""
    return _VERSION.sub("", code)


def description_without_version(description: str) -> str:
    """Return a description in lower case without "(ORIGINAL)" or "(TRANSLATED)" at its end."""
    return _VERSION_WORDS.sub("", description).strip().casefold()


def stem_of(code: str) -> str:
    """Return a normalised code without its trailing dots, which services add and drop."""
    return code.rstrip(".")


def document_codes(office: str) -> tuple[DocumentCode, ...]:
    """Read the listed codes of an office, in the order of its table; none for an office without a table.

    Raises:
        RuleTableBroken: a category or direction is unknown, or a code stands there twice.
    """
    if office not in OFFICES:
        return ()
    file = f"{office.lower()}.csv"
    rows = read_rule_table(file, DocumentCode)
    refuse_repetition(file, rows, lambda row: row.code.upper(), column="code")
    return rows


@cache
def codes_of(office: str) -> Mapping[str, Classification]:
    """Return what the listed codes of an office name; empty for an office without a list."""
    return {row.code.upper(): row.classification for row in document_codes(office)}


@cache
def prefixes_of(office: str) -> tuple[CodePrefix, ...]:
    """Return the prefixes of an office's codes, the longest first."""
    prefixes = [row for row in read_rule_table("code_prefixes.csv", CodePrefix) if row.office == office]
    return tuple(sorted(prefixes, key=lambda row: (-len(row.prefix), row.prefix)))


@cache
def shared_codes_of(office: str) -> Mapping[str, tuple[SharedCode, ...]]:
    """Return the codes of an office that several kinds of paper share, each with the rows that distinguish them."""
    rows_by_code: dict[str, tuple[SharedCode, ...]] = {}
    for row in read_rule_table("shared_codes.csv", SharedCode):
        if row.office == office:
            rows_by_code[row.code] = (*rows_by_code.get(row.code, ()), row)
    return rows_by_code


@cache
def lead_codes_of(office: str) -> Mapping[str, int]:
    """Return the codes of an office that lead among papers of one kind and day, each with its rank."""
    codes = [row.code for row in read_rule_table("lead_codes.csv", LeadCode) if row.office == office]
    return {code: rank for rank, code in enumerate(codes)}


@cache
def code_statuses_of(office: str) -> Mapping[str, Status]:
    """Return how an application stands after papers of some codes, by their code without trailing dots.

    Raises:
        RuleTableBroken: a row has no status.
    """
    rows = [row for row in read_rule_table("code_statuses.csv", CodeStatus) if row.office == office]
    return {stem_of(row.code): row.status for row in rows if row.about is None}


def category_left_by(office: str, code: str) -> Category | None:
    """Return the category about whose papers those of a code can be without changing how an application stands.

    Raises:
        RuleTableBroken: a row has no status.
    """
    stem = stem_of(normalise_code(code))
    rows = (row for row in read_rule_table("code_statuses.csv", CodeStatus) if row.office == office)
    return next((row.about for row in rows if row.about is not None and stem_of(row.code) == stem), None)


@cache
def uncounted_codes_of(office: str) -> Mapping[CountName, frozenset[str]]:
    """Return the codes that each count leaves out, as the tables spell them.

    Raises:
        RuleTableBroken: a row names no count.
    """
    rows = [row for row in read_rule_table("uncounted_codes.csv", UncountedCode) if row.office == office]
    return {row.count: frozenset(other.code for other in rows if other.count == row.count) for row in rows}


@cache
def short_names_of(office: str) -> Mapping[str, str]:
    """Return the short names of codes whose category has another, by code as the tables spell it.

    Raises:
        RuleTableBroken: a row names no count.
    """
    rows = [row for row in read_rule_table("uncounted_codes.csv", UncountedCode) if row.office == office]
    return {row.code: row.short for row in rows}


@cache
def reassignments_of(office: str) -> tuple[Reassignment, ...]:
    """Return the rules for papers that an office lists under a wrong code."""
    return tuple(row for row in read_rule_table("reassignments.csv", Reassignment) if row.office == office)


def code_table() -> pd.DataFrame:
    """Return every listed document code, office by office, in the order of the files.

    Returns:
        Columns `office`, `code`, `name`, `other_names` (separated by "; "), `direction` (`in`, `out`, `internal`,
        `third`), `category`, `source` (where the code was seen), `times_seen` (in the files examined). A copy.
    """
    return _code_table().copy()


@cache
def _code_table() -> pd.DataFrame:
    rows = [
        {
            "office": office,
            "code": row.code,
            "name": row.name,
            "other_names": row.other_names,
            "direction": row.direction,
            "category": row.category.table_name,
            "source": row.source,
            "times_seen": str(row.times_seen),
        }
        for office in OFFICES
        for row in document_codes(office)
    ]
    table = pd.DataFrame(rows, dtype="str")
    table["times_seen"] = table["times_seen"].astype("int64")
    return table


@dataclass(frozen=True, slots=True)
class OfficeCode:
    """A document code of one office."""

    office: str
    code: str


def _office_codes(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    office_codes = []
    for words in filter(None, map(str.strip, cell.split(";"))):
        office, _, code = words.partition(" ")
        if not code:
            raise ValueError(f"{words!r} is no office with a code. Write both, as in US AP/A.")
        office_codes.append(OfficeCode(office, normalise_code(code)))
    return tuple(office_codes)


OfficeCodes = Annotated[tuple[OfficeCode, ...], BeforeValidator(_office_codes)]
"""A cell of codes, each after its office, separated by semicolons: `US AP/A;US N427`."""
