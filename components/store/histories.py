"""File histories: what is paid for is kept, and never replaced by something lesser.

| held | arrives | then |
|---|---|---|
| nothing | anything | it is kept |
| incomplete | incomplete | the fuller of the two is kept |
| incomplete | complete | what arrives is kept |
| complete | complete | the later is kept; if it has fewer documents, it says so |
| complete | incomplete | a refresh on its way: kept aside as "begun", to be continued; the complete one stays in view |
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Row, Select, delete, insert, select, update

from components.histories import DocumentList, FileHistory, office_of
from components.store import absences, aliases, documents, identity, links, marks, pdfs, storable
from components.store.errors import HistoryDamaged
from components.store.records import Headline
from components.store.schema import aliases as alias_table
from components.store.schema import histories
from components.store.transaction import Transaction

_OWN_NAMES = ("apno", "patent_number", "patent_id")
_HEADLINE = ("key", "patent_number", "apno", "patent_id", "held", "told", "complete", "retrieved")


def save(tx: Transaction, arrivals: Sequence[tuple[FileHistory, Sequence[str]]]) -> list[str]:
    """Keep what arrived, with its living links and all its names, and give the keys under which it is found.

    Args:
        tx: in a writer's turn.
        arrivals: histories, each with what it was asked by.

    Raises:
        ValueError: one has no name at all.
    """
    arrivals = [(identity.of_application(history, asked), asked) for history, asked in arrivals]
    own = [identity.own_names(history, asked) for history, asked in arrivals]
    seen = Counter(name for names in own for name in set(names))
    held = aliases.find(tx, seen)
    keys = {
        index: identity.key_of(*arrival)
        for index, arrival in enumerate(arrivals)
        if not any(name in held or seen[name] > 1 for name in own[index])
    }
    # The usual case, where nothing is held yet, in five statements for a whole answer.
    _insert(tx, {key: arrivals[index] for index, key in keys.items()})
    for index, (history, asked) in enumerate(arrivals):
        if index not in keys:
            keys[index] = _save(tx, history, asked)
    absences.forget(tx, [*seen, *(name for _, asked in arrivals for name in asked)])
    return [keys[index] for index in range(len(arrivals))]


def load(tx: Transaction, keys: Collection[str]) -> dict[str, FileHistory]:
    """Give the kept histories, without links, by the keys or names that they were asked by.

    Raises:
        HistoryDamaged: one of them is not what was saved.
    """
    return {name: _history(row) for name, row in _rows(tx, keys, "kept").items()}


def unfinished(tx: Transaction, keys: Collection[str]) -> dict[str, FileHistory]:
    """Give those that are paid for in part, to be continued: incomplete ones, or a begun refresh of a complete one."""
    rows = {name: row for name, row in _rows(tx, keys, "kept").items() if not row.complete}
    return {name: _history(row) for name, row in {**rows, **_rows(tx, keys, "begun")}.items()}


def begun(tx: Transaction, keys: Collection[str]) -> dict[str, int]:
    """Give how many documents have arrived of each begun refresh, by key."""
    found: dict[str, int] = {}
    mine = (histories.c.source == tx.source, histories.c.standing == "begun")
    for portion in storable.portions(keys):
        query = select(histories.c.key, histories.c.held).where(*mine, histories.c.key.in_(portion))
        found.update((row.key, row.held) for row in tx.execute(query))
    return found


def headlines(tx: Transaction, keys: Collection[str] | None = None) -> list[Headline]:
    """Give kept histories without their documents, all or those of these keys, the last retrieved first.

    A key that was given out before the history got the one that it has now leads to it, too.
    """
    query = (
        select(*(histories.c[name] for name in _HEADLINE))
        .where(histories.c.source == tx.source, histories.c.standing == "kept")
        .order_by(histories.c.retrieved.desc(), histories.c.key)
    )
    if keys is None:
        return _headlines(tx, [query])
    found = _headlines(tx, [query.where(histories.c.key.in_(some)) for some in storable.portions(keys)])
    former = {storable.text(key) for key in keys} - {line.key for line in found}
    if former:
        present = set(aliases.find(tx, former).values()) - {line.key for line in found}
        found += _headlines(tx, [query.where(histories.c.key.in_(some)) for some in storable.portions(present)])
    return found


def _headlines(tx: Transaction, queries: Iterable[Select[Any]]) -> list[Headline]:
    return [
        Headline(
            key=row.key,
            patent_number=row.patent_number,
            apno=row.apno,
            patent_id=row.patent_id,
            held=row.held,
            told=row.told,
            complete=row.complete,
            retrieved=row.retrieved,
        )
        for query in queries
        for row in tx.execute(query)
    ]


def _insert(tx: Transaction, arrivals: Mapping[str, tuple[FileHistory, Sequence[str]]]) -> None:
    """Keep histories of which nothing is held, by key."""
    if not arrivals:
        return
    tx.execute(
        insert(histories),
        [
            {**_values(history, ()), "source": tx.source, "key": key, "standing": "kept"}
            for key, (history, _) in arrivals.items()
        ],
    )
    ids: dict[str, int] = {}
    for portion in storable.portions(arrivals):
        mine = (histories.c.source == tx.source, histories.c.key.in_(portion))
        ids.update((row.key, row.id) for row in tx.execute(select(histories.c.key, histories.c.id).where(*mine)))
    links.keep_new(tx, [(ids[key], links.living(history, now=tx.now)) for key, (history, _) in arrivals.items()])
    leads = {name: key for key, (history, asked) in arrivals.items() for name in _names(key, history, asked)}
    aliases.point(tx, leads)


def _save(tx: Transaction, history: FileHistory, asked: Sequence[str]) -> str:
    """Keep one history of which something may be held, and give its key."""
    claims = aliases.claims(tx, identity.own_names(history, asked))
    found = _find(tx, {key for keys in claims.values() for key in keys})
    place = identity.place(history, asked, claims=claims, held=_identities(found))
    mine = [row for row in found if row.key in (place.key, *place.absorbed)]
    held = _unite(tx, mine, place) if place.absorbed else _best(mine)
    aliases.point(tx, dict.fromkeys(_names(place.key, history, asked), place.key))
    _learn(tx, held.values(), [history, *mine])

    kept, begun = held.get("kept"), held.get("begun")
    fresh = links.living(history, now=tx.now)
    standing = _standing(kept, begun, history)
    if standing is None:
        # What is held is fuller, but the links are fresh, and they fit where the papers are the same ones.
        if kept is not None and _continues(_documents(kept), history.documents):
            links.keep(tx, kept.id, fresh)
        return place.key
    if standing == "kept" and kept is not None:
        pdfs.lose_changed(tx, place.key, before=_documents(kept), after=history.documents)
    base = kept if standing == "kept" else begun
    if standing == "kept" and begun is not None:
        # A refresh that has come to its end takes the links of its first pages with it.
        base, other = (begun, kept) if _continues(history.documents, _documents(begun)) else (kept, begun)
        _remove(tx, [row.id for row in (other,) if row is not None])
    values = _values(_compared(kept, history) if standing == "kept" else history, mine)
    values |= {"source": tx.source, "key": place.key, "standing": standing}
    links.keep(tx, _write(tx, values, history, base), fresh)
    return place.key


def _learn(tx: Transaction, held: Iterable[Row[Any]], told: Sequence[FileHistory | Row[Any]]) -> None:
    """Add the names that held rows lack: what is kept may stay in view although others say more of it.

    Args:
        tx: in a writer's turn.
        held: the rows that stay.
        told: what has arrived, and all that was held of the application, the surest first.
    """
    names = _names_told(told)
    for row in held:
        lacking = {name: value for name, value in names.items() if value and not getattr(row, name)}
        if lacking:
            tx.execute(update(histories).where(histories.c.id == row.id).values(**lacking))


def _names_told(told: Sequence[FileHistory | Row[Any]]) -> dict[str, str]:
    """Give each own name as the first of these tells it; empty where none does."""
    return {
        name: next((value for one in told if (value := storable.text(getattr(one, name)))), "") for name in _OWN_NAMES
    }


def _standing(kept: Row[Any] | None, begun: Row[Any] | None, history: FileHistory) -> str | None:
    """Decide by the table above where it goes; `None` if what is held is better."""
    if kept is None:
        return "kept"
    if history.complete:
        return "kept" if not kept.complete or history.retrieved >= kept.retrieved else None
    if not kept.complete:
        return "kept" if history.held >= kept.held else None
    later = history.retrieved >= kept.retrieved and (begun is None or history.held >= begun.held)
    return "begun" if later else None


def _compared(kept: Row[Any] | None, history: FileHistory) -> FileHistory:
    """Let a history that came back shorter say so."""
    if kept is None or history.held >= kept.held:
        return history
    finding = (
        f"This refresh brought {history.held} documents; {kept.held} were held before "
        f"(retrieved {kept.retrieved.day} {kept.retrieved:%b %Y})"
    )
    return replace(history, findings=(*history.findings, finding))


def _values(history: FileHistory, known: Sequence[Row[Any]]) -> dict[str, Any]:
    """Give a history's own columns; a name that it lacks is taken from what was known."""
    blob, sha256 = documents.pack(history.documents)
    return {
        **_names_told([history, *known]),
        "told": storable.whole(history.told),
        "held": history.held,
        "complete": history.complete,
        "retrieved": history.retrieved,
        "findings": orjson.dumps([storable.text(finding) for finding in history.findings]).decode(),
        "sha256": sha256,
        "documents": blob,
    }


