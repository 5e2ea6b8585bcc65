"""Numbers that the service does not know, remembered for a day, so that nobody asks for one again by accident."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select

from components.store import storable
from components.store.schema import absences, aliases
from components.store.transaction import StoreTransaction

LIFETIME = timedelta(hours=24)


def add(tx: StoreTransaction, names: Collection[str]) -> None:
    """Record that the service has just said that it does not know these numbers."""
    for batch in storable.batches(names):
        forget(tx, batch)
        tx.execute(insert(absences), [{"source": tx.source, "name": name, "at": tx.now} for name in batch])
    tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.at <= tx.now - LIFETIME))


def forget(tx: StoreTransaction, names: Collection[str]) -> None:
    """Delete the record for these names, because the service knows them now."""
    for batch in storable.batches(names):
        tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.name.in_(batch)))


def find(tx: StoreTransaction, names: Collection[str]) -> dict[str, datetime]:
    """Return when the service said that it does not know a name, for each name for which that still counts.

    It counts for a day, and only as long as no kept history has the name.
    """
    times: dict[str, datetime] = {}
    held = exists().where(aliases.c.source == tx.source, aliases.c.name == absences.c.name)
    for batch in storable.batches(names):
        query = select(absences.c.name, absences.c.at).where(
            absences.c.source == tx.source, absences.c.name.in_(batch), absences.c.at > tx.now - LIFETIME, ~held
        )
        times.update((name, at) for name, at in tx.execute(query))
    return {name: times[stored] for name in names if (stored := storable.text(name)) in times}
