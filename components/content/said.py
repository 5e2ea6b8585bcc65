"""A place of a text that becomes a `Statement`: what the rules for an examiner's and an applicant's words find."""

from typing import NamedTuple

from components.content.records import StatementKind


class Said(NamedTuple):
    """A part of a text in which something is said that matters later."""

    kind: StatementKind
    start: int
    end: int
    statute: str = ""
    note: str = ""
    telling: int = 0
    """How much it may matter later, from 0 to 9: `most_telling_first` ranks by it."""


def on_one_line(words: str) -> str:
    """Return words with one blank between them, as the patterns of the rules see them."""
    return " ".join(words.split())
