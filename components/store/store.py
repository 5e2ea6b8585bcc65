"""The store: one object for a process, safe for all its threads; every method is one transaction or one reading."""

import copy
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, Self

from components.histories import FileHistory, Link, PaperRef
from components.store import (
    absences,
    aliases,
    at_hand,
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
    person_caps,
    sessions,
    verdicts,
)
from components.store import deletion as deleting
from components.store import processes as processes_table
from components.store.continuity import WHOLE_STORE
from components.store.database import Database, open_database
from components.store.errors import (
    NOTHING_CHARGED,
    LeaseLost,
    StoreFailed,
    StoreMisconfigured,
    StoreUnwritable,
    Trouble,
)
from components.store.histories import prepared
from components.store.histories import save as save_histories
from components.store.kept_contents import KeptContents
from components.store.kept_texts import KeptTexts
from components.store.partitions import SEPARATOR, Partition, partition_in, source_of
from components.store.processes import Liveness
from components.store.records import (
    Caps,
    CapUse,
    FindingMark,
    Headline,
    LedgerRow,
    LookUpRecord,
    Mark,
    Notice,
    Reservation,
    SessionRecord,
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
    """What was bought and what was spent, of one service: in the workspace that all share, or in one walled off.

    Histories, links, PDFs, marks, absences, look-ups, leases and uncertain charges are the workspace's own. Caps, pace,
    facts and the settling of what dead processes left are common to all workspaces of the service; login sessions
    belong to the whole store.

    Faults of the database are raised as a `StoreFailed`: `StoreUnwritable` (stop spending), `StoreUnreachable`,
    `StoreDamaged` or `StoreReplaced`. A store that cannot be written can be read: reading never writes what it needs.
    """

    def __init__(self, database: Database, *, source: str, caps: Caps, pdf_bytes: int = 0) -> None:
        self._database = database
        self._source = source
        self._owns_database = True
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
            StoreMisconfigured: an address cannot be used, or others may write to the folder (`StoreExposed`).
            StoreDamaged: the file was broken and is set aside now; the next opening starts an empty store, with a
                `notice`.
            StoreTooNew: a newer version of the app wrote it; nothing was touched.
            StoreUnwritable: it can be neither created nor read, or is to be brought to a newer schema and cannot be
                written. A store that can only be read is opened; `trouble` says why.
        """
        if SEPARATOR in source:
            raise StoreMisconfigured(
                f"The address of the service holds a {SEPARATOR}, which none may hold. {NOTHING_CHARGED} "
                "Correct PATSNAP_BASE_URL and PATSNAP_PATH."
            )
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
        """Close all connections; the object, and those of its workspaces, must not be used afterwards.

        A store that `for_workspace` returned closes nothing.
        """
        if self._owns_database:
            self._database.close()

    def for_workspace(self, name: str) -> Self:
        """Return the store of a walled-off workspace of this service; of the one that all share if there is no name.

        It uses the connections of this one, and is closed with it.

        Raises:
            ValueError: that is no name that can be kept.
        """
        if name == self.workspace:
            return self
        store = copy.copy(self)
        store._source = self._source_of_workspace(name)  # noqa: SLF001 - an object of this class
        store._owns_database = False  # noqa: SLF001
        return store

    def _source_of_workspace(self, name: str) -> str:
        return source_of(Partition(partition_in(self._source).service, name))

    @property
    def source(self) -> str:
        """Whose data these are: the service, and its walled-off workspace; nothing is shared between two sources."""
        return self._source

    @property
    def workspace(self) -> str:
        """Name of the walled-off workspace; empty for the one that all others share."""
        return partition_in(self._source).workspace

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
            if facts.get(tx.within(WHOLE_STORE), _ACKNOWLEDGED) == self._set_aside.name:
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
                facts.put(tx.within(WHOLE_STORE), _ACKNOWLEDGED, self._set_aside.name)
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
        """Delete all links that have expired, of any workspace, for good; return how many. Cheap when there are none.

        What could not be removed from SQLite's log when it was deleted, because somebody read, is removed now.
        """
        return self._purge_links()

    def next_purge(self) -> datetime | None:
        """Return when there is something to purge, also in the past; `None` if there are no links."""
        if self._database.deleted_in_log:
            return datetime.now(UTC)
        with self._read() as tx:
            return links.next_end(tx)

    def _purge_links(self, *, hurried: bool = False) -> int:
        with self._read() as tx:
            any_expired = links.any_expired(tx)
        purged = 0
        if any_expired:
            with self._write(hurried=hurried) as tx:
                purged = links.purge(tx)
        if any_expired or self._database.deleted_in_log:
            self._forget_deleted()
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

    def caps_use(self, user: str = "") -> list[CapUse]:
        """Return how far each cap that is set is used up, for a look-up that has not begun yet.

        Args:
            user: whose own cap is wanted, too, if this person has one.
        """
        with self._read() as tx:
            return ledger.use_of_caps(tx, caps=self._caps, runs=[""], people=[user] if user else [])

    def set_person_cap(self, person: str, per_day: int | None) -> None:
        """Set how many patents a person may be charged for in a day (UTC), in any workspace; `None` is no limit.

        Raises:
            ValueError: it is less than 0.
        """
        if per_day is not None and per_day < 0:
            raise ValueError("a cap is 0 or more")
        with self._write() as tx:
            person_caps.put(tx, person, per_day)

    def person_caps(self) -> dict[str, int]:
        """Return the caps by day that people have, by person, in the order of their names."""
        with self._read() as tx:
            return person_caps.everybodys(tx)

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

    def whole_ledger(self, *, since: datetime | None = None, current: bool = False) -> list[LedgerRow]:
        """Return the rows of everybody in every workspace of the service; for the rest see `ledger`."""
        with self._read() as tx:
            return ledger.whole_rows(tx, since=since, current=current)

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
        """Make uncertain what dead processes had reserved, and return how many numbers; interrupt their look-ups.

        In every workspace of the service: once their heartbeats are gone, nobody would find the rest at once.
        """
        found = ledger.orphans_to_uncertain(tx, dead=dead)
        look_ups.interrupt(tx, dead)
        leases.end_of_processes(tx, dead)
        processes_table.forget(tx, dead)
        return found

    def _dead(self, tx: StoreTransaction, names: Collection[str]) -> set[str]:
        """Return those of the processes that are dead."""
        return self._liveness.dead(names, processes_table.heartbeats(tx, names)) if names else set()

    # Facts

    def fact(self, key: str) -> str | None:
        """Return a small fact; `None` if it is not known."""
        with self._read() as tx:
            return facts.get(tx.of_service(), key)

    def save_fact(self, key: str, value: str) -> None:
        """Keep a small fact, in place of the value kept before."""
        with self._write() as tx:
            facts.put(tx.of_service(), key, value)

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
            return facts.get_or_put(tx.of_service(), key, value)
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

    def pdf_digest(self, history: str, document: str) -> str | None:
        """Return the SHA-256 of a kept PDF in hexadecimal digits, as it was when it was kept; `None` without one."""
        with self._read() as tx:
            return pdfs.digest(tx, history, document)

    def papers_at_hand(self, papers: Collection[PaperRef]) -> set[PaperRef]:
        """Return those of some papers, by any names of their histories, whose PDF is kept or whose link lives."""
        with self._read() as tx:
            return at_hand.find(tx, papers)

    def pdf_sizes(self, histories: Iterable[str]) -> dict[PaperRef, int]:
        """Return how many bytes the kept PDFs of some histories have, by the keys of these and the documents' ids."""
        with self._read() as tx:
            return pdfs.sizes(tx, histories)

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

    # Texts of pages

    @property
    def texts(self) -> KeptTexts:
        """What was read in the papers of this workspace."""
        return KeptTexts(self._read, self._write)

    @property
    def contents(self) -> KeptContents:
        """What the rules found in the papers of this workspace."""
        return KeptContents(self._read, self._write)

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

    def verdicts(self, histories: Iterable[str]) -> list[FindingMark]:
        """Return what everybody said of findings in these histories, by any of their names, the earliest first."""
        with self._read() as tx:
            return verdicts.find(tx, list(histories))

    def judge(self, person: str, paper: PaperRef, finding: str, *, is_right: bool | None, words: str) -> None:
        """Mark a finding as right or wrong, in place of this person's own mark of it; `None` takes that back.

        Args:
            person: whose mark it is; all of the workspace see it, and nobody else changes it.
            paper: in which it was found, by any name of its history.
            finding: its id.
            is_right: whether it is right.
            words: what was marked, so that the mark stays legible; cut after 2,000 characters.

        Raises:
            ValueError: no such history is held.
        """
        with self._write() as tx:
            key = aliases.resolve(tx, [paper.history]).get(paper.history)
            if key is None:
                raise ValueError("a mark belongs to a held file history")
            verdicts.put(tx, person, PaperRef(key, paper.document), finding, is_right=is_right, words=words)

    # Pace

    def read_pace(self) -> tuple[str, float]:
        """Return the pace of calls that was last written, `""` if there is none, and the time in seconds.

        The clock is shared by all processes of the store and goes on evenly, see `pace`.
        """
        with self._read() as tx:
            return pace.read(tx.of_service())

    def change_pace(self, change: Callable[[str, float], str | None]) -> None:
        """Replace the pace of calls by what `change` makes of it and the time, while no other process does.

        `None` leaves it as it is.
        """
        with self._write() as tx:
            changed = change(*pace.read(tx.of_service()))
            if changed is not None:
                pace.write(tx.of_service(), changed)

    # Login sessions

    def begin_session(self, record: SessionRecord) -> None:
        """Note that a login session has begun, or was seen again; may be called with every request.

        That it was seen is written at most once a minute. A session that has ended stays ended, whichever came first.
        It does not wait for a store that is busy: nothing depends on it but who is shown to be in.

        Raises:
            StoreFailed: it cannot be noted now.
        """
        with self._read() as tx:
            if sessions.is_noted(tx, record):
                return
        with self._write(hurried=True) as tx:
            sessions.begin(tx, record)

    def end_session(self, session_id: str, *, how: str) -> None:
        """Note that a login session has ended, also one that was never seen; its first end stays.

        Args:
            session_id: its id.
            how: in words, such as `logged out`.
        """
        with self._write() as tx:
            sessions.end(tx, session_id, how=how)

    def session_ended(self, session_id: str) -> datetime | None:
        """Return when a login session ended; `None` if it has not, or was never seen."""
        with self._read() as tx:
            return sessions.ended_at(tx, session_id)

    def sessions(self, *, since: datetime) -> list[SessionRecord]:
        """Return the login sessions that began or were seen since a time, the last begun first."""
        with self._read() as tx:
            return sessions.records(tx, since=since)

    # Deleting

    def delete_person(self, person: str) -> None:
        """Delete what is kept of a person: ticks, notes, look-ups, login sessions and cap, in every workspace.

        This person's sessions end. The rows of the ledger stay, with `deleted` and the id of a row in place of the
        number; what was bought stays with the workspace that it was bought for.

        Raises:
            LookUpUnderWay: one of this person's look-ups runs; nothing was deleted.
        """
        with self._write(books=True) as tx:
            self._settle_dead_of_service(tx)
            deleting.delete_person(tx, person)
        self._forget_deleted()

    def delete_workspace(self, name: str) -> None:
        """Delete all that a walled-off workspace holds; its rows of the ledger stay as in `delete_person`.

        Raises:
            LookUpUnderWay: a look-up runs in it; nothing was deleted.
            ValueError: that is no name of a walled-off workspace.
        """
        if not name:
            raise ValueError("the workspace that all share is not deleted")
        source = self._source_of_workspace(name)
        with self._write(books=True) as tx:
            self._settle_dead_of_service(tx)
            deleting.delete_workspace(tx.within(source))
        self._forget_deleted()

    def _settle_dead_of_service(self, tx: StoreTransaction) -> None:
        """Find what dead processes have left, so that what they had under way keeps nobody from deleting."""
        self._settle_dead(tx, self._dead(tx, ledger.processes_under_way(tx) | look_ups.processes_running(tx)))

    def _forget_deleted(self) -> None:
        """Remove what was deleted from the database's log too; if somebody reads just now, the next purge does."""
        with suppress(StoreFailed):
            self._database.forget_deleted()

    @contextmanager
    def _read(self) -> Iterator[StoreTransaction]:
        """Open a reading transaction of this workspace."""
        with self._database.read() as connection:
            yield StoreTransaction(connection, self._source, datetime.now(UTC))

    @contextmanager
    def _write(
        self, *, cost: str = "", hurried: bool = False, books: bool = False, passing: bool = False
    ) -> Iterator[StoreTransaction]:
        """Open a writing transaction of this workspace; for the arguments see `Database.write`."""
        # The scope is the service: caps are common to its workspaces, so that no two reserve at the same time.
        scope = partition_in(self._source).service
        write = self._database.write(scope, cost=cost, hurried=hurried, books=books, passing=passing)
        with write as connection:
            yield StoreTransaction(connection, self._source, datetime.now(UTC))
