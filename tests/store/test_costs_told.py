"""Errors of the store say what they cost, no more than they know, and can be told again by whoever knows more."""

import sqlite3
from contextlib import closing

import pytest

from components.store import (
    HistoryDamaged,
    Store,
    StoreDamaged,
    StoreFailed,
    StoreReplaced,
    StoreUnreachable,
    StoreUnwritable,
)
from tests.store.made import history, reservations

ERRORS = [
    StoreUnwritable("The store", cause="the disk is full", advice="Free some space.", cost="Nothing was charged."),
    StoreUnreachable("The store", cause="the server is away", advice="Start it."),
    StoreDamaged("The store is damaged.", advice="Start the app again."),
    HistoryDamaged("US14/706838"),
    StoreReplaced("The store", found="its file is gone", cost="Nothing was charged."),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_error_is_told_again_with_what_it_cost(error):
    """Kind, reason and advice stay; only the words for the cost change, and go where there are none."""
    told = error.with_cost("2 patents may have been charged.")
    assert type(told) is type(error)
    assert isinstance(told, StoreFailed)
    assert told.cost == "2 patents may have been charged."
    assert str(told).count("2 patents may have been charged.") == 1
    assert "Nothing was charged." not in str(told)
    assert {**vars(told), "cost": error.cost} == vars(error)
    assert str(told.with_cost(error.cost)) == str(error)
    silent = str(error.with_cost(""))
    assert "  " not in silent
    assert "Nothing was charged" not in silent


CLAIMS_NOTHING = {
    "release": lambda store: store.release(["US1"], holder="me"),
    "absent": lambda store: store.save_absent(["US1"]),
    "fact": lambda store: store.save_fact("limit", "100"),
    "mark": lambda store: store.mark("ada", "US14/706838", ["20180831-CTNF-1"], read=True),
    "heartbeat": lambda store: store.show_heartbeat(),
    "end of a look-up": lambda store: store.end_look_up("r", state="finished"),
}
KNOWS = {
    "reserve": (lambda store: store.reserve(reservations("n", "US2")), "Nothing was charged."),
    "lease": (lambda store: store.lease(["US2"], holder="me"), "Nothing was charged."),
    "settle": (lambda store: store.settle("q", billed=["US1"], rest="released"), "may have been charged"),
    "save": (lambda store: store.save(history()), "may have been charged"),
}


@pytest.fixture
def locked_store(sqlite_url):
    """A store that another program keeps locked."""
    with closing(Store.open(f"{sqlite_url}?timeout=0.05", source="sandbox")) as store:
        store.save(history())
        store.reserve(reservations("q", "US1"))
        with closing(sqlite3.connect(store._database.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield store


@pytest.mark.parametrize("method", CLAIMS_NOTHING)
def test_method_that_cannot_know_says_nothing_of_charges(locked_store, method):
    """A call may have been made before it."""
    with pytest.raises(StoreUnwritable, match="kept it locked") as caught:
        CLAIMS_NOTHING[method](locked_store)
    assert caught.value.cost == ""
    assert "charged" not in str(caught.value)
    assert "  " not in str(caught.value)


@pytest.mark.parametrize("method", KNOWS)
def test_method_that_knows_says_what_it_cost(locked_store, method):
    """Before a call nothing was charged; after it something may have been."""
    write, words = KNOWS[method]
    with pytest.raises(StoreUnwritable, match=words):
        write(locked_store)
