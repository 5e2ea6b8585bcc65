"""What a first reading says of a page: whether it is a form, whether it was legible, and how it is turned."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from components.page_texts import Word

_LEGIBLE: Final = 60
"""Confidence in per cent: real words mostly have more, what is read into drawings less."""
_TITLES: Final = re.compile(
    r"office action summary|advisory action|notice of allowability|interview summary|notice of references cited"
    r"|information disclosure statement",
    re.IGNORECASE,
)
"""Titles of the US office's forms that are ruled into lines and boxes (MPEP, Forms list: PTOL-326, PTOL-303, PTOL-37,
PTOL-413, PTO-892, PTO/SB/08). Its cover sheet, PTOL-90, is no such form: it is read better as a page."""
_NUMBERS: Final = re.compile(r"PTOL?\s?-\s?(326|303|37|413|892|1449)\b|PTO/SB/08")
_UNNUMBERED: Final = re.compile(
    r"""(?:The|An?)\s.{3,70}?\bclaims?\s\d[^.]{0,24}?\b(?:wherein|further|where|in\swhich|comprising|having|and)\b
      | [(\[](?:original|currently\samended|previously\spresented|cancell?ed|withdrawn|new)\b.{0,24}?[)\]]""",
    re.VERBOSE | re.IGNORECASE,
)
"""Matches the beginning of a claim without its number: by the claim to which it refers, or by its status."""
_UNNUMBERED_LINES: Final = 2
_HEAD, _FOOT = 0.2, 0.85
"""Shares of the height above which titles and below which numbers of forms stand."""
_SIDEWAYS_LETTERS: Final = 4
"""From so many letters on a word is wider than it is high, unless it stands sideways."""


def is_form(words: Sequence[Word]) -> bool:
    """Return whether a page is one of the US office's forms, by its title or the number at its foot."""
    head = " ".join(word.text for word in words if word.box.top < _HEAD)
    foot = " ".join(word.text for word in words if word.box.top > _FOOT)
    return bool(_TITLES.search(head) or _NUMBERS.search(foot))


def lacks_numbers(words: Sequence[Word]) -> bool:
    """Return whether a page has claims at the beginning of lines without their numbers.

    Where claims are set in, their numbers are a narrow column, which Tesseract leaves out when it looks for columns.
    """
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return sum(_UNNUMBERED.match(" ".join(line[:24])) is not None for line in lines.values()) >= _UNNUMBERED_LINES


def worth(words: Iterable[Word]) -> int:
    """Return how good a reading is: its legible letters count for it, letters that were guessed against it."""
    return sum(len(word.text) * (word.confidence - _LEGIBLE) for word in words)


def is_legible(words: Sequence[Word]) -> bool:
    """Return whether there are words, most of which were not guessed."""
    return worth(words) > 0


def is_sideways(words: Sequence[Word], *, width: int, height: int) -> bool:
    """Return whether most words run from the top to the bottom, which Tesseract reads as they stand.

    Args:
        words: those of a page.
        width: pixels of the page, or anything in their proportion.
        height: likewise.
    """
    long = [word.box for word in words if len(word.text) >= _SIDEWAYS_LETTERS]
    high = [box for box in long if (box.bottom - box.top) * height > (box.right - box.left) * width]
    return 2 * len(high) > len(long)
