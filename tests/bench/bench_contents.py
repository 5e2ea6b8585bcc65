"""What 200 read papers say, asked for again and again. Run: `python -m tests.bench.bench_contents [STORE]`.

Twenty files with ten read actions of five pages each, in words that are made here. They are read by the rules, asked
for once more as every run of the page does, and by a process that begins anew. STORE is an address as in
REVIEW_STORE_URL, of an empty store; without one it is a new SQLite file.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from components.content.reading import RULES_VERSION
from components.histories import DocumentList, FileHistory, PaperRef
from components.history_tables import HistoryTables
from components.inside import InsideFiles, paper_contents
from components.store import Store
from tests.page_texts.made import page

FILES, PAPERS, LISTED = 20, 10, 100
PAGES = (
    ("Office Action Summary", "A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE 2 MONTHS"),
    ("Claims 1-4 and 6 are rejected under 35 U.S.C. 103 as being unpatentable over Miller (US 7,123,456).",)
    + ("The device of Miller has a lever which is moved by a motor along the frame of the housing.",) * 30,
    *(("As to the lever, Miller shows it in the second figure, beside the motor and above the frame.",) * 35,) * 3,
)


def main() -> None:
    """Print the numbers."""
    paper_contents.PATIENCE = 3_600.0
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder) / 'data' / 'store.db'}"
        with Store.open(url, source="sandbox") as store:
            _fill(store)
            tables = HistoryTables(store)
            held = store.headlines()
            inside = InsideFiles(store, tables)
            by_rules = _milliseconds(lambda: inside.of(held))
            again = min(_milliseconds(lambda: inside.of(held)) for _ in range(20))
            anew = min(_milliseconds(lambda: InsideFiles(store, tables).of(held)) for _ in range(3))
            with_periods = min(_milliseconds(lambda: tables.of(store.headlines())) for _ in range(20))
            said = inside.of(held)
            inside.close()
    lines = (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; rules {RULES_VERSION}; {len(said)} papers",
        f"read by the rules and kept      {by_rules:8.1f} ms",
        f"asked for again                 {again:8.1f} ms",
        f"asked for by a new process      {anew:8.1f} ms",
        f"tables with the periods set     {with_periods:8.1f} ms",
    )
    print("\n".join(lines))  # noqa: T201


def _fill(store: Store) -> None:
    days = [20150101 + 100 * (index // 28) + index % 28 for index in range(LISTED)]
    listed = DocumentList(days, ["CTNF"] * LISTED, ["Non-Final Rejection"] * LISTED, [len(PAGES)] * LISTED)
    for number in range(FILES):
        key = store.save(
            FileHistory(
                apno=f"US15/{number:06d}", patent_number="", patent_id="", documents=listed,
                documents_reported=LISTED, complete=True, retrieved=datetime(2026, 1, 2, tzinfo=UTC),
            )
        )  # fmt: skip
        for document in listed.ids()[:PAPERS]:
            paper = PaperRef(key, document)
            store.texts.begin(*paper, str(paper), pages=len(PAGES))
            for place, lines in enumerate(PAGES, 1):
                store.texts.keep(str(paper), page(place, *lines))


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
