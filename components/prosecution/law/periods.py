"""How long an applicant has to answer a paper of the USPTO, and how far that can be extended.

Two tables hold the rules; this module walks them. What it computes comes from the dates of documents and is not legal
advice: whoever shows it says so, with the `authority` of the row.

`periods.csv`: a row is a period that a paper sets.

| column | holds |
|---|---|
| `office`, `category`, `codes` | the paper; several codes stand apart by `;`, none means any code of the category |
| `since`, `until` | for papers dated from and up to these days; empty without a limit |
| `months`, `days` | the period; of both the longer ("one month or 30 days"); with neither, nothing is computed |
| `extendable_months` | by how many months 37 CFR 1.136(a) extends it at most |
| `bar_months` | the statutory bar, counted from the paper (35 USC 133); empty without one |
| `respondent` | who must act |
| `unless` | codes of papers in whose files the period is another and is not computed; parted by `;` |
| `authority`, `note` | where the rule stands; what the date does not allow for |

Only the USPTO has rows. What the EPO, the JPO and KIPO set depends on what a communication says, on how it was notified
and on where the applicant resides, none of which a list of documents tells; a date guessed from their codes would
mislead. Where the period of a US paper is not certain, there is no row either, or one that says why nothing is
computed: in reexamination, in pilot programmes, for decisions of the Board that ask for nothing. A letter that restarts
a period (`NRES`) sets that of the action it follows, and has no row of its own.

`yardsticks.csv`: within how many months 35 USC 154(b) expects the Office to act. They colour a duration, no more: a
patent term adjustment depends on much that a list of documents does not tell, and is never computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Final

import pandas as pd

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law import vocabulary
from components.prosecution.law.workdays import add_months, next_working_day
from components.prosecution.papers.classification import normalise_code

_COLUMNS: Final = (
    "office",
    "category",
    "codes",
    "since",
    "until",
    "months",
    "days",
    "extendable_months",
    "bar_months",
    "respondent",
    "unless",
    "authority",
    "note",
)
_RESPONDENTS: Final = ("applicant",)


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a paper sets: one row of `periods.csv`."""

    category: str
    codes: tuple[str, ...]
    """The codes it is for, as the tables spell them; empty: any code of the category."""
    since: date | None
    until: date | None
    months: int | None
    days: int | None
    """Where both are set, the period is the longer of the two."""
    extendable_months: int
    bar_months: int | None
    authority: str
    note: str
    """What the computed dates do not allow for; may be empty."""
    respondent: str = "applicant"
    unless: tuple[str, ...] = ()
    """Codes of papers in whose files the period is another, so that none is computed."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The days on which a period ends, each moved to the next working day (37 CFR 1.7)."""

    due: date
    """The last day without an extension."""
    last: date
    """The last day with every extension; `due` where there is none."""
    bar: date | None
    """The statutory bar; none where no statute sets one."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Within how many months an office is expected to act: one row of `yardsticks.csv`."""

    measure: str
    months: int
    authority: str
    note: str


@dataclass(frozen=True, slots=True)
class _Row:
    office: str
    computed: bool
    """Whether the row sets a period, rather than saying why there is none."""
    period: Period
    line: int

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(_stem(code) for code in self.period.codes)

    def covers(self, day: date) -> bool:
        return (self.period.since or date.min) <= day <= (self.period.until or date.max)

    def collides(self, other: "_Row") -> bool:
        """Say whether both rows are for the same paper on the same day."""
        alike = bool(self.stems & other.stems) or not (self.stems or other.stems)
        first, second = self.period, other.period
        return (
            alike
            and (first.since or date.min) <= (second.until or date.max)
            and (second.since or date.min) <= (first.until or date.max)
        )


def period_for(office: str, category: str, code: str, opened: date) -> Period | None:
    """Give the period that a paper sets.

    Args:
        office: two letters (`US`).
        category: the paper's category (`categories.csv`).
        code: its document code as delivered; a row that names it goes before one for the whole category.
        opened: the paper's date.

    Returns:
        None where nothing is computed: another office, a paper that sets no period, or none that is certain.

    Raises:
        CodeTableBroken: `periods.csv` contradicts itself.
    """
    stem = _stem(normalise_code(code))
    valid = [row for row in _table().get((office, category), ()) if row.covers(opened)]
    named = next((row for row in valid if stem in row.stems), None)
    found = named or next((row for row in valid if not row.stems), None)
    return found.period if found and found.computed else None


