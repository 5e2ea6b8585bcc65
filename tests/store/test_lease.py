"""A lease on a name keeps everybody else from buying it at the same time."""

from contextlib import closing

from components.store import Store
from tests.store.workers import buy_each_once, in_processes, make_fact


def test_name_is_leased_to_one(open_store):
    """Who comes second gets only what the first has not taken, and everything once it is released."""
    first, second = open_store(), open_store()
    assert first.lease(["US1", "US2"], holder="a", seconds=60) == {"US1", "US2"}
    assert second.lease(["US2", "US3"], holder="b", seconds=60) == {"US3"}
    first.release(["US1", "US2"], holder="a")
    assert second.lease(["US1", "US2"], holder="b", seconds=60) == {"US1", "US2"}


def test_holder_does_not_get_its_own_lease_twice(store):
    """Two threads of one holder must not both buy."""
    assert store.lease(["US1", "US1"], holder="a", seconds=60) == {"US1"}
    assert store.lease(["US1"], holder="a", seconds=60) == set()


def test_expired_lease_is_taken_over(store):
    """A lease whose holder has died can be taken after its time; the late holder learns that it lost it."""
    assert store.lease(["US1", "US2"], holder="a", seconds=0) == {"US1", "US2"}
    assert store.lease(["US1"], holder="b", seconds=60) == {"US1"}
    assert store.renew(["US1", "US2", "US3"], holder="a", seconds=60) == {"US2"}
    store.release(["US1"], holder="a")
    assert store.lease(["US1"], holder="c", seconds=60) == set()


def test_renewed_lease_lasts(store):
    """Renewing counts from now."""
    store.lease(["US1"], holder="a", seconds=0)
    assert store.renew(["US1"], holder="a", seconds=60) == {"US1"}
    assert store.lease(["US1"], holder="b", seconds=60) == set()


def test_hundred_patents_are_bought_once_each(store_url):
    """Four processes of eight threads all want the same hundred, each in an order of its own: exactly 100 charged."""
    Store.open(store_url, source="sandbox").close()
    numbers = [f"US{10_000_000 + number}B2" for number in range(100)]
    bought = [number for part in in_processes(4, buy_each_once, store_url, numbers) for number in part]
    assert sorted(bought) == numbers
    with closing(Store.open(store_url, source="sandbox")) as store:
        assert store.totals().ever.used == store.totals().ever.billed == 100
        assert len(store.headlines()) == 100
        assert store.lease(numbers, holder="later", seconds=1) == set(numbers)


def test_everyone_gets_the_same_fact(store_url):
    """Thirty-two threads in four processes ask for a key that nobody has made: they all get one and the same."""
    Store.open(store_url, source="sandbox").close()
    assert len(set().union(*in_processes(4, make_fact, store_url))) == 1
