"""What may have been charged already is asked about, and bought again only by a click that says so."""

import subprocess
import sys
from pathlib import Path

from components.access import LOCAL_PERSON
from components.lookups import PlanState
from components.sandbox import Switches, start_in_process
from components.settings import Settings
from tests.conftest import ROOT
from tests.lookups.conftest import MakeSetup
from tests.patsnap.service import PATH, Asked, Contract, Reply, Server, document, entry
from tests.waiting import until

NUMBERS = [f"US{number}B2" for number in range(9_900_001, 9_900_031)]


def test_a_call_that_may_have_been_charged_is_not_repeated_and_is_asked_about(make_setup: MakeSetup) -> None:
    """One call of two breaks: its numbers are a state of their own, left out of every other purchase."""
    setup = make_setup(switches={"synthetic": 30, "inject": "500:1"}, patsnap_workers=1)
    progress = setup.run("\n".join(NUMBERS)).snapshot()
    assert setup.billing.calls == 2
    assert (progress.charged, progress.uncertain) == (5, 25)
    assert [outcome.state for outcome in progress.outcomes] == ["uncertain"] * 25 + ["fetched"] * 5
    assert not progress.can_resume
    plan = setup.plan("\n".join(NUMBERS))
    assert [item.state for item in plan.items] == [PlanState.UNCERTAIN] * 25 + [PlanState.HELD] * 5
    assert plan.items[0].note.startswith("may have been charged already, on ")
    assert setup.lookups.quote(plan).label == "Look up 5 · free"
    assert setup.run("\n".join(NUMBERS)).snapshot().calls == 0
    assert setup.billing.calls == 2


def test_a_click_that_says_so_buys_it_again_and_nothing_else(make_setup: MakeSetup) -> None:
    """The second button states its own price; what else the list holds stays out of it."""
    setup = make_setup(switches={"synthetic": 30, "inject": "500:1"}, patsnap_workers=1)
    setup.run("\n".join(NUMBERS[:3]))
    plan = setup.plan("\n".join(NUMBERS[:6]))
    again = setup.lookups.plan_buying_again(plan)
    assert setup.lookups.quote(again).label == "Buy 3 again · 3 charged"
    assert setup.lookups.quote(plan).label == "Look up 3 · 3 charged"
    progress = setup.lookups.start(again).wait(30)
    assert (progress.state, progress.charged) == ("finished", 3)
    assert setup.billing.total == 3
    states = [item.state for item in setup.plan("\n".join(NUMBERS[:6])).items]
    assert states == [PlanState.HELD] * 3 + [PlanState.CHARGED] * 3


def test_what_became_uncertain_after_the_click_is_asked_about_once_more(make_setup: MakeSetup) -> None:
    """Two sessions may buy the same again: when the first one's call breaks, the second does not go on by itself."""
    setup = make_setup(switches={"synthetic": 1, "inject": "500:2"})
    setup.run(NUMBERS[0])
    agreed = setup.lookups.plan_buying_again(setup.plan(NUMBERS[0]))
    setup.lookups.start(setup.lookups.plan_buying_again(setup.plan(NUMBERS[0]))).wait(30)
    assert setup.billing.calls == 2
    (outcome,) = setup.lookups.start(agreed).wait(30).outcomes
    assert outcome.state == "uncertain"
    assert setup.billing.calls == 2
    (item,) = setup.plan(NUMBERS[0]).items
    assert "2 times" in item.note


def test_a_bad_number_of_a_broken_call_is_told_from_the_good_ones_when_all_are_bought_again(
    make_setup: MakeSetup,
) -> None:
    """A number that always gives HTTP 500 takes its batch along once; bought again one by one, the others arrive."""
    contract = Contract({number: entry(number, [document(1)]) for number in NUMBERS})

    def poisoned(asked: Asked) -> Reply:
        return Reply(status=500) if NUMBERS[3] in asked.numbers else contract(asked)

    with Server(poisoned).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH, patsnap_workers=4)
        setup.run("\n".join(NUMBERS))
        assert len(setup.plan("\n".join(NUMBERS)).items_in(PlanState.UNCERTAIN)) == 25
        again = setup.lookups.plan_buying_again(setup.plan("\n".join(NUMBERS)))
        assert setup.lookups.start(again).wait(60).state == "finished"
        (bad,) = setup.plan("\n".join(NUMBERS)).items_in(PlanState.UNCERTAIN)
        assert bad.number.typed == NUMBERS[3]
        assert set(contract.billed.values()) == {1}


