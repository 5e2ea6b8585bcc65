"""Who may only look at what is held begins nothing that is charged, by whatever path, and decides about no charge."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from components.lookups import MayNotDecide, MayNotSpend, PlanState
from tests.lookups.conftest import LookupSetup, MakeSetup
from tests.lookups.test_failing_store import locked_while_asked
from tests.people import administrator, spender, viewer
from tests.waiting import until

US_KEY = "US14/643719"
VIEWER = viewer("vic@example.com")
ADA = spender("ada@example.com")
NUMBERS = [f"US{number}B2" for number in range(9900001, 9900011)]


def refused(setup: LookupSetup, action) -> None:
    """Do what must be refused in words for the user, and charge nothing."""
    before = setup.billing.calls
    with pytest.raises(MayNotSpend, match="ask whoever runs this app to add you to REVIEW_SPEND"):
        action()
    assert setup.billing.calls == before


def test_a_look_up_and_a_refresh_are_refused(make_setup: MakeSetup) -> None:
    """Of what is new, and of what is held."""
    setup = make_setup()
    refused(setup, lambda: setup.lookups.start(setup.plan("US10000000B2"), user=VIEWER))
    setup.run("US10000000B2")
    refused(setup, lambda: setup.lookups.start(setup.lookups.plan_refresh([US_KEY]), user=VIEWER))
    assert setup.billing.total == 1


def test_a_look_up_ends_with_the_right_of_its_person(make_setup: MakeSetup) -> None:
    """Before its next call; what had arrived is kept."""
    setup = make_setup(switches={"synthetic": 10}, patsnap_batch=1, patsnap_workers=1)
    leaving = replace(ADA, spend_check=lambda: setup.billing.total < 2)
    job = setup.lookups.start(setup.plan(", ".join(NUMBERS)), user=leaving)
    ended = job.wait(60)
    assert (ended.state, ended.charged, setup.billing.total) == ("halted", 2, 2)
    assert "may not spend any more" in ended.message
    assert len(setup.store.headlines()) == 2


def test_what_may_have_been_charged_is_not_bought_again(make_setup: MakeSetup) -> None:
    """The question about it is not a viewer's to answer."""
    setup = make_setup(switches={"synthetic": 1, "inject": "500:1"})
    setup.run(NUMBERS[0])
    again = setup.lookups.plan_buying_again(setup.plan(NUMBERS[0]))
    assert again.charged == 1
    refused(setup, lambda: setup.lookups.start(again, user=VIEWER))


def test_what_is_left_of_a_look_up_is_not_resumed_or_taken_up(make_setup: MakeSetup) -> None:
    """Not even by whoever began it, once the right is taken away; it is offered again after that."""
    setup = make_setup(switches={"synthetic": 1, "inject": "67200005:1"})
    job = setup.lookups.start(setup.plan(NUMBERS[0]), user=ADA)
    assert job.wait(30).can_resume
    refused(setup, lambda: setup.lookups.resume(job, user=viewer(ADA.name)))
    setup.store.begin_look_up("run-1", user=ADA.name, numbers=[(NUMBERS[0], NUMBERS[0])])
    setup.store.end_look_up("run-1", state="interrupted")
    ((record, _),) = setup.lookups.interrupted(ADA.name)
    refused(setup, lambda: setup.lookups.take_up(record, user=viewer(ADA.name)))
    assert [record.run for record, _ in setup.lookups.interrupted(ADA.name)] == ["run-1"]


def test_what_costs_nothing_may_be_watched(make_setup: MakeSetup) -> None:
    """What a colleague is buying is waited for without a charge."""
    setup = make_setup(switches={"synthetic": 1, "latency": 0.5})
    bought = setup.lookups.start(setup.plan(NUMBERS[0]), user=ADA)
    until(lambda: setup.billing.calls or bought.ended, "the call")
    plan = setup.plan(NUMBERS[0])
    assert [item.state for item in plan.items] == [PlanState.FREE]
    (outcome,) = setup.lookups.start(plan, user=VIEWER).wait(30).outcomes
    assert outcome.key is not None
    assert setup.billing.total == 1
    assert {row.user for row in setup.store.ledger()} == {ADA.name}


def test_charges_are_decided_by_whoever_may(make_setup: MakeSetup) -> None:
    """One's own by who may spend, all by an administrator; a refusal changes nothing."""
    setup = make_setup(switches={"synthetic": 2, "inject": "500:2"})
    for number, person in zip(NUMBERS, (ADA, spender("bob@example.com")), strict=False):
        setup.lookups.start(setup.plan(number), user=person).wait(30)
    rows = setup.store.ledger(current=True)
    own = [row for row in rows if row.user == ADA.name]
    for person, chosen in ((VIEWER, rows), (viewer(ADA.name), own), (ADA, rows)):
        with pytest.raises(MayNotDecide, match="Nothing was changed"):
            setup.lookups.close_uncertain(chosen, charged=False, note="statement", user=person)
    assert setup.store.totals().ever.uncertain == 2
    assert setup.lookups.close_uncertain(own, charged=True, note="invoice 7", user=ADA) == 1
    admin = administrator("root@example.com", may_spend=False)
    assert setup.lookups.close_uncertain(rows, charged=False, note="statement", user=admin) == 1
    notes = {row.user: row.note for row in setup.store.ledger(current=True)}
    assert notes == {
        ADA.name: "closed as charged: ada@example.com: invoice 7",
        "bob@example.com": "closed as not charged: root@example.com: statement",
    }


def test_a_file_of_answers_is_taken_back_by_whoever_may(make_setup: MakeSetup, tmp_path: Path) -> None:
    """It books charges to whoever made them: an administrator takes back all, others who may spend their own."""
    setup = make_setup(switches={"synthetic": 2})
    _, other = locked_while_asked(setup, tmp_path / "data" / "store.db", NUMBERS[:2])
    with closing(other):
        file = setup.lookups.unsaved_file("local")
        fresh = make_setup(on=setup, store_url=f"sqlite:///{tmp_path / 'fresh' / 'store.db'}")
        for person in (ADA, viewer("local")):
            with pytest.raises(MayNotDecide):
                fresh.lookups.take_back(file, user=person)
        assert fresh.store.ledger() == []
        assert fresh.lookups.take_back(file, user=administrator("root", may_spend=False)) == 2
