"""The look-ups that were begun: what each was asked for and how it ended.

A look-up whose process died, or was stopped for a deploy, has no end of its own: it is offered again to the person who
began it. Functions that change something need a writing transaction.
"""

from collections.abc import Collection, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, insert, select, update

from components.store import storable
from components.store.partitions import of_service
from components.store.processes import this_process
from components.store.records import LookUpRecord
from components.store.schema import look_ups
from components.store.transaction import StoreTransaction

RUNNING = "running"
INTERRUPTED = "interrupted"
"""How a look-up ended that its process could not finish."""


def begin(
    tx: StoreTransaction, run: str, *, user: str, refresh: bool, numbers: Sequence[tuple[str, str]], held: int
) -> None:
    """Note that a look-up begins; see `LookUpRecord` for its parts."""
    fit = [[storable.text(typed), storable.text(read)] for typed, read in numbers]
    tx.execute(
        insert(look_ups).values(
            source=tx.source,
            run=run,
            user=storable.text(user),
            process=this_process(),
            begun_at=tx.now,
            ended_at=None,
            state=RUNNING,
            message="",
            refresh=refresh,
            numbers=orjson.dumps(fit).decode(),
            held=held,
            calls=0,
            settled=False,
        )
    )


def end(tx: StoreTransaction, run: str, *, state: str, message: str, calls: int) -> None:
    """Note how a look-up ended."""
    changed = {"ended_at": tx.now, "state": state, "message": storable.text(message), "calls": calls}
    changed["settled"] = state != INTERRUPTED
    tx.execute(update(look_ups).where(look_ups.c.source == tx.source, look_ups.c.run == run).values(**changed))


def settle(tx: StoreTransaction, run: str) -> None:
    """Note that an interrupted look-up is not to be offered again."""
    tx.execute(update(look_ups).where(look_ups.c.source == tx.source, look_ups.c.run == run).values(settled=True))


def interrupted(tx: StoreTransaction, *, user: str) -> list[LookUpRecord]:
    """Return a person's look-ups that were interrupted and not taken up again, the last begun first."""
    query = select(look_ups).where(
        look_ups.c.source == tx.source,
        look_ups.c.user == storable.text(user),
        ~look_ups.c.settled,
        look_ups.c.state == INTERRUPTED,
    )
    return [_record(row) for row in tx.execute(query.order_by(look_ups.c.begun_at.desc()))]


def records(tx: StoreTransaction, *, user: str | None) -> list[LookUpRecord]:
    """Return look-ups, the last begun first: one person's, or all."""
    query = select(look_ups).where(look_ups.c.source == tx.source)
    if user is not None:
        query = query.where(look_ups.c.user == storable.text(user))
    return [_record(row) for row in tx.execute(query.order_by(look_ups.c.begun_at.desc()))]


def processes_running(tx: StoreTransaction) -> set[str]:
    """Return the processes that have look-ups running, in any workspace of the service."""
    running = (of_service(look_ups.c.source, tx.service), ~look_ups.c.settled, look_ups.c.state == RUNNING)
    return set(tx.execute(select(look_ups.c.process).where(*running).distinct()).scalars())


def interrupt(tx: StoreTransaction, dead: Collection[str]) -> None:
    """Note that the look-ups of dead processes were interrupted, in every workspace of the service."""
    running = (of_service(look_ups.c.source, tx.service), ~look_ups.c.settled, look_ups.c.state == RUNNING)
    for batch in storable.batches(dead):
        tx.execute(update(look_ups).where(*running, look_ups.c.process.in_(batch)).values(state=INTERRUPTED))


def _record(row: Row[Any]) -> LookUpRecord:
    return LookUpRecord(
        run=row.run,
        user=row.user,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        state=row.state,
        message=row.message,
        refresh=bool(row.refresh),
        numbers=tuple((typed, read) for typed, read in orjson.loads(row.numbers)),
        held=row.held,
        calls=row.calls,
    )
