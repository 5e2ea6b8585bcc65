"""One look-up under way: its numbers, how far it is, and a way to stop it. Pages only watch."""

import threading
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from components.access import LOCAL_PERSON, Person
from components.lookups.plan import Plan, PlanItem, PlanState, names_of
from components.numbers import Number
from components.patsnap import PatsnapError
from components.store import StoreError

ItemState = Literal[
    "waiting", "fetching", "held", "fetched", "unsaved", "not covered", "failed", "uncertain", "stopped", "passed over"
]
"""What has become of a number. `unsaved`: its answer is kept in memory until the store can take it. `uncertain`: it may
have been charged, and is asked about before it is bought again."""
JobState = Literal["running", "stopping", "stopped", "finished", "halted"]

LOCAL_USER = LOCAL_PERSON.name
"""The user to whom look-ups are booked where no login is configured."""
MAY_HAVE_BEEN_CHARGED = (
    "No usable answer arrived. Nothing is asked for again by itself: buy again on purpose, or decide on the Usage page."
)
OPEN: frozenset[ItemState] = frozenset({"waiting", "fetching"})
UNFINISHED: frozenset[ItemState] = frozenset({"waiting", "fetching", "stopped"})


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What has become of one typed number."""

    number: Number
    state: ItemState
    key: str | None = None
    message: str = ""

    @property
    def typed(self) -> str:
        """The number as it was typed."""
        return self.number.typed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look-up is at one instant."""

    state: JobState
    message: str
    total: int
    """Numbers that this look-up asks for or serves from the store."""
    done: int
    charged: int
    """Patents charged so far in this run."""
    uncertain: int
    """Patents that may have been charged: their answer never arrived."""
    unsaved: int
    """Histories that arrived and are kept in memory only, until the store can take them."""
    calls: int
    outcomes: tuple[ItemOutcome, ...]

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {"stopped", "finished", "halted"}

    @property
    def has_numbers_left(self) -> bool:
        """Whether numbers are left that another look-up could fetch."""
        return any(outcome.state in UNFINISHED | {"failed"} for outcome in self.outcomes)

    @property
    def can_resume(self) -> bool:
        """Whether it has ended and another look-up could fetch what is left."""
        return self.ended and self.has_numbers_left


