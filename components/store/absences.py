"""Numbers that the service did not know, for a day: so that asking again is a decision, not an accident."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, insert, select

from components.store import storable
from components.store.schema import absences, aliases

LIFE = timedelta(hours=24)


def keep(connection: Connection, source: str, names: Collection[str], *, now: datetime) -> None:
    """Note that the service has just said that it does not know these."""
    for portion in storable.portions(names):
        forget(connection, source, portion)
        connection.execute(insert(absences), [{"source": source, "name": name, "at": now} for name in portion])
    connection.execute(delete(absences).where(absences.c.source == source, absences.c.at <= now - LIFE))


def forget(connection: Connection, source: str, names: Collection[str]) -> None:
    """Take it back: the service knows them after all."""
    for portion in storable.portions(names):
        connection.execute(delete(absences).where(absences.c.source == source, absences.c.name.in_(portion)))


def find(connection: Connection, source: str, names: Collection[str], *, now: datetime) -> dict[str, datetime]:
    """Give when the service said so, for each name of which it did within a day and which is not held."""
    found: dict[str, datetime] = {}
    held = exists().where(aliases.c.source == source, aliases.c.name == absences.c.name)
    for portion in storable.portions(names):
        query = select(absences.c.name, absences.c.at).where(
            absences.c.source == source, absences.c.name.in_(portion), absences.c.at > now - LIFE, ~held
        )
        found.update((name, at) for name, at in connection.execute(query))
    return {name: found[fit] for name in names if (fit := storable.text(name)) in found}
