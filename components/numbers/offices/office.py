"""What all office families have in common: a finder, which reads one number at one position of a text.

A family is a module with a function `find` of the type `Finder`. It is called with the position behind the country code
and the words that stand before the number, and returns the number and where it ends, or `None`. It never looks beyond
one number.
"""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from components.numbers import rules
from components.numbers.model import NumberKind, Reading
from components.numbers.offices import years_to_come
from components.numbers.offices.display import display_form
from components.numbers.rules import Noun

UNCONFIRMED = "The form of this number is unconfirmed by the service."
GROUPED = r"\d{1,3}(?:[ ,.]\d{3}){1,2}"
"""Four to nine digits in groups of three."""

_END = re.compile(r"(?![A-Za-z0-9_]|[.,/-]\d)")
_KIND = re.compile(r"([ ._/-]{0,2})(?:\(([A-Za-z])(\d?)\)|([A-Za-z])(\d?))(?![A-Za-z0-9]|_(?!\d))")
_KIND_BEFORE = re.compile(
    r"(?:\s?-\s?|\s\(?(?=(?-i:[A-Z])(?:\d|\s\d{1,3}[\s,.]?\d{3}))|\()([ABCEPSTUY]\d?)\)?"
    r"\s?(?:[-:\s]|[-:]?\s?N[ro]s?\b\.?:?)\s?(?=\d)",
    re.IGNORECASE,
)
_TWO_LETTERS = re.compile(r"[ ._/-]{0,2}[AB][AB](?![A-Za-z0-9_])")
"""Kind codes of PatBase, whose letters say no more than that it is a publication or a patent: `US2004011130 AA`."""
_DATE = re.compile(
    r"(?:\s?[-._/]\s?|\s{1,2})\(?(?:"
    r"(?:19[7-9]\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:1[789]|20)\d\d(?P<mark>[-./])(?:0[1-9]|1[0-2])(?P=mark)(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|1[0-2])[-/](?:1[789]|20)\d\d"  # month and year, as on form PTO-892
    r"|(?:0[1-9]|[12]\d|3[01])(?P<dot>[./])(?:0[1-9]|1[0-2])(?P=dot)(?:1[789]|20)\d\d"
    r")\)?(?![\w/]|[.,-]\d)"
)
"""A date of publication behind a kind code, as databases print it: `20080115`, `2008-01-15`, `15.01.2008`.

Eight digits that begin with less than 1970 may be an application of series 17 to 19."""
_DATE_OF_FILE = re.compile(r"-(?:19[7-9]\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/]|[.,-]\d)")
"""The date in the names of the USPTO's files, which have no kind code: `US07318131-20080115`."""
_PADDED = re.compile(r"(0+)(?:([1-9]\d*)|(?<=00)(?=[A-Za-z]{1,2}\d))")
_AFTER_LETTER = re.compile(
    r"\s*(?:$|[^\s\w])"
    r"|\s(?:discloses?|teach(?:es)?|shows?|describes?|suggests?|is|was|are|were|has|does|fails|and|or|in|of|by|to|at|as"
    r"|from|with|which|under|on|for|but|filed|published|dated|issued|cited|et|und|oder|offenbart|zeigt)\s"
)
"""What follows a kind code and no article: the end, a mark, a verb, a conjunction or a preposition."""


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

    In prose, a single letter behind a blank counts only if nothing but punctuation or a date follows: in "US 5,012,236
    A method", the A is no kind code. A date of publication behind the kind code is passed over: it is the document's.

    Args:
        text: cleaned text.
        end: where the number ends.
        alone: whether the number stands alone in its line or cell.

    Returns:
        The kind code in capitals (empty if there is none), and where it and the date end.
    """
    match = _KIND.match(text, end)
    if match is None:
        file_name = _DATE_OF_FILE.match(text, end)
        empty = _TWO_LETTERS.match(text, end) if alone else None
        return "", file_name.end() if file_name else _behind_date(text, empty.end()) if empty else end
    gap, letter, digit = match[1], match[2] or match[4], match[3] or match[5] or ""
    behind = _behind_date(text, match.end())
    if " " in gap and not digit and letter.islower() and not text[max(0, end - 24) : end].islower():
        return "", end  # "7,654,321 c": a word
    single_letter = " " in gap and not digit and not alone and behind == match.end()
    if single_letter and not (letter.isupper() and _AFTER_LETTER.match(text, match.end())):
        return "", end
    return (letter + digit).upper(), behind


def find_behind_kind_code(find: Finder, text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number whose kind code stands in front, as in European citations: `EP-A-0 007 054`, `US-B2-7,318,131`.

    Args:
        find: the finder of the office.
        text: cleaned text.
        start: behind the code of the office.
        hints: what is known before the number is read.
    """
    match = _KIND_BEFORE.match(text, start)
    if match is None or not (match[1].isupper() or hints.alone):
        return None
    if "-" not in match[0] and len(match[1]) == 1 and hints.office in rules.code_words("en"):
        return None  # "in a 7,654,321"
    without = find(text, match.end(), replace(hints, alone=True))
    if without is None:
        return None
    moved = f"{text[match.end() : without.end]} {match[1]}"
    found = find(moved, 0, replace(hints, alone=True))
    return without if found is None or found.end < len(moved) else replace(found, end=without.end)


