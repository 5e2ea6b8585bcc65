"""What looks like the number of an international application (PCT/…): read as one or refused, as nothing else."""

import re
from dataclasses import replace

from components.numbers import rules
from components.numbers.offices import wo
from components.numbers.offices.office import FoundNumber, Hints, digits_of, refused_number
from components.numbers.rules import Noun
from components.numbers.text.tokens import end_of_wrapper, ends_token

BEGINNING = r"(?:WO[\s/._-]{0,2})?PCT(?![A-Za-z]{3})"
"""Pattern of the letters with which it begins."""
_BEGINNING = re.compile(BEGINNING, re.IGNORECASE)
_MARKS = r"[\s/._:-]{0,3}"
_FORM = re.compile(rf"{_MARKS}([A-Za-z]{{2}}){_MARKS}((?:19|20)\d\d|\d\d){_MARKS}(\d{{5,6}})(?!\d)")
_STRETCH = re.compile(
    rf"{_MARKS}(?:[A-Za-z]{{2,3}}{_MARKS})?(?:\d[\dA-Za-z./_-]*(?![,\dA-Za-z])\s?[-/]?\s?(?=\d)){{0,3}}\d[\dA-Za-z/._-]*(?![,\d])"
)
_WITH_COMMAS = re.compile(rf"{_MARKS}(?:[A-Za-z]{{2}}{_MARKS})?\d{{1,3}}(?:/\d{{3}})?(?:,\d{{3}}){{1,2}}(?!\d)")
"""No international application is written so."""
_FIRST_FULL_YEAR, _FIRST_YEAR = "10", "78"
"""Years have four digits since 2004 (Administrative Instructions under the PCT, section 307), two are still seen for
some years; the first application is of 1978. Seven or eight digits in one that begin otherwise have no such year."""
_FEWEST = 5
"""Fewer digits are a form, an article or a year: PCT/ISA/210, PCT Article 34."""


def begins(text: str, start: int) -> int:
    """Return where the letters end with which an international application begins; 0 if there are none."""
    match = _BEGINNING.match(text, start)
    return match.end() if match is not None else 0


def find(text: str, position: int, noun: Noun = "") -> FoundNumber | None:
    """Read what follows "PCT", or words such as "PCT application No."; refuse what is in no form of such a number.

    Args:
        text: cleaned text.
        position: behind "PCT" and the words.
        noun: what the words call it.

    Returns:
        The number, or `None` if too few digits follow.
    """
    found = wo.find_application(text, position, Hints("PCT", noun))
    if found is None or not _is_whole(text, found):
        found = _read(text, position)
    if found is not None:
        return found
    match = _WITH_COMMAS.match(text, position) or _STRETCH.match(text, position)
    if match is None or len(digits_of(match[0])) < _FEWEST:
        return None
    end = len(text[: match.end()].rstrip("./_-"))
    return refused_number(end_of_wrapper(text, end), _reason(match[0]))


def _is_whole(text: str, found: FoundNumber) -> bool:
    """Return whether nothing more of a token follows a number."""
    return ends_token(text, end_of_wrapper(text, found.end))


def _read(text: str, position: int) -> FoundNumber | None:
    """Read a number with other marks between its parts."""
    match = _FORM.match(text, position)
    if match is None:
        return None
    joined = re.fullmatch(r"\d{7,8}", text[match.start(2) : match.end()])
    found = wo.find_application(f"/{match[1].upper()}{match[2]}/{match[3]}", 0, Hints("PCT"))
    if found is None or (joined and _FIRST_FULL_YEAR <= joined[0][:2] < _FIRST_YEAR):
        return None
    found = replace(found, end=match.end())
    return found if _is_whole(text, found) else None


def _reason(stretch: str) -> str:
    """Return what is wrong with a number behind "PCT"."""
    example = "An international application is written PCT/US2019/012345: receiving office, year, six digits."
    office = re.match(rf"{_MARKS}([A-Za-z]{{2,3}})", stretch)
    if office is None:
        return f"The code of the office where it was filed is missing. {example}"
    code = office[1].upper()
    if code not in {*rules.offices(), "IB"}:
        return f"“{code}” is not the code of a receiving office. {example}"
    return f"The digits are none of an international application. {example}"
