"""A lease on a name keeps everybody else from buying it at the same time."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
import time_machine

from components.store import ChargeCount, LeaseLost, Store
from components.store.processes import Liveness
from tests.store.made import reservations
from tests.store.workers import AFRESH, buy_each_once, in_processes, lease_and_stay, lease_reserve_and_stay, make_fact


def test_name_is_leased_to_one(open_store):
    """Who comes second gets only what the first has not taken, and everything once it is released."""
    first, second = open_store(), open_store()
    assert first.lease(["US1", "US2"], holder="a") == {"US1", "US2"}
    assert second.lease(["US2", "US3"], holder="b") == {"US3"}
    first.release(["US1", "US2"], holder="a")
    assert second.lease(["US1", "US2"], holder="b") == {"US1", "US2"}


def test_holder_does_not_get_its_own_lease_twice(store):
    """Two threads of one holder must not both buy."""
    assert store.lease(["US1", "US1"], holder="a") == {"US1"}
    assert store.lease(["US1"], holder="a") == set()


def test_a_lease_outlasts_every_jump_of_the_clock(open_store):
    """A holder that lives keeps its lease, though the time of day jumps by years: nobody else may buy meanwhile."""
    first, second = open_store(), open_store()
    assert first.lease(["US1"], holder="a") == {"US1"}
    for year in (1999, 2099):
        with time_machine.travel(datetime(year, 3, 2, tzinfo=UTC)):
            assert second.lease(["US1"], holder="b") == set()


def test_the_lease_of_a_killed_process_is_free_at_once(store, store_url):
    """On this machine the system says that it has ended; its clock need not pass anything."""
    ours, theirs = AFRESH.Pipe()
    process = AFRESH.Process(target=lease_and_stay, args=(store_url, theirs), daemon=True)
    process.start()
    assert ours.poll(60)
    assert store.lease(["US1"], holder="b") == set()
    process.kill()
    process.join(30)
    assert store.lease(["US1"], holder="b") == {"US1"}


def test_who_gets_the_lease_of_a_killed_process_sees_what_it_may_have_bought(store, store_url):
    """Whoever waited for it did not look for dead processes when planning: the lease itself must bring the news."""
    ours, theirs = AFRESH.Pipe()
    process = AFRESH.Process(target=lease_reserve_and_stay, args=(store_url, theirs), daemon=True)
    process.start()
    assert ours.poll(60)
    process.kill()
    process.join(30)
    assert store.lease(["US1"], holder="b") == {"US1"}
    assert store.uncertain(["US1", "US2"]).keys() == {"US1", "US2"}
    assert store.totals().ever == ChargeCount(uncertain=2)


def test_a_lease_of_another_machine_ends_when_its_heartbeat_stands_still():
    """Six seconds of watching without growth; a pause in the watching begins anew, whatever the time of day."""
    clock = [0.0]
    liveness = Liveness(one_machine=False, clock=lambda: clock[0])

    def dead_after(seconds: float, beat: int) -> bool:
        clock[0] += seconds
        return bool(liveness.dead(["elsewhere|1|1|1"], {"elsewhere|1|1|1": beat}))

    assert [dead_after(1, 7) for _ in range(6)] == [False] * 6
    assert dead_after(1, 7)
    assert [dead_after(1, beat) for beat in range(8, 20)] == [False] * 12
    assert [dead_after(1, 19) for _ in range(4)] == [False] * 4
    assert not dead_after(100, 19)
    assert [dead_after(2, 19) for _ in range(3)] == [False, False, True]


def test_a_lost_lease_forbids_the_reservation(open_store):
    """Who stood still while another look-up took over may not buy what that one buys."""
    first, second = open_store(), open_store()
    first.lease(["US1", "US2"], holder="a:1")
    first.release(["US2"], holder="a:1")
    assert second.lease(["US2"], holder="b:1") == {"US2"}
    with pytest.raises(LeaseLost):
        first.reserve(reservations("q", "US1", "US2"), holder="a:1")
    assert first.totals().ever == ChargeCount()
    first.reserve(reservations("q", "US1"), holder="a:1")
    assert first.totals().ever == ChargeCount(reserved=1)


def test_names_of_one_office_in_two_fields_are_not_leased_to_two_look_ups(open_store):
    """A publication number and an application number may be one application: the second look-up waits."""
    first, second = open_store(), open_store()
    assert first.lease(["US1B2"], holder="a:1", field="patent_number") == {"US1B2"}
    assert second.lease(["US15/1", "EP99"], holder="b:1", field="apno") == {"EP99"}
    assert second.lease(["US2B2"], holder="b:2", field="patent_number") == {"US2B2"}
    assert first.lease(["US15/1"], holder="a:2", field="apno") == set()
    second.release(["US2B2"], holder="b:2")
    assert first.lease(["US15/1"], holder="a:2", field="apno") == {"US15/1"}


def test_hundred_patents_are_bought_once_each(store_url):
    """Four processes of eight threads all want the same hundred, each in an order of its own: exactly 100 charged."""
    Store.open(store_url, source="sandbox").close()
    numbers = [f"US{10_000_000 + number}B2" for number in range(100)]
    bought = [number for part in in_processes(4, buy_each_once, store_url, numbers) for number in part]
    assert sorted(bought) == numbers
    with closing(Store.open(store_url, source="sandbox")) as store:
        assert store.totals().ever.used == store.totals().ever.billed == 100
        assert len(store.headlines()) == 100
        assert store.lease(numbers, holder="later") == set(numbers)


def test_everyone_gets_the_same_fact(store_url):
    """Thirty-two threads in four processes ask for a key that nobody has made: they all get one and the same."""
    Store.open(store_url, source="sandbox").close()
    assert len(set().union(*in_processes(4, make_fact, store_url))) == 1
