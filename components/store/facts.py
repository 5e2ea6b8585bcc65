"""Small facts that outlive a process: the largest limit that a base accepted, the key that signs document tokens."""

from sqlalchemy import delete, insert, select

from components.store.schema import facts
from components.store.transaction import Transaction


def get(tx: Transaction, key: str) -> str | None:
    """Give a fact, if it is known."""
    query = select(facts.c.value).where(facts.c.source == tx.source, facts.c.key == key)
    return tx.execute(query).scalar_one_or_none()


def put(tx: Transaction, key: str, value: str) -> None:
    """Keep a fact, instead of what was kept before."""
    tx.execute(delete(facts).where(facts.c.source == tx.source, facts.c.key == key))
    tx.execute(insert(facts).values(source=tx.source, key=key, value=value))


def get_or_put(tx: Transaction, key: str, value: str) -> str:
    """Give a fact; keep this value if there is none. In a writer's turn, so that all processes get the same one."""
    kept = get(tx, key)
    if kept is None:
        put(tx, key, value)
    return value if kept is None else kept
