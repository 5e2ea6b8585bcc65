"""The worker of one process: look-ups run here, in threads of their own, whatever the pages do meanwhile.

One application may be asked for by several names. Publications before grant are asked for first, then other
publications, then application numbers: what an answer names is not bought again. A number may also have several forms
that the service could know it by (kind codes, say). They are asked for one after another: the first form of all
numbers, then the second of those that are still unknown, and so on. A form is asked for in batches, side by side; while
a batch holds the lease of a name, nobody else buys it.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from components.histories import FileHistory, office_of
from components.lookups.errors import LookupEnded
from components.lookups.held import first_held, held_by_name
from components.lookups.job import MAY_HAVE_BEEN_CHARGED, ItemOutcome, ItemState, Job
from components.lookups.jobs import Jobs
from components.lookups.plan import Plan, PlanItem, PlanState, names_of, sort_of
from components.lookups.spend_guard import ArrivedPart, SpendGuard
from components.lookups.unsaved import UnsavedAnswers
from components.lookups.upkeep import Upkeep
from components.numbers import Number
from components.patsnap import Client, IdentifierField, PatsnapError, RequestError
from components.settings import Settings
from components.store import CapReached, Headline, Store, StoreError

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
"""How often a number that another look-up has leased is looked for again."""
NOT_COVERED = "The service does not cover this number; nothing was charged."
REFUSED = "Asked for and refused; nothing was charged."
IN_DOUBT = (
    "Not asked: it may name an application that this look-up may have been charged for under another number. Decide "
    "about that first."
)
NOT_SAVED = "It arrived and is kept in memory until the store can be written."

Batch = Mapping[str, tuple[int, ...]]
"""The names to ask for in one call, each with the indexes of the numbers in the plan that it answers."""


class Worker:
    """Carries out the look-ups of one process, each in the thread that calls `run`, their calls in a shared pool."""

    def __init__(
        self,
        *,
        store: Store,
        client: Client,
        settings: Settings,
        jobs: Jobs,
        unsaved: UnsavedAnswers,
        upkeep: Upkeep,
        calls: ThreadPoolExecutor,
    ) -> None:
        self._store = store
        self._client = client
        self._settings = settings
        self._jobs = jobs
        self._unsaved = unsaved
        self._upkeep = upkeep
        self._calls = calls
        self._process = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"

    def run(self, job: Job) -> None:
        """Carry out a job's plan and report to it; returns when the job has ended, and raises nothing."""
        try:
            self._record_begin(job)
            for numbers in phases(_numbers(job.plan, PlanState.CHARGED)):
                clear = _apart_from_doubt(job, numbers)
                if not job.stopping:
                    self._buy(job, clear)
            self._await_others(job, {i: item for i, item in enumerate(job.plan.items) if item.state is PlanState.FREE})
        except StoreError as error:
            job.halt(error)
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            self._report_breakdown(job, error)
        finally:
            self._record_end(job)
            job.end()

    def _record_begin(self, job: Job) -> None:
        """Note in the store that the look-up begins, before anything is spent."""
        self._store.begin_look_up(
            job.id,
            user=job.user,
            refresh=job.refresh,
            numbers=job.recorded_numbers,
            held=len(job.plan.items_in(PlanState.HELD)),
        )

    def _record_end(self, job: Job) -> None:
        progress = job.snapshot()
        state = "interrupted" if job.interrupted and progress.has_numbers_left else job.end_state()
        self._upkeep.write(
            lambda: self._store.end_look_up(job.id, state=state, message=progress.message, calls=progress.calls)
        )

    def _buy(self, job: Job, numbers: dict[int, Number]) -> None:
        """Ask for numbers, form by form, until each is found or known not to be covered."""
        for form in range(max((len(number.reading.request_forms) for number in numbers.values()), default=0)):
            wanted = {
                i: number.reading.request_forms[form]
                for i, number in numbers.items()
                if form < len(number.reading.request_forms)
            }
            unknown = self._ask_for_form(job, numbers, wanted)
            numbers = {i: numbers[i] for i in unknown}
            if job.stopping:
                return
            without_further_form = {i for i, number in numbers.items() if form + 1 >= len(number.reading.request_forms)}
            job.set_outcome(without_further_form - job.failed_indexes, "not covered", message=NOT_COVERED)

    def _ask_for_form(self, job: Job, numbers: Mapping[int, Number], wanted: Mapping[int, str]) -> list[int]:
        """Ask for one form of each number, in batches side by side; return the indexes of those still unknown."""
        absent = self._store.absent(set(wanted.values()))
        unknown = [i for i, name in wanted.items() if name in absent]
        to_ask = {i: name for i, name in wanted.items() if name not in absent}
        # What is bought again is asked for number by number, so that a bad one does not take others with it once more.
        size = 1 if job.plan.buys_again else self._settings.patsnap_batch
        sizes: dict[IdentifierField, int] = {"patent_number": size, "apno": 1}
        futures = [
            self._calls.submit(self._fetch_batch, job, field, batch)
            for field, size in sizes.items()
            for batch in batches_of({i: n for i, n in to_ask.items() if numbers[i].reading.field == field}, size=size)
        ]
        for future in futures:
            unknown += future.result()
        return unknown

    def _fetch_batch(self, job: Job, field: IdentifierField, batch: Batch) -> list[int]:
        """Fetch one batch; return the indexes of the numbers that the service does not know. Errors halt the job."""
        if job.stopping:
            return []
        try:
            return self._fetch(job, field, batch)
        except LookupEnded as ended:
            if not job.stopping:
                job.halt(ended)
        except (PatsnapError, StoreError) as error:
            job.halt(error)
        except Exception as error:  # noqa: BLE001 - the other batches of the job must end in order, and be kept
            self._report_breakdown(job, error)
        return []

    def _fetch(self, job: Job, field: IdentifierField, batch: Batch) -> list[int]:
        """Buy the names of a batch that this job can lease, and wait for those that another look-up is buying."""
        holder = f"{self._process}:{job.id}:{threading.get_ident()}"
        unknown: list[int] = []
        left = dict(batch)
        while left and not job.stopping:
            leased = self._store.lease(left, holder=holder, field=field)
            kept: set[str] = set()
            try:
                self._set_aside_decided(job, left)
                to_buy = {name: left.pop(name) for name in list(left) if name in leased}
                if to_buy:
                    guard = self._guard(job, to_buy, holder=holder)
                    kept = guard.unsaved_numbers
                    unknown += self._ask(job, field, to_buy, guard)
            finally:
                self._release(leased - kept, holder)
            if left:  # another look-up, here or in another process, is fetching these
                time.sleep(POLL_SECONDS)
                absent = self._store.absent(left)
                for name in [name for name in left if name in absent]:
                    unknown += left.pop(name)
        return unknown

    def _release(self, names: Collection[str], holder: str) -> None:
        """End leases, now or as soon as the store can be written; never in place of an error that was raised."""
        self._upkeep.write(lambda: self._store.release(names, holder=holder))

    def _set_aside_decided(self, job: Job, left: dict[str, tuple[int, ...]]) -> None:
        """Take out of `left` what is held by now, under whatever name, and what may have been charged meanwhile."""
        items = job.plan.items
        names = {
            name: {name, *(other for i in indexes for other in names_of(items[i].number))}
            for name, indexes in left.items()
        }
        known = set().union(*names.values())
        held, uncertain = held_by_name(self._store, known), self._store.uncertain(known)
        for name, known_as in names.items():
            headline = first_held([name, *known_as], held)
            if headline and headline.complete and not self._is_outdated(job, headline, left[name]):
                job.set_outcome(left.pop(name), "held", key=headline.key)
                continue
            charges = [uncertain[other] for other in known_as if other in uncertain]
            if any(charge.last_row > job.agreed_row(left[name]) for charge in charges):
                job.set_outcome(left.pop(name), "uncertain", message=MAY_HAVE_BEEN_CHARGED)

    @staticmethod
    def _is_outdated(job: Job, headline: Headline, indexes: Collection[int]) -> bool:
        """Return whether a history is to be asked for although it is held: nobody has refreshed it since the plan.

        Not whether it is older than the plan: that would ask the time of day, and after the clock was set back a
        refresh would quote a price, do nothing, and report that it was done.
        """
        return job.refresh and all(job.plan.items[i].retrieved == headline.retrieved for i in indexes)

    def _guard(self, job: Job, batch: Batch, *, holder: str) -> SpendGuard:
        """Return the guard on the spending for a batch."""

        def set_fetching(numbers: Collection[str]) -> None:
            job.set_outcome([i for number in numbers for i in batch[number]], "fetching")

        def set_saved(keys: Mapping[str, str]) -> None:
            job.count_unsaved(-len(keys))
            guard.unsaved_numbers.difference_update(keys)  # should it be saved before its batch is reported
            for number, key in keys.items():
                _report_arrived(job, batch[number], guard.arrived[number], key)

        guard = SpendGuard(
            self._store, job, holder=holder, unsaved=self._unsaved, on_asked=set_fetching, on_unsaved_saved=set_saved
        )
        return guard

    def _ask(self, job: Job, field: IdentifierField, batch: Batch, guard: SpendGuard) -> list[int]:
        """Ask for a batch and report the outcome; return the indexes of the numbers that the service does not know."""
        try:
            answer = self._client.fetch(
                list(batch), by=field, spend_hook=guard, unfinished=self._unfinished(batch), keep_found=False
            )
        except CapReached as reached:
            # Somebody else has spent what the quote counted on: what still fits is asked for, then the job ends.
            if guard.charges or not 0 < reached.left < len(batch):
                self._report_unanswered(job, batch, guard)
                raise
            fitting = {name: batch[name] for name in list(batch)[: reached.left]}
            self._ask(job, field, fitting, guard)
            raise
        except BaseException:
            self._report_unanswered(job, batch, guard)
            raise
        for name in answer.numbers_found:
            job.set_outcome(batch[name], "fetched", key=guard.keys.get(name))
        unknown = list(answer.missing)
        for name, error in answer.failed.items():
            state: ItemState = "uncertain" if guard.charges.get(name) == "uncertain" else "failed"
            told = error.about("")  # the number and, where it is in doubt, its charge stand beside the message
            message = str(told.with_cost("") if state == "uncertain" else told)
            job.set_outcome(batch[name], state, message=message)
            # A service may refuse a number that it does not know: another kind code may still be the right one.
            if isinstance(error, RequestError):
                unknown.append(name)
        if answer.missing:
            self._store.save_absent(answer.missing)
        return [i for name in unknown for i in batch[name]]

    @staticmethod
    def _report_unanswered(job: Job, batch: Batch, guard: SpendGuard) -> None:
        """Report what has become of the numbers of a batch that ended early, by what each call has cost."""
        for name, indexes in batch.items():
            if name in guard.unsaved_numbers and guard.charges.get(name) == "billed":
                job.set_outcome(indexes, "unsaved", message=NOT_SAVED)
            elif guard.charges.get(name) == "uncertain":
                job.set_outcome(indexes, "uncertain", key=guard.keys.get(name), message=MAY_HAVE_BEEN_CHARGED)
            elif (part := guard.arrived.get(name)) is not None:
                _report_arrived(job, indexes, part, guard.keys.get(name))
            elif name in guard.charges:
                job.set_outcome(indexes, "stopped", message=REFUSED)

    def _unfinished(self, names: Iterable[str]) -> dict[str, FileHistory]:
        """Return the histories that an interrupted look-up left incomplete, to be continued where they end."""
        keys = self._store.resolve(names)
        unfinished = self._store.unfinished(set(keys.values())) if keys else {}
        return {name: unfinished[key] for name, key in keys.items() if key in unfinished}

    def _await_others(self, job: Job, items: Mapping[int, PlanItem]) -> None:
        """Wait for what other jobs are fetching: it was called free, so this job never buys it."""
        waiting = dict(items)
        while waiting and not job.stopping:
            names = {name for item in waiting.values() for name in names_of(item.number)}
            # Asked first: what another job has bought is in the store before it stops being bought.
            being_bought = self._jobs.names_being_bought(except_by=job) | self._unsaved.names()
            held, absent = held_by_name(self._store, names), self._store.absent(names)
            uncertain = self._store.uncertain(names)
            for i, item in list(waiting.items()):
                outcome = awaited_outcome(
                    item,
                    held=held,
                    absent=absent,
                    uncertain=uncertain,
                    being_bought=being_bought,
                    refresh=job.refresh,
                )
                if outcome is not None:
                    job.set_outcome([i], outcome.state, key=outcome.key, message=outcome.message)
                    del waiting[i]
            if waiting:
                time.sleep(POLL_SECONDS)

    @staticmethod
    def _report_breakdown(job: Job, error: Exception) -> None:
        incident = uuid.uuid4().hex[:8]
        log.error("look-up %s failed, incident %s", job.id, incident, exc_info=error)
        job.halt(f"Something went wrong inside the app (incident {incident}).")


