"""What a search looks for on a page, and how else an engine may have read it.

A phrase is found as it was typed, or with one slip of the usual kinds in it: i for l or l for i, a word split in two,
two words run together. The readings of a phrase are all that is looked for, in every kind of index: so all of them
find the same pages.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from components.page_texts.tokens import CJK_CHARACTER, Token

_READINGS: Final = 64
"""Most readings of a phrase; a long one has its slips looked for in its first words."""
_SLIP_LENGTH: Final = 5
"""From this length on a word is also looked for with a slip: short ones would be other words, "fail" and "fall"."""
_NUMERALS: Final = frozenset("lo23456789")
"""The digits, as they are folded."""
_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after another; mostly one word."""

    tokens: tuple[str, ...]
    begins: bool = False
    """Whether the last of them is only the beginning of a word."""
    readings: tuple[tuple[str, ...], ...] = field(init=False, compare=False, repr=False)
    """The tokens as they may stand on a page, as typed first."""

    def __post_init__(self) -> None:
        """Note how it may have been read."""
        object.__setattr__(self, "readings", _readings(self.tokens, self.begins))

    def runs(self, tokens: Sequence[str]) -> list[range]:
        """Return where it stands among the tokens of a page, in order."""
        found = [run for reading in self.readings for run in self._runs_of(reading, tokens)]
        return sorted(set(found), key=lambda run: (run.start, run.stop))

    def _runs_of(self, reading: tuple[str, ...], tokens: Sequence[str]) -> Iterator[range]:
        length = len(reading)
        for start in self._starts(reading, tokens):
            *first, last = tokens[start : start + length]
            if tuple(first) == reading[:-1] and (last.startswith(reading[-1]) if self.begins else last == reading[-1]):
                yield range(start, start + length)

    def _starts(self, reading: tuple[str, ...], tokens: Sequence[str]) -> Iterator[int]:
        """Yield the places that are worth a look."""
        starts = len(tokens) - len(reading) + 1
        if self.begins and len(reading) == 1:
            yield from range(starts)
            return
        start = -1
        with suppress(ValueError):
            while True:
                start = tokens.index(reading[0], start + 1, starts)
                yield start

    def stands_in(self, text: str) -> bool:
        """Return whether it stands on a page whose tokens are given with a blank before and behind each."""
        return any(text.find(spelled) >= 0 for spelled in _spelled(self))


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases with few words between them, in either order."""

    one: Phrase
    other: Phrase
    apart: int
    """At most so many words stand between them."""

    def runs(self, tokens: Sequence[str]) -> list[range]:
        """Return where either stands near the other, in order."""
        ones, others = self.one.runs(tokens), self.other.runs(tokens)
        pairs = [(one, other) for one in ones for other in others if self._are_near(one, other)]
        return sorted({run for pair in pairs for run in pair}, key=lambda run: (run.start, run.stop))

    def stands_in(self, text: str) -> bool:
        """Return whether it stands on a page whose tokens are given with a blank before and behind each."""
        ones, others = _spans(self.one, text), _spans(self.other, text)
        return any(self._is_near(one, others, text) for one in ones)

    def _is_near(self, one: tuple[int, int], others: Sequence[tuple[int, int]], text: str) -> bool:
        """Return whether one of the others, in order, stands near: the next one behind, or one of those before."""
        start, stop = one
        behind = bisect_left(others, (stop, 0))
        if behind < len(others) and text.count(" ", stop, others[behind][0]) <= self.apart:
            return True
        last = max((before[1] for before in others[:behind] if before[1] <= start), default=None)
        return last is not None and text.count(" ", last, start) <= self.apart

    def _are_near(self, one: range, other: range) -> bool:
        first, second = sorted((one, other), key=lambda run: (run.start, run.stop))
        return first.stop <= second.start <= first.stop + self.apart


Term = Phrase | Near
"""What is looked for in one place."""


def texts(tokens: Sequence[Token]) -> list[str]:
    """Return what is compared of tokens."""
    return [token.text for token in tokens]


def _spans(phrase: Phrase, text: str) -> list[tuple[int, int]]:
    """Return where a phrase stands in a text, in order: the places of the blanks before and behind it."""
    spans = []
    for spelled in _spelled(phrase):
        start = text.find(spelled)
        while start >= 0:
            spans.append((start, text.index(" ", start + len(spelled) - 1)))
            start = text.find(spelled, start + 1)
    return sorted(spans)


@lru_cache(maxsize=256)
def _spelled(phrase: Phrase) -> tuple[str, ...]:
    """Return the readings as they stand between the blanks of a page's tokens."""
    end = "" if phrase.begins else " "
    return tuple(f" {' '.join(reading)}{end}" for reading in phrase.readings)


