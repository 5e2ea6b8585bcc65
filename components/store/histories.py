"""File histories: what is paid for is kept, and never replaced by something lesser.

| held | arrives | then |
|---|---|---|
| nothing | anything | what arrives is kept |
| incomplete | incomplete | the one with more documents is kept |
| incomplete | complete | what arrives is kept |
| complete | complete | the later is kept; if it has fewer documents, it says so |
| complete | incomplete | a refresh on its way: kept as "begun", to be continued; the complete one stays in view |
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from components.histories import DocumentList, FileHistory, office_of
from components.store import absences, aliases, document_lists, identity, links, marks, pdfs, storable, verdicts
from components.store.errors import HistoryDamaged
from components.store.records import Headline
from components.store.schema import aliases as alias_table
from components.store.schema import histories
from components.store.transaction import StoreTransaction
from components.words import day

_OWN_NAMES = ("apno", "patent_number", "patent_id")
_HEADLINE_COLUMNS = ("key", "patent_number", "apno", "patent_id", "held", "told", "complete", "retrieved")

_IDS = select(histories.c.key, histories.c.id).where(
    histories.c.source == bindparam("source"), histories.c.key.in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A history that has arrived, ready to be written: whatever takes long is done before the store is locked."""

    history: FileHistory
    """With the application number that it was asked for by, if the service stated none."""
    asked: Sequence[str]
    """The numbers that it was asked for by."""
    own_names: Sequence[str]
    """The names that say which application it is; see `identity.own_names`."""
    documents: bytes
    """Its documents as `document_lists.pack` makes them."""
    sha256: str
    links: links.LinksByExpiry
    """Its unexpired links."""


def prepared(history: FileHistory, asked: Sequence[str]) -> Arrival:
    """Return a history that has arrived as it will be written; needs no transaction.

    Args:
        history: what has arrived.
        asked: the numbers that it was asked for by.

    Raises:
        ValueError: it has no name at all.
    """
    history = identity.with_application_number(history, asked)
    documents, sha256 = document_lists.pack(history.documents)
    own_names = identity.own_names(history, asked)
    unexpired = links.unexpired(history, now=datetime.now(UTC))
    return Arrival(history, asked, own_names, documents, sha256, unexpired)


def save(tx: StoreTransaction, arrivals: Sequence[Arrival]) -> list[str]:
    """Keep what arrived, with its unexpired links and all its names.

    Args:
        tx: a writing transaction.
        arrivals: what `prepared` returned for each history.

    Returns:
        The keys under which they are kept.
    """
    seen = Counter(name for arrival in arrivals for name in set(arrival.own_names))
    held = aliases.rows_of(tx, seen)
    keys = {
        index: arrival.own_names[0]
        for index, arrival in enumerate(arrivals)
        if not any(name in held or seen[name] > 1 for name in arrival.own_names)
    }
    # The usual case, in which nothing is held yet: five statements for a whole answer.
    _insert(tx, {key: arrivals[index] for index, key in keys.items()})
    for index, arrival in enumerate(arrivals):
        if index not in keys:
            keys[index] = _save(tx, arrival)
    absences.forget(tx, [*seen, *(name for arrival in arrivals for name in arrival.asked)])
    return [keys[index] for index in range(len(arrivals))]


def load(tx: StoreTransaction, keys: Collection[str]) -> dict[str, FileHistory]:
    """Return the kept histories, without links, by the keys or names that were asked for.

    Raises:
        HistoryDamaged: one of them is not what was saved.
    """
    return {name: _unpacked(row) for name, row in _rows_by_name(tx, keys, "kept").items()}


def unfinished(tx: StoreTransaction, keys: Collection[str]) -> dict[str, FileHistory]:
    """Return histories whose last pages are not bought yet: incomplete ones, or a begun refresh of a complete one."""
    rows = {name: row for name, row in _rows_by_name(tx, keys, "kept").items() if not row.complete}
    return {name: _unpacked(row) for name, row in {**rows, **_rows_by_name(tx, keys, "begun")}.items()}


def begun(tx: StoreTransaction, keys: Collection[str]) -> dict[str, int]:
    """Return how many documents have arrived of each begun refresh, by key."""
    counts: dict[str, int] = {}
    conditions = (histories.c.source == tx.source, histories.c.standing == "begun")
    for batch in storable.batches(keys):
        query = select(histories.c.key, histories.c.held).where(*conditions, histories.c.key.in_(batch))
        counts.update((row.key, row.held) for row in tx.execute(query))
    return counts


