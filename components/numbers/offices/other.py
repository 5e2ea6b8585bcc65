"""Every other office: the forms of its table (`national`), else its digits, without blanks and zero padding."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from components.numbers.model import NumberKind, Reading
from components.numbers.offices import national, wo, years_to_come
from components.numbers.offices.national import NationalForm
from components.numbers.offices.office import (
    GROUPED,
    UNCONFIRMED,
    FoundNumber,
    Hints,
    application_reading,
    digits_of,
    document_reading,
    found_number,
    kind_code_at,
    may_end,
    refused_number,
)
from components.numbers.rules import Noun

_DIGITS = re.compile(rf"((?:19|20)\d\d[ /-]\d{{5,7}}|{GROUPED}|\d{{3,13}})(?!\d)(?:-\d(?![\dA-Za-z]))?")
_OWN_MARKS = re.compile(r"[A-Za-z/-]|\.\d$")
"""What stands in numbers of few offices only: letters, slashes, hyphens, a check digit behind a full stop."""
_GROUPS_ONLY = re.compile(r"[\d ,.]*")
_PADDING = re.compile(r"0{1,11}(?=[1-9A-Za-z])")
_INTERNATIONAL = re.compile(r"(?:19|20)\d\d/0\d{5}(?!\d)")
"""No receiving office but those with modules of their own counts to a hundred thousand."""
_COVERAGE = "What the service holds of this office is not known: the result will tell, for each number."
_NO_KIND_CODE = "No kind code was given; the service writes its numbers with one."
_FEWEST, _FEWEST_IN_PROSE = 5, 6
"""Fewest digits of a number without a kind code, where it stands alone and in running prose."""
_FEWEST_MARKED, _FEWEST_MARKED_IN_PROSE = 3, 5
"""The same where letters or marks stand in it too: `A 1/2019`, `PQ1234`."""


class _Candidate(NamedTuple):
    """A number in one form of the table."""

    form: NationalForm
    end: int
    reading: Reading


def find(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number behind the code of an office that has no module of its own.

    A form of the table goes before digits of any other form; several forms that fit are asked about. In running prose
    six digits, a kind code or a mark within the number are needed.
    """
    if not hints.office:
        return None
    candidates = list(_candidates(national.forms_of(hints.office), text, start, hints))
    padding = _PADDING.match(text, start)
    if not candidates and padding is not None:
        padded = _candidates(national.forms_of(hints.office), text, padding.end(), hints)
        candidates = [candidate for candidate in padded if not candidate.form.is_application]
    international = _international(text, start, hints)
    if not candidates:
        return _refused_for_its_year(text, start, hints) or international or _plain(text, start, hints)
    same = international is not None and international.end >= max(candidate.end for candidate in candidates)
    return _settled(candidates, hints.noun, *(international.readings if international is not None and same else ()))


