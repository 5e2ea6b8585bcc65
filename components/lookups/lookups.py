"""Look-ups of one process: planned against the store, priced, started in the worker, and found again."""

import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache

from components.access import LOCAL_PERSON, Person
from components.lookups.answer_files import AnswerFiles
from components.lookups.errors import MayNotDecide, MayNotSpend
from components.lookups.held import claimed_by_others, held_by_name
from components.lookups.job import LOCAL_USER, Job
from components.lookups.jobs import Jobs
from components.lookups.plan import (
    Plan,
    PlanState,
    buying_again,
    is_asked_for,
    make_plan,
    make_refresh_plan,
    names_of,
    number_of,
    within_caps,
)
from components.lookups.quote import Quote, quote_of
from components.lookups.shared_threads import SharedThreads
from components.lookups.stored_limits import StoredLimits
from components.lookups.unsaved import UnsavedAnswers
from components.lookups.upkeep import Upkeep
from components.lookups.worker import Worker
from components.numbers import NotACandidate, Number, Standing, choose, parse
from components.patsnap import Client, ServiceCondition
from components.settings import Settings
from components.store import Headline, LedgerRow, LookUpRecord, Store, StoreError, UncertainCharge


class Lookups:
    """Plans, prices and starts look-ups against one store and one client, for all threads.

    One instance a process, and one more for each walled-off workspace (`for_workspace`).

    Args:
        store: holds what was bought, and the ledger.
        client: asks the service.
        settings: of the deployment.
        limits: remembers the largest `limit` that the service accepts.
        answer_files: writes and reads files of answers that could not be saved.
        threads: those of another instance in this process, to share them.
    """

    def __init__(
        self,
        *,
        store: Store,
        client: Client,
        settings: Settings,
        limits: StoredLimits,
        answer_files: AnswerFiles,
        threads: SharedThreads | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._limits = limits
        self._answer_files = answer_files
        self._jobs = Jobs()
        self._client = client
        self._unsaved = UnsavedAnswers()
        self._owns_threads = threads is None
        self._threads = threads or SharedThreads(store, settings)
        self._upkeep = Upkeep(store, self._jobs, self._unsaved, link_watch=self._threads.link_watch)
        self._worker = Worker(
            store=store,
            client=client,
            settings=settings,
            jobs=self._jobs,
            unsaved=self._unsaved,
            upkeep=self._upkeep,
            calls=self._threads.calls,
        )

    def for_workspace(self, store: Store, answer_files: AnswerFiles) -> "Lookups":
        """Return the look-ups of a walled-off workspace: their calls share rate, limits and threads with these.

        They know nothing of the jobs and unsaved answers of this instance, nor this one of theirs. Close them first.

        Args:
            store: the workspace's.
            answer_files: the workspace's.
        """
        return Lookups(
            store=store,
            client=self._client,
            settings=self._settings,
            limits=self._limits,
            answer_files=answer_files,
            threads=self._threads,
        )

    # Planning and pricing

    def plan(self, numbers: Sequence[Number], *, user: str = "") -> Plan:
        """Return what a look-up would do with each number, without asking the service anything.

        Args:
            numbers: what `numbers.parse` understood, doubles marked.
            user: who would spend: what this person's own cap does not allow is beyond it; empty asks for no such cap.
        """
        self._recover()
        names = {name for number in numbers if is_asked_for(number) for name in names_of(number)}
        held = held_by_name(self._store, names)
        plan = make_plan(
            numbers,
            held=held,
            absent=self._store.absent(names - held.keys()) if names else {},
            uncertain=self._uncertain(names | own_names(held.values())),
            under_way=self._jobs.names_being_bought(),
            being_saved=self._unsaved.names(),
            documents_a_call=self._documents_a_call(),
        )
        return within_caps(plan, self._store.caps_use(user))

    def plan_refresh(self, keys: Sequence[str], *, user: str = "") -> Plan:
        """Return what asking again for held histories would do, without asking the service anything.

        Args:
            keys: of the histories, each once; one that is not held is left out.
            user: who would spend, as in `plan`.
        """
        self._recover()
        headlines = self._store.headlines(keys)
        names = own_names(headlines) | {number_of(headline).reading.normalised for headline in headlines}
        plan = make_refresh_plan(
            headlines,
            claimed=claimed_by_others(self._store, headlines),
            documents_paid=self._store.begun_refreshes([headline.key for headline in headlines]) if headlines else {},
            uncertain=self._uncertain(names),
            under_way=self._jobs.names_being_bought() | self._unsaved.names(),
            documents_a_call=self._documents_a_call(),
        )
        return within_caps(plan, self._store.caps_use(user))

    def plan_again(self, plan: Plan, *, user: str = "") -> Plan:
        """Plan the same numbers, or the same refresh, against the store as it is now; for the user see `plan`."""
        if plan.refresh:
            now = self.plan_refresh([item.key for item in plan.items if item.key], user=user)
        else:
            now = self.plan([item.number for item in plan.items], user=user)
        return self.plan_buying_again(now, user=user) if plan.buys_again else now

    def plan_buying_again(self, plan: Plan, *, user: str = "") -> Plan:
        """Return the plan that buys what may have been charged already, and nothing else of a plan."""
        return within_caps(buying_again(plan), self._store.caps_use(user))

    def quote(self, plan: Plan) -> Quote:
        """Return the price of a plan."""
        return quote_of(
            plan,
            self._settings,
            documents_a_call=self._documents_a_call(),
            calls_a_second=self._client.condition().calls_a_second,
        )

    def _uncertain(self, names: Collection[str]) -> dict[str, UncertainCharge]:
        """Return which of these numbers may have been charged already, by the ledger or by what it could not take."""
        if not names:
            return {}
        return self._unsaved.uncertain() | self._store.uncertain(names)

    def _recover(self) -> None:
        """Find what dead processes have left, so that it is asked about."""
        with suppress(StoreError):  # a store that cannot be written can still be read, and buys nothing
            self._store.recover()

    def _documents_a_call(self) -> int:
        return min(self._settings.patsnap_limit, self._limits.get() or self._settings.patsnap_limit)

    def condition(self) -> ServiceCondition:
        """Return how the service is doing, as far as the calls of this process tell."""
        return self._client.condition()

    # Running

    def start(self, plan: Plan, *, user: Person = LOCAL_PERSON) -> Job:
        """Begin a look-up and return its job at once. Numbers already held or being fetched are not bought again.

        Args:
            plan: what to look up, or to refresh.
            user: who spends; the charges are booked to this person.

        Raises:
            MayNotSpend: the plan charges, and this person may not spend.
        """
        if plan.items_in(PlanState.CHARGED) and not user.may_spend:
            raise MayNotSpend
        job = Job(plan, user=user, worst_case=self.quote(plan).worst_case)
        self._jobs.add(job)
        self._upkeep.begin()
        threading.Thread(target=self._worker.run, args=(job,), name=f"job {job.id[:8]}", daemon=True).start()
        return job

    def plan_rest(self, job: Job) -> Plan:
        """Plan what an ended look-up has left; what it brought is served from the store."""
        if job.refresh:
            left = {name for number in job.numbers_left for name in names_of(number)}
            return self.plan_refresh(list(dict.fromkeys(self._store.resolve(left).values())), user=job.user)
        return self.plan(job.numbers, user=job.user)

    def resume(self, job: Job, *, user: Person) -> Job:
        """Begin a new look-up for the numbers that an ended one left.

        Raises:
            MayNotSpend: that charges, and this person may not spend.
        """
        return self.start(self.plan_rest(job), user=user)

    # Answers that could not be saved

    def unsaved(self, user: str) -> int:
        """Return how many histories of this person's look-ups are kept in memory only."""
        return sum(len(answer.histories) for answer in self._unsaved.all(user=user))

    def unsaved_file(self, user: str) -> bytes:
        """Return a signed file of what `unsaved` counts, for `take_back`."""
        return self._answer_files.write(self._unsaved.all(user=user))

    def take_back(self, data: bytes, *, user: Person) -> int:
        """Save the answers in a file of `unsaved_file`, without a charge; may be repeated.

        Args:
            data: the file.
            user: who brings it.

        Returns:
            How many histories were saved.

        Raises:
            AnswerFileRefused: the file cannot be taken back; nothing was changed.
            MayNotDecide: it holds answers whose charges are not this person's to decide about.
            components.store.StoreError: the store still cannot be written.
        """
        answers = self._answer_files.read(data)
        _check_may_decide({answer.user for answer in answers}, user)
        for answer in answers:
            self._store.settle(
                answer.request_id,
                billed=answer.billed,
                rest=answer.rest,
                asked=answer.numbers,
                histories=answer.histories,
                note="; ".join(part for part in (answer.note, f"taken back from a file by {user.name}") if part),
                user=answer.user,
                run=answer.run,
            )
        return sum(len(answer.histories) for answer in answers)

    def asked_in(self, data: bytes) -> list[str]:
        """Return the numbers asked for of all histories in a file of `unsaved_file`: to find what was taken back.

        Raises:
            AnswerFileRefused: the file cannot be taken back.
        """
        return [asked for answer in self._answer_files.read(data) for asked in answer.histories]

    # Charges of which nobody knows whether they were made

    def close_uncertain(self, rows: Sequence[LedgerRow], *, charged: bool, note: str, user: Person) -> int:
        """Decide uncertain charges by what PatSnap's own statement says, with rows of their own in the ledger.

        Args:
            rows: of the ledger; those that are not open any more are passed over.
            charged: whether they were charged.
            note: by what that is known: an invoice, a statement.
            user: who decides; the ledger names this person.

        Returns:
            How many were decided.

        Raises:
            MayNotDecide: one of them is not this person's to decide about; nothing was changed.
            components.store.StoreError: the store cannot be written.
        """
        _check_may_decide({row.user for row in rows}, user)
        charges = [(row.request_id, row.number) for row in rows]
        return self._store.close_uncertain(charges, charged=charged, note=f"{user.name}: {note}")

    # Look-ups that a dead process left behind

    def interrupted(self, user: str) -> list[tuple[LookUpRecord, Plan]]:
        """Return this person's look-ups that a crash or a restart interrupted, each with what is left to do now."""
        self._recover()
        offered = []
        for record in self._store.interrupted_look_ups(user):
            plan = self._plan_record(record)
            if plan.items_in(PlanState.CHARGED, PlanState.FREE, PlanState.UNCERTAIN, PlanState.BEYOND_CAP):
                offered.append((record, plan))
            else:  # all had arrived, only its end could not be noted; or it was bought since
                with suppress(StoreError):
                    self.dismiss(record)
        return offered

    def take_up(self, record: LookUpRecord, *, user: Person) -> Job:
        """Begin a new look-up for what an interrupted one left; it is not offered again.

        Raises:
            MayNotSpend: that charges, and this person may not spend.
        """
        job = self.start(self._plan_record(record), user=user)
        self._upkeep.write(lambda: self._store.settle_look_up(record.run))
        return job

    def dismiss(self, record: LookUpRecord) -> None:
        """Offer an interrupted look-up no more."""
        self._store.settle_look_up(record.run)

    def _plan_record(self, record: LookUpRecord) -> Plan:
        """Plan the numbers of a look-up as it was recorded."""
        if record.refresh:
            return self.plan_refresh(list(dict.fromkeys(key for key, _ in record.numbers)), user=record.user)
        return self.plan(_read_again(record.numbers), user=record.user)

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

    def forget(self, user: str | None = None) -> None:
        """Forget the look-ups that have ended and the numbers in them, one person's or all: they were deleted."""
        self._jobs.forget(user)

    def watch_links(self) -> None:
        """Let links be deleted soon after they end, and what was deleted be removed from the store's log."""
        self._threads.link_watch.begin()

    def interrupt(self) -> None:
        """Stop all jobs because the process ends: what they leave is offered again."""
        for job in self._jobs.active():
            job.interrupt()

    def close(self) -> None:
        """Stop all jobs, let the calls under way end and be committed, and free the threads."""
        self.interrupt()
        for job in self._jobs.all():
            job.wait(self._settings.patsnap_deadline + 5)
        if self._owns_threads:
            self._threads.close()
        self._upkeep.close()


def _check_may_decide(whose: Collection[str], user: Person) -> None:
    """Refuse whoever decides about charges without a right to: one's own with that to spend, all as an administrator.

    Raises:
        MayNotDecide: this person has no such right.
    """
    if not user.may_administer and not (user.may_spend and set(whose) <= {user.name}):
        raise MayNotDecide


def own_names(headlines: Iterable[Headline]) -> set[str]:
    """Return the numbers by which held histories are asked for."""
    return {name for headline in headlines for name in (headline.patent_number, headline.apno) if name}


@lru_cache(maxsize=8)
def _read_again(numbers: tuple[tuple[str, str], ...]) -> tuple[Number, ...]:
    """Return the numbers of a look-up as they were read when it began; once for all reruns of a page."""
    return tuple(number for typed, read in numbers for number in _read_one_again(typed, read))


def _read_one_again(typed: str, read: str) -> list[Number]:
    numbers = parse(typed)
    if len(numbers) != 1:
        numbers = parse(read)
    with suppress(NotACandidate):
        return [choose(number, read) if number.standing is Standing.AMBIGUOUS else number for number in numbers]
    return parse(read)
