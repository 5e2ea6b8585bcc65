"""What a word is for the search: the same rules for words that were read on a page and for words that are typed.

Letters are compared without case and accents, and only letters and digits count. Chinese, Japanese and Korean put no
blanks between words, so there each character is a token of its own, and what is typed is found as a phrase. A word
broken at the end of a line is one token. What an engine takes for one another is folded, on both sides: 0 and o, 1, |
and l.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from components.page_texts.records import Box, Word

LONGEST_TOKEN: Final = 64
"""Longer ones are cut, on the page as in what is typed: a database takes no lexeme of any length."""
CJK: Final = "".join(
    (
        *(r"\u2e80-\u2fdf", r"\u3005-\u3007", r"\u3021-\u3029", r"\u3031-\u3035", r"\u3040-\u30ff", r"\u3100-\u312f"),
        *(r"\u31a0-\u31bf", r"\u31f0-\u31ff", r"\u3400-\u4dbf", r"\u4e00-\u9fff", r"\ua960-\ua97f", r"\uac00-\ud7ff"),
        *(r"\uf900-\ufaff", r"\U00016fe0-\U0003fffd"),
    )
)
"""The characters that are tokens of their own, for a set of a regular expression."""
_LETTER: Final = r"[^\W\d_]"
CJK_CHARACTER: Final = re.compile(f"[{CJK}]")
"""Matches what begins with such a character."""
_TOKEN: Final = re.compile(rf"[{CJK}]|(?:(?![{CJK}])[^\W_])+")
_INVISIBLE: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# A capital I within a word of small letters is an l that was misread: "AIt", "cIaim"; "FIGs" and "III" are none.
_INNER_I: Final = re.compile(rf"(?<={_LETTER})I(?=[a-zà-öø-ÿ])|(?<=[a-zà-öø-ÿ])I(?={_LETTER})")
_BAR: Final = re.compile(rf"(?<={_LETTER})[|!](?={_LETTER})")
_GROUPS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3}){2,})(?!\d)")
_ABBREVIATION: Final = re.compile(rf"(?<!{_LETTER}){_LETTER}(?:\.{_LETTER})+(?!{_LETTER})")
# Between letters and a long number: "US10765880B2" is "US 10,765,880 B2".
_SEAM: Final = re.compile(rf"(?<={_LETTER})(?=\d{{4}})|(?<=\d{{4}})(?={_LETTER})")
_FOLDED: Final = str.maketrans("01", "ol")
_BREAK: Final = re.compile(rf"(?<={_LETTER})[-\u00ad\u2010-\u2013\x02\ufffe\u00ac]$")
# One letter and a point, of an abbreviation whose letters stand apart.
_INITIAL: Final = re.compile(rf"(?<![\w.]){_LETTER}\.$")
_INITIAL_FIRST: Final = re.compile(rf"{_LETTER}\.(?!\w)")
_NOWHERE: Final = Box(0, 0, 0, 0)
_STAND_ALONE: Final = frozenset(
    {
        "above",
        "cross",
        "high",
        "ill",
        "intra",
        "non",
        "pseudo",
        "quasi",
        "self",
        "semi",
        "three",
        "two",
        "ultra",
        "well",
    }
)
"""What keeps its hyphen wherever it stands: "non-" and "final" are two words at the end of a line, too.
Not what a longer word may begin with: "re-jected", "anti-cipated"."""


class Token(NamedTuple):
    """A word of a page as it is searched for."""

    text: str
    """What is compared."""
    words: tuple[int, ...]
    """Indexes of the page's words in which it stands: two or more for a word broken at the end of a line."""


def tokens_of(words: Sequence[Word]) -> list[Token]:
    """Return the tokens of a page, in reading order."""
    tokens: list[Token] = []
    goes_on = False
    for index, word in enumerate(words):
        found = _tokens(word.text)
        if goes_on and found:
            broken = tokens.pop()
            tokens.append(Token((broken.text + found[0])[:LONGEST_TOKEN], (*broken.words, index)))
            found = found[1:]
        tokens += [Token(text, (index,)) for text in found]
        goes_on = bool(tokens) and _goes_on(word, words[index + 1 : index + 2], tokens[-1].text)
    return tokens


def tokens_in(text: str) -> list[str]:
    """Return the tokens of a text that was typed, by the same rules."""
    return [token.text for token in tokens_of([Word(word, _NOWHERE, 0, 100) for word in text.split()])]


def _goes_on(word: Word, following: Sequence[Word], last: str) -> bool:
    """Return whether a word goes on in the one that follows: broken by the end of the line, or "U. S. C."."""
    if not following:
        return False
    if _INITIAL.search(word.text) and _INITIAL_FIRST.match(following[0].text):
        return True
    return _is_broken(word, following[0], last)


def _is_broken(word: Word, following: Word, last: str) -> bool:
    if following.line == word.line or _BREAK.search(word.text) is None:
        return False
    begins = following.text[:1]
    if not begins.isalpha() or CJK_CHARACTER.match(begins) or CJK_CHARACTER.match(last) or last in _STAND_ALONE:
        return False
    return begins.islower() or word.text.isupper()


@lru_cache(maxsize=65_536)
def _tokens(word: str) -> tuple[str, ...]:
    """Return the tokens of one word between blanks."""
    if not word.isascii():
        word = _plain(word)
    if "I" in word:
        word = _INNER_I.sub("l", word)
    word = _BAR.sub("l", word.casefold())
    if "." in word or "," in word:
        word = _GROUPS.sub(_joined, word)
        word = _ABBREVIATION.sub(_joined, word)
    return tuple(
        part.translate(_FOLDED)[:LONGEST_TOKEN] for token in _TOKEN.findall(word) for part in _SEAM.split(token)
    )


def _plain(word: str) -> str:
    """Return a word in the usual characters: no ligatures, wide letters, accents or invisible characters."""
    word = _INVISIBLE.sub("", unicodedata.normalize("NFKC", word))
    return "".join(_without_accents(word))


def _without_accents(word: str) -> Iterable[str]:
    """Yield the characters of a word without their accents; those of Kana and Hangul are part of the character."""
    for character in word:
        if character.isascii() or CJK_CHARACTER.match(character):
            yield character
        else:
            yield from (part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


def _joined(match: re.Match[str]) -> str:
    """Return what was found without the points and commas in it."""
    return match[0].replace(".", "").replace(",", "")
