"""The index of PostgreSQL: words and pairs of neighbours, as a tsvector with an inverted index.

A tsvector can hold positions, but its index does not: PostgreSQL would read every page that has the words of a phrase
to see how they stand, and positions end at 16,383. A pair of neighbours is a lexeme of its own here, so that phrases
of two words are found by the index alone, and those of more nearly so.
"""

from collections.abc import Collection, Iterable, Iterator
from heapq import merge
from itertools import chain, pairwise
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, any_, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text

from components.page_texts import Near, Phrase, Query, Term
from components.store.schema import page_texts
from components.store.transaction import StoreTransaction

FORMAT: Final = "tsvector 1"
"""Noted of an index that is whole; an index of another format is made anew."""
_TABLE: Final = "page_search"
_MOST_BYTES: Final = 900_000
"""A tsvector takes 1 MB of lexemes; a page with more is always looked at itself."""
_CUT: Final = "_*"
"""The lexeme of such a page."""
_BATCH: Final = 500
_CREATE: Final = (
    f"DROP TABLE IF EXISTS {_TABLE}",
    f"CREATE TABLE {_TABLE} (id BIGINT NOT NULL PRIMARY KEY, lexemes TSVECTOR NOT NULL)",
    # A row is read to know its id, and never for its lexemes: they stand elsewhere.
    f"ALTER TABLE {_TABLE} SET (toast_tuple_target = 128)",
)
# Made when the rows are there, which is far quicker; without a list of what is still to be filed, which every search
# would have to look through.
_CREATE_INVERTED: Final = (
    f"CREATE INDEX {_TABLE}_by_lexeme ON {_TABLE} USING gin (lexemes) WITH (fastupdate = off)",
    f"ANALYZE {_TABLE}",
)
# PostgreSQL thinks that many readings find many pages, and would read them all, or translate the query first.
_BY_INDEX: Final = ("SET LOCAL enable_seqscan = off", "SET LOCAL enable_indexscan = off", "SET LOCAL jit = off")
_ADD: Final = text(
    f"INSERT INTO {_TABLE} (id, lexemes) VALUES (:id, array_to_tsvector(:lexemes))"  # noqa: S608
).bindparams(bindparam("lexemes", type_=ARRAY(Text)))
_MATCHING: Final = f"SELECT id FROM {_TABLE} WHERE lexemes @@ CAST(:words AS tsquery) AND id > :after"  # noqa: S608
_FIND: Final = text(
    _MATCHING + " AND (id >> 13) IN (SELECT id FROM read_papers WHERE source = :source) ORDER BY id LIMIT :most"  # noqa: S608
)
_FIND_IN: Final = text(_MATCHING + " AND (id >> 13) = ANY(:papers) ORDER BY id LIMIT :most").bindparams(
    bindparam("papers", type_=ARRAY(BigInteger))
)
_TEXTS: Final = select(page_texts.c.id, page_texts.c.tokens).where(
    page_texts.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
)
_MOST: Final = 2_001
"""Most pages in one answer: as many as a search finds, and one more."""


def make(tx: StoreTransaction) -> None:
    """Make the index from the texts, in place of the one that is there."""
    for statement in _CREATE:
        tx.execute(text(statement))
    after = 0
    rows = select(page_texts.c.id, page_texts.c.tokens).where(page_texts.c.id > bindparam("after"))
    rows = rows.where(page_texts.c.tokens != "").order_by(page_texts.c.id).limit(_BATCH)
    while batch := tx.execute(rows, {"after": after}).all():
        tx.execute(_ADD, [_row(page_id, tokens) for page_id, tokens in batch])
        after = batch[-1].id
    for statement in _CREATE_INVERTED:
        tx.execute(text(statement))


def add(tx: StoreTransaction, page_id: int, tokens: str) -> None:
    """Let a page be found."""
    tx.execute(_ADD, _row(page_id, tokens))


def remove(tx: StoreTransaction, condition: ColumnElement[bool]) -> None:
    """Let pages be found no more; their texts must still be there."""
    ids = list(tx.execute(select(page_texts.c.id).where(condition)).scalars())
    while ids:
        gone, ids = ids[:_BATCH], ids[_BATCH:]
        statement = text(f"DELETE FROM {_TABLE} WHERE id = ANY(:ids)")  # noqa: S608
        tx.execute(statement.bindparams(bindparam("ids", type_=ARRAY(BigInteger))), {"ids": gone})