def test_a_person_decides_and_the_number_is_planned_accordingly(make_setup: MakeSetup) -> None:
    """Closed as not charged, it is bought as any other; nothing of it stays open."""
    setup = make_setup(switches={"synthetic": 2, "inject": "500:1"})
    setup.run("\n".join(NUMBERS[:2]))
    rows = [row for row in setup.store.ledger(current=True) if row.state == "uncertain"]
    assert setup.store.close_uncertain([(row.request_id, row.number) for row in rows], charged=False) == 2
    assert {item.state for item in setup.plan("\n".join(NUMBERS[:2])).items} == {PlanState.CHARGED}


def test_a_repeat_that_was_allowed_is_in_the_quote(make_setup: MakeSetup) -> None:
    """With `PATSNAP_REPEAT_UNCERTAIN=1` each number may be charged once more, and the worst case says so."""
    setup = make_setup(switches={"synthetic": 30, "inject": "500:1"}, patsnap_repeat_uncertain=1, patsnap_workers=1)
    quote = setup.lookups.quote(setup.plan("\n".join(NUMBERS[:25])))
    assert (quote.repeats, quote.worst_case) == (25, 25 * 5 + 25)


def test_a_killed_look_up_is_offered_again_with_what_arrived_what_is_open_and_what_remains(tmp_path: Path) -> None:
    """To the person who began it; taking it up buys the rest alone, and it is offered no more."""
    from components.desk import open_desk

    with start_in_process(switches=Switches(synthetic=60, synthetic_documents=3, latency=0.4)) as service:
        store = f"sqlite:///{tmp_path / 'data' / 'store.db'}"
        command = [sys.executable, "-m", "tests.lookups.buyer", service.base_url, store, "1", "9900001", "60", "1"]
        process = subprocess.Popen(command, cwd=ROOT)
        until(lambda: service.billing.total >= 25 or process.poll() is not None, "the first answer")
        until(lambda: service.billing.calls >= 2 or process.poll() is not None, "the second call")
        assert process.poll() is None
        process.kill()
        process.wait()
        settings = Settings(patsnap_api_key="sk-test", patsnap_base_url=service.base_url, review_store_url=store)
        desk = open_desk(settings)
        try:
            assert desk.lookups.interrupted("somebody else") == []
            ((record, plan),) = desk.lookups.interrupted("local")
            held, open_, rest = (
                len(plan.items_in(state)) for state in (PlanState.HELD, PlanState.UNCERTAIN, PlanState.CHARGED)
            )
            assert held + open_ + rest == 60
            assert 0 < open_ <= 25
            assert rest > 0
            assert desk.lookups.take_up(record, user=LOCAL_PERSON).wait(60).state == "finished"
            # Whether the call that was cut off was charged is what nobody knows; the others were, once each.
            assert held + rest <= service.billing.total <= 60
            assert set(service.billing.by_number.values()) == {1}
            assert desk.lookups.interrupted("local") == []
        finally:
            desk.close()


def test_a_cap_that_leaves_nothing_leaves_nothing_to_buy_again(make_setup: MakeSetup) -> None:
    """What is in doubt counts against the cap; the button has no price then."""
    setup = make_setup(switches={"synthetic": 2, "inject": "500:1"}, review_cap_day=2)
    setup.run("\n".join(NUMBERS[:2]))
    again = setup.lookups.plan_buying_again(setup.plan("\n".join(NUMBERS[:2])))
    assert {item.state for item in again.items} == {PlanState.BEYOND_CAP}
    assert setup.lookups.quote(again).label == "Buy again"
