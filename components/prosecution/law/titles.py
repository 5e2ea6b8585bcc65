"""Titles by which a paper is recognised where its code does not say enough: `description_words.csv`."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import model_validator

from components.prosecution.law.codes import Classification, ClassifyingRow
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.prosecution.law.vocabulary import UNSPACED_LANGUAGES
from components.rule_tables import BY_BLANKS

MatchRule = Literal["whole", "begins", "anywhere"]
"""`whole`: the title is these words. `begins`: it begins with them. `anywhere`: it contains them."""


class DescriptionWords(ClassifyingRow):
    """The words of a title, and the kind of paper that it names: one row of `description_words.csv`."""

    language: Filled
    words: Filled
    """A `*` at the end: the last of several words may continue (`corrected notice of allow*`)."""
    match: MatchRule
    offices: Annotated[frozenset[str], BY_BLANKS]
    """The offices whose papers have this title; empty for all."""
    source: Filled

    @model_validator(mode="after")
    def _can_be_matched(self) -> Self:
        if self.match not in ("whole", "anywhere" if self.language in UNSPACED_LANGUAGES else "begins"):
            raise ValueError(f"A title in {self.language} is not matched by {self.match!r}. Mend that row.")
        if not self.words.removesuffix("*").strip() or (self.words.endswith("*") and " " not in self.words[:-1]):
            raise ValueError("Only the last of several words may end with *. Mend that row.")
        return self


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the form in which descriptions are compared with it."""

    words: str
    """In lower case; those with a bracket are looked for in the title with its brackets."""
    match: MatchRule
    stem: bool
    """Whether the last of several words may continue."""
    offices: frozenset[str]
    """The offices whose papers have this title; empty for all."""
    spaced: bool
    """Whether its language writes blanks between words."""
    classification: Classification

    @property
    def bracketed(self) -> bool:
        """Whether the words have a bracket; other titles are compared without their brackets."""
        return "(" in self.words or "[" in self.words


@cache
def description_words() -> tuple[Title, ...]:
    """Read the titles that name a paper, in the order of the table.

    Raises:
        RuleTableBroken: a row says nothing, or is matched in a way that its language does not allow.
    """
    return tuple(
        Title(
            words=row.words.removesuffix("*").casefold(),
            match=row.match,
            stem=row.words.endswith("*"),
            offices=row.offices,
            spaced=row.language not in UNSPACED_LANGUAGES,
            classification=row.classification,
        )
        for row in read_rule_table("description_words.csv", DescriptionWords)
    )
