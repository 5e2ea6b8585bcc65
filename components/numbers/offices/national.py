"""The forms of numbers of offices that have no module of their own (`tables/national_forms.csv`).

A form says how a number is written behind the office's code, and how the service is asked for it.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, model_validator

from components.numbers import rules
from components.numbers.model import NumberKind
from components.numbers.offices import years_to_come
from components.numbers.rules import Noun
from components.rule_tables import BY_BLANKS, EMPTY_IS_NONE, Row, load_csv

FILE: Final = "national_forms.csv"
KINDS: Final = frozenset({NumberKind.OTHER, NumberKind.OTHER_APPLICATION})
ANY_KIND_CODE: Final = "+"
_EARLIEST: Final = 1850
"""No office numbers by a year before."""
_BETWEEN = re.compile(r"[^0-9A-Za-z]+")
_GROUPS: Final = r"(?:[ ,.]\d{3}){1,2}"
"""Part of a pattern that takes more digits than the same number has without blanks, unless a bound stops it."""
_NAMED = re.compile(r"\(\?P<\w+>")


def _compiled(cell: object) -> object:
    """Compile the regular expression of a cell, in any case."""
    if not isinstance(cell, str):
        return cell
    try:
        return re.compile(cell, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"It is no regular expression ({error}).") from None


YearOrNone = Annotated[int | None, EMPTY_IS_NONE]


class NationalForm(Row):
    """One form of the numbers of an office."""

    office: str
    what: str
    """What has such a number, in words for people."""
    kind: NumberKind
    pattern: Annotated[re.Pattern[str], BeforeValidator(_compiled)]
    """What stands behind the office's code. The groups `year` and `serial` are compared with the bounds below."""
    since: YearOrNone
    until: YearOrNone
    first: YearOrNone
    last: YearOrNone
    codes: Annotated[tuple[str, ...], BY_BLANKS]
    """The kind codes that may follow: `-` none, `+` any, `*` any or none."""
    tries: Annotated[tuple[str, ...], BY_BLANKS]
    """The kind codes to try where none is typed, likeliest first."""
    noun: Noun
    """The number is read so only where the words before it call it this; empty for any words."""
    bare: Literal["no", "alone", "anywhere"]
    """Whether it is read without the office's code: alone in its line or cell, or in running text too."""
    written: str
    """The service's form without a kind code: groups of the pattern, the serial number without zeros before it
    (`number`), the year with two (`short`) or four digits (`full`)."""
    example: str
    reads: str
    """The normalised form of the example."""
    note: str
    source: str

    @property
    def is_application(self) -> bool:
        """Whether it is the number of an application, which is asked for as such."""
        return self.kind is NumberKind.OTHER_APPLICATION

    def takes(self, kind_code: str) -> bool:
        """Return whether a kind code, or none if it is empty, may follow."""
        if "*" in self.codes or (kind_code or "-") in self.codes:
            return True
        return bool(kind_code) and ANY_KIND_CODE in self.codes

    def stem(self, match: re.Match[str]) -> str:
        """Return the service's form of a match, without a kind code; empty if year or serial number are impossible."""
        parts = {name: _BETWEEN.sub("", value or "").upper() for name, value in match.groupdict().items()}
        year = self._full_year(parts.get("year", ""))
        serial = parts.get("serial", "")
        if year is None or not self._has_serial(serial):
            return ""
        return self.written.format(**parts, number=int(serial), full=year, short=str(year)[-2:])

    def year_to_come(self, match: re.Match[str]) -> int:
        """Return the year of a match that has not come; 0 if it has, or if the year has not four digits."""
        year = _BETWEEN.sub("", match.groupdict().get("year") or "")
        to_come = len(year) == 4 and self.until is None and int(year) > years_to_come.latest_year()
        return int(year) if to_come else 0

    def _full_year(self, year: str) -> int | None:
        """Return a year with four digits, 0 if the form has none, `None` if it is out of bounds."""
        if not year:
            return 0
        centuries = ("",) if len(year) == 4 else ("20", "19")
        first, last = self.since or _EARLIEST, self.until or years_to_come.latest_year()
        return next((full for century in centuries if first <= (full := int(century + year)) <= last), None)

    def _has_serial(self, serial: str) -> bool:
        """Return whether a serial number lies within the bounds; without any, it is not zero."""
        return (self.first or 1) <= int(serial) and (self.last is None or int(serial) <= self.last)

    @model_validator(mode="after")
    def _reads_its_example(self) -> Self:
        if self.kind not in KINDS:
            raise ValueError("The kind is that of an office with a module of its own. Correct it.")
        if self.pattern.groups > len(self.pattern.groupindex):
            raise ValueError("The pattern has a group without a name. Write (?:…) or (?P<name>…) instead.")
        if _GROUPS in self.pattern.pattern and self.last is None:
            raise ValueError("The pattern takes groups of three digits. Say in `last` how far its numbers go.")
        behind_code = re.sub(rf"^{self.office}[\s.:_/-]{{0,3}}(?:{self.noun} )?", "", self.example)
        match = self.pattern.match(self.example) or self.pattern.match(behind_code)
        if match is None or not self.stem(match) or not self.reads.startswith(self.stem(match)):
            raise ValueError("The pattern does not read its example as the column `reads` says. Mend one of them.")
        return self


def national_form_rows(folder: Path = rules.FOLDER) -> tuple[NationalForm, ...]:
    """Return the rows of `national_forms.csv`."""
    return load_csv(folder / FILE, NationalForm)


@cache
def forms_of(office: str) -> tuple[NationalForm, ...]:
    """Return the forms of the numbers of an office; none if the table has none."""
    return tuple(row for row in national_form_rows() if row.office == office)


@cache
def bare_forms() -> tuple[NationalForm, ...]:
    """Return the forms that are read without the office's code."""
    return tuple(row for row in national_form_rows() if row.bare != "no")


@cache
def bare_beginnings() -> str:
    """Return a pattern, without groups that capture, for the beginnings of numbers that are read without a code."""
    return "|".join(dict.fromkeys(_NAMED.sub("(?:", row.pattern.pattern) for row in bare_forms()))
