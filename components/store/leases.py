"""Who is about to buy what: a lease on a name keeps all other processes and threads from buying it at the same time.

A lease ends when it is released, or when it expires because its holder died. All functions need a writing transaction:
a name found free is then still free when it is leased.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from components.store import storable
from components.store.schema import leases
from components.store.transaction import StoreTransaction


def clock(tx: StoreTransaction) -> datetime:
    """Return the time by which leases expire.

    On PostgreSQL it is the server's, so that the clocks of the machines need not agree.
    """
    if tx.connection.dialect.name == "postgresql":
        moment: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)


def acquire(tx: StoreTransaction, names: Collection[str], *, holder: str, seconds: float) -> set[str]:
    """Lease the names that nobody holds, or whose lease has expired, and return them.

    A name that the same holder holds already is not returned again: two threads of one holder must not both buy it.
    """
    now = clock(tx)
    expires = now + timedelta(seconds=seconds)
    acquired: set[str] = set()
    for batch in storable.batches(names):
        conditions = (leases.c.source == tx.source, leases.c.name.in_(batch))
        leased = set(tx.execute(select(leases.c.name).where(*conditions, leases.c.expires > now)).scalars())
        free = [name for name in batch if name not in leased]
        if free:
            tx.execute(delete(leases).where(leases.c.source == tx.source, leases.c.name.in_(free)))
            tx.execute(
                insert(leases),
                [{"source": tx.source, "name": name, "holder": holder, "expires": expires} for name in free],
            )
        acquired.update(free)
    return {name for name in names if storable.text(name) in acquired}


def renew(tx: StoreTransaction, names: Collection[str], *, holder: str, seconds: float) -> set[str]:
    """Prolong the holder's leases from now, and return the names that it still holds.

    The other names were taken over by somebody else after the lease had expired.
    """
    expires = clock(tx) + timedelta(seconds=seconds)
    held: set[str] = set()
    for batch in storable.batches(names):
        conditions = (leases.c.source == tx.source, leases.c.holder == holder, leases.c.name.in_(batch))
        held.update(tx.execute(select(leases.c.name).where(*conditions)).scalars())
        tx.execute(update(leases).where(*conditions).values(expires=expires))
    return {name for name in names if storable.text(name) in held}


def release(tx: StoreTransaction, names: Collection[str], *, holder: str) -> None:
    """End the holder's leases on these names; those of others stay."""
    for batch in storable.batches(names):
        tx.execute(
            delete(leases).where(leases.c.source == tx.source, leases.c.holder == holder, leases.c.name.in_(batch))
        )