def _write(tx: Transaction, values: Mapping[str, Any], history: FileHistory, base: Row[Any] | None) -> int:
    """Write a row over `base`, or a new one, and give its id."""
    if base is None:
        tx.execute(insert(histories).values(**values))
        mine = [histories.c[name] == values[name] for name in ("source", "key", "standing")]
        return int(tx.execute(select(histories.c.id).where(*mine)).scalar_one())
    if not _continues(history.documents, _documents(base)):
        links.drop(tx, base.id)  # the same id may now mean another paper of that day
    tx.execute(update(histories).where(histories.c.id == base.id).values(**values))
    return int(base.id)


def _names(key: str, history: FileHistory, asked: Sequence[str]) -> list[str]:
    return [name for name in (key, history.apno, history.patent_id, history.patent_number, *asked) if name]


def _find(tx: Transaction, keys: Collection[str]) -> list[Row[Any]]:
    query = select(histories).where(histories.c.source == tx.source, histories.c.key.in_(list(keys)))
    return list(tx.execute(query))


def _identities(rows: Iterable[Row[Any]]) -> dict[str, identity.Held]:
    """Give what tells held histories from others, by key, each from its kept row and from its begun refresh."""
    found: dict[str, identity.Held] = {}
    for key, its in groupby(sorted(rows, key=lambda row: row.key), key=lambda row: row.key):
        names = _names_told(list(its))
        # A key that is PatSnap's id tells no office, whatever letters it begins with.
        other = "" if key == names["patent_id"] else key
        found[key] = identity.Held(key, names["apno"], office_of(names["apno"], names["patent_number"], other))
    return found


