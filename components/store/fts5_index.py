"""The index of SQLite: FTS5 over the tokens, which it reads from the texts themselves; not every build has it."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from typing import Final

import orjson
from sqlalchemy import ColumnElement, bindparam, column, func, inspect, literal, select, table, text

from components.page_texts import Near, Phrase, Query, Term
from components.store.schema import page_texts
from components.store.transaction import StoreTransaction

FORMAT: Final = "fts5 1"
"""Noted of an index that is whole; an index of another format is made anew."""
_TABLE: Final = "page_search"
# The tokens are letters and digits already: nothing but the blanks between them parts them.
_CREATE: Final = f"""CREATE VIRTUAL TABLE {_TABLE} USING fts5(
    tokens, content='page_texts', content_rowid='id', columnsize=0, tokenize="ascii")"""
_ADD: Final = text(f"INSERT INTO {_TABLE} (rowid, tokens) VALUES (:id, :tokens)")  # noqa: S608
_MATCHING: Final = f"SELECT rowid FROM {_TABLE} WHERE {_TABLE} MATCH :words AND (rowid >> 13) IN"  # noqa: S608
_FIND: Final = text(_MATCHING + " (SELECT id FROM read_papers WHERE source = :source) ORDER BY rowid")  # noqa: S608
_FIND_IN: Final = text(
    _MATCHING + " (SELECT value FROM json_each(:papers)) AND rowid BETWEEN :low AND :high ORDER BY rowid"  # noqa: S608
)
_TEXTS: Final = select(page_texts.c.id, page_texts.c.tokens).where(
    page_texts.c.id.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value))
)
_SEARCH: Final = table(_TABLE, column(_TABLE), column("rowid"), column("tokens"))
_HOLDING_WORDS: Final = (f"{_TABLE}_data", f"{_TABLE}_idx")
# What stands in the first of these tables when there are no words: an index without it is taken for damaged.
_WITHOUT_WORDS: Final = text(f"INSERT INTO {_TABLE}_data (id, block) VALUES (1, x''), (10, x'00000000000000')")  # noqa: S608


@lru_cache(maxsize=1)
def is_built_in() -> bool:
    """Return whether SQLite has FTS5 here."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(tokens)")
        except sqlite3.OperationalError:
            return False
    return True


def make(tx: StoreTransaction) -> None:
    """Make the index from the texts, in place of the one that is there."""
    tx.execute(text(f"DROP TABLE IF EXISTS {_TABLE}"))
    tx.execute(text(_CREATE))
    _command(tx, "rebuild")


def add(tx: StoreTransaction, page_id: int, tokens: str) -> None:
    """Let a page be found."""
    tx.execute(_ADD, {"id": page_id, "tokens": tokens})


def remove(tx: StoreTransaction, condition: ColumnElement[bool]) -> None:
    """Let pages be found no more; their texts must still be there."""
    rows = select(literal("delete"), page_texts.c.id, page_texts.c.tokens).where(condition, page_texts.c.tokens != "")
    tx.execute(_SEARCH.insert().from_select([_TABLE, "rowid", "tokens"], rows))


def forget_deleted(tx: StoreTransaction) -> None:
    """Take out what stands there still of pages that are found no more."""
    _command(tx, "optimize")


def empty(tx: StoreTransaction) -> None:
    """Take all words out of an index that this build of SQLite cannot use."""
    if set(_HOLDING_WORDS).issubset(inspect(tx.connection).get_table_names()):
        for name in _HOLDING_WORDS:
            tx.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - one of the names above
        tx.execute(_WITHOUT_WORDS)


def find(tx: StoreTransaction, query: Query, papers: Collection[int] | None) -> Iterator[tuple[int, bool]]:
    """Yield the ids of the pages that may match, in order, and whether that is sure: of some papers, or of all."""
    is_sure = not any(_may_overlap(term) for terms in query.wanted for term in terms)
    values: dict[str, object] = {"words": _match(query), "source": tx.source}
    if papers is not None:
        low, high = min(papers, default=0) << 13, (max(papers, default=0) + 1) << 13
        values = {"words": values["words"], "papers": orjson.dumps(list(papers)).decode(), "low": low, "high": high}
    with tx.execute(_FIND if papers is None else _FIND_IN, values) as found:
        for page_id in found.scalars():
            yield page_id, is_sure


def texts(tx: StoreTransaction, ids: Collection[int]) -> Iterable[tuple[int, str]]:
    """Return the tokens of pages by their ids, in any order."""
    return ((page_id, tokens) for page_id, tokens in tx.execute(_TEXTS, {"ids": orjson.dumps(list(ids)).decode()}))


def _match(query: Query) -> str:
    """Return a query in the language of FTS5."""
    wanted = " AND ".join(_any(terms) for terms in query.wanted)
    return f"({wanted}) NOT {_any(query.unwanted)}" if query.unwanted else wanted


def _may_overlap(term: Term) -> bool:
    """Return whether two phrases that are to be near may have a word in common: FTS5 then finds too many pages."""
    if not isinstance(term, Near):
        return False
    one, other = ({token for reading in phrase.readings for token in reading} for phrase in (term.one, term.other))
    return term.one.begins or term.other.begins or not one.isdisjoint(other)


def _any(terms: Collection[Term]) -> str:
    return f"({' OR '.join(_term(term) for term in terms)})"


def _term(term: Term) -> str:
    if isinstance(term, Near):
        ones, others = _readings(term.one), _readings(term.other)
        return f"({' OR '.join(f'NEAR({one} {other}, {term.apart})' for one in ones for other in others)})"
    return f"({' OR '.join(_readings(term))})"


def _readings(phrase: Phrase) -> list[str]:
    # Tokens are letters and digits: none of them can end the quotation.
    end = '" *' if phrase.begins else '"'
    return [f'"{" ".join(reading)}{end}' for reading in phrase.readings]


def _command(tx: StoreTransaction, command: str) -> None:
    tx.execute(text(f"INSERT INTO {_TABLE} ({_TABLE}) VALUES (:command)"), {"command": command})  # noqa: S608
