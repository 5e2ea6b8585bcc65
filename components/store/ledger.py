"""What was spent: rows are only ever added, one for each change of state of each number of each call.

A number is `reserved` before the call, and afterwards `billed`, `released` (not charged) or `uncertain` (may have been
charged). An uncertain number can still become billed or released; these two are final. Functions that add rows need a
writing transaction.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Row, and_, func, insert, select

from components.store import storable
from components.store.errors import CapReached, most_urgent
from components.store.processes import has_ended, this_process
from components.store.records import Caps, ChargeCount, ChargeState, LedgerRow, Reservation, SpendTotals
from components.store.schema import ledger
from components.store.transaction import StoreTransaction

RESERVATION_LIFETIME = timedelta(minutes=10)
"""After this time a reservation is an orphan even if its process may still run: no call takes nearly as long."""

UNRESERVED = "charged without a reservation"
INTERRUPTED = "interrupted: its process ended before the answer was noted"

_FINAL = ("billed", "released")


def reserve(tx: StoreTransaction, reservations: Sequence[Reservation], *, caps: Caps) -> None:
    """Reserve all of these numbers, or none.

    Raises:
        CapReached: it would pass a cap.
        ValueError: a number or request id was used before.
    """
    wanted = {
        (storable.text(reservation.request_id), storable.text(reservation.number)) for reservation in reservations
    }
    if len(wanted) < len(reservations):
        raise ValueError("a number is reserved once in a call")
    for request_id in {request_id for request_id, _ in wanted}:
        if _current(tx, request_id):
            raise ValueError("a request id is used for one call only")
    _check_caps(tx, reservations, caps=caps)
    process = this_process()
    rows = [
        _new_row(
            tx,
            user=reservation.user,
            run=reservation.run,
            request_id=reservation.request_id,
            number=reservation.number,
            process=process,
        )
        for reservation in reservations
    ]
    _add(tx, rows)


def settle(
    tx: StoreTransaction,
    request_id: str,
    *,
    billed: Collection[str],
    rest: Literal["released", "uncertain"],
    note: str,
) -> None:
    """Record what became of a call's reservations. Settling again changes only what is not final yet.

    A number that was charged without a reservation is recorded all the same: the ledger shows what was really spent.
    """
    request_id = storable.text(request_id)
    charged = {storable.text(number) for number in billed}
    current = _current(tx, request_id)
    rows: list[dict[str, Any]] = []
    for number, row in current.items():
        state: ChargeState = "billed" if number in charged else rest
        if row.state not in (*_FINAL, state):
            rows.append(_next_row(tx, row, state, note=note))
    row_of_call = next(iter(current.values()), None)
    for number in sorted(charged - current.keys()):
        reserved = _new_row(
            tx,
            user=row_of_call.user if row_of_call else "",
            run=row_of_call.run if row_of_call else "",
            request_id=request_id,
            number=number,
            process=this_process(),
            note=UNRESERVED,
        )
        rows += [reserved, {**reserved, "state": "billed", "previous": "reserved"}]
    _add(tx, rows)


def orphans_to_uncertain(tx: StoreTransaction, *, one_machine: bool) -> int:
    """Make uncertain what was reserved by a process that has ended, or too long ago.

    Returns:
        How many numbers that are.
    """
    later = ledger.alias()
    settled = (
        select(later.c.id)
        .where(
            later.c.source == ledger.c.source,
            later.c.request_id == ledger.c.request_id,
            later.c.number == ledger.c.number,
            later.c.previous.is_not(None),
        )
        .exists()
    )
    waiting = tx.execute(
        select(ledger).where(ledger.c.source == tx.source, ledger.c.state == "reserved", ~settled)
    ).all()
    gone = {process: has_ended(process, one_machine=one_machine) for process in {row.process for row in waiting}}
    orphans = [row for row in waiting if gone[row.process] or row.at <= tx.now - RESERVATION_LIFETIME]
    _add(tx, [_next_row(tx, row, "uncertain", note=INTERRUPTED) for row in orphans])
    return len(orphans)


def rows(tx: StoreTransaction, *, user: str | None, since: datetime | None, current: bool) -> list[LedgerRow]:
    """Return the rows, newest first; with `current`, only the last row of each number of each call."""
    conditions = [ledger.c.source == tx.source]
    if user is not None:
        conditions.append(ledger.c.user == user)
    if since is not None:
        conditions.append(ledger.c.at >= since)
    if current:
        last = select(func.max(ledger.c.id)).where(ledger.c.source == tx.source)
        conditions.append(ledger.c.id.in_(last.group_by(ledger.c.request_id, ledger.c.number)))
    columns = tuple(LedgerRow.__dataclass_fields__)
    query = select(*(ledger.c[name] for name in columns)).where(*conditions).order_by(ledger.c.id.desc())
    return [LedgerRow(**dict(zip(columns, row, strict=True))) for row in tx.execute(query)]


def totals(tx: StoreTransaction, *, user: str | None, run: str | None) -> SpendTotals:
    """Return how much is billed, uncertain and reserved: today, this month (UTC) and ever."""
    conditions = []
    if user is not None:
        conditions.append(ledger.c.user == user)
    if run is not None:
        conditions.append(ledger.c.run == run)
    day, month = _start_of_day(tx.now), _start_of_month(tx.now)
    return SpendTotals(
        today=_count(tx, ledger.c.reserved_at >= day, *conditions),
        month=_count(tx, ledger.c.reserved_at >= month, *conditions),
        ever=_count(tx, *conditions),
    )


def _check_caps(tx: StoreTransaction, reservations: Sequence[Reservation], *, caps: Caps) -> None:
    """Raise the most urgent `CapReached` if these reservations would pass a cap."""
    by_run = Counter(reservation.run for reservation in reservations)
    resets = {
        "day": _start_of_day(tx.now) + timedelta(days=1),
        "month": _start_of_month(_start_of_month(tx.now) + timedelta(days=31)),
    }
    reached = []
    for (cap, run), (limit, used) in _use_of_caps(tx, caps=caps, runs=by_run).items():
        wanted = by_run[run] if cap == "run" else len(reservations)
        if used + wanted > limit:
            reached.append(CapReached(cap, limit=limit, used=used, wanted=wanted, resets=resets.get(cap)))
    if reached:
        raise most_urgent(reached)


def _use_of_caps(
    tx: StoreTransaction, *, caps: Caps, runs: Collection[str]
) -> Mapping[tuple[Literal["run", "day", "month"], str], tuple[int, int]]:
    """Return limit and use of each cap that is set, by its kind and run."""
    use: dict[tuple[Literal["run", "day", "month"], str], tuple[int, int]] = {}
    if caps.run is not None:
        for run in runs:
            use["run", run] = caps.run, _count(tx, ledger.c.run == storable.text(run)).used
    if caps.day is not None:
        use["day", ""] = caps.day, _count(tx, ledger.c.reserved_at >= _start_of_day(tx.now)).used
    if caps.month is not None:
        use["month", ""] = caps.month, _count(tx, ledger.c.reserved_at >= _start_of_month(tx.now)).used
    return use


def _count(tx: StoreTransaction, *conditions: ColumnElement[bool]) -> ChargeCount:
    """Return how many numbers are in which state."""
    query = (
        select(ledger.c.state, ledger.c.previous, func.count().label("numbers"))
        .where(and_(ledger.c.source == tx.source, *conditions))
        .group_by(ledger.c.state, ledger.c.previous)
    )
    standing: dict[str | None, int] = dict.fromkeys(get_args(ChargeState), 0)
    for row in tx.execute(query):
        standing[row.state] += row.numbers
        if row.previous is not None:
            standing[row.previous] -= row.numbers
    return ChargeCount(billed=standing["billed"], uncertain=standing["uncertain"], reserved=standing["reserved"])


def _current(tx: StoreTransaction, request_id: str) -> dict[str, Row[Any]]:
    """Return the last row of each number of a call."""
    query = select(ledger).where(ledger.c.source == tx.source, ledger.c.request_id == storable.text(request_id))
    return {row.number: row for row in tx.execute(query.order_by(ledger.c.id))}


def _new_row(tx: StoreTransaction, **texts: str) -> dict[str, Any]:
    """Return a row for a number that is reserved now."""
    fit = {name: storable.text(value) for name, value in texts.items()}
    row = {"at": tx.now, "reserved_at": tx.now, "source": tx.source, "state": "reserved", "previous": None, "note": ""}
    return {**row, **fit}


def _next_row(tx: StoreTransaction, row: Row[Any], state: ChargeState, *, note: str) -> dict[str, Any]:
    """Return the row for a number's change to another state."""
    before = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for it
    del before["id"]
    return {**before, "at": tx.now, "state": state, "previous": row.state, "note": storable.text(note)}


def _add(tx: StoreTransaction, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(insert(ledger), list(rows))


def _start_of_day(now: datetime) -> datetime:
    """Return the start of the day (UTC)."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _start_of_month(now: datetime) -> datetime:
    """Return the start of the month (UTC)."""
    return _start_of_day(now).replace(day=1)
