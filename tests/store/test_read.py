"""Reading: without pickle, and without waiting for a writer."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from components.store import Store
from tests.store.made import history

ROOT = Path(__file__).parents[2]

WATCHED = """
import sys
from components.store import Store
names = []
sys.addaudithook(lambda event, _: names.append(event) if event.startswith(("pickle.", "marshal.loads")) else None)
with Store.open(sys.argv[1], source="sandbox") as store:
    names.clear()  # imports of compiled modules are read by marshal
    key = store.resolve(["US11205304B2"])["US11205304B2"]
    assert store.load([key])[key].documents_held == 6
    store.headlines(), store.ledger(), store.totals(), store.fact("limit")
assert not [name for name in names if name.startswith("pickle.")], names
print("read")
"""


def test_reading_unpickles_nothing(sqlite_url):
    """No object is made of what lies on the disk except plain text, numbers and times."""
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        store.save(history())
        store.save_fact("limit", "100")
    command = [sys.executable, "-c", WATCHED, sqlite_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "read\n"), done.stderr


def test_readers_do_not_wait_for_a_writer(open_store):
    """While one writes, another reads what was there before, and what was written afterwards."""
    writer, reader = open_store(), open_store()
    writer.save_fact("limit", "1000")
    with writer._database.write("sandbox") as connection:
        connection.exec_driver_sql("UPDATE facts SET value = '100'")
        assert reader.fact("limit") == "1000"
        assert reader.headlines() == []
    assert reader.fact("limit") == "100"
