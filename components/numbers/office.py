"""What all office families have in common: a finder, which reads one number at one position of a text.

A family is a module with a function `find` of the type `Finder`. It is called with the position behind the country code
and the words that stand before the number, and returns the number and where it ends, or `None`. It never looks beyond
one number.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from components.numbers import rules
from components.numbers.display import display_form
from components.numbers.model import NumberKind, Reading
from components.numbers.rules import Noun

UNCONFIRMED = "The form of this number is unconfirmed by the service."
GROUPED = r"\d{1,3}(?:[ ,.]\d{3}){1,2}"
"""Four to nine digits in groups of three."""

_END = re.compile(r"(?![A-Za-z0-9_]|[.,/-]\d)")
_KIND = re.compile(r"([ ._/-]{0,2})\(?([A-Za-z])(\d?)\)?(?![A-Za-z0-9_])")
_AFTER_LETTER = re.compile(r"\s*(?:$|[^\s\w])")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known before the number itself is read."""

    office: str = ""
    """Code of the office; empty where neither a code nor a word names one."""
    noun: Noun = ""
    """What the words before the number call it: a patent, a publication …"""
    alone: bool = True
    """Whether the number stands alone in its line or cell; in running prose, weak forms are not read."""


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number that was found: its readings, or why it is refused, and where it ends."""

    end: int
    readings: tuple[Reading, ...]
    reason: str = ""


class Finder(Protocol):
    """A function that reads one number; see the module's docstring."""

    def __call__(self, text: str, start: int, hints: Hints) -> FoundNumber | None:
        """Return the number that begins at `start`, or `None`."""


def may_end(text: str, end: int) -> bool:
    """Return whether a number may end here: no letter or digit follows, and no further group of digits."""
    return _END.match(text, end) is not None


def kind_code_at(text: str, end: int, *, alone: bool) -> tuple[str, int]:
    """Read a kind code behind a number.

    In prose, a single letter behind a blank counts only if nothing but punctuation follows: in "US 5,012,236 A method",
    the A is no kind code.

    Args:
        text: cleaned text.
        end: where the number ends.
        alone: whether the number stands alone in its line or cell.

    Returns:
        The kind code in capitals (empty if there is none), and where it ends.
    """
    match = _KIND.match(text, end)
    if match is None:
        return "", end
    gap, letter, digit = match[1], match[2], match[3]
    single_letter = " " in gap and not digit and not alone
    if single_letter and not (letter.isupper() and _AFTER_LETTER.match(text, match.end())):
        return "", end
    return (letter + digit).upper(), match.end()


def document_reading(kind: NumberKind, stem: str, kind_code: str, possible: tuple[str, ...], note: str = "") -> Reading:
    """Return the reading of a published document.

    A typed kind code that the number cannot have is asked for first, and the possible ones after it. A single letter
    that abbreviates one of several (`S` for `S1`) counts as not typed.

    Args:
        kind: what it is.
        stem: office and number, without a kind code.
        kind_code: the kind code typed, or empty.
        possible: the kind codes that the number can have, likeliest first; empty if unknown.
        note: what the user should know.
    """
    if kind_code in possible[1:] and len(kind_code) == 1:
        kind_code = ""
    if kind_code and (not possible or kind_code in possible):
        codes: tuple[str, ...] = (kind_code,)
    elif kind_code:
        codes = (kind_code, *possible)
        unusual = f"Kind code {kind_code} is unusual for this number; {' and '.join(possible)} is tried after it."
        note = f"{note} {unusual}".strip()
    else:
        codes = possible or ("",)
        if len(codes) > 1:
            note = f"{note} No kind code was given: {', then '.join(codes)} is tried.".strip()
    normalised = stem + (kind_code or (codes[0] if len(codes) == 1 else ""))
    return Reading(
        kind, "patent_number", normalised, tuple(stem + code for code in codes), display_form(normalised), note
    )


def publication_reading(
    kind: NumberKind, stem: str, kind_code: str, *, office: str, series: str, note: str = ""
) -> Reading:
    """Return the reading of a publication: with the kind code that was typed, else with those of the table."""
    possible = (kind_code,) if kind_code else rules.kind_codes(office, series)
    return document_reading(kind, stem, kind_code, possible, note)


def application_reading(kind: NumberKind, normalised: str, note: str = "") -> Reading:
    """Return the reading of an application number."""
    return Reading(kind, "apno", normalised, (normalised,), display_form(normalised), note)


def refused_number(end: int, reason: str) -> FoundNumber:
    """Return a number that is recognised, but must not be asked for, with the reason."""
    return FoundNumber(end, (), reason)


def found_number(end: int, *readings: Reading, reason: str = "") -> FoundNumber:
    """Return a number with its readings; several need a reason that asks the user to choose."""
    return FoundNumber(end, readings, reason)


def digits_of(text: str) -> str:
    """Return the digits of a text, without anything between them."""
    return "".join(char for char in text if char.isdigit())
