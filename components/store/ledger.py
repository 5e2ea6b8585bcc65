"""What was spent: rows are only ever added, one for each change of state of each number of each call.

A number is `reserved` before the call, and afterwards `billed`, `released` (not charged) or `uncertain` (may have been
charged). An uncertain number can still become billed or released; these two are final. Functions that add rows need a
writing transaction.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, func, insert, select

from components.store import aliases, person_caps, storable
from components.store.errors import CapReached, most_urgent
from components.store.partitions import of_service
from components.store.processes import this_process
from components.store.records import (
    CapKind,
    Caps,
    CapUse,
    ChargeCount,
    ChargeState,
    LedgerRow,
    Reservation,
    SpendTotals,
    UncertainCharge,
)
from components.store.schema import calls_under_way, ledger
from components.store.transaction import StoreTransaction

RESERVATION_LIFETIME = timedelta(minutes=10)
"""After this time a reservation is an orphan even if its process may still run: no call takes nearly as long."""

UNRESERVED = "charged without a reservation"
INTERRUPTED = "interrupted: its process ended before the answer was noted"
CLOSED_AS_CHARGED = "closed as charged"
CLOSED_AS_NOT_CHARGED = "closed as not charged"
BLANKED = "deleted "
"""How a number begins, before the id of a row, that was blanked because a person or a workspace was deleted."""

_FINAL = ("billed", "released")


# Made once: making a statement takes as long as running it.
_OF_CALL = (
    select(ledger)
    .where(ledger.c.source == bindparam("source"), ledger.c.request_id == bindparam("request_id"))
    .order_by(ledger.c.id)
)
_later = ledger.alias()
_OPEN_UNCERTAIN = (
    select(ledger)
    .where(
        ledger.c.source == bindparam("source"),
        ledger.c.state == "uncertain",
        ~select(_later.c.id)
        .where(
            _later.c.source == ledger.c.source,
            _later.c.request_id == ledger.c.request_id,
            _later.c.number == ledger.c.number,
            _later.c.previous == "uncertain",
        )
        .exists(),
    )
    .order_by(ledger.c.id)
)
"""The rows of uncertain charges that are neither decided nor settled."""


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
    tx.execute(
        insert(calls_under_way),
        [
            {"source": tx.source, "request_id": request_id, "process": process, "at": tx.now}
            for request_id in dict.fromkeys(row["request_id"] for row in rows)
        ],
    )


def settle(
    tx: StoreTransaction,
    request_id: str,
    *,
    billed: Collection[str],
    rest: Literal["released", "uncertain"],
    note: str,
    asked: Collection[str] = (),
    user: str = "",
    run: str = "",
) -> None:
    """Record what became of a call's reservations. Settling again changes only what is not final yet.

    A number that was charged without a reservation is recorded all the same: the ledger shows what was really spent.
    Of a call whose numbers were blanked nothing more is recorded.

    Args:
        tx: a writing transaction.
        request_id: the call.
        billed: the numbers that were charged.
        rest: what became of the call's other numbers.
        note: the reason, in words for the user.
        asked: all numbers of the call, where there may be no reservation of them.
        user: who is charged where there is no reservation of this call.
        run: the look-up, where there is no reservation of this call.
    """
    request_id = storable.text(request_id)
    charged = {storable.text(number) for number in billed}
    current = _current(tx, request_id)
    if any(number.startswith(BLANKED) for number in current):
        return  # which of them an answer is about, nobody knows any more; as they stand they count against the caps
    rows: list[dict[str, Any]] = []
    for number, row in current.items():
        state: ChargeState = "billed" if number in charged else rest
        if row.state not in (*_FINAL, state):
            rows.append(_next_row(tx, row, state, note=note))
    corrected = [number for number in charged if number in current and _was_closed_as_free(current[number])]
    if corrected:  # what a person decided stays; that it was charged after all is a charge of its own
        row = current[corrected[0]]
        settle(tx, f"{request_id}+", billed=corrected, rest="released", note=note, user=row.user, run=row.run)
    row_of_call = next(iter(current.values()), None)
    doubtful = {storable.text(number) for number in asked} if rest == "uncertain" else set()
    for number in sorted((charged | doubtful) - current.keys()):
        reserved = _new_row(
            tx,
            user=row_of_call.user if row_of_call else user,
            run=row_of_call.run if row_of_call else run,
            request_id=request_id,
            number=number,
            process=this_process(),
            note=UNRESERVED,
        )
        state = "billed" if number in charged else rest
        rows += [reserved, {**reserved, "state": state, "previous": "reserved"}]
    _add(tx, rows)
    _end_calls(tx, [request_id])


def _was_closed_as_free(row: Row[Any]) -> bool:
    """Return whether a person has closed a charge as not charged."""
    return bool(row.state == "released" and row.note.startswith(CLOSED_AS_NOT_CHARGED))


def processes_under_way(tx: StoreTransaction) -> set[str]:
    """Return the processes that have calls under way, in any workspace of the service."""
    query = select(calls_under_way.c.process).where(of_service(calls_under_way.c.source, tx.service)).distinct()
    return set(tx.execute(query).scalars())


def any_overdue(tx: StoreTransaction) -> bool:
    """Return whether a call is under way for longer than any can take, in any workspace of the service."""
    overdue = (of_service(calls_under_way.c.source, tx.service), calls_under_way.c.at <= tx.now - RESERVATION_LIFETIME)
    return tx.execute(select(calls_under_way.c.request_id).where(*overdue).limit(1)).first() is not None


def orphans_to_uncertain(tx: StoreTransaction, *, dead: Collection[str]) -> int:
    """Make uncertain what was reserved by a dead process, or too long ago, in any workspace of the service.

    Returns:
        How many numbers that are.
    """
    calls = tx.execute(select(calls_under_way).where(of_service(calls_under_way.c.source, tx.service))).all()
    orphans: dict[str, list[str]] = {}
    for call in calls:
        if call.process in dead or call.at <= tx.now - RESERVATION_LIFETIME:
            orphans.setdefault(call.source, []).append(call.request_id)
    return sum(_orphans_of(tx.within(source), request_ids) for source, request_ids in orphans.items())


def _orphans_of(tx: StoreTransaction, request_ids: Collection[str]) -> int:
    """Make uncertain what these calls had reserved, and return how many numbers."""
    waiting = [row for request_id in request_ids for row in _current(tx, request_id).values()]
    waiting = [row for row in waiting if row.state == "reserved"]
    _add(tx, [_next_row(tx, row, "uncertain", note=INTERRUPTED) for row in waiting])
    _end_calls(tx, request_ids)
    return len(waiting)


def uncertain(tx: StoreTransaction, names: Collection[str]) -> dict[str, UncertainCharge]:
    """Return the open uncertain charges of each of these numbers; those that have none are left out.

    What was asked for by one name of a held history is told for all its names. An application that was certainly
    charged later has been bought since: what was uncertain before is not asked about again.
    """
    wanted = {storable.text(name) for name in names}
    rows = tx.execute(_OPEN_UNCERTAIN, {"source": tx.source}).all() if wanted else []
    if not rows:  # as nearly always
        return {}
    numbers = {row.number for row in rows}
    alike = {number: {number} for number in numbers} | aliases.namesakes(tx, numbers)
    asked_about = [row for row in rows if not wanted.isdisjoint(alike[row.number])]
    bought = _last_bought(tx, {name for row in asked_about for name in alike[row.number]})
    open_rows: dict[str, list[Row[Any]]] = {}
    for row in asked_about:
        if row.id > max(bought.get(name, 0) for name in alike[row.number]):
            for name in alike[row.number] & wanted:
                open_rows.setdefault(name, []).append(row)
    found = {
        name: UncertainCharge(count=len(open_), last_at=max(row.reserved_at for row in open_), last_row=open_[-1].id)
        for name, open_ in open_rows.items()
    }
    return {name: found[stored] for name in names if (stored := storable.text(name)) in found}


def _last_bought(tx: StoreTransaction, numbers: Collection[str]) -> dict[str, int]:
    """Return the id of the last row that says that a number was charged and arrived.

    A charge that a person has closed as charged did not bring anything, and says nothing of other charges.
    """
    last: dict[str, int] = {}
    for batch in storable.batches(numbers):
        query = (
            select(ledger.c.number, func.max(ledger.c.id).label("id"))
            .where(ledger.c.source == tx.source, ledger.c.state == "billed", ledger.c.number.in_(batch))
            .where(~ledger.c.note.startswith(CLOSED_AS_CHARGED))
            .group_by(ledger.c.number)
        )
        last.update((row.number, row.id) for row in tx.execute(query))
    return last


def close_uncertain(tx: StoreTransaction, charges: Collection[tuple[str, str]], *, charged: bool, note: str) -> int:
    """Decide open uncertain charges, by what PatSnap's own statement says.

    Args:
        tx: a writing transaction.
        charges: each as request id and number; those that are not open any more are passed over.
        charged: whether they were charged.
        note: who decided, and by what.

    Returns:
        How many were decided.
    """
    rows = []
    for request_id, number in charges:
        row = _current(tx, request_id).get(storable.text(number))
        if row is not None and row.state == "uncertain":
            words = f"{CLOSED_AS_CHARGED if charged else CLOSED_AS_NOT_CHARGED}{note and ': '}{note}"
            rows.append(_next_row(tx, row, "billed" if charged else "released", note=words))
    _add(tx, rows)
    return len(rows)


def _end_calls(tx: StoreTransaction, request_ids: Collection[str]) -> None:
    """Note that these calls are under way no longer."""
    for batch in storable.batches(request_ids):
        tx.execute(
            delete(calls_under_way).where(
                calls_under_way.c.source == tx.source, calls_under_way.c.request_id.in_(batch)
            )
        )


def rows(
    tx: StoreTransaction, *, user: str | None = None, since: datetime | None = None, current: bool = False
) -> list[LedgerRow]:
    """Return the rows, newest first; with `current`, only the last row of each number of each call."""
    return _rows(tx, ledger.c.source == tx.source, user=user, since=since, current=current)


def whole_rows(tx: StoreTransaction, *, since: datetime | None, current: bool) -> list[LedgerRow]:
    """Return the rows of everybody in every workspace of the service, newest first; for the rest see `rows`."""
    return _rows(tx, ledger.c.service == tx.service, user=None, since=since, current=current)


def _rows(
    tx: StoreTransaction, where: ColumnElement[bool], *, user: str | None, since: datetime | None, current: bool
) -> list[LedgerRow]:
    """Return the rows that meet a condition, newest first."""
    conditions = [where]
    if user is not None:
        conditions.append(ledger.c.user == user)
    if since is not None:
        conditions.append(ledger.c.at >= since)
    if current:
        last = select(func.max(ledger.c.id)).where(where)
        conditions.append(ledger.c.id.in_(last.group_by(ledger.c.source, ledger.c.request_id, ledger.c.number)))
    columns = tuple(LedgerRow.__dataclass_fields__)
    shown = {"source": "service"}
    query = select(*(ledger.c[shown.get(name, name)] for name in columns)).where(*conditions)
    found = tx.execute(query.order_by(ledger.c.id.desc()))
    return [LedgerRow(**dict(zip(columns, row, strict=True))) for row in found]


def totals(tx: StoreTransaction, *, user: str | None, run: str | None) -> SpendTotals:
    """Return how much is billed, uncertain and reserved: today, this month (UTC) and ever."""
    conditions = [ledger.c.source == tx.source]
    if user is not None:
        conditions.append(ledger.c.user == user)
    if run is not None:
        conditions.append(ledger.c.run == run)
    return SpendTotals(
        today=_count(tx, *_since(tx, _start_of_day(tx.now)), *conditions),
        month=_count(tx, *_since(tx, _start_of_month(tx.now)), *conditions),
        ever=_count(tx, *conditions),
    )


def use_of_caps(tx: StoreTransaction, *, caps: Caps, runs: Collection[str], people: Collection[str]) -> list[CapUse]:
    """Return how far each cap that is set is used up; that of a look-up for each of these runs.

    Those of a day, a month and a person count what was spent in any workspace of the service.

    Args:
        tx: a transaction.
        caps: the caps.
        runs: look-ups; empty for one that has not begun yet.
        people: whose own caps are wanted.
    """
    day, month = _start_of_day(tx.now), _start_of_month(tx.now)
    tomorrow = day + timedelta(days=1)
    use: list[CapUse] = []
    if caps.run is not None:
        # A look-up is in one workspace: the index of its rows begins with the source.
        own = ledger.c.source == tx.source
        by_run = {run: _count(tx, own, ledger.c.run == storable.text(run)).used if run else 0 for run in runs}
        use.extend(CapUse("run", caps.run, used, run=run) for run, used in by_run.items())
    if caps.day is not None:
        used = _count(tx, *_since(tx, day)).used
        use.append(CapUse("day", caps.day, used, resets=tomorrow))
    if caps.month is not None:
        used = _count(tx, *_since(tx, month)).used
        use.append(CapUse("month", caps.month, used, resets=_start_of_month(month + timedelta(days=31))))
    for person, per_day in person_caps.of(tx, people).items():
        used = _count(tx, *_since(tx, day), ledger.c.user == storable.text(person)).used
        use.append(CapUse("person", per_day, used, resets=tomorrow, person=person))
    return use


def _check_caps(tx: StoreTransaction, reservations: Sequence[Reservation], *, caps: Caps) -> None:
    """Raise the most urgent `CapReached` if these reservations would pass a cap."""
    by_run = Counter(reservation.run for reservation in reservations)
    by_person = Counter(reservation.user for reservation in reservations)
    wanted_by: Mapping[CapKind, Callable[[CapUse], int]] = {
        "run": lambda use: by_run[use.run],
        "person": lambda use: by_person[use.person],
    }
    reached = []
    for use in use_of_caps(tx, caps=caps, runs=by_run, people=by_person):
        wanted = wanted_by[use.cap](use) if use.cap in wanted_by else len(reservations)
        if use.used + wanted > use.limit:
            reached.append(CapReached(use, wanted=wanted))
    if reached:
        raise most_urgent(reached)


def _since(tx: StoreTransaction, moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a number of the service was reserved since a moment, as `ledger_by_time` has them."""
    return ledger.c.service == tx.service, ledger.c.reserved_at >= moment


def _count(tx: StoreTransaction, *conditions: ColumnElement[bool]) -> ChargeCount:
    """Return how many numbers, of the rows that meet some conditions, are in which state."""
    query = (
        select(ledger.c.state, ledger.c.previous, func.count().label("numbers"))
        .where(and_(*conditions))
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
    rows = tx.execute(_OF_CALL, {"source": tx.source, "request_id": storable.text(request_id)})
    return {row.number: row for row in rows}


def _new_row(tx: StoreTransaction, **texts: str) -> dict[str, Any]:
    """Return a row for a number that is reserved now."""
    fit = {name: storable.text(value) for name, value in texts.items()}
    whose = {"source": tx.source, "service": tx.service, "workspace": storable.text(tx.workspace)}
    row = {"at": tx.now, "reserved_at": tx.now, "state": "reserved", "previous": None, "note": ""}
    return {**whose, **row, **fit}


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
