"""Reservations of processes that have ended become uncertain."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from components.store import ChargeCount
from components.store.processes import ProcessState, state_of, this_process
from tests.store.made import history, reservations
from tests.store.workers import AFRESH, begin_look_up_and_stay, reserve_and_stay


@pytest.fixture
def other_process(store_url, store):
    """Another process that has reserved two numbers and lives."""
    del store  # it makes the tables
    ours, theirs = AFRESH.Pipe()
    process = AFRESH.Process(target=reserve_and_stay, args=(store_url, theirs), daemon=True)
    process.start()
    assert ours.poll(60)
    yield process
    process.kill()
    process.join(30)


def test_reservations_of_a_killed_process_become_uncertain(store, other_process):
    """They may have been charged, so they count on and are visible; nothing is released silently."""
    store.reserve(reservations("ours", "US3"))
    assert store.recover() == 0
    os.kill(other_process.pid, signal.SIGKILL)
    other_process.join(30)
    assert store.recover() == 2
    assert store.recover() == 0
    assert store.totals().ever == ChargeCount(uncertain=2, reserved=1)
    rows = [row for row in store.ledger() if row.state == "uncertain"]
    assert {(row.number, row.user) for row in rows} == {("US1", "ada"), ("US2", "ada")}
    assert {row.note for row in rows} == {"interrupted: its process ended before the answer was noted"}


def test_answer_that_comes_after_all_is_settled(store, other_process):
    """Should the answer be noted later, uncertain becomes billed."""
    os.kill(other_process.pid, signal.SIGKILL)
    other_process.join(30)
    assert store.recover() == 2
    store.settle("theirs", billed=["US1"], rest="released", histories={"US1": history()})
    assert store.totals().ever == ChargeCount(billed=1)


def test_reservation_that_nobody_settled_becomes_uncertain_with_time(store):
    """Even if its process seems to live, no call takes ten minutes."""
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        store.reserve(reservations("q", "US1"))
        clock.shift(timedelta(minutes=9, seconds=59))
        assert store.recover() == 0
        clock.shift(timedelta(seconds=1))
        assert store.recover() == 1


def test_settled_reservations_are_no_orphans(store):
    """What was settled stays as it is, however long ago."""
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        store.reserve(reservations("q", "US1", "US2"))
        store.settle("q", billed=["US1"], rest="released")
        clock.shift(timedelta(days=1))
        assert store.recover() == 0


def test_reservation_from_before_the_machine_started_is_an_orphan(store):
    """On a file, a process of an earlier start of the machine is gone; on a server it may be another machine's."""
    store.reserve(reservations("q", "US1"))
    with store._database.write("sandbox") as connection:
        connection.execute(text("UPDATE calls_under_way SET process = 'another-boot|1|1|1'"))
    assert store.recover() == (1 if store._database.kind == "sqlite" else 0)


def test_running_process_is_not_gone():
    """The process that asks runs; one with its id but another start does not."""
    own = this_process()
    assert state_of(own, one_machine=True) is ProcessState.RUNNING
    boot, namespace, pid, _ = own.split("|")
    assert state_of(f"{boot}|{namespace}|{pid}|12345", one_machine=False) is ProcessState.ENDED


def test_unknown_process_is_not_called_gone():
    """Where it cannot be known, the answer is no."""
    boot, _, _, started = this_process().split("|")
    for name in ("", "x", "a|b|c|d", f"{boot}|other namespace|1|{started}", f"other machine|1|1|{started}"):
        assert state_of(name, one_machine=False) is ProcessState.UNKNOWN


def test_the_look_up_of_a_killed_process_is_offered_again_to_its_person(store, store_url):
    """To nobody else, and not any more once it was taken up again."""
    ours, theirs = AFRESH.Pipe()
    process = AFRESH.Process(target=begin_look_up_and_stay, args=(store_url, theirs), daemon=True)
    process.start()
    assert ours.poll(60)
    store.recover()
    assert store.interrupted_look_ups("ada") == []
    process.kill()
    process.join(30)
    store.recover()
    assert store.interrupted_look_ups("grace") == []
    (record,) = store.interrupted_look_ups("ada")
    assert (record.run, record.state, record.numbers) == ("theirs", "interrupted", (("us 1", "US1"),))
    store.settle_look_up("theirs")
    assert store.interrupted_look_ups("ada") == []
    assert [record.run for record in store.look_ups(user="ada")] == ["theirs"]
