"""The ledger: each change of state is a row, and no row ever changes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from components.store import Caps, ChargeCount, LedgerRow
from tests.store.made import history, reservations

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def states(store) -> dict[tuple[str, str], str]:
    """Return the last state of each number of each call."""
    return {(row.request_id, row.number): row.state for row in store.ledger(current=True)}


def test_each_change_of_state_is_a_row(store):
    """A number is reserved, then billed or released; the ledger tells it all, newest first."""
    with time_machine.travel(NOON, tick=False) as clock:
        store.reserve(reservations("q", "US1", "US2", user="ada", run="r"))
        clock.move_to(NOON + timedelta(seconds=5))
        store.settle("q", billed=["US2"], rest="released", note="US1 is not covered")
    rows = store.ledger()
    assert [(row.number, row.state) for row in sorted(rows[:2], key=lambda row: row.number)] == [
        ("US1", "released"),
        ("US2", "billed"),
    ]
    assert [row.state for row in rows[2:]] == ["reserved", "reserved"]
    assert rows[3] == LedgerRow(
        at=NOON,
        user="ada",
        source="sandbox",
        run="r",
        request_id="q",
        number="US1",
        state="reserved",
        note="",
        reserved_at=NOON,
    )
    assert {row.at for row in rows[:2]} == {NOON + timedelta(seconds=5)}
    assert {row.note for row in rows[:2]} == {"US1 is not covered"}


def test_rows_are_found_by_user_and_time(store):
    """Each user's rows can be shown apart, and those since a moment."""
    with time_machine.travel(NOON, tick=False) as clock:
        store.reserve(reservations("q1", "US1", user="ada"))
        clock.move_to(NOON + timedelta(hours=1))
        store.reserve(reservations("q2", "US2", user="grace"))
        store.reserve(reservations("q3", "US3", user="ada"))
    assert [row.number for row in store.ledger(user="ada")] == ["US3", "US1"]
    assert [row.number for row in store.ledger(since=NOON + timedelta(minutes=1))] == ["US3", "US2"]
    assert [row.number for row in store.ledger(user="ada", since=NOON + timedelta(minutes=1))] == ["US3"]


def test_history_and_charge_are_kept_together(store):
    """Settling keeps what the call brought under the number that was asked, and under its own numbers."""
    store.reserve(reservations("q", "US11205304", "US9"))
    store.settle("q", billed=["US11205304"], rest="uncertain", histories={"US11205304": history()})
    assert store.load(["US11205304"])["US11205304"] == history()
    assert states(store) == {("q", "US11205304"): "billed", ("q", "US9"): "uncertain"}


def test_one_answer_may_bring_one_application_twice(store):
    """Publication and grant asked for in one call: two charges, one history, both names."""
    store.reserve(reservations("q", "US20150310000A1", "US11205304B2"))
    both = {
        "US20150310000A1": history(patent_number="US20150310000A1", patent_id="a"),
        "US11205304B2": history(patent_number="US11205304B2", patent_id="b"),
    }
    store.settle("q", billed=list(both), rest="released", histories=both)
    assert store.totals().ever == ChargeCount(billed=2)
    assert set(store.resolve([*both, "a", "b"]).values()) == {"US14/706838"}
    assert len(store.headlines()) == 1


def test_uncertain_can_still_be_settled(store):
    """What may have been charged becomes certain when somebody finds out."""
    store.reserve(reservations("q", "US1", "US2"))
    store.settle("q", billed=[], rest="uncertain")
    assert store.totals().ever == ChargeCount(uncertain=2)
    store.settle("q", billed=["US1"], rest="released")
    assert store.totals().ever == ChargeCount(billed=1)


@pytest.mark.parametrize("later", ["released", "uncertain"])
def test_final_states_stay(store, later):
    """A billed number is never released again, and a released one does not become uncertain."""
    store.reserve(reservations("q", "US1", "US2"))
    store.settle("q", billed=["US1"], rest="released")
    before = store.ledger()
    store.settle("q", billed=[], rest=later)
    store.settle("q", billed=["US1", "US2"], rest=later)
    assert store.ledger() == before


