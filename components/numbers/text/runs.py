"""Numbers that take their office from the one before them, "EP 2458380, 2458381", or a heading, "European patents:".

Such digits are read as that office's if they have one of its forms. If they are also a US number, both are offered,
unless the words before the first are plural: in "Canadian Patent Nos. 2,467,000 and 2,467,001" both are Canadian.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from components.numbers import rules
from components.numbers.model import Number
from components.numbers.offices.office import FoundNumber, digits_of
from components.numbers.text import advice, no_numbers, recognition
from components.numbers.text.leading import leading_words
from components.numbers.text.scan import TypedLine
from components.numbers.text.tokens import end_of_wrapper, ends_token
from components.rule_tables import Row, load_csv

FILE = "plurals.csv"
_JOINER = re.compile(
    r"[\s)\]]*(?:(?:[,;/&]|(?<![^\W\d_])(?:and|und|et|y|or|oder|ou|sowie)(?![^\W\d_])|及び|および|並びに|又は|と|및|와|과)\s*){1,2}",
    re.IGNORECASE,
)
_JOINERS = (",", ";", "/", "&", " and", " und", " et", " or", " oder", " ou", " sowie")
_LIST_MARK = re.compile(r"(?:\s*(?:[-*•·>–]+\s+|\(?\d{1,3}[.):]\s+|\[\d{1,3}\]\s*))?[\s\"'(\[]*")
_ORDINAL = re.compile(r"第\s?")
_HEADING = re.compile(r"[\s*#_>•·(\[-]*(?P<words>[^\W\d_]\D*?)\s*(?:\(\d{1,4}\)|\[\d{1,4}\])?[\s:*_)\]-]*")
_AND_ANOTHER_WORD = re.compile(r"\s*[^\W\d_]+")
"""“EP documents”, “European references”."""
_LONGEST_HEADING = 80
_PROSE = re.compile(r"(?:[^\W\d_]{2,}[^\w]+){3}")
"""So many words make a line a sentence."""
_NOT_IN_WORDS = re.compile(r"[,;|\t\])]")
"""What stands between a code and its number where each has a field or a bracket of its own."""
_CODE_BEHIND = re.compile(r"\d\s?[(\[/]\s?([A-Z]{2})\W?$")
"""A code behind a number, up to the character after it: `2458380 (EP)`, `2467000/CA,`."""
_US_BEHIND = re.compile(r"\s?[(\[/]\s?US(?!\w)")
_CODE_BEFORE = re.compile(r"(?<!\w)(?:[(\[]\s?[A-Z]{2}\s?[)\]][\s:.-]{0,3}|[A-Z]{2}[-/][A-Z]{2}\s)$")
"""A code in brackets, or two codes, before a number: `[EP] `, `EP-DE `."""
_MORE_DIGITS = re.compile(r"[ .,'-]?\d")
_DIGIT = re.compile(r"\d")
_FEWEST = 7
"""Fewer digits that are nothing without their office are a year, a count or a page."""


class Plural(Row):
    """A word that announces several numbers (`plurals.csv`)."""

    word: str
    language: str
    source: str


class Hit(NamedTuple):
    """A number that was found, and where it stands in its line."""

    start: int
    end: int
    number: FoundNumber


@dataclass(frozen=True, slots=True)
class Lead:
    """What says the office of the digits that follow: the words or the code before the first, or a heading."""

    words: str
    """They make the digits behind them one of the office's numbers: `European Patent Nos. `."""
    office: str
    plural: bool
    """Whether they announce several numbers, so that those that follow are certainly of the office."""
    wrapped: bool = False
    """Whether it is the end of a line whose list goes on in the next, and says nothing of those below."""


def plural_rows(folder: Path = rules.FOLDER) -> tuple[Plural, ...]:
    """Return the rows of `plurals.csv`."""
    return load_csv(folder / FILE, Plural)


