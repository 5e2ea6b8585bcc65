"""What other people's look-ups add to a plan. Run: `python -m tests.bench.bench_plan`.

Plans 10,000 typed numbers, none of them held, beside no other look-up and beside one of 10,000 other numbers, half of
them the same. Prints the medians, the spread, and their ratio; the aim is at most 1.25.
"""

import statistics
import tempfile
import time
from pathlib import Path

from components.access import LOCAL_PERSON
from components.desk import open_desk
from components.lookups import Job, Plan, PlanItem, PlanState
from components.lookups.jobs import Jobs
from components.numbers import Number, parse
from components.settings import Settings

COUNT = 10_000
REPEATS = 15


def numbers(first: int) -> list[Number]:
    """Made-up US grants without a kind code: each has two names to ask for."""
    return parse("\n".join(f"US{number}" for number in range(first, first + COUNT)))


def main() -> None:
    """Time both in turn, so that what else the machine does meets both."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o700)
        desk = open_desk(Settings(review_store_url=f"sqlite:///{folder}/store.db"))
        typed = numbers(9_000_001)
        running = Job(
            Plan(tuple(PlanItem(number, PlanState.CHARGED) for number in numbers(9_000_001 + COUNT // 2))),
            user=LOCAL_PERSON,
            worst_case=COUNT,
        )
        alone, beside = [], []
        for _ in range(REPEATS + 1):
            for times, jobs in ((alone, Jobs()), (beside, Jobs())):
                if times is beside:
                    jobs.add(running)
                desk.lookups._jobs = jobs
                start = time.perf_counter()
                desk.lookups.plan(typed)
                times.append((time.perf_counter() - start) * 1000)
        running.end()
        desk.close()
    for label, times in (("beside none", alone[1:]), (f"beside {COUNT:,} running", beside[1:])):
        print(f"{label}: {statistics.median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})")  # noqa: T201
    print(f"ratio of the medians: {statistics.median(beside[1:]) / statistics.median(alone[1:]):.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