def headlines(tx: StoreTransaction, keys: Collection[str] | None = None) -> list[Headline]:
    """Return kept histories without their documents, the last retrieved first: all, or those of these keys.

    An earlier key of a history leads to it, too.
    """
    query = (
        select(*(histories.c[name] for name in _HEADLINE_COLUMNS))
        .where(histories.c.source == tx.source, histories.c.standing == "kept")
        .order_by(histories.c.retrieved.desc(), histories.c.key)
    )
    if keys is None:
        return _headlines(tx, [query])
    held = _headlines(tx, [query.where(histories.c.key.in_(batch)) for batch in storable.batches(keys)])
    former = {storable.text(key) for key in keys} - {headline.key for headline in held}
    if former:
        present = set(aliases.resolve(tx, former).values()) - {headline.key for headline in held}
        held += _headlines(tx, [query.where(histories.c.key.in_(batch)) for batch in storable.batches(present)])
    return held


def _headlines(tx: StoreTransaction, queries: Iterable[Select[Any]]) -> list[Headline]:
    """Return the headlines that some queries find."""
    return [
        Headline(
            key=row.key,
            patent_number=row.patent_number,
            apno=row.apno,
            patent_id=row.patent_id,
            documents_held=row.held,
            documents_reported=row.told,
            complete=row.complete,
            retrieved=row.retrieved,
        )
        for query in queries
        for row in tx.execute(query)
    ]


def _insert(tx: StoreTransaction, arrivals: Mapping[str, Arrival]) -> None:
    """Keep histories of which nothing is held, by key."""
    if not arrivals:
        return
    tx.execute(
        insert(histories),
        [
            {**_values(arrival, ()), "source": tx.source, "key": key, "standing": "kept"}
            for key, arrival in arrivals.items()
        ],
    )
    ids: dict[str, int] = {}
    for batch in storable.batches(arrivals):
        ids.update((key, row_id) for key, row_id in tx.execute(_IDS, {"source": tx.source, "keys": batch}))
    links.add_first(tx, [(ids[key], arrival.links) for key, arrival in arrivals.items()])
    aliases.register_first(tx, {name: key for key, arrival in arrivals.items() for name in _names(key, arrival)})


def _save(tx: StoreTransaction, arrival: Arrival) -> str:
    """Keep one history of which something may be held, and return its key."""
    history, asked = arrival.history, arrival.asked
    keys_by_name = aliases.candidate_keys(tx, arrival.own_names)
    candidates = _rows_of_keys(tx, {key for keys in keys_by_name.values() for key in keys})
    matched = identity.match_history(history, asked, keys_by_name=keys_by_name, held=_identities(candidates))
    rows = [row for row in candidates if row.key in (matched.key, *matched.merged)]
    held = _merge(tx, rows, matched) if matched.merged else _best_by_standing(rows)
    aliases.register(tx, dict.fromkeys(_names(matched.key, arrival), matched.key))
    _add_missing_names(tx, held.values(), [history, *rows])
    _keep(tx, matched.key, arrival, held=held, known=rows)
    return matched.key


def _keep(
    tx: StoreTransaction, key: str, arrival: Arrival, *, held: Mapping[str, Row[Any]], known: Sequence[Row[Any]]
) -> None:
    """Keep what arrived beside or instead of what is held, by the table at the top of this module.

    Args:
        tx: a writing transaction.
        key: the history's key.
        arrival: what has arrived.
        held: the best row of each standing, "kept" and "begun".
        known: all rows of the application, for names that what arrived lacks.
    """
    kept, begun = held.get("kept"), held.get("begun")
    history = arrival.history
    standing = _standing(kept, begun, history, now=tx.now)
    if standing is None:
        # What is held has more documents, but the links are new, and they fit where both list the same papers.
        if kept is not None and _continues(_documents_of(kept), history.documents):
            links.add(tx, kept.id, arrival.links, documents=history.documents)
        return
    if standing == "kept" and kept is not None:
        pdfs.drop_changed(tx, key, before=_documents_of(kept), after=history.documents)
    replaced = kept if standing == "kept" else begun
    if standing == "kept" and begun is not None:
        # The links of the first pages stay with the row of the begun refresh, which this answer completes.
        replaced, other = (begun, kept) if _continues(history.documents, _documents_of(begun)) else (kept, begun)
        _delete(tx, [row.id for row in (other,) if row is not None])
    if standing == "kept":
        arrival = replace(arrival, history=_with_shrinkage(kept, history))
    values = _values(arrival, known) | {"source": tx.source, "key": key, "standing": standing}
    row_id = _write(tx, values, history, replaced)
    links.add(tx, row_id, arrival.links, documents=history.documents)


