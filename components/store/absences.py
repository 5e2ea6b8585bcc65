"""Numbers that the service did not know, for a day: so that asking again is a decision, not an accident."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select

from components.store import storable
from components.store.schema import absences, aliases
from components.store.transaction import Transaction

LIFETIME = timedelta(hours=24)


def add(tx: Transaction, names: Collection[str]) -> None:
    """Note that the service has just said that it does not know these."""
    for batch in storable.batches(names):
        forget(tx, batch)
        tx.execute(insert(absences), [{"source": tx.source, "name": name, "at": tx.now} for name in batch])
    tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.at <= tx.now - LIFETIME))


def forget(tx: Transaction, names: Collection[str]) -> None:
    """Take it back: the service knows them after all."""
    for batch in storable.batches(names):
        tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.name.in_(batch)))


def find(tx: Transaction, names: Collection[str]) -> dict[str, datetime]:
    """Give when the service said so, for each name of which it did within a day and which is not held."""
    found: dict[str, datetime] = {}
    held = exists().where(aliases.c.source == tx.source, aliases.c.name == absences.c.name)
    for batch in storable.batches(names):
        query = select(absences.c.name, absences.c.at).where(
            absences.c.source == tx.source, absences.c.name.in_(batch), absences.c.at > tx.now - LIFETIME, ~held
        )
        found.update((name, at) for name, at in tx.execute(query))
    return {name: found[stored] for name in names if (stored := storable.text(name)) in found}
