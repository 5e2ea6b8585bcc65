"""Who is about to buy what: a lease on a name keeps everybody else, in every process, from buying it at the same time.

A lease ends when it is released, or at its expiry if its holder died. To be used in a writer's turn: what is free when
it is looked at is then still free when it is taken.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from components.store import storable
from components.store.schema import leases
from components.store.transaction import Transaction


def clock(tx: Transaction) -> datetime:
    """Tell the time that expiries are measured by: the server's on PostgreSQL, so that machines need not agree."""
    if tx.connection.dialect.name == "postgresql":
        moment: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)


def take(tx: Transaction, names: Collection[str], *, holder: str, seconds: float) -> set[str]:
    """Lease those names that nobody holds, or whose holder let them expire, and give them.

    A name that the holder itself holds already is not given again: two threads of one holder must not both buy it.
    """
    now = clock(tx)
    expires = now + timedelta(seconds=seconds)
    obtained: set[str] = set()
    for portion in storable.portions(names):
        named = (leases.c.source == tx.source, leases.c.name.in_(portion))
        living = set(tx.execute(select(leases.c.name).where(*named, leases.c.expires > now)).scalars())
        free = [name for name in portion if name not in living]
        if free:
            tx.execute(delete(leases).where(leases.c.source == tx.source, leases.c.name.in_(free)))
            tx.execute(
                insert(leases),
                [{"source": tx.source, "name": name, "holder": holder, "expires": expires} for name in free],
            )
        obtained.update(free)
    return {name for name in names if storable.text(name) in obtained}


def renew(tx: Transaction, names: Collection[str], *, holder: str, seconds: float) -> set[str]:
    """Let the holder's leases last from now, and give the names that it still holds; the others were taken over."""
    expires = clock(tx) + timedelta(seconds=seconds)
    held: set[str] = set()
    for portion in storable.portions(names):
        own = (leases.c.source == tx.source, leases.c.holder == holder, leases.c.name.in_(portion))
        held.update(tx.execute(select(leases.c.name).where(*own)).scalars())
        tx.execute(update(leases).where(*own).values(expires=expires))
    return {name for name in names if storable.text(name) in held}


def give_back(tx: Transaction, names: Collection[str], *, holder: str) -> None:
    """End the holder's leases on these names; those of others stay."""
    for portion in storable.portions(names):
        tx.execute(
            delete(leases).where(leases.c.source == tx.source, leases.c.holder == holder, leases.c.name.in_(portion))
        )
