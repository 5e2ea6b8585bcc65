"""Small facts that outlive a process: the largest limit that a base accepted, the key that signs document tokens."""

from sqlalchemy import Connection, delete, insert, select

from components.store.schema import facts


def get(connection: Connection, source: str, key: str) -> str | None:
    """Give a fact, if it is known."""
    query = select(facts.c.value).where(facts.c.source == source, facts.c.key == key)
    return connection.execute(query).scalar_one_or_none()


def put(connection: Connection, source: str, key: str, value: str) -> None:
    """Keep a fact, instead of what was kept before."""
    connection.execute(delete(facts).where(facts.c.source == source, facts.c.key == key))
    connection.execute(insert(facts).values(source=source, key=key, value=value))


def get_or_put(connection: Connection, source: str, key: str, value: str) -> str:
    """Give a fact; keep this value if there is none. In a writer's turn, so that all processes get the same one."""
    known = get(connection, source, key)
    if known is None:
        put(connection, source, key, value)
    return value if known is None else known