def _report_arrived(job: Job, indexes: Collection[int], part: ArrivedPart, key: str | None) -> None:
    """Report that a history has arrived and is kept, whole or in part."""
    if part.complete:
        job.set_outcome(indexes, "fetched", key=key)
    else:
        arrived = f"{part.documents_held:,} of {part.documents_reported:,} documents arrived"
        job.set_outcome(indexes, "stopped", key=key, message=f"{arrived} and are kept; Resume fetches the rest.")


def phases(numbers: Mapping[int, Number]) -> list[dict[int, Number]]:
    """Return the numbers in the order in which they are asked for: of each office one sort of numbers after another.

    Numbers of different offices are always different applications, and never wait for each other.
    """
    sorts: dict[str, set[int]] = {}
    for number in numbers.values():
        sorts.setdefault(office_of(number.reading.normalised), set()).add(sort_of(number))
    phased: dict[int, dict[int, Number]] = {}
    for i, number in numbers.items():
        turn = sorted(sorts[office_of(number.reading.normalised)]).index(sort_of(number))
        phased.setdefault(turn, {})[i] = number
    return [phased[turn] for turn in sorted(phased)]


def _apart_from_doubt(job: Job, numbers: dict[int, Number]) -> dict[int, Number]:
    """Return the numbers of offices of which this look-up has nothing in doubt; report the others as not asked.

    A number of another sort may name an application that a call before may have charged: that is asked about first.
    """
    doubtful = {
        office_of(outcome.number.reading.normalised)
        for item, outcome in zip(job.plan.items, job.snapshot().outcomes, strict=True)
        if outcome.state == "uncertain" and item.state is PlanState.CHARGED
    }
    left = {i for i, number in numbers.items() if office_of(number.reading.normalised) in doubtful}
    job.set_outcome(left, "stopped", message=IN_DOUBT)
    return {i: number for i, number in numbers.items() if i not in left}


