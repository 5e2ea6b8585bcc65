"""How long an applicant has to answer a paper of an office, and how far that can be extended.

Three tables hold the rules; this module walks them. What it computes comes from the dates of documents and is not legal
advice: whoever shows it says so, with the `authority` of the row.

`periods.csv`: a row is a period that a paper of the USPTO sets.

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

`usual_periods.csv`: the same for other offices. The paper names its period, and a list of documents shows neither that
nor the day of notification, so that every date is only the usual one and carries the words of `USUAL`. `words` are
parts of the title, in lower case and separated by `;`: a row with one of them goes before a row without; `only_with` is
a category that the file must list; `notified` says whether the period runs from the notification (`law.notifications`)
rather than from the date of the paper; `owes` is what is due where that is not what the pairing says. A row without
`months` says in `note` why no day is computed: where the paper names it, or where it depends on what no list shows,
such as the day of transmittal or the residence of the applicant (JPO, KIPO).

Where the period of a paper is not certain, there is no row, or one that says why nothing is computed: in pilot
programmes, for decisions of the Board that ask for nothing. Where the paper itself was read, the period that it sets
goes before these (`set_periods`). A letter that restarts a period (`NRES`) sets that of the
action it follows, and has no row of its own.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, PositiveInt, model_validator

from components.prosecution.law.categories import Category, CategoryCell, CategoryOrNone
from components.prosecution.law.codes import codes_of, normalise_code, stem_of
from components.prosecution.law.notifications import notification_of
from components.prosecution.law.office_titles import title_form
from components.prosecution.law.rule_files import DatedRow, Filled, NumberOrNone, read_rule_table
from components.prosecution.law.workdays import add_months, next_working_day
from components.rule_tables import (
    BY_SEMICOLONS,
    EMPTY_IS_NONE,
    Flag,
    NumberOrZero,
    RuleTableBroken,
)

PERIODS_FILE: Final = "periods.csv"
PROCEEDING_PERIODS_FILE: Final = "proceeding_periods.csv"
USUAL_PERIODS_FILE: Final = "usual_periods.csv"
USUAL: Final = "usual, not computed from the paper"
"""What every date says that rests on the usual length of a period which the paper itself names."""

_Months = Annotated[PositiveInt | None, EMPTY_IS_NONE]
_Codes = Annotated[tuple[str, ...], BY_SEMICOLONS]


def _normalised(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(normalise_code, codes))


class Period(DatedRow):
    """A period that a paper sets, or the reason why none is computed: one row of `periods.csv`."""

    office: Filled
    category: CategoryCell
    codes: _Codes
    """The codes it is for, as the tables spell them; empty: any code of the category."""
    months: _Months
    days: _Months
    """Where both are set, the period is the longer of the two."""
    extendable_months: NumberOrNone
    bar_months: _Months
    respondent: Literal["applicant", "third party"]
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
    """What follows if nothing comes, where it is not what follows in a US application."""
    words: Annotated[tuple[str, ...], BY_SEMICOLONS] = ()
    """Parts of the title, in lower case, of which it must have one; empty: any title."""
    only_with: CategoryOrNone = None
    """A category of which the file must list a paper; `None`: any file."""
    notified: Flag = False
    """Whether it runs from the notification of the paper rather than from its date."""
    owes: str = ""
    """What is due, where it is not what the pairing says."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
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

    def suits(self, title: str, listed: Container[Category]) -> bool:
        """Return whether it is for a paper of a title, in lower case, in a file with papers of some categories."""
        has_words = not self.words or any(words in title for words in self.words)
        return has_words and (self.only_with is None or self.only_with in listed)

    def runs_from(self, dated: date) -> date:
        """Return the day from which it runs for a paper of a date: that date, or when the paper counts as notified."""
        return notification_of(self.office, dated).day_of(dated) if self.notified else dated

    def collides(self, other: "Period") -> bool:
        """Return whether both rows are for the same paper on the same day."""
        alike = bool(self.stems & other.stems) or not (self.stems or other.stems)
        return (
            alike
            and (self.proceeding, self.words, self.only_with) == (other.proceeding, other.words, other.only_with)
            and self.meets(other)
        )


class UsualPeriod(Period):
    """The usual length of a period that a paper names, or why no day is computed: one row of `usual_periods.csv`."""

    codes: _Codes = ()
    days: _Months = None
    bar_months: _Months = None
    unless: Annotated[_Codes, AfterValidator(_normalised)] = ()
    usual: Flag = True

    @model_validator(mode="after")
    def _says_why_not(self) -> Self:
        if not self.is_computed and not self.note:
            raise ValueError("It neither has months nor says in `note` why no day is computed. Mend that row.")
        if any(words != words.casefold() for words in self.words):
            raise ValueError("Titles are compared in lower case. Mend `words`.")
        if self.is_computed and not self.authority.endswith(f"({USUAL})"):
            raise ValueError(f"Its authority, shown with every date, must end with ({USUAL}). Mend that cell.")
        return self


