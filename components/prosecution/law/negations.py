"""Words that say that a paper is not what its title names, or that the title names what it answers.

A notice of allowance that was withdrawn allows nothing, and mail that came back was not received. So a title with such
a word is read only by rows of `description_words.csv` that have the word themselves ("Application deemed withdrawn"),
or whose category is one of those of which the word says the outcome ("Petition decision: dismissed").

Japanese and Korean say last what a paper is, and before it what it answers: of a written opinion against a notice of
reasons for refusal, all that stands before "against" is left out.

The words are in `codes/negations.csv`; this module loads and looks for them.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law import vocabulary
from components.prosecution.law.vocabulary import UNSPACED_LANGUAGES, category_index

_WORD_ENDS: Final = r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Negations:
    """The table, ready for reading titles in lower case."""

    spaced: re.Pattern[str]
    """Finds the words of languages that part them by blanks."""
    unspaced: re.Pattern[str]
    """Finds the words of the other languages, in a title without its blanks."""
    turns: tuple[str, ...]
    """What stands before these says what a paper answers, not what it is."""
    outcomes: dict[str, frozenset[int]]
    """Word → categories (places in `categories.csv`) of which it says the outcome."""


@cache
def negations() -> Negations:
    """Give the words that negate a title.

    Raises:
        CodeTableBroken: a row says nothing, has an unknown effect, or names an unknown category.
    """
    rows = vocabulary.rows_of("negations.csv")
    spaced, unspaced, turns = [], [], []
    outcomes: dict[str, frozenset[int]] = {}
    for row in rows:
        words, unless = row["words"].casefold(), row["unless"].split()
        if (
            not words.strip("* ")
            or row["effect"] not in ("negates", "turns")
            or not category_index().keys() >= {*unless}
        ):
            raise CodeTableBroken(f"negations.csv, {words!r}: unknown effect or category. Mend that row.")
        if row["effect"] == "turns":
            turns.append(words)
            continue
        stem = words.removesuffix("*")
        if row["language"] in UNSPACED_LANGUAGES:
            unspaced.append(re.escape(stem))
        else:
            spaced.append(re.escape(stem) + ("" if words.endswith("*") else _WORD_ENDS))
        outcomes[stem] = outcomes.get(stem, frozenset()) | {category_index()[name] for name in unless}
    return Negations(
        re.compile(rf"(?<![^\W_])(?:{'|'.join(spaced)})"), re.compile("|".join(unspaced)), tuple(turns), outcomes
    )


def negating_words(text: str, compact: str) -> frozenset[str]:
    """Give the negating words of a title.

    Args:
        text: the title in lower case, with single blanks.
        compact: what it says in a language that does not part words, without blanks; empty if nothing.
    """
    found = negations().spaced.findall(text)
    return frozenset(found + negations().unspaced.findall(compact) if compact else found)


@lru_cache(maxsize=2_048)
def _words_of_row(words: str) -> frozenset[str]:
    return negating_words(words, words.replace(" ", ""))


def is_negated(found: frozenset[str], words: str, category: int) -> bool:
    """Say whether a title is not what a row of words says.

    Args:
        found: the title's negating words.
        words: the words of the row.
        category: what they name, as a place in `categories.csv`.
    """
    said = _words_of_row(words)
    return any(word not in said and category not in negations().outcomes[word] for word in found)


def head_of(text: str) -> int:
    """Give the place in a title at which begins what the paper is, after what it answers; 0 without that."""
    return max(text.rfind(turn) + len(turn) if turn in text else 0 for turn in negations().turns)
