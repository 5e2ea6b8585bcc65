"""How a page of a paper is cited: what stands in brackets behind a passage that is copied out of it."""

from datetime import date
from typing import NamedTuple

from components.words import MISSING, day


class Citation(NamedTuple):
    """A citation without its page number, which the reader puts between the two."""

    before: str
    after: str

    def of_page(self, page: int) -> str:
        """Return the citation of a page: `(Final Rejection of 17 Jan 2020, p. 3)`."""
        return f"{self.before}{page}{self.after}"


def citation(name: str, when: date | None, *, number: str = "") -> Citation:
    """Return how a paper is cited.

    Args:
        name: of the paper, as the app shows it.
        when: its day; left out if it is not known.
        number: of its file, where several are on the screen; else empty.
    """
    shown = day(when)
    title = f"{' '.join(name.split())} of {shown}" if shown != MISSING else " ".join(name.split())
    return Citation(f"({', '.join(part for part in (number, title) if part)}, p. ", ")")
