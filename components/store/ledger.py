"""What was spent: rows that are only ever added, one for each change of state of each number of each call.

A number is `reserved` before the call, and after it `billed`, `released` (not charged) or `uncertain` (may have been
charged). An uncertain one can still become billed or released; those two are final. To be used in a writer's turn.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select

from components.store import storable
from components.store.errors import CapReached, most_urgent
from components.store.processes import is_gone, this_process
from components.store.records import Caps, ChargeState, Count, LedgerRow, Reservation, Totals
from components.store.schema import ledger

RESERVATION_LIFE = timedelta(minutes=10)
"""After this a reservation is an orphan even if its process may still run: far beyond the deadline of any call."""

UNRESERVED = "charged without a reservation"
INTERRUPTED = "interrupted: its process ended before the answer was noted"

_FINAL = ("billed", "released")


def reserve(connection: Connection, source: str, entries: Sequence[Reservation], *, caps: Caps, now: datetime) -> None:
    """Set money aside for each entry, or for none.

    Raises:
        CapReached: it would pass a cap.
        ValueError: an entry was reserved before.
    """
    wanted = {(storable.text(entry.request_id), storable.text(entry.number)) for entry in entries}
    if len(wanted) < len(entries):
        raise ValueError("a number is reserved once in a call")
    for request_id in {request_id for request_id, _ in wanted}:
        if _current(connection, source, request_id):
            raise ValueError("a request id is used for one call only")
    _check_caps(connection, source, entries, caps=caps, now=now)
    process = this_process()
    rows = [
        _row(
            source,
            now=now,
            reserved_at=now,
            user=entry.user,
            run=entry.run,
            request_id=entry.request_id,
            number=entry.number,
            process=process,
        )
        for entry in entries
    ]
    _add(connection, rows)


def settle(
    connection: Connection,
    source: str,
    request_id: str,
    *,
    billed: Collection[str],
    rest: Literal["released", "uncertain"],
    note: str,
    now: datetime,
) -> None:
    """Say what became of a call's reservations. Settling again changes only what is not final yet.

    A number that was charged without having been reserved is entered all the same: the ledger tells the truth.
    """
    request_id = storable.text(request_id)
    charged = {storable.text(number) for number in billed}
    current = _current(connection, source, request_id)
    rows: list[dict[str, Any]] = []
    for number, row in current.items():
        state: ChargeState = "billed" if number in charged else rest
        if row.state not in (*_FINAL, state):
            rows.append(_follow(row, state, note=note, now=now))
    pattern = next(iter(current.values()), None)
    for number in sorted(charged - current.keys()):
        entry = _row(
            source,
            now=now,
            reserved_at=now,
            user=pattern.user if pattern else "",
            run=pattern.run if pattern else "",
            request_id=request_id,
            number=number,
            process=this_process(),
            note=UNRESERVED,
        )
        rows += [entry, {**entry, "state": "billed", "previous": "reserved"}]
    _add(connection, rows)


def orphans_to_uncertain(connection: Connection, source: str, *, one_machine: bool, now: datetime) -> int:
    """Make uncertain what was reserved by a process that is gone, or too long ago, and tell how many."""
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
    waiting = connection.execute(
        select(ledger).where(ledger.c.source == source, ledger.c.state == "reserved", ~settled)
    ).all()
    gone = {process: is_gone(process, one_machine=one_machine) for process in {row.process for row in waiting}}
    orphans = [row for row in waiting if gone[row.process] or row.at <= now - RESERVATION_LIFE]
    _add(connection, [_follow(row, "uncertain", note=INTERRUPTED, now=now) for row in orphans])
    return len(orphans)


def rows(
    connection: Connection, source: str, *, user: str | None, since: datetime | None, current: bool
) -> list[LedgerRow]:
    """Give the rows, newest first; only the last one of each number of each call if `current`."""
    where = [ledger.c.source == source]
    if user is not None:
        where.append(ledger.c.user == user)
    if since is not None:
        where.append(ledger.c.at >= since)
    if current:
        last = select(func.max(ledger.c.id)).where(ledger.c.source == source)
        where.append(ledger.c.id.in_(last.group_by(ledger.c.request_id, ledger.c.number)))
    names = tuple(LedgerRow.__dataclass_fields__)
    query = select(*(ledger.c[name] for name in names)).where(*where).order_by(ledger.c.id.desc())
    return [LedgerRow(**dict(zip(names, row, strict=True))) for row in connection.execute(query)]


def totals(connection: Connection, source: str, *, user: str | None, run: str | None, now: datetime) -> Totals:
    """Add up what stands where."""
    whose = []
    if user is not None:
        whose.append(ledger.c.user == user)
    if run is not None:
        whose.append(ledger.c.run == run)
    day, month = _day(now), _month(now)
    return Totals(
        today=_count(connection, source, ledger.c.reserved_at >= day, *whose),
        month=_count(connection, source, ledger.c.reserved_at >= month, *whose),
        ever=_count(connection, source, *whose),
    )


def _check_caps(
    connection: Connection, source: str, entries: Sequence[Reservation], *, caps: Caps, now: datetime
) -> None:
    each_run = {run: sum(entry.run == run for entry in entries) for run in {entry.run for entry in entries}}
    resets = {"day": _day(now) + timedelta(days=1), "month": _month(_month(now) + timedelta(days=31))}
    reached = []
    for (cap, run), (limit, used) in _used(connection, source, caps=caps, runs=each_run, now=now).items():
        wanted = each_run[run] if cap == "run" else len(entries)
        if used + wanted > limit:
            reached.append(CapReached(cap, limit=limit, used=used, wanted=wanted, resets=resets.get(cap)))
    if reached:
        raise most_urgent(reached)


def _used(
    connection: Connection, source: str, *, caps: Caps, runs: Collection[str], now: datetime
) -> Mapping[tuple[Literal["run", "day", "month"], str], tuple[int, int]]:
    """Give height and use of each cap that there is, by its kind and run."""
    spans: dict[tuple[Literal["run", "day", "month"], str], tuple[int, int]] = {}
    if caps.run is not None:
        for run in runs:
            spans["run", run] = caps.run, _count(connection, source, ledger.c.run == storable.text(run)).taken
    if caps.day is not None:
        spans["day", ""] = caps.day, _count(connection, source, ledger.c.reserved_at >= _day(now)).taken
    if caps.month is not None:
        spans["month", ""] = caps.month, _count(connection, source, ledger.c.reserved_at >= _month(now)).taken
    return spans


def _count(connection: Connection, source: str, *where: ColumnElement[bool]) -> Count:
    query = (
        select(ledger.c.state, ledger.c.previous, func.count())
        .where(and_(ledger.c.source == source, *where))
        .group_by(ledger.c.state, ledger.c.previous)
    )
    standing: dict[str | None, int] = dict.fromkeys(get_args(ChargeState), 0)
    for state, previous, number in connection.execute(query):
        standing[state] += number
        if previous is not None:
            standing[previous] -= number
    return Count(billed=standing["billed"], uncertain=standing["uncertain"], reserved=standing["reserved"])


def _current(connection: Connection, source: str, request_id: str) -> dict[str, Row[Any]]:
    """Give the last row of each number of a call."""
    query = select(ledger).where(ledger.c.source == source, ledger.c.request_id == storable.text(request_id))
    return {row.number: row for row in connection.execute(query.order_by(ledger.c.id))}


def _row(source: str, *, now: datetime, reserved_at: datetime, **texts: str) -> dict[str, Any]:
    fit = {name: storable.text(value) for name, value in texts.items()}
    row = {"at": now, "reserved_at": reserved_at, "source": source, "state": "reserved", "previous": None, "note": ""}
    return {**row, **fit}


def _follow(row: Row[Any], state: ChargeState, *, note: str, now: datetime) -> dict[str, Any]:
    before = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for it
    del before["id"]
    return {**before, "at": now, "state": state, "previous": row.state, "note": storable.text(note)}


def _add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(ledger), list(rows))


def _day(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _month(now: datetime) -> datetime:
    return _day(now).replace(day=1)