def _best(rows: Iterable[Row[Any]]) -> dict[str, Row[Any]]:
    """Give the best row of each standing, "kept" and "begun": complete before incomplete, then later or fuller."""
    ordered = sorted(rows, key=lambda row: (row.complete, row.retrieved.timestamp() if row.complete else row.held))
    return {row.standing: row for row in ordered}


def _unite(tx: Transaction, rows: Sequence[Row[Any]], place: identity.Place) -> dict[str, Row[Any]]:
    """Make one history of several that turned out to be one application, and give what is held of it then."""
    held = _best(rows)
    aliases.hand_over(tx, place.absorbed, place.key)
    marks.hand_over(tx, place.absorbed, place.key)
    if "kept" in held:
        whole = _documents(held["kept"])
        lists = {row.key: _documents(row) for row in rows if row.standing == "kept"}
        pdfs.hand_over(tx, lists, place.key, own=held["kept"].key, whole=whole)
    best = [row.id for row in held.values()]
    keys = (place.key, *place.absorbed)
    mine = (histories.c.source == tx.source, histories.c.key.in_(keys))
    _remove(tx, tx.execute(select(histories.c.id).where(*mine, ~histories.c.id.in_(best))).scalars())
    tx.execute(update(histories).where(histories.c.id.in_(best)).values(key=place.key))
    return held


def _remove(tx: Transaction, ids: Iterable[int]) -> None:
    tx.execute(delete(histories).where(histories.c.id.in_(list(ids))))


def _rows(tx: Transaction, names: Collection[str], standing: str) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for portion in storable.portions(names):
        query = (
            select(alias_table.c.name, histories)
            .join(histories, (histories.c.source == alias_table.c.source) & (histories.c.key == alias_table.c.key))
            .where(
                alias_table.c.source == tx.source,
                alias_table.c.name.in_(portion),
                alias_table.c.leads,
                histories.c.standing == standing,
            )
        )
        found.update((row.name, row) for row in tx.execute(query))
    return {name: found[fit] for name in names if (fit := storable.text(name)) in found}


def _history(row: Row[Any]) -> FileHistory:
    try:
        held = documents.unpack(row.documents, row.sha256)
    except (ValueError, KeyError):
        raise HistoryDamaged(row.key) from None
    return FileHistory(
        apno=row.apno,
        patent_number=row.patent_number,
        patent_id=row.patent_id,
        documents=held,
        told=row.told,
        complete=row.complete,
        retrieved=row.retrieved,
        findings=tuple(orjson.loads(row.findings)),
    )


def _documents(row: Row[Any]) -> DocumentList | None:
    """Give the documents of a held row; `None` if they are damaged, so that a refresh can mend it."""
    try:
        return documents.unpack(row.documents, row.sha256)
    except (ValueError, KeyError):
        return None


def _continues(whole: DocumentList | None, start: DocumentList | None) -> bool:
    return whole is not None and start is not None and documents.begins_with(whole, start)