def deadline(period: Period, opened: date, *, not_before: date | None = None) -> Deadline:
    """Compute when a period ends.

    Args:
        period: what the paper sets.
        opened: the paper's date.
        not_before: a day before which the period does not end, for what depends on another paper: the advisory action
            after a final rejection that was first answered within two months (MPEP 706.07(f)), the rest of the time for
            an appeal brief after a pre-appeal decision. Extensions then count from that day; the bar does not move.
    """
    bar = _bar(period, opened)
    return Deadline(
        due=next_working_day(_end(period, opened, 0, not_before)),
        last=next_working_day(_end(period, opened, period.extendable_months, not_before)),
        bar=None if bar is None else next_working_day(bar),
    )


def extension_needed(
    period: Period, opened: date, answered: date, *, tolerance_days: int = 0, not_before: date | None = None
) -> int | None:
    """Compute by how many months the period had to be extended for an answer to be in time (37 CFR 1.136(a)).

    Args:
        period: what the paper set.
        opened: the paper's date.
        answered: the answer's date.
        tolerance_days: days of grace, for a paper that may have been mailed with a certificate (37 CFR 1.8) and bears
            the date of its receipt. They do not move the deadline.
        not_before: as for `deadline`.

    Returns:
        0 if none was needed, else the months; None if even the longest extension ended before the answer.
    """
    arrived = answered - timedelta(days=tolerance_days)
    for months in range(period.extendable_months + 1):
        if arrived <= next_working_day(_end(period, opened, months, not_before)):
            return months
    return None


def _end(period: Period, opened: date, extension: int, not_before: date | None) -> date:
    """Give the calendar day on which a period ends.

    An extension counts from the paper, not from a day that a weekend or a holiday moved (MPEP 710.01(a)): three months
    from 31 January end on 30 April, with another month on 31 May.
    """

    def runs_to(months: int) -> date:
        ends = []
        if period.months is not None:
            ends.append(add_months(opened, period.months + months))
        if period.days is not None:
            ends.append(add_months(opened + timedelta(days=period.days), months))
        return max(ends)

    if not_before is not None and not_before > runs_to(0):
        end = add_months(not_before, extension)
    else:
        end = runs_to(extension)
    bar = _bar(period, opened)
    return end if bar is None else min(end, bar)


def _bar(period: Period, opened: date) -> date | None:
    return None if period.bar_months is None else add_months(opened, period.bar_months)


def _stem(code: str) -> str:
    """Give a code without its trailing dots, which services add and drop."""
    return code.rstrip(".")


@cache
def _table() -> Mapping[tuple[str, str], tuple[_Row, ...]]:
    """Give the rows of `periods.csv` by office and category.

    Raises:
        CodeTableBroken: a cell cannot be read, or two rows are for the same paper on the same day.
    """
    found: dict[tuple[str, str], tuple[_Row, ...]] = {}
    for line, cells in enumerate(_read("periods.csv", _COLUMNS), start=2):
        row = _row(cells, line)
        key = (row.office, row.period.category)
        found[key] = (*found.get(key, ()), row)
    for rows in found.values():
        for one, other in combinations(rows, 2):
            if one.collides(other):
                raise CodeTableBroken(
                    f"periods.csv, lines {one.line} and {other.line} are for the same paper on the same day. "
                    "End one before the other begins, or take a code out."
                )
    return found


