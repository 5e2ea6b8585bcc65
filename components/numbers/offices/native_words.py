"""The words that stand before Japanese, Korean and German numbers, in the offices' own languages and romanised.

特開 and 公開番号, 등록특허 and 제, Offenlegungsschrift and OS: each says which right is meant, how far its document has
come, or nothing. What several words say together is a `Meaning`. The rows are `native_words.csv`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from components.numbers.rules import FOLDER, Noun
from components.rule_tables import Row, load_csv

Right = Literal["", "patent", "utility", "design", "trademark", "trial", "certificate", "topography", "international"]
"""What is applied for; empty where the words do not say. A trial is a case before the board of an office."""
Stage = Literal["", "application", "published", "unexamined", "examined", "registered", "republication"]
"""How far the document has come; empty where the words do not say, published where they leave open in which way."""

_RANK: Mapping[Stage, int] = {
    "": 0,
    "application": 1,
    "published": 2,
    "unexamined": 3,
    "examined": 4,
    "registered": 5,
    "republication": 6,
}
"""The word with the highest rank decides: 特許出願公開, the publication of an application, is a publication."""
_NOUNS: Mapping[Noun, Stage] = {"application": "application", "publication": "published"}
_MEANT: Mapping[Stage, Noun] = {
    "application": "application",
    "published": "publication",
    "unexamined": "publication",
    "registered": "patent",
}
_BETWEEN = r"[\s:.,()\[\]【】-]{0,3}"
_REACH = 80
"""Characters before a number in which English words about it are looked for."""
_LEADING = (
    r"(?:[\s:.-]*\b(?:patent|appl(?:ication|n)?s?|pub(?:lication)?s?|registration|registered|laid[-\s]?open|published|nos?"
    r"|numbers?)\b)*[\s:.#-]*$"
)
_RIGHT_BEFORE = re.compile(rf"\b(design|utility\s+model|trade\s?mark)s?{_LEADING}", re.IGNORECASE)
_RIGHTS: Mapping[str, Right] = {"design": "design", "utilitymodel": "utility", "trademark": "trademark"}
_UNEXAMINED_BEFORE = re.compile(
    rf"\b(?:unexamined|laid[-\s]?open|kokai|disclosure|published|application)\b{_LEADING}", re.IGNORECASE
)
_SPACES = re.compile(r"[\s-]+")
_MOST_WORDS = 10
_SIGNS_OF_ABBREVIATION = 2

REFUSALS: Mapping[Right, str] = {
    "trademark": "This is a trademark: the service holds the files of patents, utility models and designs.",
    "trial": "This is the number of a trial, not of an application. Write the number of its application or patent.",
    "certificate": "This is a supplementary protection certificate. Write the number of the patent that it prolongs.",
    "topography": "This is the number of a topography, about which the service holds nothing.",
}
"""Why a number of such a right is not asked for."""


class NativeWord(Row):
    """A word before the numbers of an office (`native_words.csv`); blanks in it may be missing or hyphens."""

    office: str
    word: str
    right: Right
    stage: Stage
    source: str

    @property
    def is_of_one_country(self) -> bool:
        """Whether it is one of the office's own abbreviations of two signs: 特開 names right and stage."""
        return bool(self.right and self.stage) and len(self.word) == _SIGNS_OF_ABBREVIATION and not self.word.isascii()


class Meaning(NamedTuple):
    """What the words before a number say."""

    right: Right = ""
    stage: Stage = ""

    def with_word(self, word: NativeWord) -> "Meaning":
        """Return this meaning and that of one more word: the last right, and the stage of the highest rank."""
        return Meaning(word.right or self.right, _later(self.stage, word.stage))

    def with_english(self, text: str, start: int, noun: Noun) -> "Meaning":
        """Return this meaning and that of the English words before a position, which say `noun` in all."""
        before = text[max(0, start - _REACH) : start]
        named = _RIGHT_BEFORE.search(before)
        english: Right = _RIGHTS[_plain(named[1])] if named is not None else "design" if noun == "design" else ""
        stage = _NOUNS.get(noun, "")
        stage = "unexamined" if stage == "published" and _UNEXAMINED_BEFORE.search(before) else stage
        return Meaning(self.right or english, _later(self.stage, stage))


def _later(first: Stage, second: Stage) -> Stage:
    """Return what two words say together: the publication of an application is an unexamined one."""
    if {first, second} == {"application", "published"}:
        return "unexamined"
    return second if _RANK[second] > _RANK[first] else first


def word_rows(folder: Path = FOLDER) -> tuple[NativeWord, ...]:
    """Return the rows of `native_words.csv`."""
    return load_csv(folder / "native_words.csv", NativeWord)


def word_at(text: str, position: int, office: str) -> tuple[NativeWord, int] | None:
    """Return the word of an office at a position, the longest that fits, and where the gap behind it ends."""
    pattern, words = _words_of(office)
    match = pattern.match(text, position)
    return None if match is None else (words[_plain(match[1])], match.end())


def words_before(text: str, position: int, office: str, *, of_any_country: bool = False) -> tuple[Meaning, int]:
    """Return what the words at a position say together, and where they end.

    Args:
        text: cleaned text.
        position: where the words begin.
        office: the office in whose language they are.
        of_any_country: whether only words are read that papers use for every country: 特許, and not 特開.
    """
    meaning = Meaning()
    for _ in range(_MOST_WORDS):
        found = word_at(text, position, office)
        if found is None or (of_any_country and found[0].is_of_one_country):
            break
        meaning, position = meaning.with_word(found[0]), found[1]
    return meaning, position


@cache
def first_signs(office: str) -> frozenset[str]:
    """Return the signs, other than Latin letters, with which words of an office begin."""
    return frozenset(row.word[0] for row in word_rows() if row.office == office and not row.word.isascii())


@cache
def _words_of(office: str) -> tuple[re.Pattern[str], Mapping[str, NativeWord]]:
    """Return what recognises a word of an office, and the rows by their plain spelling."""
    rows = {_plain(row.word): row for row in word_rows() if row.office == office}
    longest_first = sorted((row.word for row in rows.values()), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(_spelled, longest_first))}){_BETWEEN}", re.IGNORECASE), rows


def _plain(word: str) -> str:
    """Return a word in small letters without blanks and hyphens."""
    return _SPACES.sub("", word).lower()


def _spelled(word: str) -> str:
    """Return the pattern of a word: native signs may stand apart, and a Latin blank may be missing or a hyphen."""
    if not word.isascii():
        return r"\s?".join(map(re.escape, word))
    return r"[\s-]?".join(map(re.escape, word.split())) + (r"(?![a-z])" if len(word) <= 2 else "")


def noun_of(meaning: Meaning) -> Noun:
    """Return what words in the office's language call a number of another office."""
    if meaning.right == "design":
        return "design"
    return _MEANT.get(meaning.stage, "")


def refusal_of(right: Right) -> str:
    """Return why a number of a right is refused; empty if it is not."""
    return REFUSALS.get(right, "")
