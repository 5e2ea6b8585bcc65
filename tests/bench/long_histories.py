"""Long file histories for the benchmarks of the page: real ones one upon another, in a store of their own."""

import csv
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path

from components.histories import DocumentList, FileHistory
from components.prosecution import read_histories
from components.store import Store
from tests.conftest import SHARED

RETRIEVED = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
SOURCE = "sandbox"
"""Whose data a desk without an account shows."""
CODE = "CTNF"
"""The code that the benchmarks filter for: the non-final rejections, which are key events too."""
FIRST_YEAR = 2000
YEARS = 20
"""The copies begin within these years."""

Paper = tuple[int, str, str, int | None]


def long_histories(documents: int, *, files: int = 1) -> list[FileHistory]:
    """Make US file histories of `documents` papers in all, those of real ones with their dates moved.

    Each copy of a real file history is moved as a whole, so that the days between its papers, its rounds and the share
    of its key events are those of the real one.
    """
    real = _real_files()
    copies = cycle(real)
    found = []
    for file in range(files):
        wanted = documents * (file + 1) // files - documents * file // files
        papers: list[Paper] = []
        for copy in range(wanted):  # as many as are needed, which are fewer
            if len(papers) >= wanted:
                break
            start = date(FIRST_YEAR + copy * 7 % YEARS, 1 + copy * 5 % 12, 1 + copy * 11 % 28)
            papers += _moved(next(copies), start)
        columns = zip(*sorted(islice(papers, wanted), key=lambda paper: paper[0]), strict=True)
        found.append(
            FileHistory(
                apno=f"US00/{700_001 + file}",
                patent_number=f"US{10_000_101 + file}B2",
                patent_id="",
                documents=DocumentList(*(list(column) for column in columns)),
                documents_reported=wanted,
                complete=True,
                retrieved=RETRIEVED,
            )
        )
    return found


def numbers_of(histories: Sequence[FileHistory]) -> str:
    """Give what the address says to open these histories."""
    return ",".join(history.patent_number for history in histories)


def fill_store(path: Path, histories: Sequence[FileHistory]) -> str:
    """Save histories into a new store, as a desk in the sandbox reads it, and give the address of the store."""
    path.parent.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{path}"
    with Store.open(url, source=SOURCE) as store:
        for history in histories:
            store.save(history)
    return url


def write_csv(path: Path, histories: Sequence[FileHistory]) -> None:
    """Write the documents of histories for a page that reads a file: what our table shows, and a link for each."""
    documents = read_histories(histories).documents
    documents["link"] = "https://sandbox.invalid/" + documents["history"] + "/" + documents["id"]
    columns = ["history", "date", "code", "description", "category", "side", "round", "pages", "link"]
    documents[columns].to_csv(path, index=False)


def _real_files() -> list[list[Paper]]:
    folder = SHARED / "data" / "file_histories"
    paths = sorted(folder.glob("US*.csv"))
    if not paths:
        sys.exit(
            "These benchmarks repeat the real file histories of ../shared/data, which are not beside this checkout."
        )
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["date"]]
        found.append(
            [
                (int(row["date"]), row["doc_code"], row["description"], int(row["page_number"] or 0) or None)
                for row in rows
            ]
        )
    return found


def _moved(papers: Sequence[Paper], start: date) -> list[Paper]:
    days = [datetime.strptime(str(paper[0]), "%Y%m%d").replace(tzinfo=UTC).date() for paper in papers]
    by = start - min(days)
    return [
        (_number(day + by), code, description, pages)
        for day, (_, code, description, pages) in zip(days, papers, strict=True)
    ]


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")
