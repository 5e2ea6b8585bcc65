"""The store: one object for a process, safe for all its threads; every method is one transaction or one reading."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, Self

from components.histories import FileHistory, Link
from components.store import (
    absences,
    aliases,
    facts,
    files,
    histories,
    leases,
    ledger,
    links,
    look_ups,
    marks,
    pace,
    pdfs,
)
from components.store import processes as processes_table
from components.store.continuity import WHOLE_STORE
from components.store.database import Database, open_database
from components.store.errors import NOTHING_CHARGED, LeaseLost, StoreFailed, StoreUnwritable, Trouble
from components.store.histories import prepared
from components.store.histories import save as save_histories
from components.store.processes import Liveness
from components.store.records import (
    Caps,
    CapUse,
    Headline,
    LedgerRow,
    LookUpRecord,
    Mark,
    Notice,
    Reservation,
    SpendTotals,
    UncertainCharge,
)
from components.store.transaction import StoreTransaction

MEGABYTE = 1024 * 1024
_ACKNOWLEDGED = "acknowledged set-aside file"
_FOLLOWS_ANOTHER = (
    "This is not the store that was used here last: that one is gone, or was exchanged for another or for an earlier "
    "state of it. What only that one held is not held here: looking those numbers up again is charged again, and the "
    "caps do not count what only that one noted. To go back, stop the app and put the store that was used last, with "
    "all files that belong to it, in its place again."
)
_LEFT_LOG = " What was saved in it last may be in {log}: rename that to {file}-wal beside it."
_MAYBE_CHARGED = "What has just arrived may have been charged and is not saved: keep it open, or download it."


class Store:
    """What was bought and what was spent, of one source.

    Faults of the database are raised as a `StoreFailed`: `StoreUnwritable` (stop spending), `StoreUnreachable`,
    `StoreDamaged` or `StoreReplaced`. A store that cannot be written can be read: reading never writes what it needs.
    """

    def __init__(self, database: Database, *, source: str, caps: Caps, pdf_bytes: int = 0) -> None:
        self._database = database
        self._source = source
        self._caps = caps
        self._pdf_bytes = pdf_bytes
        self._liveness = Liveness(one_machine=database.kind == "sqlite")
        self._own_facts: dict[str, str] = {}
        self._set_aside = files.last_set_aside(database.file) if database.file else None

    @classmethod
    def open(cls, url: str, *, source: str, caps: Caps | None = None, pdf_megabytes: int = 500) -> Self:
        """Open the store at an SQLAlchemy address; an SQLite file is created with its folder if there is none.

        Args:
            url: `sqlite:///FILE` (`?timeout=` seconds to wait for a lock) or `postgresql+psycopg://…`.
            source: "sandbox", or the base address of the service; nothing is shared between sources.
            caps: hard limits for `reserve`; none if left out.
            pdf_megabytes: how much the kept PDFs may take together (1 MB is 1,048,576 bytes); 0 keeps none.

        Raises:
            StoreMisconfigured: the address cannot be used, or others may write to the folder (`StoreExposed`).
            StoreDamaged: the file was broken and is set aside now; the next opening starts an empty store, with a
                `notice`.
            StoreTooNew: a newer version of the app wrote it; nothing was touched.
            StoreUnwritable: it can be neither created nor read, or is to be brought to a newer schema and cannot be
                written. A store that can only be read is opened; `trouble` says why.
        """
        store = cls(open_database(url), source=source, caps=caps or Caps(), pdf_bytes=pdf_megabytes * MEGABYTE)
        with suppress(StoreUnwritable):
            store._purge_links(hurried=True)
            store.trim_pdfs()
        return store

    def __repr__(self) -> str:
        return f"Store({self._database.location!r}, source={self._source!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. The object must not be used afterwards."""
        self._database.close()

    @property
    def trouble(self) -> Trouble | None:
        """Why the store cannot be written at present, as the last attempt showed; `None` if it can."""
        return self._database.trouble

    # The store before this one

    @property
    def notice(self) -> Notice | None:
        """That the store used here before was damaged, or is gone, until `acknowledge`; `None` if all is well.

        The user must read it before anything is bought.
        """
        continuity = self._database.continuity
        if continuity is not None and continuity.refresh():
            return Notice(message=_FOLLOWS_ANOTHER + self._left_log_told(), path=None)
        if self._set_aside is None:
            return None
        with self._read() as tx:
            if facts.get(replace(tx, source=WHOLE_STORE), _ACKNOWLEDGED) == self._set_aside.name:
                return None
        return Notice(
            message=(
                f"An earlier store was damaged and set aside as {self._set_aside.name}. What it held is not held here: "
                "looking those numbers up again is charged again, and the caps count from nothing. To go back to a "
                "backup, stop the app and put it in the store's place."
            ),
            path=self._set_aside,
        )

    def acknowledge(self) -> None:
        """Record that somebody has read the notice and agrees to go on with this store.

        Raises:
            StoreUnwritable: that cannot be recorded.
        """
        if self._set_aside is not None:
            with self._write() as tx:
                facts.put(replace(tx, source=WHOLE_STORE), _ACKNOWLEDGED, self._set_aside.name)
        self._database.accept()

    def _left_log_told(self) -> str:
        """Return what to do with the log that the store before this one left; empty if it left none."""
        file = self._database.file
        log = files.last_left_log(file) if file else None
        return _LEFT_LOG.format(log=log.name, file=file.name) if file and log else ""

    # File histories

    def save(self, history: FileHistory, *, names: Iterable[str] = ()) -> str:
        """Keep a history with its links and names, in one transaction; see `histories` for what replaces what.

        Args:
            history: what has arrived, complete or not.
            names: the numbers it was asked for by; these lead to it from now on, as do its own numbers.

        Returns:
            The key under which it is kept (see `identity`). It leads to this history for ever; if an application number
            is learned later, that is the key from then on.
        """
        arrival = prepared(history, list(names))
        with self._write(cost=_MAYBE_CHARGED) as tx:
            return save_histories(tx, [arrival])[0]

    def resolve(self, names: Iterable[str]) -> dict[str, str]:
        """Return the key of the history to which each name leads, complete or not.

        Names that lead to none are left out.
        """
        with self._read() as tx:
            return aliases.resolve(tx, list(names))

    def load(self, keys: Iterable[str]) -> dict[str, FileHistory]:
        """Return held histories without their links, by key or by any other name; those not held are left out.

        Raises:
            HistoryDamaged: one of them is not what was saved; its `key` says which.
        """
        with self._read() as tx:
            return histories.load(tx, list(keys))

    def unfinished(self, keys: Iterable[str]) -> dict[str, FileHistory]:
        """Return histories whose last pages are still to be bought: to be continued, not bought from the beginning.

        Either what `load` returns is itself incomplete, or a refresh of it was begun, which `load` does not show yet.
        """
        with self._read() as tx:
            return histories.unfinished(tx, list(keys))

    def begun_refreshes(self, keys: Iterable[str]) -> dict[str, int]:
        """Return how many documents are paid for of each refresh that was begun and is not complete, by key."""
        with self._read() as tx:
            return histories.begun(tx, list(keys))

    def headlines(self, keys: Iterable[str] | None = None) -> list[Headline]:
        """Return held histories without their documents, the last retrieved first: all, or those of these keys.

        Earlier keys of a history lead to it, too; its `key` is the present one.
        """
        with self._read() as tx:
            return histories.headlines(tx, None if keys is None else set(keys))

    def link(self, key: str, document_id: str) -> Link | None:
        """Return the unexpired link of a document, named as in `DocumentList.ids`.

        If there is none, expired links are purged.
        """
        with self._read() as tx:
            link = links.find(tx, key, document_id)
        if link is None:
            with suppress(StoreFailed):
                self._purge_links(hurried=True)
        return link

    def purge_links(self) -> int:
        """Delete all links that have expired, for good, and return how many. Cheap when there are none."""
        return self._purge_links()

    def _purge_links(self, *, hurried: bool = False) -> int:
        with self._read() as tx:
            if not links.any_expired(tx):
                return 0
        with self._write(hurried=hurried) as tx:
            purged = links.purge(tx)
        with suppress(StoreUnwritable):  # they are deleted; the log forgets them when it begins anew
            self._database.forget_deleted()
        return purged

    def absent(self, names: Iterable[str]) -> dict[str, datetime]:
        """Return when the service said that it does not know a name, for names for which it said so within 24 hours."""
        with self._read() as tx:
            return absences.find(tx, list(names))

    def save_absent(self, names: Iterable[str]) -> None:
        """Record that the service has just said that it does not know these names."""
        with self._write() as tx:
            absences.add(tx, list(names))

    # Ledger

    def reserve(self, reservations: Sequence[Reservation], *, holder: str | None = None) -> None:
        """Reserve money immediately before a call, for all its numbers or for none.

        Args:
            reservations: one for each number of the call.
            holder: who must still have a lease on each of the numbers; `None` asks for no lease.

        Raises:
            CapReached: it does not fit under a cap; says which, what is left and what to do.
            LeaseLost: somebody else has the lease on one of the numbers by now.
            ValueError: the request id was used before.
        """
        with self._write(cost=NOTHING_CHARGED, books=True) as tx:
            if holder is not None:
                numbers = {reservation.number for reservation in reservations}
                if leases.held(tx, numbers, holder=holder) != numbers:
                    raise LeaseLost
            ledger.reserve(tx, reservations, caps=self._caps)

    def caps_use(self) -> list[CapUse]:
        """Return how far each cap that is set is used up, for a look-up that has not begun yet."""
        with self._read() as tx:
            return ledger.use_of_caps(tx, caps=self._caps, runs=[""])

    def settle(
        self,
        request_id: str,
        *,
        billed: Collection[str],
        rest: Literal["released", "uncertain"],
        histories: Mapping[str, FileHistory] | None = None,
        note: str = "",
        asked: Collection[str] = (),
        user: str = "",
        run: str = "",
    ) -> dict[str, str]:
        """Record what became of a call, and keep what it brought, in one transaction. Safe to repeat after a fault.

        Args:
            request_id: the call.
            billed: the numbers that were charged.
            rest: what became of the call's other numbers.
            histories: what has arrived so far, by the number asked for.
            note: the reason, in words for the user; no secrets.
            asked: all numbers of the call, where this store may have no reservation of them.
            user: who is charged for numbers that it has no reservation of.
            run: the look-up of these numbers.

        Returns:
            The key under which each history is kept, by the number asked for.
        """
        arrivals = [prepared(history, [asked]) for asked, history in (histories or {}).items()]
        with self._write(cost=_MAYBE_CHARGED, books=True) as tx:
            ledger.settle(tx, request_id, billed=billed, rest=rest, note=note, asked=asked, user=user, run=run)
            return dict(zip(histories or (), save_histories(tx, arrivals), strict=True))

    def ledger(
        self, *, user: str | None = None, since: datetime | None = None, current: bool = False
    ) -> list[LedgerRow]:
        """Return the ledger's rows, newest first; with `current`, only the last row of each number of each call."""
        with self._read() as tx:
            return ledger.rows(tx, user=user, since=since, current=current)

    def totals(self, *, user: str | None = None, run: str | None = None) -> SpendTotals:
        """Return how much is billed, uncertain and reserved: today, this month (UTC) and ever."""
        with self._read() as tx:
            return ledger.totals(tx, user=user, run=run)

    def uncertain(self, names: Collection[str]) -> dict[str, UncertainCharge]:
        """Return which of these numbers may have been charged already, without anybody knowing whether they were.

        Whose charges they are is not told. Those of dead processes must be found first: see `recover`.
        """
        with self._read() as tx:
            return ledger.uncertain(tx, names)

    def close_uncertain(self, charges: Collection[tuple[str, str]], *, charged: bool, note: str = "") -> int:
        """Decide uncertain charges by what PatSnap's own statement says, with rows of their own in the ledger.

        Args:
            charges: each as request id and number; those that are not open any more are passed over.
            charged: whether they were charged.
            note: who decided and by what: an invoice, a statement.

        Returns:
            How many were decided.
        """
        with self._write(books=True) as tx:
            return ledger.close_uncertain(tx, charges, charged=charged, note=note)

    def recover(self) -> int:
        """Find what dead processes have left: their calls become uncertain, their look-ups interrupted.

        Cheap where there is nothing to find: for every page, and for whoever is about to buy.

        Returns:
            How many numbers became uncertain.
        """
        with self._read() as tx:
            working = ledger.processes_under_way(tx) | look_ups.processes_running(tx)
            dead = self._dead(tx, working)
            if not dead and not ledger.any_overdue(tx):
                return 0
        with self._write(books=True) as tx:
            return self._settle_dead(tx, dead)

    def show_heartbeat(self) -> None:
        """Show other machines that this process lives, while it has calls or leases."""
        with self._write(passing=True) as tx:
            processes_table.show_heartbeat(tx)

    # Look-ups

    def begin_look_up(
        self, run: str, *, user: str, numbers: Sequence[tuple[str, str]], refresh: bool = False, held: int = 0
    ) -> None:
        """Note that a look-up begins, so that it can be offered again if its process dies.

        Args:
            run: its id.
            user: who spends.
            numbers: each as it was typed and as it was read; of a refresh, the keys of the histories.
            refresh: whether held histories are asked for again.
            held: how many of the numbers are held already.
        """
        # Passing: the reservation before its first call makes it last.
        with self._write(cost=NOTHING_CHARGED, passing=True) as tx:
            look_ups.begin(tx, run, user=user, refresh=refresh, numbers=numbers, held=held)
            processes_table.show_heartbeat(tx)

    def end_look_up(self, run: str, *, state: str, message: str = "", calls: int = 0) -> None:
        """Note how a look-up ended; one that ended as `interrupted` is offered again."""
        with self._write() as tx:
            look_ups.end(tx, run, state=state, message=message, calls=calls)

    def settle_look_up(self, run: str) -> None:
        """Note that an interrupted look-up was taken up again, or that its person wants to hear no more of it."""
        with self._write() as tx:
            look_ups.settle(tx, run)

    def interrupted_look_ups(self, user: str) -> list[LookUpRecord]:
        """Return this person's look-ups that were interrupted and not taken up again, the last begun first."""
        with self._read() as tx:
            return look_ups.interrupted(tx, user=user)

    def look_ups(self, *, user: str | None = None) -> list[LookUpRecord]:
        """Return look-ups, the last begun first: one person's, or all."""
        with self._read() as tx:
            return look_ups.records(tx, user=user)

    # Leases

    def lease(self, names: Collection[str], *, holder: str, field: str = "patent_number") -> set[str]:
        """Lease those names that nobody else is about to buy, and return them; the others are being bought.

        Check again *after* leasing a name whether it is held, or may have been charged: somebody may have bought it
        just before. What the last holder reserved, if that process is dead, is uncertain by then.

        Args:
            names: what is about to be asked for.
            holder: who asks. Holders of one look-up begin alike, up to the last colon.
            field: the body field in which the names will be sent. Names of one office in different fields may be one
                application, so that no two look-ups get leases on both at a time.
        """
        # Passing: a power cut ends this process too, and with it its leases; the dead are then found again.
        with self._write(cost=NOTHING_CHARGED, books=True, passing=True) as tx:
            return leases.acquire(tx, names, holder=holder, field=field, dead_of=self._dead_settled)

    def release(self, names: Collection[str], *, holder: str) -> None:
        """End the holder's leases on these names."""
        with self._write(passing=True) as tx:
            leases.release(tx, names, holder=holder)

    def _dead_settled(self, tx: StoreTransaction, names: Collection[str]) -> set[str]:
        """Return those of the processes that are dead, after what they have left was found.

        Their leases are about to be given to others, who must see in the same moment what may have been charged.
        """
        dead = self._dead(tx, names)
        if dead:
            self._settle_dead(tx, dead)
        return dead

    @staticmethod
    def _settle_dead(tx: StoreTransaction, dead: Collection[str]) -> int:
        """Make uncertain what dead processes had reserved, and return how many numbers; interrupt their look-ups."""
        found = ledger.orphans_to_uncertain(tx, dead=dead)
        look_ups.interrupt(tx, dead)
        processes_table.forget(tx, dead)
        return found

    def _dead(self, tx: StoreTransaction, names: Collection[str]) -> set[str]:
        """Return those of the processes that are dead."""
        return self._liveness.dead(names, processes_table.heartbeats(tx, names)) if names else set()

    # Facts

    def fact(self, key: str) -> str | None:
        """Return a small fact; `None` if it is not known."""
        with self._read() as tx:
            return facts.get(tx, key)

    def save_fact(self, key: str, value: str) -> None:
        """Keep a small fact, in place of the value kept before."""
        with self._write() as tx:
            facts.put(tx, key, value)

    def fact_or(self, key: str, make: Callable[[], str]) -> str:
        """Return a fact, made by `make` if there is none; all processes get the same value, whichever made it.

        Where it cannot be kept, this process has a value of its own until it can be.
        """
        known = self.fact(key)
        if known is not None:
            return known
        value = self._own_facts.setdefault(key, make())
        # Known to be in trouble: do not wait for it again.
        with suppress(StoreFailed), self._write(hurried=self.trouble is not None) as tx:
            return facts.get_or_put(tx, key, value)
        return value

    # PDFs

    def pdf(self, history: str, document: str) -> bytes | None:
        """Return a kept PDF, by any name of its history; a damaged one is deleted, so that it is fetched again."""
        with self._read() as tx:
            kept = pdfs.find(tx, history, document)
        if kept is None:
            return None
        if not kept.is_sound():
            with suppress(StoreFailed), self._write(hurried=True) as tx:
                pdfs.drop(tx, [kept.id])
            return None
        if datetime.now(UTC) - kept.used_at >= pdfs.USE_NOTED_AFTER:
            with suppress(StoreFailed), self._write(hurried=True) as tx:
                pdfs.note_use(tx, kept.id)
        return kept.data

    def keep_pdf(self, history: str, document: str, data: bytes) -> None:
        """Keep the PDF of a document, if its history is held and the PDF is not larger than the limit for all together.

        Raises:
            StoreUnwritable: the disk is full, or the store cannot be written; what was kept before stays.
        """
        if len(data) > self._pdf_bytes:
            return
        with self._write(cost=NOTHING_CHARGED) as tx:
            key = aliases.resolve(tx, [history]).get(history)
            if key is not None:
                pdfs.keep(tx, key, document, data)
                pdfs.make_room(tx, self._pdf_bytes)

    def pdf_bytes(self) -> int:
        """Return how many bytes the kept PDFs of all sources take."""
        with self._read() as tx:
            return pdfs.total_bytes(tx)

    def trim_pdfs(self) -> None:
        """Bring the kept PDFs within the limit, if it was lowered since they were kept."""
        if self.pdf_bytes() > self._pdf_bytes:
            with suppress(StoreFailed), self._write(hurried=True) as tx:
                pdfs.make_room(tx, self._pdf_bytes)

    # Marks

    def marks(self, person: str, histories: Iterable[str]) -> dict[tuple[str, str], Mark]:
        """Return what this person ticked and noted, by the history's key and the document's id; never another's."""
        with self._read() as tx:
            return marks.find(tx, person, list(histories))

    def mark(
        self, person: str, history: str, documents: Sequence[str], *, read: bool | None = None, note: str | None = None
    ) -> None:
        """Tick papers of a history as read or not, or write a note on them; `None` leaves either as it is.

        Args:
            person: whose mark it is; others neither see nor change it.
            history: key or any other name of a held history.
            documents: ids of the papers.
            read: ticked as read.
            note: at most 2,000 characters; control characters are removed, line breaks stay; `""` deletes it.

        Raises:
            NoteTooLong: it is longer; nothing was changed.
            ValueError: no such history is held.
        """
        cleaned = None if note is None else marks.clean_note(note)
        with self._write() as tx:
            key = aliases.resolve(tx, [history]).get(history)
            if key is None:
                raise ValueError("a mark belongs to a held file history")
            marks.put(tx, person, key, documents, read=read, note=cleaned)

    # Pace

    def read_pace(self) -> tuple[str, float]:
        """Return the pace of calls that was last written, `""` if there is none, and the time in seconds.

        The clock is shared by all processes of the store and goes on evenly, see `pace`.
        """
        with self._read() as tx:
            return pace.read(tx)

    def change_pace(self, change: Callable[[str, float], str | None]) -> None:
        """Replace the pace of calls by what `change` makes of it and the time, while no other process does.

        `None` leaves it as it is.
        """
        with self._write() as tx:
            changed = change(*pace.read(tx))
            if changed is not None:
                pace.write(tx, changed)

    @contextmanager
    def _read(self) -> Iterator[StoreTransaction]:
        """Open a reading transaction of this source."""
        with self._database.read() as connection:
            yield StoreTransaction(connection, self._source, datetime.now(UTC))

    @contextmanager
    def _write(
        self, *, cost: str = "", hurried: bool = False, books: bool = False, passing: bool = False
    ) -> Iterator[StoreTransaction]:
        """Open a writing transaction of this source; for the arguments see `Database.write`."""
        write = self._database.write(self._source, cost=cost, hurried=hurried, books=books, passing=passing)
        with write as connection:
            yield StoreTransaction(connection, self._source, datetime.now(UTC))
