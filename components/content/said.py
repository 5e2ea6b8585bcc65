"""What the rules for an office's and an applicant's words hand on: where something is said, and what makes it tell."""

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
    """How telling it is, from 0 to 9."""


def on_one_line(words: str) -> str:
    """Return words with one blank between them, as the patterns of the rules see them."""
    return " ".join(words.split())