@dataclass(frozen=True, slots=True)
class Deadline:
    """The days on which a period ends, each moved to the office's next working day (37 CFR 1.7; Rule 134(1) EPC)."""

    due: date
    """The last day without an extension."""
    last: date
    """The last day with every extension; `due` where there is none."""
    bar: date | None
    """The statutory bar; `None` where no statute sets one."""


def rule_for(
    office: str,
    category: Category,
    code: str,
    opened: date,
    proceeding: str = "",
    *,
    title: str = "",
    listed: Container[Category] = (),
) -> Period | None:
    """Return the row for a paper, which may say why nothing is computed.

    Args:
        office: two letters (`US`).
        category: the paper's category.
        code: its document code as delivered; a row that names it goes before one for the whole category.
        opened: the paper's date.
        proceeding: of which proceeding the file has the periods (`Proceeding.periods_of`); empty for an application,
            in whose file a row of a proceeding applies only to the codes that it names.
        title: the paper's title as delivered, compared in the spelling of `title_form`; a row with words of it goes
            before one for any title.
        listed: the categories of the papers in the file.

    Returns:
        None for an office or a paper without a row.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    rows = _periods().get((office, category), ())
    stem, words = stem_of(normalise_code(code)), title_form(title) if any(row.words for row in rows) else ""
    valid = [row for row in rows if row.covers(opened) and row.suits(words, listed)]
    valid.sort(key=lambda row: not row.words)
    named = next((row for row in valid if stem in row.stems and proceeding in ("", row.proceeding)), None)
    return named or next((row for row in valid if not row.codes and row.proceeding == proceeding), None)


def period_for(
    office: str,
    category: Category,
    code: str,
    opened: date,
    proceeding: str = "",
    *,
    title: str = "",
    listed: Container[Category] = (),
) -> Period | None:
    """Return the period that a paper sets; arguments and errors as of `rule_for`.

    Returns:
        None where nothing is computed: a paper that sets no period, or none that is certain.
    """
    found = rule_for(office, category, code, opened, proceeding, title=title, listed=listed)
    return found if found and found.is_computed else None


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
        due=next_working_day(_calendar_end(period, opened, 0, not_before), period.office),
        last=next_working_day(_calendar_end(period, opened, period.extension, not_before), period.office),
        bar=None if bar is None else next_working_day(bar, period.office),
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
        if arrived <= next_working_day(_calendar_end(period, opened, months, not_before), period.office):
            return months
    return None


def _calendar_end(period: Period, opened: date, extension: int, not_before: date | None) -> date:
    """Return the calendar day on which a period ends.

    An extension counts from the paper, not from a day that a weekend or a holiday moved (MPEP 710.01(a)): three months
    from 31 January end on 30 April, with another month on 31 May.
    """
    start = period.runs_from(opened)

    def runs_to(months: int) -> date:
        ends = []
        if period.months is not None:
            ends.append(add_months(start, period.months + months))
        if period.days is not None:
            ends.append(add_months(start + timedelta(days=period.days), months))
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
    """Read the rows of every table of periods, those for which nothing is computed included.

    Raises:
        RuleTableBroken: a cell cannot be read, a code is not listed as of the category, or two rows of a file are for
            the same paper on the same day.
    """
    return (
        *_checked_rows(PERIODS_FILE, Period),
        *_checked_rows(PROCEEDING_PERIODS_FILE, Period),
        *_checked_rows(USUAL_PERIODS_FILE, UsualPeriod),
    )


def _checked_rows(file: str, kind: type[Period]) -> tuple[Period, ...]:
    rows = read_rule_table(file, kind)
    for row in rows:
        listed = codes_of(row.office)
        if not listed and kind is Period:
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
    """Return the rows of all tables by office and category."""
    periods: dict[tuple[str, Category], tuple[Period, ...]] = {}
    for row in period_rows():
        periods[row.office, row.category] = (*periods.get((row.office, row.category), ()), row)
    return periods


@cache
def rules_of_extension() -> Mapping[str, str]:
    """Return the rule under which alone time can be extended, by the authority of a period that has such a rule.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    return {row.authority: row.extension_rule for row in period_rows() if row.extension_rule}


def is_usual(authority: str) -> bool:
    """Return whether an authority is that of periods which are only usual, because the paper itself names its own.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    return authority in usual_authorities()


@cache
def usual_authorities() -> frozenset[str]:
    """Return the authorities of periods that are only usual, because the paper itself sets them.

    Raises:
        RuleTableBroken: a table of periods contradicts itself.
    """
    return frozenset(row.authority for row in period_rows() if row.usual)
