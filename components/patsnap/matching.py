"""Matches the entries of an answer to the numbers that were asked for: by their names, never by their position.

The names of an entry are its `patent_number`, `patent_id` and `apno`. Names are compared without blanks, slashes,
commas, hyphens and case (`US 11,205,304 B2` equals `US11205304B2`). If that finds nothing, they are also compared
without kind code, check digit and padding zeros, but two different kind codes are never equal: a B1 is not a B2.

What the contract leaves open is decided so:

* If one number was asked for and one entry came without a name in the field asked by, it is the answer. If it has
  *another* name there, it is not: it answers another request and is refused.
* An entry whose name fits two numbers (asked for B1 and B2, answered without kind code) is given to neither.
* Entries that fit no number are left out and counted.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any

from components.patsnap import fields
from components.patsnap.spend_hook import IdentifierField

_IDENTIFIERS: tuple[IdentifierField, ...] = ("patent_number", "patent_id", "apno")
_SEPARATORS = re.compile(r"[\W_]+")
_CHECK_DIGIT = re.compile(r"\.[0-9Xx]$")
_KIND_CODE = re.compile(r"(?<=[0-9])([A-Z][0-9]?)$")
_PARTS = re.compile(r"([A-Z]*?)([A-Z]{0,4}?)([0-9]+)")
_US_SHORT_PUBLICATION = re.compile(r"US((?:19|20)[0-9]{2})([0-9]{6})")


@dataclass(slots=True)
class Matching:
    """The entries of an answer by the numbers that they answer."""

    entries: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """The entries of each number asked for, in the order of the answer; repeats are kept."""
    ambiguous: set[str] = field(default_factory=set)
    """Asked numbers that share an entry, so that it is given to none of them."""
    unmatched: list[str] = field(default_factory=list)
    """Names of the entries that fit no asked number."""
    findings: tuple[str, ...] = ()
    """What is odd in the answer as a whole, in words for the user."""

    @property
    def is_doubtful(self) -> bool:
        """Whether a number without an entry may have had one, because something is odd in the answer."""
        return bool(self.findings)


def match_by_name(asked: Sequence[str], by: IdentifierField, entries: Sequence[dict[str, Any]]) -> Matching:
    """Match each entry to the number that it answers.

    Args:
        asked: the numbers, as they were asked for.
        by: the body field that they were sent in.
        entries: the entries of the answer.
    """
    matching = Matching()
    remaining = _match_exactly(asked, by, entries, matching)
    loose: dict[str, list[str]] = defaultdict(list)
    for number in asked:
        loose[_loose_form(number)].append(number)
    for entry in remaining:
        fitting = _fitting_numbers(entry, by, loose, given=matching.entries.keys())
        if len(fitting) == 1:
            matching.entries[fitting[0]].append(entry)
        elif fitting:
            matching.ambiguous.update(fitting)
        elif len(asked) == 1 and len(entries) == 1 and not fields.identifier(entry.get(by)).strip():
            matching.entries[asked[0]].append(entry)
        else:
            matching.unmatched.append(_display_name(entry, by))
    return matching


def _match_exactly(
    asked: Sequence[str], by: IdentifierField, entries: Sequence[dict[str, Any]], matching: Matching
) -> list[dict[str, Any]]:
    """Match the entries that have an asked number among their names; return the remaining ones."""
    exact = {normal_form(number): number for number in asked}
    remaining = []
    for entry in entries:
        named = next((exact[name] for name in _names(entry, by) if name in exact), None)
        if named is None:
            remaining.append(entry)
        else:
            matching.entries[named].append(entry)
    return remaining


def _display_name(entry: dict[str, Any], by: IdentifierField) -> str:
    """Return the name of an entry for a message; empty if it has none."""
    return fields.message(next((name for name in map(entry.get, (by, *_IDENTIFIERS)) if name), ""))[:60]


def is_same_number(name: str, number: str) -> bool:
    """Return whether a name may be that of a number, as `match_by_name` compares them."""
    return normal_form(name) == normal_form(number) or (
        _loose_form(name) == _loose_form(number) and _kind_codes_agree(name, number)
    )


def normal_form(name: str) -> str:
    """Return a number without blanks and separators, in capital letters."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).upper()


def _in_order(by: IdentifierField) -> tuple[IdentifierField, ...]:
    """Return the fields that name a patent, the one asked by first."""
    return (by, *(name for name in _IDENTIFIERS if name != by))


def _names(entry: dict[str, Any], by: IdentifierField) -> list[str]:
    """Return the names of an entry in their normal form, the one in the field asked by first."""
    names = (fields.identifier(entry.get(field_name)) for field_name in _in_order(by))
    return [normal_form(name) for name in names if name.strip()]


def _fitting_numbers(
    entry: dict[str, Any], by: IdentifierField, loose: dict[str, list[str]], *, given: Container[str]
) -> list[str]:
    """Return the asked numbers that an entry fits by its loose form, in the first field that fits any."""
    for field_name in _in_order(by):
        name = fields.identifier(entry.get(field_name))
        if not name.strip():
            continue
        fitting = [
            number
            for number in loose.get(_loose_form(name), ())
            if number not in given and _kind_codes_agree(name, number)
        ]
        if fitting:
            return fitting
    return []


def _kind_code(name: str) -> str:
    """Return the kind code at the end of a number; empty if there is none."""
    match = _KIND_CODE.search(normal_form(name))
    return match[1] if match else ""


def _kind_codes_agree(name: str, number: str) -> bool:
    """Return whether two numbers have the same kind code, or one of them has none."""
    first, second = _kind_code(name), _kind_code(number)
    return not first or not second or first == second


def _loose_form(name: str) -> str:
    """Return a number without kind code, check digit and padding zeros."""
    bare = _KIND_CODE.sub("", normal_form(_CHECK_DIGIT.sub("", name.strip())))
    bare = _US_SHORT_PUBLICATION.sub(r"US\g<1>0\2", bare) if _US_SHORT_PUBLICATION.fullmatch(bare) else bare
    match = _PARTS.fullmatch(bare)
    return f"{match[1]}{match[2]}{match[3].lstrip('0')}" if match else bare