def find_bare(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read a number without its office's code, if it has a form that few offices have; several are asked about."""
    forms = (form for form in national.bare_forms() if hints.alone or form.bare == "anywhere")
    candidates = list(_candidates(forms, text, start, hints))
    return _settled(candidates, hints.noun) if candidates else None


def has_own_form(text: str, start: int, office: str) -> bool:
    """Return whether a number begins at `start` whose letters or marks show that it is one of this office."""
    matches = (form.pattern.match(text, start) for form in national.forms_of(office))
    return any(match is not None and _OWN_MARKS.search(match[0]) is not None for match in matches)


def has_known_form(text: str, start: int, hints: Hints) -> bool:
    """Return whether a number begins at `start` that has a form of the office's table, within its bounds."""
    return next(_candidates(national.forms_of(hints.office), text, start, hints), None) is not None


def _candidates(forms: Iterable[NationalForm], text: str, start: int, hints: Hints) -> Iterator[_Candidate]:
    """Yield the forms that a number has, with where it ends; the words before it may rule a form out."""
    for form in forms:
        match = form.pattern.match(text, start)
        if match is None or form.noun not in ("", hints.noun):
            continue
        kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
        stem = form.stem(match)
        if stem and form.takes(kind_code) and may_end(text, end) and _is_long_enough(match[0], kind_code, hints):
            yield _Candidate(form, end, _reading(form, stem, kind_code))


def _is_long_enough(written: str, kind_code: str, hints: Hints) -> bool:
    """Return whether it is a number rather than a year or a count."""
    marked, in_prose = _GROUPS_ONLY.fullmatch(written) is None, not hints.alone
    fewest = (_FEWEST, _FEWEST_IN_PROSE, _FEWEST_MARKED, _FEWEST_MARKED_IN_PROSE)[2 * marked + in_prose]
    return bool(kind_code) or len(digits_of(written)) >= fewest


def _reading(form: NationalForm, stem: str, kind_code: str) -> Reading:
    """Return the reading of a number in a form of the table."""
    if form.is_application:
        return application_reading(form.kind, stem, f"{UNCONFIRMED} {form.note}".strip())
    meant = tuple(code for code in form.tries if code.startswith(kind_code))
    if kind_code not in form.tries and meant:
        kind_code = ""  # a single letter stands for those with a digit: A for A1
    possible = (kind_code,) if kind_code else meant
    note = f"{form.note} {_COVERAGE}" if possible else f"{form.note} {_COVERAGE} {_NO_KIND_CODE}"
    return document_reading(form.kind, stem, kind_code, possible, note.strip())


def _settled(candidates: list[_Candidate], noun: Noun, *others: Reading) -> FoundNumber:
    """Return the number that most of the text belongs to; several readings of it are asked about."""
    end = max(candidate.end for candidate in candidates)
    longest = [candidate for candidate in candidates if candidate.end == end]
    if noun:
        fitting = [each for each in longest if each.form.is_application == (noun == "application")]
        longest = fitting or longest
    readings = {each.reading.normalised: each.reading for each in longest} | {each.normalised: each for each in others}
    if len(readings) == 1:
        return found_number(end, *readings.values())
    what = {each.reading.normalised: f"{each.form.office} {each.form.what}" for each in longest}
    named = [f"{what.get(name, reading.kind)} ({reading.display_form})" for name, reading in readings.items()]
    return found_number(end, *readings.values(), reason=f"{' or '.join(named)}: choose one.")


def _international(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read `GB2019/051234` as the international application PCT/GB2019/051234, whose "PCT/" is often left out."""
    match = _INTERNATIONAL.match(text, start)
    if match is None or not may_end(text, match.end()):
        return None
    found = wo.find_application(f"{hints.office}{match[0]}", 0, hints)
    return None if found is None else FoundNumber(match.end(), found.readings, found.reason)


def _refused_for_its_year(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Return the refusal of a number in a form of the table, but of a year to come."""
    for form in national.forms_of(hints.office):
        match = form.pattern.match(text, start)
        year = form.year_to_come(match) if match is not None else 0
        if match is None or not year:
            continue
        kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
        if form.takes(kind_code) and may_end(text, end):
            return refused_number(end, years_to_come.reason(year))
    return None


def _plain(text: str, start: int, hints: Hints) -> FoundNumber | None:
    """Read digits in no form of the table; a hyphen and one digit at the end is a check digit and is dropped."""
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    digits = digits_of(match[1])
    kind_code, end = kind_code_at(text, match.end(), alone=hints.alone)
    fewest = _FEWEST if hints.alone else _FEWEST_IN_PROSE
    if not may_end(text, end) or not int(digits) or (len(digits) < fewest and not kind_code):
        return None
    note = _COVERAGE if kind_code else f"{_COVERAGE} {_NO_KIND_CODE}"
    stem = f"{hints.office}{digits.lstrip('0')}"
    return found_number(
        end, document_reading(NumberKind.OTHER, stem, kind_code, (kind_code,) if kind_code else (), note)
    )