def forget_deleted(tx: StoreTransaction) -> None:
    """Leave it to PostgreSQL, which does so itself (autovacuum)."""


def find(tx: StoreTransaction, query: Query, papers: Collection[int] | None) -> Iterator[tuple[int, bool]]:
    """Yield the ids of the pages that may match, in order, and whether that is sure: of some papers, or of all."""
    tx.execute(text("; ".join(_BY_INDEX)))
    sure, unsure = _tsqueries(query)
    yield from merge(*(_found(tx, words, papers, is_sure=words == sure) for words in (sure, unsure) if words))


def _found(
    tx: StoreTransaction, words: str, papers: Collection[int] | None, *, is_sure: bool
) -> Iterator[tuple[int, bool]]:
    statement = _FIND if papers is None else _FIND_IN
    values: dict[str, object] = {"words": words, "after": 0, "most": _MOST}
    values |= {"source": tx.source} if papers is None else {"papers": list(papers)}
    while ids := tx.execute(statement, values).scalars().all():
        yield from ((page_id, is_sure) for page_id in ids)
        values["after"] = ids[-1]


def texts(tx: StoreTransaction, ids: Collection[int]) -> Iterable[tuple[int, str]]:
    """Return the tokens of pages by their ids, in any order."""
    return ((page_id, tokens) for page_id, tokens in tx.execute(_TEXTS, {"ids": list(ids)}))


def _row(page_id: int, tokens: str) -> dict[str, object]:
    """Return a row of the index."""
    words = tokens.split(" ")
    lexemes = list(dict.fromkeys([*words, *(_pair(one, other) for one, other in pairwise(words))]))
    is_cut = sum(len(lexeme.encode()) + 4 for lexeme in lexemes) > _MOST_BYTES
    return {"id": page_id, "lexemes": [_CUT] if is_cut else lexemes}


def _pair(one: str, other: str) -> str:
    return f"_{one} {other}"  # no word begins so: what begins with a word's letters finds no pairs


def _tsqueries(query: Query) -> tuple[str, str]:
    """Return a query in PostgreSQL's language: one that finds what surely matches, one that finds the rest and more.

    Either is empty if it finds nothing.
    """
    wanted = [[reading for term in terms for reading in _term(term)] for terms in query.wanted]
    unwanted = [reading for phrase in query.unwanted for reading in _readings(phrase)]
    certain = [[reading for reading in readings if reading.is_sure] for readings in wanted]
    all_of = _all(wanted, without=[reading for reading in unwanted if reading.is_sure])
    if not all(certain):
        return "", f"{all_of} | '{_CUT}'"
    sure = _all(certain, without=unwanted)
    if all(reading.is_sure for reading in (*unwanted, *chain.from_iterable(wanted))):
        return sure, f"'{_CUT}'"
    return sure, f"({all_of} & !{sure}) | '{_CUT}'"


class _Reading(NamedTuple):
    words: str
    is_sure: bool


def _term(term: Term) -> list[_Reading]:
    if isinstance(term, Near):
        both = (_any(reading.words for reading in _readings(phrase)) for phrase in (term.one, term.other))
        return [_Reading(f"({' & '.join(both)})", is_sure=False)]
    return _readings(term)


def _readings(phrase: Phrase) -> list[_Reading]:
    return [_Reading(_lexemes(phrase, reading), len(reading) <= 2) for reading in phrase.readings]


def _lexemes(phrase: Phrase, reading: tuple[str, ...]) -> str:
    lexemes = [_pair(one, other) for one, other in pairwise(reading)] or list(reading)
    # Tokens are letters and digits: none of them can end the quotation.
    quoted = " & ".join(f"'{lexeme}'" for lexeme in lexemes)
    return f"({quoted}:*)" if phrase.begins else f"({quoted})"


def _all(wanted: Iterable[Iterable[_Reading]], *, without: Iterable[_Reading]) -> str:
    parts = [_any(reading.words for reading in readings) for readings in wanted]
    return f"({' & '.join([*parts, *(f'!{reading.words}' for reading in without)])})"


def _any(queries: Iterable[str]) -> str:
    return f"({' | '.join(queries)})"
