"""The pace of calls that all processes of a store share: a text, and a clock that goes on evenly."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from components.patsnap.pace import Pace
from components.store import Store, StoreUnwritable
from tests.store.workers import count_in_pace, in_processes, take_turns


def test_what_one_wrote_the_other_reads(open_store):
    """Nothing at first; then what was written last; a change that brings nothing leaves it."""
    one, other = open_store(), open_store()
    assert one.read_pace()[0] == ""
    one.change_pace(lambda state, _: state + "first")
    other.change_pace(lambda state, _: state + ", second")
    other.change_pace(lambda _state, _now: None)
    assert one.read_pace()[0] == "first, second"


def test_each_source_has_its_own(open_store):
    """Sandbox and account never share a pace."""
    sandbox, account = open_store(), open_store(source="https://connect.example")
    sandbox.change_pace(lambda *_: "of the sandbox")
    assert account.read_pace()[0] == ""


def test_the_clock_goes_on_evenly_and_is_shared(open_store):
    """Later readings are later, whichever connection asks, and as far apart as the seconds between them."""
    one, other = open_store(), open_store()
    times = [store.read_pace()[1] for store in (one, other) * 5]
    one.change_pace(lambda _, now: times.append(now))
    assert times == sorted(times)
    assert times[-1] - times[0] < 30


def test_a_change_that_fails_writes_nothing(open_store):
    """The error goes to whoever asked, and the next change is not held up."""
    store = open_store()
    store.change_pace(lambda *_: "kept")

    def fail(*_) -> str:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        store.change_pace(fail)
    assert store.read_pace()[0] == "kept"


def test_what_was_written_before_a_restart_of_the_machine_is_not_read(sqlite_url):
    """Its times are of another clock."""
    with Store.open(sqlite_url, source="sandbox") as store:
        store.change_pace(lambda *_: "of this start")
        engine = create_engine(sqlite_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE paces SET clock = 'an earlier start'"))
        engine.dispose()
        assert store.read_pace()[0] == ""
        store.change_pace(lambda state, _: state + "new")
        assert store.read_pace()[0] == "new"


def test_no_change_of_three_processes_is_lost(store_url):
    """Each sees what the others wrote before."""
    in_processes(3, count_in_pace, store_url, 20)
    with Store.open(store_url, source="sandbox") as store:
        assert store.read_pace()[0] == "60"


def test_three_processes_keep_one_pace(store_url):
    """45 calls at 20 a second: never more than 20 of them within a second, however many processes make them."""
    turns = sorted(turn for turns in in_processes(3, take_turns, store_url, 20.0, 15) for turn in turns)
    assert len(turns) == 45
    assert all(later - earlier > 1 for earlier, later in zip(turns, turns[20:], strict=False))


def test_a_locked_store_holds_up_no_turn(sqlite_url, tmp_path):
    """Another program keeps the file locked: the process keeps to the pace by itself."""
    with Store.open(f"{sqlite_url}?timeout=0.05", source="sandbox") as store:
        pace = Pace(50.0, shared=store)
        first = pace.wait()
        with closing(sqlite3.connect(tmp_path / "data" / "store.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnwritable):
                store.change_pace(lambda *_: "")
            assert pace.wait() > first
            assert pace.rate == 50.0
