"""PDFs that were fetched, kept so that a paper opened once opens for ever; beyond a limit, the least recently used go.

They belong to the key of a file history and the id of a document, not to the row of a retrieval, and so survive a
refresh. If a refresh makes an id mean another paper (see `drop_changed`), its PDF is deleted and fetched again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, Table, and_, delete, func, insert, select, update

from components.histories import DocumentList, PaperRef
from components.store import page_texts, storable
from components.store.document_lists import begins_with
from components.store.schema import aliases, paper_files, pdfs
from components.store.transaction import StoreTransaction

USE_NOTED_AFTER = timedelta(hours=1)
"""The time of the last use is updated at most this often: an update costs a transaction."""


_OF_DOCUMENTS = (pdfs, paper_files)
"""The tables whose rows are of documents; a PDF may have gone while what was read of it stays."""
_Selected = TypeVar("_Selected", bound=Select[Any])


class KeptPdf(NamedTuple):
    """A PDF as it is kept."""

    id: int
    sha256: str
    used_at: datetime
    data: bytes

    def is_sound(self) -> bool:
        """Return whether the data are those that were kept."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256


def find(tx: StoreTransaction, name: str, document: str) -> KeptPdf | None:
    """Return the kept PDF of a document, by any name of its history."""
    kept = select(pdfs.c.id, pdfs.c.sha256, pdfs.c.used_at, pdfs.c.data)
    row = tx.execute(_of_document(kept, tx, name, document)).one_or_none()
    return None if row is None else KeptPdf(row.id, row.sha256, row.used_at, bytes(row.data))


def digest(tx: StoreTransaction, name: str, document: str) -> str | None:
    """Return the SHA-256 of the kept PDF of a document, noted when it was kept, without reading the PDF."""
    return tx.execute(_of_document(select(pdfs.c.sha256), tx, name, document)).scalar_one_or_none()


def sizes(tx: StoreTransaction, keys: Iterable[str]) -> dict[PaperRef, int]:
    """Return how many bytes the kept PDFs of some histories have, by key."""
    remaining, found = iter(keys), {}
    while batch := list(islice(remaining, storable.BATCH_SIZE)):
        kept = select(pdfs.c.history, pdfs.c.document, pdfs.c.size)
        rows = tx.execute(kept.where(pdfs.c.source == tx.source, pdfs.c.history.in_(batch)))
        found.update({PaperRef(row.history, row.document): int(row.size) for row in rows})
    return found


def _of_document(kept: _Selected, tx: StoreTransaction, name: str, document: str) -> _Selected:
    """Return a selection held to the kept PDF of a document, by any name of its history."""
    return kept.join(aliases, and_(aliases.c.source == pdfs.c.source, aliases.c.key == pdfs.c.history)).where(
        pdfs.c.source == tx.source,
        aliases.c.name == storable.text(name),
        aliases.c.leads,
        pdfs.c.document == storable.text(document),
    )


def keep(tx: StoreTransaction, key: str, document: str, data: bytes) -> None:
    """Keep a PDF in place of the one kept of this document before."""
    document = storable.text(document)
    conditions = (pdfs.c.source == tx.source, pdfs.c.history == key, pdfs.c.document == document)
    tx.execute(delete(pdfs).where(*conditions))
    tx.execute(
        insert(pdfs).values(
            source=tx.source,
            history=key,
            document=document,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            kept_at=tx.now,
            used_at=tx.now,
            data=data,
        )
    )


def note_use(tx: StoreTransaction, pdf: int) -> None:
    """Record that a PDF was opened now."""
    tx.execute(update(pdfs).where(pdfs.c.id == pdf).values(used_at=tx.now))


def drop(tx: StoreTransaction, ids: Iterable[int]) -> None:
    """Delete PDFs by their ids in the store."""
    _drop(tx, pdfs, ids)


def _drop(tx: StoreTransaction, table: Table, ids: Iterable[int]) -> None:
    remaining = iter(ids)
    while batch := list(islice(remaining, storable.BATCH_SIZE)):
        tx.execute(delete(table).where(table.c.id.in_(batch)))


def total_bytes(tx: StoreTransaction) -> int:
    """Return how many bytes all kept PDFs take, of any source."""
    return int(tx.execute(select(func.coalesce(func.sum(pdfs.c.size), 0))).scalar_one())


