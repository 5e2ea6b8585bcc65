"""Many sessions of several processes on one store name the same applications differently, while some are killed."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from components.lookups import PlanState
from components.numbers import parse
from components.store import ChargeCount
from tests.patsnap.service import Server
from tests.soak.billing_service import BillingService
from tests.soak.buyer import kill, open_shipped, start_sessions
from tests.waiting import until

pytestmark = pytest.mark.load

NAMES = [(f"US99{index:05}B2", f"US14/{index:06}") for index in range(1, 101)]
"""A hundred applications, each by its grant and by its application number."""
GRANTS = [grant for grant, _ in NAMES]


@contextmanager
def billing(latency: float) -> Iterator[tuple[BillingService, str]]:
    """Serve on a real socket, and give the bill and the address."""
    service = BillingService(random.Random(3), latency=(0, latency))  # noqa: S311 - dice
    with Server(service).running() as server:
        yield service, server.base


def test_thirty_two_sessions_in_four_processes_buy_a_hundred_applications_once(store_url: str) -> None:
    """Each names each application as it likes, in an order of its own: a hundred charges, and everybody gets all."""
    with billing(0.03) as (service, base):
        buyers = [start_sessions(base, store_url, NAMES, sessions=8, seed=seed) for seed in range(4)]
        for process, pipe in buyers:
            assert pipe.recv() == "opened"
            assert pipe.poll(120)
            assert pipe.recv() == Counter()
            process.join(30)
        assert service.billed == Counter(GRANTS)


def test_a_cap_of_the_day_holds_against_them_all(store_url: str) -> None:
    """A cap below the list: charged up to it and never beyond, by the service's bill and by the ledger."""
    with billing(0.03) as (service, base):
        buyers = [start_sessions(base, store_url, NAMES, sessions=8, seed=seed, review_cap_day=60) for seed in range(4)]
        for process, pipe in buyers:
            assert pipe.recv() == "opened"
            assert pipe.poll(120)
            assert pipe.recv().keys() <= {"stopped"}
            process.join(30)
        assert service.billed.total() == 60
        assert set(service.billed.values()) == {1}
        with closing(open_shipped(base, store_url)) as desk:
            assert desk.store.totals().today == ChargeCount(billed=60)


def test_what_a_killed_process_may_have_bought_is_bought_again_on_purpose_only(postgres_url: str) -> None:
    """One of the four is killed in the midst and started again, twice: charged twice is at most what was in doubt.

    On PostgreSQL; what a kill leaves in a file is tried in tests/lookups/test_kills.py.
    """
    with billing(0.1) as (service, base):
        buyers = [start_sessions(base, postgres_url, NAMES, sessions=8, seed=seed) for seed in range(4)]
        for kills in range(2):
            until(lambda expected=20 * kills: service.billed.total() > expected, "a charge")
            kill(buyers[kills][0])
            buyers.append(start_sessions(base, postgres_url, NAMES, sessions=8, seed=10 + kills))
        for process, pipe in buyers[2:]:
            assert pipe.recv() == "opened"
            assert pipe.poll(120)
            # Stopped: it waited for another session of its process, which found the number to be in doubt.
            assert pipe.recv().keys() <= {"uncertain", "stopped"}
            process.join(30)
        with closing(open_shipped(base, postgres_url)) as desk:
            plan = desk.lookups.plan(parse("\n".join(GRANTS)))
            assert {item.state for item in plan.items} <= {PlanState.HELD, PlanState.UNCERTAIN}
            told = desk.store.totals().ever
            assert told.reserved == 0
            assert told.billed <= service.billed.total() <= told.billed + told.uncertain
            doubtful = {row.number for row in desk.store.ledger(current=True) if row.state == "uncertain"}
            in_doubt = {grant for grant, apno in NAMES if doubtful & {grant, apno}}
            twice = {grant for grant, times in service.billed.items() if times > 1}
            # Nobody can know that a number in doubt is another name of one that nobody has an answer for yet.
            assert twice <= in_doubt
            again = desk.lookups.plan_buying_again(plan)
            assert desk.lookups.start(again).wait(60).state == "finished"
            assert {item.state for item in desk.lookups.plan(parse("\n".join(GRANTS))).items} == {PlanState.HELD}
            assert service.billed.total() <= 100 + len(doubtful)
            assert max(service.billed.values()) <= 2
