"""The documents of one answer as columns, because one answer may hold 10,000 of them.

Every member of `doc_detail` becomes one row, whatever is in it. A value that cannot be used is missing and counted.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from components.histories import LinkColumns, SharedAddress
from components.patsnap import fields
from components.patsnap.findings import (
    CONTROL_CHARACTERS,
    DAMAGED_LETTERS,
    NO_DOCUMENT,
    UNREADABLE,
    CountedFinding,
)
from components.patsnap.links import LinkReader

_YEARS_AHEAD = 2
"""Dates of documents lie at most so many years ahead."""

_READ_ONCE = frozenset({str, int, type(None)})
"""Types of values of which equal ones are the same."""

_DAMAGES = (DAMAGED_LETTERS, CONTROL_CHARACTERS)

T = TypeVar("T")

DocumentKey = tuple[str, int | None, str, str, int | None]
"""What makes documents different: path without its query, date, code, description, pages."""


@dataclass(slots=True)
class DocumentColumns:
    """Documents as parallel columns."""

    date: list[int | None] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)
    urls: list[str | None] = field(default_factory=list, repr=False)
    """The address of each document; `None` where it has none that may be opened."""
    expires: list[datetime | None] = field(default_factory=list)
    """When each address ends (UTC, aware)."""
    shared: SharedAddress | None = field(default=None, repr=False)
    """See `LinkColumns.shared`."""
    tally: Counter[CountedFinding] = field(default_factory=Counter)
    """Values that were given but could not be used, and members of the list that are no documents."""
    damage: tuple[str, ...] = ()
    """What is wrong with letters, in words for the user."""

    def __len__(self) -> int:
        return len(self.date)

    def keys(self) -> list[DocumentKey]:
        """Return the key of each document."""
        paths = ("" if url is None else url.partition("?")[0] for url in self.urls)
        return list(zip(paths, self.date, self.code, self.description, self.pages, strict=True))

    @property
    def links(self) -> LinkColumns:
        """The link of each document, whatever is appended later."""
        return LinkColumns(tuple(self.urls), tuple(self.expires), self.shared)

    def extend(self, other: "DocumentColumns", rows: Sequence[int]) -> None:
        """Append some rows of another answer."""
        columns: tuple[tuple[list[Any], list[Any]], ...] = (
            (self.date, other.date),
            (self.code, other.code),
            (self.description, other.description),
            (self.pages, other.pages),
            (self.urls, other.urls),
            (self.expires, other.expires),
        )
        for mine, others in columns:
            mine.extend(map(others.__getitem__, rows))
        self.shared = None


class DocumentReader:
    """Reads the documents of one answer, each different value once.

    Args:
        retrieved: when the answer arrived (UTC, aware).
        plain_origins: see `LinkReader`.
    """

    def __init__(self, retrieved: datetime, plain_origins: Sequence[str] = ()) -> None:
        latest = (datetime.now(UTC).year + _YEARS_AHEAD) * 10000 + 1231
        self._links = LinkReader(retrieved, plain_origins)
        self._dates = _ColumnReader(partial(fields.calendar_day, latest=latest))
        self._codes = _ColumnReader(fields.identifier)
        self._titles = _ColumnReader(fields.text)
        self._pages = _ColumnReader(fields.page_count)

    def read(self, listed: Sequence[Any]) -> DocumentColumns:
        """Read `doc_detail` into columns; a member that is no object becomes an empty row."""
        rows: Sequence[dict[str, Any]] = listed
        strangers = 0
        if not {dict}.issuperset(map(type, listed)):
            rows = [document if isinstance(document, dict) else {} for document in listed]
            strangers = sum(not isinstance(document, dict) for document in listed)
        sent = _fields_of(rows)
        linked = self._links.read_all(sent.path)
        codes, code_damage = self._codes.read(sent.doc_code)
        titles, title_damage = self._titles.read(sent.description)
        columns = DocumentColumns(
            date=self._dates.read(sent.date)[0],
            code=codes,
            description=titles,
            pages=self._pages.read(sent.page_number)[0],
            urls=list(linked.urls),
            expires=list(linked.expires),
            shared=linked.shared,
            damage=tuple(words for words in _DAMAGES if words in code_damage or words in title_damage),
        )
        columns.tally[NO_DOCUMENT] = strangers
        for name, raws, column, missing in (
            ("date", sent.date, columns.date, None),
            ("doc_code", sent.doc_code, codes, ""),
            ("description", sent.description, titles, ""),
            ("page_number", sent.page_number, columns.pages, None),
        ):
            if missing in column:
                columns.tally[UNREADABLE[name]] = _count_unreadable(raws, column, missing)
        return columns


class _SentFields(NamedTuple):
    """The fields of some documents as they were sent; `None` where one was not."""

    date: Sequence[object] = ()
    doc_code: Sequence[object] = ()
    description: Sequence[object] = ()
    page_number: Sequence[object] = ()
    path: Sequence[object] = ()


_all_fields = itemgetter(*_SentFields._fields)


def _fields_of(rows: Sequence[dict[str, Any]]) -> _SentFields:
    """Return the fields of some documents as columns."""
    try:
        return _SentFields(*zip(*map(_all_fields, rows), strict=True))
    except KeyError:
        return _SentFields(*([row.get(name) for row in rows] for name in _SentFields._fields))


class _ColumnReader(Generic[T]):
    """Reads one field of all documents of an answer; equal values are read once."""

    def __init__(self, read: Callable[[Any], T]) -> None:
        self._read = read
        self._once: dict[object, T] = {}
        self._damaged: dict[object, tuple[str, ...]] = {}

    def read(self, raws: Sequence[object]) -> tuple[list[T], frozenset[str]]:
        """Return what was read of each value, and what is wrong with their letters, in words for the user."""
        if not _READ_ONCE.issuperset(map(type, raws)):
            # 1, 1.0 and true are equal here and not in JSON; lists have no hash.
            texts = [raw for raw in raws if isinstance(raw, str)]
            return [self._read(raw) for raw in raws], frozenset(words for text in texts for words in _damage_of(text))
        once, damaged = self._once, self._damaged
        different = set(raws)
        for raw in different.difference(once):
            once[raw] = self._read(raw)
            if isinstance(raw, str) and (damage := _damage_of(raw)):
                damaged[raw] = damage
        found = frozenset(words for raw in different & damaged.keys() for words in damaged[raw])
        return list(map(once.__getitem__, raws)), found


def _damage_of(text: str) -> tuple[str, ...]:
    """Return what is wrong with the letters of a text as it was sent."""
    if "\N{REPLACEMENT CHARACTER}" not in text and text.isprintable():
        return ()
    damage = (DAMAGED_LETTERS,) if "\N{REPLACEMENT CHARACTER}" in text else ()
    return (*damage, CONTROL_CHARACTERS) if fields.has_control_characters(text) else damage


def _count_unreadable(raws: Sequence[object], column: Sequence[object], missing: object) -> int:
    """Return how many values were given but could not be used."""
    return sum(value == missing and fields.is_given(raw) for raw, value in zip(raws, column, strict=True))
