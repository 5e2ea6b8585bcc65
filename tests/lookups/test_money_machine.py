"""Plans, prices, ledger, leases and a store that fails, in any order, beside a service that knows what it charged."""

import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pydantic import SecretStr
from sqlalchemy import event as database_event

from components.lookups import AnswerFiles, Lookups, Plan, PlanState, StoredLimits, upkeep, worker
from components.numbers import parse
from components.settings import Settings
from components.store import Caps, Store, StoreError, processes
from components.store.database import Database, open_database
from tests.lookups.drawn_service import Application, Charge, DrawnCall, DrawnClient, DrawnService
from tests.people import administrator

NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)
WELL = ""
TROUBLES = (WELL, WELL, WELL, WELL, "read-only", "full", "locked")
PAGES = (1, 1, 2, 3, 1)
"""How many pages each application of the service takes."""

calls = st.builds(
    DrawnCall,
    answer=st.sampled_from(
        ["answered"] * 6
        + ["answered in part", "busy", "broken, charged", "broken, not charged", "account", "not accepted"]
        + ["bad data, charged", "bad data, not charged", "crash, charged", "crash, not charged"]
    ),
    trouble=st.sampled_from(TROUBLES),
    before=st.sampled_from(["reserve", "settle"]),
)
scripts = st.lists(calls, max_size=4)
likely = st.sampled_from([True, True, True, False])
names = st.lists(st.tuples(st.integers(0, len(PAGES)), st.integers(0, 2)), min_size=1, max_size=5, unique=True)
"""Applications, and which of its names is typed; the last application is unknown to the service."""


