"""How long an applicant has to answer a paper of the USPTO, and how far that can be extended.

Two tables hold the rules; this module walks them. What it computes comes from the dates of documents and is not legal
advice: whoever shows it says so, with the `authority` of the row.

`periods.csv`: a row is a period that a paper sets.

| column | holds |
|---|---|
| `office`, `category`, `codes` | the paper; codes are separated by `;`, none means any code of the category |
| `since`, `until` | for papers dated from and up to these days; empty without a limit |
| `months`, `days` | the period; of both the longer ("one month or 30 days"); with neither, nothing is computed |
| `extendable_months` | by how many months 37 CFR 1.136(a) extends it at most |
| `bar_months` | the statutory bar, counted from the paper (35 USC 133); empty without one |
| `respondent` | who must act |
| `unless` | codes of papers that change the period: in a file with one, none is computed; separated by `;` |
| `authority`, `note` | source of the rule; what the date does not take into account |

`proceeding_periods.csv`: the same for reexaminations (`law.proceedings`), with four columns before `authority`:
`usual` says whether the action itself sets the period, of which the row has the usual length; `extension_rule` is the
rule under which alone time can be extended, by a request that may be refused and is therefore not computed;
`reply_extends_months` is by how much a first reply in time extends the period; `otherwise` is what follows if nothing
comes, where that is not what follows in an application.

Only the USPTO has rows. What the EPO, the JPO and KIPO set depends on what a communication says, on how it was notified
and on where the applicant resides, none of which a list of documents shows; a date guessed from their codes would
mislead. Where the period of a US paper is not certain, there is no row either, or one that says why nothing is
computed: in pilot programmes, for decisions of the Board that ask for nothing. A letter that restarts
a period (`NRES`) sets that of the action it follows, and has no row of its own.

`yardsticks.csv`: within how many months 35 USC 154(b) expects the Office to act. They only decide the
colour of a duration: a patent term adjustment depends on much that a list of documents does not show, and is never
computed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Annotated, Final, Literal, Self

import pandas as pd
from pydantic import AfterValidator, PositiveInt, model_validator

from components.prosecution.law.categories import Category, CategoryCell
from components.prosecution.law.codes import codes_of, normalise_code, stem_of
from components.prosecution.law.rule_files import DayOrNone, Filled, NumberOrNone, read_rule_table
from components.prosecution.law.workdays import add_months, next_working_day
from components.rule_tables import (
    BY_SEMICOLONS,
    EMPTY_IS_NONE,
    Flag,
    NumberOrZero,
    Row,
    RuleTableBroken,
    refuse_repetition,
)
from components.words import counted

PERIODS_FILE: Final = "periods.csv"
PROCEEDING_PERIODS_FILE: Final = "proceeding_periods.csv"
YARDSTICKS_FILE: Final = "yardsticks.csv"

_Months = Annotated[PositiveInt | None, EMPTY_IS_NONE]
_Codes = Annotated[tuple[str, ...], BY_SEMICOLONS]


def _normalised(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(normalise_code, codes))


class Period(Row):
    """A period that a paper sets, or the reason why none is computed: one row of `periods.csv`."""

    office: Filled
    category: CategoryCell
    codes: _Codes
    """The codes it is for, as the tables spell them; empty: any code of the category."""
    since: DayOrNone
    until: DayOrNone
    months: _Months
    days: _Months
    """Where both are set, the period is the longer of the two."""
    extendable_months: NumberOrNone
    bar_months: _Months
    respondent: Literal["applicant"]
    unless: Annotated[_Codes, AfterValidator(_normalised)]
    """Codes of papers that change the period: in a file that has one, none is computed."""
    authority: Filled
    note: str
    """What the computed dates do not take into account; may be empty."""
    proceeding: str = ""
    """The proceeding it is for; empty for an application."""
    usual: Flag = False
    """Whether it is the usual length of a period that the paper itself sets."""
    extension_rule: str = ""
    """The rule under which alone it can be extended; empty where 37 CFR 1.136(a) or nothing extends it."""
    reply_extends_months: NumberOrZero = 0
    """By how many months a first reply in time extends it."""
    otherwise: str = ""
    """What follows in that proceeding if nothing comes, where it is not what follows in an application."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError("It ends before it begins. Mend that row.")
        if self.is_computed != (self.extendable_months is not None) or (self.bar_months and not self.is_computed):
            raise ValueError(
                "A period comes with its extension (0 for none), and neither extension nor bar without a period. "
                "Mend that row."
            )
        if (self.extendable_months or 0) < 0 or (self.bar_months is not None and self.bar_months < (self.months or 0)):
            raise ValueError("The extension is below 0, or the bar comes before the period ends. Mend that row.")
        return self

    @property
    def is_computed(self) -> bool:
        """Whether the row sets a period, rather than giving the reason why none is computed."""
        return self.months is not None or self.days is not None

    @property
    def extension(self) -> int:
        """By how many months the period can be extended at most."""
        return self.extendable_months or 0

    @property
    def stems(self) -> frozenset[str]:
        """The codes it is for without their trailing dots."""
        return frozenset(map(stem_of, self.codes))

    def covers(self, day: date) -> bool:
        """Return whether it is for papers of a day."""
        return (self.since or date.min) <= day <= (self.until or date.max)

    def collides(self, other: "Period") -> bool:
        """Return whether both rows are for the same paper on the same day."""
        alike = bool(self.stems & other.stems) or not (self.stems or other.stems)
        return (
            alike
            and self.proceeding == other.proceeding
            and (self.since or date.min) <= (other.until or date.max)
            and (other.since or date.min) <= (self.until or date.max)
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """The days on which a period ends, each moved to the next working day (37 CFR 1.7)."""

    due: date
    """The last day without an extension."""
    last: date
    """The last day with every extension; `due` where there is none."""
    bar: date | None
    """The statutory bar; `None` where no statute sets one."""


class Yardstick(Row):
    """Within how many months an office is expected to act: one row of `yardsticks.csv`."""

    office: Filled
    measure: Filled
    months: PositiveInt
    authority: Filled
    note: str


def period_for(office: str, category: Category, code: str, opened: date, proceeding: str = "") -> Period | None:
    """Return the period that a paper sets.

    Args:
        office: two letters (`US`).
        category: the paper's category.
        code: its document code as delivered; a row that names it goes before one for the whole category.
        opened: the paper's date.
        proceeding: of which proceeding the file has the periods (`Proceeding.periods_of`); empty for an application,
            in whose file a row of a proceeding applies only to the codes that it names.

    Returns:
        None where nothing is computed: another office, a paper that sets no period, or none that is certain.

    Raises:
        RuleTableBroken: `periods.csv` contradicts itself.
    """
    stem = stem_of(normalise_code(code))
    valid = [row for row in _periods().get((office, category), ()) if row.covers(opened)]
    named = next((row for row in valid if stem in row.stems and proceeding in ("", row.proceeding)), None)
    row_for_paper = named or next((row for row in valid if not row.codes and row.proceeding == proceeding), None)
    return row_for_paper if row_for_paper and row_for_paper.is_computed else None


def compute_deadline(period: Period, opened: date, *, not_before: date | None = None) -> Deadline:
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
        due=next_working_day(_calendar_end(period, opened, 0, not_before)),
        last=next_working_day(_calendar_end(period, opened, period.extension, not_before)),
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
        tolerance_days: days of grace, for a paper that may have been mailed with a certificate (37 CFR 1.8) and is
            listed under the date of its receipt. They do not move the deadline.
        not_before: as for `compute_deadline`.

    Returns:
        0 if none was needed, else the months; None if even the longest extension ended before the answer.
    """
    arrived = answered - timedelta(days=tolerance_days)
    for months in range(period.extension + 1):
        if arrived <= next_working_day(_calendar_end(period, opened, months, not_before)):
            return months
    return None


def _calendar_end(period: Period, opened: date, extension: int, not_before: date | None) -> date:
    """Return the calendar day on which a period ends.

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


def period_rows() -> tuple[Period, ...]:
    """Read the rows of `periods.csv` and `proceeding_periods.csv`, those for which nothing is computed included.

    Raises:
        RuleTableBroken: a cell cannot be read, a code is not listed as of the category, or two rows of a file are for
            the same paper on the same day.
    """
    return (*_checked_rows(PERIODS_FILE), *_checked_rows(PROCEEDING_PERIODS_FILE))


def _checked_rows(file: str) -> tuple[Period, ...]:
    rows = read_rule_table(file, Period)
    for row in rows:
        listed = codes_of(row.office)
        if not listed:
            raise RuleTableBroken(
                file, f"{row.office!r} is no office with a list of codes. Mend that cell.", line=row.line
            )
        for code in row.codes:
            if code not in listed or listed[code].category is not row.category:
                problem = f"{code} is not listed as {row.category.table_name}. Mend that row, or the list of codes."
                raise RuleTableBroken(file, problem, line=row.line, column="codes")
    _refuse_collisions(file, rows)
    return rows


def _refuse_collisions(file: str, rows: Sequence[Period]) -> None:
    for row, other in combinations(rows, 2):
        if (row.office, row.category) == (other.office, other.category) and row.collides(other):
            problem = (
                f"It is for the same paper on the same day as line {row.line}. "
                "End one before the other begins, or take a code out."
            )
            raise RuleTableBroken(file, problem, line=other.line)


@cache
def _periods() -> Mapping[tuple[str, Category], tuple[Period, ...]]:
    """Return the rows of both tables by office and category."""
    periods: dict[tuple[str, Category], tuple[Period, ...]] = {}
    for row in period_rows():
        periods[row.office, row.category] = (*periods.get((row.office, row.category), ()), row)
    return periods


def period_table() -> pd.DataFrame:
    """Return the periods that are computed, as a table for people.

    Returns:
        Columns `office`, `category` (name in `categories.csv`), `codes` (empty: any of the category), `since`, `until`
        (dates of the paper, empty: without limit), `period` ("3 months"), `extension` ("up to 3 months", "none", "only
        under 37 CFR 1.550(c)"), `bar` ("6 months" or empty), `authority`, `note`.

    Raises:
        RuleTableBroken: `periods.csv` contradicts itself.
    """
    return pd.DataFrame(
        [
            {
                "office": row.office,
                "category": row.category.table_name,
                "codes": ", ".join(row.codes),
                "since": str(row.since or ""),
                "until": str(row.until or ""),
                "period": _length_in_words(row),
                "extension": _extension_in_words(row),
                "bar": f"{row.bar_months} months" if row.bar_months else "",
                "authority": row.authority,
                "note": row.note,
            }
            for row in period_rows()
            if row.is_computed
        ],
        dtype="str",
    )


def _extension_in_words(period: Period) -> str:
    if period.extension_rule:
        return f"only under {period.extension_rule}"
    return f"up to {period.extension} months" if period.extension else "none"


@cache
def rules_of_extension() -> Mapping[str, str]:
    """Return the rule under which alone time can be extended, by the authority of a period that has such a rule.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    return {row.authority: row.extension_rule for row in period_rows() if row.extension_rule}


@cache
def usual_authorities() -> frozenset[str]:
    """Return the authorities of periods that are only usual, because the paper itself sets them.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    return frozenset(row.authority for row in period_rows() if row.usual)


def _length_in_words(period: Period) -> str:
    months = counted(period.months, "month") if period.months else ""
    days = f"{period.days} days" if period.days else ""
    return f"{months} or {days}, whichever is longer" if months and days else months or days


def yardstick_rows() -> tuple[Yardstick, ...]:
    """Read `yardsticks.csv`.

    Raises:
        RuleTableBroken: a measure stands there twice, has no authority, or its months are no number.
    """
    rows = read_rule_table(YARDSTICKS_FILE, Yardstick)
    refuse_repetition(YARDSTICKS_FILE, rows, lambda row: (row.office, row.measure), column="measure")
    return rows


@cache
def yardsticks_of(office: str) -> Mapping[str, Yardstick]:
    """Return the yardsticks of an office by measure: `first_action`, `office_response`, `pendency`. For colours only.

    No law expects an office other than the USPTO to act within a time, so that others have none.

    Raises:
        RuleTableBroken: `yardsticks.csv` cannot be used.
    """
    return MappingProxyType({row.measure: row for row in yardstick_rows() if row.office == office})
