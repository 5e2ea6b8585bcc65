"""The worker of one process: look-ups run here, in threads of their own, whatever the pages do meanwhile.

A number may have several forms that the service could know it by (kind codes, say). They are asked for one after
another: the first form of all numbers, then the second of those that are still unknown, and so on. A form is asked for
in batches, side by side; while a batch holds the lease of a name, nobody else buys it.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from components.histories import FileHistory
from components.lookups.errors import LookupEnded
from components.lookups.held import first_held, held_by_name
from components.lookups.job import ItemOutcome, Job
from components.lookups.jobs import Jobs
from components.lookups.plan import Plan, PlanItem, PlanState, names_of
from components.lookups.spend_guard import SpendGuard
from components.numbers import Number
from components.patsnap import Client, IdentifierField, PatsnapError, RequestError
from components.settings import Settings
from components.store import Headline, Store, StoreError

log = logging.getLogger(__name__)

LONGEST_PAUSE = 130.0
"""Seconds for which the client may wait between two attempts (`Retry-After` up to 120 s); a lease outlasts it."""
POLL_SECONDS = 0.2
"""How often a number that another look-up has leased is looked for again."""
NOT_COVERED = "The service does not cover this number; nothing was charged."

Batch = Mapping[str, tuple[int, ...]]
"""The names to ask for in one call, each with the indexes of the numbers in the plan that it answers."""


class Worker:
    """Carries out the look-ups of one process, each in the thread that calls `run`, their calls in a shared pool."""

    def __init__(self, *, store: Store, client: Client, settings: Settings, jobs: Jobs) -> None:
        self._store = store
        self._client = client
        self._settings = settings
        self._jobs = jobs
        self._calls = ThreadPoolExecutor(settings.patsnap_workers, thread_name_prefix="look-up")
        self._process = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._lease_seconds = settings.patsnap_deadline * 2 + LONGEST_PAUSE

    def close(self) -> None:
        """Let the calls under way end, and free the threads."""
        self._calls.shutdown(wait=True, cancel_futures=True)

    def run(self, job: Job, plan: Plan) -> None:
        """Carry out a plan and report to its job; returns when the job has ended, and raises nothing."""
        try:
            self._buy(job, _numbers(plan, PlanState.CHARGED))
            self._await_others(job, {i: item for i, item in enumerate(plan.items) if item.state is PlanState.FREE})
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            self._report_breakdown(job, error)
        finally:
            with suppress(StoreError):
                self._report_interrupted(job)
            job.end()

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
        sizes: dict[IdentifierField, int] = {"patent_number": self._settings.patsnap_batch, "apno": 1}
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
                job.halt(str(ended))
        except (PatsnapError, StoreError) as error:
            job.halt(str(error))
        except Exception as error:  # noqa: BLE001 - the other batches of the job must end in order, and be kept
            self._report_breakdown(job, error)
        return []

    def _fetch(self, job: Job, field: IdentifierField, batch: Batch) -> list[int]:
        """Buy the names of a batch that this job can lease, and wait for those that another look-up is buying."""
        holder = f"{self._process}:{job.id}:{threading.get_ident()}"
        unknown: list[int] = []
        left = dict(batch)
        while left and not job.stopping:
            with self._leased(left, holder=holder) as leased:
                for name, key in self._arrived(left, job).items():
                    job.set_outcome(left.pop(name), "held", key=key)
                to_buy = {name: left.pop(name) for name in list(left) if name in leased}
                if to_buy:
                    unknown += self._ask(job, field, to_buy, holder=holder)
            if left:  # another look-up, here or in another process, is fetching these
                time.sleep(POLL_SECONDS)
                absent = self._store.absent(left)
                for name in [name for name in left if name in absent]:
                    unknown += left.pop(name)
        return unknown

    @contextmanager
    def _leased(self, names: Collection[str], *, holder: str) -> Iterator[Collection[str]]:
        """Lease those of the names that nobody else has leased, and release them in the end."""
        leased = self._store.lease(names, holder=holder, seconds=self._lease_seconds)
        try:
            yield leased
        finally:
            self._store.release(leased, holder=holder)

    def _arrived(self, names: Collection[str], job: Job) -> dict[str, str]:
        """Return the key of each name whose history is held by now, complete, and for a refresh newer than the job."""
        return {
            name: headline.key
            for name, headline in held_by_name(self._store, names).items()
            if headline.complete and (not job.refresh or headline.retrieved >= job.started)
        }

    def _ask(self, job: Job, field: IdentifierField, batch: Batch, *, holder: str) -> list[int]:
        """Ask for a batch and report the outcome; return the indexes of the numbers that the service does not know."""
        for indexes in batch.values():
            job.set_outcome(indexes, "fetching")
        guard = SpendGuard(self._store, job, names=list(batch), holder=holder, lease_seconds=self._lease_seconds)
        answer = self._client.fetch(list(batch), by=field, spend_hook=guard, unfinished=self._unfinished(batch))
        keys = self._store.resolve(answer.found)
        for name in answer.found:
            job.set_outcome(batch[name], "fetched", key=keys.get(name))
        unknown = list(answer.missing)
        for name, error in answer.failed.items():
            job.set_outcome(batch[name], "failed", message=str(error))
            # A service may refuse a number that it does not know: another kind code may still be the right one.
            if isinstance(error, RequestError):
                unknown.append(name)
        if answer.missing:
            self._store.save_absent(answer.missing)
        return [i for name in unknown for i in batch[name]]

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
            being_bought = self._jobs.names_being_bought(except_by=job)
            held, absent = held_by_name(self._store, names), self._store.absent(names)
            for i, item in list(waiting.items()):
                outcome = awaited_outcome(
                    item, held=held, absent=absent, being_bought=being_bought, refresh=job.refresh
                )
                if outcome is not None:
                    job.set_outcome([i], outcome.state, key=outcome.key, message=outcome.message)
                    del waiting[i]
            if waiting:
                time.sleep(POLL_SECONDS)

    def _report_interrupted(self, job: Job) -> None:
        """Report what has arrived of the numbers that an early end interrupted."""
        interrupted = job.numbers_being_fetched
        held = held_by_name(self._store, {name for number in interrupted.values() for name in names_of(number)})
        for i, number in interrupted.items():
            headline = first_held(names_of(number), held)
            if headline and headline.complete and headline.retrieved >= job.started:
                job.set_outcome([i], "fetched", key=headline.key)
            elif headline and not headline.complete:
                arrived = f"{headline.documents_held:,} of {headline.documents_reported:,} documents arrived"
                words = f"{arrived} and are kept; Resume fetches the rest."
                job.set_outcome([i], "stopped", key=headline.key, message=words)

    @staticmethod
    def _report_breakdown(job: Job, error: Exception) -> None:
        incident = uuid.uuid4().hex[:8]
        log.error("look-up %s failed, incident %s", job.id, incident, exc_info=error)
        job.halt(f"Something went wrong inside the app (incident {incident}). What had arrived is kept.")


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
    being_bought: Collection[str],
    refresh: bool,
) -> ItemOutcome | None:
    """Return what has become of a number that another job was fetching; `None` while it is to be waited for.

    Args:
        item: the number as it was planned.
        held: what the store holds, by name.
        absent: names that the service has lately said it does not cover.
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
    return ItemOutcome(item.number, "stopped", message="The look-up that was fetching it ended without it.")


def _numbers(plan: Plan, state: PlanState) -> dict[int, Number]:
    """Return the numbers of a plan that are in a state, by their indexes."""
    return {i: item.number for i, item in enumerate(plan.items) if item.state is state}