class FailingStore:
    """Lets an SQLite database fail as databases do, for all who use it through one `Database`."""

    def __init__(self, database: Database) -> None:
        assert database.file is not None
        self.database = database
        self.trouble = WELL
        self._other = sqlite3.connect(database.file, isolation_level=None, check_same_thread=False)
        database_event.listen(database.engine, "checkout", self._prepare)

    def _prepare(self, connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA query_only = {int(self.trouble in {'read-only', 'crash'})}")
        connection.execute(f"PRAGMA max_page_count = {1 if self.trouble == 'full' else 1_000_000}")

    def begin(self, trouble: str) -> None:
        """Let it fail in this way from now on; a process that has crashed stays dead."""
        if not trouble or self.trouble == "crash":
            return
        if trouble == "locked" and self.trouble != "locked":
            self._other.execute("PRAGMA busy_timeout = 5000")
            self._other.execute("BEGIN IMMEDIATE")
        elif self.trouble == "locked" and trouble != "locked":
            self._other.execute("ROLLBACK")
        self.trouble = trouble

    def end(self) -> None:
        """Let it be well again."""
        if self.trouble == "locked":
            self._other.execute("ROLLBACK")
        self.trouble = WELL

    def close(self) -> None:
        """Close what only the test has opened."""
        self._other.close()
        self.database.close()


class MoneyMachine(RuleBasedStateMachine):
    """Look up, buy again, refresh, decide, take back and crash; what is checked stands in the invariants.

    Attributes:
        databases: two ways to one file, so that a dead process cannot write while the next one can.
        generation: how often the process has died: part of its name.
    """

    databases: tuple[FailingStore, FailingStore]
    generation = 0
    examples = 0

    @initialize(
        run=st.sampled_from([None, None, None, 3, 8]),
        day=st.sampled_from([None, None, None, 6, 15]),
        limit=st.sampled_from([2, 1000]),
    )
    def begin(self, run, day, limit):
        """Start with any caps, at a source of its own, with a service that returns short or long pages."""
        MoneyMachine.examples += 1
        self.source, self.caps = f"source {MoneyMachine.examples}", Caps(run=run, day=day)
        self.settings = Settings(patsnap_api_key="sk-test", patsnap_batch=3, patsnap_workers=1, patsnap_limit=limit)
        self.clock = time_machine.travel(NOON)
        self.traveller = self.clock.start()
        self.applications = [Application(index, pages) for index, pages in enumerate(PAGES)]
        self.applications.append(Application(len(PAGES), 1, known=False))
        self.service = DrawnService(self.applications, self.have_trouble, self.check_charge)
        self.violations: list[str] = []
        self.plan = Plan()
        self.file: bytes | None = None
        self.in_file: set[str] = set()
        self.open_process()

    def open_process(self) -> None:
        """Open a store and its look-ups as a process does."""
        self.failing = self.databases[MoneyMachine.generation % 2]
        self.failing.end()
        self.store = Store(self.failing.database, source=self.source, caps=self.caps)
        self.lookups = Lookups(
            store=self.store,
            client=DrawnClient(self.service),
            settings=self.settings,
            limits=StoredLimits(self.store),
            answer_files=AnswerFiles(key=SecretStr("the deployment's"), source=self.source),
        )

    def teardown(self):
        """End the example."""
        if hasattr(self, "lookups"):
            self.failing.end()
            self.lookups.close()
            self.clock.stop()

    def have_trouble(self, trouble: str) -> None:
        """Let the store fail, or the process die."""
        self.failing.begin(trouble)

    # What people do

    @rule(wanted=names, script=scripts, mended=likely)
    def look_up(self, wanted, script, mended):
        """Look numbers up, under whichever names."""
        if mended:
            self.failing.end()
        self.run(self.plan_of(wanted), script)

    @rule(wanted=names, mended=likely, answer=st.sampled_from(["answered", "broken, charged", "crash, charged"]))
    def look_up_once_more(self, wanted, mended, answer):
        """The same with one kind of answer, so that look-ups are frequent."""
        self.look_up(wanted=wanted, script=[DrawnCall(answer)], mended=mended)

    @rule(name=st.integers(0, 2), script=scripts)
    def buy_again(self, name, script):
        """Buy again what may have been charged, by the click that says so; if there is none, look all up."""
        plan = self.plan_of([(application.index, name) for application in self.applications])
        is_open = plan.items_in(PlanState.UNCERTAIN)
        self.run(self.lookups.plan_buying_again(plan) if is_open else plan, script)

    @rule(script=scripts, count=st.integers(1, 2))
    def refresh(self, script, count):
        """Ask again for held histories."""
        keys = [headline.key for headline in self.store.headlines()]
        self.run(self.lookups.plan_refresh(keys[:count]), script)

    @rule(script=scripts)
    def take_up(self, script):
        """Take up a look-up that was interrupted."""
        for record, plan in self.lookups.interrupted("local")[:1]:
            self.run(plan, script)
            with self.failing_told():
                self.lookups.dismiss(record)

    @rule(what=st.sampled_from([WELL, WELL, "read-only", "full", "locked"]), hours=st.integers(-30, 30))
    def let_something_happen(self, what, hours):
        """The store fails or gets well while nothing runs; time passes, or the clock is set back."""
        self.traveller.shift(timedelta(hours=hours))
        if what == WELL:
            self.failing.end()
        self.failing.begin(what)
        self.keep_up()

    @rule(takes_back=st.booleans())
    def use_a_file(self, takes_back):
        """Somebody downloads what is not saved, or takes the last such file back in: what it holds is held then."""
        if not takes_back:
            self.in_file = {answer.call.request_id for answer in self.lookups._unsaved.all()}
            self.file = self.lookups.unsaved_file("local")
        elif self.file is not None:
            with self.failing_told():
                self.lookups.take_back(self.file, user=administrator("ada"))
                for charge in self.service.charges:
                    charge.lost = charge.lost and charge.request_id not in self.in_file

    @rule(index=st.integers(0, 3))
    def decide(self, index):
        """Somebody closes an uncertain charge by what the service says of it."""
        rows = self.store.ledger(current=True)
        calls = [(row.request_id, row.number) for row in rows if row.state == "uncertain"]
        for call in calls[index : index + 1]:
            charge = self.charge_of(*call)
            with self.failing_told():
                self.store.close_uncertain([call], charged=charge is not None)
                if charge is not None:
                    charge.decided = True

    # How it is carried out

    def plan_of(self, wanted: list[tuple[int, int]]) -> Plan:
        """Plan a list of names."""
        typed = [self.applications[index].names[name] for index, name in wanted]
        return self.lookups.plan(parse("\n".join(typed)))

    def run(self, plan: Plan, script: list[DrawnCall]) -> None:
        """Run a plan to its end, and check its price and its report."""
        was_well = self.failing.trouble == WELL
        quote = self.lookups.quote(plan)
        self.service.script.clear()
        self.service.script.extend(script)
        self.plan = plan
        job = self.lookups.start(plan)
        for patience in itertools.count():
            if job.wait(0.2).ended:
                break
            # It is slow, or waits for an answer that is not saved yet: where the store fails, until that is mended.
            if patience > 10 and self.failing.trouble != "crash":
                self.failing.end()
                with suppress(AssertionError):  # the look-up itself may be writing
                    self.keep_up()
            assert patience < 200, "a look-up does not end"
        charges = [charge for charge in self.service.charges if charge.run == job.id]
        progress = job.snapshot()
        assert len(charges) <= quote.worst_case, "more was charged than the quote's worst case"
        undisturbed = was_well and all(call.answer == "answered" and not call.trouble for call in script)
        fetched = all(outcome.state in {"held", "fetched"} for outcome in progress.outcomes)
        if undisturbed and fetched and not plan.cap:
            assert len(charges) >= quote.least, f"{len(charges)} were charged, the quote said at least {quote.least}"
        if self.failing.trouble == "crash":
            self.die()
            return
        assert progress.charged <= len(charges) <= progress.charged + progress.uncertain, "the look-up hides a charge"
        if charges and "store" in progress.message:
            assert "Nothing was charged" not in progress.message

    def keep_up(self) -> None:
        """Do what the app does by itself every second."""
        with self.failing_told():
            self.lookups._upkeep._write_all()
        self.lookups._upkeep._save_all()

    def die(self) -> None:
        """Let the process end without a word, and the next one begin."""
        lost = {answer.call.request_id for answer in self.lookups._unsaved.all()}
        for charge in self.service.charges:
            charge.lost = charge.lost or charge.request_id in lost
        self.lookups._upkeep._closed.set()
        self.lookups._worker.close()
        MoneyMachine.generation += 1
        self.open_process()

    @contextmanager
    def failing_told(self) -> Iterator[None]:
        """Let a step fail only where the store cannot be written."""
        try:
            yield
        except StoreError:
            assert self.failing.trouble, "the store is well, and says that it is not"

    # What is checked

    def charge_of(self, request_id: str, number: str) -> Charge | None:
        """Return the charge that the service made for a number of a call, if it made one."""
        charges = self.service.charges
        return next((one for one in charges if (one.request_id, one.number) == (request_id, number)), None)

    def check_charge(self, charge: Charge) -> None:
        """Note a charge that nobody agreed to: this page was charged before, and the app could know."""
        if self.plan.refresh or self.plan.buys_again:
            return
        arrived = [
            c
            for c in self.service.charges
            if c.application == charge.application
            and c.arrived
            and not c.lost
            # A history is read to its end under the name that it was asked by, though its first page names it.
            and (c.run, c.number) != (charge.run, charge.number)
        ]
        known = {name for c in arrived for name in (c.number, charge.application.grant, charge.application.apno)}
        before = [
            c
            for c in self.service.charges
            if c.application == charge.application and c.page == charge.page and not c.decided
        ]
        if charge.number not in known:
            before = [c for c in before if c.number == charge.number]
        if before:
            self.violations.append(f"page {charge.page} of {charge.number} is charged again, after {before}")

    @invariant()
    def nothing_is_bought_twice(self):
        """No page of an application is charged again unless a click said so, or nobody can know that it is the same."""
        assert not getattr(self, "violations", None)

    @invariant()
    def the_ledger_is_the_bill(self):
        """What was charged is billed or uncertain, or its answer waits to be saved; what is billed was charged."""
        if not hasattr(self, "store"):
            return
        rows = {(row.request_id, row.number): row.state for row in self.store.ledger(current=True)}
        waiting = {answer.call.request_id for answer in self.lookups._unsaved.all()}
        if not self.failing.trouble:
            self.store.recover()
            rows = {(row.request_id, row.number): row.state for row in self.store.ledger(current=True)}
            assert {call for (call, _), state in rows.items() if state == "reserved"} <= waiting
        for charge in self.service.charges:
            state = rows[charge.request_id, charge.number]
            if charge.request_id not in waiting and not self.failing.trouble:
                assert state in {"billed", "uncertain"}, charge
            if state == "billed" and not charge.decided:
                held = self.store.load([charge.number])[charge.number]
                assert held.documents_held >= charge.application.history(charge.page + 1).documents_held
        billed = {call for call, state in rows.items() if state == "billed"}
        assert billed <= {(charge.request_id, charge.number) for charge in self.service.charges}
        assert rows.keys() >= self.service.calls

    @invariant()
    def no_cap_is_passed(self):
        """Neither by the bill nor by the ledger."""
        if not hasattr(self, "store"):
            return
        booked = [row for row in self.store.ledger(current=True) if row.state != "released"]
        by_day = Counter(f"{row.reserved_at:%Y-%m-%d}" for row in booked)
        really_by_day = Counter(charge.day for charge in self.service.charges)
        if self.caps.day is not None:
            assert max([*by_day.values(), *really_by_day.values(), 0]) <= self.caps.day
        if self.caps.run is not None:
            by_run = Counter(row.run for row in booked) | Counter(charge.run for charge in self.service.charges)
            assert max([*by_run.values(), 0]) <= self.caps.run

    @invariant()
    def nothing_stays_leased(self):
        """Once the store is well and all is saved, anybody can lease everything."""
        if not hasattr(self, "store") or self.failing.trouble:
            return
        if self.lookups._unsaved.all() or self.lookups._upkeep._later:
            return
        for field, wanted in (
            ("apno", {application.apno for application in self.applications}),
            ("patent_number", {name for application in self.applications for name in application.names[:2]}),
        ):
            assert self.store.lease(wanted, holder="probe:1", field=field) == wanted
            self.store.release(wanted, holder="probe:1")


@pytest.mark.hypothesis
def test_nothing_is_lost_or_bought_twice_whatever_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever order things fail: no cap is passed, no quote wrong, nothing bought twice without a click."""
    started = processes._start_time
    monkeypatch.setattr(processes, "_start_time", lambda pid: f"{started(pid)}.{MoneyMachine.generation}")
    monkeypatch.setattr(upkeep, "HEARTBEAT_SECONDS", 3_600)
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)
    url = f"sqlite:///{tmp_path / 'data' / 'store.db'}?timeout=0.2"
    first, second = FailingStore(open_database(url)), FailingStore(open_database(url))
    with closing(first), closing(second):
        run_state_machine_as_test(
            type("Machine", (MoneyMachine,), {"databases": (first, second)}),
            settings=settings(
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
                phases=[Phase.generate],  # to shrink an example takes minutes; its steps say enough
            ),
        )
