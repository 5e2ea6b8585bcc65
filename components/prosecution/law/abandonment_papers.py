"""What a paper says about an abandonment that the list holds: `abandonment_papers.csv`.

A row is for a category of an office, for some document codes of it or for all, and for titles with some words or for
all; the first row that fits decides. `petition` asks for a revival, `holding` that the Office withdraws its holding,
`granted` and `refused` decide on that, `decided` decides without saying how, `rescinded` is the Office's withdrawal of
its own holding, `express` a notice that the applicant gave the application up, `cause` one that names the cause of the
loss, `unsaid` one that does not say whether the whole application is lost, `oath` is the inventor's oath or
declaration, and `unrelated` is a paper of the category that says nothing about an abandonment.
"""

import re
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from components.prosecution.law.categories import Category, CategoryCell
from components.prosecution.law.codes import normalise_code
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import BY_SEMICOLONS, Row

Effect = Literal[
    "petition",
    "granted",
    "refused",
    "decided",
    "rescinded",
    "express",
    "cause",
    "unsaid",
    "unrelated",
    "oath",
    "holding",
]


class AbandonmentPaper(Row):
    """What a paper of a category says about an abandonment: one row of `abandonment_papers.csv`."""

    office: Filled
    category: CategoryCell
    codes: Annotated[frozenset[str], BY_SEMICOLONS]
    """The codes it is for; empty: every code."""
    words: Annotated[tuple[str, ...], BY_SEMICOLONS, Field(default=())]
    """The titles it is for, each named by words of it, the last of which may continue (`dismiss*`); empty: every
    title."""
    effect: Effect
    source: Filled

    @model_validator(mode="after")
    def _words_are_lower_case(self) -> Self:
        if any(words != words.casefold() for words in self.words):
            raise ValueError("Its words are not in lower case. Mend that row.")
        return self

    def fits(self, code: str, title: str) -> bool:
        """Return whether the row is for a paper.

        Args:
            code: its document code, as the tables spell it.
            title: its description, in lower case.
        """
        if self.codes and code not in self.codes:
            return False
        return not self.words or any(_pattern(words).search(title) for words in self.words)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    words = r"[^\W_]*".join(re.escape(part) for part in words.split("*"))
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])")


def effect_of(office: str, category: Category, code: str, description: str) -> Effect | None:
    """Return what a paper says about an abandonment.

    Args:
        office: two letters.
        category: what kind of paper it is.
        code: its document code as the service wrote it.
        description: its title.

    Returns:
        None where no row is for its category, or none fits.

    Raises:
        RuleTableBroken: `abandonment_papers.csv` cannot be used.
    """
    rows = _rows_of(office, category)
    if not rows:
        return None
    spelled, title = normalise_code(code), " ".join(description.split()).casefold()
    return next((row.effect for row in rows if row.fits(spelled, title)), None)


@cache
def _rows_of(office: str, category: Category) -> tuple[AbandonmentPaper, ...]:
    rows = read_rule_table("abandonment_papers.csv", AbandonmentPaper)
    return tuple(row for row in rows if row.office == office and row.category is category)
