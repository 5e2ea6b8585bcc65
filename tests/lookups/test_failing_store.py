"""The store fails while an answer is saved: the charge is told, the answer is kept, and it is saved or taken back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from components.histories import DocumentList
from components.lookups import AnswerFileRefused, AnswerFiles, Job, PlanState
from components.store import document_lists
from tests.lookups.conftest import LookupSetup, MakeSetup
from tests.patsnap.service import PATH, Contract, Reply, Server, document, entry
from tests.people import administrator
from tests.waiting import until

NUMBERS = [f"US{number}B2" for number in range(9_900_001, 9_900_011)]


class LockedStore:
    """Another program that keeps the store's file locked, from the moment when a call is under way."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)

    def lock(self) -> None:
        """Keep everybody else from writing."""
        self._connection.execute("PRAGMA busy_timeout = 10000")
        self._connection.execute("BEGIN IMMEDIATE")

    def unlock(self) -> None:
        """Let others write again."""
        self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """End the other program."""
        self._connection.close()


def locked_while_asked(setup: LookupSetup, file: Path, numbers: list[str]) -> tuple[Job, LockedStore]:
    """Begin a look-up, and lock the store while the service answers; return when the look-up has ended."""
    other = LockedStore(file)
    setup.sandbox.switch(latency=0.6)
    job = setup.lookups.start(setup.plan("\n".join(numbers)))
    until(lambda: setup.billing.calls, "a call")
    other.lock()
    assert job.wait(30).ended
    return job, other


def test_a_charge_is_told_and_its_answer_saved_as_soon_as_the_store_is_well(
    make_setup: MakeSetup, tmp_path: Path
) -> None:
    """Locked while ten answers are saved: ten charged, ten kept in memory, none bought again, all saved later."""
    setup = make_setup(switches={"synthetic": 10})
    job, other = locked_while_asked(setup, tmp_path / "data" / "store.db", NUMBERS)
    with closing(other):
        progress = job.snapshot()
        assert progress.state == "halted"
        assert "Nothing was charged" not in progress.message
        assert (progress.charged, progress.unsaved) == (setup.billing.total, 10) == (10, 10)
        assert {outcome.state for outcome in progress.outcomes} == {"unsaved"}
        assert setup.lookups.unsaved("local") == 10
        assert {item.state for item in setup.plan("\n".join(NUMBERS)).items} == {PlanState.FREE}
        other.unlock()
        until(lambda: not setup.lookups.unsaved("local"), "the answers to be saved")
    assert {outcome.state for outcome in job.snapshot().outcomes} == {"fetched"}
    totals = setup.store.totals().ever
    assert (totals.billed, totals.reserved, totals.uncertain) == (10, 0, 0)
    assert {item.state for item in setup.plan("\n".join(NUMBERS)).items} == {PlanState.HELD}
    assert setup.store.lease(NUMBERS, holder="later:1") == set(NUMBERS)
    assert setup.billing.total == 10


def test_a_download_of_what_is_not_saved_is_taken_back_without_a_charge(make_setup: MakeSetup, tmp_path: Path) -> None:
    """Also by another process on a new, empty store; the histories say so, and hold every document but no link."""
    setup = make_setup(switches={"synthetic": 10, "synthetic_documents": 7})
    job, other = locked_while_asked(setup, tmp_path / "data" / "store.db", NUMBERS)
    with closing(other):
        assert job.snapshot().unsaved == 10
        file = setup.lookups.unsaved_file("local")
        assert b"sign=" not in file
        assert b"http" not in file
        assert setup.lookups.unsaved_file("somebody else").count(b"asked") == 0
        fresh = make_setup(on=setup, store_url=f"sqlite:///{tmp_path / 'fresh' / 'store.db'}")
        assert fresh.lookups.take_back(file, user=administrator("ada")) == 10
        assert fresh.lookups.take_back(file, user=administrator("ada")) == 10
    plan = fresh.plan("\n".join(NUMBERS))
    assert {item.state for item in plan.items} == {PlanState.HELD}
    for history in fresh.store.load(plan.keys).values():
        assert (history.documents_held, history.complete) == (7, True)
        assert any(finding.startswith("Taken back from a file") for finding in history.findings)
    assert fresh.store.totals().ever.billed == 10
    assert {(row.user, row.run) for row in fresh.store.ledger()} == {("local", job.id)}
    assert setup.billing.total == 10


def test_a_file_that_was_changed_or_is_not_ours_is_refused(make_setup: MakeSetup, tmp_path: Path) -> None:
    """A changed letter, another deployment's key, another service, no such file: refused whole, nothing is saved."""
    setup = make_setup(switches={"synthetic": 10})
    _, other = locked_while_asked(setup, tmp_path / "data" / "store.db", NUMBERS[:2])
    with closing(other):
        file = setup.lookups.unsaved_file("local")
    fresh = make_setup(on=setup, store_url=f"sqlite:///{tmp_path / 'fresh' / 'store.db'}")
    for other_key, source in (("another", "test"), ("the deployment's", "elsewhere")):
        foreign = AnswerFiles(key=SecretStr(other_key), source=source)
        with pytest.raises(AnswerFileRefused):
            foreign.read(file)
    for bad in (file.replace(b"US9900001B2", b"US9900003B2", 1), file[:-9], b"", b"PK\x03\x04", b'{"answers": []}'):
        with pytest.raises(AnswerFileRefused, match="nothing was charged"):
            fresh.lookups.take_back(bad, user=administrator("ada"))
    assert fresh.store.headlines() == []


