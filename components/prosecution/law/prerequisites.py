"""What a whole list holds: which papers presuppose which, and which numbers are of granted patents.

| file | one row is |
|---|---|
| `prerequisites.csv` | a category that presupposes one of others, on its day or before, by the rule named in `source` |
| `grant_kinds.csv` | how a publication number of an office looks that is of a granted patent |
"""

import re
from dataclasses import dataclass
from functools import cache

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law import vocabulary
from components.prosecution.law.pairings import category_set


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One row of `prerequisites.csv`."""

    category: str
    needs: frozenset[str]
    """The categories of which one must be listed no later."""
    missing: str
    """What a reader would look for: "notice of appeal"."""


@cache
def prerequisites_of(office: str) -> tuple[Prerequisite, ...]:
    """Give what presupposes what at an office; nothing for an office without rows.

    Raises:
        CodeTableBroken: a row names an unknown category, or needs or says nothing.
    """
    found = []
    for row in vocabulary.rows_of("prerequisites.csv"):
        needs = {name for word in row["needs"].split() for name in _categories(word)}
        unknown = {row["category"], *needs} - vocabulary.category_index().keys()
        if unknown or not needs or not row["missing"]:
            raise CodeTableBroken(f"prerequisites.csv, {row['category']}: unknown or empty cells. Mend that row.")
        if row["office"] == office:
            found.append(Prerequisite(row["category"], frozenset(needs), row["missing"]))
    return tuple(found)


def _categories(word: str) -> tuple[str, ...]:
    if not word.startswith("@"):
        return (word,)
    return tuple(vocabulary.category_list()[place].name for place in category_set(word[1:]))


def is_grant(office: str, number: str) -> bool:
    """Say whether a number is of a granted patent, by its kind code.

    Args:
        office: two letters.
        number: publication number with kind code as the service writes it (`US11205304B2`).

    Returns:
        False also where no table tells.

    Raises:
        CodeTableBroken: `grant_kinds.csv` holds a pattern that cannot be read.
    """
    return any(pattern.fullmatch(number.strip().upper()) for pattern in _grant_kinds().get(office, ()))


@cache
def _grant_kinds() -> dict[str, tuple[re.Pattern[str], ...]]:
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for row in vocabulary.rows_of("grant_kinds.csv"):
        try:
            pattern = re.compile(row["pattern"], re.ASCII)
        except re.error as error:
            raise CodeTableBroken(f"grant_kinds.csv, {row['pattern']}: {error}. Mend that row.") from None
        found[row["office"]] = (*found.get(row["office"], ()), pattern)
    return found