def _add_missing_names(
    tx: StoreTransaction, held: Iterable[Row[Any]], sources: Sequence[FileHistory | Row[Any]]
) -> None:
    """Add the names that held rows lack: a row may stay in view although what arrived knows more names of it.

    Args:
        tx: a writing transaction.
        held: the rows that stay.
        sources: what has arrived, and all that was held of the application, the most reliable first.
    """
    names = _first_names(sources)
    for row in held:
        lacking = {name: value for name, value in names.items() if value and not getattr(row, name)}
        if lacking:
            tx.execute(update(histories).where(histories.c.id == row.id).values(**lacking))


def _first_names(sources: Sequence[FileHistory | Row[Any]]) -> dict[str, str]:
    """Return each of a history's own names from the first source that has it; empty where none does."""
    return {
        name: next((value for source in sources if (value := storable.text(getattr(source, name)))), "")
        for name in _OWN_NAMES
    }


def _standing(kept: Row[Any] | None, begun: Row[Any] | None, history: FileHistory, *, now: datetime) -> str | None:
    """Decide by the table at the top of this module whether it is kept or begun; `None` if what is held is better."""
    if kept is None:
        return "kept"
    # What was retrieved in the future was retrieved before the clock was set back.
    later = history.retrieved >= kept.retrieved or kept.retrieved > now
    if history.complete:
        return "kept" if not kept.complete or later else None
    if not kept.complete:
        return "kept" if history.documents_held >= kept.held else None
    return "begun" if later and (begun is None or history.documents_held >= begun.held) else None


def _with_shrinkage(kept: Row[Any] | None, history: FileHistory) -> FileHistory:
    """Return the history with a finding if it came back with fewer documents than are held."""
    if kept is None or history.documents_held >= kept.held:
        return history
    before = f"{kept.held} were held before (retrieved {day(kept.retrieved)})"
    finding = f"This refresh brought {history.documents_held} documents; {before}"
    return replace(history, findings=(*history.findings, finding))


def _values(arrival: Arrival, rows_held: Sequence[Row[Any]]) -> dict[str, Any]:
    """Return the columns of a history; names that it lacks come from the rows held."""
    history = arrival.history
    return {
        **_first_names([history, *rows_held]),
        "told": storable.integer(history.documents_reported),
        "held": history.documents_held,
        "complete": history.complete,
        "retrieved": history.retrieved,
        "findings": orjson.dumps([storable.text(finding) for finding in history.findings]).decode(),
        "sha256": arrival.sha256,
        "documents": arrival.documents,
    }


def _write(tx: StoreTransaction, values: Mapping[str, Any], history: FileHistory, replaced: Row[Any] | None) -> int:
    """Write a row over the one that it replaces, or a new row, and return its id."""
    if replaced is None:
        tx.execute(insert(histories).values(**values))
        conditions = [histories.c[name] == values[name] for name in ("source", "key", "standing")]
        return int(tx.execute(select(histories.c.id).where(*conditions)).scalar_one())
    if not _continues(history.documents, _documents_of(replaced)):
        links.drop(tx, replaced.id)  # the same id may now mean another paper of that day
    tx.execute(update(histories).where(histories.c.id == replaced.id).values(**values))
    return int(replaced.id)


def _names(key: str, arrival: Arrival) -> list[str]:
    """Return all names by which a history can be found: key, own names, numbers asked for."""
    history = arrival.history
    return [name for name in (key, history.apno, history.patent_id, history.patent_number, *arrival.asked) if name]


def _rows_of_keys(tx: StoreTransaction, keys: Collection[str]) -> list[Row[Any]]:
    """Return the rows, kept and begun, of some keys."""
    query = select(histories).where(histories.c.source == tx.source, histories.c.key.in_(list(keys)))
    return list(tx.execute(query))


