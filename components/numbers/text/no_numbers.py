"""What has many digits and is no number of a patent: dates, sums, phone numbers, citations, other people's numbers."""

import re
from functools import cache
from pathlib import Path
from typing import Final, Self

from pydantic import model_validator

from components.numbers import rules
from components.numbers.rules import Pattern
from components.rule_tables import Row, load_toml

_BEFORE: Final = 60
_BEHIND: Final = 40
"""So many characters before and behind digits are looked at for what shows their meaning."""


class NoNumber(Row):
    """One sort of digits that are no number of a patent (`no_numbers.toml`)."""

    pattern: Pattern
    means: str
    """What it is, in words that follow "This looks like"."""
    cues: tuple[str, ...]
    """The pattern is tried only where one of them stands near: finding them takes a fraction of the time."""
    told: bool = False
    """Whether it is refused in running prose too, because it may be a number after all."""
    example: str
    source: str

    @model_validator(mode="after")
    def _recognises_its_example(self) -> Self:
        found = re.search(_bounded(self.pattern.pattern), self.example, re.IGNORECASE)
        if found is None or not self.has_cue(found[0].lower()):
            raise ValueError("The pattern does not recognise its example, or no cue is in it. Mend one of them.")
        return self

    def has_cue(self, lower: str) -> bool:
        """Return whether one of the cues is in a text in small letters."""
        return any(cue in lower for cue in self.cues)


def rows(folder: Path = rules.FOLDER) -> tuple[NoNumber, ...]:
    """Return the rows of `no_numbers.toml`."""
    return load_toml(folder / "no_numbers.toml", "thing", NoNumber)


def meaning(text: str, start: int, end: int) -> NoNumber | None:
    """Return what stands between two positions if it is no number of a patent, by itself or by the words around it.

    Args:
        text: cleaned text.
        start: where the first of its digits stands, or a word before it.
        end: behind its last character.
    """
    first = max(0, start - _BEFORE)
    window = text[first : end + _BEHIND]
    lower = window.lower()
    if _any_cue().search(lower) is None:  # most numbers stand alone in their line
        return None
    for pattern, row in _patterns():
        for match in pattern.finditer(window) if row.has_cue(lower) else ():
            if match.start() + first <= start and match.end() + first >= end:
                return row
    return None


@cache
def _any_cue() -> re.Pattern[str]:
    """Return what finds any of the cues of the table."""
    return re.compile("|".join(sorted({re.escape(cue) for row in rows() for cue in row.cues})))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], NoNumber], ...]:
    """Return the patterns of the table, each bounded by word boundaries."""
    return tuple((re.compile(_bounded(row.pattern.pattern), re.IGNORECASE), row) for row in rows())


def _bounded(pattern: str) -> str:
    """Return a pattern that neither begins nor ends inside a word or a group of digits."""
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])"
