"""The worker of one process: look-ups run here, in threads of their own, whatever the pages do meanwhile.

A number may have several forms that the service could know it by (kind codes, say). They are asked for one after
another: the first form of all numbers, then the second of those that are still unknown, and so on. The names of one
form are asked for in batches, side by side; nobody else buys a name meanwhile, because the batch holds its lease.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from components.histories import FileHistory
from components.lookups.errors import LookupEnded
from components.lookups.job import Job
from components.lookups.jobs import Jobs
from components.lookups.plan import Plan, PlanItem, PlanState, names_of
from components.lookups.spend_guard import SpendGuard
from components.numbers import Number
from components.patsnap import Client, IdentifierField, PatsnapError, RequestError
from components.settings import Settings
from components.store import Store, StoreError

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

    def close(self) -> None:
        """Let the calls under way end, and free the threads."""
        self._calls.shutdown(wait=True, cancel_futures=True)

    def run(self, job: Job, plan: Plan) -> None:
        """Carry out a plan and report to its job; returns when the job has ended, and raises nothing."""
        try:
            self._buy(job, _numbers(plan, PlanState.CHARGED))
            self._await_others(job, {i: item for i, item in enumerate(plan.items) if item.state is PlanState.FREE})
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            self._break_down(job, error)
        finally:
            with suppress(StoreError):
                self._account_for(job)
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
            job.mark(without_further_form - job.failed, "not covered", message=NOT_COVERED)

    def _ask_for_form(self, job: Job, numbers: Mapping[int, Number], wanted: Mapping[int, str]) -> list[int]:
        """Ask for one form of each number, in batches side by side; return the indexes of those still unknown."""
        by_name: dict[tuple[IdentifierField, str], list[int]] = {}
        for i, name in wanted.items():
            by_name.setdefault((numbers[i].reading.field, name), []).append(i)
        absent = self._store.absent({name for _, name in by_name})
        unknown = [i for (_, name), indexes in by_name.items() if name in absent for i in indexes]
        batches: list[tuple[IdentifierField, Batch]] = []
        sizes: dict[IdentifierField, int] = {"patent_number": self._settings.patsnap_batch, "apno": 1}
        for field, size in sizes.items():
            names = [(n, tuple(indexes)) for (f, n), indexes in by_name.items() if f == field and n not in absent]
            batches += [(field, dict(names[start : start + size])) for start in range(0, len(names), size)]
        futures: list[Future[list[int]]] = [
            self._calls.submit(self._fetch_batch, job, field, batch) for field, batch in batches
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
            self._break_down(job, error)
        return []

    def _fetch(self, job: Job, field: IdentifierField, batch: Batch) -> list[int]:
        """Buy the names of a batch that this job can lease, and wait for those that another look-up is buying."""
        holder = f"{self._process}:{job.id}:{threading.get_ident()}"
        seconds = self._settings.patsnap_deadline * 2 + LONGEST_PAUSE
        unknown: list[int] = []
        rest = dict(batch)
        while rest and not job.stopping:
            leased = self._store.lease(rest, holder=holder, seconds=seconds)
            try:
                for name, key in self._arrived(rest, job).items():
                    job.mark(rest.pop(name), "held", key=key)
                mine = {name: rest.pop(name) for name in list(rest) if name in leased}
                if mine:
                    guard = SpendGuard(self._store, job, names=list(mine), holder=holder, lease_seconds=seconds)
                    unknown += self._ask(job, field, mine, guard)
            finally:
                self._store.release(leased, holder=holder)
            if rest:
                time.sleep(POLL_SECONDS)  # another look-up, here or in another process, is fetching them
                absent = self._store.absent(rest)
                for name in [name for name in rest if name in absent]:
                    unknown += rest.pop(name)
        return unknown

    def _arrived(self, names: Iterable[str], job: Job) -> dict[str, str]:
        """Return the names whose history is held by now, complete, and for a refresh newer than the job."""
        keys = self._store.resolve(names)
        if not keys:
            return {}
        headlines = {headline.key: headline for headline in self._store.headlines(keys.values())}
        return {
            name: key
            for name, key in keys.items()
            if headlines[key].complete and (not job.refresh or headlines[key].retrieved >= job.started)
        }

    def _ask(self, job: Job, field: IdentifierField, batch: Batch, guard: SpendGuard) -> list[int]:
        """Ask for a batch and report the outcome; return the indexes of the numbers that the service does not know."""
        for indexes in batch.values():
            job.mark(indexes, "fetching")
        answer = self._client.fetch(list(batch), by=field, spend_hook=guard, known=self._unfinished(batch))
        found = self._store.resolve(answer.found)
        for name in answer.found:
            job.mark(batch[name], "fetched", key=found.get(name))
        unknown = list(answer.missing)
        for name, error in answer.failed.items():
            job.mark(batch[name], "failed", message=str(error))
            # A service may refuse a number that it does not know: another kind code may still be the right one.
            if isinstance(error, RequestError):
                unknown.append(name)
        if answer.missing:
            self._store.save_absent(answer.missing)
        return [i for name in unknown for i in batch[name]]

    def _unfinished(self, names: Iterable[str]) -> dict[str, FileHistory]:
        """Return the histories that an interrupted look-up left incomplete, to be continued where they end."""
        keys = self._store.resolve(names)
        begun = self._store.unfinished(set(keys.values())) if keys else {}
        return {name: begun[key] for name, key in keys.items() if key in begun}

    def _await_others(self, job: Job, items: Mapping[int, PlanItem]) -> None:
        """Wait for what other jobs are fetching: it was called free, so this job never buys it."""
        waiting = {i: item.number for i, item in items.items()}
        while waiting and not job.stopping:
            being_bought = self._jobs.being_bought(except_by=job)
            under_way = {i for i, number in waiting.items() if not being_bought.isdisjoint(names_of(number))}
            names = {name for number in waiting.values() for name in names_of(number)}
            keys, absent = self._store.resolve(names), self._store.absent(names)
            retrieved = (
                {headline.key: headline.retrieved for headline in self._store.headlines(keys.values())} if keys else {}
            )
            for i, number in list(waiting.items()):
                key = next((keys[name] for name in names_of(number) if name in keys), None)
                before = items[i].retrieved if job.refresh else None
                if key in retrieved and (before is None or retrieved[key] > before) and i not in under_way:
                    job.mark([i], "held", key=key)
                elif all(name in absent for name in number.reading.request_forms):
                    job.mark([i], "not covered", message=NOT_COVERED)
                elif i not in under_way:
                    job.mark([i], "stopped", message="The look-up that was fetching it ended without it.")
                else:
                    continue
                del waiting[i]
            if waiting:
                time.sleep(POLL_SECONDS)

    def _account_for(self, job: Job) -> None:
        """Report what has arrived of the numbers that an early end interrupted."""
        interrupted = job.fetching
        keys = self._store.resolve({name for number in interrupted.values() for name in names_of(number)})
        headlines = {headline.key: headline for headline in self._store.headlines(keys.values())} if keys else {}
        for i, number in interrupted.items():
            key = next((keys[name] for name in names_of(number) if name in keys), None)
            headline = headlines.get(key) if key else None
            if headline and headline.complete and headline.retrieved >= job.started:
                job.mark([i], "fetched", key=key)
            elif headline and not headline.complete:
                arrived = f"{headline.documents_held:,} of {headline.documents_reported:,} documents arrived"
                words = f"{arrived} and are kept; Resume fetches the rest."
                job.mark([i], "stopped", key=key, message=words)

    @staticmethod
    def _break_down(job: Job, error: Exception) -> None:
        incident = uuid.uuid4().hex[:8]
        log.error("look-up %s failed, incident %s", job.id, incident, exc_info=error)
        job.halt(f"Something went wrong inside the app (incident {incident}). What had arrived is kept.")


def _numbers(plan: Plan, state: PlanState) -> dict[int, Number]:
    """Return the numbers of a plan that are in a state, by their indexes."""
    return {i: item.number for i, item in enumerate(plan.items) if item.state is state}
