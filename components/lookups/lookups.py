"""Look-ups of one process: planned against the store, priced, started in the worker, and found again."""

import threading
from collections.abc import Sequence

from components.lookups.held import claimed_by_others, held_by_name
from components.lookups.job import LOCAL_USER, Job
from components.lookups.jobs import Jobs
from components.lookups.plan import Plan, PlanState, is_asked_for, make_plan, make_refresh_plan, names_of
from components.lookups.quote import Quote, quote_of
from components.lookups.stored_limits import StoredLimits
from components.lookups.worker import Worker
from components.numbers import Number
from components.patsnap import Client
from components.settings import Settings
from components.store import Store


class Lookups:
    """Plans, prices and starts look-ups against one store and one client; one instance a process, for all threads."""

    def __init__(self, *, store: Store, client: Client, settings: Settings, limits: StoredLimits) -> None:
        self._store = store
        self._settings = settings
        self._limits = limits
        self._jobs = Jobs()
        self._worker = Worker(store=store, client=client, settings=settings, jobs=self._jobs)

    # Planning and pricing

    def plan(self, numbers: Sequence[Number]) -> Plan:
        """Return what a look-up would do with each number, without asking the service anything.

        Args:
            numbers: what `numbers.parse` understood, doubles marked.
        """
        names = {name for number in numbers if is_asked_for(number) for name in names_of(number)}
        held = held_by_name(self._store, names)
        return make_plan(
            numbers,
            held=held,
            absent=self._store.absent(names - held.keys()) if names else {},
            under_way=self._jobs.names_being_bought(),
            documents_a_call=self._documents_a_call(),
        )

    def plan_refresh(self, keys: Sequence[str]) -> Plan:
        """Return what asking again for held histories would do, without asking the service anything.

        Args:
            keys: of the histories, each once; one that is not held is left out.
        """
        headlines = self._store.headlines(keys)
        return make_refresh_plan(
            headlines,
            claimed=claimed_by_others(self._store, headlines),
            documents_paid=self._store.begun_refreshes([headline.key for headline in headlines]) if headlines else {},
            under_way=self._jobs.names_being_bought(),
            documents_a_call=self._documents_a_call(),
        )

    def plan_again(self, plan: Plan) -> Plan:
        """Plan the same numbers, or the same refresh, against the store as it is now."""
        if plan.refresh:
            return self.plan_refresh([item.key for item in plan.items if item.key])
        return self.plan([item.number for item in plan.items])

    def quote(self, plan: Plan) -> Quote:
        """Return the price of a plan."""
        return quote_of(plan, self._settings, documents_a_call=self._documents_a_call())

    def _documents_a_call(self) -> int:
        return min(self._settings.patsnap_limit, self._limits.get() or self._settings.patsnap_limit)

    # Running

    def start(self, plan: Plan, *, user: str = LOCAL_USER) -> Job:
        """Begin a look-up and return its job at once. Numbers already held or being fetched are not bought again.

        Args:
            plan: what to look up, or to refresh.
            user: who spends; the charges are booked to this person.
        """
        job = Job(plan, user=user, worst_case=self.quote(plan).worst_case)
        self._jobs.add(job)
        threading.Thread(target=self._worker.run, args=(job, plan), name=f"job {job.id[:8]}", daemon=True).start()
        return job

    def resume(self, job: Job) -> Job:
        """Begin a new look-up for the numbers that an ended one left; what it brought is served from the store."""
        if job.refresh:
            left = {name for number in job.numbers_left for name in names_of(number)}
            return self.start(self.plan_refresh(list(dict.fromkeys(self._store.resolve(left).values()))), user=job.user)
        return self.start(self.plan(job.numbers), user=job.user)

    def job(self, job_id: str) -> Job | None:
        """Return a job of this process by its id."""
        return self._jobs.get(job_id)

    def job_under_way(self, plan: Plan, *, user: str = LOCAL_USER) -> Job | None:
        """Return this user's job under way that is to buy a number of this plan: to watch it again after a reload.

        Never another user's: which numbers somebody looks up is confidential.
        """
        items = plan.items_in(PlanState.FREE, PlanState.CHARGED)
        names = {name for item in items for name in names_of(item.number)}
        return next((job for job in reversed(self._jobs.active()) if job.user == user and job.will_buy(names)), None)

    def close(self) -> None:
        """Stop all jobs, let the calls under way end and be committed, and free the threads."""
        for job in self._jobs.active():
            job.stop()
        for job in self._jobs.all():
            job.wait(self._settings.patsnap_deadline + 5)
        self._worker.close()
