"""What papers and submissions are called.

| file | one row is |
|---|---|
| `office_phrases.csv` | what an office itself calls a category, in a sentence, in a table and beside a marker |
| `code_phrases.csv` | the name of a paper whose category says too little |
| `package_labels.csv` | what several papers of one day are called together |
| `covering_papers.csv` | after which papers a submission is named rather than after its covering letter |
| `told_letters.csv` | a letter of the Office of which a story says what it means |
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Final, Self

from pydantic import model_validator

from components.prosecution.law.categories import Category, CategoryCell, SomeCategories
from components.prosecution.law.codes import stem_of
from components.prosecution.law.rule_files import ANY_OFFICE, Filled, NumberOrNone, read_rule_table
from components.rule_tables import BY_SEMICOLONS, Row, refuse_repetition

OFFICE_PHRASES_FILE: Final = "office_phrases.csv"
COMMON_WORDS_OF: Final = "US"
"""The office whose words stand in `categories.csv` itself."""


class OfficePhrase(Row):
    """An office's own words for a category: one row of `office_phrases.csv`."""

    office: Filled
    """`*`: the words for files of several offices, and of an office without a row of its own. They are not those of
    the US, which stand in `categories.csv`."""
    category: CategoryCell
    phrase: str
    """Its words in the label of a submission; empty: the common ones."""
    label: str
    """What tables, legends and filters call it; empty: the phrase with a capital, or without one the common label."""
    short: str
    """What a timeline writes beside its marker; empty: the common word."""
    source: Filled

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.phrase or self.label or self.short):
            raise ValueError("It has no words. Write a phrase, a label or a short form.")
        return self

    @property
    def in_tables(self) -> str:
        """Its label, which may be the phrase; empty where the row has none."""
        return self.label or f"{self.phrase[:1].upper()}{self.phrase[1:]}"


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


def office_phrase_rows() -> tuple[OfficePhrase, ...]:
    """Read `office_phrases.csv`.

    Raises:
        RuleTableBroken: a category is unknown, a row has no words, or a category stands there twice for an office.
    """
    rows = read_rule_table(OFFICE_PHRASES_FILE, OfficePhrase)
    refuse_repetition(OFFICE_PHRASES_FILE, rows, lambda row: (row.office, row.category), column="category")
    return rows


@cache
def own_words_of(office: str) -> Mapping[Category, OfficePhrase]:
    """Return the rows of an office by category; for an office other than the US with those of `*` where it has none.

    Raises:
        RuleTableBroken: `office_phrases.csv` cannot be used.
    """
    rows = office_phrase_rows()
    common = {} if office == COMMON_WORDS_OF else {row.category: row for row in rows if row.office == ANY_OFFICE}
    return common | {row.category: row for row in rows if row.office == office}


@cache
def phrases_of(office: str) -> Mapping[Category, str]:
    """Return an office's own phrases for categories; a category without one has that of `categories.csv`."""
    return {category: row.phrase for category, row in own_words_of(office).items() if row.phrase}


@cache
def phrase_of(office: str, category: Category) -> str:
    """Return what an office calls a category in the middle of a sentence: "deemed withdrawal"."""
    return phrases_of(office).get(category) or category.facts.phrase or category.facts.label.casefold()


@cache
def labels_of(office: str) -> tuple[str, ...]:
    """Return what the tables of an office call each category, in the order of `Category`."""
    own = own_words_of(office)
    return tuple((category in own and own[category].in_tables) or category.facts.label for category in Category)


@cache
def short_names(office: str) -> tuple[str, ...]:
    """Return what a timeline of an office writes beside the marker of each category, in the order of `Category`."""
    own = own_words_of(office)
    return tuple((category in own and own[category].short) or category.facts.short for category in Category)


@cache
def labels_for(offices: frozenset[str]) -> tuple[str, ...]:
    """Return what each category is called where files of these offices stand together, in the order of `Category`.

    A category for which all of them have one word is called so; another has its common word, of `*`.
    """
    if not offices:
        return labels_of(COMMON_WORDS_OF)
    words = zip(*map(labels_of, sorted(offices)), strict=True)
    return tuple(
        own[0] if len(set(own)) == 1 else common for own, common in zip(words, labels_of(ANY_OFFICE), strict=True)
    )


@cache
def category_labels(offices: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """Return what each category is called on the screen and in files, by its name in the tables.

    Args:
        offices: those whose files stand together; none: the words of `categories.csv`.
    """
    return MappingProxyType(dict(zip((category.table_name for category in Category), labels_for(offices), strict=True)))


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
