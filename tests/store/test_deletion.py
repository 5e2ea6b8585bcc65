"""A person or a workspace is deleted: what was kept goes, what was spent stays, without its numbers."""

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from components.store import ChargeCount, LookUpUnderWay, SessionRecord
from components.store.schema import metadata
from tests.store.made import history, reservations
from tests.store.test_workspaces import KEY, everything_of, fill

TABLES = (
    "histories",
    "aliases",
    "links",
    "absences",
    "ledger",
    "calls_under_way",
    "leases",
    "look_ups",
    "pdfs",
    "marks",
)
"""All tables in which a number or a person's words can stand."""


def dump(store) -> str:
    """Return all rows of the tables that hold what somebody looked up, as one text."""
    with store._database.read() as connection:
        return "\n".join(str(row) for table in TABLES for row in connection.execute(select(metadata.tables[table])))


def bytes_of(store) -> bytes:
    """Return what stands in an SQLite file, its log and its index."""
    file = store._database.file
    parts = b""
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            parts += Path(f"{file}{suffix}").read_bytes()
    return parts


def spend(store, call: str, number: str, *, user: str, note: str = "") -> None:
    """Charge a person for a number, and leave one of the same call in doubt."""
    store.reserve(reservations(call, number, f"{number}X", user=user, run=f"run {user}"))
    store.settle(call, billed=[number], rest="uncertain", note=note)


def test_a_deleted_workspace_leaves_the_ledger_without_numbers(store):
    """Histories, names, links, PDFs, marks, absences, look-ups: gone; the charges are counted as before."""
    merger = store.for_workspace("merger")
    fill(store, "all")
    kept = everything_of(store)
    fill(merger, "one")
    merger.lease(["US8"], holder="p:run:1")
    merger.release(["US8"], holder="p:run:1")
    before = [(row.at, row.user, row.run, row.request_id, row.state) for row in store.whole_ledger()]
    store.delete_workspace("merger")
    assert [(row.at, row.user, row.run, row.request_id, row.state) for row in store.whole_ledger()] == before
    assert everything_of(store) == kept
    left = everything_of(merger)
    assert {number for _, number in left.pop("ledger")} == {"deleted 5", "deleted 7"}
    assert left.pop("charged") == 2
    assert not any(value for value in left.values())
    assert {row.note for row in merger.ledger()} == {""}


def test_a_deleted_workspace_s_numbers_stand_nowhere_in_the_file(store):
    """Neither in the database, nor in SQLite's log or free pages: not one, of any table."""
    merger = store.for_workspace("merger")
    words = ["US7654321B2", "US76/54321", "a-note-on-it", "US7650000B2", "US7650001B2"]
    merger.reserve(reservations("q", words[0]))
    merger.settle("q", billed=[words[0]], rest="released", histories={words[0]: history(words[1], words[0], "")})
    merger.mark("ada", words[1], ["20180831-CTNF-1"], note=words[2])
    merger.begin_look_up("run", user="ada", numbers=[(words[3], words[3])])
    merger.end_look_up("run", state="finished", message=f"{words[3]} arrived")
    merger.save_absent([words[4]])
    merger.reserve(reservations("q2", words[3]))
    merger.settle("q2", billed=(), rest="uncertain", note=f"the call for {words[3]} broke")
    assert all(word in dump(store) for word in words)
    store.delete_workspace("merger")
    assert not any(word in dump(store) for word in words)
    if store._database.kind == "sqlite":
        assert not any(word.encode() in bytes_of(store) for word in words)


def test_a_deleted_person_leaves_the_ledger_without_numbers(store):
    """Ticks, notes, look-ups, sessions and cap go in every workspace; what was bought, and others' things, stay."""
    merger = store.for_workspace("merger")
    for part in (store, merger):
        part.save(history())
        for person in ("ada", "grace"):
            spend(part, f"{person}'s call", f"US{person}", user=person, note=f"the call for US{person}X broke")
            part.mark(person, KEY, ["20180831-CTNF-1"], read=True, note=f"{person}'s note")
            part.begin_look_up(f"{person}'s run", user=person, numbers=[(f"US{person}", f"US{person}")])
            part.end_look_up(f"{person}'s run", state="interrupted")
    for person in ("ada", "grace"):
        store.set_person_cap(person, 100)
        record = SessionRecord(
            id=f"s-{person}", person=person, email=person, workspace="", begun_at=store.ledger()[-1].at
        )
        store.begin_session(record)
    store.delete_person("ada")
    assert "USada" not in dump(store)
    assert "ada's note" not in dump(store)
    assert Counter(row.user for row in store.whole_ledger()) == {"ada": 8, "grace": 8}
    assert store.person_caps() == {"grace": 100}
    assert [each.id for each in store.sessions(since=store.ledger()[-1].at)] == ["s-grace"]
    assert store.session_ended("s-ada") is not None
    assert store.session_ended("s-grace") is None
    for part in (store, merger):
        assert part.totals(user="ada").ever == ChargeCount(billed=1, uncertain=1)
        assert [record.user for record in part.look_ups()] == ["grace"]
        assert part.marks("ada", [KEY]) == {}
        assert len(part.marks("grace", [KEY])) == 1
        assert [headline.key for headline in part.headlines()] == [KEY]
        assert set(part.uncertain(["USgraceX", "USadaX"])) == {"USgraceX"}


