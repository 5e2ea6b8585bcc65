"""The index of PostgreSQL: words and pairs of neighbours, as a tsvector with an inverted index.

A tsvector can hold positions, but its index does not: PostgreSQL would read every page that has the words of a phrase
to see how they stand, and positions end at 16,383. A pair of neighbours is a lexeme of its own here, so that phrases
of two words are found by the index alone, and those of more nearly so.
"""

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Final

from sqlalchemy import ColumnElement, bindparam, select, text
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
    f"CREATE TABLE {_TABLE} (id BIGINT NOT NULL PRIMARY KEY, cut BOOLEAN NOT NULL, lexemes TSVECTOR NOT NULL)",
    # A row is read to know its id, and never for its lexemes: they stand elsewhere.
    f"ALTER TABLE {_TABLE} SET (toast_tuple_target = 128)",
    # Without a list of what is still to be filed, which every search would have to look through.
    f"CREATE INDEX {_TABLE}_by_lexeme ON {_TABLE} USING gin (lexemes) WITH (fastupdate = off)",
)
_ADD: Final = text(
    f"INSERT INTO {_TABLE} (id, cut, lexemes) VALUES (:id, :cut, array_to_tsvector(:lexemes))"  # noqa: S608
).bindparams(bindparam("lexemes", type_=ARRAY(Text)))
_FIND: Final = text(
    f"SELECT id, cut FROM {_TABLE} WHERE lexemes @@ CAST(:words AS tsquery) AND id > :after"  # noqa: S608
    " AND (id >> 13) = ANY(:papers) ORDER BY id LIMIT :most"
).bindparams(bindparam("papers", type_=ARRAY(BigInteger)))
_MOST: Final = 10_001


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


def find(tx: StoreTransaction, query: Query, papers: Collection[int]) -> Iterator[tuple[int, bool]]:
    """Yield the ids of the pages of some papers that may match, in order, and whether that is sure."""
    if not papers:
        return
    is_sure = _is_sure(query)
    values = {"words": _tsquery(query), "after": 0, "papers": list(papers), "most": _MOST}
    while rows := tx.execute(_FIND, values).all():
        yield from ((row.id, is_sure and not row.cut) for row in rows)
        values["after"] = rows[-1].id


def _row(page_id: int, tokens: str) -> dict[str, object]:
    """Return a row of the index."""
    words = tokens.split(" ")
    lexemes = list(dict.fromkeys([*words, *(_pair(one, other) for one, other in pairwise(words))]))
    is_cut = sum(len(lexeme.encode()) + 4 for lexeme in lexemes) > _MOST_BYTES
    return {"id": page_id, "cut": is_cut, "lexemes": [_CUT] if is_cut else lexemes}


def _pair(one: str, other: str) -> str:
    return f"_{one} {other}"  # no word begins so: what begins with a word's letters finds no pairs


def _is_sure(query: Query) -> bool:
    phrases: list[Phrase] = list(query.unwanted)
    for terms in query.wanted:
        for term in terms:
            if isinstance(term, Near):
                return False
            phrases.append(term)
    return all(len(reading) <= 2 for phrase in phrases for reading in phrase.readings)


def _tsquery(query: Query) -> str:
    """Return a query in PostgreSQL's language, which finds at least what matches."""
    wanted = " & ".join(_any(terms) for terms in query.wanted)
    unwanted = [
        _reading(phrase, reading) for phrase in query.unwanted for reading in phrase.readings if len(reading) <= 2
    ]
    parts = [wanted, *(f"!{reading}" for reading in unwanted)]
    return f"({' & '.join(parts)}) | '{_CUT}'"


def _any(terms: Collection[Term]) -> str:
    return f"({' | '.join(_term(term) for term in terms)})"


def _term(term: Term) -> str:
    if isinstance(term, Near):
        return f"({_term(term.one)} & {_term(term.other)})"
    return f"({' | '.join(_reading(term, reading) for reading in term.readings)})"


def _reading(phrase: Phrase, reading: tuple[str, ...]) -> str:
    lexemes = [_pair(one, other) for one, other in pairwise(reading)] or list(reading)
    # Tokens are letters and digits: none of them can end the quotation.
    quoted = " & ".join(f"'{lexeme}'" for lexeme in lexemes)
    return f"({quoted}:*)" if phrase.begins else f"({quoted})"
