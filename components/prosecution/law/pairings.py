"""The rules by which an action is paired with its reply: `pairings.csv`.

A row of `pairings.csv` says, for an office and a category that opens a round, who must act, what answers it, and what
else ends it. A row is for `codes` of a category, or for all, dated from `since` and up to `until`. `partial` papers
belong to the round and answer it only if the Office then does one of `completed_by` (a reply after final that leads to
an allowance); `closed_by` ends it unanswered; `prolonged_by` is an Office paper until whose date (and
`prolonged_months` more) the period runs at least, if the first reply, or a paper of `prolonged_if`, came within
`prolonged_within` months; `suspended_by`, filed with the paper that opens the round, lets the period rest until
`prolonged_by`; during an open round of `no_period_in` it sets no period of its own; `same_day` says whether a paper of
the day itself may answer; `listed_if` says when it is a round at all; `round` whether it counts as a round of
examination; `owes` what the applicant owes, as the beginning of a sentence about its last day; `restored` whether it
can be answered after a loss of rights that is undone; `runs_from` the earlier actions from the last of which the period
runs; `implied_by` what shows that it was answered; `late` what follows by law if the answer came later.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from components.prosecution.law.categories import Categories, Category, CategoryCell, CategoryOrNone, SomeCategories
from components.prosecution.law.codes import stem_of
from components.prosecution.law.rule_files import DatedRow, Filled, read_rule_table, rows_of_office
from components.rule_tables import BY_SEMICOLONS, Flag, NumberOrZero

ListedIf = Literal["always", "each", "with a period", "before the first action", "if answered", "if undone", "in doubt"]
"""When a paper opens a round. `each`: always, and it replaces no other of its kind; `with a period`: only if a period
is computed for it; `before the first action`: only then, and if a period is computed; `in doubt`: before the issue,
unless the round of the paper that it follows was answered in time for both."""


def _is_applicant(cell: object) -> object:
    if cell not in ("applicant", "office"):
        raise ValueError("Write applicant or office there.")
    return cell == "applicant"


class Pairing(DatedRow):
    """What opens a round, who must act, and what answers or ends it: one row of `pairings.csv`."""

    office: Filled
    opens: CategoryCell
    codes: Annotated[frozenset[str], BY_SEMICOLONS]
    """The codes it is for; empty: every code of the category that no other row names."""
    by_applicant: Annotated[bool, BeforeValidator(_is_applicant), Field(alias="respondent")]
    """Whether the applicant must act, rather than the Office."""
    answered_by: SomeCategories
    prefers: CategoryOrNone
    """The category after which the answer is named if papers of several categories came together: the first of
    `answered_by`; `None` if the cell begins with a set."""
    partial: Categories
    completed_by: Categories
    closed_by: Categories
    prolonged_by: CategoryOrNone
    prolonged_months: NumberOrZero
    prolonged_within: NumberOrZero
    """Months; 0: however late the first reply came."""
    prolonged_if: CategoryOrNone
    """What must have been filed before, instead of a partial reply, for `prolonged_by` to prolong the period."""
    suspended_by: CategoryOrNone
    """What lets the period rest until `prolonged_by`, if it was filed with the paper that opens the round."""
    no_period_in: Categories
    """During an open round of these categories its period runs on, and this paper sets none of its own."""
    same_day: Flag
    """Whether a paper of the day itself may answer."""
    listed_if: ListedIf
    round: Flag
    """Whether it counts as a round of examination."""
    owes: str
    """What the applicant owes: "Issue fee"; empty where the Office must act."""
    restored: Flag
    """Whether it can still be answered after the application was lost for want of an answer, if the loss is undone."""
    runs_from: Categories
    """The categories of the earlier action from whose day the period runs; empty: from that of the paper itself."""
    implied_by: Categories
    """What the Office does only after an answer, which a list need not show: a grant after payment of the fees."""
    otherwise: str
    """What follows if it does not come, where that is not plain abandonment; may be empty."""
    late: str
    """What follows by law if the answer came after the last day; empty where it is not known."""
    source: Filled

    @model_validator(mode="before")
    @classmethod
    def _prefer_the_first(cls, cells: dict[str, Any]) -> dict[str, Any]:
        first = str(cells.get("answered_by", "")).partition(" ")[0]
        return {**cells, "prefers": "" if first.startswith("@") else first}

    @model_validator(mode="after")
    def _says_what_is_owed(self) -> "Pairing":
        if self.by_applicant != bool(self.owes):
            raise ValueError("It says what the applicant owes where the Office must act, or does not. Mend `owes`.")
        return self

    @property
    def owed(self) -> str:
        """What the applicant owes, in the middle of a sentence: "issue fee"."""
        return self.owes[:1].casefold() + self.owes[1:]

    @property
    def asks_for_forwarding_fee(self) -> bool:
        """Whether it is answered by the appeal forwarding fee, whose payment a list need not show (37 CFR 41.45)."""
        return Category.APPEAL_FEE in self.answered_by

    def is_for(self, stem: str) -> bool:
        """Return whether it is for papers of a code, given without its trailing dots."""
        return not self.codes or any(stem_of(code) == stem for code in self.codes)

    def is_alike(self, other: "Pairing") -> bool:
        """Return whether it is for the same papers, if perhaps of another time."""
        return (self.opens, self.codes) == (other.opens, other.codes)

    @property
    def categories(self) -> frozenset[Category]:
        """Every category that opens, answers, ends, prolongs or suspends such a round."""
        single = (self.opens, self.prolonged_by, self.prolonged_if, self.suspended_by)
        several = self.answered_by | self.partial | self.closed_by
        return several | {category for category in single if category is not None}


@cache
def pairings_of(office: str) -> Mapping[Category, tuple[Pairing, ...]]:
    """Return the pairings of an office by the category that opens; those of any office where it has none of its own.

    Of one category the rows that name codes stand first.

    Raises:
        RuleTableBroken: a category, set or flag is unknown.
    """
    rows = rows_of_office(read_rule_table("pairings.csv", Pairing), office)
    pairings: dict[Category, tuple[Pairing, ...]] = {}
    for row in sorted(rows, key=lambda row: not row.codes):
        pairings[row.opens] = (*pairings.get(row.opens, ()), row)
    return pairings


def pairing_for(office: str, category: Category, code: str, opened: date) -> Pairing | None:
    """Return the rule by which a paper opens a round; `None` if it opens none.

    Args:
        office: two letters, or none.
        category: what kind of paper it is.
        code: its document code, as the tables spell it.
        opened: its date.
    """
    rows = pairings_of(office).get(category, ())
    stem = stem_of(code)
    return next((row for row in rows if row.is_for(stem) and row.covers(opened)), None)


@cache
def undoes_losses_by_the_act(office: str) -> bool:
    """Return whether a loss of the application is undone by completing what was missed, as at the EPO (Art. 121 EPC).

    Raises:
        RuleTableBroken: `pairings.csv` cannot be used.
    """
    return any(row.restored for rows in pairings_of(office).values() for row in rows)


@cache
def categories_of_rounds(office: str) -> frozenset[Category]:
    """Return every category that opens, answers, ends or prolongs a round of an office."""
    rows = [row for rows in pairings_of(office).values() for row in rows]
    return frozenset[Category]().union(*(row.categories for row in rows))
