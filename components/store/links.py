"""Signed links, kept apart from the documents and only until they expire: whoever holds one can open the paper.

One row holds all links of a history that expire at the same time, in the order of its documents. The links of an answer
are signed together and so make one row, which costs a thirtieth of one row for each link. A list of documents is only
ever replaced by one that continues it, or its links are dropped: the order stays true.

A row is JSON: a list of addresses, `null` where there is none; or, a quarter as long, what all have in common and the
two parts in which each differs, `[[start, middle, end], part, part, ...]`. Until version 0.3 it was an object of
addresses by document id; such rows are read as long as they live.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

import orjson
from sqlalchemy import delete, exists, func, insert, select

from components.histories import DocumentList, FileHistory, Link, LinkColumns, SharedAddress
from components.store import document_lists, storable
from components.store.schema import aliases, histories, links
from components.store.transaction import StoreTransaction

LinksByExpiry = Mapping[datetime, LinkColumns]
"""The links of a history's documents in their order, those of each expiry by themselves."""


def unexpired(history: FileHistory, *, now: datetime) -> LinksByExpiry:
    """Return a history's links by expiry, without those that have expired."""
    columns = LinkColumns.of(history.links)
    ends = {end for end in columns.expires if end is not None and end > now}
    if len(ends) == 1 and set(columns.expires) == ends:  # as usual: the links of one answer are signed together
        return {ends.pop(): columns}
    pairs = list(zip(columns.urls, columns.expires, strict=True))
    return {end: _of_one_expiry([url if expires == end else None for url, expires in pairs], end) for end in ends}


def add_first(tx: StoreTransaction, arrivals: Iterable[tuple[int, LinksByExpiry]]) -> None:
    """Keep the links of histories that have none yet."""
    rows = [
        {"history": history_id, "expires": expires, "urls": _packed(columns)}
        for history_id, links_by_expiry in arrivals
        for expires, columns in links_by_expiry.items()
    ]
    if rows:
        tx.execute(insert(links), rows)


def add(tx: StoreTransaction, history_id: int, links_by_expiry: LinksByExpiry, *, documents: DocumentList) -> None:
    """Add links to those that the history has; of two links to one document, the one that expires later counts.

    The links of a history's first pages arrive again with each further page: they are not written again.

    Args:
        tx: a writing transaction.
        history_id: row of the history.
        links_by_expiry: the links that arrived.
        documents: the documents that they belong to; what is held begins or continues with the same.
    """
    if not links_by_expiry:
        return
    conditions = (links.c.history == history_id, links.c.expires.in_(list(links_by_expiry)))
    held = {row.expires: row.urls for row in tx.execute(select(links.c.expires, links.c.urls).where(*conditions))}
    changed: dict[datetime, LinkColumns] = {}
    for expires, columns in links_by_expiry.items():
        before = _unpacked(held[expires], documents) if expires in held else []
        after = [new or old for new, old in zip_longest(columns.urls, before)] if before else columns.urls
        if after != before:
            changed[expires] = _of_one_expiry(after, expires) if before else columns
    if changed:
        tx.execute(delete(links).where(links.c.history == history_id, links.c.expires.in_(list(changed))))
        add_first(tx, [(history_id, changed)])


def _of_one_expiry(urls: Sequence[str | None], expires: datetime) -> LinkColumns:
    """Return links that expire at the same time."""
    return LinkColumns(urls, [None if url is None else expires for url in urls])


def _packed(columns: LinkColumns) -> str:
    """Return addresses as JSON that both databases can hold."""
    shared = columns.shared
    if shared is not None:
        return orjson.dumps([shared[:3], *shared.parts]).decode()
    try:
        return orjson.dumps(columns.urls).decode()
    except TypeError:  # half a surrogate pair, or a column of another kind
        return orjson.dumps([None if url is None else storable.text(url) for url in columns.urls]).decode()


def _unpacked(packed: str, documents: DocumentList) -> list[str | None]:
    """Return the addresses of a row in the order of the documents."""
    row = orjson.loads(packed)
    if isinstance(row, dict):
        return [row.get(storable.text(document_id)) for document_id in documents.ids()]
    return _addresses(row)


def _addresses(row: Any) -> list[str | None]:  # noqa: ANN401 - JSON
    """Return the addresses of a row's JSON, in any order."""
    if isinstance(row, dict):
        return list(row.values())
    if row and isinstance(row[0], list):
        start, middle, end = row[0]
        return [*SharedAddress(start, middle, end, row[1:]).urls()]
    return list(row)


def drop(tx: StoreTransaction, history_id: int) -> None:
    """Delete the links of a history."""
    tx.execute(delete(links).where(links.c.history == history_id))


def find(tx: StoreTransaction, name: str, document_id: str) -> Link | None:
    """Return the unexpired link of one document of a kept history, by any of the history's names."""
    rows = tx.execute(
        select(links.c.urls, links.c.expires, histories.c.documents, histories.c.sha256)
        .join(histories, histories.c.id == links.c.history)
        .join(aliases, (aliases.c.source == histories.c.source) & (aliases.c.key == histories.c.key))
        .where(
            aliases.c.source == tx.source,
            aliases.c.name == storable.text(name),
            aliases.c.leads,
            histories.c.standing == "kept",
            links.c.expires > tx.now,
        )
        .order_by(links.c.expires.desc())
    ).all()
    documents = document_lists.unpack_or_none(rows[0].documents, rows[0].sha256) if rows else None
    if documents is None:
        return None
    ids = documents.ids()
    for row in rows:
        urls = dict(zip(ids, _unpacked(row.urls, documents), strict=False))
        if (url := urls.get(document_id)) is not None:
            return Link(url=url, expires=row.expires)
    return None


def linked_in(packed: str, documents: DocumentList) -> set[str]:
    """Return the ids of the documents to which a row has an address."""
    return {name for name, url in zip(documents.ids(), _unpacked(packed, documents), strict=False) if url is not None}


def any_expired(tx: StoreTransaction) -> bool:
    """Return whether there is anything to purge, of any source."""
    return bool(tx.execute(select(exists().where(links.c.expires <= tx.now))).scalar_one())


def next_end(tx: StoreTransaction) -> datetime | None:
    """Return when the first of all links ends, of any source; `None` if there are none."""
    end: datetime | None = tx.execute(select(func.min(links.c.expires))).scalar_one()
    return end


def purge(tx: StoreTransaction) -> int:
    """Delete all links that have expired, of any source, and return how many there were."""
    expired = links.c.expires <= tx.now
    rows = tx.execute(select(links.c.urls).where(expired)).scalars()
    count = sum(sum(url is not None for url in _addresses(orjson.loads(urls))) for urls in rows)
    tx.execute(delete(links).where(expired))
    return count
