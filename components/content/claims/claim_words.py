"""The words of two texts, compared: what an engine is known to mistake for one another is alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, NamedTuple

from components.content.records import ClaimSet

_MISREADINGS: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "rn/m", "vv/w", "cl/d", "li/h", "ri/n", "ii/u", "ti/fi", "e/c", "o/c", "o/e", "a/o", "a/e", "a/c", "i/l", "i/t",
        "l/t", "f/t", "b/h", "h/n", "u/n", "q/g", "y/v", "s/z", "i/", "l/", "t/",
    )
)  # fmt: skip
"""Letters that an engine mistakes for one another, or leaves out."""
_LONG_ENOUGH: Final = 4
"""Shorter words are not taken for misreadings of one another."""


class Token(NamedTuple):
    """A word of a text, or a part of a word that is marked otherwise than the rest."""

    text: str
    key: str
    """What is compared."""
    start: int
    end: int
    goes_on: bool = False
    """Whether it is the rest of the word before it."""


class Block(NamedTuple):
    """A part of two rows of words: alike, or not."""

    is_same: bool
    before: slice
    after: slice


class Compared(NamedTuple):
    """Two rows of words, compared."""

    blocks: list[Block]
    misread: list[str]


class Vocabulary:
    """How often each word stands in sets; counted when it is first asked for, which is seldom."""

    def __init__(self, sets: Iterable[ClaimSet]) -> None:
        self._sets = tuple(sets)

    @cached_property
    def counts(self) -> Counter[str]:
        """The counts, by what is compared of a word."""
        return Counter(token.key for each in self._sets for claim in each.claims for token in tokens_of(claim.text))


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text; what has no letter and no digit is none."""
    found = (Token(match[0], word_key(match[0]), *match.span()) for match in re.finditer(r"\S+", text))
    return [token for token in found if token.key]


def word_key(word: str) -> str:
    """Return a word without what engines read now so, now so."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", word) if letter.isalnum() or letter == "|")
    if plain.isdigit() or not plain.strip("|"):  # a bar by itself is a streak
        return plain.strip("|")
    if plain in ("l", "I"):
        return "1"
    inner = plain[:1] + plain[1:].replace("I", "l") if not plain.isupper() else plain
    folded = inner.casefold().translate(str.maketrans("|10", "llo"))
    return folded.replace("rn", "m").replace("vv", "w")


def compare_words(before: Sequence[Token], after: Sequence[Token], vocabulary: Vocabulary) -> Compared:
    """Return two rows of words in blocks; words that differ by a misreading only are alike."""
    matcher = SequenceMatcher(None, [token.key for token in before], [token.key for token in after], autojunk=False)
    blocks: list[Block] = []
    misread: list[str] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "replace":
            blocks.append(Block(tag == "equal", slice(i1, i2), slice(j1, j2)))
            continue
        for block in _parted(before, after, (i1, i2, j1, j2), vocabulary):
            blocks.append(block)
            if block.is_same and not _are_joined_alike(before[block.before], after[block.after]):
                misread.append(f"{text_of(before[block.before])} / {text_of(after[block.after])}")
    return Compared(blocks, misread)


def _parted(
    before: Sequence[Token], after: Sequence[Token], at: tuple[int, int, int, int], vocabulary: Vocabulary
) -> Iterator[Block]:
    """Yield a block of words that differ without those at its ends that are alike all the same."""
    i1, i2, j1, j2 = at
    if _are_joined_alike(before[i1:i2], after[j1:j2]):
        yield Block(True, slice(i1, i2), slice(j1, j2))
        return
    head = 0
    while head < min(i2 - i1, j2 - j1) and _is_misreading(before[i1 + head], after[j1 + head], vocabulary):
        yield Block(True, slice(i1 + head, i1 + head + 1), slice(j1 + head, j1 + head + 1))
        head += 1
    i1, j1 = i1 + head, j1 + head
    tail = 0
    while tail < min(i2 - i1, j2 - j1) and _is_misreading(before[i2 - 1 - tail], after[j2 - 1 - tail], vocabulary):
        tail += 1
    if i1 < i2 - tail or j1 < j2 - tail:
        yield Block(False, slice(i1, i2 - tail), slice(j1, j2 - tail))
    for index in range(tail, 0, -1):
        yield Block(True, slice(i2 - index, i2 - index + 1), slice(j2 - index, j2 - index + 1))


def _are_joined_alike(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Return whether words are alike but for the blanks between them: "front end" and "front-end"."""
    return "".join(token.key for token in before) == "".join(token.key for token in after)


def _is_misreading(before: Token, after: Token, vocabulary: Vocabulary) -> bool:
    """Return whether one of two words is the other, misread: it stands nowhere else, and the other does."""
    one, other = before.key, after.key
    if min(len(one), len(other)) < _LONG_ENOUGH or any(map(str.isdigit, one + other)) or not _are_confused(one, other):
        return False
    odd, usual = sorted((vocabulary.counts[one], vocabulary.counts[other]))
    return odd <= 1 < usual


def _are_confused(one: str, other: str) -> bool:
    """Return whether two words differ in one place, by letters that an engine mistakes for one another."""
    begin = _alike_at_first(one, other)
    end = _alike_at_first(one[begin:][::-1], other[begin:][::-1])
    return frozenset((one[begin : len(one) - end], other[begin : len(other) - end])) in _MISREADINGS


def _alike_at_first(one: str, other: str) -> int:
    """Return how many letters two words have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (letter, another) in pairs if letter != another), min(len(one), len(other)))


def text_of(tokens: Sequence[Token]) -> str:
    """Return words as text."""
    words = ("" if token.goes_on else " " for token in tokens)
    return "".join(blank + token.text for blank, token in zip(words, tokens, strict=True)).strip()