class Job:
    """A look-up in the worker; every method may be called from any thread."""

    def __init__(self, plan: Plan, *, user: Person, worst_case: int) -> None:
        self.plan = plan
        self.id = uuid.uuid4().hex
        self.started = datetime.now(UTC)
        self.user = user.name
        self.may_still_spend = user.may_still_spend
        self.worst_case = worst_case
        self.refresh = plan.refresh
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._ended = threading.Event()
        self._outcomes = [_first_outcome(item) for item in plan.items]
        self._names = [names_of(item.number) if item.state is PlanState.CHARGED else () for item in plan.items]
        # By name, how many open numbers of this job it would answer: `will_buy` need not go through all numbers.
        self._to_buy = Counter(name for names in self._names for name in names)
        self._wanted = [item.state in {PlanState.HELD, PlanState.FREE, PlanState.CHARGED} for item in plan.items]
        self._state: JobState = "running"
        self._halted: Exception | str = ""
        self._interrupted = False
        self._charged = self._uncertain = self._unsaved = self._pending = self._calls = 0

    @property
    def numbers(self) -> list[Number]:
        """The numbers as they were typed, in order."""
        return [outcome.number for outcome in self._outcomes]

    @property
    def numbers_left(self) -> list[Number]:
        """The numbers whose histories it did not bring: not reached, interrupted or refused."""
        with self._lock:
            return [outcome.number for outcome in self._outcomes if outcome.state in UNFINISHED | {"failed"}]

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself; cheap, unlike a snapshot of thousands of numbers."""
        return self._ended.is_set()

    @property
    def stopping(self) -> bool:
        """Whether no further call may begin."""
        return self._stop.is_set()

    @property
    def failed_indexes(self) -> set[int]:
        """The indexes of the numbers that the service refused."""
        with self._lock:
            return {i for i, outcome in enumerate(self._outcomes) if outcome.state == "failed"}

    def stop(self) -> None:
        """Begin no further call. Calls under way still end, and their answers are kept."""
        with self._lock:
            if self._state == "running":
                self._state = "stopping"
        self._stop.set()

    def wait(self, timeout: float | None = None) -> Progress:
        """Wait until the job has ended, or for `timeout` seconds, and return the progress then."""
        self._ended.wait(timeout)
        return self.snapshot()

    def snapshot(self) -> Progress:
        """Return the progress at this instant."""
        with self._lock:
            outcomes = tuple(self._outcomes)
            return Progress(
                state=self._state,
                message=self._message(),
                total=sum(self._wanted),
                done=sum(
                    wanted and outcome.state not in UNFINISHED | {"uncertain"}
                    for wanted, outcome in zip(self._wanted, outcomes, strict=True)
                ),
                charged=self._charged,
                uncertain=self._uncertain,
                unsaved=self._unsaved,
                calls=self._calls,
                outcomes=outcomes,
            )

    def _message(self) -> str:
        """Return why the job ended early; what an error says of its own cost is replaced by that of the look-up."""
        if isinstance(self._halted, StoreError | PatsnapError):
            return str(self._halted.with_cost(self._cost_in_words()))
        if isinstance(self._halted, str) and self._halted:
            return f"{self._halted} {self._cost_in_words()}"
        return str(self._halted)

    def _cost_in_words(self) -> str:
        """Return what the look-up has cost so far, in sentences."""
        if not (self._charged or self._uncertain):
            return "Nothing was charged."
        parts = [f"This look-up has charged {self._charged:,}"] if self._charged else []
        if self._uncertain:
            parts.append(f"{self._uncertain:,} {'more ' * bool(parts)}may have been charged")
        words = "; ".join(parts) + "."
        if self._unsaved > 0:
            words += f" {self._unsaved:,} of what arrived are kept in memory and saved as soon as that is possible."
        return words

    @property
    def recorded_numbers(self) -> list[tuple[str, str]]:
        """Each number as typed and as read, or the keys of the histories to refresh: for `Store.begin_look_up`."""
        if self.refresh:
            return [(item.key, item.key) for item in self.plan.items if item.key]
        return [
            (item.number.typed, item.number.reading.normalised)
            for item in self.plan.items
            if len(item.number.readings) == 1
        ]

    def agreed_row(self, indexes: Collection[int]) -> int:
        """Return the last uncertain row of the ledger that the click on these numbers knew of; 0 for none."""
        agreed = [self.plan.items[i].uncertain for i in indexes] if self.plan.buys_again else []
        return max((charge.last_row for charge in agreed if charge), default=0)

    @property
    def to_buy(self) -> set[str]:
        """All names of the numbers that this job is still to buy, rather than to wait for another job."""
        with self._lock:
            return set(self._to_buy)

    def will_buy(self, names: Collection[str]) -> bool:
        """Return whether this job is still to buy any of these names, rather than to wait for another job."""
        with self._lock:
            return any(name in self._to_buy for name in names)

    # Called by the worker.

    def set_outcome(
        self, indexes: Collection[int], state: ItemState, *, key: str | None = None, message: str = ""
    ) -> None:
        """Set what has become of the numbers with these indexes."""
        with self._lock:
            for i in indexes:
                self._set(i, replace(self._outcomes[i], state=state, key=key, message=message))

    def set_aside(self, charges: int) -> bool:
        """Set charges aside for a call about to be made; `False` if the worst case of the quote would be passed."""
        with self._lock:
            if self._charged + self._uncertain + self._pending + charges > self.worst_case:
                return False
            self._pending += charges
            return True

    def count_call(self) -> None:
        """Count a call that is about to be made."""
        with self._lock:
            self._calls += 1

    def count_charges(self, set_aside: int, *, charged: int = 0, uncertain: int = 0) -> None:
        """Count what a call has charged, or may have, in place of what was set aside for it."""
        with self._lock:
            self._pending -= set_aside
            self._charged += charged
            self._uncertain += uncertain

    def count_unsaved(self, histories: int) -> None:
        """Count histories whose answer the store could not take, or (less than 0) could take later."""
        with self._lock:
            self._unsaved += histories

    def interrupt(self) -> None:
        """Stop the job because its process ends: it is offered again if numbers are left."""
        self._interrupted = True
        self.stop()

    @property
    def interrupted(self) -> bool:
        """Whether it was stopped because its process ends."""
        return self._interrupted

    def halt(self, reason: Exception | str) -> None:
        """Begin no further call because something is wrong with the account, the budget, the store or the app.

        The job ends when the calls under way have; its message is that of the first reason, with what it has cost.
        """
        with self._lock:
            self._halted = self._halted or reason
        self.stop()

    def end(self) -> None:
        """Close the job: whatever was not reached is left for a resume."""
        with self._lock:
            for i, outcome in enumerate(self._outcomes):
                if outcome.state == "waiting":
                    self._set(i, replace(outcome, state="stopped", message="Not asked; nothing was charged."))
                elif outcome.state == "fetching":
                    self._set(i, replace(outcome, state="uncertain", message=MAY_HAVE_BEEN_CHARGED))
            self._state = self._end_state()
        self._ended.set()

    def end_state(self) -> JobState:
        """Return the state in which it ends, if it ends now."""
        with self._lock:
            return self._end_state()

    def _end_state(self) -> JobState:
        return "halted" if self._halted else "stopped" if self._stop.is_set() else "finished"

    def _set(self, i: int, outcome: ItemOutcome) -> None:
        """Replace an outcome, under the lock, and count what is open anew."""
        was_open, is_open = (state in OPEN for state in (self._outcomes[i].state, outcome.state))
        self._outcomes[i] = outcome
        for name in self._names[i] if was_open != is_open else ():
            self._to_buy[name] += 1 if is_open else -1
            if not self._to_buy[name]:
                del self._to_buy[name]


def _first_outcome(item: PlanItem) -> ItemOutcome:
    match item.state:
        case PlanState.HELD:
            return ItemOutcome(item.number, "held", item.key)
        case PlanState.CHARGED:
            return ItemOutcome(item.number, "waiting")
        case PlanState.FREE:
            return ItemOutcome(item.number, "waiting", message=item.note)
        case PlanState.UNCERTAIN:
            return ItemOutcome(item.number, "uncertain", item.key, f"Not asked: it {item.note}.")
        case PlanState.BEYOND_CAP:
            return ItemOutcome(item.number, "stopped", item.key, f"Not asked: {item.note}; nothing was charged.")
        case _:
            return ItemOutcome(item.number, "passed over", message=item.note)
