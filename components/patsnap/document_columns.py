"""The documents of one answer as columns, because one answer may hold 10,000 of them.

Every member of `doc_detail` becomes one row, whatever is in it. A value that cannot be used is missing (`None`) and
counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from components.histories import Link
from components.patsnap import fields
from components.patsnap.links import LinkReader

_YEARS_AHEAD = 2
"""Dates of documents lie at most so many years ahead."""

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
    unusable: int = 0
    """Count of values that were given but could not be used."""

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
    dates = _column(rows, "date", lambda raw: fields.calendar_day(raw, latest=latest))
    pages = _column(rows, "page_number", fields.count)
    unusable = sum(not isinstance(document, dict) for document in listed)
    unusable += _count_unusable(rows, "page_number", pages)
    return DocumentColumns(
        date=dates,
        code=_column(rows, "doc_code", fields.identifier),
        description=_column(rows, "description", fields.text),
        pages=pages,
        links=[read_link(row.get("path")) for row in rows],
        unusable=unusable,
    )


def _column(rows: Sequence[dict[str, Any]], name: str, read: Callable[[Any], T]) -> list[T]:
    """Return one field of every row. Equal values are read once; `True` and `1` are not equal here."""
    read_before: dict[object, T] = {}
    column: list[T] = []
    for row in rows:
        raw = row.get(name)
        if type(raw) is not str and type(raw) is not int:
            column.append(read(raw))
            continue
        if raw not in read_before:
            read_before[raw] = read(raw)
        column.append(read_before[raw])
    return column


def _count_unusable(rows: Sequence[dict[str, Any]], name: str, column: Sequence[object]) -> int:
    """Return how many values were given but could not be used."""
    if None not in column:
        return 0
    return sum(value is None and row.get(name) not in (None, "") for row, value in zip(rows, column, strict=True))