def test_charge_without_reservation_is_entered(store):
    """The ledger tells the truth, even about a number that nobody reserved."""
    store.reserve(reservations("q", "US1", user="ada"))
    store.settle("q", billed=["US1", "US2"], rest="released")
    store.settle("unheard of", billed=["US3"], rest="released")
    assert store.totals().ever == ChargeCount(billed=3)
    row = next(row for row in store.ledger() if row.number == "US2" and row.state == "billed")
    assert (row.user, row.note) == ("ada", "charged without a reservation")


def test_request_id_serves_one_call(store):
    """Using an id twice, or a number twice in a call, is refused before anything is written."""
    store.reserve(reservations("q", "US1"))
    with pytest.raises(ValueError, match="one call only"):
        store.reserve(reservations("q", "US2"))
    with pytest.raises(ValueError, match="once in a call"):
        store.reserve(reservations("q2", "US2", "US2"))
    assert len(store.ledger()) == 1


@pytest.mark.parametrize("statement", ["UPDATE ledger SET number = 'US9'", "DELETE FROM ledger", "TRUNCATE ledger"])
def test_database_refuses_to_change_the_ledger(store, statement):
    """Not even by hand can a row be changed or removed."""
    if "TRUNCATE" in statement and store._database.kind == "sqlite":
        statement = "INSERT OR REPLACE INTO ledger SELECT * FROM ledger"  # which has no TRUNCATE, but this
    store.reserve(reservations("q", "US1"))
    before = store.ledger()
    with pytest.raises(DBAPIError, match="append-only"), store._database.engine.begin() as connection:
        connection.execute(text(statement))
    assert store.ledger() == before


def test_database_refuses_a_second_end(store):
    """A charge cannot end both billed and released, whoever writes it."""
    store.reserve(reservations("q", "US1"))
    store.settle("q", billed=["US1"], rest="released")
    again = (
        'INSERT INTO ledger (at, reserved_at, "user", source, run, request_id, number, state, previous, process, note, '
        "service, workspace) SELECT at, reserved_at, \"user\", source, run, request_id, number, 'released', previous, "
        "process, note, service, workspace "
        "FROM ledger WHERE state = 'billed'"
    )
    with pytest.raises(IntegrityError, match=r"(?i)unique"), store._database.engine.begin() as connection:
        connection.execute(text(again))


def test_totals_are_by_day_month_and_ever(store):
    """A number counts for the UTC day and month in which it was reserved, even if it is settled later."""
    with time_machine.travel(datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC), tick=False) as clock:
        store.reserve(reservations("january", "US1", "US2", user="ada"))
        clock.move_to(datetime(2026, 2, 1, 0, 0, 1, tzinfo=UTC))
        store.settle("january", billed=["US1"], rest="uncertain")
        store.reserve(reservations("february", "US3", user="grace", run="other"))
        assert store.totals().today == ChargeCount(reserved=1)
        clock.move_to(datetime(2026, 2, 2, 12, tzinfo=UTC))
        totals = store.totals()
        assert (totals.today, totals.month) == (ChargeCount(), ChargeCount(reserved=1))
        assert totals.ever == ChargeCount(billed=1, uncertain=1, reserved=1)
        assert totals.ever.used == 3
        assert store.totals(user="ada").ever == ChargeCount(billed=1, uncertain=1)
        assert store.totals(run="other").ever == ChargeCount(reserved=1)