def _readings(tokens: tuple[str, ...], begins: bool) -> tuple[tuple[str, ...], ...]:
    """Return the tokens as typed, and each way in which they stand there with one slip."""
    found = {tokens: None}
    for slips in (_run_together, _other_letters, _split):
        for reading in slips(tokens, begins):
            if len(found) >= _READINGS:
                break
            found[reading] = None
    return tuple(found)


def _run_together(tokens: tuple[str, ...], _begins: bool) -> Iterator[tuple[str, ...]]:
    """Yield the phrase with two neighbours as one word; short numbers stay apart: "1-4" is not "14"."""
    for index, (one, other) in enumerate(pairwise(tokens)):
        if CJK_CHARACTER.match(one) or CJK_CHARACTER.match(other):
            continue
        if len(one + other) >= _SLIP_LENGTH or not (_is_number(one) and _is_number(other)):
            yield (*tokens[:index], one + other, *tokens[index + 2 :])


def _other_letters(tokens: tuple[str, ...], _begins: bool) -> Iterator[tuple[str, ...]]:
    """Yield the phrase with an i in place of an l of a longer word, or an l in place of an i, or of all its i."""
    for index, token in enumerate(tokens):
        if len(token) < _SLIP_LENGTH or _is_number(token):
            continue
        slips = [token.replace("i", "l")]
        for place, letter in enumerate(token):
            if letter in "il":
                slips.append(token[:place] + ("l" if letter == "i" else "i") + token[place + 1 :])
        for slip in slips:
            yield (*tokens[:index], slip, *tokens[index + 1 :])


def _split(tokens: tuple[str, ...], begins: bool) -> Iterator[tuple[str, ...]]:
    """Yield the phrase with a longer word as two, or a number in its groups; the beginning of a word stays whole."""
    whole = len(tokens) - 1 if begins else -1
    for index, token in enumerate(tokens):
        if index == whole or CJK_CHARACTER.match(token):
            continue
        for parts in _number_parts(token) if _is_number(token) else _word_parts(token):
            yield (*tokens[:index], *parts, *tokens[index + 1 :])


def _word_parts(word: str) -> Iterator[tuple[str, ...]]:
    """Yield the two parts that a word may have come to, and an abbreviation with its letters apart."""
    if 3 <= len(word) <= 4:
        yield tuple(word)
    if len(word) < _SLIP_LENGTH:
        return
    if word.endswith("s"):
        yield (word[:-1], "s")
    for place in range(2, len(word) - 1):
        yield (word[:place], word[place:])


def _number_parts(number: str) -> Iterator[tuple[str, ...]]:
    """Yield the groups of three into which a long number may be parted, and the year of a publication number."""
    if len(number) < _SLIP_LENGTH:
        return
    seams = range(len(number) - 3, 0, -3)
    for seam in seams:
        yield (number[:seam], number[seam:])
    if len(seams) > 1:
        bounds = [0, *sorted(seams), len(number)]
        yield tuple(number[start:stop] for start, stop in pairwise(bounds))
    if len(number) > 2 * _YEAR:
        yield (number[:_YEAR], number[_YEAR:])


def _is_number(token: str) -> bool:
    return _NUMERALS.issuperset(token)
