"""What papers and submissions are called.

| file | one row is |
|---|---|
| `office_phrases.csv` | what an office itself calls a category |
| `code_phrases.csv` | the name of a paper whose category says too little |
| `package_labels.csv` | what several papers of one day are called together |
| `covering_papers.csv` | after which papers a submission is named rather than after its covering letter |
| `told_letters.csv` | a letter of the Office of which a story says what it means |
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Self

from pydantic import model_validator

from components.prosecution.law.categories import Category, CategoryCell, SomeCategories
from components.prosecution.law.codes import stem_of
from components.prosecution.law.rule_files import Filled, NumberOrNone, read_rule_table
from components.rule_tables import BY_SEMICOLONS, Row


class OfficePhrase(Row):
    """An office's own phrase for a category: one row of `office_phrases.csv`."""

    office: Filled
    category: CategoryCell
    phrase: Filled
    source: Filled


class CodePhrase(Row):
    """The phrase for a paper whose category says too little: one row of `code_phrases.csv`."""

    office: Filled
    code: str
    """Empty for any code."""
    words: str
    """What its description must contain, in lower case; may be empty."""
    phrase: Filled
    source: Filled


class PackageLabel(Row):
    """What several papers of one day are called together: one row of `package_labels.csv`."""

    office: Filled
    members: SomeCategories
    """The categories that are all among the papers."""
    replaces: SomeCategories
    """Those of them that the phrase stands for; the others are named by themselves."""
    phrase: Filled
    label_position: NumberOrNone
    """Its position in the label, as in `categories.csv`; `None`: that of the first category that it replaces."""
    source: Filled

    @model_validator(mode="after")
    def _replaces_members(self) -> Self:
        if not self.replaces <= self.members:
            raise ValueError("It replaces a category that is not among its members. Mend that row.")
        return self


class CoveringPaper(Row):
    """A covering letter, and the papers that name its submission instead: one row of `covering_papers.csv`."""

    cover: CategoryCell
    yields_to: SomeCategories
    source: Filled


@cache
def phrases_of(office: str) -> Mapping[Category, str]:
    """Return an office's own phrases for categories; a category without one has that of `categories.csv`."""
    return {
        row.category: row.phrase for row in read_rule_table("office_phrases.csv", OfficePhrase) if row.office == office
    }


@cache
def code_phrases_of(office: str) -> Mapping[str, tuple[CodePhrase, ...]]:
    """Return the names of papers whose category says too little, by their code without its trailing dots.

    The empty code stands for any.
    """
    phrases: dict[str, tuple[CodePhrase, ...]] = {}
    for row in read_rule_table("code_phrases.csv", CodePhrase):
        if row.office == office:
            phrases[stem_of(row.code)] = (*phrases.get(stem_of(row.code), ()), row)
    return phrases


@cache
def packages_of(office: str) -> tuple[PackageLabel, ...]:
    """Return an office's names for several papers of one day, in the order in which the rows are tried.

    Raises:
        RuleTableBroken: a row names an unknown category, or replaces none of its members.
    """
    return tuple(row for row in read_rule_table("package_labels.csv", PackageLabel) if row.office == office)


@cache
def covered_papers() -> Mapping[Category, frozenset[Category]]:
    """Return, by the category of a covering letter, the papers after which a submission is named instead.

    Raises:
        RuleTableBroken: a row names an unknown category.
    """
    return {row.cover: row.yields_to for row in read_rule_table("covering_papers.csv", CoveringPaper)}


class ToldLetter(Row):
    """A letter of the Office of which a story says what it means: one row of `told_letters.csv`.

    Of several rows for a letter the first counts.
    """

    office: Filled
    codes: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """The document codes that it has; empty: any."""
    words: str
    """Words of its description, in lower case; empty: whatever it says."""
    says: Filled
    says_ended: str
    """What it meant, where an action of the Office is listed after it; empty if that ends nothing."""
    source: Filled

    @model_validator(mode="after")
    def _is_of_some_letters(self) -> Self:
        if not self.codes and not self.words:
            raise ValueError("It names neither codes nor words. Mend that row.")
        return self


@cache
def told_letters_of(office: str) -> tuple[ToldLetter, ...]:
    """Return the letters of an office of which a story says what they mean.

    Raises:
        RuleTableBroken: a row names neither codes nor words.
    """
    return tuple(row for row in read_rule_table("told_letters.csv", ToldLetter) if row.office == office)