def test_uncertain_charges_are_found_by_number_until_they_are_decided(store):
    """A number that may have been charged is known by its name until somebody decides, or it is charged for certain."""
    with time_machine.travel(NOON, tick=False):
        store.reserve(reservations("q", "US1", "US2", "US3"))
        store.settle("q", billed=["US3"], rest="uncertain")
    found = store.uncertain(["US1", "US2", "US3", "US4"])
    assert {name: (charge.count, charge.last_at) for name, charge in found.items()} == {
        "US1": (1, NOON),
        "US2": (1, NOON),
    }
    store.reserve(reservations("again", "US2"))
    store.settle("again", billed=["US2"], rest="released")
    assert set(store.uncertain(["US1", "US2"])) == {"US1"}


def test_an_uncertain_charge_is_known_by_every_name_of_its_history(store):
    """Asked for by a publication number, it is told for the others that lead to the same history, and for no others."""
    store.reserve(reservations("first page", "US2015A1"))
    arrived = {"US2015A1": history("US14/1", "US9B2", "", count=2, documents_reported=4, complete=False)}
    store.settle("first page", billed=["US2015A1"], rest="released", histories=arrived)
    store.reserve(reservations("second page", "US2015A1"))
    store.settle("second page", billed=(), rest="uncertain")
    found = store.uncertain(["US9B2", "US14/1", "US8B2"])
    assert {name: charge.count for name, charge in found.items()} == {"US9B2": 1, "US14/1": 1}
    store.reserve(reservations("again", "US14/1"))
    store.settle("again", billed=["US14/1"], rest="released")
    assert store.uncertain(["US9B2", "US14/1", "US2015A1"]) == {}


def test_closing_one_charge_of_a_number_leaves_its_others_open(store):
    """Two calls that may have been charged are two questions: that one was charged does not answer the other."""
    for call in ("first", "second"):
        store.reserve(reservations(call, "US1"))
        store.settle(call, billed=(), rest="uncertain")
    for call, left in (("first", 1), ("second", 0)):
        assert store.close_uncertain([(call, "US1")], charged=True) == 1
        assert [charge.count for charge in store.uncertain(["US1"]).values()] == [left] * left


def test_a_person_closes_an_uncertain_charge_once(store):
    """As charged or as not charged, with a note; rows are only added, and a decided charge stays decided."""
    store.reserve(reservations("q", "US1", "US2"))
    store.settle("q", billed=(), rest="uncertain")
    assert store.close_uncertain([("q", "US1")], charged=True, note="invoice 17, ada") == 1
    assert store.close_uncertain([("q", "US2"), ("q", "US1")], charged=False) == 1
    assert store.close_uncertain([("q", "US1"), ("q", "US2"), ("q", "US9")], charged=False) == 0
    assert store.totals().ever == ChargeCount(billed=1)
    assert store.uncertain(["US1", "US2"]) == {}
    notes = {(row.number, row.state): row.note for row in store.ledger() if row.note}
    assert notes == {
        ("US1", "billed"): "closed as charged: invoice 17, ada",
        ("US2", "released"): "closed as not charged",
    }
    assert len(store.ledger()) == 6


def test_what_caps_leave_is_known_before_a_call(open_store):
    """Each cap that is set says how much of it is used and left."""
    store = open_store(caps=Caps(run=5, day=10))
    with time_machine.travel(NOON, tick=False):
        store.reserve(reservations("q", "US1", "US2", "US3"))
        use = {use.cap: (use.limit, use.used, use.left) for use in store.caps_use()}
    assert use == {"run": (5, 0, 5), "day": (10, 3, 7)}


def test_an_answer_after_all_corrects_a_charge_that_was_closed_as_free(store):
    """What a person decided stays in the ledger; the charge that is known now is one of its own, and counts once."""
    store.reserve(reservations("q", "US1"))
    store.settle("q", billed=(), rest="uncertain")
    store.close_uncertain([("q", "US1")], charged=False)
    for _ in range(2):
        store.settle("q", billed=["US1"], rest="released", histories={"US1": history()}, note="taken back")
    assert store.totals().ever == ChargeCount(billed=1)
    assert states(store) == {("q", "US1"): "released", ("q+", "US1"): "billed"}
