"""A walled-off workspace holds its own; caps, pace and what is settled for the dead are common to the service."""

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from components.store import CapReached, Caps, StoreMisconfigured
from tests.store.made import history, linked, reservations

ROOT = Path(__file__).parents[2]
KEY = "US14/706838"
LATER = datetime(2999, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def everything_of(store):
    """Return all that a store shows of one application, by any of its names."""
    names = [KEY, "US11205304B2", "US2015A1"]
    return {
        "resolve": store.resolve(names),
        "headlines": [headline.key for headline in store.headlines()],
        "by key": [headline.key for headline in store.headlines([KEY])],
        "load": set(store.load([KEY])),
        "unfinished": set(store.unfinished(["US1"])),
        "link": bool(store.link(KEY, "20180831-CTNF-1")),
        "pdf": store.pdf(KEY, "20180831-CTNF-1"),
        "marks": store.marks("ada", [KEY]),
        "absent": set(store.absent(["US404"])),
        "uncertain": set(store.uncertain(["US7", "US11205304B2"])),
        "interrupted": [record.run for record in store.interrupted_look_ups("ada")],
        "look-ups": [record.run for record in store.look_ups()],
        "ledger": {(row.request_id, row.number) for row in store.ledger()},
        "charged": store.totals().ever.used,
    }


def fill(store, word):
    """Put something into every table of a workspace."""
    store.reserve(reservations(f"{word} call", "US11205304B2"))
    arrived = {"US11205304B2": linked(history(), LATER, word=word)}
    store.settle(f"{word} call", billed=["US11205304B2"], rest="released", histories=arrived)
    store.save(history("US1", "US1B1", "", count=1, documents_reported=3, complete=False), names=["US1"])
    store.keep_pdf(KEY, "20180831-CTNF-1", b"%PDF-" + word.encode())
    store.mark("ada", KEY, ["20180831-CTNF-1"], note=word)
    store.save_absent(["US404"])
    store.reserve(reservations(f"{word} doubtful", "US7"))
    store.settle(f"{word} doubtful", billed=(), rest="uncertain", note=f"US7 of {word}")
    store.begin_look_up(f"{word} run", user="ada", numbers=[("US7", "US7")])
    store.end_look_up(f"{word} run", state="interrupted")


def test_nothing_of_one_workspace_is_seen_in_another(store):
    """Histories, links, PDFs, marks, absences, doubts, look-ups and ledger: each workspace has its own, or nothing."""
    empty = everything_of(store)
    first, second = store.for_workspace("first"), store.for_workspace("second")
    fill(first, "one")
    filled = everything_of(first)
    assert all(filled[part] != empty[part] for part in filled)
    assert everything_of(store) == everything_of(second) == empty
    fill(store, "all")
    assert everything_of(second) == empty
    assert everything_of(first) == filled
    assert store.pdf(KEY, "20180831-CTNF-1") == b"%PDF-all"
    assert store.link(KEY, "20180831-CTNF-1").url != first.link(KEY, "20180831-CTNF-1").url


@pytest.mark.parametrize(
    "names",
    [
        ("a", "a#b", "a%23b"),
        ("%", "_", "a"),
        ("M", "m", "Ｍ"),
        ("\u00e9", "e\u0301", "e"),
        ("x", "x ", " x"),
        ("'; DROP TABLE ledger; --", "''", '"'),
        ("*", "[a]", "?"),
    ],
)
def test_a_name_reaches_no_other_workspace(store, names):
    """Separators, wildcards, other case, other forms of a letter, quotes: each name is a workspace of its own."""
    stores = [store, *(store.for_workspace(name) for name in names)]
    assert [each.workspace for each in stores] == ["", *names]
    assert len({each.source for each in stores}) == len(stores)
    fill(stores[1], "one")
    assert [bool(each.headlines()) for each in stores] == [False, True, False, False]
    for each in [stores[0], *stores[2:]]:
        assert each.ledger() == []
        assert each.pdf(KEY, "20180831-CTNF-1") is None
    assert {row.workspace for row in store.whole_ledger()} == {names[0]}


@pytest.mark.parametrize("name", ["a\0b", "half a pair \ud800"])
def test_a_name_that_cannot_be_kept_is_refused(store, name):
    """A name that a database would change could be taken for another."""
    with pytest.raises(ValueError, match="name"):
        store.for_workspace(name)


def test_no_service_is_taken_for_a_workspace_of_another(open_store):
    """A service whose address holds the separator is refused; those that begin alike stay apart."""
    with pytest.raises(StoreMisconfigured, match="PATSNAP_PATH"):
        open_store("sandbox#merger")
    longer, wild = open_store("sandboxes"), open_store("sandb_x")
    store = open_store("sandbox")
    fill(store.for_workspace("merger"), "one")
    assert longer.whole_ledger() == wild.whole_ledger() == []


def test_the_ledger_of_the_service_names_the_workspace(store):
    """Everybody's rows of every workspace, newest first, with the service as their source."""
    merger = store.for_workspace("merger")
    store.reserve(reservations("q1", "US1"))
    merger.reserve(reservations("q1", "US1", user="grace"))
    merger.settle("q1", billed=["US1"], rest="released")
    seen = [(row.user, row.workspace, row.source, row.state) for row in store.whole_ledger()]
    assert seen == [
        ("grace", "merger", "sandbox", "billed"),
        ("grace", "merger", "sandbox", "reserved"),
        ("ada", "", "sandbox", "reserved"),
    ]
    assert merger.whole_ledger() == store.whole_ledger()
    assert [row.state for row in store.whole_ledger(current=True)] == ["billed", "reserved"]
    assert store.whole_ledger(since=LATER) == []


def test_leases_of_one_workspace_keep_nobody_in_another_waiting(store):
    """Neither the same number nor one of the same office in another field is taken in another workspace."""
    merger = store.for_workspace("merger")
    assert store.lease(["US1"], holder="p:run:1") == {"US1"}
    assert merger.lease(["US1"], holder="p:other:1", field="apno") == {"US1"}
    assert store.lease(["US1"], holder="p:third:1") == set()
    assert merger.lease(["US2"], holder="p:third:1", field="patent_number") == set()
    merger.release(["US1"], holder="p:run:1")
    store.reserve(reservations("q", "US1"), holder="p:run:1")


def test_caps_count_what_every_workspace_spends(open_store):
    """What one workspace has reserved is not left for another, and the use that is told says so."""
    store = open_store(caps=Caps(day=3, month=4))
    merger = store.for_workspace("merger")
    with time_machine.travel(NOON, tick=False):
        merger.reserve(reservations("q", "US1", "US2"))
        assert {use.cap: use.left for use in store.caps_use()} == {"day": 1, "month": 2}
        with pytest.raises(CapReached) as caught:
            store.reserve(reservations("q", "US3", "US4"))
    assert (caught.value.cap, caught.value.left) == ("day", 1)


def test_caps_hold_among_workspaces_that_reserve_at_the_same_time(open_store):
    """Twenty threads in four workspaces reserve; as many pass as the cap allows."""
    store = open_store(caps=Caps(day=7))
    stores = [store.for_workspace(name) for name in ("", "a", "b", "c")]
    passed: list[int] = []

    def reserve(index: int) -> None:
        try:
            stores[index % 4].reserve(reservations(f"q{index}", f"US{index}"))
        except CapReached:
            return
        passed.append(index)

    threads = [threading.Thread(target=reserve, args=(index,)) for index in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 7
    assert len(store.whole_ledger()) == 7


def test_pace_and_facts_are_common(store):
    """The rate of calls, the largest limit and the secret of links are the service's."""
    merger = store.for_workspace("merger")
    merger.change_pace(lambda _state, _time: "slow")
    merger.save_fact("limit", "100")
    assert store.read_pace()[0] == "slow"
    assert store.fact("limit") == "100"
    assert merger.fact_or("secret", lambda: "one") == store.fact_or("secret", lambda: "two") == "one"


DIES = """
import os, signal, sys
from components.store import Reservation, Store
store = Store.open(sys.argv[1], source="sandbox")
for name in ("", "first", "second"):
    part = store.for_workspace(name)
    part.begin_look_up("run " + name, user="ada", numbers=[("US1", "US1")])
    part.lease(["US1"], holder="dead:run:1")
    part.reserve([Reservation(request_id="q", number="US1", user="ada", run="run " + name)], holder="dead:run:1")
store.show_heartbeat()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("found_by", ["recover", "lease"])
def test_what_the_dead_left_in_all_workspaces_is_found_at_once(store, store_url, found_by):
    """Whoever finds a dead process settles its calls, look-ups and leases in every workspace, not in its own alone."""
    subprocess.run([sys.executable, "-c", DIES, store_url], cwd=ROOT, timeout=60, check=False)
    first = store.for_workspace("first")
    if found_by == "recover":
        assert first.recover() == 3
    else:
        assert first.lease(["US1"], holder="p:new:1") == {"US1"}
    for name in ("", "first", "second"):
        part = store.for_workspace(name)
        assert [row.state for row in part.ledger(current=True)] == ["uncertain"]
        assert [record.run for record in part.interrupted_look_ups("ada")] == [f"run {name}"]
    with store._database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM processes")).scalar_one() == 0
        left = connection.execute(text("SELECT holder FROM leases")).scalars().all()
    assert left == ([] if found_by == "recover" else ["p:new:1"])


def test_every_row_of_the_ledger_names_its_service(store):
    """A writer that does not know of workspaces, such as an earlier version, cannot spend beside the caps."""
    store.reserve(reservations("q", "US1"))
    row = (
        'INSERT INTO ledger (at, reserved_at, "user", source, run, request_id, number, state, previous, process, note) '
        "SELECT at, reserved_at, \"user\", source, run, 'other', number, state, previous, process, note FROM ledger"
    )
    with pytest.raises(DBAPIError, match="service"), store._database.engine.begin() as connection:
        connection.execute(text(row))


def test_a_store_of_a_workspace_closes_nothing(store):
    """The connections are the whole store's."""
    store.for_workspace("merger").close()
    assert store.headlines() == []
