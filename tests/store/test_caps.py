"""Caps: what would pass one is refused whole, whoever asks at the same time."""

import math
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from components.store import CapReached, Caps, ChargeCount, Store
from components.store.database import Database, open_database
from tests.store.made import left_under_caps, reservations
from tests.store.workers import in_processes, reserve_until_refused

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def test_cap_refuses_the_whole_call(open_store):
    """What does not fit is refused whole; the message says which cap, what is left and what to do."""
    store = open_store(caps=Caps(day=5, month=100))
    with time_machine.travel(NOON, tick=False):
        store.reserve(reservations("q1", "US1", "US2", "US3"))
        with pytest.raises(CapReached) as caught:
            store.reserve(reservations("q2", "US4", "US5", "US6"))
        assert len(store.ledger()) == 3
        error = caught.value
        assert (error.cap, error.limit, error.used, error.wanted, error.left) == ("day", 5, 3, 3, 2)
        assert error.resets == datetime(2026, 4, 1, tzinfo=UTC)
        assert str(error) == (
            "The cap of 5 for today (UTC) does not allow 3 more: 3 are used, 2 left. These 3 were not asked for and "
            "not charged. You can look up 2 or fewer, wait until 01 Apr 2026 00:00 UTC, or raise REVIEW_CAP_DAY."
        )
        store.reserve(reservations("q2", "US4", "US5"))
        assert left_under_caps(store) == 0


@pytest.mark.parametrize(("state", "taken"), [("reserved", 2), ("uncertain", 2), ("billed", 2), ("released", 0)])
def test_everything_that_may_cost_counts(open_store, state, taken):
    """Reserved and uncertain numbers count like billed ones; released ones make room again."""
    store = open_store(caps=Caps(day=2))
    store.reserve(reservations("q", "US1", "US2"))
    if state != "reserved":
        billed = ["US1", "US2"] if state == "billed" else []
        store.settle("q", billed=billed, rest="released" if state == "billed" else state)
    assert left_under_caps(store) == 2 - taken
    if taken:
        with pytest.raises(CapReached):
            store.reserve(reservations("next", "US3"))
    else:
        store.reserve(reservations("next", "US3", "US4"))


def test_each_cap_has_its_own_span(open_store):
    """A run's cap ends with the run, a day's at midnight UTC, a month's on the first."""
    store = open_store(caps=Caps(run=2, day=3, month=4))
    with time_machine.travel(datetime(2026, 3, 30, 23, 59, tzinfo=UTC), tick=False) as clock:
        store.reserve(reservations("q1", "US1", "US2", run="a"))
        with pytest.raises(CapReached, match=r"for one look-up.*REVIEW_CAP_RUN") as caught:
            store.reserve(reservations("q2", "US3", run="a"))
        assert caught.value.resets is None
        assert [left_under_caps(store, run=run) for run in ("a", "b", "a new run")] == [0, 1, 1]
        store.reserve(reservations("q2", "US3", run="b"))
        with pytest.raises(CapReached, match=r"for today.*REVIEW_CAP_DAY"):
            store.reserve(reservations("q3", "US4", run="c"))
        clock.move_to(datetime(2026, 3, 31, 0, 0, tzinfo=UTC))
        store.reserve(reservations("q3", "US4", run="c"))
        with pytest.raises(CapReached, match=r"for this month.*01 Apr 2026 00:00 UTC.*REVIEW_CAP_MONTH") as caught:
            store.reserve(reservations("q4", "US5", run="d"))
        assert caught.value.resets == datetime(2026, 4, 1, tzinfo=UTC)
        clock.move_to(datetime(2026, 4, 1, tzinfo=UTC))
        store.reserve(reservations("q4", "US5", run="d"))


def test_cap_of_nothing_allows_nothing(open_store):
    """Zero is a cap; none is not."""
    with pytest.raises(CapReached, match="0 left"):
        open_store(caps=Caps(month=0)).reserve(reservations("q", "US1"))
    open_store().reserve(reservations("q", *(f"US{index}" for index in range(100))))


def test_clock_set_back_makes_no_room(open_store):
    """Numbers reserved before the clock was set back an hour still count."""
    store = open_store(caps=Caps(day=1))
    with time_machine.travel(datetime(2026, 3, 31, 0, 30, tzinfo=UTC), tick=False) as clock:
        store.reserve(reservations("q", "US1"))
        clock.move_to(datetime(2026, 3, 30, 23, 30, tzinfo=UTC))
        with pytest.raises(CapReached):
            store.reserve(reservations("q2", "US2"))


def test_cap_holds_against_four_processes(store_url):
    """Four processes of eight threads spend as fast as they can: together exactly up to the cap, never beyond."""
    caps = Caps(run=50, day=55, month=60)
    Store.open(store_url, source="sandbox").close()
    assert sum(in_processes(4, reserve_until_refused, store_url, caps)) == 50
    with closing(Store.open(store_url, source="sandbox", caps=caps)) as store:
        assert store.totals().ever.used == 50
        assert left_under_caps(store, run="shared") == 0


@dataclass
class Charge:
    """What the model knows of one number of one call."""

    run: str
    at: datetime
    state: str = "reserved"


