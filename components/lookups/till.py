"""The till of one look-up: money is reserved before a call and settled with its answer, in one transaction."""

import threading
from collections.abc import Collection

from components.lookups.errors import AllowanceSpent, Stopped
from components.lookups.job import Job
from components.patsnap import Call, Outcome
from components.store import Reservation, Store


class Till:
    """Stands between the client and the store while a job runs (a `patsnap.Meter`).

    Reserving refuses a call when the job was stopped, when the quote's worst case would be passed, or when a cap of
    the settings would; nothing has been sent then. Settling commits the answer before anybody looks at it.
    """

    def __init__(self, store: Store, job: Job, *, holder: str, lease_seconds: float) -> None:
        self._store = store
        self._job = job
        self._holder = holder
        self._lease_seconds = lease_seconds
        self._lock = threading.Lock()
        self._pending = 0

    def reserve(self, call: Call) -> None:
        """Reserve one charge for each number of the call.

        Raises:
            Stopped: the job is stopping.
            AllowanceSpent: the run would pass the most that its quote allowed.
            components.store.errors.CapReached: a cap of the settings would be passed.
        """
        if self._job.stopping:
            raise Stopped
        with self._lock:
            if self._job.spent + self._pending + len(call.numbers) > self._job.worst:
                raise AllowanceSpent(self._job.worst)
            self._pending += len(call.numbers)
        try:
            self._store.renew(call.numbers, holder=self._holder, seconds=self._lease_seconds)
            self._store.reserve(
                [
                    Reservation(request_id=call.request_id, number=number, user=self._job.user, run=self._job.id)
                    for number in call.numbers
                ]
            )
        except BaseException:
            self._return(call.numbers)
            raise
        self._job.count_call()

    def settle(self, call: Call, outcome: Outcome) -> None:
        """Write down what the call cost, together with the histories that it brought."""
        self._return(call.numbers)
        uncertain = outcome.state == "uncertain"
        self._job.count_charges(charged=len(outcome.billed), uncertain=len(call.numbers) if uncertain else 0)
        self._store.settle(
            call.request_id,
            billed=outcome.billed,
            rest="uncertain" if uncertain else "released",
            histories=outcome.histories,
        )

    def _return(self, numbers: Collection[str]) -> None:
        with self._lock:
            self._pending -= len(numbers)


class StoredLimits:
    """Remembers the largest `limit` that the service accepts (a `patsnap.LimitMemory`), for all later processes.

    The store keeps facts apart by source, so the base need not be part of the name; the in-process sandbox, whose
    port changes with every start, is one source too.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, base: str = "") -> int | None:
        """Give the largest limit known to be accepted."""
        del base
        value = self._store.fact("limit")
        return int(value) if value else None

    def set(self, base: str, limit: int) -> None:
        """Remember the largest limit accepted."""
        del base
        self._store.save_fact("limit", str(limit))
