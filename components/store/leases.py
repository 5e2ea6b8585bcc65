"""Who is about to buy what: a lease on a name keeps all other processes and threads from buying it at the same time.

A lease ends when it is released, or when the process of its holder is dead (see `processes`). It never ends because a
clock says so: if it expired while its holder still calls, somebody would buy the same patent a second time.

One application may be asked for by its application number and by a publication number, and only an answer tells that
they are one. While names of an office are leased in one field, no other look-up gets a lease on names of that office in
another field: after the first answer it finds that the history is held.

All functions need a writing transaction: a name found free is then still free when it is leased.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, insert, or_, select

from components.histories import office_of
from components.store import storable
from components.store.partitions import of_service
from components.store.processes import this_process
from components.store.schema import leases
from components.store.transaction import StoreTransaction

DeadOf = Callable[[StoreTransaction, Collection[str]], Collection[str]]
"""Returns those of some processes that are dead, after what they have left was found and their leases have ended."""


# Made once: making a statement takes as long as running it.
_NAMED = leases.c.name.in_(bindparam("names", expanding=True))
_MINE = (leases.c.source == bindparam("source_"), leases.c.holder == bindparam("holder_"), _NAMED)
_HELD = select(leases.c.name).where(*_MINE)
_RELEASE = delete(leases).where(*_MINE)
_IN_ANOTHER_FIELD = and_(
    leases.c.office.in_(bindparam("offices", expanding=True)), leases.c.field != bindparam("field_")
)
_CONCERNED = select(leases).where(leases.c.source == bindparam("source_"), or_(_NAMED, _IN_ANOTHER_FIELD))


def acquire(tx: StoreTransaction, names: Collection[str], *, holder: str, field: str, dead_of: DeadOf) -> set[str]:
    """Lease the names that nobody holds, or whose holder is dead, and return them.

    A name that the same holder holds already is not returned again: two threads of one holder must not both buy it.

    Args:
        tx: a writing transaction.
        names: what is about to be asked for.
        holder: who asks. Holders of one look-up begin alike, up to the last colon.
        field: the body field in which the names will be sent.
        dead_of: tells which processes are dead.
    """
    offices = {storable.text(name): office_of(name) for name in names}
    standing = _live_rows(tx, offices, field=field, dead_of=dead_of)
    leased = {row.name for row in standing}
    look_up = holder.rpartition(":")[0]
    kept_from = {row.office for row in standing if row.field != field and row.holder.rpartition(":")[0] != look_up}
    free = [name for name, office in offices.items() if name not in leased and office not in kept_from]
    if free:
        process = this_process()
        tx.execute(
            insert(leases),
            [
                {
                    "source": tx.source,
                    "name": name,
                    "holder": holder,
                    "process": process,
                    "office": offices[name],
                    "field": field,
                }
                for name in free
            ],
        )
    acquired = set(free)
    return {name for name in names if storable.text(name) in acquired}


def held(tx: StoreTransaction, names: Collection[str], *, holder: str) -> set[str]:
    """Return the names on which the holder still has a lease; the others were leased to somebody else meanwhile."""
    mine: set[str] = set()
    for batch in storable.batches(names):
        mine.update(tx.execute(_HELD, {"source_": tx.source, "holder_": holder, "names": batch}).scalars())
    return {name for name in names if storable.text(name) in mine}


def release(tx: StoreTransaction, names: Collection[str], *, holder: str) -> None:
    """End the holder's leases on these names; those of others stay."""
    for batch in storable.batches(names):
        tx.execute(_RELEASE, {"source_": tx.source, "holder_": holder, "names": batch})


def end_of_processes(tx: StoreTransaction, dead: Collection[str]) -> None:
    """End the leases of dead processes, in every workspace of the service."""
    for batch in storable.batches(dead):
        tx.execute(delete(leases).where(of_service(leases.c.source, tx.service), leases.c.process.in_(batch)))


def _live_rows(tx: StoreTransaction, offices: Mapping[str, str], *, field: str, dead_of: DeadOf) -> list[Row[Any]]:
    """Return the leases on these names, and in other fields on names of their offices, without those of the dead."""
    rows: dict[str, Row[Any]] = {}
    for batch in storable.batches(list(offices)):
        offices_asked = list({offices[name] for name in batch})
        values = {"source_": tx.source, "names": batch, "offices": offices_asked, "field_": field}
        rows.update((row.name, row) for row in tx.execute(_CONCERNED, values))
    dead = dead_of(tx, {row.process for row in rows.values()})
    return [row for row in rows.values() if row.process not in dead]