class LedgerMachine(RuleBasedStateMachine):
    """Reserve, settle, wait and look for orphans in any order, beside a model that is a plain dictionary."""

    database: Database
    count = 0

    @initialize(
        run=st.none() | st.integers(0, 6), day=st.none() | st.integers(0, 10), month=st.none() | st.integers(0, 16)
    )
    def begin(self, run, day, month):
        """Start with any caps, at a source of its own."""
        LedgerMachine.count += 1
        self.source, self.caps = f"source {LedgerMachine.count}", Caps(run=run, day=day, month=month)
        self.clock = time_machine.travel(NOON, tick=False)
        self.traveller = self.clock.start()
        self.now = NOON
        self.store = Store(self.database, source=self.source, caps=self.caps)
        self.charges: dict[tuple[str, str], Charge] = {}
        self.calls = 0

    def teardown(self):
        """End the example."""
        if hasattr(self, "store"):
            self.clock.stop()

    def used(self, cap: str, run: str) -> int:
        """Count by the model what a cap counts."""
        fits = {
            "run": lambda charge: charge.run == run,
            "day": lambda charge: charge.at.date() == self.now.date(),
            "month": lambda charge: (charge.at.year, charge.at.month) == (self.now.year, self.now.month),
        }[cap]
        return sum(fits(charge) and charge.state != "released" for charge in self.charges.values())

    @rule(count=st.integers(1, 4), run=st.sampled_from(["a", "b", "c"]))
    def reserve(self, count, run):
        """Reserving succeeds exactly if it fits under every cap, and the refusal gives the right figures."""
        self.calls += 1
        call, numbers = f"call {self.calls}", [f"US{index}" for index in range(count)]
        rooms = {
            cap: limit - self.used(cap, run)
            for cap in ("run", "day", "month")
            if (limit := getattr(self.caps, cap)) is not None
        }
        if rooms:
            assert left_under_caps(self.store, run=run) == min(max(0, room) for room in rooms.values())
        if all(count <= room for room in rooms.values()):
            self.store.reserve(reservations(call, *numbers, run=run))
            self.charges |= {(call, number): Charge(run, self.now) for number in numbers}
        else:
            with pytest.raises(CapReached) as caught:
                self.store.reserve(reservations(call, *numbers, run=run))
            error = caught.value
            assert error.left == max(0, rooms[error.cap]) == max(0, min(rooms.values()))
            assert error.used == self.used(error.cap, run)

    @rule(data=st.data(), rest=st.sampled_from(["released", "uncertain"]))
    def settle(self, data, rest):
        """Any part of any earlier call is billed, the rest released or uncertain, once or again."""
        calls = sorted({call for call, _ in self.charges})
        if not calls:
            return
        call = data.draw(st.sampled_from(calls))
        numbers = [number for asked, number in self.charges if asked == call]
        billed = data.draw(st.sets(st.sampled_from(numbers)))
        self.store.settle(call, billed=billed, rest=rest)
        for number in numbers:
            charge = self.charges[call, number]
            if charge.state in ("reserved", "uncertain"):
                charge.state = "billed" if number in billed else rest

    @rule(hours=st.integers(0, 30))
    def wait(self, hours):
        """Time passes, over midnight and into the next month."""
        self.traveller.shift(timedelta(hours=hours))
        self.now += timedelta(hours=hours)

    @rule()
    def find_orphans(self):
        """What was reserved ten minutes ago or earlier becomes uncertain."""
        orphans = [
            charge
            for charge in self.charges.values()
            if charge.state == "reserved" and charge.at <= self.now - timedelta(minutes=10)
        ]
        assert self.store.recover() == len(orphans)
        for charge in orphans:
            charge.state = "uncertain"

    @invariant()
    def totals_agree(self):
        """Totals and states are the model's, and no cap is passed."""
        if not hasattr(self, "store"):
            return
        totals = self.store.totals()
        today = Counter(charge.state for charge in self.charges.values() if charge.at.date() == self.now.date())
        ever = Counter(charge.state for charge in self.charges.values())
        for count, counter in ((totals.today, today), (totals.ever, ever)):
            assert count == ChargeCount(counter["billed"], counter["uncertain"], counter["reserved"])
        for cap, count in (("day", totals.today), ("month", totals.month)):
            limit = getattr(self.caps, cap)
            assert count.used <= (math.inf if limit is None else limit)

        current = {(row.request_id, row.number): row.state for row in self.store.ledger(current=True)}
        assert current == {name: charge.state for name, charge in self.charges.items()}


@pytest.mark.hypothesis
def test_ledger_agrees_with_a_plain_model(store_url):
    """Whatever is done in whatever order, totals and states are right and no cap is ever passed."""
    # Money: never fewer than these, however short the profile. A step on a server takes several times as long.
    wanted = settings.default.max_examples
    examples = max(50, wanted) if store_url.startswith("sqlite") else max(15, wanted // 4)
    with closing(open_database(store_url)) as database:
        run_state_machine_as_test(
            type("Machine", (LedgerMachine,), {"database": database}),
            settings=settings(
                max_examples=examples,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
            ),
        )
