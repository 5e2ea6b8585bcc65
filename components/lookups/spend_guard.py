"""The guard on spending: money is reserved before a call and settled with its answer, in one transaction."""

from collections.abc import Collection

from components.lookups.errors import LeaseLost, QuoteExceeded, Stopped
from components.lookups.job import Job
from components.patsnap import Call, CallOutcome
from components.store import Reservation, Store


class SpendGuard:
    """Stands between the client and the store while a job runs (a `patsnap.SpendHook`).

    Reserving refuses a call when the job was stopped, when the quote's worst case would be passed, or when a cap of
    the settings would; nothing has been sent then. Settling commits the answer before anybody looks at it.
    """

    def __init__(self, store: Store, job: Job, *, names: Collection[str], holder: str, lease_seconds: float) -> None:
        self._store = store
        self._job = job
        self._names = names
        self._holder = holder
        self._lease_seconds = lease_seconds

    def reserve(self, call: Call) -> None:
        """Reserve one charge for each number of the call.

        Raises:
            Stopped: the job is stopping.
            QuoteExceeded: the run would pass the most that its quote allowed.
            LeaseLost: the call came so late that somebody else may be buying these numbers.
            components.store.errors.CapReached: a cap of the settings would be passed.
        """
        if self._job.stopping:
            raise Stopped
        # All names of the batch: those whose turn comes minutes later must not be taken over meanwhile.
        still_leased = self._store.renew(self._names, holder=self._holder, seconds=self._lease_seconds)
        if not still_leased.issuperset(call.numbers):
            raise LeaseLost
        if not self._job.set_aside(len(call.numbers)):
            raise QuoteExceeded(self._job.worst_case)
        try:
            self._store.reserve(
                [
                    Reservation(request_id=call.request_id, number=number, user=self._job.user, run=self._job.id)
                    for number in call.numbers
                ]
            )
        except BaseException:
            self._job.count_charges(len(call.numbers))
            raise
        self._job.count_call()

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Write to the ledger what the call cost, and save the histories that it brought, in one transaction."""
        uncertain = outcome.state == "uncertain"
        doubtful = len(set(call.numbers) - set(outcome.billed)) if uncertain else 0
        self._job.count_charges(len(call.numbers), charged=len(outcome.billed), uncertain=doubtful)
        self._store.settle(
            call.request_id,
            billed=outcome.billed,
            rest="uncertain" if uncertain else "released",
            histories=outcome.histories,
        )
