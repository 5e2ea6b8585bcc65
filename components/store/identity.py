"""Which kept history an answer belongs to: one application is one history, by whatever number it was asked for.

A history's key is its application number; as long as that is not known, the first number by which it was found. An
application number that is learned later becomes the key, and the earlier key leads to it from then on.

| the answer and a held history | then they are |
|---|---|
| have two different application numbers | two histories |
| share an application or publication number | one history |
| share only PatSnap's id, or the number asked for, and belong to different offices | two histories |
| share PatSnap's id, or the number asked for | one history |

The first row that fits decides. An answer to a question by application number is about that application, unless it
states another. If an answer has no number at all, the number asked for stands in for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from components.histories import FileHistory, office_of
from components.numbers import parse
from components.store import storable


@dataclass(frozen=True, slots=True)
class HeldIdentity:
    """What tells a held history from others."""

    key: str
    apno: str
    """Empty where it is not known."""
    office: str
    """Empty where it is not known."""


@dataclass(frozen=True, slots=True)
class MatchedHistory:
    """The history to which an answer belongs."""

    key: str
    merged: tuple[str, ...]
    """Keys of histories that were kept separately and turn out to be the same application."""


def with_application_number(history: FileHistory, asked: Sequence[str]) -> FileHistory:
    """Return the history with the application number that it was asked for by, if it states none itself."""
    for name in asked if not history.apno else ():
        readings = [reading for number in parse(name) for reading in number.readings]
        if [reading.field for reading in readings if reading.normalised == name] == ["apno"]:
            return replace(history, apno=name)
    return history


def own_names(history: FileHistory, asked: Sequence[str]) -> list[str]:
    """Return the names that say which application it is, the most reliable first.

    These are its numbers, PatSnap's id and the numbers asked for.

    Raises:
        ValueError: it has no name at all, and nobody asked for one.
    """
    own = [*_numbers(history, asked), *(storable.text(name) for name in (history.patent_id, *asked))]
    own = list(dict.fromkeys(name for name in own if name))
    if not own:
        raise ValueError("a file history without any name cannot be found again")
    return own


def key_of(history: FileHistory, asked: Sequence[str]) -> str:
    """Return the key of a history of which nothing is held yet."""
    return own_names(history, asked)[0]


def match_history(
    history: FileHistory,
    asked: Sequence[str],
    *,
    keys_by_name: Mapping[str, Sequence[str]],
    held: Mapping[str, HeldIdentity],
) -> MatchedHistory:
    """Return the history to which an answer belongs, by the table at the top of this module.

    Args:
        history: what has arrived.
        asked: the numbers that it was asked for by.
        keys_by_name: the keys of the held histories that have a name, beginning with the one to which it leads.
        held: those histories by key.
    """
    numbers = _numbers(history, asked)
    apno, office = storable.text(history.apno), office_of(*numbers)
    same: list[str] = []
    for name, other in _candidates(own_names(history, asked), keys_by_name, held):
        if apno and other.apno and apno != other.apno:
            continue
        if name not in numbers and office and other.office and office != other.office:
            continue
        same.append(other.key)
        if other.apno and not apno:
            apno, office = other.apno, other.office
        office = office or other.office
    key = apno or (same[0] if same else key_of(history, asked))
    return MatchedHistory(key=key, merged=tuple(other for other in same if other != key))


def _numbers(history: FileHistory, asked: Sequence[str]) -> list[str]:
    """Return the history's own numbers; if it has none, the numbers asked for."""
    numbers = [number for number in (history.apno, history.patent_number) if number]
    return [storable.text(number) for number in numbers or asked if number]


def _candidates(
    names: Sequence[str], keys_by_name: Mapping[str, Sequence[str]], held: Mapping[str, HeldIdentity]
) -> Iterator[tuple[str, HeldIdentity]]:
    """Yield each held history once, with the most reliable name that it shares with the answer."""
    seen: set[str] = set()
    for name in names:
        for key in keys_by_name.get(name, ()):
            if key in held and key not in seen:
                seen.add(key)
                yield name, held[key]