def _identities(rows: Iterable[Row[Any]]) -> dict[str, identity.HeldIdentity]:
    """Return what tells held histories from others, by key, each from its kept row and its begun refresh together."""
    identities: dict[str, identity.HeldIdentity] = {}
    for key, group in groupby(sorted(rows, key=lambda row: row.key), key=lambda row: row.key):
        names = _first_names(list(group))
        # PatSnap's id says nothing about the office, whatever letters it begins with.
        other_key = "" if key == names["patent_id"] else key
        identities[key] = identity.HeldIdentity(
            key, names["apno"], office_of(names["apno"], names["patent_number"], other_key)
        )
    return identities


def _best_by_standing(rows: Iterable[Row[Any]]) -> dict[str, Row[Any]]:
    """Return the best row of each standing, "kept" and "begun".

    Complete is better than incomplete; of two complete rows the later is better, of two incomplete ones the longer.
    """
    ordered = sorted(rows, key=lambda row: (row.complete, row.retrieved.timestamp() if row.complete else row.held))
    return {row.standing: row for row in ordered}


def _merge(tx: StoreTransaction, rows: Sequence[Row[Any]], matched: identity.MatchedHistory) -> dict[str, Row[Any]]:
    """Make one history of several that turned out to be one application, and return the best row of each standing."""
    held = _best_by_standing(rows)
    aliases.merge(tx, matched.merged, matched.key)
    marks.merge(tx, matched.merged, matched.key)
    verdicts.merge(tx, matched.merged, matched.key)
    if "kept" in held:
        staying_list = _documents_of(held["kept"])
        lists = {row.key: _documents_of(row) for row in rows if row.standing == "kept"}
        pdfs.merge(tx, lists, matched.key, staying_key=held["kept"].key, staying_list=staying_list)
    best = [row.id for row in held.values()]
    keys = (matched.key, *matched.merged)
    lesser = select(histories.c.id).where(
        histories.c.source == tx.source, histories.c.key.in_(keys), ~histories.c.id.in_(best)
    )
    _delete(tx, tx.execute(lesser).scalars())
    tx.execute(update(histories).where(histories.c.id.in_(best)).values(key=matched.key))
    return held


def _delete(tx: StoreTransaction, ids: Iterable[int]) -> None:
    tx.execute(delete(histories).where(histories.c.id.in_(list(ids))))


def _rows_by_name(tx: StoreTransaction, names: Collection[str], standing: str) -> dict[str, Row[Any]]:
    """Return the row of one standing of the history to which each name leads."""
    rows_by_name: dict[str, Row[Any]] = {}
    for batch in storable.batches(names):
        query = (
            select(alias_table.c.name, histories)
            .join(histories, (histories.c.source == alias_table.c.source) & (histories.c.key == alias_table.c.key))
            .where(
                alias_table.c.source == tx.source,
                alias_table.c.name.in_(batch),
                alias_table.c.leads,
                histories.c.standing == standing,
            )
        )
        rows_by_name.update((row.name, row) for row in tx.execute(query))
    return {name: rows_by_name[stored] for name in names if (stored := storable.text(name)) in rows_by_name}


def _unpacked(row: Row[Any]) -> FileHistory:
    """Return the file history of a row.

    Raises:
        HistoryDamaged: the documents are not what was saved.
    """
    try:
        held = document_lists.unpack(row.documents, row.sha256)
    except (ValueError, KeyError):
        raise HistoryDamaged(row.key) from None
    return FileHistory(
        apno=row.apno,
        patent_number=row.patent_number,
        patent_id=row.patent_id,
        documents=held,
        documents_reported=row.told,
        complete=row.complete,
        retrieved=row.retrieved,
        findings=tuple(orjson.loads(row.findings)),
    )


def _documents_of(row: Row[Any]) -> DocumentList | None:
    """Return the documents of a held row; `None` if they are damaged, so that a refresh can replace them."""
    return document_lists.unpack_or_none(row.documents, row.sha256)


def _continues(documents: DocumentList | None, start: DocumentList | None) -> bool:
    """Return whether both lists are known and the first equals or continues the second."""
    return documents is not None and start is not None and document_lists.begins_with(documents, start)
