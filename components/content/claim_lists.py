"""Lists of claims as papers print them, `1-4, 6 and 8`, also as an engine misread them; and in words."""

from collections.abc import Collection
from itertools import groupby
from typing import NamedTuple


class ClaimList(NamedTuple):
    """Claims that are named in one place of a text."""

    claims: tuple[int, ...]
    """In rising order, each once."""
    legible: bool
    """Whether all of the list could be read."""
    end: int
    """Offset in the text behind the list."""


def in_words(claims: Collection[int]) -> str:
    """Return claims as a list of ranges: `1-4, 6, 8-9`."""
    rising = sorted(set(claims))
    runs = [[claim for _, claim in run] for _, run in groupby(enumerate(rising), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
