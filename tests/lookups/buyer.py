"""A process that looks up the same list in several sessions at once; run as `python -m tests.lookups.buyer`."""

import random
import sys
from concurrent.futures import ThreadPoolExecutor

from components.desk import open_desk
from components.numbers import parse
from components.settings import Settings


def main(base_url: str, store_url: str, *counts: int) -> int:
    """Return how many numbers the sessions did not get, all together.

    Args:
        base_url: where the service is.
        store_url: the store.
        counts: sessions, the first number, how many numbers, and (8 if left out) calls under way at once.
    """
    sessions, first, count, workers = (*counts, 8)[:4]
    settings = Settings(
        patsnap_api_key="sk-test", patsnap_base_url=base_url, review_store_url=store_url, patsnap_workers=workers
    )
    desk = open_desk(settings)

    def look_up(_: int) -> int:
        numbers = [f"US{number}B2" for number in range(first, first + count)]
        random.shuffle(numbers)
        job = desk.lookups.start(desk.lookups.plan(parse("\n".join(numbers))))
        progress = job.wait(120)
        missed = [outcome for outcome in progress.outcomes if outcome.state not in {"held", "fetched"}]
        if missed:
            print(progress.state, progress.message, missed[0].state, missed[0].message, file=sys.stderr)  # noqa: T201
        return len(missed)

    with ThreadPoolExecutor(sessions) as pool:
        missed = sum(pool.map(look_up, range(sessions)))
    desk.close()
    return missed


if __name__ == "__main__":
    url, store, *counts = sys.argv[1:]
    sys.exit(min(1, main(url, store, *map(int, counts))))