def make_room(tx: StoreTransaction, limit: int) -> None:
    """Delete the least recently used PDFs, of any source, until the others take at most `limit` bytes."""
    excess = total_bytes(tx) - limit
    if excess <= 0:
        return
    dropped = []
    for pdf, size in tx.execute(select(pdfs.c.id, pdfs.c.size).order_by(pdfs.c.used_at, pdfs.c.id)):
        if excess <= 0:
            break
        dropped.append(pdf)
        excess -= size
    drop(tx, dropped)


def merge(
    tx: StoreTransaction,
    lists: Mapping[str, DocumentList | None],
    key: str,
    *,
    staying_key: str,
    staying_list: DocumentList | None,
) -> None:
    """Move the PDFs of histories that turned out to be one, if their ids mean the same paper in the list that stays.

    What was read of documents moves like their PDFs.

    Args:
        tx: a writing transaction.
        lists: the list of each history by its key until now; `None` where it cannot be read.
        key: the key from now on.
        staying_key: the key, until now, of the history whose list stays.
        staying_list: the list that stays; `None` if it cannot be read.
    """
    for table in _OF_DOCUMENTS:
        _merge(tx, table, lists, key, staying_key=staying_key, staying_list=staying_list)
    page_texts.drop_left(tx)


def _merge(
    tx: StoreTransaction,
    table: Table,
    lists: Mapping[str, DocumentList | None],
    key: str,
    *,
    staying_key: str,
    staying_list: DocumentList | None,
) -> None:
    """Move the rows of one table of documents, as `merge` does."""
    kept: set[str] = set()
    for history in [staying_key, *(name for name in lists if name != staying_key)]:
        conditions = (table.c.source == tx.source, table.c.history == history)
        rows = tx.execute(select(table.c.id, table.c.document).where(*conditions)).all()
        if not rows:
            continue
        before = lists.get(history)
        unchanged = frozenset() if before is None or staying_list is None else _unchanged_ids(before, staying_list)
        staying = {row.document for row in rows if history == staying_key or row.document in unchanged} - kept
        _drop(tx, table, (row.id for row in rows if row.document not in staying))
        kept |= staying
    moved = [history for history in lists if history != key]
    # Those under `key` itself stay where they are; of the others, no document is left that `key` has already.
    tx.execute(update(table).where(table.c.source == tx.source, table.c.history.in_(moved)).values(history=key))


def drop_changed(tx: StoreTransaction, key: str, *, before: DocumentList | None, after: DocumentList) -> None:
    """Delete the PDFs of documents whose id may mean another paper in the list that replaces the one held.

    What was read of these documents goes, too.

    An id counts the equal codes of a day in the order listed, so it is only as reliable as the list of that day and
    code: where papers were added to it, removed from it or reordered, none of its ids is trusted. A list that only
    continues the one held keeps all.

    Args:
        tx: a writing transaction.
        key: of the history.
        before: the list held so far; `None` if it cannot be read, and then no id is trusted.
        after: the list from now on.
    """
    if before is not None and begins_with(after, before):
        return
    rows_by_table = {}
    for table in _OF_DOCUMENTS:
        of_history = select(table.c.id, table.c.document).where(table.c.source == tx.source, table.c.history == key)
        rows_by_table[table] = tx.execute(of_history).all()
    if not any(rows_by_table.values()):
        return
    unchanged = frozenset() if before is None else _unchanged_ids(before, after)
    for table, rows in rows_by_table.items():
        _drop(tx, table, (row.id for row in rows if row.document not in unchanged))
    page_texts.drop_left(tx)


def _unchanged_ids(before: DocumentList, after: DocumentList) -> frozenset[str]:
    """Return the ids, as the store keeps them, that mean the same paper in both lists."""
    old, new = _by_stem(before), _by_stem(after)
    return frozenset(
        f"{storable.text(stem)}{count}"
        for stem, papers in old.items()
        if new.get(stem) == papers
        for count in range(1, len(papers) + 1)
    )


def _by_stem(documents: DocumentList) -> dict[str, list[tuple[str, int | None]]]:
    """Return the papers of each day and code, by the part of the id before the count."""
    groups: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for name, description, pages in zip(documents.ids(), documents.description, documents.pages, strict=True):
        groups[name.rpartition("-")[0] + "-"].append((storable.text(description), pages))
    return groups
