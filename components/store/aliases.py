"""All names of a file history: application number, publication numbers, PatSnap's id, and the numbers asked for.

A history has many names and never loses one. Several histories may have the same name (two applications that the
service gives one publication number, or applications of two offices under one PatSnap id): the name then leads to the
history to which it was given last. Keys are the exception. Once a key was used, in a link, an address or a mark, it
leads to its history for ever, even if the history has another key by now.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, delete, insert, select

from components.store import storable
from components.store.schema import aliases
from components.store.transaction import StoreTransaction


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one history; a row of the table."""

    name: str
    key: str
    given: bool
    """Whether it is, or once was, the key of the history."""
    leads: bool
    """Whether a look-up by this name finds this history; true for one history of each name."""


# Made once: making a statement takes as long as running it.
_NAMED = (aliases.c.source == bindparam("source"), aliases.c.name.in_(bindparam("names", expanding=True)))
_LEADING = select(aliases.c.name, aliases.c.key).where(*_NAMED, aliases.c.leads)
_OF_NAMES = select(aliases.c.name, aliases.c.key, aliases.c.given, aliases.c.leads).where(*_NAMED)


def resolve(tx: StoreTransaction, names: Collection[str]) -> dict[str, str]:
    """Return the key of the history to which each name leads; names that lead to none are left out."""
    keys: dict[str, str] = {}
    for batch in storable.batches(names):
        keys.update((name, key) for name, key in tx.execute(_LEADING, {"source": tx.source, "names": batch}))
    return {name: keys[stored] for name in names if (stored := storable.text(name)) in keys}


def namesakes(tx: StoreTransaction, names: Collection[str]) -> dict[str, set[str]]:
    """Return for each name that leads to a history all names that lead to the same one, itself included."""
    keys = resolve(tx, names)
    by_key: dict[str, set[str]] = defaultdict(set)
    query = select(aliases.c.name, aliases.c.key).where(aliases.c.source == tx.source, aliases.c.leads)
    for batch in storable.batches(list(set(keys.values()))):
        for row in tx.execute(query.where(aliases.c.key.in_(batch))):
            by_key[row.key].add(row.name)
    return {name: by_key[key] for name, key in keys.items()}


def candidate_keys(tx: StoreTransaction, names: Collection[str]) -> dict[str, list[str]]:
    """Return the keys of all histories that have a name, beginning with the one to which the name leads."""
    keys_by_name: dict[str, list[str]] = {}
    for name, rows in rows_of(tx, names).items():
        keys_by_name[name] = [row.key for row in sorted(rows, key=lambda row: (not row.leads, row.key))]
    return keys_by_name


def register_first(tx: StoreTransaction, keys_by_name: Mapping[str, str]) -> None:
    """Make each name lead to the history of its key, where no history has any of these names yet."""
    wanted = {storable.text(name): key for name, key in keys_by_name.items()}
    rows = {name: [Alias(name, key, given=name == key, leads=True)] for name, key in wanted.items()}
    _replace(tx, rows, {})


def register(tx: StoreTransaction, keys_by_name: Mapping[str, str]) -> None:
    """Make each name lead to the history of its key, except where the name is the key of another history.

    A key leads to its own history before anything else: an application number that was recorded as another history's
    name leads to its own history again.

    Args:
        tx: a writing transaction.
        keys_by_name: key by name. A name that equals its key is a key from now on.
    """
    wanted = {storable.text(name): key for name, key in keys_by_name.items()}
    held = rows_of(tx, wanted)
    changed: dict[str, list[Alias]] = {}
    for name, key in wanted.items():
        rows = {row.key: row for row in held.get(name, ())}
        belongs_to_another = name != key and any(row.given and row.leads and row.key != key for row in rows.values())
        own_row = rows.get(key, Alias(name, key, given=False, leads=False))
        other_rows = [
            row if belongs_to_another else replace(row, leads=False) for row in rows.values() if row.key != key
        ]
        after = [replace(own_row, given=own_row.given or name == key, leads=not belongs_to_another), *other_rows]
        if after != held.get(name):
            changed[name] = after
    _replace(tx, changed, held)


def merge(tx: StoreTransaction, keys: Collection[str], into: str) -> None:
    """Move all names of some histories to the history that they turned out to be.

    Args:
        tx: a writing transaction.
        keys: the keys of the histories that go.
        into: the key of the history that stays.
    """
    names: list[str] = []
    for batch in storable.batches(keys):
        conditions = (aliases.c.source == tx.source, aliases.c.key.in_(batch))
        names += tx.execute(select(aliases.c.name).where(*conditions)).scalars()
    merged = {storable.text(other) for other in keys}
    held = rows_of(tx, names)
    changed: dict[str, list[Alias]] = {}
    for name, rows in held.items():
        merged_rows = [row for row in rows if row.key in merged or row.key == into]
        given, leads = any(row.given for row in merged_rows), any(row.leads for row in merged_rows)
        merged_row = Alias(name, into, given=given, leads=leads)
        changed[name] = [merged_row, *(row for row in rows if row not in merged_rows)]
    _replace(tx, changed, held)


def rows_of(tx: StoreTransaction, names: Collection[str]) -> dict[str, list[Alias]]:
    """Return the rows of each name."""
    rows_by_name: dict[str, list[Alias]] = defaultdict(list)
    for batch in storable.batches(names):
        for row in tx.execute(_OF_NAMES, {"source": tx.source, "names": batch}):
            rows_by_name[row.name].append(Alias(row.name, row.key, given=bool(row.given), leads=bool(row.leads)))
    return rows_by_name


def _replace(
    tx: StoreTransaction,
    changed: Mapping[str, Collection[Alias]],
    held: Mapping[str, Collection[Alias]],
) -> None:
    """Write the changed rows of some names in place of the rows that they had."""
    for batch in storable.batches([name for name in changed if name in held]):
        tx.execute(delete(aliases).where(aliases.c.source == tx.source, aliases.c.name.in_(batch)))
    for batch in storable.batches(changed):
        tx.execute(
            insert(aliases),
            [
                {"source": tx.source, "name": row.name, "key": row.key, "given": row.given, "leads": row.leads}
                for name in batch
                for row in changed[name]
            ],
        )