def _behind_date(text: str, end: int) -> int:
    """Return where the date behind a kind code ends, or `end` if there is none."""
    match = _DATE.match(text, end)
    return end if match is None else match.end()


def behind_padding(text: str, start: int, longest: int) -> int:
    """Return where a number begins that a database has filled up with zeros: `US000007318131B2`, `US00000RE39998E`.

    Args:
        text: cleaned text.
        start: behind the code of the office.
        longest: the most digits with which the office's own numbers may begin with a zero; only what is longer, or has
            two zeros and letters, is filled up.
    """
    match = _PADDED.match(text, start)
    if match is None or (match[2] and len(match[0]) <= longest):
        return start
    return match.end(1)


def document_reading(
    kind: NumberKind, stem: str, kind_code: str, possible: tuple[str, ...], note: str = "", *, certificate: str = ""
) -> Reading:
    """Return the reading of a published document.

    A typed kind code that the number cannot have is asked for first, and the possible ones after it. A single letter
    that abbreviates one of several (`S` for `S1`, `B` for `B2`) is tried as each of them.

    Args:
        kind: what it is.
        stem: office and number, without a kind code.
        kind_code: the kind code typed, or empty.
        possible: the kind codes that the number can have, likeliest first; empty if unknown.
        note: what the user should know.
        certificate: what the kind code marks, if it is a certificate that bears the number of a patent.
    """
    if len(kind_code) == 1 and not certificate and _abbreviates(kind_code, possible):
        codes = tuple(code for code in possible if code[0] == kind_code)
        said = f"Kind code {kind_code} is tried as {', then as '.join(codes)}."
        kind_code = ""
    elif kind_code and (not possible or kind_code in possible):
        codes, said = (kind_code,), ""
    elif kind_code:
        codes, said = (kind_code, *possible), _about_unusual(kind_code, possible, certificate)
    else:
        codes = possible or ("",)
        said = f"No kind code was given: {', then '.join(codes)} is tried." if len(codes) > 1 else ""
    normalised = stem + (kind_code or (codes[0] if len(codes) == 1 else ""))
    forms = tuple(stem + code for code in codes)
    return Reading(kind, "patent_number", normalised, forms, display_form(normalised), f"{note} {said}".strip())


def _about_unusual(kind_code: str, possible: tuple[str, ...], certificate: str) -> str:
    """Return the note about a kind code that the patent itself cannot have."""
    tried = f"{' and '.join(possible)} {'is' if len(possible) == 1 else 'are'} tried after it."
    if not certificate:
        return f"Kind code {kind_code} is unusual for this number; {tried}"
    return (
        f"{kind_code} marks {certificate}, which bears the number of the patent. It is asked for first; if the service "
        f"does not know it, the patent itself: {tried}"
    )


def _abbreviates(letter: str, possible: tuple[str, ...]) -> bool:
    """Return whether a letter stands for one of several possible kind codes."""
    return letter in possible[1:] or (letter not in possible and any(code[0] == letter for code in possible))


def publication_reading(
    kind: NumberKind, stem: str, kind_code: str, *, office: str, series: str, note: str = ""
) -> Reading:
    """Return the reading of a publication: with the kind code that was typed, else with those of the table.

    A single letter stands for those of the table that begin with it: `EP-A-0007054` for A1 and A2.
    """
    possible = rules.kind_codes(office, series)
    if kind_code and not (len(kind_code) == 1 and _abbreviates(kind_code, possible)):
        possible = (kind_code,)
    return document_reading(kind, stem, kind_code, possible, note)


def application_reading(kind: NumberKind, normalised: str, note: str = "") -> Reading:
    """Return the reading of an application number."""
    return Reading(kind, "apno", normalised, (normalised,), display_form(normalised), note)


def refused_number(end: int, reason: str) -> FoundNumber:
    """Return a number that is recognised, but must not be asked for, with the reason."""
    return FoundNumber(end, (), reason)


def found_number(end: int, *readings: Reading, reason: str = "") -> FoundNumber:
    """Return a number with its readings; several need a reason that asks the user to choose.

    Readings of a year to come are left out: a number with no other is refused.
    """
    years = [years_to_come.year_to_come(reading) for reading in readings]
    possible = tuple(reading for reading, year in zip(readings, years, strict=True) if not year)
    if readings and not possible:
        return refused_number(end, years_to_come.reason(years[0]))
    return FoundNumber(end, possible, reason if len(possible) > 1 else "")


def digits_of(text: str) -> str:
    """Return the digits of a text, without anything between them."""
    return "".join(char for char in text if char.isdigit())
