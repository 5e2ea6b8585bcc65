"""Several processes on one store."""

import subprocess
import sys
from pathlib import Path

from components.lookups import PlanState
from components.sandbox import Switches, start_in_process
from components.settings import Settings
from tests.conftest import ROOT
from tests.waiting import until


def test_thirty_two_sessions_in_four_processes_buy_a_hundred_patents_once(tmp_path: Path) -> None:
    """Each shuffles the list; a hundred charges in all, and everybody gets everything."""
    with start_in_process(switches=Switches(synthetic=100, synthetic_documents=20, latency=0.05)) as service:
        store = f"sqlite:///{tmp_path / 'data' / 'store.db'}"
        command = [sys.executable, "-m", "tests.lookups.buyer", service.base_url, store, "8", "9900001", "100"]
        processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
        assert [process.wait(150) for process in processes] == [0, 0, 0, 0]
        assert service.billing.total == 100
        assert set(service.billing.by_number.values()) == {1}


def test_a_killed_process_leaves_its_calls_uncertain_and_the_rest_to_others(tmp_path: Path) -> None:
    """What it had reserved may have been charged and is shown as such; what was committed is not bought again."""
    from components.desk import open_desk
    from components.numbers import parse

    with start_in_process(switches=Switches(synthetic=50, synthetic_documents=5, latency=0.3)) as service:
        store = f"sqlite:///{tmp_path / 'data' / 'store.db'}"
        command = [sys.executable, "-m", "tests.lookups.buyer", service.base_url, store, "1", "9900001", "50"]
        process = subprocess.Popen(command, cwd=ROOT)
        until(lambda: service.billing.total or process.poll() is not None, "a charge")
        assert process.poll() is None
        process.kill()
        process.wait()
        settings = Settings(patsnap_api_key="sk-test", patsnap_base_url=service.base_url, review_store_url=store)
        desk = open_desk(settings)
        try:
            totals = desk.store.totals().ever
            assert totals.reserved == 0
            assert totals.billed + totals.uncertain >= service.billing.total
            held = len(desk.store.headlines())
            plan = desk.lookups.plan(parse("\n".join(f"US{number}B2" for number in range(9_900_001, 9_900_051))))
            assert plan.charged + len(plan.items_in(PlanState.UNCERTAIN)) == 50 - held
            assert len(plan.items_in(PlanState.UNCERTAIN)) == totals.uncertain > 0
            assert set(service.billing.by_number.values()) == {1}
            ((record, rest),) = desk.lookups.interrupted("local")
            assert len(record.numbers) == 50
            assert [item.state for item in rest.items] == [item.state for item in plan.items]
        finally:
            desk.close()
