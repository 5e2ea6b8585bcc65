"""The guard on spending: money is reserved before a call and settled with its answer, in one transaction."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from components.lookups.errors import QuoteExceeded, RightTaken, Stopped
from components.lookups.job import Job
from components.lookups.unsaved import UnsavedAnswer, UnsavedAnswers
from components.patsnap import Call, CallOutcome, CallState
from components.store import Reservation, Store, StoreFailed


@dataclass(frozen=True, slots=True)
class ArrivedPart:
    """How much of a history has arrived."""

    documents_held: int
    documents_reported: int
    complete: bool


class SpendGuard:
    """Stands between the client and the store while a batch is asked for (a `patsnap.SpendHook`).

    Reserving refuses a call when the job was stopped, when the quote's worst case would be passed, when somebody else
    has the lease, or when a cap of the settings would be passed; nothing has been sent then. Settling commits the
    answer before anybody looks at it. What cannot be committed is kept in `unsaved`, and the store's error ends the
    job.

    Args:
        store: takes ledger rows and histories.
        job: the look-up.
        holder: who has the leases on the numbers.
        unsaved: keeps what the store cannot take.
        on_asked: is told the numbers of a call that is about to be sent.
        on_unsaved_saved: is told the key of each history, by the number asked for, once an unsaved answer is saved.

    Attributes:
        keys: the key of each history that was saved, by the number asked for.
        arrived: how much of each history has arrived, saved or not, by the number asked for.
        charges: what the last call has cost, by the number asked for.
        unsaved_numbers: the numbers of calls whose answer could not be saved.
    """

    def __init__(
        self,
        store: Store,
        job: Job,
        *,
        holder: str,
        unsaved: UnsavedAnswers,
        on_asked: Callable[[Collection[str]], None],
        on_unsaved_saved: Callable[[Mapping[str, str]], None],
    ) -> None:
        self._store = store
        self._job = job
        self._holder = holder
        self._unsaved = unsaved
        self._on_asked = on_asked
        self._on_unsaved_saved = on_unsaved_saved
        self.keys: dict[str, str] = {}
        self.arrived: dict[str, ArrivedPart] = {}
        self.charges: dict[str, CallState] = {}
        self.unsaved_numbers: set[str] = set()

    def check(self) -> None:
        """Raise if no call may begin any more.

        Raises:
            Stopped: the job is stopping.
        """
        if self._job.stopping:
            raise Stopped

    def reserve(self, call: Call) -> None:
        """Reserve one charge for each number of the call.

        Raises:
            Stopped: the job is stopping.
            RightTaken: the person may not spend any more.
            QuoteExceeded: the run would pass the most that its quote allowed.
            components.store.LeaseLost: somebody else may be buying these numbers by now.
            components.store.CapReached: a cap of the settings would be passed.
        """
        self.check()
        if not self._job.may_still_spend():
            raise RightTaken
        if not self._job.set_aside(len(call.numbers)):
            raise QuoteExceeded(self._job.worst_case)
        try:
            self._store.reserve(
                [
                    Reservation(request_id=call.request_id, number=number, user=self._job.user, run=self._job.id)
                    for number in call.numbers
                ],
                holder=self._holder,
            )
        except BaseException as error:
            self._job.count_charges(len(call.numbers))
            if isinstance(error, StoreFailed):  # perhaps after the commit: release what may have been reserved
                self._unsaved.add(self._answer(call, CallOutcome("released")))
            raise
        self._job.count_call()
        self._on_asked(call.numbers)

    def settle(self, call: Call, outcome: CallOutcome) -> None:
        """Write to the ledger what the call cost, and save the histories that it brought, in one transaction."""
        uncertain = outcome.state == "uncertain"
        doubtful = len(set(call.numbers) - set(outcome.billed)) if uncertain else 0
        self._job.count_charges(len(call.numbers), charged=len(outcome.billed), uncertain=doubtful)
        state: CallState = "uncertain" if uncertain else "released"
        self.charges |= {number: "billed" if number in outcome.billed else state for number in call.numbers}
        self.arrived |= {
            number: ArrivedPart(history.documents_held, history.documents_reported, history.complete)
            for number, history in outcome.histories.items()
        }
        answer = self._answer(call, outcome)
        try:
            self.keys.update(save(self._store, answer))
        except BaseException:
            self._unsaved.add(answer)
            self._job.count_unsaved(len(answer.histories))
            self.unsaved_numbers.update(call.numbers)
            raise

    def goes_on(self, number: str) -> bool:
        """Return whether further pages are to be bought: not of a history that is held already under another name."""
        key = self.keys.get(number)
        if self._job.refresh or key is None:
            return True
        return not any(headline.complete for headline in self._store.headlines([key]))

    def _answer(self, call: Call, outcome: CallOutcome) -> UnsavedAnswer:
        """Return what became of a call, as it is saved now or later."""
        return UnsavedAnswer(
            call=call,
            run=self._job.id,
            user=self._job.user,
            billed=outcome.billed,
            rest="uncertain" if outcome.state == "uncertain" else "released",
            histories=outcome.histories,
            holder=self._holder,
            on_saved=self._on_unsaved_saved,
            note=str(outcome.error.about("")) if outcome.error else "",
        )


def save(store: Store, answer: UnsavedAnswer) -> dict[str, str]:
    """Settle a call in the store, and return the key of each history that it brought, by the number asked for.

    Safe to repeat after a fault.
    """
    return store.settle(
        answer.call.request_id,
        billed=answer.billed,
        rest=answer.rest,
        histories=answer.histories,
        note=answer.note,
    )
