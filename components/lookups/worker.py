"""The process-wide worker: look-ups run here, in threads of their own, whatever the pages do meanwhile."""

import logging
import os
import threading
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from components.histories import FileHistory
from components.lookups.errors import LookupEnded
from components.lookups.job import LOCAL_USER, Job
from components.lookups.plan import Plan, PlanItem, Quote, State, charges_of, names_of, number_of, quote, settled
from components.lookups.till import StoredLimits, Till
from components.numbers import Number
from components.patsnap import Client, Field, PatsnapError, RequestError
from components.settings import Settings
from components.store import Store, StoreError

log = logging.getLogger(__name__)

KEPT_JOBS = 50
"""Ended jobs that are remembered, so that a page can still show how they ended."""
LONGEST_PAUSE = 130.0
"""Seconds for which the client may wait between two attempts (`Retry-After` up to 120 s); a lease outlasts it."""
POLL_SECONDS = 0.2
"""How often a number that another look-up has leased is looked for again."""

_BEING_FETCHED = "being fetched already"
NOT_COVERED = "The service does not cover this number; nothing was charged."

Wanted = Mapping[str, tuple[int, ...]]
"""The names to ask for in one call, each with the places of the numbers that it answers."""


class Lookups:
    """Plans, quotes and runs look-ups against one store and one client; one instance a process, used by all threads."""

    def __init__(self, *, store: Store, client: Client, settings: Settings) -> None:
        self._store = store
        self._client = client
        self._settings = settings
        self._limits = StoredLimits(store)
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._calls = ThreadPoolExecutor(settings.patsnap_workers, thread_name_prefix="look-up")
        self._process = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"

    # What it would cost

    def plan(self, numbers: Sequence[Number]) -> Plan:
        """Tell what a look-up would do with each number, without asking the service anything.

        Args:
            numbers: what `numbers.parse` understood, doubles marked.
        """
        items = settled(numbers)
        asked = {place: names_of(number) for place, number in enumerate(numbers) if place not in items}
        every_name = {name for names in asked.values() for name in names}
        keys = self._store.resolve(every_name) if every_name else {}
        headlines = {line.key: line for line in self._store.headlines(keys.values())} if keys else {}
        absent = self._store.absent(every_name - set(keys)) if every_name else {}
        under_way = self._being_bought()
        for place, names in asked.items():
            number = numbers[place]
            key = next((keys[name] for name in names if name in keys), None)
            line = headlines.get(key) if key else None
            retrieved = line.retrieved if line else None
            if not under_way.isdisjoint(names):
                item = PlanItem(number, State.FREE, key, retrieved, _BEING_FETCHED)
            elif line and line.complete:
                item = PlanItem(number, State.HELD, key, retrieved)
            elif line:
                charges = charges_of(line.told - line.held, documents_a_call=self._documents_a_call())
                again = "once more" if charges == 1 else f"{charges:,} times more"
                note = f"{line.held:,} of {line.told:,} documents held; the rest is charged {again}"
                item = PlanItem(number, State.CHARGED, key, retrieved, note, charges)
            elif all(name in absent for name in number.reading.asks):
                item = PlanItem(number, State.FREE, note="not covered, as the service said within the last 24 hours")
            else:
                item = PlanItem(number, State.CHARGED, key, retrieved)
            items[place] = item
        first: dict[str, str] = {}
        for place in sorted(items):
            item = items[place]
            if item.state is State.HELD and item.key in first:
                items[place] = replace(item, state=State.DOUBLED, note=f"the same file as {first[item.key]}")
            elif item.key:
                first.setdefault(item.key, item.number.reading.shown)
        return Plan(tuple(items[place] for place in range(len(numbers))))

    def plan_refresh(self, keys: Sequence[str]) -> Plan:
        """Tell what asking again for held histories would do, without asking the service anything.

        Args:
            keys: of the histories, each once; one that is not held is left out.
        """
        lines = {line.key: line for line in self._store.headlines(keys)}
        leads = self._store.resolve({line.patent_number for line in lines.values() if line.patent_number})
        begun = self._store.begun(lines) if lines else {}
        under_way, size = self._being_bought(), self._documents_a_call()
        items = []
        for key, line in lines.items():
            # A publication number that another application has claimed since would bring that one.
            number = number_of(line, by_application=leads.get(line.patent_number, key) != key)
            paid = begun.get(key, 0 if line.complete else line.held)
            charges = charges_of(max(line.told, line.held) - paid, documents_a_call=size)
            note = f"{line.told:,} documents take {charges:,} calls; each is charged" if charges > 1 else ""
            if under_way.isdisjoint(names_of(number)):
                items.append(PlanItem(number, State.CHARGED, key, line.retrieved, note, charges))
            else:
                items.append(PlanItem(number, State.FREE, key, line.retrieved, _BEING_FETCHED))
        return Plan(tuple(items), refresh=True)

    def plan_again(self, plan: Plan) -> Plan:
        """Plan the same numbers, or the same refresh, against the store as it is now."""
        if plan.refresh:
            return self.plan_refresh([item.key for item in plan.items if item.key])
        return self.plan([item.number for item in plan.items])

    def quote(self, plan: Plan) -> Quote:
        """Price a plan."""
        return quote(plan, self._settings, documents_a_call=self._documents_a_call())

    def _documents_a_call(self) -> int:
        return min(self._settings.patsnap_limit, self._limits.get() or self._settings.patsnap_limit)

    # Running

    def start(self, plan: Plan, *, user: str = LOCAL_USER) -> Job:
        """Begin a look-up and give its job at once. Numbers already held or being fetched are not bought again.

        Args:
            plan: what to look up, or to refresh.
            user: who spends; the charges are booked to this person.
        """
        job = Job(plan, user=user, worst=self.quote(plan).worst)
        with self._lock:
            self._jobs[job.id] = job
            ended = [key for key, known in self._jobs.items() if known.ended]
            for key in ended[:-KEPT_JOBS]:
                del self._jobs[key]
        threading.Thread(target=self._run, args=(job, plan), name=f"job {job.id[:8]}", daemon=True).start()
        return job

    def resume(self, job: Job) -> Job:
        """Begin a new look-up for what this one did not bring; what it brought is served from the store."""
        if job.refresh:
            left = {name for number in job.left for name in names_of(number)}
            return self.start(self.plan_refresh(list(dict.fromkeys(self._store.resolve(left).values()))), user=job.user)
        return self.start(self.plan(job.numbers), user=job.user)

    def job(self, job_id: str) -> Job | None:
        """Give a job of this process by its id."""
        return self._jobs.get(job_id)

    def running(self, plan: Plan, *, user: str = LOCAL_USER) -> Job | None:
        """Give this user's job under way that is to buy a number of this plan: to watch it again after a reload.

        Never another user's: which numbers somebody looks up is confidential.
        """
        names = {name for item in plan.of(State.FREE, State.CHARGED) for name in names_of(item.number)}
        return next((job for job in reversed(self._active()) if job.user == user and job.covers(names)), None)

    def close(self) -> None:
        """Stop all jobs, let the calls under way end and be committed, and free the threads."""
        for job in self._active():
            job.stop()
        for job in list(self._jobs.values()):
            job.wait(self._settings.patsnap_deadline + 5)
        self._calls.shutdown(wait=True, cancel_futures=True)

    def _active(self) -> list[Job]:
        with self._lock:
            return [job for job in self._jobs.values() if not job.ended]

    def _being_bought(self, *, beside: Job | None = None) -> set[str]:
        """Give all names that jobs under way, but for one, are still to buy."""
        return set().union(*(job.to_buy for job in self._active() if job is not beside))

    def _run(self, job: Job, plan: Plan) -> None:
        try:
            numbers = {place: item.number for place, item in enumerate(plan.items) if item.state is State.CHARGED}
            for round_ in range(max((len(number.reading.asks) for number in numbers.values()), default=0)):
                wanted = {place: n.reading.asks[round_] for place, n in numbers.items() if round_ < len(n.reading.asks)}
                missing = self._round(job, numbers, wanted)
                numbers = {place: numbers[place] for place in missing}
                if job.stopping:
                    break
                last = [place for place, number in numbers.items() if round_ + 1 >= len(number.reading.asks)]
                job.mark(set(last) - job.failed, "not covered", message=NOT_COVERED)
            self._await_others(job, {place: item for place, item in enumerate(plan.items) if item.state is State.FREE})
        except Exception as error:  # noqa: BLE001 - a thread of its own: whatever went wrong must reach the page
            self._break_down(job, error)
        finally:
            with suppress(StoreError):
                self._account_for(job)
            job.end()

    def _account_for(self, job: Job) -> None:
        """Say of the numbers that an early end interrupted what has arrived of them."""
        interrupted = job.fetching
        keys = self._store.resolve({name for number in interrupted.values() for name in names_of(number)})
        lines = {line.key: line for line in self._store.headlines(keys.values())} if keys else {}
        for place, number in interrupted.items():
            key = next((keys[name] for name in names_of(number) if name in keys), None)
            line = lines.get(key) if key else None
            if line and line.complete and line.retrieved >= job.started:
                job.mark([place], "fetched", key=key)
            elif line and not line.complete:
                words = f"{line.held:,} of {line.told:,} documents arrived and are kept; Resume fetches the rest."
                job.mark([place], "stopped", key=key, message=words)

    @staticmethod
    def _break_down(job: Job, error: Exception) -> None:
        incident = uuid.uuid4().hex[:8]
        log.error("look-up %s failed, incident %s", job.id, incident, exc_info=error)
        job.halt(f"Something went wrong inside the app (incident {incident}). What had arrived is kept.")

    def _await_others(self, job: Job, items: dict[int, PlanItem]) -> None:
        """Wait for what other jobs are fetching: it was called free, so this job never buys it."""
        numbers = {place: item.number for place, item in items.items()}
        while numbers and not job.stopping:
            being_bought = self._being_bought(beside=job)
            under_way = {place for place, n in numbers.items() if not being_bought.isdisjoint(names_of(n))}
            names = {name for number in numbers.values() for name in names_of(number)}
            keys, absent = self._store.resolve(names), self._store.absent(names)
            retrieved = {line.key: line.retrieved for line in self._store.headlines(keys.values())} if keys else {}
            for place, number in list(numbers.items()):
                key = next((keys[name] for name in names_of(number) if name in keys), None)
                was = items[place].retrieved if job.refresh else None
                if key in retrieved and (was is None or retrieved[key] > was) and place not in under_way:
                    job.mark([place], "held", key=key)
                elif all(name in absent for name in number.reading.asks):
                    job.mark([place], "not covered", message=NOT_COVERED)
                elif place not in under_way:
                    job.mark([place], "stopped", message="The look-up that was fetching it ended without it.")
                else:
                    continue
                del numbers[place]
            if numbers:
                time.sleep(POLL_SECONDS)

    def _round(self, job: Job, numbers: Mapping[int, Number], wanted: Mapping[int, str]) -> list[int]:
        """Ask for one form of each number, in batches side by side; give the places that remain unknown."""
        by_name: dict[tuple[Field, str], list[int]] = {}
        for place, name in wanted.items():
            by_name.setdefault((numbers[place].reading.field, name), []).append(place)
        absent = self._store.absent({name for _, name in by_name})
        missing = [place for (_, name), places in by_name.items() if name in absent for place in places]
        batches: list[tuple[Field, dict[str, tuple[int, ...]]]] = []
        sizes: dict[Field, int] = {"patent_number": self._settings.patsnap_batch, "apno": 1}
        for field, size in sizes.items():
            names = [(n, tuple(p)) for (f, n), p in by_name.items() if f == field and n not in absent]
            batches += [(field, dict(names[start : start + size])) for start in range(0, len(names), size)]
        futures: list[Future[list[int]]] = [self._calls.submit(self._batch, job, f, batch) for f, batch in batches]
        for future in futures:
            missing += future.result()
        return missing

    def _batch(self, job: Job, field: Field, wanted: Wanted) -> list[int]:
        """Fetch one batch; give the places of the numbers that the service does not know. Grave errors end the job."""
        if job.stopping:
            return []
        try:
            return self._fetch(job, field, wanted)
        except LookupEnded as ended:
            if not job.stopping:
                job.halt(str(ended))
        except (PatsnapError, StoreError) as error:
            job.halt(str(error))
        except Exception as error:  # noqa: BLE001 - the other batches of the job must end in order, and be kept
            self._break_down(job, error)
        return []

    def _fetch(self, job: Job, field: Field, wanted: Wanted) -> list[int]:
        holder = f"{self._process}:{job.id}:{threading.get_ident()}"
        seconds = self._settings.patsnap_deadline * 2 + LONGEST_PAUSE
        missing: list[int] = []
        rest = dict(wanted)
        while rest and not job.stopping:
            leased = self._store.lease(rest, holder=holder, seconds=seconds)
            try:
                for name, key in self._arrived(rest, job).items():
                    job.mark(rest.pop(name), "held", key=key)
                mine = [name for name in rest if name in leased]
                if mine:
                    places = {name: rest.pop(name) for name in mine}
                    till = Till(self._store, job, names=mine, holder=holder, lease_seconds=seconds)
                    missing += self._ask(job, field, places, till)
            finally:
                self._store.release(leased, holder=holder)
            if rest:
                time.sleep(POLL_SECONDS)  # another look-up, here or in another process, is fetching them
                absent = self._store.absent(rest)
                for name in [name for name in rest if name in absent]:
                    missing += rest.pop(name)
        return missing

    def _arrived(self, names: Iterable[str], job: Job) -> dict[str, str]:
        """Give the names whose history is held by now, complete, and for a refresh newer than the job."""
        keys = self._store.resolve(names)
        if not keys:
            return {}
        lines = {line.key: line for line in self._store.headlines(keys.values())}
        return {
            name: key
            for name, key in keys.items()
            if lines[key].complete and (not job.refresh or lines[key].retrieved >= job.started)
        }

    def _ask(self, job: Job, field: Field, places: Wanted, till: Till) -> list[int]:
        for where in places.values():
            job.mark(where, "fetching")
        answer = self._client.fetch(list(places), by=field, meter=till, known=self._partial(places))
        found = self._store.resolve(answer.found)
        for name in answer.found:
            job.mark(places[name], "fetched", key=found.get(name))
        unknown = list(answer.missing)
        for name, error in answer.failed.items():
            job.mark(places[name], "failed", message=str(error))
            # A service may refuse a number that it does not know: another kind code may still be the right one.
            if isinstance(error, RequestError):
                unknown.append(name)
        if answer.missing:
            self._store.save_absent(answer.missing)
        return [place for name in unknown for place in places[name]]

    def _partial(self, names: Iterable[str]) -> dict[str, FileHistory]:
        """Give the histories that an interrupted look-up left incomplete, to be continued where they end."""
        keys = self._store.resolve(names)
        begun = self._store.unfinished(set(keys.values())) if keys else {}
        return {name: begun[key] for name, key in keys.items() if key in begun}
