"""How long 10,000 documents take to become the four tables. Run: `python -m tests.bench.bench_reading`."""

import csv
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.histories import DocumentList, FileHistory
from components.prosecution import read_history
from components.prosecution.law import codes as law_codes
from components.prosecution.papers import classification
from components.prosecution.papers.classification import classify

CODES = Path(__file__).resolve().parents[2] / "components" / "prosecution" / "law" / "us.csv"
REPEATS = 15
DISTINCT = 20
"""Every 20th paper (5 %) is of a code or description that no other paper has."""


def synthetic(count: int) -> FileHistory:
    """Make a US history of `count` documents, 6 a day, its codes as frequent as in real file histories."""
    with CODES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    papers = [(row["code"], row["name"]) for row in rows for _ in range(int(row["times_seen"]))]
    start = datetime(1995, 1, 2, tzinfo=UTC)
    dates = [int(f"{start + timedelta(days=6 * (place // 6)):%Y%m%d}") for place in range(count)]
    chosen = [papers[place * 1_009 % len(papers)] for place in range(count)]
    documents = DocumentList(
        dates, [code for code, _ in chosen], [name for _, name in chosen], [place % 40 for place in range(count)]
    )
    return FileHistory(
        apno="US00/400001", patent_number="US10000001B2", patent_id="", documents=documents, documents_reported=count,
        complete=True, retrieved=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def columns(count: int, *, codes: bool = False, descriptions: bool = False) -> tuple[list[str], list[str]]:
    """Make codes and descriptions of `count` papers, of which 5 % have a code or a description of their own."""
    documents = synthetic(min(count, 10_000)).documents
    times = -(-count // len(documents.code))
    found, told = (documents.code * times)[:count], (documents.description * times)[:count]
    for place in range(0, count, DISTINCT):
        if codes:
            found[place] = f"ZQ{place}"
        if descriptions:
            told[place] = f"{told[place]} of {place}"
    return found, told


def forget() -> None:
    """Empty what classifying remembers between calls; the tables stay loaded."""
    law_codes._normalise.cache_clear()
    classification._read_words.cache_clear()


def timed(label: str, work: Callable[[], object], *, per: int = 0, before: Callable[[], None] = lambda: None) -> None:
    """Print the least and the median time of several runs, and rows a second where `per` rows are done."""
    work()
    times = []
    for _ in range(REPEATS):
        before()
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    rate = f"   {per / statistics.median(times):8.0f} k rows/s" if per else ""
    print(f"{label:62s} min {min(times):7.1f} ms   median {statistics.median(times):7.1f} ms{rate}")  # noqa: T201


def main() -> None:
    """Print the numbers."""
    for count in (100, 1_000, 10_000):
        history = synthetic(count)
        timed(f"read_history({count:,} documents) to four tables", lambda history=history: read_history(history))
    timed("  of which naming the documents (ids)", synthetic(10_000).documents.ids)
    for office, told, codes, descriptions in (
        ("US", "realistic codes", False, False),
        ("US", "5 % with a description of their own", False, True),
        ("US", "5 % with an unknown code and a description of their own", True, True),
        ("KR", "descriptions alone", False, False),
    ):
        for count in (10_000, 100_000):
            given = columns(count, codes=codes, descriptions=descriptions)
            for memory, before in (("cold", forget), ("warm", lambda: None)):
                label = f"classify({count:,}), {told}, {memory}"
                timed(label, lambda office=office, given=given: classify(office, *given), per=count, before=before)


if __name__ == "__main__":
    main()
