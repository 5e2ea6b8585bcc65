"""Which entry of an answer belongs to which number that was asked: by what it is called, never by where it stands.

An entry is called by its `patent_number`, `patent_id` and `apno`. Names are compared without blanks, slashes, commas,
hyphens and case (`US 11,205,304 B2` is `US11205304B2`); if that finds nothing, also without kind code, check digit and
padding zeros, but two different kind codes are never equal: a B1 is not a B2.

Decided where the service leaves it open:

* One number asked, one entry back that has no name of the kind asked for: it is the answer. One that has *another*
  name is not: it belongs to somebody else's question, and is refused as such.
* An entry whose name fits two asked numbers (asked for B1 and B2, answered without kind code) is given to neither.
* Entries that nobody asked for are left out and counted.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any

from components.patsnap import fields
from components.patsnap.spend_hook import Field

_IDENTIFIERS: tuple[Field, ...] = ("patent_number", "patent_id", "apno")
_SEPARATORS = re.compile(r"[\W_]+")
_CHECK_DIGIT = re.compile(r"\.[0-9Xx]$")
_KIND = re.compile(r"(?<=[0-9])([A-Z][0-9]?)$")
_PARTS = re.compile(r"([A-Z]*?)([A-Z]{0,4}?)([0-9]+)")
_US_SHORT_PUBLICATION = re.compile(r"US((?:19|20)[0-9]{2})([0-9]{6})")


@dataclass(slots=True)
class Matching:
    """Entries given to the numbers asked for."""

    found: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """Asked number to its entries, in the order of the answer; repeats are kept."""
    ambiguous: set[str] = field(default_factory=set)
    """Asked numbers that share an entry, so that it is nobody's."""
    unmatched: list[str] = field(default_factory=list)
    """What the entries are called that nobody asked for."""


def match(asked: Sequence[str], by: Field, entries: Sequence[dict[str, Any]]) -> Matching:
    """Give each entry to the number that it answers."""
    matching = Matching()
    others = _match_exactly(asked, by, entries, matching)
    loose: dict[str, list[str]] = defaultdict(list)
    for number in asked:
        loose[_loose_form(number)].append(number)
    for entry in others:
        fitting = _fitting_numbers(entry, by, loose, given=matching.found.keys())
        if len(fitting) == 1:
            matching.found[fitting[0]].append(entry)
        elif fitting:
            matching.ambiguous.update(fitting)
        elif len(asked) == 1 and len(entries) == 1 and not fields.identifier(entry.get(by)).strip():
            matching.found[asked[0]].append(entry)
        else:
            matching.unmatched.append(_display_name(entry, by))
    return matching


def _match_exactly(
    asked: Sequence[str], by: Field, entries: Sequence[dict[str, Any]], matching: Matching
) -> list[dict[str, Any]]:
    """Give away the entries that bear an asked number among their names; return the others."""
    exact = {normal_form(number): number for number in asked}
    others = []
    for entry in entries:
        named = next((exact[name] for name in _names(entry, by) if name in exact), None)
        if named is None:
            others.append(entry)
        else:
            matching.found[named].append(entry)
    return others


def _display_name(entry: dict[str, Any], by: Field) -> str:
    """Return what an entry is called, for a message; empty if it has no name at all."""
    return fields.message(next((name for name in map(entry.get, (by, *_IDENTIFIERS)) if name), ""))[:60]


def normal_form(name: str) -> str:
    """Give a number without blanks, separators and case."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).upper()


def _in_order(by: Field) -> tuple[Field, ...]:
    """Give the fields in which an entry is named, the one asked by first."""
    return (by, *(name for name in _IDENTIFIERS if name != by))


def _names(entry: dict[str, Any], by: Field) -> list[str]:
    """Give the names of an entry, that of the kind asked for first."""
    names = (fields.identifier(entry.get(field)) for field in _in_order(by))
    return [normal_form(name) for name in names if name.strip()]


def _fitting_numbers(
    entry: dict[str, Any], by: Field, loose: dict[str, list[str]], *, given: Container[str]
) -> list[str]:
    for field_name in _in_order(by):
        name = fields.identifier(entry.get(field_name))
        if not name.strip():
            continue
        fitting = [
            number for number in loose.get(_loose_form(name), ()) if number not in given and _kinds_agree(name, number)
        ]
        if fitting:
            return fitting
    return []


def _kind(name: str) -> str:
    found = _KIND.search(normal_form(name))
    return found[1] if found else ""


def _kinds_agree(name: str, number: str) -> bool:
    first, second = _kind(name), _kind(number)
    return not first or not second or first == second


def _loose_form(name: str) -> str:
    """Give a number without kind code, check digit and the zeros that pad it."""
    bare = _KIND.sub("", normal_form(_CHECK_DIGIT.sub("", name.strip())))
    bare = _US_SHORT_PUBLICATION.sub(r"US\g<1>0\2", bare) if _US_SHORT_PUBLICATION.fullmatch(bare) else bare
    found = _PARTS.fullmatch(bare)
    return f"{found[1]}{found[2]}{found[3].lstrip('0')}" if found else bare
