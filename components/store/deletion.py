"""Deleting what is kept of a person, or a walled-off workspace with all that it bought.

The ledger says what was really spent, and caps count it: its rows stay, with the number blanked and of the note only
what says how a charge was decided. All functions need a writing transaction.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, case, delete, func, literal, select, update

from components.store import page_texts, sessions, storable
from components.store.errors import LookUpUnderWay
from components.store.ledger import (
    BLANKED,
    CLOSED_AS_CHARGED,
    CLOSED_AS_NOT_CHARGED,
    INTERRUPTED,
    UNRESERVED,
)
from components.store.look_ups import RUNNING
from components.store.partitions import of_service
from components.store.person_caps import put as put_person_cap
from components.store.schema import (
    absences,
    aliases,
    calls_under_way,
    histories,
    leases,
    ledger,
    look_ups,
    marks,
    pdfs,
    verdicts,
)
from components.store.transaction import StoreTransaction

_OF_A_WORKSPACE: Sequence[Table] = (
    histories,
    aliases,
    absences,
    pdfs,
    marks,
    verdicts,
    look_ups,
    leases,
    calls_under_way,
)
"""The tables that hold what a workspace has; links go with their histories."""
_KEPT_NOTES = (CLOSED_AS_CHARGED, CLOSED_AS_NOT_CHARGED)
"""How a note begins that says what a person has decided; what stands behind it goes."""
_OWN_NOTES = (UNRESERVED, INTERRUPTED)
"""Notes that are the app's own words, without any number."""


def delete_person(tx: StoreTransaction, person: str) -> None:
    """Delete a person's ticks, notes, marks of findings, look-ups, sessions and cap, and blank the numbers of charges.

    What was bought stays with the workspace that it was bought for.

    Raises:
        LookUpUnderWay: one of this person's look-ups runs.
    """
    person = storable.text(person)
    theirs = (look_ups.c.user == person, of_service(look_ups.c.source, tx.service))
    charges = (ledger.c.service == tx.service, ledger.c.user == person)
    calls = select(calls_under_way.c.request_id).where(
        select(ledger.c.id)
        .where(*charges, ledger.c.source == calls_under_way.c.source)
        .where(ledger.c.request_id == calls_under_way.c.request_id)
        .exists()
    )
    _refuse_if_any(tx, select(look_ups.c.run).where(*theirs, look_ups.c.state == RUNNING), calls)
    tx.execute(delete(look_ups).where(*theirs))
    for table in (marks, verdicts):
        tx.execute(delete(table).where(table.c.person == person, of_service(table.c.source, tx.service)))
    put_person_cap(tx, person, None)
    sessions.forget_person(tx, person)
    _blank(tx, *charges)


def delete_workspace(tx: StoreTransaction) -> None:
    """Delete all that the workspace of this transaction holds, and blank the numbers of its charges.

    Raises:
        LookUpUnderWay: a look-up runs in it.
    """
    _refuse_if_any(
        tx,
        select(look_ups.c.run).where(look_ups.c.source == tx.source, look_ups.c.state == RUNNING),
        select(calls_under_way.c.request_id).where(calls_under_way.c.source == tx.source),
        select(leases.c.name).where(leases.c.source == tx.source),
    )
    page_texts.drop_all(tx)
    for table in _OF_A_WORKSPACE:
        tx.execute(delete(table).where(table.c.source == tx.source))
    _blank(tx, ledger.c.service == tx.service, ledger.c.source == tx.source)


def _refuse_if_any(tx: StoreTransaction, *queries: Select[Any]) -> None:
    """Refuse to delete what a look-up would bring back."""
    if any(tx.execute(query.limit(1)).first() for query in queries):
        raise LookUpUnderWay


def _blank(tx: StoreTransaction, *conditions: ColumnElement[bool]) -> None:
    """Blank the numbers and the notes of some rows of the ledger.

    All rows of one number of one call get the same sign in its place, which says nothing of the number: the id of the
    first of them. So every number of a call still has one history of its own, and uncertain ones can be closed.
    """
    first = (
        select(ledger.c.source, ledger.c.request_id, ledger.c.number, func.min(ledger.c.id).label("id"))
        .where(*conditions, ~ledger.c.number.like(f"{BLANKED}%"))
        .group_by(ledger.c.source, ledger.c.request_id, ledger.c.number)
    )
    note = case(
        *((func.substr(ledger.c.note, 1, len(words)) == words, literal(words)) for words in _KEPT_NOTES),
        *((ledger.c.note == words, literal(words)) for words in _OWN_NOTES),
        else_=literal(""),
    )
    blanked = (
        update(ledger)
        .where(
            ledger.c.source == bindparam("of_source"),
            ledger.c.request_id == bindparam("of_call"),
            ledger.c.number == bindparam("until_now"),
        )
        .values(number=bindparam("sign"), note=note)
    )
    rows = tx.execute(first).all()
    if rows:
        tx.execute(
            blanked,
            [
                {
                    "of_source": row.source,
                    "of_call": row.request_id,
                    "until_now": row.number,
                    "sign": f"{BLANKED}{row.id}",
                }
                for row in rows
            ],
        )