def heading_below(line: TypedLine, numbers: Sequence[Number], heading: Lead | None) -> Lead | None:
    """Return what says the office of digits in the next line.

    A heading holds until another one, a sentence, or a number of another office. Behind a blank line, or words that are
    no heading, it is no longer certain: what could be a US number is asked about.

    Args:
        line: the line that was read.
        numbers: its numbers.
        heading: what said the office of its digits.
    """
    if heading is None and numbers and numbers[-1].readings and not _goes_on(line.text):
        return None
    offices = {reading.office for number in numbers for reading in number.readings}
    office, lead = _heading(line.text) if not offices else ("", None)
    if office:
        return lead
    if heading is None or heading.wrapped:
        return _wrapped(line.text, numbers, certain=heading is not None and heading.plural)
    if offices:
        kept = _doubted(heading) if line.apart else heading
        return kept if heading.office in offices else None
    is_prose = _DIGIT.search(line.text) is None and _PROSE.search(line.text) is not None
    return None if is_prose else _doubted(heading)


def _wrapped(text: str, numbers: Sequence[Number], *, certain: bool) -> Lead | None:
    """Return what a line says of the first digits of the next if it ends within a list: "EP 2458380," or "… and".

    Args:
        text: the line.
        numbers: its numbers.
        certain: whether plural words in an earlier line announced them.
    """
    if not numbers or not _goes_on(text):
        return None
    offices = {reading.office for reading in numbers[-1].readings} - {"US"}
    lead = _lead(f"{min(offices)} ", min(offices)) if len(offices) == 1 else None
    plural = certain or _plurals().search(text) is not None
    return replace(lead, plural=plural, wrapped=True) if lead is not None else None


def _goes_on(text: str) -> bool:
    """Return whether a line ends with what joins numbers."""
    return text.rstrip().endswith(_JOINERS)


def _doubted(heading: Lead | None) -> Lead | None:
    """Return a heading that may not be meant for what follows."""
    return None if heading is None else replace(heading, plural=False)


def _heading(text: str) -> tuple[str, Lead | None]:
    """Return the office of which a line without a number says that the numbers below it are, and what it says.

    The office is empty if it names none. A heading of US numbers says nothing of the digits: they are read so anyway.
    """
    match = _HEADING.fullmatch(text) if len(text) <= _LONGEST_HEADING else None
    if match is None:
        return "", None
    words = match["words"].rstrip(" :.")
    code, _, rest = words.partition(" ")
    behind, office, _ = leading_words(f"{words} ", 0)
    if not office and code in rules.offices():
        behind = len(code) + 1 + (leading_words(f"{rest} ", 0)[0] if rest else 0)
        office = code
    if office and behind > len(words):
        return office, _lead(f"{words} ", office)
    is_told = office and _AND_ANOTHER_WORD.fullmatch(words, behind) is not None
    return (office, _doubted(_lead(f"{office} ", office))) if is_told else ("", None)


def is_heading(text: str) -> bool:
    """Return whether a line is a heading that says that the digits below it are no US numbers."""
    return _heading(text)[1] is not None


def names_numbers(text: str) -> bool:
    """Return whether a text without a number is a heading of numbers, or a word between them."""
    return recognition.is_only_words(text) or is_heading(text)


def with_offices(text: str, ends: Sequence[int], hits: Sequence[Hit], heading: Lead | None) -> list[Hit]:
    """Return the numbers of a line, with those that take their office from what stands before them.

    Args:
        text: the line.
        ends: where each of its segments ends, in order; no number reaches beyond one.
        hits: the numbers of the line as each is read alone, in order.
        heading: what stands above the line.
    """
    by_start = {hit.start: hit for hit in hits}
    found: list[Hit] = []
    if heading is not None:
        mark = _LIST_MARK.match(text)
        found += _following(text, mark.end() if mark is not None else 0, ends, by_start, heading)
    for hit in hits:
        if found and hit.start < found[-1].end:
            continue
        found.append(hit)
        position = _behind_joiner(text, hit.end)
        lead = _lead_of(text, hit) if position >= 0 else None
        if lead is not None:
            found += _following(text, position, ends, by_start, lead)
    return found


