"""Writers that are killed: what was reported as done is in the store."""

import json
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from components.store import Store

ROOT = Path(__file__).parents[2]


def killed(kind: str, url: str, rounds: int) -> list[str]:
    """Let so many writers be killed, and give what they had reported as done."""
    command = [sys.executable, "-m", "tests.store.crash_driver", kind, url, str(rounds), "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_reported_as_done_is_lost(store_url):
    """Writers killed at 200 random instants (50 on the server): each settled call is whole, each other is reserved."""
    Store.open(store_url, source="sandbox").close()
    rounds = 200 if store_url.startswith("sqlite") else 50
    said = killed("write", store_url, rounds)
    settled = set(said)
    assert len(settled) > rounds / 4  # they did work before they were killed
    if store_url.startswith("sqlite"):
        with closing(sqlite3.connect(store_url.removeprefix("sqlite:///"))) as seen:
            assert seen.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with closing(Store.open(store_url, source="sandbox")) as store:
        calls: dict[str, dict[str, str]] = defaultdict(dict)
        for row in store.ledger(current=True):
            calls[row.request_id][row.number] = row.state
        held = store.load(number for numbers in calls.values() for number in numbers)
        billed: set[str] = set()
        for request, numbers in calls.items():
            assert len(numbers) == 3
            assert set(numbers.values()) in ({"billed"}, {"reserved"})
            if "billed" in numbers.values():
                billed.add(request)
            whole = int(request.rpartition("-")[2]) % 9 if request in billed else None
            assert [held[number].documents_held if number in held else None for number in numbers] == [whole] * 3
        assert settled <= billed
        open_ones = sum("reserved" in numbers.values() for numbers in calls.values())
        assert open_ones <= rounds
        assert store.recover() == 3 * open_ones
        assert store.totals().ever.uncertain == 3 * open_ones


def test_killed_while_being_made_is_no_damage(tmp_path):
    """A process killed at any instant of making a store leaves none or a whole one."""
    url = f"sqlite:///{tmp_path}/{{}}/store.db"
    said = killed("open", url, 40)
    assert 0 < len(said) <= 40
    for round_ in range(40):
        with closing(Store.open(url.format(round_), source="sandbox")) as store:
            assert store.notice is None
