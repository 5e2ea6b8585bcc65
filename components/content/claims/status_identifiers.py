"""Status identifiers of claims, `(Currently Amended)`, by the table of 37 CFR 1.121(c) and MPEP 714; also misread."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Final, Literal

from components.rule_tables import Flag, Row, load_csv, refuse_repetition

STATUS_IDENTIFIERS: Final = Path(__file__).with_name("status_identifiers.csv")
CANCELLED: Final = "cancelled"
NOT_ENTERED: Final = "not entered"
_LETTERS: Final = re.compile(r"[^a-z]+")
_MISREAD: Final = str.maketrans("10|", "lol")
_ALIKE: Final = 0.8
"""Two identifiers with so great a share of equal letters are one, misread."""
_SHORT: Final = 4
"""An identifier of so few letters, `new`, is not guessed."""


class StatusIdentifier(Row):
    """One status identifier as it is printed, and what it means."""

    printed: str
    """In small letters, only letters and blanks."""
    status: str
    """The usual form."""
    standing: Literal["current", "tolerated", "older"]
    """Named by 37 CFR 1.121(c); accepted in its place; or of the form that held until 29 July 2003."""
    has_text: Flag
    """Whether the claim's text stands behind it."""
    source: str

    @property
    def is_amended(self) -> bool:
        """Whether the text is marked against the set before."""
        return self.status.endswith("currently amended")


def check_status_identifiers() -> None:
    """Check the table.

    Raises:
        RuleTableBroken: the table is damaged, or has an identifier twice.
    """
    rows = load_csv(STATUS_IDENTIFIERS, StatusIdentifier)
    refuse_repetition(STATUS_IDENTIFIERS.name, rows, lambda row: row.printed, column="printed")


def status_identifier(printed: str, *, is_whole: bool = False, exactly: bool = False) -> StatusIdentifier | None:
    """Return what an identifier means; `None` if it is none.

    Args:
        printed: what stands between its parentheses.
        is_whole: whether nothing may stand behind it there.
        exactly: whether it must be read without a fault, too.
    """
    letters = " ".join(_LETTERS.sub(" ", printed[:90].casefold().translate(_MISREAD)).split())
    rows = _by_print()
    if letters in rows or exactly:
        return rows.get(letters)
    return (None if is_whole else _by_first_words(letters.split())) or _most_alike(letters)


@cache
def _by_print() -> dict[str, StatusIdentifier]:
    return {row.printed: row for row in load_csv(STATUS_IDENTIFIERS, StatusIdentifier)}


def _by_first_words(words: Sequence[str]) -> StatusIdentifier | None:
    """Return the identifier of "Canceled without prejudice or disclaimer", "Previously presented in the reply of"."""
    rows = _by_print()
    begins = (" ".join(words[:count]) for count in range(min(len(words) - 1, 4), 0, -1))
    return next((rows[begin] for begin in begins if begin in rows and rows[begin].standing != "older"), None)


def _most_alike(letters: str) -> StatusIdentifier | None:
    """Return the identifier that an engine misread, `currentiy arnended`; `None` where none is near."""
    if len(letters) <= _SHORT:
        return None
    close = letters.replace(" ", "")
    shares = [
        (SequenceMatcher(None, close, printed.replace(" ", ""), autojunk=False).ratio(), printed)
        for printed in _by_print()
        if len(printed) > _SHORT and abs(len(printed) - len(letters)) <= 1 + len(printed) // 5
    ]
    share, printed = max(shares, default=(0.0, ""))
    return _by_print()[printed] if share >= _ALIKE else None
