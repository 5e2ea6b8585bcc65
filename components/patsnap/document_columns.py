"""The documents of one answer as columns, because one answer may hold 10,000 of them.

Every member of `doc_detail` becomes one row, whatever is in it. A value that cannot be used is missing and counted.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from components.histories import Link
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
    links: list[Link | None] = field(default_factory=list, repr=False)
    tally: Counter[CountedFinding] = field(default_factory=Counter)
    """Values that were given but could not be used, and members of the list that are no documents."""
    damage: tuple[str, ...] = ()
    """What is wrong with letters, in words for the user."""

    def __len__(self) -> int:
        return len(self.date)

    def keys(self) -> list[DocumentKey]:
        """Return the key of each document."""
        paths = ("" if link is None else link.url.partition("?")[0] for link in self.links)
        return list(zip(paths, self.date, self.code, self.description, self.pages, strict=True))

    def append_row(self, other: "DocumentColumns", row: int) -> None:
        """Append a row of another answer."""
        self.date.append(other.date[row])
        self.code.append(other.code[row])
        self.description.append(other.description[row])
        self.pages.append(other.pages[row])
        self.links.append(other.links[row])


def read_documents(listed: Sequence[Any], *, retrieved: datetime, plain_origins: Sequence[str] = ()) -> DocumentColumns:
    """Read `doc_detail` into columns.

    Args:
        listed: what the service listed; a document that is no object becomes an empty row.
        retrieved: when the answer arrived (UTC, aware).
        plain_origins: see `LinkReader`.
    """
    latest = (datetime.now(UTC).year + _YEARS_AHEAD) * 10000 + 1231
    rows = [document if isinstance(document, dict) else {} for document in listed]
    read_link = LinkReader(retrieved, plain_origins).read
    codes, code_texts = _column(rows, "doc_code", fields.identifier)
    titles, title_texts = _column(rows, "description", fields.text)
    columns = DocumentColumns(
        date=_column(rows, "date", lambda raw: fields.calendar_day(raw, latest=latest))[0],
        code=codes,
        description=titles,
        pages=_column(rows, "page_number", fields.page_count)[0],
        links=[read_link(row.get("path")) for row in rows],
        damage=_damage_of(code_texts | title_texts),
    )
    columns.tally[NO_DOCUMENT] = sum(not isinstance(document, dict) for document in listed)
    for name, column, missing in (
        ("date", columns.date, None),
        ("doc_code", codes, ""),
        ("description", titles, ""),
        ("page_number", columns.pages, None),
    ):
        if missing in column:
            columns.tally[UNREADABLE[name]] = _count_unreadable(rows, name, column, missing)
    return columns


def _damage_of(texts: Collection[str]) -> tuple[str, ...]:
    """Return what is wrong with the letters of any of these, as they were sent."""
    damage = (DAMAGED_LETTERS,) if any("\N{REPLACEMENT CHARACTER}" in text for text in texts) else ()
    return (*damage, CONTROL_CHARACTERS) if any(map(fields.has_control_characters, texts)) else damage


def _column(rows: Sequence[dict[str, Any]], name: str, read: Callable[[Any], T]) -> tuple[list[T], set[str]]:
    """Return one field of every row, and the different texts that were sent for it; equal values are read once."""
    raws = [row.get(name) for row in rows]
    if _READ_ONCE.issuperset(map(type, raws)):
        different = set(raws)
        once = {raw: read(raw) for raw in different}
        return [once[raw] for raw in raws], {raw for raw in different if isinstance(raw, str)}
    # 1, 1.0 and true are equal here and not in JSON; lists have no hash.
    return [read(raw) for raw in raws], {raw for raw in raws if isinstance(raw, str)}


def _count_unreadable(rows: Sequence[dict[str, Any]], name: str, column: Sequence[object], missing: object) -> int:
    """Return how many values were given but could not be used."""
    return sum(value == missing and fields.is_given(row.get(name)) for row, value in zip(rows, column, strict=True))
