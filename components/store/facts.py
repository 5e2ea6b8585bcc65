"""Small facts that outlive a process, such as the largest limit that the service accepted."""

from sqlalchemy import delete, insert, select

from components.store.schema import facts
from components.store.transaction import StoreTransaction


def get(tx: StoreTransaction, key: str) -> str | None:
    """Return a fact; `None` if it is not known."""
    query = select(facts.c.value).where(facts.c.source == tx.source, facts.c.key == key)
    return tx.execute(query).scalar_one_or_none()


def put(tx: StoreTransaction, key: str, value: str) -> None:
    """Keep a fact, in place of the value kept before."""
    tx.execute(delete(facts).where(facts.c.source == tx.source, facts.c.key == key))
    tx.execute(insert(facts).values(source=tx.source, key=key, value=value))


def get_or_put(tx: StoreTransaction, key: str, value: str) -> str:
    """Return a fact, and keep this value if there is none; in a writing transaction.

    All processes therefore get the same value, whichever of them came first.
    """
    kept = get(tx, key)
    if kept is None:
        put(tx, key, value)
    return value if kept is None else kept
