"""The words before a number, which say its office and what it is: "brevet européen n°", "Canadian Pat. No."."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from components.numbers import country_words, rules
from components.numbers.rules import Noun

_BETWEEN = re.compile(r"[\s:.,]{0,4}(?:[-/=(]{1,2}\s{0,2}(?=\d))?")
_CONNECTORS = re.compile(r"(?:of|for|from|by|in|to|the|du|de|des|la|le|el|del|do|di|della|der|vom|von|van)\s+|d'|l'")
"""Small words between words that stand before a number: brevet du Canada."""
_MOST_CONNECTORS = 2
_UPPERCASE_NO = re.compile(r"NOS?\b\.?")
_MOST_WORDS = 8
RANK: Mapping[Noun, int] = {
    "": 0,
    "patent": 1,
    "design": 2,
    "plant": 2,
    "reissue": 2,
    "application": 3,
    "publication": 4,
}
"""The word with the highest rank decides: a "Patent Application Publication" is a publication."""


class _Word(NamedTuple):
    """What one word before a number says."""

    office: str = ""
    noun: Noun = ""
    usual: bool = False
    """Whether its office is meant only where no other word names one."""


_Found = tuple[_Word, int]
"""A word, and where it ends."""
_NO_NOUN: Noun = ""


def leading_words(text: str, start: int, office: str = "") -> tuple[int, str, Noun]:
    """Read the words before a number.

    Args:
        text: cleaned text.
        start: where the words begin.
        office: the office that a code before them names, if there is one.

    Returns:
        Where they end, and the office and the kind of number that they name; empty where they name none. The office's
        own words, such as Offenlegungsschrift, are left to its module. Several offices of which one is meant are
        joined by blanks.
    """
    position, own = start, start
    noun, noun_before_own = _NO_NOUN, _NO_NOUN
    usual = ""
    for _ in range(_MOST_WORDS):
        found = _word_at(text, position) or (_behind_connectors(text, position) if position > start or office else None)
        if found is None:
            break
        word, end = found
        if word.usual and not word.noun and office in ("", word.office) and not usual:
            usual, own, noun_before_own = word.office, position, noun
        office = (office or word.office) if word.usual else (word.office or office)
        noun = word.noun if RANK[word.noun] > RANK[noun] else noun
        gap = _BETWEEN.match(text, end)
        position = gap.end() if gap is not None else end
    return (own, office, noun_before_own) if usual and office == usual else (position, office, noun)


def _word_at(text: str, position: int) -> _Found | None:
    """Return what the word at a position says, and where it ends."""
    named = country_words.word_at(text, position)
    if named is not None:
        return _Word(office=named[0]), named[1]
    pattern, meanings = rules.leading_words()
    match = pattern.match(text, position)
    if match is not None and match.lastindex:
        word = meanings[match.lastindex - 1]
        return _Word(word.office, word.noun, word.usual), match.end()
    return None


def _behind_connectors(text: str, position: int) -> _Found | None:
    """Return what "NOS", or a word behind small words, says behind another word."""
    capitals = _UPPERCASE_NO.match(text, position)
    if capitals is not None:
        return _Word(), capitals.end()
    for _ in range(_MOST_CONNECTORS):
        connector = _CONNECTORS.match(text, position)
        if connector is None:
            return None
        position = connector.end()
        found = _word_at(text, position)
        if found is not None:
            return found
    return None
