"""Numbers that the service does not know: remembered for a day, and no longer."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests.store.made import history

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_absence_lasts_a_day(store):
    """That the service does not know a number is remembered for 24 hours, with its time."""
    with time_machine.travel(NOON, tick=False) as clock:
        store.save_absent(["US1", "US2"])
        clock.move_to(NOON + timedelta(hours=23, minutes=59))
        assert store.absent(["US1", "US3"]) == {"US1": NOON}
        clock.move_to(NOON + timedelta(hours=24))
        assert store.absent(["US1", "US2"]) == {}


def test_asking_again_renews_the_absence(store):
    """The later answer counts."""
    with time_machine.travel(NOON, tick=False) as clock:
        store.save_absent(["US1"])
        clock.move_to(NOON + timedelta(hours=20))
        store.save_absent(["US1"])
        clock.move_to(NOON + timedelta(hours=30))
        assert store.absent(["US1"]) == {"US1": NOON + timedelta(hours=20)}


def test_held_history_is_not_absent(store):
    """A number that is held is not called unknown, whichever was saved first."""
    store.save_absent(["US11205304B2", "US1"])
    store.save(history(), names=["US1"])
    assert store.absent(["US11205304B2", "US1"]) == {}
    store.save_absent(["US1"])
    assert store.absent(["US1"]) == {}


def test_absence_is_not_a_history_without_documents(store):
    """An unknown number is not held; a known one without documents is, and the two are told apart."""
    store.save_absent(["US1"])
    store.save(history(apno="US2", patent_number="", patent_id="", count=0))
    assert store.resolve(["US1", "US2"]) == {"US2": "US2"}
    assert set(store.absent(["US1", "US2"])) == {"US1"}
