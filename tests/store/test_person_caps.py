"""Caps by person and day: set, told and held."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from components.store import CapReached, Caps
from tests.store.made import reservations

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def noon():
    """Let it be noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_caps_of_people_are_set_changed_and_taken_away(store, open_store):
    """By person, in the order of names; each service has its own."""
    store.set_person_cap("grace", 5)
    store.for_workspace("merger").set_person_cap("ada", 0)
    store.set_person_cap("grace", 7)
    assert list(store.person_caps().items()) == [("ada", 0), ("grace", 7)]
    assert store.for_workspace("merger").person_caps() == {"ada": 0, "grace": 7}
    assert open_store("https://elsewhere/x").person_caps() == {}
    store.set_person_cap("ada", None)
    assert store.person_caps() == {"grace": 7}
    with pytest.raises(ValueError, match="0 or more"):
        store.set_person_cap("grace", -1)


def test_a_person_s_cap_is_held_for_the_day_in_all_workspaces(store, noon):
    """What does not fit is refused whole, with words that say whose cap it is and who can raise it."""
    store.set_person_cap("ada", 3)
    store.reserve(reservations("q1", "US1", "US2"))
    with pytest.raises(CapReached) as caught:
        store.for_workspace("merger").reserve(reservations("q2", "US3", "US4"))
    assert str(caught.value) == (
        "The cap of 3 for you today (UTC) does not allow 2 more: 2 are used, 1 left. These 2 were not asked for and "
        "not charged. You can look up 1 or fewer, wait until 03 Mar 2026 00:00 UTC, or ask an administrator to raise "
        "yours on the Usage page."
    )
    assert (caught.value.cap, caught.value.left) == ("person", 1)
    store.reserve(reservations("q3", "US3", "US4", user="grace"))
    noon.move_to(datetime(2026, 3, 3, 0, 0, 1, tzinfo=UTC))
    store.reserve(reservations("q4", "US5", "US6", "US7"))


@pytest.mark.usefixtures("noon")
def test_the_use_of_a_person_s_cap_is_told_to_that_person(store):
    """Released numbers do not count, uncertain ones do; whoever has no cap is told of none."""
    store.set_person_cap("ada", 5)
    store.reserve(reservations("q1", "US1", "US2", "US3"))
    store.settle("q1", billed=["US1"], rest="uncertain")
    store.reserve(reservations("q2", "US4"))
    store.settle("q2", billed=(), rest="released")
    (use,) = store.caps_use("ada")
    assert (use.cap, use.limit, use.used, use.left, use.person) == ("person", 5, 3, 2, "ada")
    assert use.resets == datetime(2026, 3, 3, tzinfo=UTC)
    assert store.caps_use("grace") == store.caps_use() == []


@pytest.mark.usefixtures("noon")
def test_of_several_caps_the_one_with_least_left_is_told(open_store):
    """A person's cap and the day's stand beside each other."""
    store = open_store(caps=Caps(day=4))
    store.set_person_cap("ada", 3)
    with pytest.raises(CapReached) as caught:
        store.reserve(reservations("q", *(f"US{index}" for index in range(5))))
    assert caught.value.cap == "person"
    store.reserve(reservations("q", "US1", "US2", "US3", user="grace"))
    with pytest.raises(CapReached) as caught:
        store.reserve(reservations("q2", "US4", "US5", user="ada"))
    assert caught.value.cap == "day"


RESERVES = """
import sys
from components.store import CapReached, Reservation, Store
with Store.open(sys.argv[1], source="sandbox") as store:
    passed = 0
    for index in range(20):
        part = store.for_workspace("merger" if index % 2 else "")
        try:
            part.reserve([Reservation(request_id=f"{sys.argv[2]} {index}", number="US1", user="ada", run="r")])
        except CapReached:
            continue
        passed += 1
    print(passed)
"""


def test_a_person_s_cap_holds_among_processes(store, store_url):
    """Three processes reserve sixty numbers for one person at once; eleven pass."""
    store.set_person_cap("ada", 11)
    running = [
        subprocess.Popen([sys.executable, "-c", RESERVES, store_url, name], cwd=ROOT, stdout=subprocess.PIPE)
        for name in "abc"
    ]
    passed = [int(process.communicate(timeout=60)[0]) for process in running]
    assert sum(passed) == 11
    assert len(store.whole_ledger()) == 11
