"""Numbers that the service does not know, remembered for a day, so that nobody asks for one again by accident."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, insert, select

from components.store import storable
from components.store.schema import absences, aliases
from components.store.transaction import StoreTransaction

LIFETIME = timedelta(hours=24)

# Made once: making a statement takes as long as running it.
_NAMED = (absences.c.source == bindparam("source_"), absences.c.name.in_(bindparam("names", expanding=True)))
_FORGET = delete(absences).where(*_NAMED)
_HELD = exists().where(aliases.c.source == absences.c.source, aliases.c.name == absences.c.name)
_FIND = select(absences.c.name, absences.c.at).where(*_NAMED, absences.c.at > bindparam("since"), ~_HELD)


def add(tx: StoreTransaction, names: Collection[str]) -> None:
    """Record that the service has just said that it does not know these numbers."""
    for batch in storable.batches(names):
        forget(tx, batch)
        tx.execute(insert(absences), [{"source": tx.source, "name": name, "at": tx.now} for name in batch])
    tx.execute(delete(absences).where(absences.c.source == tx.source, absences.c.at <= tx.now - LIFETIME))


def forget(tx: StoreTransaction, names: Collection[str]) -> None:
    """Delete the record for these names, because the service knows them now."""
    for batch in storable.batches(names):
        tx.execute(_FORGET, {"source_": tx.source, "names": batch})


def find(tx: StoreTransaction, names: Collection[str]) -> dict[str, datetime]:
    """Return when the service said that it does not know a name, for each name for which that still counts.

    It counts for a day, and only as long as no kept history has the name.
    """
    times: dict[str, datetime] = {}
    values = {"source_": tx.source, "since": tx.now - LIFETIME}
    for batch in storable.batches(names):
        times.update((name, at) for name, at in tx.execute(_FIND, {**values, "names": batch}))
    return {name: times[stored] for name in names if (stored := storable.text(name)) in times}
