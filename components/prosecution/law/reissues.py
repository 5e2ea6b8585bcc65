"""Reissue applications: what shows that a file is one, and which number is that of the reissue patent.

A reissue application is examined like every other, but a service may list it under the number of the patent that is to
be surrendered (35 USC 251, 37 CFR 1.178). That number tells nothing about the application.
"""

from collections.abc import Collection
from functools import cache
from typing import Annotated

from components.prosecution.law.codes import normalise_code
from components.prosecution.law.rule_files import AsciiPattern, Filled, read_rule_table
from components.rule_tables import BY_SEMICOLONS, Row


class Reissue(Row):
    """What shows reissue applications of an office: one row of `reissues.csv`."""

    office: Filled
    number: AsciiPattern
    """How the numbers of its reissue patents look."""
    codes: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """The codes of papers that only a reissue application has."""
    words: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """How the titles of such papers begin, in small letters."""
    source: Filled

    def shown_by(self, code: str, description: str) -> bool:
        """Return whether a paper is one that only a reissue application has."""
        return normalise_code(code) in self.codes or description.strip().casefold().startswith(self.words)

    def has_number(self, number: str) -> bool:
        """Return whether a publication number is that of a reissue patent."""
        return self.number.fullmatch("".join(number.split()).upper()) is not None


@cache
def _reissues() -> tuple[Reissue, ...]:
    return read_rule_table("reissues.csv", Reissue)


def is_reissue(office: str, papers: Collection[tuple[str, str]]) -> bool:
    """Return whether a file is a reissue application.

    Args:
        office: two letters.
        papers: code and title of each paper up to the first allowance. A patent's own file may hold a paper of its
            reissue later.

    Raises:
        RuleTableBroken: `reissues.csv` cannot be used.
    """
    rows = (row for row in _reissues() if row.office == office)
    return any(row.shown_by(code, title) for row in rows for code, title in papers)


def is_of_surrendered_patent(office: str, number: str, papers: Collection[tuple[str, str]]) -> bool:
    """Return whether a number is that of the patent that a reissue application is to replace, not of its own patent.

    Args:
        office: two letters.
        number: publication number with kind code as the service writes it (`US7318131B2`).
        papers: as of `is_reissue`.

    Raises:
        RuleTableBroken: `reissues.csv` cannot be used.
    """
    own = any(row.has_number(number) for row in _reissues() if row.office == office)
    return not own and is_reissue(office, papers)
