"""What finds pages by their words, on either database: made from the texts of the pages when it is first needed.

It is no part of the schema: whoever can make it does, and where it is not there, or was left behind by a build that
lacks it, the texts themselves are looked through, with the same answers. A fact of the store says whether it is whole.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final, Protocol

from sqlalchemy import ColumnElement, bindparam, select

from components.page_texts import Query, stands_on
from components.store import facts, fts5_index, tsvector_index
from components.store.continuity import WHOLE_STORE
from components.store.schema import page_texts, read_papers
from components.store.transaction import StoreTransaction

_FACT: Final = "page index"
_BEHIND: Final = "behind"
SHIFT: Final = 13
"""A page's id without its last 13 bits is that of its paper."""
_BATCH: Final = 1_000


_Papers = Collection[int] | None


class _Index(Protocol):
    """What the two modules give that know an index of a database."""

    FORMAT: str

    def make(self, tx: StoreTransaction) -> None: ...
    def add(self, tx: StoreTransaction, page_id: int, tokens: str) -> None: ...
    def remove(self, tx: StoreTransaction, condition: ColumnElement[bool]) -> None: ...
    def forget_deleted(self, tx: StoreTransaction) -> None: ...
    def texts(self, tx: StoreTransaction, ids: Collection[int]) -> Iterable[tuple[int, str]]: ...
    def find(self, tx: StoreTransaction, query: Query, papers: _Papers) -> Iterator[tuple[int, bool]]: ...


def is_behind(tx: StoreTransaction) -> bool:
    """Return whether there is an index to be made: none is there, or another build left it behind."""
    return _index(tx) is not None and not _is_whole(tx)


def prepare(tx: StoreTransaction) -> None:
    """Make the index from the texts, unless it is whole; needs a writing transaction, as do the next four.

    To be called before a page is written. Where there can be no index, one that another build made is left behind now.
    """
    index = _index(tx)
    if index is None:
        _leave_behind(tx)
    elif not _is_whole(tx):
        index.make(tx)
        facts.put(tx.within(WHOLE_STORE), _FACT, index.FORMAT)


def add(tx: StoreTransaction, page_id: int, tokens: str) -> None:
    """Let a page that was just written be found."""
    if tokens and (index := _whole(tx)):
        index.add(tx, page_id, tokens)


def remove(tx: StoreTransaction, condition: ColumnElement[bool]) -> None:
    """Let pages be found no more that are about to be deleted."""
    if index := _whole(tx):
        index.remove(tx, condition)
    else:
        _leave_behind(tx)


def forget_deleted(tx: StoreTransaction) -> None:
    """Leave nothing in the index of pages that are not found any more."""
    if index := _whole(tx):
        index.forget_deleted(tx)


def find(tx: StoreTransaction, query: Query, papers: Collection[int] | None) -> Iterator[int]:
    """Yield the ids of the pages that match a query, in order: of some papers, or of all of this workspace."""
    index = _whole(tx)
    if index is None:
        yield from _looked_through(tx, query, papers)
    else:
        yield from _verified(tx, query, index, index.find(tx, query, papers))


def _index(tx: StoreTransaction) -> _Index | None:
    """Return the index of this database; `None` if this build of SQLite has none."""
    if tx.connection.dialect.name == "postgresql":
        return tsvector_index
    return fts5_index if fts5_index.is_built_in() else None


def _whole(tx: StoreTransaction) -> _Index | None:
    """Return the index of this database if it is there and whole."""
    return _index(tx) if _is_whole(tx) else None


def _is_whole(tx: StoreTransaction) -> bool:
    index = _index(tx)
    return index is not None and facts.get(tx.within(WHOLE_STORE), _FACT) == index.FORMAT


def _leave_behind(tx: StoreTransaction) -> None:
    """Note that an index which another build made is so no longer, and take the words out of it that stand in it."""
    if facts.get(tx.within(WHOLE_STORE), _FACT) not in (None, _BEHIND):
        facts.put(tx.within(WHOLE_STORE), _FACT, _BEHIND)
        if tx.connection.dialect.name == "sqlite":
            fts5_index.empty(tx)


def _looked_through(tx: StoreTransaction, query: Query, papers: Collection[int] | None) -> Iterator[int]:
    """Yield the pages that match, from the texts alone."""
    of_paper = page_texts.c.id.between(bindparam("low"), bindparam("high"))
    rows = select(page_texts.c.id, page_texts.c.tokens).where(of_paper).order_by(page_texts.c.id)
    if papers is None:
        papers = tx.execute(select(read_papers.c.id).where(read_papers.c.source == tx.source)).scalars().all()
    for paper in sorted(papers):
        bounds = {"low": paper << SHIFT, "high": ((paper + 1) << SHIFT) - 1}
        for page_id, tokens in tx.execute(rows, bounds):
            if stands_on(query, tokens):
                yield page_id


def _verified(tx: StoreTransaction, query: Query, index: _Index, found: Iterator[tuple[int, bool]]) -> Iterator[int]:
    """Yield those of the pages which an index found that match; of some it is sure, of others not."""
    while batch := list(islice(found, _BATCH)):
        unsure = [page_id for page_id, is_sure in batch if not is_sure]
        texts = index.texts(tx, unsure) if unsure else ()
        matching = {page_id for page_id, tokens in texts if stands_on(query, tokens)}
        yield from (page_id for page_id, is_sure in batch if is_sure or page_id in matching)