def test_a_charge_in_doubt_that_the_store_cannot_take_is_told_as_such(make_setup: MakeSetup, tmp_path: Path) -> None:
    """The call breaks while the store is locked: nothing has arrived, all is asked about, here and in a file."""
    with Server(lambda _: Reply(status=500, delay=0.6)).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH)
        other = LockedStore(tmp_path / "data" / "store.db")
        job = setup.lookups.start(setup.plan("\n".join(NUMBERS[:5])))
        until(lambda: server.calls, "a call")
        other.lock()
        progress = job.wait(30)
    with closing(other):
        assert (progress.uncertain, progress.unsaved) == (5, 0)
        assert {outcome.state for outcome in progress.outcomes} == {"uncertain"}
        assert " 5 may have been charged. " in progress.message
        assert {item.state for item in setup.plan("\n".join(NUMBERS[:5])).items} == {PlanState.UNCERTAIN}
        file = setup.lookups.unsaved_file("local")
        fresh = make_setup(on=setup, store_url=f"sqlite:///{tmp_path / 'fresh' / 'store.db'}")
        assert fresh.lookups.take_back(file, user=administrator("ada")) == 0
        assert {item.state for item in fresh.plan("\n".join(NUMBERS[:5])).items} == {PlanState.UNCERTAIN}
        other.unlock()
        until(lambda: setup.store.totals().ever.uncertain == 5, "the ledger to know it")
    assert {item.state for item in setup.plan("\n".join(NUMBERS[:5])).items} == {PlanState.UNCERTAIN}
    assert setup.store.totals().ever.reserved == 0


def test_a_store_that_is_gone_when_a_call_is_about_to_be_sent_keeps_nothing_reserved(
    make_setup: MakeSetup, tmp_path: Path
) -> None:
    """Moved away in the midst of a look-up and put back: no further call, and no reservation of one never sent."""
    setup = make_setup(switches={"synthetic": 10, "latency": 0.1}, patsnap_batch=1, patsnap_workers=2)
    folder, away = tmp_path / "data", tmp_path / "away"
    job = setup.lookups.start(setup.plan("\n".join(NUMBERS)))
    until(lambda: setup.billing.total >= 2, "two charges")
    folder.rename(away)
    progress = job.wait(30)
    assert progress.state == "halted"
    assert progress.charged + progress.uncertain >= setup.billing.total
    away.rename(folder)
    until(lambda: not setup.store.totals().ever.reserved, "every reservation to be settled")
    until(lambda: not setup.lookups.unsaved("local"), "the answers to be saved")
    assert setup.store.totals().ever.billed == setup.billing.total == len(setup.store.headlines())


def test_a_part_of_a_history_that_is_saved_late_is_not_called_whole(make_setup: MakeSetup, tmp_path: Path) -> None:
    """The store is locked while the first page of five arrives: saved later, the rest is offered at its price."""
    contract = Contract({"US9900001B2": entry("US9900001B2", [document(index) for index in range(45)])}, cap=10)
    with Server(lambda asked: replace(contract(asked), delay=0.6)).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH)
        other = LockedStore(tmp_path / "data" / "store.db")
        job = setup.lookups.start(setup.plan("US9900001B2"))
        until(lambda: server.calls, "a call")
        other.lock()
        assert job.wait(30).unsaved == 1
        with closing(other):
            other.unlock()
            until(lambda: not setup.lookups.unsaved("local"), "the answer to be saved")
        until(lambda: job.snapshot().outcomes[0].state == "stopped", "the outcome")
        assert "10 of 45 documents arrived" in job.snapshot().outcomes[0].message
        rest = setup.lookups.plan_rest(job)
        assert (rest.least, rest.charged) == (1, 4)
        assert setup.lookups.start(rest).wait(30).charged == 4


def test_an_answer_that_can_never_be_kept_hides_no_charge_and_stops_no_other(
    make_setup: MakeSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault inside the app while one history is saved: its charge is in the ledger, and later answers are saved."""
    packed = document_lists.pack

    def fails_for_one(documents: DocumentList) -> tuple[bytes, str]:
        if "Document 13" in documents.description:
            raise OverflowError
        return packed(documents)

    monkeypatch.setattr(document_lists, "pack", fails_for_one)
    entries = {number: entry(number, [document(13 + index)]) for index, number in enumerate(NUMBERS)}
    contract = Contract(entries)
    with Server(contract).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH)
        progress = setup.run(NUMBERS[0]).snapshot()
        assert "This look-up has charged 1." in progress.message
        assert setup.lookups.unsaved("local") == 1
        until(lambda: setup.store.totals().ever.billed == 1, "the charge in the ledger")
        assert setup.run("\n".join(NUMBERS[1:3])).snapshot().state == "finished"
        assert setup.store.totals().ever.reserved == 0
        assert {item.state for item in setup.plan(NUMBERS[0]).items} == {PlanState.FREE}