def batches_of(names: Mapping[int, str], *, size: int) -> list[Batch]:
    """Return batches of at most `size` names, in order; numbers that share a name are asked for once.

    Args:
        names: the name to ask for, by the index of its number in the plan.
        size: the most names in one call.
    """
    indexes: dict[str, list[int]] = {}
    for i, name in names.items():
        indexes.setdefault(name, []).append(i)
    distinct = list(indexes)
    return [
        {name: tuple(indexes[name]) for name in distinct[start : start + size]}
        for start in range(0, len(distinct), size)
    ]


def awaited_outcome(
    item: PlanItem,
    *,
    held: Mapping[str, Headline],
    absent: Collection[str],
    uncertain: Collection[str] = (),
    being_bought: Collection[str],
    refresh: bool,
) -> ItemOutcome | None:
    """Return what has become of a number that another job was fetching; `None` while it is to be waited for.

    Args:
        item: the number as it was planned.
        held: what the store holds, by name.
        absent: names that the service has lately said it does not cover.
        uncertain: names that may have been charged.
        being_bought: names that other jobs are still to buy.
        refresh: whether a held history counts only if it is newer than when the item was planned.
    """
    names = names_of(item.number)
    under_way = any(name in being_bought for name in names)
    headline = first_held(names, held)
    outdated = refresh and headline and item.retrieved and headline.retrieved <= item.retrieved
    if headline and not outdated and not under_way:
        return ItemOutcome(item.number, "held", headline.key)
    if all(name in absent for name in item.number.reading.request_forms):
        return ItemOutcome(item.number, "not covered", message=NOT_COVERED)
    if under_way:
        return None
    if any(name in uncertain for name in names):
        return ItemOutcome(item.number, "uncertain", message=MAY_HAVE_BEEN_CHARGED)
    return ItemOutcome(item.number, "stopped", message="The look-up that was fetching it ended without it.")


def _numbers(plan: Plan, state: PlanState) -> dict[int, Number]:
    """Return the numbers of a plan that are in a state, by their indexes."""
    return {i: item.number for i, item in enumerate(plan.items) if item.state is state}
