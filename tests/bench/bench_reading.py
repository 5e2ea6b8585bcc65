"""How long 10,000 documents take to become the four tables. Run: `python -m tests.bench.bench_reading`."""

import csv
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.histories import DocumentList, FileHistory
from components.prosecution import read
from components.prosecution.classification import classify, look_up

CODES = Path(__file__).resolve().parents[2] / "components" / "prosecution" / "codes" / "us.csv"
REPEATS = 15


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
        apno="US14/000001", patent_number="US10000001B2", patent_id="", documents=documents, told=count, complete=True,
        retrieved=start,
    )  # fmt: skip


def timed(label: str, work, *, per: int = 0) -> None:
    """Print the least and the median time of several runs, and rows a second where `per` rows are done."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    rate = f"   {per / min(times):8.0f} k rows/s" if per else ""
    print(f"{label:45s} min {min(times):7.1f} ms   median {statistics.median(times):7.1f} ms{rate}")  # noqa: T201


def main() -> None:
    """Print the numbers."""
    for count in (100, 1_000, 10_000):
        history = synthetic(count)
        timed(f"read({count:,} documents) to four tables", lambda history=history: read(history))
    documents = synthetic(10_000).documents
    timed("  of which naming the documents (ids)", documents.ids)

    def cold() -> None:
        look_up.cache_clear()
        classify("US", documents.code, documents.description)

    timed("  of which classifying, nothing remembered", cold, per=10_000)
    timed(
        "  of which classifying, memory warm", lambda: classify("US", documents.code, documents.description), per=10_000
    )


if __name__ == "__main__":
    main()
