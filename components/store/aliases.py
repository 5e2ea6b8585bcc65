"""All names of a file history: application number, publication numbers, PatSnap's id, and whatever it was asked by.

A name leads to one history; a history has many names and never loses one. They may pass to another history only when
both turn out to be the same application.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select, update

from components.store import storable
from components.store.schema import aliases


def find(connection: Connection, source: str, names: Collection[str]) -> dict[str, str]:
    """Give the key of the history of each name that has one."""
    found: dict[str, str] = {}
    for portion in storable.portions(names):
        query = select(aliases.c.name, aliases.c.key).where(aliases.c.source == source, aliases.c.name.in_(portion))
        found.update((name, key) for name, key in connection.execute(query))
    return {name: found[fit] for name in names if (fit := storable.text(name)) in found}


def point(connection: Connection, source: str, leads: Mapping[str, str]) -> None:
    """Let each name lead to the history of its key, wherever it led before."""
    fit = {storable.text(name): key for name, key in leads.items()}
    for portion in storable.portions(fit):
        connection.execute(delete(aliases).where(aliases.c.source == source, aliases.c.name.in_(portion)))
        connection.execute(insert(aliases), [{"source": source, "name": name, "key": fit[name]} for name in portion])


def hand_over(connection: Connection, source: str, keys: Collection[str], key: str) -> None:
    """Give all names of some histories to the one that they turned out to be."""
    for portion in storable.portions(keys):
        connection.execute(
            update(aliases).where(aliases.c.source == source, aliases.c.key.in_(portion)).values(key=key)
        )
