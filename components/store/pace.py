"""The pace of calls, shared by all processes of the store: a text that only the caller understands, and a clock.

The clock goes on evenly whatever the wall clock does, and is the same for all processes: on PostgreSQL the server's, on
SQLite, where all run on one machine, that of the machine since it was started. What was written before a restart of the
machine is therefore of another clock, and is not read.
"""

import time

from sqlalchemy import delete, extract, func, insert, select

from components.store.processes import machine_start
from components.store.schema import paces
from components.store.transaction import StoreTransaction

_SERVER_CLOCK = "server"


def read(tx: StoreTransaction) -> tuple[str, float]:
    """Return what was last written, `""` if there is nothing, and the time in seconds."""
    query = select(paces.c.state).where(paces.c.source == tx.source, paces.c.clock == _clock_name(tx))
    return tx.execute(query).scalar_one_or_none() or "", _clock(tx)


def write(tx: StoreTransaction, state: str) -> None:
    """Keep a text, in place of the one kept before."""
    tx.execute(delete(paces).where(paces.c.source == tx.source))
    tx.execute(insert(paces).values(source=tx.source, clock=_clock_name(tx), state=state))


def _clock(tx: StoreTransaction) -> float:
    """Return the seconds on the clock."""
    if tx.connection.dialect.name == "postgresql":
        return float(tx.execute(select(extract("epoch", func.clock_timestamp()))).scalar_one())
    return time.monotonic()


def _clock_name(tx: StoreTransaction) -> str:
    """Return which clock it is."""
    return _SERVER_CLOCK if tx.connection.dialect.name == "postgresql" else machine_start()
