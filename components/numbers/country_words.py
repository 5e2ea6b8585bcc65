"""The names of countries and offices in words: Canada, brevet allemand, europäische Patentschrift, патент РФ.

A word of `tables/country_words.csv` stands for the office whose number is meant, or for several that it may mean. A
number beside such a word is never one of another office.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from components.numbers import rules
from components.rule_tables import BY_BLANKS, BY_SEMICOLONS, Row, load_csv

FILE: Final = "country_words.csv"
_NO_ENDING = "-"
_GERMAN_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BLANKS = r"[\s-]{1,3}"
_SPACES = re.compile(r"[\s-]+")

Code = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class CountryWords(Row):
    """Words that name one office, or leave open which of several (`country_words.csv`)."""

    offices: Annotated[tuple[Code, ...], BY_BLANKS, Field(min_length=1)]
    """Codes of WIPO standard ST.3, also of offices whose numbers are not read."""
    language: str
    """ISO 639-1."""
    words: Annotated[tuple[str, ...], BY_SEMICOLONS, Field(min_length=1)]
    endings: Annotated[tuple[str, ...], BY_BLANKS, Field(min_length=1)]
    """What each word can end with; `-` for nothing."""
    source: str

    def spellings(self) -> Iterator[str]:
        """Yield the words with each ending, also without their accents, as keyboards without them write."""
        for word in self.words:
            for ending in self.endings:
                whole = unicodedata.normalize("NFC", f"{word}{'' if ending == _NO_ENDING else ending}")
                yield from dict.fromkeys((whole, _without_accents(whole), whole.translate(_GERMAN_SPELLINGS)))


def country_word_rows(folder: Path = rules.FOLDER) -> tuple[CountryWords, ...]:
    """Return the rows of `country_words.csv`."""
    return load_csv(folder / FILE, CountryWords)


@cache
def pattern() -> str:
    """Return a pattern, without groups that capture, that matches any of the words.

    Names may have any case. Abbreviations with a full stop begin with a capital: "can." is no country.
    """
    names = {name for name in _meanings() if not name.endswith(".")}
    short = {spelling for row in country_word_rows() for spelling in row.spellings() if spelling.endswith(".")}
    return rf"(?=[^\W\d_])(?:\b{_any_of(names)}(?![^\W\d_])|(?-i:\b{_any_of(short)}))"


@cache
def first_signs() -> frozenset[str]:
    """Return the letters, in both cases, with which the words begin."""
    return frozenset(sign for name in _meanings() for sign in (name[0], name[0].upper()))


def word_at(text: str, position: int) -> tuple[str, int] | None:
    """Return the offices that a word at a position names, and where the word ends; `None` if there is none.

    Several offices, of which the word leaves open which is meant, are joined by blanks: "AT AU".
    """
    match = _compiled().match(text, position) if text[position : position + 1].isalpha() else None
    return None if match is None else (_office_of(match[0]), match.end())


def words_in(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the offices that the words of a stretch name, and where each word begins and ends."""
    for match in _compiled().finditer(text, start, end):
        yield _office_of(match[0]), match.start(), match.end()


def office_filling(field: str) -> str:
    """Return the code of the only office that a text names and nothing else; empty if it says anything else."""
    name = field.strip(" \t\"'().:")
    match = _compiled().fullmatch(name) if name[:1].isalpha() else None
    office = "" if match is None else _office_of(match[0])
    return office if office in rules.offices() else ""


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(pattern(), re.IGNORECASE)


@cache
def _meanings() -> Mapping[str, str]:
    """Return the offices of each word in small letters."""
    return {_plain(name): " ".join(row.offices) for row in country_word_rows() for name in row.spellings()}


def _office_of(word: str) -> str:
    return _meanings()[_plain(word)]


def _plain(word: str) -> str:
    """Return a word in small letters, with blanks for hyphens."""
    return _SPACES.sub(" ", word.lower())


def _without_accents(word: str) -> str:
    """Return a Latin word without its accents; others as they are."""
    if not unicodedata.name(word[0]).startswith("LATIN"):
        return word
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of some words, and decides sign by sign."""
    groups: dict[str, set[str]] = {}
    for word in words:
        groups.setdefault(word[:1], set()).add(word[1:])
    ended = groups.pop("", None) is not None
    branches = []
    for first, rests in sorted(groups.items()):
        sign = _BLANKS if first in " -" else re.escape(first)
        branches.append(sign + (_any_of(rests) if rests != {""} else ""))
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 and not ended else f"(?:{'|'.join(branches)})"
    return f"(?:{inner})?" if ended else inner
