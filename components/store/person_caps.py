"""Caps by person and day, which administrators set: how many patents one person may be charged for in a day (UTC)."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select

from components.store import storable
from components.store.schema import person_caps
from components.store.transaction import StoreTransaction


def put(tx: StoreTransaction, person: str, per_day: int | None) -> None:
    """Set a person's cap in place of the one set before; `None` takes it away. Needs a writing transaction."""
    person = storable.text(person)
    tx.execute(delete(person_caps).where(person_caps.c.source == tx.service, person_caps.c.person == person))
    if per_day is not None:
        tx.execute(insert(person_caps).values(source=tx.service, person=person, per_day=storable.integer(per_day)))


def everybodys(tx: StoreTransaction) -> dict[str, int]:
    """Return all caps that are set, by person, in the order of their names."""
    query = select(person_caps.c.person, person_caps.c.per_day).where(person_caps.c.source == tx.service)
    return {row.person: row.per_day for row in tx.execute(query.order_by(person_caps.c.person))}


def of(tx: StoreTransaction, people: Collection[str]) -> dict[str, int]:
    """Return the caps of some people; those who have none are left out."""
    caps: dict[str, int] = {}
    for batch in storable.batches(people):
        query = select(person_caps.c.person, person_caps.c.per_day).where(
            person_caps.c.source == tx.service, person_caps.c.person.in_(batch)
        )
        caps.update((row.person, row.per_day) for row in tx.execute(query))
    return {person: caps[stored] for person in people if (stored := storable.text(person)) in caps}