def test_every_number_of_a_call_keeps_one_history_of_its_own(store):
    """The rows of one number get one sign; what is in doubt can still be closed, and what was decided stays told."""
    store.reserve(reservations("q", "US1", "US2", "US3"))
    store.settle("q", billed=(), rest="uncertain", note="broken")
    store.close_uncertain([("q", "US1")], charged=True, note="invoice for US1")
    store.close_uncertain([("q", "US2")], charged=False, note="US2 was free")
    store.delete_person("ada")
    seen = {row.number: (row.state, row.note) for row in store.ledger(current=True)}
    assert seen == {
        "deleted 1": ("billed", "closed as charged"),
        "deleted 2": ("released", "closed as not charged"),
        "deleted 3": ("uncertain", ""),
    }
    assert store.close_uncertain([("q", "deleted 3")], charged=False) == 1
    assert store.totals().ever == ChargeCount(billed=1)


def test_an_answer_that_comes_back_after_all_brings_no_number_back(store):
    """The call's rows stay as they are, blanked, and count; what it brought is kept where it was taken back."""
    store.reserve(reservations("q", "US11205304B2"))
    store.settle("q", billed=(), rest="uncertain")
    store.delete_person("ada")
    store.settle("q", billed=["US11205304B2"], rest="released", histories={"US11205304B2": history()})
    assert {row.number for row in store.ledger()} == {"deleted 1"}
    assert store.totals().ever == ChargeCount(uncertain=1)
    assert [headline.key for headline in store.headlines()] == [KEY]


def test_deleting_twice_changes_nothing_more(store):
    """What is blanked stays as it is, beside what was bought since."""
    spend(store, "q1", "US1", user="ada")
    store.delete_person("ada")
    before = store.ledger()
    store.delete_person("ada")
    assert store.ledger() == before
    spend(store, "q2", "US2", user="ada")
    store.delete_person("ada")
    assert store.ledger()[-len(before) :] == before
    assert {row.number.split()[0] for row in store.ledger()} == {"deleted"}


@pytest.mark.parametrize("under_way", ["look-up", "call", "lease"])
def test_nothing_is_deleted_while_a_look_up_is_under_way(store, under_way):
    """What it brings would be kept after all; the refusal says what to do, and everything is as before."""
    merger = store.for_workspace("merger")
    fill(merger, "one")
    if under_way == "look-up":
        merger.begin_look_up("run", user="ada", numbers=[("US1", "US1")])
    elif under_way == "call":
        merger.reserve(reservations("q", "US1"))
    else:
        merger.lease(["US1"], holder="p:run:1")
    before = dump(store)
    with pytest.raises(LookUpUnderWay, match=r"Nothing was deleted.*Stop the look-up"):
        store.delete_workspace("merger")
    if under_way != "lease":
        with pytest.raises(LookUpUnderWay):
            store.delete_person("ada")
    assert dump(store) == before
    store.delete_person("grace")
    store.delete_workspace("other")


def test_the_workspace_that_all_share_is_not_deleted(store):
    """Only a walled-off one has an end."""
    fill(store, "all")
    before = dump(store)
    with pytest.raises(ValueError, match="share"):
        store.delete_workspace("")
    assert dump(store) == before


@pytest.mark.parametrize(
    "change",
    [
        "number = 'US9'",
        "number = ''",
        "number = 'deleted'",
        "number = 'deleted 99'",
        "number = 'deleted 1 or US9'",
        "number = 'deleted 1', note = 'another'",
        "number = 'deleted 1', note = note || ' and more'",
        "number = 'deleted 1', state = 'released'",
        "number = 'deleted 1', \"user\" = 'grace'",
        "number = 'deleted 1', reserved_at = at",
        "number = 'deleted 1', service = 'elsewhere'",
        "number = 'deleted 1', workspace = 'merger'",
        "number = 'deleted 1', id = id + 100",
        "note = ''",
        "note = 'US1 '",
    ],
)
def test_the_database_lets_rows_be_blanked_and_nothing_else(store, change):
    """Not even by hand can a row be changed but by blanking its number and shortening its note."""
    store.reserve(reservations("q", "US1"))
    store.settle("q", billed=(), rest="uncertain", note="US1 broke")
    before = store.ledger()
    with pytest.raises(DBAPIError, match="append-only"), store._database.engine.begin() as connection:
        connection.execute(text("UPDATE ledger SET " + change + " WHERE state = 'uncertain'"))  # noqa: S608 - words of this test
    assert store.ledger() == before


@pytest.mark.parametrize("change", ["number = 'US1'", "number = 'deleted 1'", "number = 'US1', note = ''"])
def test_a_blanked_row_is_never_filled_again(store, change):
    """Blanking is the last change of a row."""
    store.reserve(reservations("q0", "US0"))
    store.reserve(reservations("q", "US1"))
    store.settle("q0", billed=["US0"], rest="released")
    store.settle("q", billed=["US1"], rest="released")
    store.delete_person("ada")
    before = store.ledger()
    with pytest.raises(DBAPIError, match="append-only"), store._database.engine.begin() as connection:
        connection.execute(text("UPDATE ledger SET " + change + " WHERE request_id = 'q'"))  # noqa: S608 - words of this test
    assert store.ledger() == before
