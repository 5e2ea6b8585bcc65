"""Login sessions: who is in, since when, and which have ended. They belong to the whole store, whatever the service.

An end is kept even where the session was never seen, and never taken back: a cookie that is sent again after it does
not let anybody in. Functions that change something need a writing transaction.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from components.store import storable
from components.store.records import SessionRecord
from components.store.schema import sessions
from components.store.transaction import StoreTransaction

SEEN_NOTED_AFTER = timedelta(minutes=1)
"""That a session was seen is noted at most this often: a note costs a transaction."""
KEPT = timedelta(days=400)
"""How long a session is kept from its beginning: longer than any cookie of it lives."""


def is_noted(tx: StoreTransaction, record: SessionRecord) -> bool:
    """Return whether a session is known to have ended, or was noted as seen within the last minute."""
    row = _row(tx, record.id)
    if row is None:
        return False
    return row.ended_at is not None or (row.seen_at is not None and abs(tx.now - row.seen_at) < SEEN_NOTED_AFTER)


def begin(tx: StoreTransaction, record: SessionRecord) -> None:
    """Note that a session has begun, or was seen again; one that has ended stays ended."""
    row = _row(tx, record.id)
    whose = {
        "person": storable.text(record.person),
        "email": storable.text(record.email),
        "workspace": storable.text(record.workspace),
        "begun_at": record.begun_at,
    }
    if row is None:
        tx.execute(delete(sessions).where(sessions.c.begun_at < tx.now - KEPT))
        values = {**whose, "seen_at": tx.now, "ended_at": None, "how": ""}
        tx.execute(insert(sessions).values(id=storable.text(record.id), **values))
    elif row.ended_at is None:
        tx.execute(update(sessions).where(sessions.c.id == row.id).values(seen_at=tx.now))


def end(tx: StoreTransaction, session_id: str, *, how: str) -> None:
    """Note that a session has ended; its first end stays."""
    row = _row(tx, session_id)
    if row is None:
        nobody = {"person": "", "email": "", "workspace": "", "begun_at": tx.now, "seen_at": None}
        values = {**nobody, "ended_at": tx.now, "how": storable.text(how)}
        tx.execute(insert(sessions).values(id=storable.text(session_id), **values))
    elif row.ended_at is None:
        tx.execute(update(sessions).where(sessions.c.id == row.id).values(ended_at=tx.now, how=storable.text(how)))


def ended_at(tx: StoreTransaction, session_id: str) -> datetime | None:
    """Return when a session ended; `None` if it has not, or was never seen."""
    row = _row(tx, session_id)
    return None if row is None else row.ended_at


def records(tx: StoreTransaction, *, since: datetime) -> list[SessionRecord]:
    """Return the sessions that began or were seen at or after a time, the last begun first."""
    lately = or_(sessions.c.begun_at >= since, sessions.c.seen_at >= since)
    query = select(sessions).where(sessions.c.person != "", lately)
    rows = tx.execute(query.order_by(sessions.c.begun_at.desc(), sessions.c.id))
    return [SessionRecord(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def forget_person(tx: StoreTransaction, person: str) -> None:
    """End a person's sessions, and keep nothing but that they have ended: their cookies must not come back to life."""
    whose = sessions.c.person == storable.text(person)
    nobody = {"person": "", "email": "", "workspace": ""}
    tx.execute(update(sessions).where(whose, sessions.c.ended_at.is_(None)).values(ended_at=tx.now, how="deleted"))
    tx.execute(update(sessions).where(whose).values(**nobody))


def _row(tx: StoreTransaction, session_id: str) -> Row[Any] | None:
    """Return the row of a session."""
    return tx.execute(select(sessions).where(sessions.c.id == storable.text(session_id))).one_or_none()
