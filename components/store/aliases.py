"""All names of a file history: application number, publication numbers, PatSnap's id, and whatever it was asked by.

A history has many names and never loses one. Several histories may have the same name (two applications that are said
to have one publication, two offices under one id of PatSnap): it leads to the one that was given it last. A key is an
exception: once given out, in a link, an address or a mark, it leads to its history for ever, even when that history
has got another key since.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, select

from components.store import storable
from components.store.schema import aliases
from components.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Alias:
    """One name of one history."""

    name: str
    key: str
    given: bool
    """Whether it is, or was, the key of the history."""
    leads: bool
    """Whether somebody who asks for the name gets this history; true for one history of each name."""


def resolve(tx: Transaction, names: Collection[str]) -> dict[str, str]:
    """Return the key of the history to which each name leads, for those that lead to one."""
    found: dict[str, str] = {}
    query = select(aliases.c.name, aliases.c.key).where(aliases.c.source == tx.source, aliases.c.leads)
    for batch in storable.batches(names):
        found.update((name, key) for name, key in tx.execute(query.where(aliases.c.name.in_(batch))))
    return {name: found[stored] for name in names if (stored := storable.text(name)) in found}


def candidate_keys(tx: Transaction, names: Collection[str]) -> dict[str, list[str]]:
    """Return the keys of all histories that have a name, the one to which it leads first."""
    found: dict[str, list[str]] = {}
    for name, rows in _rows(tx, names).items():
        found[name] = [row.key for row in sorted(rows, key=lambda row: (not row.leads, row.key))]
    return found


def register(tx: Transaction, keys_by_name: Mapping[str, str]) -> None:
    """Give each name to the history of its key; it leads there from now on, unless it was given out as another's key.

    A key leads to its own history above all: an application number that was taken for another's is its own again.

    Args:
        tx: in a writer's turn.
        keys_by_name: key by name. A name that is its own key is given out as one from now on.
    """
    wanted = {storable.text(name): key for name, key in keys_by_name.items()}
    held = _rows(tx, wanted)
    changed: dict[str, list[_Alias]] = {}
    for name, key in wanted.items():
        rows = {row.key: row for row in held.get(name, ())}
        belongs_to_another = name != key and any(row.given and row.leads and row.key != key for row in rows.values())
        this = rows.get(key, _Alias(name, key, given=False, leads=False))
        others = [row if belongs_to_another else replace(row, leads=False) for row in rows.values() if row.key != key]
        after = [replace(this, given=this.given or name == key, leads=not belongs_to_another), *others]
        if after != held.get(name):
            changed[name] = after
    _replace(tx, changed, held)


def merge(tx: Transaction, keys: Collection[str], into: str) -> None:
    """Give all names of some histories to the one that they turned out to be."""
    names: list[str] = []
    for batch in storable.batches(keys):
        conditions = (aliases.c.source == tx.source, aliases.c.key.in_(batch))
        names += tx.execute(select(aliases.c.name).where(*conditions)).scalars()
    merged = {storable.text(other) for other in keys}
    held = _rows(tx, names)
    changed: dict[str, list[_Alias]] = {}
    for name, rows in held.items():
        merged_rows = [row for row in rows if row.key in merged or row.key == into]
        given, leads = any(row.given for row in merged_rows), any(row.leads for row in merged_rows)
        merged_row = _Alias(name, into, given=given, leads=leads)
        changed[name] = [merged_row, *(row for row in rows if row not in merged_rows)]
    _replace(tx, changed, held)


def _rows(tx: Transaction, names: Collection[str]) -> dict[str, list[_Alias]]:
    found: dict[str, list[_Alias]] = defaultdict(list)
    columns = (aliases.c.name, aliases.c.key, aliases.c.given, aliases.c.leads)
    for batch in storable.batches(names):
        conditions = (aliases.c.source == tx.source, aliases.c.name.in_(batch))
        for row in tx.execute(select(*columns).where(*conditions)):
            found[row.name].append(_Alias(row.name, row.key, given=bool(row.given), leads=bool(row.leads)))
    return found


def _replace(
    tx: Transaction,
    changed: Mapping[str, Collection[_Alias]],
    held: Mapping[str, Collection[_Alias]],
) -> None:
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
