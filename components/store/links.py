"""Signed links, kept apart from the documents and only until they expire: whoever holds one can open the paper.

One row holds all links of a history that expire at the same time, by document id. The links of an answer are signed
together and so make one row, which costs a thirtieth of one row for each link.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import orjson
from sqlalchemy import delete, exists, insert, select

from components.histories import FileHistory, Link
from components.store import storable
from components.store.schema import aliases, histories, links
from components.store.transaction import StoreTransaction

UrlsByExpiry = dict[datetime, dict[str, str]]


def unexpired(history: FileHistory, *, now: datetime) -> UrlsByExpiry:
    """Return the addresses of a history's links by expiry and document id, without those that have expired."""
    urls_by_expiry: UrlsByExpiry = defaultdict(dict)
    if any(history.links):
        for document_id, link in zip(history.documents.ids(), history.links, strict=False):
            if link is not None and link.expires > now:
                urls_by_expiry[link.expires][storable.text(document_id)] = storable.text(link.url)
    return urls_by_expiry


def add_first(tx: StoreTransaction, arrivals: Iterable[tuple[int, UrlsByExpiry]]) -> None:
    """Keep the links of histories that have none yet."""
    rows = [
        {"history": history_id, "expires": expires, "urls": orjson.dumps(urls).decode()}
        for history_id, urls_by_expiry in arrivals
        for expires, urls in urls_by_expiry.items()
    ]
    if rows:
        tx.execute(insert(links), rows)


def add(tx: StoreTransaction, history_id: int, urls_by_expiry: UrlsByExpiry) -> None:
    """Add links to those that the history has; of two links to one document, the one that expires later counts."""
    if not urls_by_expiry:
        return
    conditions = (links.c.history == history_id, links.c.expires.in_(list(urls_by_expiry)))
    for row in tx.execute(select(links.c.expires, links.c.urls).where(*conditions)):
        urls_by_expiry[row.expires] = {**orjson.loads(row.urls), **urls_by_expiry[row.expires]}
    tx.execute(delete(links).where(*conditions))
    add_first(tx, [(history_id, urls_by_expiry)])


def drop(tx: StoreTransaction, history_id: int) -> None:
    """Delete the links of a history."""
    tx.execute(delete(links).where(links.c.history == history_id))


def find(tx: StoreTransaction, name: str, document_id: str) -> Link | None:
    """Return the unexpired link of one document of a kept history, by any of the history's names."""
    rows = tx.execute(
        select(links.c.urls, links.c.expires)
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
    )
    wanted = storable.text(document_id)
    for row in rows:
        url = orjson.loads(row.urls).get(wanted)
        if url is not None:
            return Link(url=url, expires=row.expires)
    return None


def any_expired(tx: StoreTransaction) -> bool:
    """Return whether there is anything to purge, of any source."""
    return bool(tx.execute(select(exists().where(links.c.expires <= tx.now))).scalar_one())


def purge(tx: StoreTransaction) -> int:
    """Delete all links that have expired, of any source, and return how many there were."""
    expired = links.c.expires <= tx.now
    count = sum(len(orjson.loads(urls)) for urls in tx.execute(select(links.c.urls).where(expired)).scalars())
    tx.execute(delete(links).where(expired))
    return count
