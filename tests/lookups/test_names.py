"""One application is bought once, whatever names it is asked for by; applications of two offices are two."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from components.lookups import Job, PlanState
from components.lookups.plan import make_plan, sort_of
from components.lookups.worker import phases
from components.numbers import parse
from tests.lookups.conftest import LookupSetup, MakeSetup
from tests.patsnap.service import PATH, Asked, Contract, Reply, Server, document, entry

GRANTS = [f"US{number}B2" for number in range(9_900_001, 9_900_021)]
APPLICATIONS = [f"US14/{number}" for number in range(400_001, 400_021)]


def service_of_two_names(*, delay: float) -> tuple[Contract, Callable[[Asked], Reply]]:
    """A service that knows each of twenty applications by its grant and by its application number."""
    entries = {
        grant: entry(grant, [document(index)], apno=apno)
        for index, (grant, apno) in enumerate(zip(GRANTS, APPLICATIONS, strict=True))
    }
    contract = Contract(entries | {known["apno"]: known for known in entries.values()})
    return contract, lambda asked: replace(contract(asked), delay=delay)


def test_publication_and_application_numbers_side_by_side_are_bought_once(make_setup: MakeSetup) -> None:
    """Twenty patents under two names each: the quote says 20 to 40, and twenty are charged."""
    contract, respond = service_of_two_names(delay=0.02)
    with Server(respond).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH, patsnap_batch=5)
        typed = "\n".join(name for pair in zip(APPLICATIONS, GRANTS, strict=True) for name in pair)
        assert setup.lookups.quote(setup.plan(typed)).label == "Look up 40 · 20 to 40 charged"
        progress = setup.run(typed).snapshot()
        assert (progress.state, progress.done, progress.charged) == ("finished", 40, 20)
        assert contract.billed.total() == 20
        assert len(setup.plan(typed).keys) == 20


def test_two_sessions_with_a_name_each_buy_an_application_once(make_setup: MakeSetup) -> None:
    """One asks by publication numbers, one by application numbers, at the same moment, in two workers on one store."""
    contract, respond = service_of_two_names(delay=0.1)
    ready = threading.Barrier(2)

    def look_up(worker: LookupSetup, numbers: list[str]) -> Job:
        plan = worker.plan("\n".join(numbers))
        ready.wait(20)
        job = worker.lookups.start(plan)
        job.wait(60)
        return job

    with Server(respond).running() as server:
        service = {"patsnap_base_url": server.base, "patsnap_path": PATH}
        setup = make_setup(**service)
        second = make_setup(on=setup, **service)
        with ThreadPoolExecutor(2) as pool:
            jobs = list(pool.map(look_up, (setup, second), (GRANTS, APPLICATIONS)))
    assert contract.billed.total() == 20
    assert {outcome.state for job in jobs for outcome in job.snapshot().outcomes} == {"fetched", "held"}


def test_applications_of_two_offices_under_one_id_are_both_bought_and_shown(make_setup: MakeSetup) -> None:
    """PatSnap gives a US and a European application one id: both are charged, both are held, neither is a double."""
    shared = {"patent_id": "718ead9c-4f3c-4674-8f5a-24e126827269"}
    histories = {
        "US9900001B2": entry("US9900001B2", [document(1)], apno="US14/000001", **shared),
        "EP1000000B1": entry("EP1000000B1", [document(2), document(3)], apno="EP99203729", **shared),
    }
    contract = Contract(histories)
    with Server(contract).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH)
        typed = "US9900001B2, EP1000000B1"
        assert setup.lookups.quote(setup.plan(typed)).label == "Look up 2 · 2 charged"
        assert {outcome.state for outcome in setup.run(typed).snapshot().outcomes} == {"fetched"}
        plan = setup.plan(typed)
        assert [item.state for item in plan.items] == [PlanState.HELD, PlanState.HELD]
        held = setup.store.load(plan.keys)
        assert {key: history.documents_held for key, history in held.items()} == {"US14/000001": 1, "EP99203729": 2}
        assert contract.billed.total() == 2


def test_numbers_of_an_office_are_asked_for_sort_by_sort() -> None:
    """Publications before grant, then other publications, then applications; offices do not wait for each other."""
    numbers = dict(enumerate(parse("14/412,875\nUS10765880B2\nUS2015/0306406A1\nEP1000000B1\nEP 99203729")))
    asked = [{number.reading.normalised for number in phase.values()} for phase in phases(numbers)]
    assert asked == [{"US20150306406A1", "EP1000000B1"}, {"US10765880B2", "EP99203729"}, {"US14/412875"}]
    assert [sort_of(number) for number in numbers.values()] == [2, 1, 0, 1, 2]


@pytest.mark.parametrize(
    ("typed", "least", "charged"),
    [
        ("US9900001B2, US9900002B2", 2, 2),
        ("US9900001B2, 14/412,875", 1, 2),
        ("US9900001B2, US9900002B2, 14/412,875, US2015/0306406A1", 2, 4),
        ("EP1000000B1, 14/412,875", 2, 2),
    ],
)
def test_a_quote_says_what_it_cannot_know(typed: str, least: int, charged: int) -> None:
    """Numbers of one office and of different sorts may be one application; those of two offices never are."""
    plan = make_plan(parse(typed), held={}, absent=(), under_way=(), documents_a_call=1000)
    assert (plan.least, plan.charged) == (least, charged)


def test_a_long_history_is_not_read_on_under_a_name_that_only_its_answer_tells(make_setup: MakeSetup) -> None:
    """The grant is held complete; the publication cannot be known to be the same, but after one page it is."""
    documents = [document(index) for index in range(25)]
    whole = entry("US9900001B2", documents, apno="US14/400001")
    contract = Contract(
        {"US9900001B2": whole, "US20150000001A1": {**whole, "patent_number": "US20150000001A1"}}, cap=10
    )
    with Server(contract).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH)
        setup.run("US9900001B2")
        assert contract.billed.total() == 3
        progress = setup.run("US2015/0000001A1").snapshot()
        assert [outcome.state for outcome in progress.outcomes] == ["fetched"]
        assert contract.billed.total() == 4
        (item,) = setup.plan("US2015/0000001A1").items
        assert item.state is PlanState.HELD
        assert setup.store.load(["US14/400001"])["US14/400001"].documents_held == 25


def test_two_names_of_a_history_that_is_held_in_part_are_bought_once(make_setup: MakeSetup) -> None:
    """Its rest is one purchase, however often the list names it."""
    setup = make_setup(switches={"limit_cap": 100, "over_cap": "cap", "inject": "67200005:1:1"})
    setup.run("US10765880B2")
    plan = setup.plan("US10765880B2\n14/412,875")
    assert [item.state for item in plan.items] == [PlanState.CHARGED, PlanState.DOUBLED]
    assert (plan.least, plan.charged) == (1, 1)


def test_numbers_that_may_name_what_is_in_doubt_are_not_bought_in_the_same_run(make_setup: MakeSetup) -> None:
    """The call for five grants breaks: their application numbers, of the same list, wait for a decision."""
    contract, _ = service_of_two_names(delay=0)

    def respond(asked: Asked) -> Reply:
        return Reply(status=500) if GRANTS[0] in asked.numbers else contract(asked)

    with Server(respond).running() as server:
        setup = make_setup(patsnap_base_url=server.base, patsnap_path=PATH, patsnap_batch=5)
        progress = setup.run("\n".join([*GRANTS[:5], *APPLICATIONS[:5], "EP1000000B1"])).snapshot()
        assert [outcome.state for outcome in progress.outcomes] == ["uncertain"] * 5 + ["stopped"] * 5 + ["not covered"]
        assert "may name an application" in progress.outcomes[5].message
        assert contract.billed.total() == 0
