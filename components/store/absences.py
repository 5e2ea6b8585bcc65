"""Numbers that the service did not know, for a day: so that asking again is a decision, not an accident."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select

from components.store import storable
from components.store.schema import absences, aliases
from components.store.transaction import Transaction

LIFE = timedelta(hours=24)


def keep(tx: Transaction, names: Collection[str]) -> None:
    """Note that the service has just said that it does not know these."""
    for portion in storable.portions(names):
        forget(tx, portion)
        tx.execute(insert(absences), [{"source": tx.source, "name": name, "at": tx.now} for name in portion])
    tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.at <= tx.now - LIFE))


def forget(tx: Transaction, names: Collection[str]) -> None:
    """Take it back: the service knows them after all."""
    for portion in storable.portions(names):
        tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.name.in_(portion)))


def find(tx: Transaction, names: Collection[str]) -> dict[str, datetime]:
    """Give when the service said so, for each name of which it did within a day and which is not held."""
    found: dict[str, datetime] = {}
    held = exists().where(aliases.c.source == tx.source, aliases.c.name == absences.c.name)
    for portion in storable.portions(names):
        query = select(absences.c.name, absences.c.at).where(
            absences.c.source == tx.source, absences.c.name.in_(portion), absences.c.at > tx.now - LIFE, ~held
        )
        found.update((name, at) for name, at in tx.execute(query))
    return {name: found[fit] for name in names if (fit := storable.text(name)) in found}
