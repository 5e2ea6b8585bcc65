"""Words in a title that negate it, or that separate what a paper answers from what it is.

A notice of allowance that was withdrawn allows nothing, and mail that came back was not received. So a title with such
a word matches only the rows of `description_words.csv` that contain the word too ("Application deemed withdrawn"), or
whose category the word states the outcome of ("Petition decision: dismissed").

Japanese and Korean titles name at their end what the paper is, and before that what it answers: in the title of a
written opinion against a notice of reasons for refusal, all that stands before "against" is left out.

The words are in `negations.csv`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal, Self

from pydantic import model_validator

from components.prosecution.law.categories import Categories, Category
from components.prosecution.law.rule_files import Filled, read_rule_table
from components.prosecution.law.vocabulary import UNSPACED_LANGUAGES
from components.rule_tables import Row

_WORD_ENDS: Final = r"(?![^\W_])"


class Negation(Row):
    """Words that negate a title, or that follow what a paper answers: one row of `negations.csv`."""

    language: Filled
    effect: Literal["negates", "turns"]
    """`negates`: the paper is not what the title names. `turns`: what stands before it says what the paper answers."""
    words: Filled
    """A `*` at the end: the last word may continue."""
    unless: Categories
    """Categories of which the words state the outcome."""
    source: Filled

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.words.strip("* "):
            raise ValueError("It has no words. Mend that row.")
        return self


@dataclass(frozen=True, slots=True)
class Negations:
    """The table, ready for reading titles in lower case."""

    spaced: re.Pattern[str]
    """Finds the words of languages that write blanks between words."""
    unspaced: re.Pattern[str]
    """Finds the words of the other languages, in a title without its blanks."""
    turns: tuple[str, ...]
    """What stands before these says what a paper answers, not what it is."""
    outcomes: Mapping[str, frozenset[Category]]
    """Word → categories of which it states the outcome."""


@cache
def negations() -> Negations:
    """Read the words that negate a title.

    Raises:
        RuleTableBroken: a row says nothing, has an unknown effect, or names an unknown category.
    """
    spaced, unspaced, turns = [], [], []
    outcomes: dict[str, frozenset[Category]] = {}
    for row in read_rule_table("negations.csv", Negation):
        words = row.words.casefold()
        if row.effect == "turns":
            turns.append(words)
            continue
        stem = words.removesuffix("*")
        if row.language in UNSPACED_LANGUAGES:
            unspaced.append(re.escape(stem))
        else:
            spaced.append(re.escape(stem) + ("" if words.endswith("*") else _WORD_ENDS))
        outcomes[stem] = outcomes.get(stem, frozenset()) | row.unless
    return Negations(
        re.compile(rf"(?<![^\W_])(?:{'|'.join(spaced)})"), re.compile("|".join(unspaced)), tuple(turns), outcomes
    )


def negating_words(text: str, compact: str) -> frozenset[str]:
    """Return the negating words of a title.

    Args:
        text: the title in lower case, with single blanks.
        compact: what it says in a language without blanks between words, its blanks removed; empty if nothing.
    """
    words = negations().spaced.findall(text)
    return frozenset(words + negations().unspaced.findall(compact) if compact else words)


@lru_cache(maxsize=2_048)
def _words_of_row(words: str) -> frozenset[str]:
    return negating_words(words, words.replace(" ", ""))


def is_negated(negating: frozenset[str], words: str, category: Category) -> bool:
    """Return whether a title is negated, compared with a row of `description_words.csv`.

    Args:
        negating: the title's negating words.
        words: the words of the row.
        category: what they name.
    """
    expected = _words_of_row(words)
    return any(word not in expected and category not in negations().outcomes[word] for word in negating)


def name_start(text: str) -> int:
    """Return the index at which a title names the paper, after what the paper answers; 0 if it names no such thing."""
    return max(text.rfind(turn) + len(turn) if turn in text else 0 for turn in negations().turns)
