"""Signed links, kept apart from the documents and only until they expire: whoever holds one can open the paper.

One row holds all links of a history that expire at the same time, by document id. The links of an answer are signed
together and so make one row, which costs a thirtieth of one row for each link.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

import orjson
from sqlalchemy import delete, exists, insert, select

from components.histories import FileHistory, Link, LinkColumns
from components.store import storable
from components.store.schema import aliases, histories, links
from components.store.transaction import StoreTransaction

UrlsByExpiry = dict[datetime, dict[str, str]]


def unexpired(history: FileHistory, *, now: datetime) -> UrlsByExpiry:
    """Return the addresses of a history's links by expiry and document id, without those that have expired."""
    links_held = LinkColumns.of(history.links)
    ends = {end for end in links_held.expires if end is not None and end > now}
    if not ends:
        return {}
    ids = history.documents.ids()
    if len(ends) == 1 and set(links_held.expires) == ends:  # as usual: the links of one answer are signed together
        return {ends.pop(): dict(zip(ids, cast("Sequence[str]", links_held.urls), strict=False))}
    urls_by_expiry: UrlsByExpiry = defaultdict(dict)
    for document_id, url, end in zip(ids, links_held.urls, links_held.expires, strict=False):
        if url is not None and end in ends:
            urls_by_expiry[end][document_id] = url
    return urls_by_expiry


def add_first(tx: StoreTransaction, arrivals: Iterable[tuple[int, UrlsByExpiry]]) -> None:
    """Keep the links of histories that have none yet."""
    rows = [
        {"history": history_id, "expires": expires, "urls": _packed(urls)}
        for history_id, urls_by_expiry in arrivals
        for expires, urls in urls_by_expiry.items()
    ]
    if rows:
        tx.execute(insert(links), rows)


def add(tx: StoreTransaction, history_id: int, urls_by_expiry: UrlsByExpiry) -> None:
    """Add links to those that the history has; of two links to one document, the one that expires later counts.

    The links of a history's first pages arrive again with each further page: they are not written again.
    """
    if not urls_by_expiry:
        return
    conditions = (links.c.history == history_id, links.c.expires.in_(list(urls_by_expiry)))
    held = {row.expires: row.urls for row in tx.execute(select(links.c.expires, links.c.urls).where(*conditions))}
    changed = {
        expires: _packed({**orjson.loads(held[expires]), **urls} if expires in held else urls)
        for expires, urls in urls_by_expiry.items()
    }
    changed = {expires: packed for expires, packed in changed.items() if held.get(expires) != packed}
    if not changed:
        return
    tx.execute(delete(links).where(links.c.history == history_id, links.c.expires.in_(list(changed))))
    tx.execute(
        insert(links),
        [{"history": history_id, "expires": expires, "urls": packed} for expires, packed in changed.items()],
    )


def _packed(urls: Mapping[str, str]) -> str:
    """Return addresses by document id as JSON that both databases can hold."""
    try:
        packed = orjson.dumps(urls).decode()
    except TypeError:  # half a surrogate pair
        packed = ""
    # JSON spells NUL in such a way that both databases could hold it, but a link is looked for by the id without it.
    if not packed or "\\u0000" in packed:
        packed = orjson.dumps({storable.text(name): storable.text(url) for name, url in urls.items()}).decode()
    return packed


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
