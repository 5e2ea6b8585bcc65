"""What a decision decided, where its code or its description says so: `verdicts.csv`.

Most lists give only the title of the form, on which the Office ticks one of several boxes. Where a description names
the box, or two of them, only one of them decides: with two the decision stays unknown.
"""

from functools import cache
from typing import Literal

from pydantic import model_validator

from components.prosecution.law.categories import Category, CategoryCell
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.prosecution.law.vocabulary import Status
from components.rule_tables import Row

Verdict = Literal["goes on", "ends", "dismissed"]
"""What became of what was asked: what it was asked in goes on, or it ends, or the request was dismissed unexamined."""


class VerdictWords(Row):
    """By which code or words a decision says what it decided: one row of `verdicts.csv`."""

    office: Filled
    category: CategoryCell
    code: str
    """The code it is for, as the tables spell it; empty: any code of the category."""
    words: str
    """Words of the description, in lower case; empty: whatever it says."""
    verdict: Verdict
    status: Status
    """How an application stands after such a decision."""
    source: Filled

    @model_validator(mode="after")
    def _says_something(self) -> "VerdictWords":
        if not (self.code or self.words):
            raise ValueError("It names neither a code nor words. Write one of them.")
        return self

    def fits(self, code: str, description: str) -> bool:
        """Return whether it is for a paper of its category, by code as the tables spell it and lower-case words."""
        return self.code in ("", code) and self.words in description


def verdict_of(office: str, category: Category, code: str, description: str) -> Verdict | None:
    """Return what a decision decided; `None` if neither its code nor its description says so.

    Args:
        office: two letters, or none.
        category: what kind of paper it is.
        code: its document code as delivered.
        description: its description.

    Raises:
        RuleTableBroken: `verdicts.csv` cannot be used.
    """
    found = {row.verdict for row in _fitting(office, category, code, description)}
    return found.pop() if len(found) == 1 else None


def status_after_verdict(office: str, category: Category, code: str, description: str) -> Status | None:
    """Return how an application stands after a decision that says what it decided; `None` if it does not say.

    Args and errors: as for `verdict_of`.
    """
    found = {row.status for row in _fitting(office, category, code, description)}
    return found.pop() if len(found) == 1 else None


def _fitting(office: str, category: Category, code: str, description: str) -> list[VerdictWords]:
    name, words = normalise_code(code), description.casefold()
    rows = read_rule_table("verdicts.csv", VerdictWords)
    return [row for row in rows if (row.office, row.category) == (office, category) and row.fits(name, words)]


@cache
def categories_with_verdicts(office: str) -> frozenset[Category]:
    """Return the categories of the decisions of an office that can say what they decided.

    Raises:
        RuleTableBroken: `verdicts.csv` cannot be used.
    """
    rows = read_rule_table("verdicts.csv", VerdictWords)
    return frozenset(row.category for row in rows if row.office == office)
