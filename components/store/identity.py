"""Which kept history an answer belongs to: one application is one history, by whatever number it was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.histories import FileHistory
from components.store import storable


@dataclass(frozen=True)
class Place:
    """Where an answer is to be kept."""

    key: str
    absorbed: tuple[str, ...]
    """Histories kept so far under keys of their own, which turn out to be the same application."""


def own_names(history: FileHistory, asked: Sequence[str]) -> list[str]:
    """Give the names that say which application it is; what it was asked by only where it says nothing itself.

    Raises:
        ValueError: it has no name at all, and nobody asked for one.
    """
    own = [storable.text(name) for name in (history.apno, history.patent_id, history.patent_number) if name]
    own = own or [storable.text(name) for name in asked if name]
    if not own:
        raise ValueError("a file history without any name cannot be found again")
    return own


def key_of(history: FileHistory, asked: Sequence[str]) -> str:
    """Give the key of a history of which nothing is held yet."""
    return storable.text(history.name) or own_names(history, asked)[0]


def place(
    history: FileHistory, asked: Sequence[str], *, keys: Mapping[str, str], applications: Mapping[str, str]
) -> Place:
    """Find where an answer belongs.

    The application number decides, so a publication and its grant become one history. An answer without one belongs to
    the history that has its PatSnap id or its patent number. Two application numbers never become one history, even if
    a patent number is said to belong to both.

    Args:
        history: what has arrived.
        asked: what it was asked by.
        keys: the key of the held history of each name that has one.
        applications: the application number of each held history by key, empty where it has none.
    """
    known = list(dict.fromkeys(keys[name] for name in own_names(history, asked) if name in keys))
    apno = storable.text(history.apno)
    if not apno:
        apno = applications.get(known[0], "") if known else ""
    key = apno or (known[0] if known else key_of(history, asked))
    same = [other for other in known if other != key and applications.get(other, "") in ("", apno)]
    return Place(key=key, absorbed=tuple(same))
