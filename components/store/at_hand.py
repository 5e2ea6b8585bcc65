"""Which papers can be had without asking the service: their PDF is kept, or a link to it lives."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from components.histories import PaperRef
from components.store import aliases, document_lists, links, storable
from components.store.schema import histories
from components.store.schema import links as link_table
from components.store.schema import pdfs as pdf_table
from components.store.transaction import StoreTransaction


def find(tx: StoreTransaction, papers: Collection[PaperRef]) -> set[PaperRef]:
    """Return those of some papers, by any names of their histories, whose PDF is kept or whose link lives."""
    keys = aliases.resolve(tx, {paper.history for paper in papers})
    kept = _kept(tx, set(keys.values()))
    at_hand = {paper for paper in papers if (keys.get(paper.history), storable.text(paper.document)) in kept}
    linked = _linked(tx, {keys[paper.history] for paper in papers if paper.history in keys and paper not in at_hand})
    return at_hand | {paper for paper in papers if paper.document in linked.get(keys.get(paper.history, ""), ())}


def _kept(tx: StoreTransaction, keys: Collection[str]) -> set[tuple[str | None, str]]:
    kept: set[tuple[str | None, str]] = set()
    query = select(pdf_table.c.history, pdf_table.c.document).where(pdf_table.c.source == tx.source)
    for batch in storable.batches(keys):
        kept.update((row.history, row.document) for row in tx.execute(query.where(pdf_table.c.history.in_(batch))))
    return kept


def _linked(tx: StoreTransaction, keys: Collection[str]) -> dict[str, set[str]]:
    """Return the ids of the documents of some histories to which there is a living link, by key."""
    linked: dict[str, set[str]] = defaultdict(set)
    query = (
        select(histories.c.key, histories.c.documents, histories.c.sha256, link_table.c.urls)
        .join(link_table, link_table.c.history == histories.c.id)
        .where(histories.c.source == tx.source, histories.c.standing == "kept", link_table.c.expires > tx.now)
    )
    for batch in storable.batches(keys):
        for row in tx.execute(query.where(histories.c.key.in_(batch))):
            documents = document_lists.unpack_or_none(row.documents, row.sha256)
            linked[row.key] |= set() if documents is None else links.linked_in(row.urls, documents)
    return linked