def _following(text: str, position: int, ends: Sequence[int], hits: Mapping[int, Hit], lead: Lead) -> Iterator[Hit]:
    """Yield the numbers from a position on that have the office of the lead, as long as they are joined."""
    while position >= 0:
        segment = bisect_right(ends, position)
        hit = _number_of(text, position, ends[segment], hits.get(position), lead) if segment < len(ends) else None
        if hit is None:
            return
        yield hit
        position = _behind_joiner(text, hit.end)


def _behind_joiner(text: str, end: int) -> int:
    """Return where the next of several numbers begins; -1 if none is joined."""
    match = _JOINER.match(text, end_of_wrapper(text, end))
    return match.end() if match is not None else -1


def _number_of(text: str, start: int, end: int, alone: Hit | None, lead: Lead) -> Hit | None:
    """Return the number that begins at a position, if it has no office of its own but a form of the lead's office.

    Args:
        text: the line.
        start: where it begins, or the words before it.
        end: where its segment ends.
        alone: the number as it is read without the lead.
        lead: what says its office.
    """
    position, office, _ = leading_words(text, start)
    ordinal = _ORDINAL.match(text, position)
    position = ordinal.end() if ordinal is not None else position
    if office or position >= end or not text[position].isdigit():
        return None
    is_settled = alone is not None and alone.number.readings and not _may_be_american(alone.number)
    if is_settled or (alone is not None and _US_BEHIND.match(text, alone.end)):
        return alone
    coded = recognition.number_at(f"{lead.words}{text[position:end]}", 0, alone=alone is not None)
    if coded is None or not coded.readings:
        return alone
    behind = position + coded.end - len(lead.words)
    if not ends_token(text, end_of_wrapper(text, behind)):
        return alone
    if alone is None:
        return Hit(start, behind, replace(coded, end=behind)) if _is_whole(text, position, behind) else None
    return _settled(start, behind, coded, alone, lead)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether digits that are no number without an office are one, not a date, a count or a part of a sum."""
    digits = text[start:end]
    if len(digits_of(digits)) < _FEWEST or advice.is_date(digits) or _MORE_DIGITS.match(text, end):
        return False
    return no_numbers.meaning(text, start, end) is None


def _may_be_american(number: FoundNumber) -> bool:
    """Return whether a number has a US reading."""
    return any(reading.office == "US" for reading in number.readings)


def _settled(start: int, end: int, coded: FoundNumber, alone: Hit, lead: Lead) -> Hit:
    """Return a number as one of the lead's office, or with its US reading too where the lead leaves that open."""
    if alone.end > end:
        return alone
    number = replace(coded, end=end)
    if lead.plural or end > alone.end or not alone.number.readings:
        return Hit(start, end, number)
    readings = {reading.normalised: reading for reading in (*coded.readings, *alone.number.readings)}
    forms = " or ".join(reading.display_form for reading in readings.values())
    name = rules.offices().get(lead.office, lead.office)
    reason = (
        f"What stands before it is of {lead.office} ({name}), but it has no office of its own: choose one, {forms}."
    )
    return Hit(start, end, FoundNumber(end, tuple(readings.values()), reason))


def _lead_of(text: str, hit: Hit) -> Lead | None:
    """Return what a number's words say of digits that follow it; `None` if it has no office, or is of the US."""
    offices = [reading.office for reading in hit.number.readings]
    behind = _CODE_BEHIND.search(text, hit.start, min(len(text), hit.end + 1))
    if behind is not None and behind[1] in offices:
        return _lead(f"{behind[1]} ", behind[1])
    digit = _DIGIT.search(text, hit.start, hit.end)
    if not offices or "US" in offices or digit is None:
        return None
    words, office = text[hit.start : digit.start()], offices[0]
    if not words:
        return _lead(f"{office} ", office) if _CODE_BEFORE.search(text, max(0, hit.start - 12), hit.start) else None
    return _lead(f"{office} " if _NOT_IN_WORDS.search(words) else words, office)


def _lead(words: str, office: str) -> Lead | None:
    """Return what words say of the digits behind them."""
    return None if office == "US" else Lead(words, office, _plurals().search(words) is not None)


@cache
def _plurals() -> re.Pattern[str]:
    """Return what finds a plural word."""
    words = "|".join(re.escape(row.word) for row in plural_rows())
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE)