def _row(cells: Mapping[str, str], line: int) -> _Row:
    def refuse(what: str) -> CodeTableBroken:
        return CodeTableBroken(f"periods.csv, line {line}: {what} Mend that row.")

    office, category = cells["office"], cells["category"]
    if office not in vocabulary.OFFICES or category not in vocabulary.category_index():
        raise refuse(f"{office} {category} is no category of an office with codes.")
    codes = tuple(code.strip() for code in cells["codes"].split(";") if code.strip())
    rules = vocabulary.codes_of(office)
    for code in codes:
        if code not in rules or rules[code].category != vocabulary.category_index()[category]:
            raise refuse(f"{code} is not listed as {category}.")
    try:
        since, until = (date.fromisoformat(cells[name]) if cells[name] else None for name in ("since", "until"))
        months, days, extendable, bar = (
            int(cells[name]) if cells[name] else None for name in ("months", "days", "extendable_months", "bar_months")
        )
    except ValueError as error:
        raise refuse(f"a date or a number cannot be read ({error}).") from None
    if not cells["authority"] or cells["respondent"] not in _RESPONDENTS:
        raise refuse("an authority and who must act are wanted.")
    if since and until and until < since:
        raise refuse("it ends before it begins.")
    computed = months is not None or days is not None
    if computed != (extendable is not None) or (bar is not None and not computed):
        raise refuse("a period comes with its extension (0 for none), and neither extension nor bar without a period.")
    counts = [number for number in (months, days, bar) if number is not None]
    if min(counts, default=1) < 1 or (extendable or 0) < 0 or (bar is not None and bar < (months or 0)):
        raise refuse("a number is too small, or the bar comes before the period ends.")
    period = Period(
        category=category,
        codes=codes,
        since=since,
        until=until,
        months=months,
        days=days,
        extendable_months=extendable or 0,
        bar_months=bar,
        authority=cells["authority"],
        note=cells["note"],
        respondent=cells["respondent"],
        unless=tuple(normalise_code(code) for code in cells["unless"].split(";") if code.strip()),
    )
    return _Row(office, computed, period, line)


def period_table() -> pd.DataFrame:
    """Give the periods that are computed, as a table for people.

    Returns:
        Columns `office`, `category` (name in `categories.csv`), `codes` (empty: any of the category), `since`, `until`
        (dates of the paper, empty: without limit), `period` ("3 months"), `extension` ("up to 3 months", "none"), `bar`
        ("6 months" or empty), `authority`, `note`.

    Raises:
        CodeTableBroken: `periods.csv` contradicts itself.
    """
    rows = sorted((row for rows in _table().values() for row in rows if row.computed), key=lambda row: row.line)
    return pd.DataFrame(
        [
            {
                "office": row.office,
                "category": row.period.category,
                "codes": ", ".join(row.period.codes),
                "since": str(row.period.since or ""),
                "until": str(row.period.until or ""),
                "period": _length(row.period),
                "extension": f"up to {row.period.extendable_months} months" if row.period.extendable_months else "none",
                "bar": f"{row.period.bar_months} months" if row.period.bar_months else "",
                "authority": row.period.authority,
                "note": row.period.note,
            }
            for row in rows
        ],
        dtype="str",
    )


def _length(period: Period) -> str:
    months = f"{period.months} month{'s' if period.months != 1 else ''}" if period.months else ""
    days = f"{period.days} days" if period.days else ""
    return f"{months} or {days}, whichever is longer" if months and days else months or days


@cache
def yardsticks() -> Mapping[str, Yardstick]:
    """Give the yardsticks by measure: `first_action`, `office_response`, `pendency`. For colours only.

    Raises:
        CodeTableBroken: a measure stands there twice, has no authority, or its months are no number.
    """
    found: dict[str, Yardstick] = {}
    for line, cells in enumerate(_read("yardsticks.csv", ("measure", "months", "authority", "note")), start=2):
        measure, months = cells["measure"], cells["months"]
        if not measure or measure in found or not cells["authority"] or not months.isdecimal() or int(months) < 1:
            raise CodeTableBroken(
                f"yardsticks.csv, line {line}: a measure, once, with its months and authority is wanted. Mend that row."
            )
        found[measure] = Yardstick(measure, int(months), cells["authority"], cells["note"])
    return MappingProxyType(found)


def _read(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    rows = vocabulary.rows_of(name)
    for line, row in enumerate(rows, start=2):
        if tuple(row) != columns or any(not isinstance(cell, str) for cell in row.values()):
            raise CodeTableBroken(f"{name}, line {line}: the cells must be {', '.join(columns)}. Mend that row.")
    return rows
